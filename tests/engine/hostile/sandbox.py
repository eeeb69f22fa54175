"""A home and a folder of supplied files, in which each case is imported and judged."""

from __future__ import annotations

import csv
import os
import re
import shutil
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.faults import Fault, NotReadable
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.importing import import_paths
from frankpledge.engine.store.reports import ImportReport
from frankpledge.engine.store.store import Store
from tests.engine.hostile.cases import Case

TODAY: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
DATASETS: Final = ("incidents", "outcomes", "stops")
COUNTS: Final = ("rows_in", "stored", "rejected", "unchanged", "superseded", "replaced")
_FORMULA: Final = re.compile(r"[=@\t\r]|[+-](?![0-9.]+$)")  # +52.1 is a number and harmless
_FIELDS: Final = {
    "Crime ID": "incident_id",
    "Location": "location",
    "LSOA code": "lsoa_code",
    "LSOA name": "lsoa_name",
    "Last outcome category": "outcome",
    "Outcome type": "outcome",
    "Type": "stop_type",
}


@dataclass
class Sandbox:
    """One home, used for many cases; every case has months of its own."""

    root: Path
    definitions: Definitions
    areas: Areas
    stored: Counter[str] = field(default_factory=Counter)  # rows by dataset that must be in the store

    def __post_init__(self) -> None:
        self.home = Home(self.root / "home")
        self.home.prepare()
        self.supplied = self.root / "supplied"
        self.store = Store(self.home.store)
        self._seen = {name: frozenset[str]() for name in DATASETS}

    def lay_out(self, case: Case) -> list[Path]:
        """Write the files of a case; gives what the person types."""
        for name, content in case.files.items():
            path = self.supplied / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self.supplied.mkdir(exist_ok=True)
        for name, target in case.links.items():
            (self.supplied / name).symlink_to(target)
        return [self.supplied / name for name in case.given] if case.given else [self.supplied]

    def complaints(self, case: Case) -> list[str]:
        """Import a case and name everything that is not as it must be."""
        paths = self.lay_out(case)
        said: list[str] = []
        try:
            report = self.run(paths, said)
        except NotReadable as fault:
            found = self._of_refusal(case, f"{fault} {' '.join(said)}")
        except Fault as fault:
            found = [f"the import as a whole was given up: {fault}"]
        except Exception:
            found = [f"no fault but an error of ours:\n{traceback.format_exc(limit=-6)}"]
        else:
            found = self._of_report(case, report, said)
        found += self._of_surroundings(case)
        found += [f"said to a terminal: {text!r}" for text in said if not text.isprintable()]
        shutil.rmtree(self.supplied)
        return found

    def run(self, paths: list[Path], said: list[str]) -> ImportReport:
        """One import into this home, as the command does it."""
        return import_paths(
            "police-uk",
            paths,
            home_store=self.store,
            rejected=self.home.rejected,
            locks=self.home.locks,
            definitions=self.definitions,
            areas=self.areas,
            today=TODAY,
            progress=said.append,
        )

    def _of_refusal(self, case: Case, said: str) -> list[str]:
        if not case.refused:
            return [f"nothing was read, which was not to be expected: {said[:300]}"]
        found = [] if re.search(case.refused, said) else [f"refused, but not because '{case.refused}': {said[:300]}"]
        return found + self._of_store([])

    def _of_report(self, case: Case, report: ImportReport, said: list[str]) -> list[str]:
        found = list(_of_accounts(report))
        total = report.to_json()
        if case.refused:
            if total["stored"] or total["rejected"] != total["rows_in"]:
                found.append(f"something of a damaged file was stored: {total}")
            if not case.uncounted or not re.search(case.refused, " ".join(said)):
                found.append(f"refused, but not because '{case.refused}': {said}")
        else:
            expected = {"stored": case.stored, "rejected": len(case.rejected), "unchanged": case.unchanged}
            found += [f"{k}: {total[k]} instead of {v}" for k, v in expected.items() if total[k] != v]
            found += _of_rejects(report, case.rejected)
        return found + self._of_store([] if case.refused else case.kept)

    def _of_store(self, kept: list[dict[str, str]] | None) -> list[str]:
        """The parts that have come since the last case hold exactly the rows that were to be kept."""
        rows: list[dict[str, Any]] = []
        store = Store(self.home.store)
        for name in DATASETS:
            manifest = store.manifest(name)
            fresh = [part for part in manifest.parts if part.path not in self._seen[name]]
            self._seen[name] = frozenset(part.path for part in manifest.parts)
            for part in fresh:
                table = pq.read_table(store.part_path(name, part))
                if table.num_rows != part.rows:
                    return [f"{part.path} holds {table.num_rows} rows; the manifest says {part.rows}"]
                rows += table.to_pylist()
                self.stored[name] += part.rows
        return [] if kept is None else _of_rows(rows, kept, self.definitions.sources["police-uk"].categories)

    def _of_surroundings(self, case: Case) -> list[str]:
        found = [
            f"{name} was altered" for name, data in case.files.items() if (self.supplied / name).read_bytes() != data
        ]
        expected = {str(Path(name)) for name in (*case.files, *case.links)}
        there = {str(Path(here, n).relative_to(self.supplied)) for here, _, ns in os.walk(self.supplied) for n in ns}
        found += [f"{name!r} has come to be beside the supplied files" for name in there - expected - set(case.links)]
        found += [
            f"{name!r} was written"
            for name in (p.name for p in self.root.iterdir())
            if name not in ("home", "supplied")
        ]
        for here, folders, names in os.walk(self.home.root):
            found += [f"{here}/{n} was written" for n in (*folders, *names) for bad in case.absent if n.startswith(bad)]
        if list(self.home.store.glob(".arriving/*")):
            found.append("something was left in the folder of what is not yet in place")
        return found

    def opens_whole(self) -> list[str]:
        """The store answers, and holds what all the cases so far have put there."""
        store = Store(self.home.store)
        found = {name: int(store.run(store.scan(name).count().as_table())[0][0].as_py()) for name in DATASETS}
        return [f"{k}: {v} rows instead of {self.stored[k]}" for k, v in found.items() if v != self.stored[k]]


def _of_accounts(report: ImportReport) -> list[str]:
    total = report.to_json()
    found = []
    for entry in (total, *total["files"]):
        if entry["rows_in"] != sum(entry[k] for k in ("stored", "rejected", "unchanged", "superseded")):
            found.append(f"the account does not add up: { {k: entry[k] for k in COUNTS} }")
    found += [f"{k} of the files is not the total" for k in COUNTS if sum(f[k] for f in total["files"]) != total[k]]
    return found


def _of_rejects(report: ImportReport, expected: dict[int, str]) -> list[str]:
    """The tables of rejected rows name these lines, each with its reason, and nothing that a spreadsheet runs."""
    listed: dict[int, str] = {}
    for file in report.files:
        table = file.rejects_file
        if table is None:
            if file.rejected:
                return [f"{file.rejected} rows were rejected and no table lists them"]
            continue
        with Path(table).open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        if len(rows) != file.rejected:
            return [f"the table lists {len(rows)} rows; {file.rejected} were rejected"]
        listed |= {int(row["line"]): row["reason"] for row in rows}
        for row in rows:
            if any(_FORMULA.match(value) for value in row.values()):
                return [f"a cell that a spreadsheet would run: {row}"]
    if listed.keys() != expected.keys():
        return [f"lines rejected: {sorted(listed.items())[:6]} instead of {sorted(expected.items())[:6]}"]
    return [f"line {n}: '{listed[n]}' is not '{w}'" for n, w in expected.items() if not re.search(w, listed[n])][:5]


def _of_rows(rows: list[dict[str, Any]], kept: list[dict[str, str]], categories: Any) -> list[str]:
    """The stored rows are the rows that were to be kept, value by value."""
    fields = {h: f for h, f in _FIELDS.items() if kept and h in kept[0]}

    def plain(value: Any) -> str:
        return "" if value is None else str(value)

    def point(longitude: Any) -> str:
        return "" if longitude in (None, "") else f"{float(longitude):.6f}"

    wanted = Counter(
        (*(row[h] for h in fields), categories.get(row.get("Crime type", ""), ""), point(row.get("Longitude")))
        for row in kept
    )
    stored = Counter(
        (*(plain(row[f]) for f in fields.values()), plain(row.get("category")),
         point(row["longitude"] if not kept or "Longitude" in kept[0] else None))
        for row in rows
    )  # fmt: skip
    if wanted == stored:
        return []
    extra, lost = list(stored - wanted)[:2], list(wanted - stored)[:2]
    return [f"stored and not to be kept: {extra}; to be kept and not stored: {lost}"]

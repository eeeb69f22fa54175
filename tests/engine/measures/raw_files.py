"""Tiny police.uk files, and the slowest obvious way to bring them in and to count them."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.manifest import Manifest, Part, Supply
from frankpledge.engine.store.writing import part_name, replace_manifest

from .conftest import table_of, the_areas, the_shipped

HEADER = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)


def raw_row(month: str, place: str = "Bromsgrove 001A", kind: str = "Burglary", **more: str) -> dict[str, str]:
    """One line of a street file."""
    named = dict.fromkeys(HEADER, "") | {
        "Month": month,
        "Reported by": "West Mercia Police",
        "Location": "On or near High Street, Upper",
        "LSOA code": "E01032110" if place else "",
        "LSOA name": place,
        "Crime type": kind,
    }
    return named | {name.replace("_", " "): value for name, value in more.items()}


def write_street(path: Path, rows: Iterable[Mapping[str, str]], ending: str = "\n") -> Path:
    """Write a street file: plain, `.gz`, or as the only member of a `.zip`."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADER, lineterminator=ending)
    writer.writeheader()
    writer.writerows(rows)
    raw = text.getvalue().encode("utf-8")
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("2025-06/street.csv", raw)
    else:
        path.write_bytes(gzip.compress(raw, mtime=0) if path.suffix == ".gz" else raw)
    return path


def read_street(shown: str) -> list[dict[str, str]]:
    """The rows of a street file, by the csv module."""
    name, _, member = shown.partition("!")
    raw = zipfile.ZipFile(name).read(member) if member else Path(name).read_bytes()
    text = (gzip.decompress(raw) if shown.endswith(".gz") else raw).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def bring_in(home: Home, files: Iterable[Path], rejects: Mapping[str, str] | None = None) -> None:
    """Store street files row by row; a later file replaces the months of its force.

    `rejects` names lines of files that are left out, as if they had been rejected.
    """
    store, areas, definitions = home.store, the_areas(), the_shipped()
    source = definitions.sources["police-uk"]
    held: dict[tuple[str, int], tuple[Supply, list[dict[str, Any]]]] = {}
    for path in files:
        shown = f"{path}!2025-06/street.csv" if path.suffix == ".zip" else str(path)
        bad = {int(line) for line in (rejects or {}).get(path.name, "").split()}
        groups: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
        for line, row in enumerate(read_street(shown), start=2):
            if line in bad:
                continue
            force = areas.force_by_name(row["Reported by"])
            assert force is not None
            groups[force.slug, month_number(row["Month"])].append(
                {
                    "source": "police-uk",
                    "supplier": force.slug,
                    "origin": "published",
                    "month": month_number(row["Month"]),
                    "category": source.categories[row["Crime type"]],
                    "outcome": row["Last outcome category"] or None,
                    "outcome_group": source.outcomes.get(row["Last outcome category"]),
                    "incident_id": row["Crime ID"] or None,
                    "lsoa_code": row["LSOA code"] or None,
                    "lsoa_name": row["LSOA name"] or None,
                    "district": areas.district_for_place(row["LSOA name"]),
                    "snapped": True,
                }
            )
        for (force_slug, month), rows in groups.items():
            held[force_slug, month] = (_supply(path, shown, force_slug, rows, bool(bad)), rows)
    parts = []
    for (force_slug, month), (supply, rows) in held.items():
        where = part_name("police-uk", force_slug, month, supply.supply)
        target = store / "incidents" / where
        target.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table_of("incidents", [{**row, "supply": supply.supply} for row in rows]), target)
        parts.append(Part("police-uk", force_slug, month, where, len(rows), supply.supply))
    supplies = {supply.supply: supply for supply, _ in held.values()}
    replace_manifest(store / "incidents", Manifest("incidents", parts=tuple(parts), supplies=supplies))


def _supply(path: Path, shown: str, force: str, rows: list[dict[str, Any]], rejected: bool) -> Supply:
    whole = hashlib.sha256(path.read_bytes()).hexdigest()
    return Supply(
        supply=hashlib.sha256(f"{shown}{whole}{force}".encode()).hexdigest()[:12],
        source="police-uk",
        kind="street",
        supplier=force,
        path=shown,
        sha256=whole,
        sha256_raw=whole,
        rows_in=len(rows),
        stored=len(rows),
        rejected=int(rejected),
        as_of="2025-07",
        imported_at="2025-08-01T00:00:00",
        origin="published",
        disclosure="open",
        rejects_file=f"{path.name}.csv" if rejected else "",
    )

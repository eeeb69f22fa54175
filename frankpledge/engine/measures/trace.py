"""From a number to its definition, its files, and the rows in them that make it."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from frankpledge.engine.definitions.loader import digest_of
from frankpledge.engine.measures.finding_figures import find_figure
from frankpledge.engine.measures.place import find_place
from frankpledge.engine.measures.raw_filter import TAKES, RawFilter, raw_filter
from frankpledge.engine.measures.results import MeasureResult
from frankpledge.engine.measures.workspace import Workspace, definition_roots
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.manifest import Manifest, Supply

SCHEMA = 1
FileState = Literal["as imported", "moved", "altered"]
_BLOCK = 2**20


@dataclass(frozen=True)
class TracedFile:
    """One supplied file behind a figure: how many of its rows count, and whether it is still the same file."""

    supply: Supply
    rows_counted: int
    state: FileState
    filter: RawFilter
    lines_not_counted: tuple[int, ...] = ()
    superseded: bool = False


@dataclass(frozen=True)
class Denominator:
    """What a rate is per: the table that ships the number and its rows."""

    words: str
    value: float
    path: str = ""
    sha256: str = ""
    column: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trace:
    """Everything behind one figure. `edition` is the document it stands in; empty where it was worked out anew."""

    figure: MeasureResult
    title: str
    definition: dict[str, str]
    snapshot_now: str
    files: tuple[TracedFile, ...]
    denominator: Denominator | None = None
    edition: str = ""

    @property
    def current(self) -> bool:
        """Whether the store still holds the rows that the figure was counted from."""
        return self.figure.provenance.snapshot == self.snapshot_now

    def to_json(self) -> dict[str, Any]:
        """The trace as plain values; a script can count the figure again from them (see `how_to_count`)."""
        figure = self.figure
        return {
            "schema": SCHEMA,
            "figure_id": figure.figure_id,
            "measure": figure.measure,
            "title": self.title,
            "area": figure.area,
            "area_name": figure.area_name,
            "period": str(figure.period),
            "variant": figure.variant,
            "status": figure.status,
            "reason": figure.reason,
            "value": figure.value,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "unit": figure.unit,
            "derived_from": list(figure.derived_from),
            "definition": self.definition,
            "origin": figure.provenance.origin,
            "snapshot": {
                "dataset": figure.provenance.dataset,
                "counted_from": figure.provenance.snapshot,
                "now": self.snapshot_now,
                "current": self.current,
            },
            "edition": self.edition,
            "counted": figure.provenance.filter_words,
            "how_to_count": dict(TAKES),
            "denominator_from": None if self.denominator is None else vars(self.denominator),
            "files": [_file_json(file) for file in self.files],
        }

    def to_text(self) -> str:
        """The trace as people read it in a terminal."""
        figure = self.figure
        value = "no figure" if figure.value is None else f"{figure.value:,.10g} {figure.unit}"
        lines = [
            f"{self.title}, {figure.area_name}, {figure.period.words}: {value}",
            f"  Counted:    {figure.provenance.filter_words}",
            f"  Definition: {self.definition['reference']} ({self.definition['digest'][:12]})",
            f"  Snapshot:   {figure.provenance.snapshot}" + ("" if self.current else " (the store has changed since)"),
        ]
        if figure.reason:
            lines.append(f"  Why:        {figure.reason_words}")
        if self.denominator:
            lines.append(f"  Set over:   {self.denominator.value:,.0f} {self.denominator.words}")
        if figure.derived_from:
            lines.append("  Worked out from: " + ", ".join(figure.derived_from))
        for file in self.files:
            lines.append(f"  {file.rows_counted:>9,} rows of {file.supply.path}")
            lines.append(f"            sha256 {file.supply.sha256} ({file.state})")
        return "\n".join(lines)


def trace(figure_id: str, home: Home, figures: Path | None = None) -> Trace:
    """What stands behind a figure.

    The figure is looked up in `figures` (a figures.json) if given, else in the editions of the site, else
    worked out anew from its id. Raises `UsageFault` for an id that is none, `NotPossible` for a figure
    that no edition keeps and that the store no longer yields.
    """
    found = find_figure(figure_id, home, figures)
    return trace_figure(found.result, found.workspace, edition=found.edition)


def trace_figure(result: MeasureResult, ws: Workspace, *, edition: str = "") -> Trace:
    """What stands behind a figure that is in hand."""
    provenance = result.provenance
    manifest = ws.store.manifest(provenance.dataset)
    files = tuple(
        _traced(supply, counted.rows, result, manifest, ws)
        for counted in provenance.supplies
        if (supply := manifest.supplies.get(counted.supply) or manifest.superseded.get(counted.supply))
    )
    return Trace(
        figure=result,
        title=_title(result, ws),
        definition=_definition(result, ws),
        snapshot_now=manifest.snapshot,
        files=files,
        denominator=_denominator(result, ws),
        edition=edition,
    )


def _title(result: MeasureResult, ws: Workspace) -> str:
    known = ws.definitions.measures.get(result.measure)
    return known.title if known else result.measure


def _definition(result: MeasureResult, ws: Workspace) -> dict[str, str]:
    known = ws.definitions.measures.get(result.measure)
    kept = result.provenance
    now = digest_of(known) if known else ""
    return {
        "reference": kept.definition,
        "digest": kept.definition_digest,
        "digest_now": now,
        "owner": known.owner if known else "",
        "source": known.source if known else "",
        "why_it_matters": known.why_it_matters if known else "",
    }


def _traced(supply: Supply, rows: int, result: MeasureResult, manifest: Manifest, ws: Workspace) -> TracedFile:
    return TracedFile(
        supply=supply,
        rows_counted=rows,
        state=file_state(supply),
        filter=raw_filter(supply, result.provenance.filter, manifest, ws),
        lines_not_counted=tuple(_rejected_lines(supply, ws)),
        superseded=supply.supply in manifest.superseded,
    )


def file_state(supply: Supply) -> FileState:
    """Whether a supplied file still is where it was, and what it was."""
    path, _, member = supply.path.partition("!")
    if not Path(path).is_file():
        return "moved"
    if _digest(Path(path)) == supply.sha256:
        return "as imported"
    if member and _member_digest(Path(path), member) in (supply.sha256, supply.sha256_raw):
        return "as imported"
    return "altered"


def _digest(path: Path) -> str:
    stat = path.stat()
    return _digest_of_version(path, stat.st_mtime_ns, stat.st_size)


# A site shows many figures of the same files: each version of a file is read once by a process.
@lru_cache(maxsize=4096)
def _digest_of_version(path: Path, _changed: int, _size: int) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _member_digest(path: Path, member: str) -> str:
    """Digest of an archive's member; empty where the archive or the member cannot be read."""
    stat = path.stat()
    return _digest_of_member(path, member, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4096)
def _digest_of_member(path: Path, member: str, _changed: int, _size: int) -> str:
    found = hashlib.sha256()
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as file:
            while block := file.read(_BLOCK):
                found.update(block)
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError):
        return ""
    return found.hexdigest()


def _rejected_lines(supply: Supply, ws: Workspace) -> Iterator[int]:
    """Lines of a file that were never stored: whoever counts again leaves them out too."""
    if not supply.rejects_file:
        return
    path = Path(supply.rejects_file)
    path = path if path.is_absolute() else ws.home.rejected / path
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            yield from sorted({int(row["line"]) for row in csv.DictReader(file) if row["line"].isdigit()})


def _denominator(result: MeasureResult, ws: Workspace) -> Denominator | None:
    if result.denominator is None:
        return None
    measure = ws.definitions.measures.get(result.measure)
    words = result.provenance.denominator_words
    if measure is None or not isinstance(measure.denominator, str):
        return Denominator(words, result.denominator)
    place = find_place(result.area, ws)
    codes = (
        ws.areas.partnerships[place.key].districts
        if place.kind == "partnership"
        else (place.key,)
        if place.kind == "district"
        else tuple(d.code for d in ws.areas.districts_of_force(place.force))
        if place.kind == "force"
        else ()
    )
    for root in reversed(definition_roots(ws.home, demo=ws.demo)):
        table = root / "areas" / "districts.csv"
        if codes and table.is_file() and set(codes) <= _codes_in(table):
            return Denominator(words, result.denominator, str(table), _digest(table), measure.denominator, codes)
    return Denominator(words, result.denominator)


def _codes_in(table: Path) -> set[str]:
    with table.open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def _file_json(file: TracedFile) -> dict[str, Any]:
    supply = file.supply
    return {
        "path": supply.path,
        "sha256": supply.sha256,
        "sha256_raw": supply.sha256_raw,
        "rows_counted": file.rows_counted,
        "state": file.state,
        "source": supply.source,
        "kind": supply.kind,
        "supplier": supply.supplier,
        "imported_at": supply.imported_at,
        "superseded": file.superseded,
        "filter": [{"column": c.column, "take": c.take, "one_of": list(c.one_of)} for c in file.filter.conditions],
        "sum_of": list(file.filter.sum_of),
        "not_in_this_file": list(file.filter.unknown),
        "lines_not_counted": list(file.lines_not_counted),
    }


def trace_text(found: Trace) -> str:
    """The JSON of a trace as text."""
    return json.dumps(found.to_json(), indent=1, ensure_ascii=False)

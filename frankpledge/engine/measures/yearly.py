"""Yearly counts as published by area: Table C2, and older local tables of the same offences."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import RowSelection
from frankpledge.engine.definitions.vocabulary import OFFENCE_PARTS, OFFENCES
from frankpledge.engine.measures.results import SuppliedRows
from frankpledge.engine.measures.tally import threshold_of

if TYPE_CHECKING:
    from frankpledge.engine.measures.place import Place
    from frankpledge.engine.measures.workspace import Workspace


@dataclass(frozen=True)
class PublishedCount:
    """One cell of a published table. `count` is None where the table says that there is none."""

    count: int | None
    status: str
    supply: str
    origin: str


@dataclass(frozen=True, eq=False)
class YearlyCounts:
    """All published counts, by source, area code, period and offence."""

    cells: Mapping[tuple[str, str, int, int], Mapping[str, PublishedCount]] = field(default_factory=dict)

    def periods(self, source: str, codes: Iterable[str]) -> tuple[Period, ...]:
        """The periods for which a source holds every one of the codes, in order."""
        held = [{(p, q) for s, c, p, q in self.cells if s == source and c == code} for code in codes]
        both = set.intersection(*held) if held else set()
        return tuple(Period(first, last) for first, last in sorted(both))


@dataclass(frozen=True)
class YearlyCount:
    """A selection of offences in an area and period, added up over its published parts."""

    snapshot: str
    source: str
    origin: str = ""
    threshold: int = 0
    count: int | None = None
    provisional: bool = False
    supplies: tuple[SuppliedRows, ...] = ()
    filter: tuple[tuple[str, tuple[str, ...]], ...] = ()
    caveats: tuple[str, ...] = ()
    reason: str = ""


_held: dict[Path, tuple[str, YearlyCounts]] = {}
_lock = threading.Lock()


def yearly_counts(ws: Workspace) -> YearlyCounts:
    """Every published count of the current snapshot; kept until the snapshot changes."""
    snapshot = ws.store.manifest("counts").snapshot
    with _lock:
        held = _held.get(ws.store.root)
        if held and held[0] == snapshot:
            return held[1]
    rows = ws.store.scan("counts")
    names = ("source", "area_code", "first_month", "last_month", "offence", "count", "status", "supply", "origin")
    cells: dict[tuple[str, str, int, int], dict[str, PublishedCount]] = {}
    for row in ws.store.run(rows.select(*names)).to_pylist():
        place = (row["source"], row["area_code"], row["first_month"], row["last_month"])
        cells.setdefault(place, {})[row["offence"]] = PublishedCount(
            row["count"], row["status"], row["supply"], row["origin"]
        )
    found = YearlyCounts(cells)
    with _lock:
        _held[ws.store.root] = snapshot, found
    return found


def periods_published(selection: RowSelection, place: Place, ws: Workspace) -> tuple[Period, ...]:
    """The periods for which the first source that knows the place has counts, in order."""
    for source in selection.sources:
        periods = yearly_counts(ws).periods(source, place.count_codes)
        if periods:
            return periods
    return ()


def count_published(selection: RowSelection, place: Place, period: Period, ws: Workspace) -> YearlyCount:
    """What a source has published for a place and exactly this period.

    A whole that the source does not print is added up from its parts where it prints every part. A
    sum over several area codes needs all of them: a partial sum is no figure.
    """
    table = yearly_counts(ws)
    snapshot = ws.store.manifest("counts").snapshot
    knows_place = False
    for source in selection.sources:
        periods = table.periods(source, place.count_codes)
        knows_place |= bool(periods)
        if period in periods:
            return _add_up(selection, place, period, source, ws)
    reason = "not-in-source" if knows_place else "no-supply"
    return YearlyCount(snapshot, selection.sources[0], reason=reason)


def _add_up(selection: RowSelection, place: Place, period: Period, source: str, ws: Workspace) -> YearlyCount:
    table = yearly_counts(ws)
    cells: list[PublishedCount] = []
    offences: list[str] = []
    caveats: list[str] = []
    for code in place.count_codes:
        printed = table.cells[source, code, period.first, period.last]
        for offence in selection.offences or ("all",):
            parts = (offence,) if offence in printed else OFFENCE_PARTS.get(offence, (offence,))
            cells.extend(printed.get(part, PublishedCount(None, "no-data", "", "")) for part in parts)
            offences.extend(parts)
            if parts != (offence,):
                names = ", ".join(OFFENCES[part].lower() for part in parts)
                caveats.append(f"The source prints no total for {OFFENCES[offence].lower()}; added here: {names}.")
    counts = [cell.count for cell in cells]
    known = [count for count in counts if count is not None]
    complete = len(known) == len(counts)
    supplies = sorted({cell.supply for cell in cells if cell.supply})
    return YearlyCount(
        snapshot=ws.store.manifest("counts").snapshot,
        source=source,
        origin=next((cell.origin for cell in cells if cell.origin), ""),
        threshold=threshold_of(ws, "counts", source),
        count=sum(known) if complete else None,
        provisional=any(cell.status == "provisional" for cell in cells),
        supplies=tuple(SuppliedRows(s, sum(cell.supply == s for cell in cells)) for s in supplies),
        filter=(
            ("source", (source,)),
            ("area_code", place.count_codes),
            ("period", (str(period),)),
            ("offence", tuple(dict.fromkeys(offences))),
        ),
        caveats=tuple(dict.fromkeys(caveats)),
        reason="" if complete else "not-in-source",
    )

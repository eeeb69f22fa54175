"""One measure cut by district, small area, square, time, outcome or type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from frankpledge.engine.analysis.times import TimeArray, hour_of_week
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.definitions.vocabulary import CATEGORIES
from frankpledge.engine.faults import UsageFault
from frankpledge.engine.measures.compute import compute_for
from frankpledge.engine.measures.monthly import provenance_of, tally_months
from frankpledge.engine.measures.place import Place, find_place
from frankpledge.engine.measures.results import Breakdown, MeasureResult
from frankpledge.engine.measures.selecting import placed, rows_of_source
from frankpledge.engine.measures.tally import Tally
from frankpledge.engine.measures.withholding import withhold
from frankpledge.engine.store.datasets import CELL_METRES

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace

By = Literal["district", "lsoa", "cell", "hour", "weekday-hour", "outcome", "category"]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NO_OUTCOME = "none"
SNAPPED = (
    "Points are moved to the nearest of a list of places, so squares show the list as much as the crime: "
    "no single street or address can be read from them."
)
SPREAD = "An incident known only from one time to another is shared out evenly over the hours between."
TWO_VINTAGES = "The period holds small areas of 2011 and of 2021: an area that was redrawn stands under both codes."
OUTCOMES_VINTAGE = (
    "Outcomes say what was known when each file was downloaded; files of different age are not comparable."
)


@dataclass(frozen=True)
class _Cut:
    """The rows of a breakdown before anything is withheld."""

    rows: tuple[tuple[str, str, int], ...]
    unplaced: int = 0
    caveats: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()


def breakdown(measure: MeasureDefinition, area: str, period: Period, ws: Workspace, by: By) -> Breakdown:
    """The rows that a measure counts (for a rate or share: its numerator), cut one way.

    District, small area, outcome and type come largest first; hours in order. A small area without
    a row is listed where LSOA populations were imported, else it is not known that it exists. `unplaced`
    counts rows that the cut cannot place: of the force without a district, of the area without a small
    area or square, without a time. Where the period lacks a month there are no rows and `reason` says
    why. Counts of controlled sources are withheld below their threshold, with a second one beside a
    lone one. Raises `UsageFault` for an unknown cut and `NotPossible` for a yearly measure.
    """
    if by not in get_args(By):
        raise UsageFault(f"'{by}' is not a way to cut a measure.", f"Use one of {', '.join(get_args(By))}.")
    place = find_place(area, ws)
    found = tally_months(measure, place, period.months, ws)
    blank = Breakdown(
        measure=measure.key,
        area=place.key,
        period=period,
        by=by,
        rows=(),
        provenance=provenance_of(measure, found, ws),
        caveats=measure.caveats,
    )
    if found.total is None:
        return replace(blank, status="no-data", reason=found.reason or "missing-months")
    cut = _cut(measure, place, found, ws, by)
    if cut is None:
        return replace(blank, status="no-data", reason="no-times")
    shown = withhold([count for _, _, count in cut.rows], found.threshold)
    rows = tuple((key, label, count) for (key, label, _), count in zip(cut.rows, shown, strict=True))
    return replace(
        blank,
        rows=rows,
        figures=_figures(measure, place, period, ws, rows=rows, by=by),
        unplaced=cut.unplaced,
        caveats=(*measure.caveats, *cut.caveats),
        weights=cut.weights if None not in shown else (),
    )


def _figures(
    measure: MeasureDefinition,
    place: Place,
    period: Period,
    ws: Workspace,
    *,
    rows: Sequence[tuple[str, str, int | None]],
    by: By,
) -> tuple[MeasureResult, ...]:
    """The rows as figures with ids of their own, where the cut has any; withheld where the row is."""
    if by == "district":
        found = [compute_for(measure, find_place(key, ws), period, ws) for key, _, _ in rows]
    elif by in ("outcome", "category") and measure.kind == "count":
        field = "outcome_group" if by == "outcome" else "category"
        rows = [row for row in rows if row[0] != NO_OUTCOME]
        found = [
            compute_for(measure, place, period, ws, variant=f"{by}-{key}", extra=((field, (key,)),))
            for key, _, _ in rows
        ]
    else:
        return ()
    return tuple(
        _withheld(figure) if count is None and figure.known else figure
        for figure, (_, _, count) in zip(found, rows, strict=True)
    )


def _withheld(figure: MeasureResult) -> MeasureResult:
    """A figure that is not small itself but would give a small one away."""
    return replace(figure, status="suppressed", reason="secondary", value=None, numerator=None, lower=None, upper=None)


def _cut(measure: MeasureDefinition, place: Place, found: Tally, ws: Workspace, by: By) -> _Cut | None:
    if by == "district":
        return _by_district(measure, place, found, ws)
    if by == "lsoa":
        return _by_lsoa(measure, place, found, ws)
    if by == "cell":
        return _by_cell(measure, place, found, ws)
    if by in ("hour", "weekday-hour"):
        return _by_time(measure, place, found, ws, by)
    return _by_word(measure, place, found, ws, by)


def _by_district(measure: MeasureDefinition, place: Place, found: Tally, ws: Workspace) -> _Cut:
    rows = rows_of_source(found, place, measure.numerator, ws)
    grouped = ws.store.run(rows.group_by("district").agg(n=rows.count())).to_pylist()
    counts: dict[str, int] = {}
    for row in grouped:
        current = ws.areas.current_code(row["district"] or "")
        if current and (not place.districts or row["district"] in place.districts):
            counts[current] = counts.get(current, 0) + int(row["n"])
    if place.partnership:
        for code in ws.areas.partnerships[place.partnership].districts:
            if code in place.districts:
                counts.setdefault(code, 0)
    listed = ((code, ws.areas.districts[code].name, n) for code, n in counts.items())
    lost = sum(int(row["n"]) for row in grouped if row["district"] is None)
    caveats = (f"{lost:,} rows of the same supply have no place and belong to no district.",) if lost else ()
    return _Cut(_largest_first(listed), lost, caveats)


def _by_lsoa(measure: MeasureDefinition, place: Place, found: Tally, ws: Workspace) -> _Cut:
    rows = placed(rows_of_source(found, place, measure.numerator, ws), place)
    grouped = ws.store.run(
        rows.group_by(["lsoa_code", "lsoa_vintage"]).agg(n=rows.count(), name=rows.lsoa_name.max())
    ).to_pylist()
    counts: dict[str, tuple[str, int]] = {}
    for row in grouped:
        if row["lsoa_code"]:
            _, before = counts.get(row["lsoa_code"], ("", 0))
            counts[row["lsoa_code"]] = row["name"] or row["lsoa_code"], before + int(row["n"])
    vintages = {row["lsoa_vintage"] for row in grouped if row["lsoa_vintage"]}
    if len(vintages) <= 1:
        for code, name in _areas_known(place, next(iter(vintages), 2021), ws):
            counts.setdefault(code, (name, 0))
    lost = sum(int(row["n"]) for row in grouped if not row["lsoa_code"])
    caveats = (TWO_VINTAGES,) if len(vintages) > 1 else ()
    return _Cut(_largest_first((code, name, n) for code, (name, n) in counts.items()), lost, caveats)


def _areas_known(place: Place, vintage: int, ws: Workspace) -> list[tuple[str, str]]:
    """Small areas of a place that an imported table names, also those without a row."""
    if place.lsoa or not ws.store.has("area-facts"):
        return []
    facts = ws.store.scan("area-facts")
    of_vintage = (facts.vintage == vintage) | facts.vintage.isnull()  # some areas are of no Census, and have none
    held = facts.filter(facts.area_kind == "lsoa", of_vintage).select("area_code", "area_name").distinct()
    named = ((row["area_code"], row["area_name"] or "") for row in ws.store.run(held).to_pylist())
    return [(code, name) for code, name in named if ws.areas.district_for_place(name) in place.districts]


def _by_cell(measure: MeasureDefinition, place: Place, found: Tally, ws: Workspace) -> _Cut:
    rows = placed(rows_of_source(found, place, measure.numerator, ws), place)
    grouped = ws.store.run(rows.group_by("cell").agg(n=rows.count(), snapped=rows.snapped.any())).to_pylist()
    listed = ((str(row["cell"]), cell_label(row["cell"]), int(row["n"])) for row in grouped if row["cell"] is not None)
    lost = sum(int(row["n"]) for row in grouped if row["cell"] is None)
    return _Cut(_largest_first(listed), lost, (SNAPPED,) if any(row["snapped"] for row in grouped) else ())


def cell_corner(cell: int) -> tuple[int, int]:
    """Easting and northing, in metres, of the south-western corner of a grid square.

    >>> cell_corner(7990539)
    (399500, 269500)
    """
    return cell // 10000 * CELL_METRES, cell % 10000 * CELL_METRES


def cell_label(cell: int) -> str:
    """A grid square as people can look it up."""
    easting, northing = cell_corner(cell)
    return f"{easting:,} E, {northing:,} N"


def _by_time(measure: MeasureDefinition, place: Place, found: Tally, ws: Workspace, by: By) -> _Cut | None:
    rows = placed(rows_of_source(found, place, measure.numerator, ws), place)
    known = rows.select("date", "hour", "time_from", "time_to")
    table = ws.store.run(known)
    if not table.num_rows or not any(table.column(n).null_count < table.num_rows for n in ("hour", "time_from")):
        return None
    begins = _times(table.column("time_from"))
    on_the_hour = _times(table.column("date")) + table.column("hour").fill_null(0).to_numpy().astype("timedelta64[h]")
    has_hour = ~np.asarray(table.column("hour").is_null())
    begins = np.where(np.isnat(begins) & has_hour, on_the_hour, begins)
    ends = _times(table.column("time_to"))
    # A start without an end is exact where the row also tells its hour; else the span is not known.
    ends = np.where(np.isnat(ends) & has_hour, begins, ends)
    week = hour_of_week(begins, ends)
    caveats = (SPREAD,) if week.exact < week.n else ()
    if by == "hour":
        cells = [(f"{h:02d}", f"{h:02d}:00 to {h:02d}:59", float(w)) for h, w in enumerate(week.by_hour)]
    else:
        cells = [
            (f"{d}-{h:02d}", f"{WEEKDAYS[d]} {h:02d}:00", float(week.weights[d, h]))
            for d in range(7)
            for h in range(24)
        ]
    weights = [weight for _, _, weight in cells]
    return _Cut(
        rows=tuple((key, label, n) for (key, label, _), n in zip(cells, whole_numbers(weights), strict=True)),
        unplaced=week.no_time + week.too_long + week.reversed,
        caveats=caveats,
        weights=tuple(weights),
    )


def whole_numbers(weights: Sequence[float]) -> tuple[int, ...]:
    """Weights as whole numbers with the same sum: the largest remainders are rounded up.

    >>> whole_numbers([0.4, 0.4, 1.2])
    (1, 0, 1)
    """
    floors = [int(weight) for weight in weights]
    left = round(sum(weights)) - sum(floors)
    order = sorted(range(len(floors)), key=lambda n: (floors[n] - weights[n], n))
    for number in order[:left]:
        floors[number] += 1
    return tuple(floors)


def _times(column: Any) -> TimeArray:
    return np.array(column.to_pylist(), dtype="datetime64[m]")


def _by_word(measure: MeasureDefinition, place: Place, found: Tally, ws: Workspace, by: By) -> _Cut:
    field = "outcome_group" if by == "outcome" else "category"
    rows = placed(rows_of_source(found, place, measure.numerator, ws), place)
    grouped = ws.store.run(rows.group_by(field).agg(n=rows.count())).to_pylist()
    listed = []
    for row in grouped:
        word = row[field]
        if word is None:
            listed.append((NO_OUTCOME, "No outcome given" if by == "outcome" else "No type given", int(row["n"])))
        else:
            label = CATEGORIES.get(word, word) if by == "category" else word.replace("-", " ").capitalize()
            listed.append((word, label, int(row["n"])))
    return _Cut(_largest_first(listed), caveats=(OUTCOMES_VINTAGE,) if by == "outcome" else ())


def _largest_first(rows: Iterable[tuple[str, str, int]]) -> tuple[tuple[str, str, int], ...]:
    return tuple(sorted(rows, key=lambda row: (-row[2], row[0])))

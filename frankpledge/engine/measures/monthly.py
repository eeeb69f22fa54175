"""A measure month by month; a month without a file has no value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from frankpledge.engine.definitions.loader import digest_of
from frankpledge.engine.definitions.periods import Period, month_of
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.measures.breaks import breaks_of
from frankpledge.engine.measures.place import Place, find_place
from frankpledge.engine.measures.results import MonthSeries, Provenance
from frankpledge.engine.measures.tally import Tally, tally
from frankpledge.engine.measures.withholding import withhold
from frankpledge.engine.measures.wording import filter_words

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace


def monthly(measure: MeasureDefinition, area: str, ws: Workspace, period: Period) -> MonthSeries:
    """The rows that a measure counts, month by month (for a rate or a share: its numerator).

    Raises `NotPossible` for a yearly measure.
    """
    return monthly_many([measure], area, ws, period)[measure.key]


def monthly_many(
    measures: Sequence[MeasureDefinition], area: str, ws: Workspace, period: Period
) -> dict[str, MonthSeries]:
    """Several measures of one area month by month, from one grouped query."""
    place = find_place(area, ws)
    return {measure.key: _series(measure, place, ws, period) for measure in measures}


def tally_months(measure: MeasureDefinition, place: Place, months: Sequence[int], ws: Workspace) -> Tally:
    """The unrounded, unsuppressed counts by month: for tests of change, never for show."""
    if measure.numerator.dataset == "counts":
        raise NotPossible(
            f"'{measure.title}' is published by the year only.",
            "Ask for a whole year, or choose a measure that is counted from rows.",
        )
    return tally(measure.numerator, place, months, ws)


def provenance_of(measure: MeasureDefinition, found: Tally, ws: Workspace) -> Provenance:
    """The way back from a tally to its files."""
    return Provenance(
        dataset=found.dataset,
        snapshot=found.snapshot,
        definition=f"measure:{measure.key}",
        definition_digest=digest_of(measure),
        origin=found.origin,
        supplies=found.supplies,
        filter=found.filter,
        filter_words=filter_words(found.filter, ws),
    )


def held_period(measure: MeasureDefinition, area: str, ws: Workspace) -> Period | None:
    """From the first to the last month of which the store holds anything for a measure; None if nothing."""
    months = {part.month for part in ws.store.manifest(measure.numerator.dataset).parts if part.month is not None}
    if not months:
        return None
    found = tally_months(measure, find_place(area, ws), range(min(months), max(months) + 1), ws)
    known = [m for m, count in zip(found.months, found.counts, strict=True) if count is not None]
    return Period(known[0], known[-1]) if known else None


def _series(measure: MeasureDefinition, place: Place, ws: Workspace, period: Period) -> MonthSeries:
    found = tally_months(measure, place, period.months, ws)
    values, suppressed = _shown(found)
    concerning = breaks_of(measure, place, ws)
    return MonthSeries(
        measure=measure.key,
        area=place.key,
        area_name=place.name,
        months=found.months,
        values=values,
        provenance=provenance_of(measure, found, ws),
        breaks=tuple((month_of(b.on), b.title) for b in concerning if period.first < month_of(b.on) <= period.last),
        caveats=measure.caveats,
        suppressed=suppressed,
    )


def _shown(found: Tally) -> tuple[tuple[int | None, ...], tuple[int, ...]]:
    """Values that may be shown, and the months whose value is withheld.

    With the total of the months known, one withheld month could be worked out; so a second is
    withheld beside it (secondary suppression).
    """
    if not found.threshold or not any(c is not None and 0 < c < found.threshold for c in found.counts):
        return found.counts, ()
    known = [(m, c) for m, c in zip(found.months, found.counts, strict=True) if c is not None]
    safe = dict(zip((m for m, _ in known), withhold([c for _, c in known], found.threshold), strict=True))
    withheld = tuple(m for m, _ in known if safe[m] is None)
    return tuple(safe.get(m) for m in found.months), withheld

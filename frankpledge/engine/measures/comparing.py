"""Two periods of one measure: which may be compared, and what the difference can bear."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from frankpledge.engine.analysis.change import CountChange, compare_counts, compare_months
from frankpledge.engine.definitions.periods import Period, month_of, month_words
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.measures.breaks import breaks_between
from frankpledge.engine.measures.compute import compute_for, count_selection
from frankpledge.engine.measures.monthly import tally_months
from frankpledge.engine.measures.place import Place, find_place
from frankpledge.engine.measures.results import Comparison, MeasureResult
from frankpledge.engine.measures.tally import Tally
from frankpledge.engine.measures.yearly import periods_published

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace

GENERATED = "The rows are generated, so only the totals are compared: the test covers counting chance only."
YEARLY = "The counts are known by the year only: the test covers counting chance only."


def compare(measure: MeasureDefinition, area: str, before: Period, after: Period, ws: Workspace) -> Comparison:
    """The difference of two periods and the test that it can bear.

    Counted from real rows, months are compared with the same months and the test allows for their
    scatter (quasi-Poisson); from yearly tables or generated rows the exact test covers counting chance
    only. No direction is claimed (`change` is None, `reason` says why) where a period lacks a month,
    a source or a public figure, or where what is recorded changed in between.
    """
    place = find_place(area, ws)
    earlier = compute_for(measure, place, before, ws)
    later = compute_for(measure, place, after, ws)
    crossed = breaks_between(measure, place, before, after, ws)
    broken = tuple((month_of(b.on), b.title) for b in crossed if b.affects != "events")
    caveats = [*(f"{b.title}: {b.effect}" for b in crossed), *_leap_day(before, after)]
    reason = _why_not(measure, earlier, later, bool(broken))
    if reason:
        return Comparison(earlier, later, None, reason, caveats=tuple(caveats), breaks=broken)
    if measure.numerator.dataset == "counts" or "synthetic" in (_origin(earlier), _origin(later)):
        change = _by_totals(measure, place, before, after, ws)
        caveats.append(YEARLY if measure.numerator.dataset == "counts" else GENERATED)
        months: tuple[int, ...] = ()
    else:
        change = compare_months(*(_counts(tally_months(measure, place, p.months, ws)) for p in (before, after)))
        months = after.months
    return Comparison(earlier, later, change, months_compared=months, caveats=tuple(caveats), breaks=broken)


def comparable_periods(
    measure: MeasureDefinition, area: str, through: int, ws: Workspace
) -> tuple[Period, Period, str] | None:
    """The two periods that a measure can be compared over at the end of month `through`.

    (before, after, 'year') where twelve months and the twelve before are complete, or where a yearly
    table holds two years in a row; else (before, after, 'like-for-like') with the longest run of months
    within the last twelve that also have data a year earlier, the later of equals; None if there is none.
    """
    place = find_place(area, ws)
    if measure.numerator.dataset == "counts":
        return _published_years(measure, place, through, ws)
    last = Period.year_ending(through)
    found = tally_months(measure, place, (*last.shift(-12).months, *last.months), ws)
    known = {m for m, count in zip(found.months, found.counts, strict=True) if count is not None}
    run = longest_run([m for m in last.months if m in known and m - 12 in known])
    if run is None:
        return None
    return run.shift(-12), run, "year" if len(run) == 12 else "like-for-like"


def longest_run(months: list[int]) -> Period | None:
    """The longest run of consecutive months among sorted ones, the later of equals; None without months.

    >>> str(longest_run([24300, 24301, 24304, 24305]))
    '2025-05..2025-06'
    """
    if not months:
        return None
    starts = [months[0], *(b for a, b in pairwise(months) if b != a + 1)]
    ends = [*(a for a, b in pairwise(months) if b != a + 1), months[-1]]
    return max((Period(a, b) for a, b in zip(starts, ends, strict=True)), key=lambda run: (len(run), run.last))


def _published_years(
    measure: MeasureDefinition, place: Place, through: int, ws: Workspace
) -> tuple[Period, Period, str] | None:
    periods = [p for p in periods_published(measure.numerator, place, ws) if p.last <= through and len(p) == 12]
    pairs = [(p.shift(-12), p, "year") for p in periods if p.shift(-12) in periods]
    return pairs[-1] if pairs else None


def _origin(result: MeasureResult) -> str:
    return result.provenance.origin


def _source(result: MeasureResult) -> tuple[str, ...]:
    return dict(result.provenance.filter).get("source", ())


def _why_not(measure: MeasureDefinition, earlier: MeasureResult, later: MeasureResult, broken: bool) -> str:
    for result in (earlier, later):
        if not result.known:
            return result.reason or "no-supply"
    if measure.kind == "share":
        return "vintage" if measure.numerator.outcome_groups else "share"
    if _source(earlier) != _source(later):
        return "two-sources"
    first, second = earlier.period, later.period
    if len(first) != len(second) or (second.first - first.first) % 12:
        return "other-months"
    return "definition-change" if broken else ""


def _by_totals(measure: MeasureDefinition, place: Place, before: Period, after: Period, ws: Workspace) -> CountChange:
    first, second = (count_selection(measure.numerator, place, p, ws).count for p in (before, after))
    assert first is not None and second is not None
    return compare_counts(first, second, method="exact")


def _counts(found: Tally) -> list[float]:
    return [float("nan") if count is None else float(count) for count in found.counts]


def _leap_day(before: Period, after: Period) -> list[str]:
    """A February of 29 days in one period only is a day more to count in."""

    def leap_months(period: Period) -> list[int]:
        return [m for m in period.months if m % 12 == 1 and _is_leap(m // 12)]

    one_side = leap_months(before) if not leap_months(after) else [] if leap_months(before) else leap_months(after)
    return [f"{month_words(m)} has 29 days, one more than the February it is compared with." for m in one_side]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

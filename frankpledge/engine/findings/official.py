"""Official yearly counts: one measure over the years that a published table holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import MeasureDefinition, Theme
from frankpledge.engine.findings.context import Context
from frankpledge.engine.measures.breaks import breaks_between
from frankpledge.engine.measures.comparing import compare
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.place import find_place
from frankpledge.engine.measures.results import Comparison, MeasureResult
from frankpledge.engine.measures.yearly import periods_published

MOST_YEARS = 10


@dataclass(frozen=True)
class OfficialSeries:
    """A yearly measure: its figures in order, and the comparison of the last two years in a row."""

    measure: MeasureDefinition
    years: tuple[MeasureResult, ...]
    comparison: Comparison | None
    crossed: tuple[Period, ...] = ()  # years not to be held against the year before: what is recorded changed

    @property
    def latest(self) -> MeasureResult | None:
        """The latest year that has a number."""
        return next((year for year in reversed(self.years) if year.known), None)


def official_series(theme: Theme, context: Context) -> tuple[OfficialSeries, ...]:
    """Every official measure of a theme that has at least one year; yearly tables end with `through`."""
    found = (official(context.measure(reference), context) for reference in theme.official)
    return tuple(series for series in found if series is not None)


def official(measure: MeasureDefinition, context: Context, area: str = "") -> OfficialSeries | None:
    """One yearly measure in an area (the partnership unless named); None where no year is held."""
    periods = published_years(measure, context, area or context.area)[-MOST_YEARS:]
    if not periods:
        return None
    years = tuple(compute(measure, area or context.area, period, context.ws) for period in periods)
    if not any(year.known for year in years):
        return None
    comparison = None
    if len(periods) > 1 and periods[-2] == periods[-1].shift(-12) and measure.kind == "count":
        comparison = compare(measure, area or context.area, periods[-2], periods[-1], context.ws)
    return OfficialSeries(measure, years, comparison, _crossed(measure, years, context))


def _crossed(measure: MeasureDefinition, years: Sequence[MeasureResult], context: Context) -> tuple[Period, ...]:
    """The years that may not be held against the year before, because what is recorded changed."""
    place = find_place(years[0].area, context.ws)
    return tuple(
        after.period
        for before, after in pairwise(years)
        if any(b.affects != "events" for b in breaks_between(measure, place, before.period, after.period, context.ws))
    )


def published_years(measure: MeasureDefinition, context: Context, area: str) -> tuple[Period, ...]:
    """The twelve-month periods that are published for an area and end by `through`, in order."""
    held = periods_published(measure.numerator, find_place(area, context.ws), context.ws)
    return tuple(period for period in held if len(period) == 12 and period.last <= context.through)

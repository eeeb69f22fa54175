"""All that is read and tested for one theme, before a word of it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from frankpledge.engine.analysis.change import false_discovery
from frankpledge.engine.analysis.seasonality import Seasonality, seasonality
from frankpledge.engine.analysis.trend import Trend, trend
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import MeasureDefinition, Theme
from frankpledge.engine.findings.context import Context, latest_run
from frankpledge.engine.findings.official import OfficialSeries, official_series
from frankpledge.engine.measures.comparing import comparable_periods, compare
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.monthly import held_period, monthly
from frankpledge.engine.measures.results import Comparison, MeasureResult, MonthSeries

CHANGES = "changes of this assessment"  # the families of tests that false discovery is controlled over
TRENDS = "trends of this assessment"
SEASONS = "seasons of this assessment"
OFFICIAL_CHANGES = "official changes of this assessment"


@dataclass(frozen=True)
class Counted:
    """One measure of a theme: how many in the months held, and how that changed."""

    measure: MeasureDefinition
    volume: MeasureResult | None
    comparison: Comparison | None
    span: str = ""  # 'year' or 'like-for-like'


@dataclass(frozen=True)
class Series:
    """A measure month by month with what was tested over its longest unbroken stretch."""

    months: MonthSeries
    trend: Trend
    season: Seasonality
    total: MeasureResult | None  # the measure counted over the stretch that was tested
    trend_adjusted_p: float | None = None
    season_adjusted_p: float | None = None


@dataclass(frozen=True)
class Evidence:
    """One theme: its leading measure, those that support it, and the official years."""

    theme: Theme
    lead: Counted
    rate: MeasureResult | None
    rate_measure: MeasureDefinition | None
    series: Series | None
    supporting: tuple[Counted, ...]
    official: tuple[OfficialSeries, ...]

    @property
    def measure(self) -> MeasureDefinition:
        """The leading measure."""
        return self.lead.measure

    @property
    def synthetic(self) -> bool:
        """Whether the leading measure counts invented rows."""
        return self.lead.volume is not None and self.lead.volume.provenance.origin == "synthetic"

    @property
    def known(self) -> bool:
        """Whether rows of the theme can be counted in the window."""
        return self.lead.volume is not None and self.lead.volume.known


def gather(context: Context) -> tuple[Evidence, ...]:
    """The evidence of every theme, with false-discovery control over all tests of one kind."""
    found = [_of_theme(theme, context) for theme in context.themes]
    return _adjusted(found)


def _of_theme(theme: Theme, context: Context) -> Evidence:
    lead = counted(context.measure(theme.lead), context)
    supporting = [context.measure(reference) for reference in theme.measures]
    rate_measure = next((m for m in supporting if m.kind == "rate" and m.numerator == lead.measure.numerator), None)
    period = lead.volume.period if lead.volume is not None else None
    rate = compute(rate_measure, context.area, period, context.ws) if rate_measure and period else None
    return Evidence(
        theme=theme,
        lead=lead,
        rate=rate,
        rate_measure=rate_measure,
        series=_series(lead.measure, context),
        supporting=tuple(counted(m, context) for m in supporting if m.kind == "count"),
        official=official_series(theme, context),
    )


def counted(measure: MeasureDefinition, context: Context) -> Counted:
    """A measure over the latest unbroken months of the window, and its change like for like."""
    area, ws = context.area, context.ws
    run = latest_run(_months(measure, context), context.window)
    volume = compute(measure, area, run, ws) if run is not None else None
    periods = comparable_periods(measure, area, context.through, ws)
    if periods is None:
        return Counted(measure, volume, None)
    before, after, span = periods
    return Counted(measure, volume, compare(measure, area, before, after, ws), span)


def _months(measure: MeasureDefinition, context: Context) -> tuple[int, ...]:
    """The months of the window for which the measure has a value, shown or withheld."""
    found = monthly(measure, context.area, context.ws, context.window)
    return (*found.known_months, *found.suppressed)


def _series(measure: MeasureDefinition, context: Context) -> Series | None:
    """The whole series up to `through`, never beyond it; None where nothing is held."""
    held = held_period(measure, context.area, context.ws)
    if held is None or held.first > context.through:
        return None
    months = monthly(measure, context.area, context.ws, Period(held.first, min(held.last, context.through)))
    if not months.known_months:
        return None
    # The statistics count months from January = 1, the store from January = 0.
    numbers = [month + 1 for month in months.months]
    values = [np.nan if value is None else float(value) for value in months.values]
    breaks = [month + 1 for month, _ in months.breaks]
    risen, season = trend(numbers, values, breaks), seasonality(numbers, values, breaks)
    total = None
    if risen.run is not None and risen.p is not None:
        total = compute(measure, context.area, Period(risen.run.first - 1, risen.run.last - 1), context.ws)
    return Series(months, risen, season, total)


def _adjusted(found: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Benjamini-Hochberg over all changes, official changes, trends and seasons of the assessment."""
    official = _official_adjusted([series for one in found for series in one.official])
    changes = _changes_adjusted([c for one in found for c in (one.lead, *one.supporting)])
    trends = adjust([one.series.trend.p if one.series else None for one in found])
    seasons = adjust([one.series.season.p if one.series else None for one in found])
    done: list[Evidence] = []
    for number, one in enumerate(found):
        lead, *supporting = (next(changes) for _ in range(1 + len(one.supporting)))
        series = one.series and replace(one.series, trend_adjusted_p=trends[number], season_adjusted_p=seasons[number])
        done.append(
            replace(
                one,
                lead=lead,
                supporting=tuple(supporting),
                series=series,
                official=tuple(next(official) for _ in one.official),
            )
        )
    return tuple(done)


def _changes_adjusted(found: Sequence[Counted]) -> Iterator[Counted]:
    for one, comparison in zip(found, _comparisons_adjusted([c.comparison for c in found]), strict=True):
        yield replace(one, comparison=comparison)


def _official_adjusted(found: Sequence[OfficialSeries]) -> Iterator[OfficialSeries]:
    for one, comparison in zip(found, _comparisons_adjusted([s.comparison for s in found]), strict=True):
        yield replace(one, comparison=comparison)


def _comparisons_adjusted(found: Sequence[Comparison | None]) -> list[Comparison | None]:
    adjusted = adjust([c.change.p if c is not None and c.change is not None else None for c in found])
    return [c and replace(c, adjusted_p=p) for c, p in zip(found, adjusted, strict=True)]


def adjust(p: Sequence[float | None]) -> list[float | None]:
    """Adjusted p-values; None stays None. A single test needs no adjusting."""
    tested = [value for value in p if value is not None]
    if len(tested) < 2:
        return [None] * len(p)
    values = false_discovery([np.nan if value is None else value for value in p])
    return [None if np.isnan(value) else float(value) for value in values]

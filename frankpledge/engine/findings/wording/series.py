"""Trend and season of a series of months."""

from __future__ import annotations

from frankpledge.engine.analysis.seasonality import Seasonality
from frankpledge.engine.analysis.trend import Trend
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.findings.claims import Direction, Sentence
from frankpledge.engine.findings.derived import derive
from frankpledge.engine.findings.wording.composing import figure, place, sentence, words
from frankpledge.engine.findings.wording.numbers import capital, number_of, odds_text, p_text
from frankpledge.engine.findings.wording.spans import named_months, span
from frankpledge.engine.measures.results import MeasureResult

TREND_TESTS = {
    "quasi-poisson": "quasi-Poisson log-linear trend with months of the year",
    "kendall": "Kendall's tau with the Theil-Sen slope",
    "none": "",
}
SEASON_TESTS = {
    "f": "quasi-Poisson F test of eleven month effects beside a trend",
    "chi-square": "chi-square test of eleven month effects beside a trend",
    "none": "",
}


def trend_figure(total: MeasureResult, trend: Trend) -> MeasureResult | None:
    """The trend in per cent a year as a figure over the stretch that `total` counts."""
    if trend.estimate is None:
        return None
    return derive(
        (total,),
        "trend",
        trend.estimate,
        unit="per cent a year",
        lower=trend.lower,
        upper=trend.upper,
        how=f"{TREND_TESTS[trend.method]} over the months of {total.period}",
        level=trend.level,
    )


def trend_direction(trend: Trend, adjusted_p: float | None = None) -> Direction:
    """Rising, falling or no clear trend; a verdict that many tests explain is no clear trend."""
    if trend.verdict == "too-short":
        return "no-data"
    if adjusted_p is not None and adjusted_p >= 1 - trend.level:
        return "no-clear-trend"
    return trend.verdict


def trend_sentence(
    total: MeasureResult,
    trend: Trend,
    measure: MeasureDefinition,
    *,
    adjusted_p: float | None = None,
    family: str = "",
) -> Sentence | None:
    """The trend over the longest unbroken stretch of months; None where it is too short to test.

    `total` is the measure counted over exactly that stretch.
    """
    yearly = trend_figure(total, trend)
    direction = trend_direction(trend, adjusted_p)
    if yearly is None or direction == "no-data" or trend.p is None:
        return None
    stretch = f"Over {number_of(len(total.period), 'unbroken month')}, {total.period.words}, "
    if direction == "no-clear-trend":
        many = "" if trend.verdict == direction else ", allowing for the number of trends tested"
        shown = trend.p if trend.verdict == direction or adjusted_p is None else adjusted_p
        said = words(stretch, f"{measure.noun} in {place(total)} show no clear trend ({p_text(shown)}{many}).")
    else:
        moved = "rose" if direction == "rising" else "fell"
        said = words(
            stretch,
            f"{measure.noun} in {place(total)} {moved} by about ",
            figure(yearly),
            f" a year, more than months vary by chance ({p_text(trend.p)}).",
        )
    return sentence(
        said,
        aspect="trend",
        results=(total, yearly),
        direction=direction,
        test=TREND_TESTS[trend.method],
        p=trend.p,
        adjusted_p=adjusted_p,
        family=family if adjusted_p is not None else "",
        estimate=trend.estimate,
    )


def is_seasonal(season: Seasonality, adjusted_p: float | None = None) -> bool:
    """Whether there is a season that the number of tests does not explain."""
    return season.verdict == "seasonal" and (adjusted_p is None or adjusted_p < 1 - season.level)


def season_sentence(
    total: MeasureResult,
    season: Seasonality,
    measure: MeasureDefinition,
    *,
    adjusted_p: float | None = None,
    family: str = "",
) -> Sentence | None:
    """The season over the longest unbroken stretch of months; None where it could not be tested."""
    if season.p is None:
        return None
    seasonal = is_seasonal(season, adjusted_p)
    if season.verdict == "seasonal" and not seasonal:
        said = words(
            f"{capital(measure.noun)} show no clear season, allowing for the number of series tested "
            f"({p_text(adjusted_p or season.p)})."
        )
    elif not seasonal:
        said = words(
            f"{capital(measure.noun)} show no clear season: months of the year differ no more than luck would make "
            f"them differ {odds_text(season.p)} ({p_text(season.p)})."
        )
    else:
        high = f" They are highest in {named_months(sorted(season.peak_months))}." if season.peak_months else ""
        low = f" They are lowest in {named_months(sorted(season.trough_months))}." if season.trough_months else ""
        said = words(
            f"{capital(measure.noun)} follow the season in {span(total.period)}, more than chance explains "
            f"({p_text(season.p)}).{high}{low}"
        )
    return sentence(
        said,
        aspect="season",
        results=(total,),
        direction="seasonal" if seasonal else "not-seasonal",
        test=SEASON_TESTS[season.method],
        p=season.p,
        adjusted_p=adjusted_p,
        family=family if adjusted_p is not None else "",
        estimate=season.estimate,
    )

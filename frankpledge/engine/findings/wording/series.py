"""Trend and season of a series of months."""

from __future__ import annotations

from frankpledge.engine.analysis.seasonality import Seasonality
from frankpledge.engine.analysis.trend import Trend
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.findings.claims import Sentence
from frankpledge.engine.findings.derived import derive
from frankpledge.engine.findings.wording.composing import figure, sentence, words
from frankpledge.engine.findings.wording.numbers import capital, number_of, odds_text, p_text
from frankpledge.engine.findings.wording.spans import named_months, span
from frankpledge.engine.measures.results import MeasureResult

TREND_TESTS = {
    "quasi-poisson": "quasi-Poisson log-linear trend with months of the year",
    "kendall": "Kendall's tau with the Theil-Sen slope",
    "none": "",
}
SEASON_TEST = "quasi-Poisson F test of eleven month effects beside a trend"


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


def trend_sentence(total: MeasureResult, trend: Trend, measure: MeasureDefinition) -> Sentence | None:
    """The trend over the longest unbroken stretch of months; None where it is too short to test.

    `total` is the measure counted over exactly that stretch.
    """
    yearly = trend_figure(total, trend)
    if yearly is None or trend.verdict == "too-short":
        return None
    stretch = f"Over {number_of(len(total.period), 'unbroken month')}, {total.period.words}, "
    if trend.verdict == "no-clear-trend":
        said = words(
            stretch, f"{measure.noun} in {total.area_name} show no clear trend ({p_text(trend.p if trend.p else 0.0)})."
        )
    else:
        moved = "rose" if trend.verdict == "rising" else "fell"
        said = words(
            stretch,
            f"{measure.noun} in {total.area_name} {moved} by about ",
            figure(yearly),
            f" a year, more than months vary by chance ({p_text(trend.p if trend.p else 0.0)}).",
        )
    return sentence(
        said,
        aspect="trend",
        results=(total, yearly),
        direction=trend.verdict,
        test=TREND_TESTS[trend.method],
        p=trend.p,
        estimate=trend.estimate,
    )


def season_sentence(total: MeasureResult, season: Seasonality, measure: MeasureDefinition) -> Sentence | None:
    """The season over the longest unbroken stretch of months; None where it could not be tested."""
    if season.p is None:
        return None
    if season.verdict != "seasonal":
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
        direction="seasonal" if season.verdict == "seasonal" else "not-seasonal",
        test=SEASON_TEST,
        p=season.p,
        estimate=season.estimate,
    )

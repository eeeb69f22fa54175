"""A theme month by month: the line with its gaps and breaks, its trend and its season."""

from __future__ import annotations

from dataclasses import replace

from frankpledge.engine.definitions.periods import month_of, month_words
from frankpledge.engine.documents.blocks import Block, Chart, Paragraph, Words
from frankpledge.engine.documents.charts.frame import ChartWords
from frankpledge.engine.documents.charts.frame import Series as Line
from frankpledge.engine.documents.charts.months import month_line
from frankpledge.engine.documents.charts.seasonal import seasonal_bars
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import SEASONS, TRENDS, Evidence, Series
from frankpledge.engine.findings.wording.absence import series_lacking
from frankpledge.engine.findings.wording.change import change_title
from frankpledge.engine.findings.wording.composing import together
from frankpledge.engine.findings.wording.numbers import capital
from frankpledge.engine.findings.wording.series import is_seasonal, season_sentence, trend_figure, trend_sentence
from frankpledge.engine.findings.wording.spans import runs_of
from frankpledge.engine.measures.results import MonthSeries

FEWEST_POINTS = 2


def months_chart(evidence: Evidence, context: Context, *, key: str, title: Words = "") -> Chart | None:
    """The line by month; None where fewer than two months have a value."""
    series, measure = evidence.series, evidence.measure
    if series is None or len(series.months.known_months) < FEWEST_POINTS:
        return None
    if not title:
        title = change_title(evidence.lead.comparison, measure) if evidence.lead.comparison else measure.title
    if measure.key not in context.drawn:
        context.drawn[measure.key] = _drawn(evidence, series.months, context)
    return replace(context.drawn[measure.key], key=key, title=title)


def _drawn(evidence: Evidence, months: MonthSeries, context: Context) -> Chart:
    span = f"{month_words(months.months[0])} to {month_words(months.months[-1])}"
    return month_line(
        ChartWords(
            key=evidence.measure.key,
            title=evidence.measure.title,
            subtitle=f"{capital(evidence.measure.noun)} a month, {context.place}, {span}",
            source=source_line([months.provenance], context.ws.definitions),
        ),
        months.months,
        Line(context.place, months.values),
        breaks=_breaks(evidence, months, context),
    )


def _breaks(evidence: Evidence, months: MonthSeries, context: Context) -> list[tuple[int, str]]:
    """Known changes to draw: one that only events made is left out where there are no months around it."""
    known = set(months.known_months)
    rules = [context.ws.definitions.breaks[reference.partition(":")[2]] for reference in evidence.measure.breaks]
    events = {month_of(rule.on) for rule in rules if rule.affects == "events"}
    return [(m, title) for m, title in months.breaks if m not in events or {m - 1, m} & known]


def months_blocks(evidence: Evidence, context: Context) -> list[Block]:
    """Trend and season in words, or what is missing to test them."""
    series = evidence.series
    if series is None:
        return []
    measure, ledger = evidence.measure, context.ledger
    if context.synthetic:
        return [
            Paragraph(
                "The rows behind these months are invented to add up to the published years, so no trend and no "
                "season is read from them.",
                "small",
            )
        ]
    longest = max(len(run) for run in runs_of(series.months.known_months))
    trend = season = None
    if series.total is not None:
        ledger.keep(series.total, trend_figure(series.total, series.trend))
        trend = trend_sentence(series.total, series.trend, measure, adjusted_p=series.trend_adjusted_p, family=TRENDS)
        season = season_sentence(
            series.total, series.season, measure, adjusted_p=series.season_adjusted_p, family=SEASONS
        )
    said = together(trend, season) if season is not None else together(trend, series_lacking(longest))
    blocks: list[Block] = [Paragraph(ledger.say(said))]
    if season is not None and is_seasonal(series.season, series.season_adjusted_p):
        blocks.append(_season_chart(evidence, series, context))
    return blocks


def _season_chart(evidence: Evidence, series: Series, context: Context) -> Chart:
    """The usual year, as multiples of the average month."""
    season, measure = series.season, evidence.measure
    assert series.total is not None
    return seasonal_bars(
        ChartWords(
            key=f"{evidence.theme.key}-season",
            title=f"{capital(measure.noun)} follow the season",
            subtitle=f"Each month beside the average month, {context.place}, {series.total.period.words}",
            source=source_line([series.total], context.ws.definitions),
        ),
        list(season.factors),
        average=1.0,
        highlighted=(*season.peak_months, *season.trough_months),
        unit="Times the average month",
    )

"""A theme month by month: the line with its gaps and breaks, its trend and its season."""

from __future__ import annotations

from frankpledge.engine.definitions.periods import month_words
from frankpledge.engine.documents.blocks import Block, Chart, Paragraph, Words
from frankpledge.engine.documents.charts.frame import ChartWords
from frankpledge.engine.documents.charts.frame import Series as Line
from frankpledge.engine.documents.charts.months import month_line
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import SEASONS, TRENDS, Evidence
from frankpledge.engine.findings.wording.absence import season_lacking, trend_lacking
from frankpledge.engine.findings.wording.change import change_title
from frankpledge.engine.findings.wording.composing import together
from frankpledge.engine.findings.wording.numbers import capital
from frankpledge.engine.findings.wording.series import season_sentence, trend_figure, trend_sentence
from frankpledge.engine.findings.wording.spans import runs_of

FEWEST_POINTS = 2


def months_chart(evidence: Evidence, context: Context, *, key: str, title: Words = "") -> Chart | None:
    """The line by month; None where fewer than two months have a value."""
    series = evidence.series
    if series is None or len(series.months.known_months) < FEWEST_POINTS:
        return None
    months = series.months
    measure = evidence.measure
    span = f"{month_words(months.months[0])} to {month_words(months.months[-1])}"
    if not title:
        title = change_title(evidence.lead.comparison, measure) if evidence.lead.comparison else measure.title
    return month_line(
        ChartWords(
            key=key,
            title=title,
            subtitle=f"{capital(measure.noun)} a month, {context.place}, {span}",
            source=source_line([months.provenance], context.ws.definitions),
        ),
        months.months,
        Line(context.place, months.values),
        breaks=months.breaks,
    )


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
    held = len(series.months.known_months)
    return [
        Paragraph(ledger.say(together(trend or trend_lacking(longest)))),
        Paragraph(ledger.say(together(season or season_lacking(held, longest)))),
    ]

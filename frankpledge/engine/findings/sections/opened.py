"""Findings that a first screen may open with: a new definition, a small count, a total."""

from __future__ import annotations

from frankpledge.engine.documents.blocks import Chart, Finding, Words
from frankpledge.engine.documents.charts.frame import ChartWords
from frankpledge.engine.documents.charts.frame import Series as Line
from frankpledge.engine.documents.charts.year_lines import year_lines
from frankpledge.engine.documents.charts.years import interval_dots
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.claims import Sentence
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.derived import change_figure
from frankpledge.engine.findings.official import OfficialSeries
from frankpledge.engine.findings.redefined import Redefined
from frankpledge.engine.findings.sections.officials import one_row_a_year, parts_chart, side_by_side, year_breaks
from frankpledge.engine.findings.wording.change import (
    change_sentence,
    change_title,
    direction_of,
    is_small,
    may_mean,
    sureness,
)
from frankpledge.engine.findings.wording.composing import figure, place, together, unclaimed, words
from frankpledge.engine.findings.wording.numbers import capital
from frankpledge.engine.findings.wording.redefinition import redefinition_sentences, redefinition_title
from frankpledge.engine.findings.wording.spans import short_span
from frankpledge.engine.measures.results import Comparison

Beside = tuple[Comparison, OfficialSeries]


def redefined_finding(found: Redefined, official: tuple[OfficialSeries, ...], context: Context) -> Finding:
    """Parts of a total that a new definition moved between."""
    for part in (*found.parts, found.total):
        context.ledger.keep(part.before, part.after, part.percent)
    title = redefinition_title(found.parts, found.total)
    known = {series.measure.key for series in official}
    drawn = all(part.measure.key in known for part in (*found.parts, found.total))
    chart = parts_chart(official, found, context, key="redefinition-chart", title=title) if drawn else None
    return Finding(
        title=title,
        meaning=context.ledger.say(redefinition_sentences(found.parts, found.total, found.rule)),
        sureness="Sure: published counts, known change of rule",
        sureness_mark="sure",
        question="Is any money or target following a change that is only a new definition?",
        chart=chart,
    )


def small_count_finding(series: OfficialSeries, comparison: Comparison, context: Context) -> Finding:
    """A count so small that years differ by chance."""
    context.ledger.keep(*series.years)
    context.ledger.keep_comparison(comparison)
    title = change_title(comparison, series.measure)
    small = is_small(comparison)
    said = together(
        change_sentence(comparison, series.measure),
        unclaimed(series.measure.why_it_matters) if small else may_mean(comparison),
    )
    tag, mark = sureness(comparison)
    return Finding(
        title=title,
        meaning=context.ledger.say(said),
        sureness=tag,
        sureness_mark=mark,
        question="What does each of these teach us, whatever the count?"
        if small
        else "What lies behind this, and which partner can tell us?",
        chart=dots_chart(series, context, key=f"{series.measure.key}-chart", title=title),
    )


def dots_chart(series: OfficialSeries, context: Context, *, key: str, title: Words) -> Chart | None:
    """Counts by year, each on the band that chance alone would allow; None for fewer than two years."""
    if len(series.years) < 2:
        return None
    labels = [short_span(year.period) for year in series.years]
    return interval_dots(
        ChartWords(
            key=key,
            title=title,
            subtitle=f"{capital(series.measure.noun)} a year, {context.place}, {labels[0]} to {labels[-1]}",
            source=source_line(series.years, context.ws.definitions),
            table=one_row_a_year(series, context),
        ),
        labels,
        [year.value for year in series.years],
        lowers=[year.lower for year in series.years],
        uppers=[year.upper for year in series.years],
        breaks=year_breaks(series, context),
        unit=capital(series.measure.noun),
    )


def total_finding(series: OfficialSeries, comparison: Comparison, beside: Beside | None, context: Context) -> Finding:
    """A total with the test of its change, and a neighbour's where one is named."""
    context.ledger.keep(*series.years)
    context.ledger.keep_comparison(comparison)
    title: Words = change_title(comparison, series.measure)
    other = None
    if beside is not None:
        context.ledger.keep(*beside[1].years)
        context.ledger.keep_comparison(beside[0])
        other = change_sentence(beside[0], series.measure)
        title = _with_neighbour(title, comparison, beside[0])
    said = together(
        change_sentence(comparison, series.measure),
        other,
        _need_not_mean(comparison),
    )
    tag, mark = sureness(comparison)
    return Finding(
        title=title,
        meaning=context.ledger.say(said),
        sureness=tag,
        sureness_mark=mark,
        question="Which part of this is recording, and who can tell us?",
        chart=_lines_chart(series, beside, context, title=title),
    )


def _with_neighbour(title: Words, comparison: Comparison, other: Comparison) -> Words:
    """The title with what the neighbour did, where both moved by more than chance."""
    percent = change_figure(other)
    own, theirs = direction_of(comparison), direction_of(other)
    if percent is None or own not in ("rose", "fell") or theirs not in ("rose", "fell"):
        return title
    return words(title, f"; in {place(other.after)} they {theirs} ", figure(percent))


def _need_not_mean(comparison: Comparison) -> Sentence | None:
    """Why more records need not be more crime, and fewer not less."""
    match direction_of(comparison):
        case "rose":
            return unclaimed(
                "It need not mean more crime: more people may report, and the police may record more of what is "
                "reported."
            )
        case "fell":
            return unclaimed("It need not mean less crime: fewer people may report, or less may be recorded.")
        case _:
            return None


def _lines_chart(series: OfficialSeries, beside: Beside | None, context: Context, *, title: Words) -> Chart | None:
    """Both areas year by year; None for fewer than two years."""
    if len(series.years) < 2:
        return None
    labels = [short_span(year.period) for year in series.years]
    others: list[Line] = []
    shown = [series]
    if beside is not None and [y.period for y in beside[1].years] == [y.period for y in series.years]:
        others = [Line(place(beside[1].years[0]), [year.value for year in beside[1].years])]
        shown.append(beside[1])
    source = source_line([y for s in shown for y in s.years], context.ws.definitions)
    caption = f"{capital(series.measure.noun)} a year, {labels[0]} to {labels[-1]}"
    return year_lines(
        ChartWords(
            key=f"{series.measure.key}-lines",
            title=title,
            subtitle=caption,
            source=source,
            table=side_by_side(shown, caption, source),
        ),
        labels,
        Line(context.place, [year.value for year in series.years]),
        others,
    )

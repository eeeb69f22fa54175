"""Official yearly counts: the years side by side, and the last two tested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from frankpledge.engine.definitions.periods import Period, month_of, month_words
from frankpledge.engine.documents.blocks import Block, Chart, Column, Heading, Paragraph, Table, Words
from frankpledge.engine.documents.charts.frame import ChartWords
from frankpledge.engine.documents.charts.frame import Series as Line
from frankpledge.engine.documents.charts.years import year_bars
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.claims import Sentence
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.derived import change_figure
from frankpledge.engine.findings.evidence import OFFICIAL_CHANGES, Evidence
from frankpledge.engine.findings.official import OfficialSeries
from frankpledge.engine.findings.redefined import Redefined
from frankpledge.engine.findings.wording.absence import level_sentence
from frankpledge.engine.findings.wording.change import change_sentence, change_title, direction_of, is_small, may_mean
from frankpledge.engine.findings.wording.composing import cell, place, together
from frankpledge.engine.findings.wording.numbers import capital
from frankpledge.engine.findings.wording.spans import short_span
from frankpledge.engine.findings.wording.years import years_sentence
from frankpledge.engine.measures.results import MeasureResult

LEVEL: Final = 4
MOST_COLUMNS = 6


def official_blocks(evidence: Evidence, context: Context) -> list[Block]:
    """The official years of a theme; nothing where no table is held."""
    counts = [series for series in evidence.official if series.measure.kind == "count"]
    if not counts:
        return []
    for series in evidence.official:
        context.ledger.keep(*series.years)
        context.ledger.keep_comparison(series.comparison)
    blocks: list[Block] = [Heading("The official years", LEVEL), *_said(counts, evidence, context)]
    chart = years_chart(counts[0], context, key=f"{evidence.theme.key}-years")
    if chart is not None:
        blocks.append(chart)
    blocks.append(years_table(evidence.official, context, f"{evidence.theme.title}: official yearly figures"))
    return blocks


def _said(counts: Sequence[OfficialSeries], evidence: Evidence, context: Context) -> list[Block]:
    """The leading official measure in full, the others only where something can be said of them."""
    first, *others = counts
    said = [_sentence(first, evidence.theme.means), years_sentence(first.years, first.measure, first.crossed)]
    said += [_sentence(series) for series in others if series.comparison and _tells(series)]
    blocks: list[Block] = [Paragraph(context.ledger.say(one)) for one in said if one is not None]
    caveats = [c for series in counts for c in (series.comparison.caveats if series.comparison else ())]
    blocks += [Paragraph(caveat, "small") for caveat in dict.fromkeys(caveats)]
    return blocks


def _tells(series: OfficialSeries) -> bool:
    return series.comparison is not None and direction_of(series.comparison) in ("rose", "fell", "definition-change")


def _sentence(series: OfficialSeries, means: Mapping[str, str] | None = None) -> Sentence | None:
    if series.comparison is not None:
        return together(
            change_sentence(series.comparison, series.measure, family=OFFICIAL_CHANGES),
            may_mean(series.comparison, means),
        )
    return level_sentence(series.latest, series.measure) if series.latest is not None else None


def years_chart(series: OfficialSeries, context: Context, *, key: str, title: Words = "") -> Chart | None:
    """Bars by year; None for fewer than two years."""
    if len(series.years) < 2:
        return None
    labels = [short_span(year.period) for year in series.years]
    if not title:
        title = change_title(series.comparison, series.measure) if series.comparison else series.measure.title
    return year_bars(
        ChartWords(
            key=key,
            title=title,
            subtitle=f"{capital(series.measure.noun)} a year, {context.place}, {labels[0]} to {labels[-1]}",
            source=source_line(series.years, context.ws.definitions),
            table=one_row_a_year(series, context),
        ),
        labels,
        [Line(capital(series.measure.noun), [year.value for year in series.years])],
        breaks=year_breaks(series, context),
    )


def parts_chart(
    official: Sequence[OfficialSeries], found: Redefined, context: Context, *, key: str, title: Words
) -> Chart | None:
    """The parts of a total stacked by year, with the break between them; None for fewer than two years."""
    by_key = {series.measure.key: series for series in official}
    parts = [by_key[part.measure.key] for part in found.parts]
    whole = by_key[found.total.measure.key]
    labels = [short_span(year.period) for year in whole.years]
    if len(labels) < 2 or any([y.period for y in p.years] != [y.period for y in whole.years] for p in parts):
        return None
    columns = (Column("Year"), *(Column(_name(p), numeric=True) for p in (*parts, whole)))
    rows = [(label, *(cell(series.years[number]) for series in (*parts, whole))) for number, label in enumerate(labels)]
    context.ledger.keep(*(year for series in (*parts, whole) for year in series.years))
    caption = f"{capital(whole.measure.noun)} a year, {context.place}, {labels[0]} to {labels[-1]}"
    source = source_line(whole.years, context.ws.definitions)
    return year_bars(
        ChartWords(key, title, caption, source, table=Table(caption, columns, tuple(rows), source=source)),
        labels,
        [Line(_name(series), [year.value for year in series.years]) for series in parts],
        breaks=year_breaks(parts[0], context),
    )


def _name(series: OfficialSeries) -> str:
    return series.measure.short_title.replace(" (official)", "")


def year_breaks(series: OfficialSeries, context: Context) -> list[tuple[str, str]]:
    """The years that open a new way of counting, with the reason."""
    found: list[tuple[str, str]] = []
    for reference in series.measure.breaks:
        rule = context.ws.definitions.breaks[reference.partition(":")[2]]
        for year in series.years[1:]:
            if year.period.first - 12 < month_of(rule.on) <= year.period.first:
                reason = f"{rule.title[:1].lower()}{rule.title[1:]}, {month_words(month_of(rule.on))}"
                found.append((short_span(year.period), reason))
    return found


def one_row_a_year(series: OfficialSeries, context: Context) -> Table:
    """The table beside a chart of one measure, every number a figure."""
    rows: list[tuple[Words, ...]] = [(short_span(year.period), cell(year), _band(year)) for year in series.years]
    columns = (
        Column("Year"),
        Column(capital(series.measure.noun), numeric=True),
        Column("Could be by chance (95%)", numeric=True),
    )
    return Table(
        f"{series.measure.title}, {context.place}",
        columns,
        tuple(rows),
        source=source_line(series.years, context.ws.definitions),
    )


def side_by_side(shown: Sequence[OfficialSeries], caption: str, source: str) -> Table:
    """One measure of several areas: years down, areas across."""
    columns = (Column("Year"), *(Column(place(series.years[0]), numeric=True) for series in shown))
    rows = tuple(
        (short_span(year.period), *(cell(series.years[number]) for series in shown))
        for number, year in enumerate(shown[0].years)
    )
    return Table(caption, columns, rows, source=source)


def _band(year: MeasureResult) -> str:
    if year.lower is None or year.upper is None:
        return "–"
    return f"{year.lower:,.0f} to {year.upper:,.0f}"


def years_table(found: Sequence[OfficialSeries], context: Context, caption: str) -> Table:
    """Official measures down, years across, and the change of the last year where it was tested."""
    periods = sorted({year.period for series in found for year in series.years}, key=lambda p: p.last)[-MOST_COLUMNS:]
    compared = any(series.comparison is not None for series in found)
    columns = [Column("Measure", width=2.4), *(Column(short_span(period), numeric=True) for period in periods)]
    if compared:
        columns.append(Column("Last change", numeric=True, width=1.3))
    rows = [_years_row(series, periods, compared) for series in found]
    years = [year for series in found for year in series.years]
    return Table(
        caption,
        tuple(columns),
        tuple(rows),
        source=source_line(years, context.ws.definitions),
        note="“n.c.” marks a difference that chance explains; “few” too few to tell; “new” a new definition."
        if compared
        else "",
        wide=len(columns) > MOST_COLUMNS + 1,
    )


def _years_row(series: OfficialSeries, periods: Sequence[Period], compared: bool) -> tuple[Words, ...]:
    by_period = {year.period: year for year in series.years}
    row: list[Words] = [series.measure.short_title.replace(" (official)", "")]
    row += [cell(by_period.get(period)) for period in periods]
    if compared:
        row.append(_last_change(series))
    return tuple(row)


def _last_change(series: OfficialSeries) -> Words:
    """The change in per cent where it is beyond chance; else the reason why none is shown."""
    comparison = series.comparison
    if comparison is None:
        return "–"
    direction = direction_of(comparison)
    if direction in ("rose", "fell"):
        percent = change_figure(comparison)
        return direction if percent is None or is_small(comparison) else cell(percent, signed=True)
    return {"no-clear-change": "n.c.", "too-few": "few", "definition-change": "new"}.get(direction, "–")

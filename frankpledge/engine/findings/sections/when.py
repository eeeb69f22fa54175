"""When: the hours and days, only where rows carry a time."""

from __future__ import annotations

from typing import Final

from frankpledge.engine.documents.blocks import Block, Chart, Column, Heading, Paragraph, Table, Words
from frankpledge.engine.documents.charts.frame import ChartWords
from frankpledge.engine.documents.charts.hours import hour_grid
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.claims import Sentence
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence
from frankpledge.engine.findings.wording.composing import together, unclaimed
from frankpledge.engine.findings.wording.numbers import capital, count_text
from frankpledge.engine.findings.wording.spans import short_span
from frankpledge.engine.findings.wording.times import busiest_hours, busy_figure, times_sentence
from frankpledge.engine.measures.breaking_down import WEEKDAYS, breakdown
from frankpledge.engine.measures.results import Breakdown

LEVEL: Final = 4
PARTS = (("00:00 to 05:59", 0), ("06:00 to 11:59", 6), ("12:00 to 17:59", 12), ("18:00 to 23:59", 18))


def when_blocks(evidence: Evidence, context: Context) -> list[Block]:
    """Hours and days of the week; nothing where rows carry no time (the coverage says so once)."""
    volume, measure = evidence.lead.volume, evidence.measure
    if volume is None or not volume.known:
        return []
    week = breakdown(measure, context.area, volume.period, context.ws, "weekday-hour")
    if not week.weights:
        return []
    blocks: list[Block] = [Heading("When", LEVEL)]
    if context.synthetic:
        blocks.append(Paragraph("The hours of these rows are invented, so nothing is read from them.", "small"))
    else:
        blocks.append(Paragraph(context.ledger.say(_said(evidence, week, context))))
    return [*blocks, _chart(evidence, week, context)]


def _chart(evidence: Evidence, week: Breakdown, context: Context) -> Chart:
    """Hours across, days down; the table behind it adds quarters of the day."""
    table = _table(evidence, week, context)
    title = "Hours are invented" if context.synthetic else f"{capital(evidence.measure.noun)} by hour and day"
    return hour_grid(
        ChartWords(
            key=f"{evidence.theme.key}-hours", title=title, subtitle=table.caption, source=table.source, table=table
        ),
        [[round(week.weights[day * 24 + hour]) for hour in range(24)] for day in range(7)],
        unit=capital(evidence.measure.noun),
    )


def _said(evidence: Evidence, week: Breakdown, context: Context) -> Sentence:
    volume = evidence.lead.volume
    assert volume is not None
    by_hour = [sum(week.weights[day * 24 + hour] for day in range(7)) for hour in range(24)]
    busy = busiest_hours(by_hour)
    if busy is not None:
        context.ledger.keep(busy_figure(volume, busy))
    lost = f"{count_text(week.unplaced)} of them carry no usable time and are left out." if week.unplaced else ""
    return together(times_sentence(volume, busy, evidence.measure), unclaimed(lost))


def _table(evidence: Evidence, week: Breakdown, context: Context) -> Table:
    """Days down, quarters of the day across."""
    rows: list[tuple[Words, ...]] = []
    for day, name in enumerate(WEEKDAYS):
        quarters = [sum(week.weights[day * 24 + first : day * 24 + first + 6]) for _, first in PARTS]
        rows.append((name, *(count_text(round(q)) for q in quarters), count_text(round(sum(quarters)))))
    columns = (
        Column("Day", width=1.3),
        *(Column(name, numeric=True) for name, _ in PARTS),
        Column("Day in all", numeric=True),
    )
    title = f"{evidence.theme.title} by day and time, {short_span(week.period)}"
    note = " ".join(c for c in week.caveats if c not in evidence.measure.caveats)
    source = source_line([week.provenance], context.ws.definitions)
    return Table(title, columns, tuple(rows), source=source, note=note)

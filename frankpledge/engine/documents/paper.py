"""What Word and PDF share: charts and tables numbered, each chart's table in an annex, the day as a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median

from frankpledge.engine.documents.blocks import (
    Block,
    Chart,
    Document,
    FigureRegister,
    Finding,
    Section,
    Table,
    plain,
)

ANNEX_KEY = "chart-tables"
ANNEX_TITLE = "Tables behind the charts"


def charts_in(blocks: Iterable[Block]) -> tuple[Chart, ...]:
    """Every chart, those of findings included, in order."""
    found = []
    for block in blocks:
        if isinstance(block, Chart):
            found.append(block)
        elif isinstance(block, Finding) and block.chart:
            found.append(block.chart)
    return tuple(found)


def chart_table_anchor(chart: Chart) -> str:
    """Where the table of a chart stands in the annex."""
    return f"table-{chart.key}"


@dataclass(frozen=True)
class Numbers:
    """The numbers of charts and tables on paper, in the order in which they stand."""

    charts: dict[str, int]

    @classmethod
    def of(cls, document: Document) -> Numbers:
        """Number the charts of a document, by key."""
        numbers: dict[str, int] = {}
        for chart in charts_in(document.blocks):
            numbers.setdefault(chart.key, len(numbers) + 1)
        return cls(numbers)


def on_paper(document: Document) -> Document:
    """The document with an annex of the charts' tables, before the register of figures if there is one.

    On a screen a chart opens its table; on paper the tables would bury the text, so they stand
    together and each chart names the place.
    """
    charts = {chart.key: chart for chart in charts_in(document.blocks)}
    if not charts:
        return document
    numbers = Numbers.of(document).charts
    tables = tuple(_annexed(chart, numbers[key]) for key, chart in charts.items())
    annex = Section(ANNEX_KEY, ANNEX_TITLE, tables)
    place = next(
        (i for i, s in enumerate(document.sections) if any(isinstance(b, FigureRegister) for b in s.blocks)),
        len(document.sections),
    )
    while 0 < place < len(document.sections) and document.sections[place].level > annex.level:
        place -= 1
    sections = (*document.sections[:place], annex, *document.sections[place:])
    return replace(document, sections=sections)


def _annexed(chart: Chart, number: int) -> Table:
    title = plain(chart.title).rstrip(".")
    caption = f"Chart {number}: {title}. {chart.table.caption}"
    # Set small, like every table of reference; `wide` turns the page only where it must.
    return replace(chart.table, caption=caption, anchor=chart_table_anchor(chart), wide=True)


def needs_landscape(table: Table) -> bool:
    """True where a wide table would be cramped on an upright page; a turned page interrupts the reader.

    A column needs its longest word, and up to 16 characters of its cells; an upright page holds
    about 100 characters of small type, and rows of more than 160 characters grow too tall. A single row
    that is longer than that (a licence's text) does not turn the page for all others: the middle row counts.
    """
    if not table.wide:
        return False
    needed = 0
    for place, column in enumerate(table.columns):
        texts = [plain(row[place]) for row in table.rows]
        longest = max((len(text) for text in texts), default=0)
        word = max((len(word) for text in (column.title, *texts) for word in text.split()), default=0)
        needed += max(min(longest, 16), min(word, 18)) + 2
    lengths = [sum(len(plain(cell)) for cell in row) for row in table.rows]
    return needed > 100 or (median(lengths) if lengths else 0) > 160


def day_of(document: Document) -> date:
    """The document's own day, written `2018-06-30` or `30 June 2018`; it dates the file, so that the
    same document gives the same bytes. A day in other words gives the first day that a file can bear.
    """
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(document.day.strip(), form).date()  # noqa: DTZ007 - a day, no time of day
        except ValueError:
            continue
    return date(1980, 1, 1)

"""Blocks as WordprocessingML paragraphs and tables, in order, with landscape pages for wide tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from frankpledge.engine.documents.blocks import (
    Block,
    Chart,
    Figure,
    FigureRegister,
    Finding,
    Heading,
    Items,
    Link,
    Notice,
    PageBreak,
    Paragraph,
    Run,
    Table,
    Text,
    Words,
    plain,
    runs,
)
from frankpledge.engine.documents.charts.drawing import png, size
from frankpledge.engine.documents.page_words import safe_address
from frankpledge.engine.documents.paper import Numbers, chart_table_anchor, needs_landscape
from frankpledge.engine.documents.registers import figure_anchor, register_tables
from frankpledge.engine.documents.theme import SURENESS_SHAPES
from frankpledge.engine.documents.word_parts import (
    bookmark_name,
    link_out,
    link_within,
    paragraph,
    picture,
    run,
    simple_field,
)
from frankpledge.engine.documents.word_tables import table_xml

# Inches of text across a page; pictures stay a little narrower.
PORTRAIT, LANDSCAPE, PICTURE = 5.95, 9.6, 5.8
_PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'


@dataclass(frozen=True)
class Package:
    """What the writer asks of the Word file around it."""

    add_image: Callable[[bytes], str]  # -> relationship id
    add_address: Callable[[str], str]  # -> relationship id
    numbering: Callable[[], int]  # -> id of a list that starts at 1
    section_end: Callable[[bool], str]  # properties that end a section, landscape or not


@dataclass
class WordWriter:
    """Writes blocks one after another; `registered` are the figures that have a line to link to."""

    package: Package
    numbers: Numbers
    registered: frozenset[str]
    level: int = 1
    bookmarks: int = 0
    tables: int = 0
    landscape: bool = False
    taken: set[str] = field(default_factory=set)
    headings: list[tuple[int, str, str]] = field(default_factory=list)

    def write(self, blocks: Iterable[Block]) -> list[str]:
        """All blocks, each as one or more elements of the body; ends in portrait."""
        body: list[str] = []
        for block in blocks:
            body += self.block(block)
        return body + self._turned(False)

    def block(self, block: Block) -> list[str]:
        """One block."""
        if isinstance(block, Table):
            return self._table(block, turned=needs_landscape(block))
        if isinstance(block, FigureRegister):
            # Ids and digests need the width of a turned page; keys with their words do not.
            tables = register_tables(block)
            return [part for table in tables for part in self._table(table, turned=len(table.columns) > 2)]
        return self._turned(False) + self._upright(block)

    def _upright(self, block: Block) -> list[str]:
        match block:
            case Heading():
                return [self._heading(block.text, block.level - 1, block.anchor)]
            case Paragraph(words=words, style=style):
                return [paragraph(self._words(words), {"body": "", "lead": "Lead", "small": "Small"}[style])]
            case Items():
                return self._items(block)
            case Notice():
                return [paragraph(run(f"{block.label.rstrip('.')}. ", bold=True) + self._words(block.words), "Notice")]
            case Chart():
                return self._chart(block, titled=True)
            case Finding():
                return self._finding(block)
            case PageBreak():
                return [paragraph(_PAGE_BREAK)]
            case _:
                return []

    # Words

    def _words(self, words: Words, bold: bool = False) -> str:
        return "".join(self._run(one, bold) for one in runs(words))

    def _run(self, one: Run, bold: bool) -> str:
        match one:
            case Text(text=text, strong=strong, emphasis=emphasis):
                return run(text, bold=strong or bold, italic=emphasis)
            case Figure(figure_id=figure_id, text=text, strong=strong):
                if figure_id not in self.registered:
                    return run(text, bold=strong or bold)
                return link_within(figure_anchor(figure_id), run(text, bold=strong or bold, style="Figurelink"))
            case Link(text=text, href=href):
                address = safe_address(href)
                if address is None or address.startswith("/"):
                    return run(text, bold=bold)
                inner = run(text, bold=bold, style="Hyperlink")
                if address.startswith("#"):
                    return link_within(address[1:], inner)
                return link_out(self.package.add_address(address), inner)

    def bookmarked(self, anchor: str, inner: str) -> str:
        """Runs inside the bookmark of an anchor; a name is given once."""
        name = bookmark_name(anchor)
        if name in self.taken:
            return inner
        self.taken.add(name)
        self.bookmarks += 1
        start = f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{name}"/>'
        return f'{start}{inner}<w:bookmarkEnd w:id="{self.bookmarks}"/>'

    def _heading(self, text: str, level: int, anchor: str = "") -> str:
        level = max(1, min(level, self.level + 1 if self.headings else 1, 4))
        self.level = level
        anchor = anchor or f"heading-{len(self.headings) + 1}"
        self.headings.append((level, text, anchor))
        return paragraph(self.bookmarked(anchor, run(text)), f"Heading{level}")

    def _items(self, block: Items) -> list[str]:
        if not block.numbered:
            return [paragraph(self._words(item), "ListBullet") for item in block.items]
        if not block.items:
            return []
        number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.package.numbering()}"/></w:numPr>'
        return [paragraph(self._words(item), "ListNumber", number) for item in block.items]

    # Tables and pictures

    def _turned(self, landscape: bool) -> list[str]:
        """End the section where the paper has to be turned."""
        if landscape == self.landscape:
            return []
        ended, self.landscape = self.landscape, landscape
        return [paragraph("", "Small", self.package.section_end(ended))]

    def _table(self, block: Table, *, turned: bool) -> list[str]:
        self.tables += 1
        number = run("Table ") + simple_field("SEQ Table \\* ARABIC", str(self.tables))
        title = self.bookmarked(block.anchor or f"table-number-{self.tables}", number) + run(f". {block.caption}")
        inches = LANDSCAPE if turned else PORTRAIT
        drawn = table_xml(block, self._words, self.bookmarked, inches=inches)
        return [
            *self._turned(turned),
            paragraph(title, "Tabletitle"),
            drawn,
            *self._below(block.note, block.source),
        ]

    def _below(self, *lines: Words) -> list[str]:
        written = [paragraph(self._words(words), "Source") for words in lines if plain(words)]
        return written or [paragraph("", "Source")]

    def _chart(self, block: Chart, *, titled: bool) -> list[str]:
        number = self.numbers.charts[block.key]
        label = self.bookmarked(
            f"chart-{block.key}", run("Chart ") + simple_field("SEQ Chart \\* ARABIC", str(number))
        ) + run(". ")
        width, height = size(block.spec)
        relation = self.package.add_image(png(block.spec, 2.0))
        inches = (PICTURE, PICTURE * height / width)
        heading = [paragraph(label + self._words(block.title), "Charttitle")] if titled else []
        subtitle = paragraph((run("") if titled else label) + run(block.subtitle), "Chartsubtitle")
        where = link_within(chart_table_anchor(block), run("The table behind this chart", style="Hyperlink"))
        return [
            *heading,
            subtitle,
            paragraph(picture(relation, number, block.alt, inches), "Picture"),
            *[paragraph(self._words(words), "Source") for words in (block.note, block.source) if plain(words)],
            paragraph(where, "Source"),
        ]

    def _finding(self, block: Finding) -> list[str]:
        number = f"{block.number}. " if block.number is not None else ""
        parts = [self._heading(number + plain(block.title), self.level + 1, block.anchor)]
        level, self.level = self.level, self.level - 1
        if block.chart:
            parts += self._chart(block.chart, titled=plain(block.chart.title) != plain(block.title))
        parts.append(paragraph(run("What it means. ", bold=True) + self._words(block.meaning)))
        shape = SURENESS_SHAPES[block.sureness_mark]
        parts.append(paragraph(run(f"{shape} {block.sureness}"), "Sureness"))
        if plain(block.question):
            parts.append(paragraph(run("Ask the board: ", bold=True) + self._words(block.question), "Question"))
        if block.links:
            between = [part for link in block.links for part in (Text(" · "), link)][1:]
            parts.append(paragraph(self._words(tuple(between)), "Small"))
        self.level = level - 1
        return parts

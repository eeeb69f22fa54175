"""The blocks of a document. Every renderer handles every block.

Words in a block are a tuple of runs, so that a number in a sentence can carry the figure that it
is. A plain string is one run of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Text:
    """Words."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True)
class Figure:
    """A number that leads back to its file: `text` as shown, `figure_id` as in figures.json."""

    figure_id: str
    text: str
    strong: bool = False


@dataclass(frozen=True)
class Link:
    """A link. `href` is an address, or `#anchor` within the document."""

    text: str
    href: str


Run = Text | Figure | Link
Words = str | tuple[Run, ...]


def runs(words: Words) -> tuple[Run, ...]:
    """Words as runs, whichever way they were given."""
    return (Text(words),) if isinstance(words, str) else words


def plain(words: Words) -> str:
    """Words without their figures and links: for titles, alternative text and claims.

    >>> plain((Text("Burglary fell to "), Figure("b.x.2025.0a", "431")))
    'Burglary fell to 431'
    """
    return "".join(run.text for run in runs(words))


@dataclass(frozen=True)
class Heading:
    """A heading. Level 1 is the document's own title and appears once, from the metadata."""

    text: str
    level: Literal[2, 3, 4] = 2
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `style` lead is the opening one under a title, small is a note."""

    words: Words
    style: Literal["body", "lead", "small"] = "body"


@dataclass(frozen=True)
class Items:
    """A list of points, numbered where the order matters."""

    items: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Notice:
    """Something the reader must not miss. The label is a word, because colour never speaks alone."""

    label: str
    words: Words
    tone: Literal["information", "warning", "demonstration"] = "information"


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand to the right."""

    title: str
    numeric: bool = False
    width: float = 1.0


@dataclass(frozen=True)
class Table:
    """A table with a caption, header row and, optionally, a header column (the first)."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]
    source: Words = ""
    note: Words = ""
    row_headers: bool = True
    row_anchors: tuple[str, ...] = ()
    total_row: bool = False
    wide: bool = False
    anchor: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"Table '{self.caption}': a row has {len(row)} cells, not {len(self.columns)}.")
        if self.row_anchors and len(self.row_anchors) != len(self.rows):
            raise ValueError(f"Table '{self.caption}': give every row an anchor or none.")


@dataclass(frozen=True)
class Chart:
    """A chart: its title states the finding; alternative text, table and source are mandatory.

    `spec` is a Vega-Lite specification with its data inside; `narrow` the same redrawn for a
    phone (narrower, taller, text never under 14 px).
    """

    key: str
    title: Words
    subtitle: str
    spec: dict[str, Any]
    alt: str
    table: Table
    source: Words
    narrow: dict[str, Any] | None = None
    note: Words = ""


@dataclass(frozen=True)
class Finding:
    """A finding as the reader meets it: what happened, what it means, how sure, what to ask."""

    title: Words
    meaning: Words
    sureness: str
    sureness_mark: Literal["sure", "concern", "too-few", "unknown"]
    question: Words = ""
    chart: Chart | None = None
    links: tuple[Link, ...] = ()
    number: int | None = None
    anchor: str = ""


@dataclass(frozen=True)
class FigureEntry:
    """One line of the register at the end: what a figure is and where it comes from."""

    figure_id: str
    what: str
    shown: str
    area: str
    period: str
    counted: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class FileEntry:
    """One supplied file in the register, named once and referred to by its short key (F1, F2...)."""

    key: str
    path: str
    sha256: str
    rows: str
    source: str


@dataclass(frozen=True)
class FigureRegister:
    """Where every number in the document comes from: two clicks from any figure to its file."""

    figures: tuple[FigureEntry, ...]
    files: tuple[FileEntry, ...]


@dataclass(frozen=True)
class PageBreak:
    """A new page on paper; nothing on screen."""


Block = Heading | Paragraph | Items | Notice | Table | Chart | Finding | FigureRegister | PageBreak


@dataclass(frozen=True)
class Section:
    """A part of a document that can also be a page of its own."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    group: str = ""
    level: Literal[2, 3] = 2


@dataclass(frozen=True)
class Document:
    """A whole document: what it is, and its sections in order."""

    title: str
    subtitle: str
    author: str
    day: str
    sections: tuple[Section, ...]
    marking: str = ""
    origin_notice: str = ""
    licence: str = ""
    language: str = "en-GB"
    keywords: tuple[str, ...] = field(default=())

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block in order, each section opened by its heading."""
        collected: list[Block] = []
        for section in self.sections:
            collected.append(Heading(section.title, section.level, section.key))
            collected.extend(section.blocks)
        return tuple(collected)


def figures_in(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The ids of all figures that blocks show, in order of first appearance."""
    seen: dict[str, None] = {}
    for block in blocks:
        for words in _words_of(block):
            for run in runs(words):
                if isinstance(run, Figure):
                    seen.setdefault(run.figure_id, None)
    return tuple(seen)


def _words_of(block: Block) -> Sequence[Words]:
    match block:
        case Paragraph(words=words) | Notice(words=words):
            return (words,)
        case Items(items=items):
            return items
        case Table():
            return (*(cell for row in block.rows for cell in row), block.source, block.note)
        case Chart():
            return (block.title, block.source, block.note, *_words_of(block.table))
        case Finding():
            chart = _words_of(block.chart) if block.chart else ()
            return (block.title, block.meaning, block.question, *chart)
        case _:
            return ()

"""Sample blocks: calm ones, and hostile ones that try to break out of their words."""

from __future__ import annotations

from typing import get_args

from frankpledge.engine.documents.blocks import (
    Block,
    Chart,
    Column,
    Document,
    Figure,
    FigureEntry,
    FigureRegister,
    FileEntry,
    Finding,
    Heading,
    Items,
    Link,
    Notice,
    PageBreak,
    Paragraph,
    Section,
    Table,
    Text,
    Words,
)
from frankpledge.engine.documents.charts.frame import ChartWords, Series
from frankpledge.engine.documents.charts.years import year_bars

FIGURE = "burglary-all.some-place.2017-18.89ad6e1b"
SIBLING = "burglary-all.some-place.2016-17.89ad6e1b"  # the same digits: one definition, one snapshot
UNKNOWN = "burglary-all.some-place.2015-16.00000000"

CALM = "Burglary fell"
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "ampersand": "Theft & handling &amp; \"quoted\" 'single'",
    "welsh": "Tŵr Ŵyl, Sŵn a Phŷr – £5 “dyfyniad”",
    "typst": '#eval("1") $x^2$ *strong* _emph_ @label <label> [content] \\ // comment',
    "long": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3,
    "control": "null\x00 bell\x07 tab\tnew\nline \x0bvertical",
    "template": "$title ${body} {{ figure }} {% now %} %s",
    "empty": "",
}


def chart(text: str, key: str = "burglary") -> Chart:
    words = ChartWords(key, text or "Title", text, text)
    return year_bars(words, ["2016/17", "2017/18"], [Series(text or "Part", [950, 1635]), Series("Rest", [1231, None])])


def table(text: str, rows: int = 2) -> Table:
    body: tuple[tuple[Words, ...], ...] = tuple((text, (Figure(FIGURE, f"{i:,}"),), "") for i in range(rows))
    return Table(text or "Caption", (Column(text or "Area"), Column("Count", True), Column("")), body, text, text)


def register(text: str) -> FigureRegister:
    return FigureRegister(
        (
            FigureEntry(FIGURE, text, "2,155", text, "2017/18", text, ("F1", "F9")),
            FigureEntry(SIBLING, text, "2,181", text, "2016/17", text, ("F1",)),
        ),
        (FileEntry("F1", text or "counts.csv", "ab" * 32, "192", text),),
    )


def blocks_with(text: str) -> dict[type, Block]:
    """One block of each kind, the text in every place that takes words."""
    words = (Text(text, strong=True), Figure(FIGURE, "2,155"), Link(text or "link", "#sources"), Text(text))
    shown, link = chart(text), Link(text or "link", "#sources")
    return {
        Heading: Heading(text or "Heading", 3, "heading"),
        Paragraph: Paragraph(words),
        Items: Items((words, text), numbered=True),
        Notice: Notice(text or "Notice", words, "warning"),
        Table: table(text),
        Chart: chart(text, "chart-alone"),
        Finding: Finding(words, words, text or "Sure", "sure", words, shown, (link,), 1, "f1"),
        FigureRegister: register(text),
        PageBreak: PageBreak(),
    }


def document_of(*blocks: Block, text: str = CALM) -> Document:
    """A document that holds the blocks, and the register that figures lead to."""
    sections = (Section("opening", text or "Opening", blocks), Section("sources", "Sources", (register(text),)))
    if any(isinstance(block, FigureRegister) for block in blocks):
        sections = sections[:1]
    return Document(
        title=f"Assessment {text}",
        subtitle=text,
        author="Some Place",
        day="30 June 2018",
        sections=sections,
        marking="OFFICIAL",
        origin_notice=text,
        licence=text,
        keywords=(text,) if text else (),
    )


def whole_document() -> Document:
    """Every kind of block once, in calm words."""
    calm = blocks_with(CALM)
    assert set(calm) == set(get_args(Block)), "a new block needs a sample here and a place in every renderer"
    return document_of(*(block for kind, block in calm.items() if kind is not FigureRegister))

"""Blocks as plain data for the template of the PDF: words stay data, so no text is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

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
from frankpledge.engine.documents.characters import printable
from frankpledge.engine.documents.charts.drawing import svg
from frankpledge.engine.documents.page_words import anchor, safe_address
from frankpledge.engine.documents.paper import chart_table_anchor, needs_landscape
from frankpledge.engine.documents.registers import figure_anchor, register_tables
from frankpledge.engine.documents.theme import SURENESS_SHAPES

Data = dict[str, Any]


def anchors_in(blocks: Iterable[Block]) -> frozenset[str]:
    """Every place in the document that a link can lead to."""
    found: set[str] = set()
    for block in blocks:
        match block:
            case Heading(anchor=name):
                found.add(anchor(name))
            case Table():
                found |= {anchor(block.anchor), *(anchor(name) for name in block.row_anchors)}
            case Chart(key=key):
                found.add(anchor(f"chart-{key}"))
            case Finding():
                found.add(anchor(block.anchor))
                found |= anchors_in((block.chart,)) if block.chart else set()
            case FigureRegister():
                found |= anchors_in(register_tables(block))
    return frozenset(found - {""})


@dataclass
class PdfWriter:
    """Turns blocks into data. A label is given once; a link that would lead nowhere becomes words."""

    targets: frozenset[str]
    level: int = 0
    taken: set[str] = field(default_factory=set)

    def write(self, blocks: Iterable[Block]) -> list[Data]:
        """All blocks; wide tables that follow one another share their landscape pages."""
        written: list[Data] = []
        for block in blocks:
            for one in self._blocks(block):
                if one["kind"] == "table" and one["wide"]:
                    if not written or written[-1]["kind"] != "landscape":
                        written.append({"kind": "landscape", "above": _opening(written), "tables": []})
                    written[-1]["tables"].append(one)
                else:
                    written.append(one)
        return written

    def _blocks(self, block: Block) -> list[Data]:
        match block:
            case Heading():
                return [self._heading(block.text, block.level - 1, block.anchor)]
            case Paragraph(words=words, style=style):
                return [{"kind": "paragraph", "style": style, "words": self._words(words)}]
            case Items(items=items, numbered=numbered):
                points = [self._words(item) for item in items]
                return [{"kind": "items", "numbered": numbered, "items": points}] if points else []
            case Notice():
                label = f"{printable(block.label).rstrip('.')}."
                return [{"kind": "notice", "tone": block.tone, "label": label, "words": self._words(block.words)}]
            case Table():
                return [self._table(block)]
            case FigureRegister():
                # Ids and digests need the width of a turned page; keys with their words do not.
                tables = register_tables(block)
                return [{**self._table(table), "register": True, "wide": len(table.columns) > 2} for table in tables]
            case Chart():
                return [self._chart(block, titled=True)]
            case Finding():
                return [self._finding(block)]
            case PageBreak():
                return [{"kind": "page-break"}]

    def _words(self, words: Words) -> list[Data]:
        return [self._run(run) for run in runs(words) if run.text]

    def _run(self, run: Run) -> Data:
        shown = {"s": printable(run.text)}
        match run:
            case Text(strong=strong, emphasis=emphasis):
                return {"k": "text", "b": strong, "i": emphasis, **shown}
            case Figure(figure_id=figure_id, strong=strong):
                return self._within(figure_anchor(figure_id), {"b": strong, **shown}, "figure")
            case Link(href=href):
                address = safe_address(href)
                if address is None or address.startswith("/"):
                    return {"k": "text", **shown}
                if address.startswith("#"):
                    return self._within(address[1:], shown, "within")
                return {"k": "link", "to": address, **shown}

    def _within(self, target: str, shown: Data, kind: str) -> Data:
        name = anchor(target)
        return {"k": kind, "to": name, **shown} if name in self.targets else {"k": "text", **shown}

    def _label(self, name: str) -> str | None:
        name = anchor(name)
        if not name or name in self.taken:
            return None
        self.taken.add(name)
        return name

    def _heading(self, text: str, level: int, name: str) -> Data:
        self.level = max(1, min(level, self.level + 1, 4))
        return {"kind": "heading", "level": self.level, "text": printable(text), "label": self._label(name)}

    def _table(self, block: Table) -> Data:
        names: Sequence[str] = block.row_anchors or [""] * len(block.rows)
        return {
            "kind": "table",
            "label": self._label(block.anchor),
            "caption": printable(block.caption),
            "columns": [{"title": printable(c.title), "numeric": c.numeric, "width": c.width} for c in block.columns],
            "rows": [
                {"label": self._label(name), "cells": [self._words(cell) for cell in row]}
                for name, row in zip(names, block.rows, strict=True)
            ],
            "total": block.total_row,
            "wide": needs_landscape(block),
            "short": _short(block),
            "register": False,
            "small": block.wide or len(block.columns) > 6,
            "note": self._words(block.note),
            "source": self._words(block.source),
        }

    def _chart(self, block: Chart, *, titled: bool, beside: bool = False) -> Data:
        """A chart; `beside` draws it narrow, to stand beside the meaning of its finding."""
        where = self._within(chart_table_anchor(block), {"s": "The table behind this chart"}, "within")
        return {
            "kind": "chart",
            "label": self._label(f"chart-{block.key}"),
            # Under a finding's own heading the subtitle stands in for a title said twice.
            "title": self._words(block.title if titled else block.subtitle),
            "subtitle": printable(block.subtitle) if titled else "",
            "svg": svg(block.narrow if beside and block.narrow else block.spec),
            "alt": printable(block.alt),
            "note": self._words(block.note),
            "source": [*self._words(block.source), *([{"k": "text", "s": " "}] if plain(block.source) else []), where],
        }

    def _finding(self, block: Finding) -> Data:
        number = f"{block.number}. " if block.number is not None else ""
        outer = self.level
        heading = self._heading(number + plain(block.title), self.level + 1, block.anchor)
        self.level = outer
        repeated = block.chart is not None and plain(block.chart.title) == plain(block.title)
        beside = block.chart is not None and block.chart.narrow is not None
        links: list[Data] = []
        for link in block.links:
            links += [{"k": "text", "s": " · "}] if links else []
            links += self._words((link,))
        return {
            "kind": "finding",
            "heading": heading,
            "beside": beside,
            "chart": self._chart(block.chart, titled=not repeated, beside=beside) if block.chart else None,
            "meaning": self._words(block.meaning),
            "shape": SURENESS_SHAPES[block.sureness_mark],
            "sureness": printable(block.sureness),
            "question": self._words(block.question),
            "links": links,
        }


def _opening(written: list[Data]) -> list[Data]:
    """Takes off what turns together with the table under it: a heading, and a paragraph that follows it."""
    kinds = [one["kind"] for one in written[-2:]]
    if kinds[-1:] == ["heading"]:
        return [written.pop()]
    if kinds == ["heading", "paragraph"]:
        last = written.pop()
        return [written.pop(), last]
    return []


def _short(block: Table) -> bool:
    """True where a table surely fits one page, so that it need not break (nothing may be lost)."""
    characters = sum(len(plain(cell)) for row in block.rows for cell in row)
    longest = max((len(plain(cell)) for row in block.rows for cell in row), default=0)
    return len(block.rows) <= 14 and longest <= 200 and characters <= 2500

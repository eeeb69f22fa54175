"""Blocks as HTML with GOV.UK classes and our own `fp-` classes: no style attribute, no script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from frankpledge.engine.documents.blocks import (
    Block,
    Chart,
    FigureRegister,
    Finding,
    Heading,
    Items,
    Notice,
    PageBreak,
    Paragraph,
    Table,
    Text,
    Words,
    plain,
    runs,
)
from frankpledge.engine.documents.charts.drawing import svg
from frankpledge.engine.documents.page_tables import below, table_html
from frankpledge.engine.documents.page_words import FigureHref, anchor, escape, words_html
from frankpledge.engine.documents.registers import register_tables
from frankpledge.engine.documents.theme import SURENESS_SHAPES

_HEADING_SIZE = {1: "xl", 2: "l", 3: "m", 4: "s", 5: "s", 6: "s"}
_PARAGRAPH = {"body": "govuk-body", "lead": "govuk-body-l", "small": "govuk-body-s fp-small"}


@dataclass
class PageWriter:
    """Writes blocks one after another; remembers the heading above and the names already used.

    `shift` is added to the level that a block names; a level never skips one, so that the order
    of headings is right wherever a section is shown.
    """

    figure_href: FigureHref
    shift: int = 0
    current: int = 1
    used: set[str] = field(default_factory=set)

    def write(self, blocks: Iterable[Block]) -> str:
        """All blocks, in order."""
        return "\n".join(text for text in map(self.block, blocks) if text)

    def block(self, block: Block) -> str:
        """One block."""
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph(words=words, style=style):
                return f'<p class="{_PARAGRAPH[style]}">{self._words(words)}</p>'
            case Items():
                return self._items(block)
            case Notice():
                return self._notice(block)
            case Table():
                return self._table(block)
            case Chart():
                return self._chart(block)
            case Finding():
                return self._finding(block)
            case FigureRegister():
                return "\n".join(self._table(table, register=True) for table in register_tables(block))
            case PageBreak():
                return '<div class="fp-page-break"></div>'

    def _words(self, words: Words) -> str:
        return words_html(words, self.figure_href)

    def _unused(self, name: str) -> str:
        """The name, numbered where it is already taken in this page."""
        unique, count = name, 1
        while unique in self.used:
            count += 1
            unique = f"{name} ({count})"
        self.used.add(unique)
        return unique

    def _identity(self, name: str) -> str:
        return anchor(self._unused(f"#{anchor(name)}")[1:])

    def _heading(self, block: Heading) -> str:
        level = max(1, min(block.level + self.shift, self.current + 1, 6))
        self.current = level
        name = f' id="{self._identity(block.anchor)}"' if block.anchor else ""
        return f'<h{level} class="govuk-heading-{_HEADING_SIZE[level]}"{name}>{escape(block.text)}</h{level}>'

    def _below_heading(self, words: Words, kind: str, size: str = "m") -> str:
        """A heading one level under the last one, for what stands inside a section."""
        level = min(self.current + 1, 6)
        return f'<h{level} class="govuk-heading-{size} {kind}">{self._words(words)}</h{level}>'

    def _items(self, block: Items) -> str:
        tag, kind = ("ol", "number") if block.numbered else ("ul", "bullet")
        points = "".join(f"<li>{self._words(item)}</li>" for item in block.items)
        return f'<{tag} class="govuk-list govuk-list--{kind}">{points}</{tag}>' if points else ""

    def _notice(self, block: Notice) -> str:
        stop = "" if block.label.rstrip().endswith((".", ":", "!", "?")) else "."
        return (
            f'<div class="fp-notice fp-notice--{block.tone}"><p class="govuk-body">'
            f"<strong>{escape(block.label)}{stop}</strong> {self._words(block.words)}</p></div>"
        )

    def _table(self, block: Table, *, register: bool = False) -> str:
        return table_html(block, self.figure_href, label=self._unused(block.caption), register=register)

    def _chart(self, block: Chart, *, titled: bool = True) -> str:
        name = self._identity(f"chart-{block.key}")
        title = self._below_heading(block.title, "fp-chart__title") if titled else ""
        pictures = self._picture(block.spec, "wide" if block.narrow else "only", f"{name}-w", block.alt)
        if block.narrow:
            pictures += self._picture(block.narrow, "narrow", f"{name}-n", block.alt)
        table = table_html(block.table, self.figure_href, label=self._unused(f"Table: {plain(block.title)}"))
        hidden = f'<span class="govuk-visually-hidden">: {escape(plain(block.title))}</span>'
        return (
            f'<figure class="fp-chart" id="{name}"><figcaption class="fp-chart__caption">{title}'
            f'<p class="fp-chart__subtitle">{escape(block.subtitle)}</p></figcaption>{pictures}'
            f"{below(block.note, block.source, self.figure_href)}"
            '<details class="govuk-details fp-chart__table"><summary class="govuk-details__summary">'
            f'<span class="govuk-details__summary-text">See the table{hidden}</span></summary>'
            f'<div class="govuk-details__text">{table}</div></details></figure>'
        )

    def _picture(self, spec: dict[str, object], kind: str, prefix: str, alternative: str) -> str:
        return (
            f'<div class="fp-chart__picture fp-chart__picture--{kind}" role="img" '
            f'aria-label="{escape(alternative)}">{svg(spec, prefix)}</div>'
        )

    def _finding(self, block: Finding) -> str:
        number = (Text(f"{block.number}. "),) if block.number is not None else ()
        title = self._below_heading((*number, *runs(block.title)), "fp-finding__title")
        chart = ""
        if block.chart:
            self.current = min(self.current + 1, 6)
            chart = self._chart(block.chart, titled=plain(block.chart.title) != plain(block.title))
            self.current -= 1
        points = "".join(f"<li>{self._words((link,))}</li>" for link in block.links)
        links = f'<ul class="fp-finding__links">{points}</ul>' if points else ""
        name = f' id="{self._identity(block.anchor)}"' if block.anchor else ""
        return (
            f'<div class="fp-finding{"" if chart else " fp-finding--no-chart"}"{name}>'
            f'<div class="fp-finding__chart">{title}{chart}</div><div class="fp-finding__meaning">'
            f'<p class="govuk-body"><strong>What it means.</strong> {self._words(block.meaning)}</p>'
            f"{self._sureness(block)}{self._question(block)}{links}</div></div>"
        )

    def _sureness(self, block: Finding) -> str:
        shape = SURENESS_SHAPES[block.sureness_mark]
        return (
            f'<p class="fp-sureness fp-sureness--{block.sureness_mark}">'
            f'<span class="fp-sureness__shape" aria-hidden="true">{shape}</span> {escape(block.sureness)}</p>'
        )

    def _question(self, block: Finding) -> str:
        if not plain(block.question):
            return ""
        return f'<p class="govuk-body fp-ask"><strong>Ask the board:</strong> {self._words(block.question)}</p>'

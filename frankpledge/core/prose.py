"""Pages of prose, written as Markdown beside the code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from frankpledge.engine.faults import UsageFault

PAGES = Path(__file__).resolve().parent / "pages"
KEYS = ("accessibility", "how-numbers-are-made")


@dataclass(frozen=True)
class ProsePage:
    """A page: its title (the file's first line) and the rest as HTML."""

    title: str
    html: SafeString


@cache
def prose_page(key: str) -> ProsePage:
    """The page of this key; a `UsageFault` for any other."""
    if key not in KEYS:
        raise UsageFault("There is no such page.", "Follow one of the links at the foot of any page.")
    first, _, rest = (PAGES / f"{key}.md").read_text(encoding="utf-8").partition("\n")
    return ProsePage(first.removeprefix("# ").strip(), as_html(rest))


def as_html(markdown: str) -> SafeString:
    """Markdown as HTML with GOV.UK classes. Raw HTML in the text is shown as text, never passed on."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(markdown)
    for token in tokens:
        classes = CLASSES.get(token.tag) if token.nesting == 1 else None
        if classes:
            token.attrSet("class", classes)
        for child in token.children or ():
            if child.tag == "a" and child.nesting == 1:
                child.attrSet("class", "govuk-link")
            if child.tag == "code":
                child.attrSet("class", "fp-mono")
    html: str = reader.renderer.render(tokens, reader.options, {})
    return mark_safe(html)  # noqa: S308 - raw HTML is off, see above


CLASSES = {
    "p": "govuk-body",
    "h2": "govuk-heading-l",
    "h3": "govuk-heading-m",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "table": "govuk-table",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
    "tr": "govuk-table__row",
}

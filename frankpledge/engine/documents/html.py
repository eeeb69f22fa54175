"""Blocks as HTML: a fragment for a page of the site, or one file that stands alone and offline."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from string import Template

from frankpledge.engine.documents.blocks import Block, Document, Heading, Section
from frankpledge.engine.documents.page_blocks import PageWriter
from frankpledge.engine.documents.page_words import FigureHref, anchor, escape
from frankpledge.engine.documents.registers import figure_anchor, registered
from frankpledge.engine.documents.theme import WEIGHTS, web_font

_HERE = Path(__file__).parent
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"


def render_blocks(blocks: Sequence[Block], *, figure_href: FigureHref, level: int = 2) -> str:
    """Blocks as an HTML fragment that passes a strict Content-Security-Policy.

    The highest heading among the blocks becomes `level`; charts and findings take the level
    under the heading above them, so a page with its own h1 keeps its headings in order.
    `figure_href` gives the address that explains a figure, or None where there is none.
    """
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    writer = PageWriter(figure_href, shift=level - min(levels, default=2), current=level - 1)
    return writer.write(blocks)


def render_page(content: Section | Sequence[Block], *, figure_href: FigureHref) -> str:
    """What stands under the h1 of a page: the blocks of a section, or blocks as they are."""
    blocks = content.blocks if isinstance(content, Section) else content
    return render_blocks(blocks, figure_href=figure_href)


def render_html(document: Document) -> str:
    """The whole document as one file: style and fonts inside, no script, nothing fetched.

    A figure leads to its line in the register, and from there to its file: two clicks.
    """
    known = registered(document.blocks)

    def figure_href(figure_id: str) -> str | None:
        return f"#{figure_anchor(figure_id)}" if figure_id in known else None

    return Template((_HERE / "standalone.html").read_text(encoding="utf-8")).substitute(
        language=escape(document.language),
        policy=_POLICY,
        metadata=_metadata(document),
        style=_style(),
        marking=_wrapped("p", "fp-marking", document.marking),
        author=escape(document.author),
        notice=_wrapped("p", "fp-notice fp-notice--demonstration", document.origin_notice),
        title=escape(document.title),
        subtitle=_wrapped("p", "govuk-body-l", document.subtitle),
        about=" · ".join(escape(part) for part in (document.author, document.day) if part),
        contents=_contents(document),
        body=PageWriter(figure_href).write(document.blocks),
        licence=_wrapped("p", "fp-foot__licence", document.licence),
    )


def _wrapped(tag: str, kind: str, text: str) -> str:
    """Text in its element, or nothing where there is no text."""
    return f'<{tag} class="{kind}">{escape(text)}</{tag}>' if text.strip() else ""


def _metadata(document: Document) -> str:
    pairs = {"author": document.author, "description": document.subtitle, "keywords": ", ".join(document.keywords)}
    return "".join(
        f'<meta name="{name}" content="{escape(value)}">\n' for name, value in pairs.items() if value.strip()
    )


def _contents(document: Document) -> str:
    """The sections as links, those of level 3 under the one of level 2 before them."""
    entries: list[tuple[Section, list[Section]]] = []
    for section in document.sections:
        if section.level == 3 and entries:
            entries[-1][1].append(section)
        else:
            entries.append((section, []))
    if not entries:
        return ""
    points = []
    for section, inner in entries:
        nested = "".join(f"<li>{_entry(one)}</li>" for one in inner)
        points.append(f"<li>{_entry(section)}{f'<ol>{nested}</ol>' if nested else ''}</li>")
    kind = "fp-contents fp-contents--long" if len(document.sections) > 9 else "fp-contents"
    return (
        f'<nav class="{kind}" aria-labelledby="contents"><h2 class="govuk-heading-m" id="contents">Contents</h2>'
        f"<ol>{''.join(points)}</ol></nav>"
    )


def _entry(section: Section) -> str:
    return f'<a class="govuk-link" href="#{anchor(section.key)}">{escape(section.title)}</a>'


@lru_cache(maxsize=1)
def _style() -> str:
    """The fonts and the two style sheets that ship beside this module."""
    faces = []
    for weight in WEIGHTS:
        data = base64.b64encode(web_font(weight).read_bytes()).decode()
        faces.append(
            f'@font-face{{font-family:"Source Sans 3";font-weight:{weight};font-display:swap;'
            f'src:url(data:font/woff2;base64,{data}) format("woff2")}}'
        )
    sheets = [(_HERE / name).read_text(encoding="utf-8") for name in ("standalone.css", "documents.css")]
    return "\n".join([*faces, *sheets])


__all__ = ["FigureHref", "render_blocks", "render_html", "render_page"]

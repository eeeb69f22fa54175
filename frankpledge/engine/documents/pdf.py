"""A document as tagged PDF (PDF/UA-1 and PDF/A-2a): headings, tables, alternative text, links, outlines."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from frankpledge.engine.documents import theme
from frankpledge.engine.documents.blocks import Document
from frankpledge.engine.documents.characters import printable
from frankpledge.engine.documents.paper import day_of, on_paper
from frankpledge.engine.documents.pdf_blocks import PdfWriter, anchors_in

_TEMPLATE = Path(__file__).parent / "report.typ"
_STANDARDS: list[Any] = ["ua-1", "a-2a"]


def render_pdf(document: Document) -> bytes:
    """The document as PDF; the same document gives the same bytes.

    Raises `NotPossible` where the fonts have not been built.
    """
    document = on_paper(document)
    day = day_of(document)
    made = typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        font_paths=[str(theme.fonts_folder())],
        ignore_system_fonts=True,
        pdf_standards=_STANDARDS,
        sys_inputs={"data": json.dumps(_data(document), ensure_ascii=False)},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("A PDF is one run of bytes.")
    return made


def _data(document: Document) -> dict[str, Any]:
    """What the template reads."""
    day = day_of(document)
    language, _, region = document.language.partition("-")
    blocks = document.blocks
    return {
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "author": printable(document.author),
        "keywords": [printable(word) for word in document.keywords],
        "about": printable(" · ".join(part for part in (document.author, document.day) if part)),
        "marking": printable(document.marking),
        "notice": printable(document.origin_notice),
        "licence": printable(document.licence),
        "lang": language,
        "region": region or None,
        "day": [day.year, day.month, day.day],
        "font": theme.FONT,
        "colours": {
            "ink": theme.INK,
            "teal": theme.TEAL,
            "slate": theme.SLATE,
            "paper": theme.PAPER,
            "rule": theme.RULE,
            "amber": theme.AMBER,
        },
        "contents": bool(document.sections),
        "blocks": PdfWriter(anchors_in(blocks)).write(blocks),
    }

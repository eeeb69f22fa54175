"""Pieces of WordprocessingML as text: paragraphs, runs, links, bookmarks, fields. All words are escaped here."""

from __future__ import annotations

import hashlib
from xml.sax.saxutils import escape, quoteattr

from frankpledge.engine.documents.characters import printable

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
EMU = 914400  # English metric units in an inch


def text_xml(text: str) -> str:
    """Escaped text of an element."""
    return escape(printable(text))


def attribute(text: str) -> str:
    """A quoted and escaped attribute value."""
    return quoteattr(printable(text))


def bookmark_name(anchor: str) -> str:
    """A bookmark for an anchor. Word allows 40 letters, digits and underscores, so the name is a digest.

    The last digits of a figure id are shared by figures of one definition and snapshot; the digest
    of the whole id is not.

    >>> bookmark_name("figure-burglary-all.x.2025.0a1b2c3d")
    'figure_f7c4ed7d3a8f6d51'
    """
    kind = anchor.split("-", 1)[0]
    kind = kind if kind in {"figure", "file", "chart", "table"} else "place"
    return f"{kind}_{hashlib.sha256(anchor.encode()).hexdigest()[:16]}"


def run(text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> str:
    """One run of text."""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties += "<w:b/>" if bold else ""
    properties += "<w:i/>" if italic else ""
    settings = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{settings}<w:t xml:space="preserve">{text_xml(text)}</w:t></w:r>'


def link_within(anchor: str, inner: str) -> str:
    """A link to a bookmark of this document."""
    return f'<w:hyperlink w:anchor="{bookmark_name(anchor)}" w:history="1">{inner}</w:hyperlink>'


def link_out(relation: str, inner: str) -> str:
    """A link to an address; `relation` is the id of the relationship that holds it."""
    return f'<w:hyperlink r:id="{relation}" w:history="1">{inner}</w:hyperlink>'


def paragraph(inner: str, style: str = "", properties: str = "") -> str:
    """One paragraph. `style` is a style id."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    settings = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{settings}{inner}</w:p>"


def simple_field(instruction: str, shown: str, *, bold: bool = False) -> str:
    """A field with the result that stands there until the reader's program works it out again."""
    return f"<w:fldSimple w:instr={attribute(instruction)}>{run(shown, bold=bold)}</w:fldSimple>"


def field_start(instruction: str) -> str:
    """The runs that open a field over several paragraphs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{text_xml(instruction)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def picture(relation: str, number: int, alternative: str, size: tuple[float, float]) -> str:
    """An inline picture of `size` inches with its alternative text."""
    width, height = (round(side * EMU) for side in size)
    named = f'id="{number}" name="Chart {number}" descr={attribute(alternative)}'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr {named}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )

"""The styles of a Word document: our type, colours and spacing on the names that Word knows."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from frankpledge.engine.documents.theme import FONT, INK, PAPER, SLATE, TEAL

# Style id: (name, size in points, bold, colour, space before, space after, kept with the next).
Look = tuple[float, bool, str, float, float, bool]
_HEADINGS: dict[str, Look] = {
    "Title": (30, True, INK, 0, 6, True),
    "Heading 1": (22, True, INK, 30, 8, True),
    "Heading 2": (16, True, INK, 22, 6, True),
    "Heading 3": (13, True, INK, 16, 4, True),
    "Heading 4": (11.5, True, INK, 12, 4, True),
}
_PARAGRAPHS: dict[str, Look] = {
    "Lead": (14, False, INK, 0, 10, False),
    "Small": (9.5, False, SLATE, 0, 6, False),
    "Chart title": (11.5, True, INK, 10, 2, True),
    "Table title": (11, True, INK, 14, 4, True),
    "Chart subtitle": (10, False, SLATE, 0, 4, True),
    "Picture": (11, False, INK, 0, 2, True),
    "Source": (9, False, SLATE, 2, 4, False),
    "Notice": (11, False, INK, 6, 10, False),
    "Sureness": (10, True, INK, 2, 8, False),
    "Question": (11, False, INK, 4, 10, False),
    "Table text": (10, False, INK, 2, 2, False),
    "Table small": (8.5, False, INK, 1.5, 1.5, False),
    "toc 1": (11, False, INK, 3, 1, False),
    "toc 2": (10.5, False, INK, 0, 1, False),
}


def apply_styles(document: Any) -> None:
    """Set the styles of a new document."""
    styles = document.styles
    _language(styles)
    normal = styles["Normal"]
    _dress(normal, (11, False, INK, 0, 7, False))
    normal.paragraph_format.line_spacing = 1.2
    for name, look in _HEADINGS.items():
        _dress(styles[name], look)
    for name, look in _PARAGRAPHS.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
        style.base_style = normal
        _dress(style, look)
    for name in ("Header", "Footer"):
        _dress(styles[name], (9, False, SLATE, 0, 0, False))
    for name in ("List Bullet", "List Number"):
        styles[name].paragraph_format.space_after = Pt(3)
    styles["toc 2"].paragraph_format.left_indent = Pt(18)
    _boxed(styles["Notice"], fill=PAPER, line=TEAL)
    _boxed(styles["Question"], fill="", line=TEAL)
    _links(styles)


def _dress(style: Any, look: Look) -> None:
    size, bold, colour, before, after, keep = look
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour[1:].upper())
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in name:
            del fonts.attrib[name]
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.keep_with_next = keep
    borders = style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


def _language(styles: Any) -> None:
    """British English for all text, so that a reader's program speaks and spells it rightly."""
    properties = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    for kind in ("w:val", "w:eastAsia"):
        language.set(qn(kind), "en-GB")


def _boxed(style: Any, *, fill: str, line: str) -> None:
    properties = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", line[1:])):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")
    if fill:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill[1:])):
            shade.set(qn(f"w:{name}"), value)
        properties.insert_element_before(shade, "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")
    style.paragraph_format.left_indent = Pt(12)


def _links(styles: Any) -> None:
    for name, underline in (("Hyperlink", "single"), ("Figure link", "dotted")):
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=name == "Hyperlink")
        properties = style.element.get_or_add_rPr()
        if underline == "single":
            style.font.color.rgb = RGBColor.from_string(TEAL[1:].upper())
        line = OxmlElement("w:u")
        line.set(qn("w:val"), underline)
        line.set(qn("w:color"), TEAL[1:])
        properties.append(line)

"""A document as Word: real headings, header rows, alternative text, language, links to the register."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from functools import cache
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm

from frankpledge.engine.documents.blocks import Document
from frankpledge.engine.documents.characters import printable
from frankpledge.engine.documents.paper import Numbers, day_of, on_paper
from frankpledge.engine.documents.registers import registered
from frankpledge.engine.documents.theme import FONT
from frankpledge.engine.documents.word_blocks import Package, WordWriter
from frankpledge.engine.documents.word_parts import (
    FIELD_END,
    NAMESPACES,
    field_start,
    link_within,
    paragraph,
    run,
    simple_field,
)
from frankpledge.engine.documents.word_styles import apply_styles

_WIDTH, _HEIGHT = 11906, 16838  # A4 in twentieths of a point
_MARGINS = 'w:top="1250" w:bottom="1130" w:header="570" w:footer="510" w:gutter="0"'


def render_word(document: Document) -> bytes:
    """The document as a .docx file; the same document gives the same bytes.

    Raises `NotPossible` where the fonts for the charts have not been built.
    """
    document = on_paper(document)
    word = docx.Document()
    apply_styles(word)
    _properties(word, document)
    _settings(word, document)
    _header_and_footer(word, document)
    writer = WordWriter(_package(word), Numbers.of(document), registered(document.blocks))
    body = writer.write(document.blocks)
    opening = _opening(document)
    _fill(word, [*opening, *_contents(writer), *body])
    buffer = io.BytesIO()
    word.save(buffer)
    return _same_bytes(buffer.getvalue())


def _properties(word: Any, document: Document) -> None:
    core, day = word.core_properties, day_of(document)
    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the file's fixed day, no time of day
    core.title, core.author = _one_line(document.title), _one_line(document.author)
    core.subject, core.keywords = _one_line(document.subtitle), _one_line(", ".join(document.keywords))
    core.comments, core.last_modified_by, core.revision = "", _one_line(document.author), 1
    core.language = _one_line(document.language)
    core.created = core.modified = moment


def _one_line(text: str) -> str:
    """Text for a property: one line, within the 255 characters that properties may hold."""
    return " ".join(printable(text).split())[:255]


def _settings(word: Any, document: Document) -> None:
    """Theme language, the layout of today's Word, and an alternative for readers who do not have the font."""
    language = OxmlElement("w:themeFontLang")
    language.set(qn("w:val"), document.language)
    settings = word.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        settings.replace(old, language)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens the file in compatibility mode
    for part in word.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            table = part.blob.decode("utf-8")
            entry = f'<w:font w:name="{FONT}"><w:altName w:val="Calibri"/><w:family w:val="swiss"/></w:font>'
            part._blob = table.replace("</w:fonts>", f"{entry}</w:fonts>").encode("utf-8")


def _header_and_footer(word: Any, document: Document) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    marking = run(document.marking, bold=True) if document.marking else ""
    # The style's own stops, in the middle and beyond our edge, are taken away.
    stops = (("clear", 4680), ("right", 8560), ("clear", 9360))
    marks = "".join(f'<w:tab w:val="{kind}" w:pos="{place}"/>' for kind, place in stops)
    end = f"<w:tabs>{marks}</w:tabs>"
    tab = "<w:r><w:tab/></w:r>"
    _replace(section.header, paragraph(run(document.title) + tab + marking, "Header", end))
    pages = run("Page ") + simple_field("PAGE", "1") + run(" of ") + simple_field("NUMPAGES", "1")
    _replace(section.footer, paragraph(marking + tab + pages, "Footer", end))


def _replace(part: Any, xml: str) -> None:
    for old in list(part._element):
        part._element.remove(old)
    part._element.append(_elements(xml)[0])


def _elements(xml: str) -> list[Any]:
    """Parse elements of the body; the wrapper around them names the namespaces once."""
    return list(parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"))


def _package(word: Any) -> Package:
    part = word.part

    def add_image(data: bytes) -> str:
        return str(part.get_or_add_image(io.BytesIO(data))[0])

    @cache
    def add_address(address: str) -> str:
        return str(part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def numbering() -> int:
        """A fresh instance of the numbered list, so that each list starts at 1."""
        definitions = part.numbering_part.element
        style = word.styles["List Number"].element
        instance = style.pPr.numPr.numId.val
        abstract = next(num.abstractNumId.val for num in definitions.num_lst if num.numId == instance)
        fresh = definitions.add_num(abstract)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(fresh.numId)

    return Package(add_image, add_address, numbering, _section_end)


def _section_end(landscape: bool) -> str:
    if landscape:
        page = f'<w:pgSz w:w="{_HEIGHT}" w:h="{_WIDTH}" w:orient="landscape"/>'
        margins = f'<w:pgMar w:left="1300" w:right="1300" {_MARGINS}/>'
    else:
        page = f'<w:pgSz w:w="{_WIDTH}" w:h="{_HEIGHT}"/>'
        margins = f'<w:pgMar w:left="1250" w:right="2050" {_MARGINS}/>'
    return f'<w:sectPr><w:type w:val="nextPage"/>{page}{margins}</w:sectPr>'


def _opening(document: Document) -> list[str]:
    """Title, subtitle, who and when, and what must not be missed."""
    parts = [paragraph(run(document.title), "Title")]
    if document.subtitle:
        parts.append(paragraph(run(document.subtitle), "Lead"))
    about = " · ".join(part for part in (document.author, document.day) if part)
    parts.append(paragraph(run(about), "Small"))
    if document.origin_notice:
        parts.append(paragraph(run(document.origin_notice), "Notice"))
    if document.licence:
        parts.append(paragraph(run(document.licence), "Small"))
    return parts


def _contents(writer: WordWriter) -> list[str]:
    """A contents field that already holds its entries; a program that knows fields adds page numbers."""
    entries = [entry for entry in writer.headings if entry[0] <= 2]
    if not entries:
        return []
    lines = [paragraph(run("Contents", bold=True), "Tabletitle")]
    for index, (level, text, anchor) in enumerate(entries):
        before = field_start('TOC \\o "1-2" \\h \\z \\u') if index == 0 else ""
        after = FIELD_END if index == len(entries) - 1 else ""
        lines.append(paragraph(before + link_within(anchor, run(text)) + after, f"toc{level}"))
    return lines


def _fill(word: Any, elements: list[str]) -> None:
    body = word.element.body
    last = body.sectPr
    for element in _elements("".join(elements)):
        last.addprevious(element)
    template = _elements(_section_end(False))[0]
    for name in ("w:pgSz", "w:pgMar"):
        old = last.find(qn(name))
        if old is not None:
            last.replace(old, template.find(qn(name)))
    _share_header(word)


def _share_header(word: Any) -> None:
    """The first section carries header and footer; later ones, the last included, take them over."""
    sections = list(word.element.body.iter(qn("w:sectPr")))
    if len(sections) < 2:
        return
    references = [child for child in sections[-1] if child.tag in {qn("w:headerReference"), qn("w:footerReference")}]
    for index, reference in enumerate(references):
        sections[0].insert(index, reference)


def _same_bytes(package: bytes) -> bytes:
    """The same parts with a fixed time, so that the same document gives the same file."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return buffer.getvalue()


__all__ = ["render_word"]

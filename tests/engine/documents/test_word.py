"""The Word document as its readers' programs see it: styles, header rows, alternative text, language, links."""

from __future__ import annotations

import io
import re

import docx
import pytest
from lxml import etree

from frankpledge.engine.documents.blocks import Heading, Items, Paragraph, Table
from frankpledge.engine.documents.word import render_word
from frankpledge.engine.documents.word_parts import bookmark_name
from tests.engine.documents.samples import FIGURE, SIBLING, document_of, table, whole_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def body(word_parts: dict[str, str]) -> etree._Element:
    return etree.fromstring(word_parts["word/document.xml"].encode())


def styled(body: etree._Element, style: str) -> list[str]:
    found = []
    for paragraph in body.iter(f"{W}p"):
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        if named is not None and named.get(f"{W}val") == style:
            found.append("".join(text.text or "" for text in paragraph.iter(f"{W}t")))
    return found


def test_headings_are_headings(body: etree._Element) -> None:
    assert styled(body, "Title") == ["Assessment Burglary fell"]
    assert styled(body, "Heading1") == ["Burglary fell", "Tables behind the charts", "Sources"]
    assert "1. Burglary fell2,155Burglary fellBurglary fell" in styled(body, "Heading3")


def test_the_contents_field_already_holds_its_entries(body: etree._Element) -> None:
    instruction = [text.text for text in body.iter(f"{W}instrText")]
    assert any("TOC" in (text or "") for text in instruction)
    assert styled(body, "toc1") == ["Burglary fell", "Tables behind the charts", "Sources"]


def test_every_style_that_is_used_is_defined(word_parts: dict[str, str]) -> None:
    """A program that meets an unknown style may take a table apart (LibreOffice does)."""
    used = set(re.findall(r'<w:[pr]Style w:val="([^"]+)"', word_parts["word/document.xml"]))
    defined = set(re.findall(r'w:styleId="([^"]+)"', word_parts["word/styles.xml"]))
    assert {"Tabletext", "Tabletitle", "Figurelink"} <= used
    assert used <= defined


def test_each_table_repeats_its_header_and_splits_no_row(body: etree._Element) -> None:
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) >= 5
    for one in tables:
        rows = one.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert one.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")


def test_each_chart_has_alternative_text(body: etree._Element) -> None:
    described = [element.get("descr") for element in body.iter() if element.tag.endswith("}docPr")]
    assert len(described) == 2
    assert all(text.startswith("Bar chart of 2 years") for text in described)


def test_the_language_is_british_english(word_parts: dict[str, str]) -> None:
    assert 'w:lang w:val="en-GB"' in word_parts["word/styles.xml"]
    assert "<dc:language>en-GB</dc:language>" in word_parts["docProps/core.xml"]
    assert "<dc:title>Assessment Burglary fell</dc:title>" in word_parts["docProps/core.xml"]


def test_header_and_footer_carry_marking_and_page_numbers(word_parts: dict[str, str]) -> None:
    assert "OFFICIAL" in word_parts["word/header1.xml"]
    footer = word_parts["word/footer1.xml"]
    assert all(part in footer for part in ("OFFICIAL", "PAGE", "NUMPAGES"))


def test_the_first_section_owns_header_and_footer(body: etree._Element) -> None:
    """Later sections, landscape ones too, take them over."""
    sections = list(body.iter(f"{W}sectPr"))
    assert len(sections) >= 3
    assert [len(section.findall(f"{W}headerReference")) for section in sections] == [1] + [0] * (len(sections) - 1)
    turned = [section.find(f"{W}pgSz").get(f"{W}orient") for section in sections]
    assert "landscape" in turned
    assert turned[-1] is None


def test_inner_links_lead_to_bookmarks(body: etree._Element) -> None:
    names = [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", name) for name in names)
    links = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    assert links <= set(names)
    assert bookmark_name(f"figure-{FIGURE}") in links


def test_two_figures_of_one_snapshot_have_two_bookmarks() -> None:
    assert bookmark_name(f"figure-{FIGURE}") != bookmark_name(f"figure-{SIBLING}")


def test_the_whole_figure_id_stands_in_the_register(body: etree._Element) -> None:
    assert FIGURE in "".join(text.text or "" for text in body.iter(f"{W}t"))


def test_two_hundred_rows_are_two_hundred_rows() -> None:
    opened = docx.Document(io.BytesIO(render_word(document_of(table("Long", rows=200)))))
    assert len(opened.tables[0].rows) == 201


def test_each_numbered_list_starts_at_one() -> None:
    lists = document_of(Items(("a", "b"), True), Paragraph("between"), Items(("c",), True))
    opened = docx.Document(io.BytesIO(render_word(lists)))
    numbers = [p._p.pPr.numPr.numId.val for p in opened.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_heading_never_skips_a_level() -> None:
    opened = docx.Document(io.BytesIO(render_word(document_of(Heading("Deep", 4)))))
    assert [p.style.name for p in opened.paragraphs if p.text == "Deep"][-1] == "Heading 2"


def test_an_empty_table_says_so() -> None:
    empty: Table = table("Empty", rows=0)
    opened = docx.Document(io.BytesIO(render_word(document_of(empty))))
    assert opened.tables[0].rows[1].cells[0].text == "No rows."


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_word(whole_document()) == render_word(whole_document())

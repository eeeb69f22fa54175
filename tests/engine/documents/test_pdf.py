"""The PDF: tagged for PDF/UA and PDF/A, outlined, linked, no row lost over a page break."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest

from frankpledge.engine.documents.blocks import Document
from frankpledge.engine.documents.pdf import render_pdf
from tests.engine.documents.samples import CALM, document_of, table, whole_document


@pytest.fixture(scope="module")
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield document


def words_of(pdf: bytes) -> str:
    """The text of a PDF in reading order."""
    tool = shutil.which("pdftotext")
    if not tool:
        pytest.fail("pdftotext is not installed: apt-get install -y --no-install-recommends poppler-utils")
    done = subprocess.run([tool, "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def tags_of(document: pikepdf.Pdf) -> list[str]:
    """The kinds of all structure elements."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(str(node.S))
            if "/K" in node:
                walk(node.K)

    walk(document.Root.StructTreeRoot)
    return found


def test_it_is_tagged_and_names_its_language_and_title(opened: pikepdf.Pdf) -> None:
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "en-GB"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    with opened.open_metadata() as metadata:
        assert str(metadata["dc:title"]) == "Assessment Burglary fell"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] == "2"


def test_headings_tables_and_pictures_are_tagged(opened: pikepdf.Pdf) -> None:
    tags = tags_of(opened)
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Caption", "/Link", "/TOC", "/L"} <= set(tags)
    assert tags.count("/Figure") >= 2


def test_each_picture_has_alternative_text(opened: pikepdf.Pdf) -> None:
    pictures = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
    assert pictures
    assert all(str(picture.get("/Alt", "")).startswith("Bar chart") for picture in pictures)


def test_the_outline_holds_the_sections(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[-3:] == [CALM, "Tables behind the charts", "Sources"]


def test_figures_are_links_within_the_document(opened: pikepdf.Pdf) -> None:
    links = [a for page in opened.pages for a in page.get("/Annots", []) if a.get("/Subtype") == "/Link"]
    assert len(links) > 10
    assert all("/Dest" in link or link.A.get("/S") == "/GoTo" for link in links), "nothing leads outside"


def test_wide_tables_turn_the_page_and_only_they(opened: pikepdf.Pdf) -> None:
    turned = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in opened.pages]
    assert any(turned)
    assert not all(turned)


def test_all_fonts_are_embedded_and_our_own(opened: pikepdf.Pdf) -> None:
    fonts = {str(o.FontName) for o in opened.objects
             if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"}  # fmt: skip
    assert fonts
    assert all("SourceSans3" in name for name in fonts)


@pytest.mark.parametrize("rows", [1, 14, 15, 200])
def test_no_row_is_lost_over_a_page_break(rows: int) -> None:
    long = replace(table("Area", rows=0), rows=tuple((f"Row {i:03d}.", str(i), "") for i in range(rows)))
    text = words_of(render_pdf(document_of(long)))
    assert [i for i in range(rows) if text.count(f"Row {i:03d}.") != 1] == []


def test_a_long_table_repeats_its_header() -> None:
    long = replace(table("Neighbourhood", rows=0), caption="Places", rows=(("x", "1", ""),) * 200)
    pdf = render_pdf(document_of(long))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    assert pages > 4
    assert words_of(pdf).count("Neighbourhood") >= pages - 3


def test_marking_stands_on_every_page(pdf: bytes, opened: pikepdf.Pdf) -> None:
    assert words_of(pdf).count("OFFICIAL") == 2 * len(opened.pages)


def test_a_long_digest_is_broken_without_a_hyphen() -> None:
    text = words_of(render_pdf(document_of())).replace("\n", "")
    assert "ab" * 32 in text


def test_the_same_document_gives_the_same_bytes(pdf: bytes) -> None:
    assert render_pdf(whole_document()) == pdf


def test_a_document_without_sections_is_still_a_document() -> None:
    empty = Document("Title", "", "", "", ())
    assert "Title" in words_of(render_pdf(empty))

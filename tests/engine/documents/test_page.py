"""The HTML file that stands alone: headings in order, scoped tables, figures two clicks from their file."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import lxml.html
import pytest

from frankpledge.engine.documents.blocks import Figure, Heading, Link, Paragraph, Section, Text
from frankpledge.engine.documents.html import render_blocks, render_html, render_page
from frankpledge.engine.documents.page_words import anchor, safe_address, words_html
from tests.engine.documents.samples import CALM, FIGURE, SIBLING, UNKNOWN, document_of, table, whole_document


@pytest.fixture(scope="module")
def tree(standalone: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(standalone)


def test_it_names_its_language_title_and_landmarks(tree: lxml.html.HtmlElement) -> None:
    assert tree.get("lang") == "en-GB"
    assert tree.findtext(".//title") == "Assessment Burglary fell"
    assert [len(tree.xpath(f"//{name}")) for name in ("header", "main", "footer", "nav")] == [1, 1, 1, 1]
    assert tree.xpath("//a[@class='fp-skip']/@href") == ["#content"]


def test_headings_never_skip_a_level_and_h1_comes_once(tree: lxml.html.HtmlElement) -> None:
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_carries_no_script_no_inline_style_and_fetches_nothing(standalone: str, tree: lxml.html.HtmlElement) -> None:
    assert not tree.xpath("//script | //link | //@style | //iframe | //img")
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]
    assert not re.findall(r"url\((?!data:|#)", standalone)
    assert standalone.count("data:font/woff2;base64,") == 2


def test_each_id_is_given_once_and_each_inner_link_leads_somewhere(tree: lxml.html.HtmlElement) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href") if href.startswith("#")} <= set(ids)


def test_header_cells_say_what_they_head(tree: lxml.html.HtmlElement) -> None:
    assert tree.xpath("//th")
    assert {cell.get("scope") for cell in tree.xpath("//th")} == {"col", "row"}
    assert all(cell.text_content().strip() for cell in tree.xpath("//th")), "an empty cell heads nothing"
    assert len(tree.xpath("//table")) == len(tree.xpath("//table/caption"))


def test_a_figure_is_two_clicks_from_its_file(tree: lxml.html.HtmlElement) -> None:
    first = tree.xpath("//p/a[@class='fp-figure']/@href")[0]
    assert first == f"#figure-{FIGURE}"
    row = tree.get_element_by_id(first[1:])
    assert FIGURE in row.text_content()
    second = [href for href in row.xpath(".//a/@href") if href.startswith("#file")]
    assert second == ["#file-F1"], "a key without a file is shown, but leads nowhere"
    assert "ab" * 32 in tree.get_element_by_id(second[0][1:]).text_content()


def test_what_several_figures_count_is_said_once(tree: lxml.html.HtmlElement) -> None:
    rows = [tree.get_element_by_id(f"figure-{figure}") for figure in (FIGURE, SIBLING)]
    assert [row.xpath(".//a/@href")[0] for row in rows] == ["#counted-C1", "#counted-C1"]
    assert CALM in tree.get_element_by_id("counted-C1").text_content()


def test_a_figure_that_the_register_does_not_know_is_no_link() -> None:
    page = render_html(document_of(Paragraph((Text("Then "), Figure(UNKNOWN, "1,806")))))
    assert '<p class="govuk-body">Then 1,806</p>' in page


def test_a_chart_is_a_picture_with_a_name_and_its_table(tree: lxml.html.HtmlElement) -> None:
    figures = tree.xpath("//figure[contains(@class, 'fp-chart')]")
    assert figures
    for figure in figures:
        pictures = figure.xpath(".//div[@role='img']")
        assert [re.sub(".*--", "", picture.get("class")) for picture in pictures] == ["wide", "narrow"]
        assert all(picture.get("aria-label") for picture in pictures)
        assert figure.xpath(".//details//table")


def test_a_finding_says_what_it_means_how_sure_and_what_to_ask(tree: lxml.html.HtmlElement) -> None:
    finding = tree.xpath("//div[@class='fp-finding']")[0].text_content()
    assert all(part in finding for part in ("What it means.", "● Burglary fell", "Ask the board:", "See the table"))


def test_a_wide_table_scrolls_inside_itself_and_can_be_reached_by_keyboard() -> None:
    wide = replace(table("x"), caption="Many columns", wide=True)
    drawn = lxml.html.fragments_fromstring(render_blocks([wide], figure_href=lambda _: None))[0]
    assert (drawn.get("role"), drawn.get("tabindex"), drawn.get("aria-label")) == ("region", "0", "Many columns")


def test_an_empty_table_says_so() -> None:
    assert "No rows." in render_blocks([table("x", rows=0)], figure_href=lambda _: None)


def test_two_hundred_rows_are_two_hundred_rows() -> None:
    drawn = lxml.html.fragment_fromstring(
        render_blocks([table("x", rows=200)], figure_href=lambda _: None), create_parent="div"
    )
    assert len(drawn.xpath(".//tbody/tr")) == 200


def test_a_section_fits_under_the_heading_of_its_own_page() -> None:
    section = Section("theme", "Burglary", (Heading("How many", 4), Paragraph("x"), Heading("Where", 4)), level=3)
    tree = lxml.html.fragment_fromstring(render_page(section, figure_href=lambda _: None), create_parent="div")
    assert [heading.tag for heading in tree.xpath(".//h2|.//h3|.//h4")] == ["h2", "h2"]


def test_the_address_of_a_figure_is_the_sites_own() -> None:
    words = (Figure(FIGURE, "2,155"),)
    assert words_html(words, lambda figure_id: f"/figures/{figure_id}/") == (
        f'<a class="fp-figure" href="/figures/{FIGURE}/">2,155</a>'
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x", ""]
)
def test_a_dangerous_address_is_only_words(address: str) -> None:
    assert safe_address(address) is None
    assert words_html((Link("here", address),), lambda _: None) == "here"


@pytest.mark.parametrize("address", ["https://www.gov.uk/x", "mailto:a@b.uk", "/figures/1/", "#sources", "../x"])
def test_an_ordinary_address_stays(address: str) -> None:
    assert safe_address(address) == address


def test_an_anchor_holds_only_what_an_anchor_may() -> None:
    assert anchor('a b"<c>.d_e-f') == "a-b-c-.d_e-f"


def test_the_same_document_gives_the_same_file(standalone: str) -> None:
    assert render_html(whole_document()) == standalone

"""Given a stranger at the first screen, when he follows what is there, then he reads, checks and takes it away."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.rooms.supplying import supply_months

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Looked = Callable[..., None]
DEMO = "/demo-north-worcestershire/assessment/2018-03/"


def test_the_first_screen_and_a_number_followed_to_its_file(reader: Page, site: str, looked_at: Looked) -> None:
    reader.goto(f"{site}/")
    expect(reader.get_by_role("heading", level=1)).to_have_text(
        "Three things the yearly figures do not say by themselves"
    )
    expect(reader.get_by_role("region", name="Demonstration")).to_contain_text("Today is 30 June 2018.")
    looked_at(reader, "first")
    reader.locator(".fp-door").get_by_role("link", name=re.compile("Where does .* come from")).click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("2,155")
    expect(reader.get_by_role("region", name="Files")).to_contain_text("appendix_c.csv")
    expect(reader.get_by_role("region", name="Files")).to_contain_text("as imported")
    looked_at(reader, "figure")


def test_a_number_in_a_sentence_leads_to_its_page(reader: Page, site: str) -> None:
    reader.goto(f"{site}/")
    reader.locator(".fp-finding__meaning").first.get_by_role("link", name="1,635", exact=True).click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("1,635")


def test_the_assessment_from_contents_to_the_last_section(reader: Page, site: str, looked_at: Looked) -> None:
    reader.goto(site)
    reader.get_by_role("link", name="Open the assessment").click()
    expect(reader).to_have_url(re.compile(f"{DEMO}$"))
    looked_at(reader, "assessment")
    reader.get_by_role("navigation", name="What supports them").get_by_role("link", name="Burglary").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Burglary")
    reader.get_by_role("link", name=re.compile("^Next")).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Vehicle crime")
    reader.get_by_role("link", name=re.compile("^Previous")).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Burglary")
    reader.get_by_text(re.compile("^See the table")).first.click()
    expect(reader.locator(".fp-chart details table").first).to_be_visible()


def test_every_section_is_clean_and_fits(reader: Page, site: str, looked_at: Looked) -> None:
    reader.goto(site + DEMO)
    links = reader.get_by_role("navigation", name="What supports them").get_by_role("link")
    addresses = [link.get_attribute("href") for link in links.all()]
    assert len(addresses) >= 15
    for address in addresses:
        assert address
        reader.goto(site + address)
        looked_at(reader, f"section-{address.strip('/').rpartition('/')[2]}")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/herefordshire/", "findings-imported"),
        ("/herefordshire/assessment/", "assessments-imported"),
        ("/herefordshire/assessment/2024-12/", "assessment-imported"),
        ("/herefordshire/assessment/2024-12/burglary/", "section-imported"),
        ("/figures/nonsense/", "figure-unknown"),
    ],
)
def test_pages_of_an_imported_area(reader: Page, site: str, looked_at: Looked, address: str, name: str) -> None:
    reader.goto(site + address)
    looked_at(reader, name)


def test_a_page_that_takes_long_says_so_and_then_shows_itself(
    reader: Page, site: str, settings: Any, tmp_path: Path, looked_at: Looked
) -> None:
    settings.FRANKPLEDGE_HOME = tmp_path / "home"
    settings.FRANKPLEDGE_PATIENCE = 0.0
    supply_months(tmp_path / "home" / "store", "west-mercia", ["2024-01", "2025-01"])
    reader.goto(f"{site}/herefordshire/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("This page is being made")
    looked_at(reader, "being-made")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("know about", timeout=120_000)


def test_documents_can_be_taken_away(reader: Page, site: str, tmp_path: Path) -> None:
    reader.goto(site + DEMO)
    with reader.expect_download() as waiting:
        reader.get_by_role("link", name="Word").click()
    waiting.value.save_as(tmp_path / "assessment.docx")
    assert (tmp_path / "assessment.docx").read_bytes().startswith(b"PK")
    assert waiting.value.suggested_filename == "demo-north-worcestershire-2018-03-assessment.docx"


def test_everything_can_be_read_without_a_script(reader_without_scripts: Page, site: str) -> None:
    page = reader_without_scripts
    page.goto(site)
    expect(page.locator(".fp-finding")).to_have_count(3)
    expect(page.locator(".fp-chart__picture--wide svg").first).to_be_visible()
    page.get_by_role("link", name="Open the assessment").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Strategic assessment")
    page.get_by_role("link", name="Your area").click()
    page.get_by_label("Find your area").fill("Redditch")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="North Worcestershire").first.click()
    expect(page.locator(".fp-command pre").first).to_contain_text("import police-uk")
    expect(page.locator(".fp-command button")).to_have_count(0)


def test_on_a_phone_charts_are_drawn_narrow(reader: Page, site: str) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(site)
    expect(reader.locator(".fp-chart__picture--narrow").first).to_be_visible()
    expect(reader.locator(".fp-chart__picture--wide").first).to_be_hidden()


def test_the_keyboard_reaches_a_number_and_its_focus_is_seen(reader: Page, site: str) -> None:
    reader.goto(site)
    number = reader.locator(".fp-finding__meaning a.fp-figure").first
    number.focus()
    before = number.evaluate("e => getComputedStyle(e).backgroundColor")
    assert before == "rgb(255, 221, 0)"
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile("/figures/"))

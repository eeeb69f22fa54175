"""Given a community safety manager with nothing but the site, when she chooses her area, then she knows what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Looked = Callable[..., None]


def test_from_the_first_page_to_the_commands(reader: Page, empty_site: str, looked_at: Looked) -> None:
    reader.goto(f"{empty_site}/")
    looked_at(reader, "empty-first")
    reader.get_by_role("link", name="Choose your partnership").click()
    looked_at(reader, "areas")
    reader.get_by_label("Find your area").fill("Wyre Forest")
    reader.get_by_role("button", name="Find").click()
    looked_at(reader, "areas-found")
    reader.get_by_role("link", name="North Worcestershire").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("North Worcestershire: from download to assessment")
    expect(reader.locator(".fp-command pre").nth(1)).to_contain_text("--partnership north-worcestershire")
    looked_at(reader, "area-nothing-yet")


def test_the_command_can_be_copied_where_scripts_run(reader: Page, site: str) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(f"{site}/areas/herefordshire/")
    reader.locator(".fp-command button").first.click()
    expect(reader.locator(".fp-command button").first).to_have_text("Copied")
    copied = reader.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(".venv/bin/frankpledge import police-uk FOLDER")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/areas/?by=force", "areas-by-force"),
        ("/areas/?words=Narnia", "areas-none"),
        ("/areas/herefordshire/", "area-ready"),
        ("/areas/adur/", "area-other-force"),
        ("/herefordshire/data/", "data"),
        ("/adur/data/", "data-empty"),
        ("/adur/", "findings-empty"),
        ("/adur/assessment/", "assessments-empty"),
        ("/demo-north-worcestershire/data/", "data-demonstration"),
        ("/accessibility/", "accessibility"),
        ("/how-numbers-are-made/", "how-numbers-are-made"),
        ("/nowhere/", "not-found"),
        ("/herefordshire/assessment/2019-01/", "no-such-month"),
    ],
)
def test_every_page_and_state_is_clean_and_fits(
    reader: Page, site: str, looked_at: Looked, address: str, name: str
) -> None:
    reader.goto(site + address)
    looked_at(reader, name)


def test_a_form_in_error_says_so_beside_the_field(reader: Page, site: str, looked_at: Looked) -> None:
    reader.goto(f"{site}/areas/?words={'x' * 90}")
    expect(reader.get_by_role("alert")).to_contain_text("at most 80 letters")
    looked_at(reader, "areas-error")


def test_the_keyboard_reaches_the_content_first(reader: Page, site: str) -> None:
    reader.goto(f"{site}/areas/")
    reader.keyboard.press("Tab")
    expect(reader.locator(":focus")).to_have_text("Skip to main content")
    reader.keyboard.press("Enter")
    expect(reader.locator("#main-content")).to_be_focused()

"""The first two minutes: three findings, three doors, and a number followed to its file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

KEY = "demo-north-worcestershire"


@pytest.fixture
def first(client: Client, demo_home: Path) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def figures_on(text: str) -> list[str]:
    return sorted(set(re.findall(r'href="(/figures/[^"]+/)"', text)))


def test_three_findings_under_the_banner(first: str) -> None:
    assert "Three things the yearly figures do not say by themselves" in first
    assert "Yearly counts are as published; incidents and people are invented. Today is 30 June 2018." in first
    assert first.count('class="fp-finding"') == 3
    assert first.count("What it means.") == 3
    assert first.count("Ask the board:") == 3


def test_the_figures_are_those_of_the_published_table(first: str) -> None:
    for figure in ("950", "1,635", "2,181", "2,155", "19,546", "20,751"):
        assert f">{figure}</a>" in first, figure
    assert "new definition" in first
    assert "could be chance" in first


def test_three_doors(first: str) -> None:
    assert f'href="/{KEY}/assessment/2018-03/"' in first
    assert "Where does 2,155 come from?" in first
    assert 'href="/areas/"' in first


def test_from_any_figure_two_clicks_lead_to_its_files(client: Client, first: str) -> None:
    found = figures_on(first)
    assert len(found) >= 10
    for address in found:
        text = client.get(address).content.decode()
        assert "appendix_c.csv" in text or "Worked out from" in text, address


def test_every_chart_has_words_and_a_table(first: str) -> None:
    assert first.count('role="img"') >= 3
    assert first.count("See the table") == 3
    assert first.count('aria-label=""') == 0


def test_the_same_findings_stand_at_the_partnerships_own_address(client: Client, first: str) -> None:
    assert client.get(f"/{KEY}/").content.decode().count('class="fp-finding"') == 3


def test_without_a_demonstration_the_first_page_leads_to_the_areas(client: Client, home: Path) -> None:
    text = client.get("/").content.decode()
    assert 'href="/areas/"' in text
    assert "./run" in text
    assert "people are invented" not in text


def test_an_area_without_data_says_what_will_be_here(client: Client, home: Path) -> None:
    text = client.get("/herefordshire/").content.decode()
    assert "Herefordshire: nothing to show yet" in text
    assert 'href="/areas/herefordshire/"' in text


def test_an_area_with_data_opens_with_its_own_findings(client: Client, real_home: Path) -> None:
    text = client.get("/herefordshire/").content.decode()
    assert "to know about recorded crime in Herefordshire" in text
    assert 'class="fp-finding' in text
    assert "people are invented" not in text
    assert 'href="#' not in text.split('id="main-content"', 1)[1].replace('href="#main-content"', "")

"""What is held for a partnership: months, gaps, quality, and what finer data would add."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.test import Client

Supply = Callable[..., None]


def page(client: Client, key: str = "herefordshire") -> str:
    answer = client.get(f"/{key}/data/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_empty_home_says_what_will_be_here_and_how_to_get_it(client: Client, home: Path) -> None:
    text = page(client)
    assert "Nothing has been imported yet" in text
    assert 'href="/areas/herefordshire/"' in text
    assert "What finer data would add" in text
    assert "import ons-csp-crime FILE.csv" in text
    assert text.count("◇ not held") == 7


def test_months_held_and_gaps_stand_in_words_and_shapes(client: Client, home: Path, supply: Supply) -> None:
    supply("west-mercia", ["2024-01", "2024-02", "2025-01"])
    text = page(client)
    assert "3 months of 13, January 2024 to January 2025: 60 rows of the whole force." in text
    assert "Nothing was supplied for March to December 2024." in text
    assert text.count('class="is-held"') == 3
    assert text.count('class="is-missing"') == 10
    assert text.count('class="is-outside"') == 11
    assert text.count('<span class="govuk-visually-hidden">no data</span>') == 10


def test_quality_says_what_each_oddity_means(client: Client, home: Path, supply: Supply) -> None:
    supply("west-mercia", ["2024-01", "2024-02"])
    text = page(client)
    assert "West Mercia Police: 40 rows" in text
    assert "These are counted for Herefordshire." in text
    assert "clusters of points and repeat addresses mean nothing" in text
    assert "8 rows are anti-social behaviour" in text


def test_rows_of_another_force_are_shown_and_never_added(client: Client, home: Path, supply: Supply) -> None:
    supply("west-mercia", ["2024-01"])
    supply("btp", ["2024-01"])
    text = page(client)
    assert "Shown here, never added: British Transport Police 20." in text
    assert "20 rows of the whole force." in text


def test_a_month_without_a_file_is_no_data_in_the_table_of_months(client: Client, home: Path, supply: Supply) -> None:
    supply("west-mercia", ["2024-01", "2024-03"])
    table = page(client).split("rows by month", 1)[1]
    assert "February 2024" in table
    assert "no data" in table.split("February 2024", 1)[1].split("</tr>", 1)[0]


def test_the_demonstration_marks_its_rows_as_invented(client: Client, demo_home: Path) -> None:
    text = page(client, "demo-north-worcestershire")
    assert "incidents and people are invented" in text
    assert "Today is 30 June 2018" in text
    assert "72 months of 72" in text
    assert "What finer data would add" not in text


def test_pages_of_real_areas_bear_no_banner(client: Client, demo_home: Path) -> None:
    assert "people are invented" not in page(client)
    assert "people are invented" not in client.get("/areas/").content.decode()

"""From download to assessment: the page of an area in each state that its data can be in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from frankpledge.cli.main import main
from frankpledge.engine.definitions.periods import month_number
from frankpledge.incidents.holdings import in_words, runs
from frankpledge.incidents.loading import months_to_ask_for

Supply = Callable[..., None]
YEAR = [f"2024-{m:02d}" for m in range(1, 13)]


def page(client: Client, key: str = "herefordshire") -> str:
    answer = client.get(f"/areas/{key}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_nothing_yet_names_the_boxes_to_tick_and_the_exact_commands(client: Client, home: Path) -> None:
    text = page(client)
    assert "Nothing has been imported yet" in text
    assert "tick <strong>West Mercia Police</strong> only" in text
    assert "Include crime data" in text
    assert f"FRANKPLEDGE_HOME={home} .venv/bin/frankpledge import police-uk FOLDER" in text
    assert ".venv/bin/frankpledge assess --partnership herefordshire --through " in text
    assert "Read the assessment" not in text


def test_the_usual_home_needs_no_naming(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    settings.FRANKPLEDGE_HOME = tmp_path / "var"
    assert ">.venv/bin/frankpledge import police-uk FOLDER<" in page(client)


def test_a_home_with_a_blank_in_its_name_is_quoted(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.FRANKPLEDGE_HOME = tmp_path / "my home"
    assert f"FRANKPLEDGE_HOME=&#x27;{tmp_path}/my home&#x27; " in page(client)


def test_an_alias_leads_to_the_key_in_force(client: Client, home: Path) -> None:
    answer = client.get("/areas/south-worcester/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/areas/south-worcestershire/"


def test_another_force_gets_the_next_step(client: Client, home: Path, supply: Supply) -> None:
    supply("staffordshire", ["2024-01", "2024-02"])
    text = page(client)
    assert "Nothing from West Mercia Police yet" in text
    assert "The store holds data of Staffordshire Police" in text
    assert "tick West Mercia Police" in text
    assert "Read the assessment" not in text


def test_one_month_says_what_it_cannot_say(client: Client, home: Path, supply: Supply) -> None:
    supply("west-mercia", ["2024-03"])
    text = page(client)
    assert "One month of West Mercia Police is in: March 2024" in text
    assert "cannot say whether anything rose or fell" in text
    assert "--through 2024-03 " in text
    assert "Read the assessment" in text


def test_some_months_name_their_gaps(client: Client, home: Path, supply: Supply) -> None:
    supply("west-mercia", ["2024-01", "2024-02", "2025-01", "2025-02"])
    text = page(client)
    assert "4 months of West Mercia Police are in" in text
    assert "Nothing is held for March to December 2024" in text
    assert "like months with like months" in text
    assert "--through 2025-02 " in text


def test_a_year_is_ready(client: Client, home: Path, supply: Supply) -> None:
    supply("west-mercia", YEAR)
    text = page(client)
    assert "12 months of West Mercia Police are in" in text
    assert "like months with like months" not in text
    assert 'href="/herefordshire/assessment/"' in text


def test_what_is_imported_shows_at_once_without_a_restart(client: Client, home: Path, supply: Supply) -> None:
    assert "Nothing has been imported yet" in page(client)
    supply("west-mercia", ["2024-03"])
    assert "One month of West Mercia Police" in page(client)
    listed = client.get("/areas/").content.decode()
    assert "Ready to read" in listed


def test_rows_that_did_not_come_in_are_told(client: Client, home: Path, supply: Supply) -> None:
    supply("west-mercia", ["2024-03"], rejected=7, warning="An older copy of this month was in already.")
    text = page(client)
    assert "could not store 7 of 27 rows" in text
    assert "An older copy" in text


def test_the_months_that_can_be_downloaded() -> None:
    asked = months_to_ask_for(date(2026, 11, 23))
    assert asked.words == "October 2023 to September 2026"


def test_runs_of_months_in_words() -> None:
    held = {month_number(m) for m in ("2018-10", "2018-11", "2019-01", "2024-05")}
    assert in_words(runs(held)) == "October to November 2018, January 2019 and May 2024"
    assert in_words(()) == ""
    assert runs(set()) == ()


@pytest.mark.parametrize("key", ["demo-north-worcestershire", "demo-south-worcestershire"])
def test_the_demonstration_has_nothing_to_download(client: Client, home: Path, key: str) -> None:
    answer = client.get(f"/areas/{key}/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/{key}/"


def test_a_wrong_folder_is_told_on_the_page_until_an_import_succeeds(
    client: Client, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRANKPLEDGE_HOME", str(home))
    (tmp_path / "holiday.txt").write_text("sun, sea")
    assert main(["import", "police-uk", str(tmp_path)]) == 1
    text = page(client)
    assert "The last import brought nothing in." in text
    assert "data.police.uk" in text
    header = (
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
        "Crime type,Last outcome category,Context"
    )
    row = ",2025-06,West Mercia Police,West Mercia Police,,,No Location,,,Anti-social behaviour,,"
    (tmp_path / "2025-06-west-mercia-street.csv").write_text(f"{header}\n{row}\n")
    assert main(["import", "police-uk", str(tmp_path)]) == 0
    assert "The last import brought nothing in." not in page(client)
    assert "Traceback" not in capsys.readouterr().err

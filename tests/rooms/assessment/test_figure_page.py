"""Where does this number come from?"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from demo.__main__ import build_demonstration
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.workspace import open_workspace
from frankpledge.engine.store.home import Home

KEY = "demo-north-worcestershire"


def figure_id(home: Path, measure: str, area: str = KEY, *, demo: bool = True, period: str = "2017/18") -> str:
    workspace = open_workspace(Home(home), demo=demo)
    return compute(workspace.definitions.measure(measure), area, Period.parse(period), workspace).figure_id


def page(client: Client, name: str) -> str:
    answer = client.get(f"/figures/{name}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_published_count_leads_to_its_table(client: Client, demo_home: Path) -> None:
    text = page(client, figure_id(demo_home, "official-burglary"))
    assert "2,155 crimes" in text
    assert "appendix_c.csv" in text
    assert "● as imported" in text
    assert re.search(r"\b[0-9a-f]{64}\b", text)
    assert "2,065 to 2,248 (95% interval" in text
    assert "The store still holds the rows that were counted." in text
    assert "measure:official-burglary" in text
    assert "people are invented" in text  # the banner of the demonstration


def test_a_rate_says_what_it_is_set_over(client: Client, demo_home: Path) -> None:
    text = page(client, figure_id(demo_home, "burglary-rate"))
    assert "7.8 crimes per 1,000 residents" in text
    assert "2,155 over 275,8" in text
    assert "invented rows" in text


def test_rows_counted_in_the_files_add_up(client: Client, demo_home: Path) -> None:
    name = figure_id(demo_home, "burglary")
    record = client.get(f"/figures/{name}/", {"format": "json"}).json()
    assert record["figure_id"] == name
    assert sum(file["rows_counted"] for file in record["files"]) == record["numerator"] == 2155
    assert all(file["filter"] for file in record["files"])


def test_the_page_of_an_imported_area(client: Client, real_home: Path) -> None:
    name = figure_id(real_home, "burglary", "herefordshire", demo=False, period="2024-01..2024-12")
    text = page(client, name)
    assert "Counted from 12 files." in text
    assert text.count("◇ moved") >= 12  # the fixture's files were never written to a disk
    assert "No file is at this path any more. Its rows are still in the store." in text
    assert "<strong>Crime type</strong>" in text
    assert 'href="/herefordshire/data/"' in text


def test_a_file_that_was_altered_is_named(client: Client, tmp_path: Path, settings: Any, demo_home: Path) -> None:
    own = tmp_path / "home"
    shutil.copytree(demo_home / "demo", own / "demo")
    manifest = own / "demo" / "incidents" / "manifest.json"
    manifest.write_text(manifest.read_text().replace(str(demo_home), str(own)))
    settings.FRANKPLEDGE_HOME = own
    name = figure_id(own, "burglary")
    assert "● as imported" in page(client, name)
    record = client.get(f"/figures/{name}/", {"format": "json"}).json()
    with Path(record["files"][0]["path"]).open("ab") as file:
        file.write(b"\n")
    assert "▲ altered" in page(client, name)


def test_no_figure_says_why(client: Client, real_home: Path) -> None:
    name = figure_id(real_home, "burglary", "herefordshire", demo=False, period="2024-01..2025-06")
    text = page(client, name)
    assert "No figure: some months of the period have not been supplied" in text


@pytest.mark.parametrize(
    ("name", "status", "told"),
    [
        ("nonsense", 404, "not the name of a figure"),
        ("burglary.herefordshire.2024-01.00000000", 409, "has changed since"),
        ("no-such-measure.herefordshire.2024-01.00000000", 404, "no measure"),
        ("burglary.nowhere.2024-01.00000000", 404, "frankpledge partnerships"),
    ],
)
def test_a_wrong_name_gets_the_next_step(client: Client, real_home: Path, name: str, status: int, told: str) -> None:
    answer = client.get(f"/figures/{name}/")
    assert answer.status_code == status
    assert told in answer.content.decode()
    as_json = client.get(f"/figures/{name}/", {"format": "json"})
    assert as_json.status_code == status
    assert set(json.loads(as_json.content)) == {"message", "remedy"}


def test_the_demonstration_is_built_once(demo_home: Path) -> None:
    assert build_demonstration(Home(demo_home)) is False

"""An assessment as pages and as documents."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from frankpledge.assessment import assessing
from frankpledge.core import kept_pages
from tests.rooms.supplying import supply_months

HOME = "/herefordshire/assessment/2024-12/"


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return str(answer.content.decode())


def test_the_list_names_every_month_that_can_close_one(client: Client, real_home: Path) -> None:
    text = read(client, "/herefordshire/assessment/")
    assert "The latest: through December 2024" in text
    assert len(re.findall(r'href="/herefordshire/assessment/\d{4}-\d\d/"', text)) == 24


def test_an_empty_list_says_how_to_fill_it(client: Client, home: Path) -> None:
    assert 'href="/areas/adur/"' in read(client, "/adur/assessment/")


def test_contents_lead_to_every_section_and_sections_to_their_neighbours(client: Client, real_home: Path) -> None:
    text = read(client, HOME)
    sections = list(dict.fromkeys(re.findall(rf'href="{HOME}([a-z-]+)/"', text.split('id="contents"', 1)[1])))
    assert len(sections) >= 10
    for key in sections:
        page = read(client, f"{HOME}{key}/")
        assert page.count("<h1") == 1
        assert 'rel="prev"' in page
        assert ('rel="next"' in page) == (key != sections[-1])
    assert f'href="{HOME}{sections[1]}/"' in read(client, f"{HOME}{sections[0]}/")


def test_links_between_sections_lead_to_pages_that_exist(client: Client, real_home: Path) -> None:
    text = read(client, HOME)
    for address in set(re.findall(rf'href="({HOME}[a-z-]+/)"', text)):
        read(client, address)
    main = text.split('id="main-content"', 1)[1]
    for anchor in set(re.findall(r'href="#([^"]+)"', main)):
        assert f'id="{anchor}"' in main


def test_every_figure_of_a_theme_can_be_traced(client: Client, real_home: Path) -> None:
    text = read(client, f"{HOME}all-crime/")
    found = set(re.findall(r'href="(/figures/[^"]+/)"', text))
    assert len(found) >= 3
    for address in found:
        read(client, address)


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/herefordshire/assessment/2024-13/", 404, "is not a month"),
        ("/herefordshire/assessment/June/", 404, "2025-06"),
        ("/herefordshire/assessment/2019-01/", 409, "December 2024"),
        (f"{HOME}no-such-theme/", 404, "contents of the assessment"),
        ("/nowhere/assessment/2024-12/", 404, "frankpledge partnerships"),
        ("/adur/assessment/2024-12/", 409, "Your area"),
    ],
)
def test_wrong_months_themes_and_areas_get_the_next_step(
    client: Client, real_home: Path, address: str, status: int, told: str
) -> None:
    assert told in read(client, address, status)


def test_an_alias_keeps_its_month(client: Client, real_home: Path) -> None:
    answer = client.get("/south-worcester/assessment/2024-12/coverage/")
    assert answer.headers["Location"] == "/south-worcestershire/assessment/2024-12/coverage/"


# --- Kept until something changes -------------------------------------------------------------------


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time an assessment is really made, its partnership."""
    made: list[str] = []
    real = assessing.assess

    def noted(workspace: Any, partnership: Any, through: int, **rest: Any) -> Any:
        made.append(partnership.key)
        return real(workspace, partnership, through, **rest)

    monkeypatch.setattr(assessing, "assess", noted)
    monkeypatch.setattr(assessing, "_last", [])
    return made


def test_an_assessment_is_made_once_and_again_when_something_is_imported(
    client: Client, home: Path, counted: list[str]
) -> None:
    supply_months(home / "store", "west-mercia", ["2024-01", "2024-02"])
    address = "/herefordshire/assessment/2024-02/"
    first = read(client, address)
    assert read(client, address) == first
    read(client, "/herefordshire/assessment/2024-02/coverage/")
    assert counted == ["herefordshire"]
    kept_pages._KEPT.clear()  # as another process would find it
    assert read(client, address) == first
    assert counted == ["herefordshire"]
    supply_months(home / "store", "west-mercia", ["2023-02"])
    read(client, address)
    assert counted == ["herefordshire"] * 2


def test_writing_the_documents_leaves_the_pages_as_they_are_and_filling_the_sheet_does_not(
    client: Client, home: Path, counted: list[str]
) -> None:
    supply_months(home / "store", "west-mercia", ["2024-01"])
    address = "/herefordshire/assessment/2024-01/"
    first = read(client, address)
    b"".join(client.get("/downloads/herefordshire-2024-01/scoring.csv").streaming_content)  # type: ignore[attr-defined]
    assert read(client, address) == first
    assert counted == ["herefordshire"]
    sheet = home / "editions" / "herefordshire-2024-01" / "scoring.csv"
    lines = sheet.read_text(encoding="utf-8-sig").splitlines()
    at = next(i for i, line in enumerate(lines) if line.endswith(",,,,,"))
    lines[at] = lines[at].removesuffix(",,,,,") + ",3,We know the families,the plan,medium,the analyst"
    sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "We know the families" in read(client, f"{address}scoring/")
    assert counted == ["herefordshire"] * 2


def test_a_kept_page_cut_short_is_made_again(client: Client, home: Path, counted: list[str]) -> None:
    supply_months(home / "store", "west-mercia", ["2024-01"])
    address = "/herefordshire/assessment/2024-01/"
    read(client, address)
    kept_pages._KEPT.clear()
    (home / "editions" / "herefordshire-2024-01-pages" / "pages.json").write_text('{"digest":')
    read(client, address)


# --- Documents --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("assessment.html", "text/html; charset=utf-8", b"<!"),
        ("assessment.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("assessment.pdf", "application/pdf", b"%PDF"),
        ("figures.json", "application/json", b"{"),
        ("scoring.csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
    ],
)
def test_documents_are_written_when_asked_for(
    client: Client, real_home: Path, name: str, kind: str, begins: bytes
) -> None:
    answer = client.get(f"/downloads/herefordshire-2024-12/{name}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == kind
    assert f"herefordshire-2024-12-{name}" in answer.headers["Content-Disposition"]
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert body.startswith(begins)


def test_documents_lie_ready_until_the_data_change(client: Client, home: Path, counted: list[str]) -> None:
    supply_months(home / "store", "west-mercia", ["2024-01"])
    address = "/downloads/herefordshire-2024-01/figures.json"
    before = b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]
    assert b"".join(client.get(address).streaming_content) == before  # type: ignore[attr-defined]
    assert counted == ["herefordshire"]
    supply_months(home / "store", "west-mercia", ["2023-12"])
    b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]
    assert counted == ["herefordshire"] * 2


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/downloads/herefordshire-2024-12/secret.key", 404),
        ("/downloads/herefordshire-2024-12/pages.json", 404),
        ("/downloads/herefordshire-2024-12/..%2Fsecret.key", 404),
        ("/downloads/..-2024-12/assessment.pdf", 404),
        ("/downloads/nowhere-2024-12/assessment.pdf", 404),
        ("/downloads/x/assessment.pdf", 404),
        ("/downloads/herefordshire-2019-01/assessment.pdf", 409),
        ("/downloads/herefordshire-2024-99/assessment.pdf", 404),
    ],
)
def test_nothing_else_can_be_downloaded(client: Client, real_home: Path, address: str, status: int) -> None:
    assert "What to do next" in read(client, address, status)

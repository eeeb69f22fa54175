"""What every answer carries, and what a reader meets when something cannot be shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from frankpledge.core import error_pages
from frankpledge.core.middleware import FaultPages
from frankpledge.engine.faults import (
    DefinitionFault,
    DefinitionProblem,
    Fault,
    NotPermitted,
    NotPossible,
    NotReadable,
    RowFaults,
    UsageFault,
)

PAGES = ("/", "/areas/", "/areas/herefordshire/", "/herefordshire/data/", "/accessibility/", "/no/such/page/")


@pytest.mark.parametrize("address", PAGES)
def test_headers_and_no_cookie(client: Client, home: Path, address: str) -> None:
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert not answer.cookies


@pytest.mark.parametrize("address", PAGES)
def test_pages_obey_their_own_policy(client: Client, home: Path, address: str) -> None:
    text = client.get(address).content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert "onclick" not in text
    assert text.count("<script") == text.count('<script type="module" src="/static/')
    assert text.count("<h1") == 1
    assert '<html lang="en-GB"' in text


@pytest.mark.parametrize("address", ["/no-such-place/", "/no-such-place/data/", "/areas/herefordshir/", "/a/b/c/d/"])
def test_a_wrong_address_is_404_with_a_next_step(client: Client, home: Path, address: str) -> None:
    answer = client.get(address)
    text = answer.content.decode()
    assert answer.status_code == 404
    assert "What to do next" in text
    assert 'href="/areas/"' in text


def test_a_misspelt_area_names_the_nearest(client: Client, home: Path) -> None:
    assert "herefordshire" in client.get("/areas/herefordshir/").content.decode()


def test_nothing_but_reading_is_accepted(client: Client, home: Path) -> None:
    assert client.post("/areas/", {"words": "x"}).status_code in {403, 405}


PROBLEM = DefinitionProblem("measures/x.toml", 3, "unit", "nothing", "a sentence")
FAULTS: list[tuple[Fault, int]] = [
    (UsageFault("No such key.", "Choose another."), 404),
    (NotPermitted("Not yours.", "Ask the chair."), 403),
    (NotPossible("No data.", "Import some."), 409),
    (NotReadable("Not a table.", "Save it as CSV."), 409),
    (DefinitionFault((PROBLEM,)), 409),
    (RowFaults("Three rows are faulty.", "Correct them.", ()), 400),
]


@pytest.mark.parametrize(("fault", "status"), FAULTS, ids=lambda v: type(v).__name__)
def test_a_refusal_is_a_page_with_reason_and_remedy(home: Path, rf: RequestFactory, fault: Fault, status: int) -> None:
    answer = _refuse(rf.get("/x/"), fault)
    assert answer is not None
    assert answer.status_code == status
    text = answer.content.decode()
    assert (fault.message.split("'")[0] in text) or isinstance(fault, DefinitionFault)
    assert "What to do next" in text


def test_faults_of_definitions_are_listed_with_file_and_line(client: Client, home: Path) -> None:
    own = home / "definitions" / "measures"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text('key = "mine"\ntitle = "Mine"\n')
    answer = client.get("/areas/")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "measures/mine.toml" in text
    assert "so no figure can be made" in text
    assert "frankpledge definitions check" in text


def test_a_refusal_is_json_where_json_was_asked_for(home: Path, rf: RequestFactory) -> None:
    answer = _refuse(rf.get("/x/", {"format": "json"}), NotPossible("No data.", "Import some."))
    assert answer is not None
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.content == b'{"message": "No data.", "remedy": "Import some."}'


def test_a_programmers_mistake_stays_one(rf: RequestFactory) -> None:
    assert _refuse(rf.get("/x/"), KeyError("secret row")) is None


def _refuse(request: HttpRequest, error: Exception) -> HttpResponse | None:
    return FaultPages(lambda _: HttpResponse()).process_exception(request, error)


def test_a_fault_of_ours_shows_no_detail(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("row 17 says Jane")

    monkeypatch.setattr("frankpledge.incidents.choosing.matching", broken)
    answer = Client(raise_request_exception=False).get("/areas/")
    assert answer.status_code == 500
    assert "Jane" not in answer.content.decode()
    assert "Nothing in the store was changed" in answer.content.decode()


def test_every_heading_of_a_refusal_is_in_words() -> None:
    assert set(error_pages.STATUS.values()) <= set(error_pages.HEADINGS)


@pytest.mark.django_db
def test_health(client: Client, home: Path) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"


@pytest.mark.parametrize(
    ("address", "words"),
    [("/accessibility/", "Accessibility Guidelines"), ("/how-numbers-are-made/", "What chance explains")],
)
def test_pages_of_prose(client: Client, home: Path, address: str, words: str) -> None:
    text = client.get(address).content.decode()
    assert words in text
    assert '<h2 class="govuk-heading-l">' in text
    assert '<p class="govuk-body">' in text

"""Long work: the reader is told, the work goes on once, and whoever asks again gets what came of it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from frankpledge.core.middleware import FaultPages
from frankpledge.core.patience import StillWorking, patient, within_patience
from frankpledge.engine.faults import NotPossible


@pytest.fixture
def hurried(settings: Any) -> None:
    settings.FRANKPLEDGE_PATIENCE = 0.05


def wait_for_the_work(name: str, work: Any) -> Any:
    for _ in range(100):
        try:
            return within_patience(name, work)
        except StillWorking:
            continue
    raise AssertionError("the work never ended")


def test_short_work_is_simply_done(hurried: None) -> None:
    assert within_patience("short", lambda: 7) == 7


def test_long_work_goes_on_once_and_is_handed_over_when_it_ends(hurried: None) -> None:
    may_end, times = threading.Event(), []

    def work() -> str:
        times.append(1)
        may_end.wait(10)
        return "done"

    for _ in range(3):
        with pytest.raises(StillWorking):
            within_patience("long", work)
    may_end.set()
    assert wait_for_the_work("long", work) == "done"
    assert len(times) == 1


def test_a_refusal_reaches_whoever_asks_and_is_not_remembered(hurried: None) -> None:
    def refuse() -> None:
        raise NotPossible("No data.", "Import some.")

    for _ in range(2):
        with pytest.raises(NotPossible, match="No data"):
            wait_for_the_work("refused", refuse)
    assert within_patience("refused", lambda: "now there are") == "now there are"


def test_a_script_waits_as_long_as_it_takes(hurried: None) -> None:
    pause = threading.Event()

    def work() -> bool:
        return pause.wait(0.2)

    with patient():
        assert within_patience("script", work) is False


def test_the_reader_is_told_that_he_may_leave(home: Path, rf: RequestFactory) -> None:
    answer = FaultPages(lambda _: HttpResponse()).process_exception(rf.get("/herefordshire/?x=1"), StillWorking())
    assert answer is not None
    assert answer.status_code == 202
    assert answer.headers["Retry-After"] == "3"
    text = answer.content.decode()
    assert "You may leave this page" in text
    assert 'href="/herefordshire/?x=1"' in text

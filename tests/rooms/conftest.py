"""Homes that rooms are tested in: an empty one, and the demonstration's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """An empty home folder that the site keeps everything in."""
    settings.FRANKPLEDGE_HOME = tmp_path / "home"
    settings.FRANKPLEDGE_HOME.mkdir(mode=0o700)
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def no_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day is the demonstration's or the real one, whatever the machine's environment says."""
    monkeypatch.delenv("FRANKPLEDGE_TODAY", raising=False)


@pytest.fixture
def client() -> Client:
    """A reader at this machine whose faults in our code are faults of the test."""
    return Client(raise_request_exception=True)

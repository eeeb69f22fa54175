"""Homes that rooms are tested in: an empty one, and the demonstration's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from demo.__main__ import build_demonstration
from frankpledge.engine.store.home import Home
from tests.rooms.supplying import supply_months


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


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> None:
    """Pages are made while the test waits, whatever that takes."""
    settings.FRANKPLEDGE_PATIENCE = None


@pytest.fixture
def client() -> Client:
    """A reader at this machine whose faults in our code are faults of the test."""
    return Client(raise_request_exception=True)


@pytest.fixture
def supply(home: Path) -> Callable[..., None]:
    """Put months of a force into the site's store: `supply("west-mercia", ["2024-01"])`."""
    return partial(supply_months, home / "store")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that holds the demonstration, made once for all tests: they only read it."""
    folder = tmp_path_factory.mktemp("demonstration") / "home"
    build_demonstration(Home(folder))
    return folder


@pytest.fixture
def demo_home(demonstration: Path, settings: Any) -> Path:
    """The site with its demonstration, and no other data."""
    settings.FRANKPLEDGE_HOME = demonstration
    return demonstration

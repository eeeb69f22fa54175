"""An area with two years of rows, whose assessment is made once: tests of pages only read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.rooms.supplying import supply_months

MONTHS = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]


@pytest.fixture(scope="session")
def supplied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with two years of West Mercia's rows, all in Herefordshire."""
    home = tmp_path_factory.mktemp("supplied") / "home"
    home.mkdir(mode=0o700)
    supply_months(home / "store", "west-mercia", MONTHS, times=3)
    return home


@pytest.fixture
def real_home(supplied: Path, settings: Any) -> Path:
    """The site with an imported area and no demonstration."""
    settings.FRANKPLEDGE_HOME = supplied
    return supplied

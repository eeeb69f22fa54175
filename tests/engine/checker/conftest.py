"""A made-up area of 36 months, assessed once for all tests that tamper with what was written of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from frankpledge.engine.store.home import Home

from .edition import Edition
from .supplying import MONTHS, Series, bring_in, edition_of, write_months

KEY, THROUGH = "north-worcestershire", "2025-06"
Written = Callable[..., Edition]


def made_up() -> dict[str, list[int]]:
    """Burglary rises by half a year, anti-social behaviour falls, shoplifting has a season, vehicle crime none."""
    rng = np.random.default_rng(11)
    years = np.arange(MONTHS) / 12
    summer = 1 + 0.5 * np.sin(2 * np.pi * np.arange(MONTHS) / 12)
    means = {
        "Burglary": 25 * 1.5**years,
        "Anti-social behaviour": 80 * 0.7**years,
        "Shoplifting": 40 * summer,
        "Vehicle crime": np.full(MONTHS, 30.0),
        "Robbery": np.full(MONTHS, 0.25),
    }
    return {kind: rng.poisson(mean).tolist() for kind, mean in means.items()}


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """A function from series to the assessment of an area with just these rows."""

    def write(series: Series, *, left_out: Sequence[int] = (), page: bool = False) -> Edition:
        folder: Path = tmp_path_factory.mktemp("area")
        files = write_months(folder / "files", series, left_out=left_out)
        home = Home(folder / "home")
        bring_in(home, "police-uk", files)
        return edition_of(home, KEY, THROUGH, sorted(files.rglob("*.csv")), page=page)

    return write


@pytest.fixture(scope="session")
def base(written: Written) -> Edition:
    """The made-up area as it is, with its page."""
    return written(made_up(), page=True)

"""Tiny stores for whole assessments, and a report of few themes, so that tests stay quick."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frankpledge.engine.definitions.areas import Areas, load_areas
from frankpledge.engine.definitions.loader import SHIPPED, Definitions, load_definitions
from frankpledge.engine.definitions.periods import month_number, month_text
from frankpledge.engine.findings.assessment import Assessment, assess
from frankpledge.engine.measures.workspace import Workspace
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.store import Store
from tests.engine.measures.conftest import incident, published, write

NORTH = "north-worcestershire"
BROMSGROVE, REDDITCH, WYRE_FOREST = "E07000234", "E07000236", "E07000239"
FEW = ("all-crime", "burglary", "robbery-and-weapons", "marked-crime")

Rows = Iterable[Mapping[str, Any]]
MakeWorkspace = Callable[..., Workspace]


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    """What is shipped, with four of the eleven themes."""
    loaded = load_definitions([SHIPPED])
    report = loaded.reports["strategic-assessment"]
    few = report.model_copy(update={"themes": tuple(t for t in report.themes if t.key in FEW)})
    return replace(loaded, reports={**loaded.reports, "strategic-assessment": few})


@pytest.fixture(scope="session")
def areas() -> Areas:
    return load_areas([SHIPPED])


def maker(folder: Path, definitions: Definitions, areas: Areas) -> MakeWorkspace:
    """A function from rows to a workspace whose store, below the folder, holds them."""
    made = 0

    def make(rows: Rows = (), *, counts: Rows = (), also_covered: Iterable[str] = ()) -> Workspace:
        nonlocal made
        made += 1
        home = Home(folder / f"home{made}")
        home.prepare()
        write(home.store, "incidents", [incident(**row) for row in rows], "open", also_covered)
        write(home.store, "counts", [published(**row) for row in counts], "open")
        return Workspace(Store(home.store), definitions, areas, home, demo=False)

    return make


@pytest.fixture
def workspace_of(tmp_path: Path, definitions: Definitions, areas: Areas) -> MakeWorkspace:
    return maker(tmp_path, definitions, areas)


def months(first: str, last: str) -> list[str]:
    """Every month from the first to the last."""
    return [month_text(m) for m in range(month_number(first), month_number(last) + 1)]


def some(
    count: int, month: str, category: str = "burglary", district: str = BROMSGROVE, **more: Any
) -> list[dict[str, Any]]:
    """So many rows of a month."""
    return [{"month": month, "category": category, "district": district, **more}] * count


def assessed(ws: Workspace, through: str, key: str = NORTH, **more: Any) -> Assessment:
    return assess(ws, ws.areas.partnerships[key], month_number(through), day=date(2026, 1, 2), **more)

"""A home of its own for each test, and the import command's own way in."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from frankpledge.engine.definitions.areas import Areas, load_areas
from frankpledge.engine.definitions.loader import SHIPPED, Definitions, load_definitions
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.importing import ImportReport, import_paths
from frankpledge.engine.store.store import Store
from tests.engine.store.files import put

NOW = datetime(2025, 11, 23, 12, tzinfo=UTC)


@dataclass
class Site:
    """A home, and how to bring files into it."""

    home: Home
    supplied: Path
    definitions: Definitions
    areas: Areas
    said: list[str] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return Store(self.home.store)

    def bring(self, *paths: Path, source: str = "police-uk", now: datetime = NOW, **given: Any) -> ImportReport:
        return import_paths(
            source,
            paths or [self.supplied],
            home_store=self.store,
            rejected=self.home.rejected,
            locks=self.home.locks,
            definitions=self.definitions,
            areas=self.areas,
            today=now,
            progress=self.said.append,
            **given,
        )

    def bring_text(
        self, content: str | bytes, name: str = "2025-06-west-mercia-street.csv", **given: Any
    ) -> ImportReport:
        return self.bring(put(self.supplied / name, content), **given)

    def rows(self, dataset: str = "incidents") -> list[dict[str, Any]]:
        store = self.store
        found: list[dict[str, Any]] = store.run(store.scan(dataset)).to_pylist()
        return found

    def faults(self, report: ImportReport) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        for file in report.files:
            if file.rejects_file:
                with file.rejects_file.open(encoding="utf-8", newline="") as table:
                    found.extend(csv.DictReader(table))
        return found

    def reasons(self, content: str | bytes, name: str = "2025-06-west-mercia-street.csv") -> list[tuple[int, str, str]]:
        """Line, column and reason of every row of a file that is rejected."""
        return [(int(f["line"]), f["column"], f["reason"]) for f in self.faults(self.bring_text(content, name))]


@pytest.fixture(scope="session")
def shipped() -> Definitions:
    return load_definitions([SHIPPED])


@pytest.fixture(scope="session")
def areas() -> Areas:
    return load_areas([SHIPPED])


@pytest.fixture(scope="session")
def new_site(shipped: Definitions, areas: Areas) -> Callable[[Path], Site]:
    def made(folder: Path) -> Site:
        home = Home(folder / "home")
        home.prepare()
        supplied = folder / "supplied"
        supplied.mkdir()
        return Site(home, supplied, shipped, areas)

    return made


@pytest.fixture
def site(tmp_path: Path, new_site: Callable[[Path], Site]) -> Site:
    return new_site(tmp_path)

"""Runs one importer on one file, without the store around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from frankpledge.engine.definitions.areas import Areas, load_areas
from frankpledge.engine.definitions.loader import SHIPPED, Definitions, load_definitions
from frankpledge.engine.store.staging import ImportContext, Staged
from frankpledge.engine.store.supplied import SuppliedFile

TODAY = date(2026, 11, 23)
BringIn = Callable[[SuppliedFile, ImportContext], Staged]


@dataclass(frozen=True)
class Outcome:
    """What an importer made of a file, with the rows of its parts."""

    staged: Staged
    rows: tuple[dict[str, Any], ...]
    rejects: tuple[str, ...]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.staged, name)

    @property
    def notes(self) -> tuple[str, ...]:
        return self.staged.parts[0].notes if self.staged.parts else ()

    def said(self, words: str) -> bool:
        return any(words in text for text in (*self.notes, *self.staged.warnings))


Stage = Callable[..., Outcome]


@pytest.fixture(scope="session")
def shipped() -> Definitions:
    return load_definitions([SHIPPED])


@pytest.fixture(scope="session")
def areas() -> Areas:
    return load_areas([SHIPPED])


@pytest.fixture
def stage(tmp_path: Path, shipped: Definitions, areas: Areas) -> Stage:
    """A function from an importer and a file (or its text and name) to what came of it."""

    def run(bring_in: BringIn, given: Path | str | bytes, name: str = "list.csv", **context: Any) -> Outcome:
        path = given if isinstance(given, Path) else tmp_path / name
        if not isinstance(given, Path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(given if isinstance(given, bytes) else given.encode())
        waiting = tmp_path / "waiting"
        waiting.mkdir(exist_ok=True)
        held = ImportContext(waiting, shipped, areas, TODAY, known=lambda digest, supplier: False, **context)
        staged = bring_in(SuppliedFile(str(path), path), held)
        rows = tuple(row for part in staged.parts for row in pq.read_table(part.written).to_pylist())
        rejects = tuple(staged.rejects.read_text(encoding="utf-8").splitlines()[1:]) if staged.rejects else ()
        return Outcome(staged, rows, rejects)

    return run

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
from frankpledge.engine.store.manifest import Manifest, Part, Supply
from frankpledge.engine.store.staging import ImportContext, Staged
from frankpledge.engine.store.store import Store
from frankpledge.engine.store.supplied import SuppliedFile
from frankpledge.engine.store.writing import part_name, place_part, replace_manifest

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
StoreOf = Callable[..., Store]


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


@pytest.fixture
def store_of(tmp_path: Path) -> StoreOf:
    """A function from what importers made of files to a store that holds all of it, in that order of import."""

    def make(*outcomes: Outcome) -> Store:
        root = tmp_path / "store"
        manifests: dict[str, Manifest] = {}
        for number, outcome in enumerate(outcomes):
            for staged in outcome.staged.parts:
                path = part_name(staged.source, staged.supplier, staged.month, staged.supply)
                place_part(staged.written, root / staged.dataset / path)
                part = Part(staged.source, staged.supplier, staged.month, path, staged.rows, staged.supply)
                supply = Supply(
                    supply=staged.supply,
                    source=staged.source,
                    kind=staged.kind,
                    supplier=staged.supplier,
                    path=outcome.staged.file.shown,
                    sha256=outcome.staged.sha256,
                    sha256_raw=outcome.staged.sha256_raw,
                    rows_in=staged.rows,
                    stored=staged.rows,
                    rejected=0,
                    as_of="",
                    imported_at=f"2026-11-23T12:00:{number:02}",
                    origin=staged.origin,
                    disclosure=staged.disclosure,
                )
                before = manifests.get(staged.dataset, Manifest(staged.dataset))
                manifests[staged.dataset] = Manifest(
                    staged.dataset, parts=(*before.parts, part), supplies={**before.supplies, supply.supply: supply}
                )
        for dataset, manifest in manifests.items():
            replace_manifest(root / dataset, manifest)
        return Store(root)

    return make

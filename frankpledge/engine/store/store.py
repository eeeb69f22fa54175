"""Reads the datasets of a store: what is in, and tables over it.

Readers see the snapshot that the manifest names when they ask, the old one or the new one, never
half of one. A new manifest is noticed by its modification time.
"""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from frankpledge.engine.store.datasets import DATASETS
from frankpledge.engine.store.engines import ENGINES, Engine
from frankpledge.engine.store.manifest import Manifest, Part
from frankpledge.engine.store.writing import MANIFEST, read_manifest


@dataclass(frozen=True)
class _Held:
    signature: tuple[int, int, int]
    manifest: Manifest


class Store:
    """The datasets under one folder, each in `root/<dataset>/`."""

    def __init__(self, root: Path, engine: str = "duckdb") -> None:
        self.root = root
        self._engine_name = engine
        self._manifests: dict[str, _Held] = {}
        self._of_thread = threading.local()

    def manifest(self, dataset: str) -> Manifest:
        """The manifest in force; an empty one where nothing was imported."""
        path = self.root / dataset / MANIFEST
        try:
            stat = path.stat()
        except FileNotFoundError:
            return Manifest(dataset)
        signature = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        held = self._manifests.get(dataset)
        if held is None or held.signature != signature:
            held = _Held(signature, read_manifest(self.root / dataset, dataset))
            self._manifests[dataset] = held
        return held.manifest

    def scan(
        self,
        dataset: str,
        *,
        source: str | None = None,
        supplier: str | None = None,
        first: int | None = None,
        last: int | None = None,
    ) -> Any:
        """An Ibis table of the current snapshot, with the fields of `datasets.py`.

        `source`, `supplier`, `first` and `last` (months) leave out whole parts, which is faster than a
        filter; parts that belong to no month are always kept.
        """
        manifest = self.manifest(dataset)
        parts = [
            part
            for part in manifest.parts
            if (source is None or part.source == source)
            and (supplier is None or part.supplier == supplier)
            and (first is None or part.month is None or part.month >= first)
            and (last is None or part.month is None or part.month <= last)
        ]
        return self._engine.table(
            _view(manifest, parts), [self.part_path(dataset, p) for p in parts], DATASETS[dataset]
        )

    def run(self, expression: Any) -> pa.Table:
        """The answer to an Ibis expression over tables of `scan`, in this thread."""
        return self._engine.run(expression)

    def coverage(self, dataset: str, source: str, supplier: str | None = None) -> frozenset[int]:
        """Months of which there is a part; any other month is no data, never zero."""
        return frozenset(
            part.month
            for part in self.manifest(dataset).parts
            if part.month is not None and part.source == source and supplier in (None, part.supplier)
        )

    def has(self, dataset: str) -> bool:
        """Whether the dataset holds any part."""
        return bool(self.manifest(dataset).parts)

    def part_path(self, dataset: str, part: Part) -> Path:
        """Where a part of a manifest lies."""
        return self.root / dataset / part.path

    @property
    def _engine(self) -> Engine:
        # Opened when first asked for: an open DuckDB does not survive a fork.
        held: tuple[int, Engine] | None = getattr(self._of_thread, "engine", None)
        if held is None or held[0] != os.getpid():
            held = (os.getpid(), ENGINES[self._engine_name](self.root))
            self._of_thread.engine = held
        return held[1]


def _view(manifest: Manifest, parts: list[Part]) -> str:
    """A name for the table over these parts: the same parts, the same name."""
    listed = "\n".join(part.path for part in parts)
    digest = hashlib.sha256(listed.encode()).hexdigest()[:16]
    return f"{manifest.dataset}_{digest}"

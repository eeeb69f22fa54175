"""The manifest of a dataset: one file, replaced by rename, is the truth.

It names the parts of the current snapshot, the supplies that they came from (digests as supplied
and uncompressed), what each arrival did, and what was superseded. Readers notice a new one by its
modification time; nothing is restarted.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Supply:
    """One file as it was supplied. `path` of an archive member is `ARCHIVE.zip!member`."""

    supply: str  # first 12 hex digits of sha256_raw and of source, supplier, period: the short name in rows
    source: str
    kind: str
    supplier: str
    path: str
    sha256: str
    sha256_raw: str
    rows_in: int
    stored: int
    rejected: int
    as_of: str  # what decides which of two supplies is newer, sortable text
    imported_at: str
    origin: str
    disclosure: str
    bytes_raw: int = 0
    rejects_file: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One Parquet file of the current snapshot: all rows of one source, supplier and month."""

    source: str
    supplier: str
    month: int | None
    path: str
    rows: int
    supply: str


@dataclass(frozen=True)
class Arrival:
    """What one supplied file did when it arrived: rows in = stored + rejected + unchanged + superseded."""

    supply: str
    path: str
    sha256: str
    sha256_raw: str
    rows_in: int
    stored: int
    rejected: int
    unchanged: int
    superseded: int
    replaced: int  # rows of earlier supplies that this one took the place of
    imported_at: str
    warning: str = ""


@dataclass(frozen=True)
class Manifest:
    """The state of one dataset."""

    dataset: str
    version: int = SCHEMA_VERSION
    parts: tuple[Part, ...] = ()
    supplies: dict[str, Supply] = field(default_factory=dict)
    superseded: dict[str, Supply] = field(default_factory=dict)
    arrivals: tuple[Arrival, ...] = ()

    @property
    def snapshot(self) -> str:
        """Digest of the parts: two manifests with the same parts are the same snapshot."""
        lines = sorted(f"{p.source}|{p.supplier}|{p.month}|{p.supply}|{p.rows}" for p in self.parts)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    def to_json(self) -> str:
        """The manifest as text."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """The manifest from text. Raises KeyError or ValueError where the text is not one."""
        raw: dict[str, Any] = json.loads(text)
        return cls(
            dataset=raw["dataset"],
            version=raw["version"],
            parts=tuple(Part(**p) for p in raw["parts"]),
            supplies={k: _supply(v) for k, v in raw["supplies"].items()},
            superseded={k: _supply(v) for k, v in raw["superseded"].items()},
            arrivals=tuple(Arrival(**a) for a in raw["arrivals"]),
        )


def _supply(raw: dict[str, Any]) -> Supply:
    return Supply(**{**raw, "notes": tuple(raw["notes"])})

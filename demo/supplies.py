"""The files that the demonstration's rows are counted back to: one list per financial year, as a partner would send."""

from __future__ import annotations

import gzip
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import csv


@dataclass(frozen=True)
class SuppliedFile:
    """A file as it lies on disk: `sha256` of its bytes, `sha256_raw` of the bytes once unpacked."""

    path: Path
    sha256: str
    sha256_raw: str
    bytes_raw: int


def write_list(table: pa.Table, path: Path) -> SuppliedFile:
    """Write a table of text as gzipped CSV, the same bytes each time (no time stamp, no name inside)."""
    raw = io.BytesIO()
    csv.write_csv(table, raw, csv.WriteOptions(quoting_style="needed"))
    content = raw.getvalue()
    packed = gzip.compress(content, compresslevel=5, mtime=0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed)
    return SuppliedFile(path, _digest(packed), _digest(content), len(content))


def describe(path: Path) -> SuppliedFile:
    """A plain file that is there already."""
    content = path.read_bytes()
    return SuppliedFile(path, _digest(content), _digest(content), len(content))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

"""What passes between an importer and the settling of accounts.

An importer turns one supplied file into parts that are written but not yet in place, and counts
every row. Whether a part takes its place, is unchanged or comes too late is settled afterwards.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.store.store import Store
from frankpledge.engine.store.supplied import SuppliedFile


@dataclass(frozen=True)
class StagedPart:
    """Rows of one source, supplier and month, written to a Parquet file that is not yet in place.

    `rejected` counts the rows of this part that were not stored, where the file tells which they are.
    """

    dataset: str
    source: str
    kind: str
    supplier: str
    month: int | None
    supply: str
    written: Path
    rows: int
    origin: str
    disclosure: str
    rejected: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Staged:
    """What an importer made of one supplied file: rows_in = rows of `parts` + `rejected`.

    `unread` says why the file is none that the importer knows; it is then left out and named.
    `known` is set where the digest alone says that the file is in the store already, or came too late
    before; nothing was read then. `rejects` is a table of the rejected rows, not yet in place.
    """

    file: SuppliedFile
    sha256: str = ""
    sha256_raw: str = ""
    bytes_raw: int = 0
    rows_in: int = 0
    rejected: int = 0
    parts: tuple[StagedPart, ...] = ()
    rejects: Path | None = None
    warnings: tuple[str, ...] = ()
    unread: str = ""
    known: bool = False


@dataclass(frozen=True)
class ImportContext:
    """What an importer may use.

    `waiting` is the folder for all that is not yet in place; `known` says whether a file of this
    digest and name need not be read again; `code_districts` is the district of each LSOA code where
    a look-up was imported; `of_thread` is the importer's own, one per thread. `store` is the store as
    it stands; `mappings` the folder of the mappings that are remembered; `as_of` what the person said
    of the age of the files.
    """

    waiting: Path
    definitions: Definitions
    areas: Areas
    today: date
    known: Callable[[str, str], bool]
    mapping: Path | None = None
    code_districts: Mapping[str, str] | None = None
    store: Store | None = None
    mappings: Path | None = None
    as_of: str = ""
    of_thread: threading.local = field(default_factory=threading.local)


@dataclass(frozen=True)
class Importer:
    """One way to bring files in. `sources` are the definitions whose files it takes.

    `what_to_supply` is the remedy for a wrong folder. `supplier_in_name`: kinds whose files do not
    say within who supplied them. `side_by_side`: two files may be staged at once, each in its thread.
    """

    key: str
    sources: tuple[str, ...]
    endings: tuple[str, ...]
    bring_in: Callable[[SuppliedFile, ImportContext], Staged]
    what_to_supply: str
    supplier_in_name: frozenset[str] = frozenset()
    side_by_side: bool = False


def supply_name(sha256_raw: str, source: str, supplier: str, month: int | None) -> str:
    """The short name of a supply, in rows and in the names of parts: twelve hex digits."""
    return hashlib.sha256(f"{sha256_raw}|{source}|{supplier}|{month}".encode()).hexdigest()[:12]

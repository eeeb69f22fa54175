"""Engines that answer queries over the Parquet parts of a store.

An engine offers two things: a table over a list of Parquet files, and the answer to an Ibis
expression over such tables. `ENGINES` is the one list of them; the contract tests run on every
entry. The engine that reads has no way out of the store's folder: it can open no other file and no
network address, and its settings are locked.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import duckdb
import ibis
import pyarrow as pa

from frankpledge.engine.faults import NotPossible

READER_MEMORY: Final = "600MB"
READER_THREADS: Final = 2


class Engine(Protocol):
    """What the store asks of an engine."""

    def table(self, name: str, paths: Sequence[Path], fields: Mapping[str, str]) -> Any:
        """An Ibis table called `name` over the files; with no files, an empty one of those fields."""
        ...

    def run(self, expression: Any) -> pa.Table:
        """The answer to an Ibis expression over its tables, in memory."""
        ...

    def close(self) -> None:
        """Let go of files and memory."""
        ...


class DuckDBEngine:
    """DuckDB in memory, locked to one folder. Not to be shared between threads or inherited by a fork."""

    def __init__(self, root: Path) -> None:
        self._backend = ibis.duckdb.connect()  # first: Ibis sets the time zone, which the lock would refuse
        self._views: set[str] = set()
        folder = text_literal(f"{_whole(root)}{os.sep}")
        for setting in (
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            f"SET threads = {READER_THREADS}",
            f"SET memory_limit = '{READER_MEMORY}'",
            "SET temp_directory = ''",
            "SET enable_progress_bar = false",
            "SET parquet_metadata_cache = true",
            f"SET allowed_directories = [{folder}]",
            "SET enable_external_access = false",
            "SET lock_configuration = true",
        ):
            self._backend.raw_sql(setting)

    def table(self, name: str, paths: Sequence[Path], fields: Mapping[str, str]) -> Any:
        """See `Engine.table`."""
        if name not in self._views:
            columns = ", ".join(f'"{field}"' for field in fields)
            if paths:
                files = ", ".join(text_literal(str(_whole(path))) for path in paths)
                query = f"SELECT {columns} FROM read_parquet([{files}], hive_partitioning = false)"  # noqa: S608
            else:
                empty = ", ".join(f'CAST(NULL AS {kind}) AS "{field}"' for field, kind in fields.items())
                query = f"SELECT {empty} WHERE false"
            try:
                self._backend.raw_sql(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {query}')
            except duckdb.Error as error:
                raise _unreadable() from error
            self._views.add(name)
        return self._backend.table(name)

    def run(self, expression: Any) -> pa.Table:
        """See `Engine.run`. Raises `NotPossible` where a part is missing or damaged."""
        try:
            return self._backend.to_pyarrow(expression)
        except (duckdb.IOException, duckdb.InvalidInputException, duckdb.PermissionException) as error:
            raise _unreadable() from error
        except duckdb.OutOfMemoryException as error:
            raise NotPossible(
                "The question needs more memory than one reader may use.", "Ask for fewer months or a smaller area."
            ) from error

    def close(self) -> None:
        """See `Engine.close`."""
        self._backend.disconnect()


ENGINES: Final[Mapping[str, Callable[[Path], Engine]]] = {"duckdb": DuckDBEngine}
"""Every engine of this installation, by name; each is given the store's folder."""


def text_literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - `resolve` would follow a link out of the folder


def _unreadable() -> NotPossible:
    return NotPossible(
        "A part of the store is missing or damaged.",
        "Import the files again; if that does not help, remove the dataset's folder and import all of them again.",
    )

"""One import in a process of its own: `python -m benchmarks.importing_once HOW FOLDER OUT`.

HOW is `baseline`, `baseline-side-by-side`, `checks` (ours with checks and digests, without the columns
of place and time) or `whole`. `whole` leaves a home at OUT that the other benchmarks read.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb

from benchmarks.measuring import measured, report

HEADER = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
COLUMNS = ", ".join(f"'{name}': '{'DOUBLE' if name in ('Longitude', 'Latitude') else 'VARCHAR'}'" for name in HEADER)


# --- The baseline, fixed ---------------------------------------------------------------------------
# Raw DuckDB, as fast as it reads and writes when nothing is checked: the schema declared and nothing
# sniffed, two threads, order not kept, the 12 columns of the file, zstd, one Parquet file for each
# file. Once with both threads on one file after the other, once with two files side by side: goals
# are held against the first; both are reported.


def baseline(files: list[Path], out: Path) -> None:
    database = _database(threads=2)
    for file in files:
        _copy(database, file, out)


def baseline_side_by_side(files: list[Path], out: Path) -> None:
    own = threading.local()

    def copy(file: Path) -> None:
        if not hasattr(own, "database"):
            own.database = _database(threads=1)
        _copy(own.database, file, out)

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(copy, files))


def _database(threads: int) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect()
    for setting in (f"threads = {threads}", "preserve_insertion_order = false", "enable_progress_bar = false"):
        database.execute(f"SET {setting}")
    return database


def _copy(database: duckdb.DuckDBPyConnection, file: Path, out: Path) -> None:
    database.execute(
        f"COPY (SELECT * FROM read_csv('{file}', auto_detect = false, header = true, delim = ',', quote = '\"', "
        f"escape = '\"', columns = {{{COLUMNS}}})) TO '{out / file.stem}.parquet' (FORMAT parquet, COMPRESSION zstd)"
    )


# --- Ours ------------------------------------------------------------------------------------------


def ours(folder: Path, out: Path) -> dict[str, int]:
    from frankpledge.engine.measures import workspace
    from frankpledge.engine.store.home import Home
    from frankpledge.engine.store.importing import import_paths

    home = Home(out)
    home.prepare()
    ws = workspace.open_workspace(home)
    done = import_paths(
        "police-uk",
        [folder],
        home_store=ws.store,
        rejected=home.rejected,
        locks=home.locks,
        definitions=ws.definitions,
        areas=ws.areas,
        today=datetime(2025, 8, 1, tzinfo=UTC),
    )
    return {"rows": done.rows_in, "stored": done.stored, "files": len(done.files)}


def without_place_and_time() -> list[Any]:
    """Patches that leave out what the columns of place and time cost, and nothing else."""
    from frankpledge.engine.store.importers import police_uk_columns as columns
    from frankpledge.engine.store.importers.workbench import Workbench

    def raw_degrees(given: dict[str, str]) -> dict[str, str]:
        return {field: given[field] for field in ("longitude", "latitude")}

    joins = columns._joins

    def fewer_joins(given: dict[str, str]) -> str:
        return joins({field: column for field, column in given.items() if field not in ("longitude", "lsoa_name")})

    return [
        mock.patch.object(columns, "_place", raw_degrees),
        mock.patch.object(columns, "_moment", lambda given: {}),
        mock.patch.object(columns, "_joins", fewer_joins),
        mock.patch.object(Workbench, "project_points", lambda self, spots: None),
        mock.patch.object(Workbench, "look_up_places", lambda self, spots: None),
    ]


class Phases:
    """Processor seconds of each phase, summed over the threads; what a phase holds of another is taken off."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inner = threading.local()

    def timed(self, owner: Any, name: str, phase: str) -> Any:
        work: Callable[..., Any] = getattr(owner, name)

        def run(*arguments: Any, **named: Any) -> Any:
            outside = getattr(self._inner, "spent", 0.0)
            self._inner.spent = 0.0
            began = time.thread_time()
            try:
                return work(*arguments, **named)
            finally:
                took = time.thread_time() - began
                self.seconds[phase] += took - self._inner.spent
                self._inner.spent = outside + took

        return mock.patch.object(owner, name, run)

    def patches(self) -> list[Any]:
        from frankpledge.engine.measures import workspace
        from frankpledge.engine.store import importing
        from frankpledge.engine.store.importers import police_uk
        from frankpledge.engine.store.importers.workbench import Workbench

        return [
            self.timed(workspace, "open_workspace", "definitions and areas"),
            self.timed(police_uk, "receive", "digests and counts of the bytes"),
            self.timed(police_uk, "profile", "reading the text, checking every value"),
            self.timed(Workbench, "project_points", "grid references of distinct points"),
            self.timed(Workbench, "look_up_places", "districts of distinct small areas"),
            self.timed(police_uk, "write_parts", "joining, writing Parquet"),
            self.timed(importing.Settlement, "settle", "settling and moving into place"),
            self.timed(importing.Settlement, "commit", "settling and moving into place"),
        ]


def main(how: str, folder: Path, out: Path) -> None:
    files = sorted(folder.rglob("*.csv"))
    out.mkdir(parents=True, exist_ok=True)
    if how.startswith("baseline"):
        with measured() as reading:
            (baseline if how == "baseline" else baseline_side_by_side)(files, out)
        reading.told = {"rows": 0, "files": len(list(out.glob("*.parquet")))}
    else:
        phases = Phases()
        for patches in (without_place_and_time if how == "checks" else list, phases.patches):
            for patch in patches():  # those of the phases wrap what the others have put in place
                patch.start()
        with measured() as reading:
            told = ours(folder, out)
        reading.told = told | {"phases": dict(phases.seconds)}
    reading.told["bytes"] = sum(path.stat().st_size for path in out.rglob("*.parquet"))
    report(reading)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))

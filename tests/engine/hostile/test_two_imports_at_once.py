"""Two imports at once: both come to their end, every row is accounted for and no part is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from frankpledge.engine.definitions.areas import load_areas
from frankpledge.engine.definitions.loader import SHIPPED, load_definitions
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.store import Store
from tests.engine.hostile.tables import Table, World

REPOSITORY = Path(__file__).resolve().parents[3]
ROWS = 20_000


def both(home: Path, *folders: Path) -> list[dict[str, Any]]:
    """Import the folders at the same time, each by a command of its own."""
    own = {"FRANKPLEDGE_HOME": str(home), "FRANKPLEDGE_TODAY": "2026-11-23"}
    command = [sys.executable, "-m", "frankpledge.cli", "import", "police-uk", "--json"]
    running = [
        subprocess.Popen(
            [*command, str(folder)], cwd=REPOSITORY, env=os.environ | own, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for folder in folders
    ]  # fmt: skip
    ended = [process.communicate(timeout=300) for process in running]
    for process, (_, said) in zip(running, ended, strict=True):
        assert process.returncode == 0, said
        assert "Traceback" not in said
    reports = [json.loads(answer) for answer, _ in ended]
    for report in reports:
        assert report["rows_in"] == sum(report[k] for k in ("stored", "rejected", "unchanged", "superseded"))
    return reports


def in_the_store(home: Path) -> int:
    store = Store(Home(home).store)
    rows = int(store.run(store.scan("incidents").count().as_table())[0][0].as_py())
    assert rows == sum(part.rows for part in store.manifest("incidents").parts)
    return rows


def lay(folder: Path, table: Table, rows: int) -> Path:
    header, *lines = table.text().splitlines(keepends=True)
    folder.mkdir()
    repeated = (lines * (rows // len(lines) + 1))[:rows]
    (folder / table.name).write_text(header + "".join(repeated), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def tables() -> list[Table]:
    world = World(load_areas([SHIPPED]), load_definitions([SHIPPED]))
    rng = np.random.default_rng(20_261_123)
    return [world.street(rng, least=300, most=300) for _ in range(2)]


def test_of_different_months(tmp_path: Path, tables: list[Table]) -> None:
    home = tmp_path / "home"
    reports = both(home, *(lay(tmp_path / table.name, table, ROWS) for table in tables))
    assert [report["stored"] for report in reports] == [ROWS, ROWS]
    assert in_the_store(home) == 2 * ROWS
    assert len(Store(Home(home).store).manifest("incidents").arrivals) == 2


def test_of_the_same_file(tmp_path: Path, tables: list[Table]) -> None:
    home = tmp_path / "home"
    reports = both(home, *(lay(tmp_path / name, tables[0], ROWS) for name in ("one", "other")))
    assert sorted((report["stored"], report["unchanged"]) for report in reports) == [(0, ROWS), (ROWS, 0)]
    assert in_the_store(home) == ROWS


def test_of_two_copies_of_the_same_month(tmp_path: Path, tables: list[Table]) -> None:
    home = tmp_path / "home"
    reports = both(home, lay(tmp_path / "one", tables[0], ROWS), lay(tmp_path / "other", tables[0], ROWS - 1000))
    assert [report["stored"] for report in reports] == [ROWS, ROWS - 1000]
    first, last = sorted(reports, key=lambda report: report["replaced"])
    assert (first["replaced"], last["replaced"]) == (0, first["stored"])
    assert in_the_store(home) == last["stored"]
    manifest = Store(Home(home).store).manifest("incidents")
    assert len(manifest.parts) == 1
    assert len(manifest.superseded) == 1

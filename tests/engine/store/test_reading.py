"""What readers see: one whole snapshot, and nothing outside the store."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.store import writing
from frankpledge.engine.store.datasets import DATASETS
from frankpledge.engine.store.engines import DuckDBEngine
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.manifest import Manifest
from frankpledge.engine.store.store import Store
from tests.engine.store.conftest import Site
from tests.engine.store.files import row, text


@pytest.mark.parametrize("dataset", DATASETS)
def test_an_empty_dataset_has_its_fields_and_no_rows(tmp_path: Path, dataset: str) -> None:
    store = Store(tmp_path)
    table = store.run(store.scan(dataset))
    assert table.column_names == list(DATASETS[dataset])
    assert table.num_rows == 0
    assert not store.has(dataset)


def test_a_snapshot_that_a_reader_holds_stays_whole_until_the_import_after_next(site: Site) -> None:
    site.bring_text(text([row()]))
    reader = site.store
    held = reader.scan("incidents")
    site.bring_text(text([row(), row()]))
    assert reader.run(held).num_rows == 1, "the snapshot that it asked for"
    assert reader.run(reader.scan("incidents")).num_rows == 2, "a new question sees the new one"
    site.bring_text(text([row(), row(), row()]))
    with pytest.raises(NotPossible, match="missing or damaged"):
        reader.run(held)


def test_the_same_parts_are_the_same_snapshot(site: Site) -> None:
    site.bring_text(text([row()]))
    first = site.store.manifest("incidents").snapshot
    site.bring_text(text([row(), row()]))
    assert site.store.manifest("incidents").snapshot != first


def test_parts_can_be_left_out_by_source_supplier_and_month(site: Site) -> None:
    forces, months = ("West Mercia Police", "Warwickshire Police"), ("2025-04", "2025-05", "2025-06")
    site.bring_text(text([row(Month=m, Reported_by=f) for m in months for f in forces]))
    store = site.store

    def rows(**chosen: object) -> int:
        return int(store.run(store.scan("incidents", **chosen)).num_rows)  # type: ignore[arg-type]

    assert rows() == 6
    assert rows(supplier="warwickshire") == 3
    assert rows(supplier="warwickshire", first=month_number("2025-05"), last=month_number("2025-05")) == 1
    assert rows(source="incidents") == 0
    assert store.coverage("incidents", "police-uk") == {month_number(m) for m in months}


def test_a_reader_can_be_used_from_several_threads(site: Site) -> None:
    site.bring_text(text([row()] * 5))
    store = site.store
    with ThreadPoolExecutor(3) as workers:
        counts = list(workers.map(lambda _: store.run(store.scan("incidents")).num_rows, range(9)))
    assert counts == [5] * 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_reader_survives_a_fork(site: Site) -> None:
    site.bring_text(text([row()]))
    store = site.store
    store.run(store.scan("incidents"))
    engine = store._engine
    store._of_thread.engine = (os.getpid() + 1, engine)  # what a forked child finds
    assert store._engine is not engine
    assert store.run(store.scan("incidents")).num_rows == 1


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_text('{outside}')",
        "COPY (SELECT 1) TO '{outside}'",
        "ATTACH '{outside}' AS other",
        "INSTALL httpfs",
        "SET threads = 8",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "SELECT * FROM read_text('{store}/../outside.txt')",
    ],
)
def test_the_engine_cannot_leave_the_folder_of_the_store(tmp_path: Path, statement: str) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("private", encoding="utf-8")
    (tmp_path / "store").mkdir()
    engine = DuckDBEngine(tmp_path / "store")
    with pytest.raises(duckdb.Error):
        engine._backend.raw_sql(statement.format(outside=outside, store=tmp_path / "store")).fetchall()
    engine.close()


def test_a_damaged_list_of_parts_says_what_to_do(site: Site) -> None:
    site.bring_text(text([row()]))
    manifest = site.home.store / "incidents" / writing.MANIFEST
    manifest.write_text("{", encoding="utf-8")
    with pytest.raises(NotPossible, match="import the files again"):
        site.store.manifest("incidents")


def test_a_list_of_another_version_is_not_guessed_at(tmp_path: Path) -> None:
    writing.replace_manifest(tmp_path / "incidents", Manifest("incidents", version=99))
    with pytest.raises(NotPossible, match="another version"):
        Store(tmp_path).manifest("incidents")


def test_a_missing_part_is_told_and_not_counted_as_zero(site: Site) -> None:
    site.bring_text(text([row()]))
    store = site.store
    [part] = store.manifest("incidents").parts
    store.part_path("incidents", part).unlink()
    with pytest.raises(NotPossible, match="missing or damaged"):
        store.run(store.scan("incidents"))


def test_a_home_is_private_to_its_owner(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o755)
    home = Home(tmp_path / "home")
    home.prepare()
    for folder in (home.root, home.store, home.demo, home.rejected, home.editions, home.definitions, home.locks):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_home_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(NotPossible, match="FRANKPLEDGE_HOME"):
        Home(tmp_path / "file" / "home").prepare()

"""The real files: the account equals the list of them, file by file, and importing again changes nothing."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from frankpledge.engine.store.importing import ImportReport
from tests.engine.store.conftest import Site


@pytest.fixture(scope="module")
def imported(
    tmp_path_factory: pytest.TempPathFactory, new_site: Callable[[Path], Site], shared_data: Path
) -> tuple[Site, ImportReport]:
    site = new_site(tmp_path_factory.mktemp("west-mercia"))
    return site, site.bring(shared_data / "data/policeuk/west-mercia")


def test_the_account_equals_the_list_of_files(imported: tuple[Site, ImportReport], shared_data: Path) -> None:
    _, report = imported
    with (shared_data / "data/POLICEUK-MANIFEST.csv").open(encoding="utf-8", newline="") as table:
        listed = {r["path"]: r for r in csv.DictReader(table) if "/west-mercia/" in r["path"]}
    accounts = {str(Path(f.path).relative_to(shared_data / "data")): f for f in report.files}
    assert accounts.keys() == listed.keys()
    for path, expected in listed.items():
        account = accounts[path]
        assert (account.rows_in, account.stored) == (int(expected["rows"]), int(expected["rows"])), path
        assert (account.rejected, account.unchanged, account.superseded, account.replaced) == (0, 0, 0, 0)
        assert account.sha256_raw == expected["sha256_raw"]
        assert account.sha256 == hashlib.sha256((shared_data / "data" / path).read_bytes()).hexdigest()


def test_the_three_districts_have_the_rows_that_are_known_of_them(imported: tuple[Site, ImportReport]) -> None:
    site, _ = imported
    store = site.store
    table = store.scan("incidents")
    rows = store.run(table.group_by("district").agg(n=table.count())).to_pylist()
    found = {r["district"]: r["n"] for r in rows}
    assert (found["E07000234"], found["E07000236"], found["E07000239"]) == (7265, 8551, 10722)


def test_quirk_08_no_coordinates_and_no_small_area_coincide(
    imported: tuple[Site, ImportReport], shared_data: Path
) -> None:
    site, _ = imported
    store = site.store
    table = store.scan("incidents")
    nowhere = table.longitude.isnull()
    counted = table.agg(
        nowhere=nowhere.sum(),
        no_area=table.lsoa_code.isnull().sum(),
        unlike=(nowhere != (table.location == "No Location")).sum(),
        asb=(table.category == "anti-social-behaviour").sum(),
        asb_with_id=((table.category == "anti-social-behaviour") & table.incident_id.notnull()).sum(),
    )
    [found] = store.run(counted).to_pylist()
    with (shared_data / "data/POLICEUK-MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        listed = [r for r in csv.DictReader(file) if "/west-mercia/" in r["path"]]
    expected = {name: sum(int(r[name]) for r in listed) for name in ("no_coordinates", "no_lsoa", "asb")}
    assert (found["nowhere"], found["no_area"], found["asb"]) == tuple(expected.values())
    assert (found["unlike"], found["asb_with_id"]) == (0, 0)


def test_quirk_12_every_file_tells_its_vintage(imported: tuple[Site, ImportReport]) -> None:
    site, _ = imported
    store = site.store
    table = store.scan("incidents").filter(lambda t: t.lsoa_code.notnull())
    counted = table.group_by(year=table.month // 12).agg(
        first=table.lsoa_vintage.min(), last=table.lsoa_vintage.max(), known=table.lsoa_vintage.notnull().all()
    )
    found = {r["year"]: (r["first"], r["last"], r["known"]) for r in store.run(counted).to_pylist()}
    assert found == {2018: (2011, 2011, True), 2024: (2021, 2021, True), 2025: (2021, 2021, True)}


def test_quirk_11_some_rows_lie_outside_the_force_that_reports_them(imported: tuple[Site, ImportReport]) -> None:
    site, _ = imported
    store = site.store
    table = store.scan("incidents")
    outside = table.filter(table.outside_force)
    [found] = store.run(outside.agg(rows=outside.count(), districts=outside.district.nunique())).to_pylist()
    assert 0 < found["rows"] < 114_877 * 0.02
    assert found["districts"] > 3


def test_importing_again_changes_nothing(imported: tuple[Site, ImportReport], shared_data: Path) -> None:
    site, first = imported
    manifest = site.home.store / "incidents" / "manifest.json"
    before, parts = manifest.read_bytes(), sorted((site.home.store / "incidents").rglob("*.parquet"))
    again = site.bring(shared_data / "data/policeuk/west-mercia")
    assert (again.rows_in, again.unchanged, again.stored) == (first.rows_in, first.rows_in, 0)
    assert manifest.read_bytes() == before
    assert sorted((site.home.store / "incidents").rglob("*.parquet")) == parts


def test_the_account_is_printed_as_it_was_agreed(imported: tuple[Site, ImportReport]) -> None:
    printed = imported[1].to_json()
    counts = ["rows_in", "stored", "rejected", "unchanged", "superseded", "replaced"]
    assert list(printed) == [*counts, "files"]
    assert all(list(file) == ["path", "sha256", "sha256_raw", *counts] for file in printed["files"])
    assert all(printed[name] == sum(file[name] for file in printed["files"]) for name in counts)

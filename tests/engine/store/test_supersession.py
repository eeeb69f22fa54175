"""Which of two supplies of a force and month counts: the newer one, in whatever order they arrive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from frankpledge.engine.faults import UsageFault
from frankpledge.engine.store.reports import ImportReport
from tests.engine.store.conftest import NOW, Site
from tests.engine.store.files import STREET, put, put_zip, row, text

NAME = "2024-01/2024-01-west-mercia-street.csv"


def supply(streets: Sequence[str]) -> str:
    return text([row(Month="2024-01", Location=f"On or near {street}") for street in streets])


OLD, MIDDLE, NEW = supply(["A"]), supply(["B", "C"]), supply(["D", "E", "F"])


def streets(site: Site) -> list[str]:
    return sorted(r["location"].removeprefix("On or near ") for r in site.rows())


def archive(site: Site, month: str, content: str) -> ImportReport:
    return site.bring(put_zip(site.supplied / f"{month}.zip", {NAME: content}))


@pytest.mark.parametrize("order", list(permutations(["2024-03", "2024-05", "2024-07"])))
def test_the_newest_archive_counts_in_whatever_order_they_arrive(site: Site, order: tuple[str, ...]) -> None:
    contents = {"2024-03": OLD, "2024-05": MIDDLE, "2024-07": NEW}
    newest = ""
    for month in order:
        rows = contents[month].count("\n") - 1
        held = contents[newest].count("\n") - 1 if newest else 0
        report = archive(site, month, contents[month])
        if month > newest:
            assert (report.stored, report.replaced, report.superseded) == (rows, held, 0)
            newest = month
        else:
            assert (report.stored, report.replaced, report.superseded) == (0, 0, rows)
        assert not any("not certain" in file.warning for file in report.files)
    assert streets(site) == ["D", "E", "F"]


def test_without_an_archive_the_order_of_import_decides_and_nobody_is_warned(site: Site) -> None:
    site.bring_text(OLD)
    report = site.bring_text(NEW)
    assert (report.stored, report.replaced, report.files[0].warning) == (3, 1, "")
    assert streets(site) == ["D", "E", "F"]


def test_the_earlier_supply_stays_recorded(site: Site) -> None:
    site.bring_text(OLD)
    site.bring_text(NEW)
    manifest = site.store.manifest("incidents")
    [earlier] = manifest.superseded.values()
    assert (earlier.stored, earlier.supplier) == (1, "west-mercia")
    assert [a.replaced for a in manifest.arrivals] == [0, 1]


def test_a_copy_that_was_replaced_does_not_come_back_by_importing_it_again(site: Site) -> None:
    old, new = put(site.supplied / "a.csv", OLD), put(site.supplied / "b.csv", NEW)
    site.bring(old)
    site.bring(new)
    report = site.bring(old)
    before = (site.home.store / "incidents" / "manifest.json").read_bytes()
    assert (report.superseded, report.stored) == (1, 0)
    assert "--as-of" in report.files[0].warning
    assert streets(site) == ["D", "E", "F"]
    site.bring(old)
    assert (site.home.store / "incidents" / "manifest.json").read_bytes() == before


def test_unless_the_person_says_that_it_is_newer(site: Site) -> None:
    old = put(site.supplied / "a.csv", OLD)
    site.bring(old)
    site.bring_text(NEW)
    report = site.bring(old, as_of="2025-12")
    assert (report.stored, report.replaced) == (1, 3)
    assert streets(site) == ["A"]


@pytest.mark.parametrize(("first", "then", "kept"), [("2025-03", "2025-05", "DEF"), ("2025-05", "2025-03", "A")])
def test_as_of_says_which_is_newer(site: Site, first: str, then: str, kept: str) -> None:
    site.bring_text(OLD, as_of=first)
    site.bring_text(NEW, as_of=then)
    assert "".join(streets(site)) == kept


@pytest.mark.parametrize("wrong", ["2025-6", "June", "2025-13", "2025-06-41", ""])
def test_an_as_of_that_says_nothing_is_refused(site: Site, wrong: str) -> None:
    with pytest.raises(UsageFault, match="how new"):
        site.bring_text(OLD, as_of=wrong)


def test_a_loose_file_after_an_archive_is_taken_with_a_warning(site: Site) -> None:
    archive(site, "2024-07", NEW)
    report = site.bring_text(OLD)
    assert "not certain" in report.files[0].warning
    assert streets(site) == ["A"]


def test_an_archive_that_came_out_after_the_loose_file_was_imported_is_newer_without_doubt(site: Site) -> None:
    site.bring_text(OLD, now=datetime(2024, 3, 1, tzinfo=UTC))
    report = archive(site, "2024-07", NEW)
    assert (report.stored, report.files[0].warning) == (3, "")


def test_an_archive_that_may_be_older_than_the_loose_file_is_taken_with_a_warning(site: Site) -> None:
    site.bring_text(OLD, now=NOW)
    assert "not certain" in archive(site, "2024-07", NEW).files[0].warning


def test_the_same_archive_month_with_other_content_is_doubtful(site: Site) -> None:
    archive(site, "2024-07", OLD)
    report = archive(site, "2024-07", NEW)
    assert "not certain" in report.files[0].warning
    assert streets(site) == ["D", "E", "F"]


def test_two_copies_in_one_import_are_named(site: Site) -> None:
    put(site.supplied / "a.csv", OLD)
    put(site.supplied / "b.csv", NEW)
    report = site.bring()
    assert (report.stored, report.replaced) == (4, 1)
    assert "Two copies" in report.files[1].warning
    assert streets(site) == ["D", "E", "F"]


def test_the_same_file_twice_in_one_import_is_stored_once(site: Site) -> None:
    put(site.supplied / "a.csv", NEW)
    put(site.supplied / "b/a.csv.gz", NEW)
    report = site.bring()
    assert (report.stored, report.unchanged, report.replaced) == (3, 3, 0)


def test_unchanged_is_decided_by_the_uncompressed_digest(site: Site) -> None:
    site.bring_text(NEW)
    report = archive(site, "2025-07", NEW)
    assert (report.unchanged, report.stored) == (3, 0)


def test_a_newer_file_that_was_rejected_whole_replaces_nothing(site: Site) -> None:
    site.bring_text(NEW)
    report = site.bring_text(text([row(Month="2024-01", Crime_type="?")]))
    assert (report.rejected, report.stored, report.replaced) == (1, 0, 0)
    assert streets(site) == ["D", "E", "F"]


def test_a_supply_that_leaves_few_rows_is_asked_about(site: Site) -> None:
    site.bring_text(NEW)
    assert "3 rows of an earlier supply were replaced by 1" in site.bring_text(OLD).files[0].warning


def test_only_the_months_in_a_file_are_replaced(site: Site) -> None:
    site.bring_text(text([row(Month="2024-01"), row(Month="2024-02"), row(Month="2024-02", Crime_ID="x")]))
    report = site.bring_text(OLD)
    assert (report.stored, report.replaced) == (1, 1)
    assert len(site.rows()) == 3


def test_a_file_of_several_months_and_forces_is_split_and_each_part_has_its_supply(site: Site) -> None:
    rows = [
        row(Month=month, Reported_by=force)
        for month in ("2025-01", "2025-02", "2025-03")
        for force in ("West Mercia Police", "Warwickshire Police")
    ]
    report = site.bring_text(text([*rows, rows[0]], STREET))
    manifest = site.store.manifest("incidents")
    assert report.stored == 7
    assert sorted((p.supplier, p.rows) for p in manifest.parts) == [("warwickshire", 1)] * 3 + [
        ("west-mercia", 1),
        ("west-mercia", 1),
        ("west-mercia", 2),
    ]
    assert {p.supply for p in manifest.parts} == manifest.supplies.keys()
    assert {r["supply"] for r in site.rows()} == manifest.supplies.keys()
    assert site.bring().unchanged == 7


def test_a_file_that_was_moved_is_followed(site: Site) -> None:
    before = put(site.supplied / "a.csv", NEW)
    site.bring(before)
    after = put(site.supplied / "elsewhere/b.csv.gz", NEW)
    before.unlink()
    assert site.bring(after).unchanged == 3
    [held] = site.store.manifest("incidents").supplies.values()
    assert held.path == str(after)
    assert held.sha256 != held.sha256_raw


def test_a_file_of_very_many_months_gives_the_same_rows_as_a_file_for_each(
    tmp_path: Path, new_site: Callable[[Path], Site]
) -> None:
    months = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]
    rows = [row(Month=m, Crime_ID=f"{i:064x}") for i, m in enumerate(months * 3)]
    found = []
    for name, files in (("one", [rows]), ("many", [[r for r in rows if r["Month"] == m] for m in months])):
        (tmp_path / name).mkdir()
        site = new_site(tmp_path / name)
        for number, of_file in enumerate(files):
            put(site.supplied / f"{number}.csv", text(of_file))
        assert site.bring().stored == 72
        assert len(site.store.manifest("incidents").parts) == 24
        found.append(sorted((tuple(r[n] for n in r if n != "supply") for r in site.rows()), key=str))
    assert found[0] == found[1]

"""The fast reader and the exact one: what both take they read alike, and the fast one takes nothing faulty."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frankpledge.engine.store.digests import tally_file
from frankpledge.engine.store.importers import police_uk
from frankpledge.engine.store.importers.police_uk_checks import RuleBook
from frankpledge.engine.store.importers.police_uk_exact import read_exactly
from frankpledge.engine.store.importers.police_uk_fast import NotClean, profile
from frankpledge.engine.store.importers.police_uk_layout import Layout, recognise
from frankpledge.engine.store.importers.workbench import Workbench
from frankpledge.engine.store.rejects import RejectsTable
from tests.engine.store.conftest import NOW, Site
from tests.engine.store.files import OUTCOMES, STREET, put, row, text

Made = Callable[[Path], Site]


def read(
    new_site: Made, folder: Path, content: str | bytes, *, exactly: bool
) -> tuple[Any, list[dict[str, Any]], bool]:
    """The account, the rows, and whether the exact reader was used."""
    folder.mkdir(parents=True)
    site = new_site(folder)
    path = put(site.supplied / "2025-06-west-mercia-street.csv", content)
    fast, used = police_uk._Reading._profile_fast, []

    def watched(self: Any, *given: Any) -> Any:
        found = None if exactly else fast(self, *given)
        used.append(found is None)
        return found

    with mock.patch.object(police_uk._Reading, "_profile_fast", watched):
        report = site.bring(path)
    dataset = "outcomes" if "Outcome type" in str(content) else "incidents"
    rows = sorted(site.rows(dataset), key=lambda r: tuple(str(value) for value in r.values()))
    counts = (report.rows_in, report.stored, report.rejected)
    return counts, rows, used == [True]


@pytest.mark.parametrize("header", [STREET, OUTCOMES])
def test_both_read_a_clean_file_alike(tmp_path: Path, new_site: Made, header: tuple[str, ...]) -> None:
    rows = [
        row(),
        row(Location='On or near "The Hut", Redditch', LSOA_name="Bournemouth, Christchurch and Poole 041F"),
        row(Location="On or near Sŵn Yr Afon", Month="2024-02", Last_outcome_category=""),
        row(Longitude="", Latitude="", LSOA_code="", LSOA_name="", Location="No Location"),
        row(Reported_by="British Transport Police", Crime_ID="", LSOA_code="", LSOA_name=""),
        row(Location="O'Neill's; a | b \\ c # d", Context="ignored"),
        row(Month="2018-10", LSOA_code="W01001800", LSOA_name="Cardiff 032F"),
    ]
    content = text(rows, header)
    fast = read(new_site, tmp_path / "fast", content, exactly=False)
    exact = read(new_site, tmp_path / "exact", content, exactly=True)
    assert (fast[2], exact[2]) == (False, True)
    assert fast[:2] == exact[:2]
    assert fast[0] == (7, 7, 0)


def test_both_read_a_real_file_alike(tmp_path: Path, new_site: Made, shared_data: Path) -> None:
    path = shared_data / "data/policeuk/all-forces/2018-12/2018-12-btp-street.csv.gz"
    content = gzip.decompress(path.read_bytes())
    fast = read(new_site, tmp_path / "fast", content, exactly=False)
    exact = read(new_site, tmp_path / "exact", content, exactly=True)
    assert (fast[2], exact[2]) == (False, True)
    assert fast[:2] == exact[:2]


pieces = st.sampled_from(
    ["2025-06", "West Mercia Police", "-1.885495", "52.302038", "E01032276", "Redditch 009E", "Burglary", "On or near",
     '"', '""', ",", ", ", ' "', "\n", "\r\n", "\r", "\0", " ", "x", "é", "1e0", "1_0", "nan", "-", "+1"]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_the_fast_reader_takes_the_exact_one_takes_too(
    tmp_path_factory: pytest.TempPathFactory, new_site: Made, data: st.DataObject
) -> None:
    """A good file with some of its bytes overwritten by dangerous ones."""
    content = text([row(), row(Location='On or near Asda, "Thurmaston"'), row(Crime_ID=""), row()])
    body = content.index("\n") + 1
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(body, len(content) - 1))
        length = data.draw(st.integers(0, 2))
        content = content[:at] + data.draw(pieces) + content[at + length :]
    folder = tmp_path_factory.mktemp("either")
    site = new_site(folder)
    plain = put(folder / "either.csv", content)
    fast, exact = _both(site, plain, folder)
    if fast is not None:
        assert exact == (fast, 0)


def test_a_reader_that_loses_a_row_is_found_out(site: Site, tmp_path: Path) -> None:
    """As if the bytes held one row more, whole and well formed, than the reader gives."""
    plain = put(tmp_path / "clean.csv", text([row(), row()]))
    bench, rules = _tools(site, tmp_path)
    assert profile(bench, plain, rules, tally_file(plain)).rows == 2
    tally = tally_file(plain)
    tally.line_feeds += 1
    tally.commas += len(STREET) - 1
    with pytest.raises(NotClean):
        profile(bench, plain, rules, tally)
    bench.database.close()


def _tools(site: Site, folder: Path) -> tuple[Workbench, RuleBook]:
    source = site.definitions.sources["police-uk"]
    layout = recognise(STREET, [source])
    assert isinstance(layout, Layout)
    rules = RuleBook(layout, site.areas, NOW.date(), source.categories, source.outcomes)
    return Workbench(folder, site.areas, None), rules


def _both(site: Site, plain: Path, folder: Path) -> tuple[int | None, tuple[int, int]]:
    """Rows that the fast reader takes (None: it declines), and rows kept and rejected by the exact one."""
    bench, rules = _tools(site, folder)
    try:
        fast: int | None = profile(bench, plain, rules, tally_file(plain)).rows
    except NotClean:
        fast = None
    with RejectsTable(folder / "rejects.csv") as rejects:
        count = read_exactly(plain, folder / "clean.csv", rules, rejects, "either.csv")
    if count.kept:  # what the exact reader keeps, the writer must be able to read
        assert profile(bench, folder / "clean.csv", rules, None).rows == count.kept
    bench.database.close()
    return fast, (count.kept, count.rejected)

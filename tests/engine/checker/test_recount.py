"""The script that counts again: what it reads, what it refuses, and that it notices."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from scripts.recount import CannotCount, denominator, main, recount

ROWS = """Month,LSOA name,Crime type
2025-06,Redditch 001A,Drugs
2025-06,"Bristol, City of 002B",Drugs
2025-05,Redditch 001A,Robbery
"""
FILTER = [
    {"column": "Month", "take": "year and month", "one_of": ["2025-06"]},
    {"column": "LSOA name", "take": "text before the last word", "one_of": ["Redditch", "Bristol, City of"]},
]


def trace_of(path: str | Path, numerator: int | None = 2, **more: Any) -> dict[str, Any]:
    """A trace of one file, as far as the script reads it."""
    file = {"path": str(path), "filter": FILTER, "sum_of": [], "not_in_this_file": [], "lines_not_counted": []}
    told = {"figure_id": "drugs.x.2025-06.00000000", "numerator": numerator, "derived_from": [], "files": [file | more]}
    return told | {"denominator": None, "denominator_from": None}


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "street.csv"
    path.write_text("\ufeff" + ROWS, encoding="utf-8")
    return path


def counted(trace: dict[str, Any]) -> int:
    return sum(number for number, _ in recount(trace))


def test_plain_packed_and_archived_files_give_the_same(tmp_path: Path, plain: Path) -> None:
    packed, archive = tmp_path / "street.csv.gz", tmp_path / "2025-06.zip"
    packed.write_bytes(gzip.compress(ROWS.encode()))
    with zipfile.ZipFile(archive, "w") as into:
        into.writestr("2025-06/street.csv", ROWS)
    assert [counted(trace_of(p)) for p in (plain, packed, f"{archive}!2025-06/street.csv")] == [2, 2, 2]


def test_rejected_lines_are_left_out(plain: Path) -> None:
    assert counted(trace_of(plain, lines_not_counted=[3])) == 1


def test_numbers_of_a_table_are_added_up_below_its_title(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('Table C2: a title,,\n"Area\ncode",Name,"Total \n"\nE1,One,"1,204 "\nE2,Two,7\n', encoding="utf-8")
    here = [{"column": "Area code", "take": "value", "one_of": ["E1"]}]
    assert counted(trace_of(path, 1204, filter=here, sum_of=["Total"])) == 1204


def test_a_rate_is_set_over_what_the_areas_add_up_to(tmp_path: Path, plain: Path) -> None:
    areas = tmp_path / "districts.csv"
    areas.write_text("code,residents\nE1,100\nE2,250\nE3,999\n", encoding="utf-8")
    told = {"path": str(areas), "column": "residents", "codes": ["E1", "E2"]}
    assert denominator(trace_of(plain) | {"denominator_from": told}) == 350


def test_a_figure_that_differs_is_called_not_the_same(
    plain: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for numerator, code, last in ((2, 0, "The same."), (3, 1, "NOT THE SAME.")):
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(trace_of(plain, numerator))))
        assert main([]) == code
        assert capsys.readouterr().out.splitlines()[-1] == last


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"not_in_this_file": ["hour"]}, "cannot be asked about hour"),
        ({"filter": [{"column": "Colour", "take": "value", "one_of": ["red"]}]}, "no line with the columns Colour"),
    ],
)
def test_what_cannot_be_counted_is_said(plain: Path, more: dict[str, Any], words: str) -> None:
    with pytest.raises(CannotCount, match=words):
        recount(trace_of(plain, **more))


@pytest.mark.parametrize(
    "told",
    [
        "",
        "not json",
        '{"error": {"message": "It is gone.", "remedy": "Write it again."}}',
        json.dumps(trace_of("x", None)),
    ],
)
def test_no_count_no_traceback(told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(told))
    assert main([]) == 2
    assert capsys.readouterr().err.strip()

"""Rows that are not stored: each is counted, and listed with the line that an editor shows."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from tests.engine.store.conftest import Site
from tests.engine.store.files import GOOD, OUTCOMES, STOPS, STREET, put, row, text

GOOD_LINE = text([row()]).splitlines()[1]


def broken(*lines: str, ending: str = "\n") -> str:
    """A file whose second and last line are good and whose others are these."""
    return ending.join([",".join(STREET), GOOD_LINE, *lines, GOOD_LINE, ""])


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Month", "June 2025", "month is not written"),
        ("Month", "2025-13", "month is not written"),
        ("Month", "", "month is not written"),
        ("Month", "2010-11", "before December 2010"),
        ("Month", "2025-12", "in the future"),
        ("Reported by", "Trumpton Police", "unknown force"),
        ("Reported by", "", "unknown force"),
        ("Crime type", "Piracy", "unknown crime type"),
        ("Crime type", "", "unknown crime type"),
        ("Crime type", "burglary", "unknown crime type"),
        ("Longitude", "east", "longitude is not a number"),
        ("Longitude", "nan", "longitude is not a number"),
        ("Longitude", "1e0", "longitude is not a number"),
        ("Longitude", "1_0", "longitude is not a number"),
        ("Longitude", " -1.8", "longitude is not a number"),
        ("Longitude", "-9.5", "longitude lies outside the British Isles"),
        ("Latitude", "48.9", "latitude lies outside the British Isles"),
        ("Latitude", "", "longitude and latitude are not both given"),
        ("Longitude", "", "longitude and latitude are not both given"),
        ("LSOA code", "E0103227", "LSOA code is not of the form"),
        ("LSOA code", "e01032276", "LSOA code is not of the form"),
        ("Location", "x" * 1001, "longer than 1,000 characters"),
    ],
)
def test_a_faulty_value_rejects_its_row_and_no_other(site: Site, column: str, value: str, reason: str) -> None:
    report = site.bring_text(text([row(), row() | {column: value}, row()]))
    assert (report.rows_in, report.stored, report.rejected) == (3, 2, 1)
    [fault] = site.faults(report)
    assert fault["line"] == "3"
    assert reason in fault["reason"]
    assert fault["column"] == column or "both given" in reason
    assert len(site.rows()) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2025-06,short", "wrong number of fields: 2 instead of 12"),
        (GOOD_LINE + ",", "wrong number of fields: 13 instead of 12"),
        (GOOD_LINE.replace("Close", "Close, Redditch"), "wrong number of fields: 13"),
        (GOOD_LINE.replace("On or near", '"On or near'), "opened and not closed"),
        (GOOD_LINE.replace("On or near", '"On" or near'), "text follows a closing quotation mark"),
        (GOOD_LINE.replace("Close", "Cl\0se"), "NUL"),
        (GOOD_LINE.replace("Close", "Cl\rse"), "carriage return"),
        (GOOD_LINE.replace("Close", "x" * 70_000), "longer than 65,536 bytes"),
        ("   ", "wrong number of fields: 1 instead of 12"),
    ],
)
def test_a_broken_line_rejects_itself_and_no_other(site: Site, line: str, reason: str) -> None:
    report = site.bring_text(broken(line))
    assert (report.rows_in, report.stored, report.rejected) == (3, 2, 1)
    [fault] = site.faults(report)
    assert (fault["line"], fault["column"], fault["value"]) == ("3", "", "")
    assert reason in fault["reason"]


def test_a_row_with_an_empty_field_too_many_is_not_taken_for_a_shifted_one(site: Site) -> None:
    """The fast reader would pass over it; the commas of the file betray it."""
    shifted = GOOD_LINE.replace("Blakemere Close", "Asda, Blakemere").replace(",Burglary", ",,Burglary")
    assert [r[0] for r in site.reasons(broken(shifted))] == [3]


def test_a_file_of_windows_1252_names_the_line(site: Site) -> None:
    content = text([row(), row(Location="On or near Café"), row()]).encode("cp1252")
    [(line, _, reason)] = site.reasons(content)
    assert line == 3
    assert "Windows-1252" in reason


def test_lines_are_counted_as_an_editor_shows_them(site: Site) -> None:
    """Empty lines and the lines of a value that spans several are lines too."""
    spanning = row(Location="On or near\nBlakemere\nClose")
    content = text([spanning, row(Month="x")]).replace("\n", "\n\n", 1)
    assert [r[0] for r in site.reasons(content)] == [6]


def test_a_column_that_is_not_ours_may_hold_anything(site: Site) -> None:
    """Its marks are not carried on, however many they are."""
    report = site.bring_text(broken("2025-06,short", GOOD_LINE + "x" + '"' * 40_000))
    assert (report.stored, report.rejected) == (3, 1)


def test_two_slips_of_a_quotation_mark_do_not_swallow_the_rows_between_them(site: Site) -> None:
    slip = GOOD_LINE.replace("On or near Blakemere Close", '"On or near Blakemere Close')
    end = GOOD_LINE.replace("On or near Blakemere Close", 'On or near Blakemere Close"')
    report = site.bring_text(broken(slip, GOOD_LINE, end))
    assert report.rows_in == 5
    assert report.stored >= 3


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_gives_the_same_lines(site: Site, ending: str) -> None:
    report = site.bring_text(broken("2025-06,short", ending=ending))
    assert (report.stored, [f["line"] for f in site.faults(report)]) == (2, ["3"])


def test_a_text_of_utf_16_is_named_and_not_read(site: Site) -> None:
    put(site.supplied / "good.csv", text([row()]))
    put(site.supplied / "wide.csv", text([row()]).encode("utf-16"))
    report = site.bring()
    assert report.stored == 1
    assert [(path.rpartition("/")[2], "UTF-16" in reason) for path, reason in report.left_out] == [("wide.csv", True)]


def test_a_header_with_a_column_twice_is_rejected_with_all_its_rows(site: Site) -> None:
    report = site.bring_text(text([row(), row()], (*STREET, "Month")))
    assert (report.rows_in, report.stored, report.rejected) == (2, 0, 2)
    assert "names 'Month' twice" in report.files[0].warning


def test_a_header_that_lacks_a_column_is_rejected_with_all_its_rows(site: Site) -> None:
    report = site.bring_text(text([row(), row()], tuple(n for n in STREET if n != "LSOA name")))
    assert (report.rows_in, report.rejected) == (2, 2)
    assert "lacks LSOA name" in report.files[0].warning


@pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_file_saved_with_another_separator_says_so(site: Site, mark: str, word: str) -> None:
    report = site.bring_text(text([row()]).replace(",", mark))
    assert (report.rows_in, report.rejected) == (1, 1)
    assert word in report.files[0].warning


def test_a_truncated_file_loses_only_its_last_line(site: Site) -> None:
    content = text([row(), row(), row()])
    report = site.bring_text(content[:-40])
    assert (report.rows_in, report.stored, report.rejected) == (3, 2, 1)


def test_a_truncated_gzip_is_rejected_whole_with_the_rows_that_can_be_counted(site: Site) -> None:
    content = text([row(Crime_ID=f"{i:064x}") for i in range(3_000)]).encode()
    whole = gzip.compress(content, mtime=0)
    path = site.supplied / "a.csv.gz"
    path.write_bytes(whole[: len(whole) // 2])
    report = site.bring(path)
    assert report.stored == 0
    assert 500 < report.rows_in == report.rejected < 3_000
    assert len(site.faults(report)) == report.rejected
    assert "cut short" in report.files[0].warning and "Download it again" in report.files[0].warning


def test_the_list_of_rejected_rows_holds_nothing_of_columns_that_are_not_ours(site: Site) -> None:
    report = site.bring_text(text([row(Crime_type="?", Context="private", Note="private")], (*STREET, "Note")))
    [file] = [f.rejects_file for f in report.files]
    assert file is not None
    assert "private" not in file.read_text(encoding="utf-8")


def test_a_formula_in_a_rejected_row_is_made_harmless(site: Site) -> None:
    report = site.bring_text(text([row(Crime_type='=cmd|"/c calc"!A1'), row(Longitude="-91.5")]))
    assert [f["value"] for f in site.faults(report)] == ['\'=cmd|"/c calc"!A1', "-91.5"]


def test_a_formula_in_a_good_row_is_only_text(site: Site) -> None:
    site.bring_text(text([row(Location="=1+1")]))
    assert site.rows()[0]["location"] == "=1+1"


def test_rejected_rows_of_an_unchanged_file_are_told_again(site: Site) -> None:
    content = text([row(), row(Crime_type="?")])
    first = site.bring_text(content)
    again = site.bring_text(content)
    assert (again.rows_in, again.unchanged, again.rejected, again.stored) == (2, 1, 1, 0)
    assert again.files[0].rejects_file == first.files[0].rejects_file


def test_a_header_alone_is_no_fault_and_says_so(site: Site) -> None:
    report = site.bring_text(text([]))
    assert (report.rows_in, report.files[0].warning) == (0, "The file has a header and no rows.")


def test_outcomes_and_stops_are_checked_alike(site: Site) -> None:
    put(site.supplied / "o.csv", text([row(), row(Month="?")], OUTCOMES))
    stops = [row(), row(Date="01/06/2025"), row(Date="2025-02-30T10:00:00+00:00"), row(Latitude="north")]
    put(site.supplied / "2025-06-west-mercia-stop-and-search.csv", text(stops, STOPS))
    report = site.bring()
    assert (report.stored, report.rejected) == (2, 4)
    assert [f["column"] for f in site.faults(report)] == ["Date", "Date", "Latitude", "Month"]


def test_the_future_begins_after_the_month_of_import(site: Site) -> None:
    report = site.bring_text(text([row(Month="2025-07"), row(Month="2025-08")]), now=datetime(2025, 7, 1, tzinfo=UTC))
    assert (report.stored, report.rejected) == (1, 1)


def test_the_supply_remembers_how_many_of_its_rows_were_rejected(site: Site) -> None:
    site.bring_text(text([row(), row(Crime_type="?")]))
    [supply] = site.store.manifest("incidents").supplies.values()
    assert (supply.rows_in, supply.stored, supply.rejected) == (2, 1, 1)
    assert supply.rejects_file
    assert GOOD["Crime ID"] not in supply.rejects_file

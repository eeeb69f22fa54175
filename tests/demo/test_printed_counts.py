"""The printed counts stand in the repository to the last unit."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo.printed import APPENDIX_C, TOTAL, read_appendix_c, read_asb, years
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.vocabulary import OFFENCES

NORTH, SOUTH = "E22000368", "E22000332"
PRINTED_TOTALS = {
    NORTH: (14761, 14068, 15270, 17467, 19546, 20751),
    SOUTH: (14916, 14269, 15528, 17924, 21045, 20360),
}


def by_cell() -> dict[tuple[str, str, str], int]:
    return {(c.area_code, c.offence, c.year): c.count for c in read_appendix_c()}


def test_sixteen_offences_and_a_total_in_six_years_north_and_south() -> None:
    counts = read_appendix_c()
    assert len(counts) == len(by_cell()) == 17 * 6 * 2
    assert years(counts) == ("2012/13", "2013/14", "2014/15", "2015/16", "2016/17", "2017/18")
    assert {c.offence for c in counts} <= set(OFFENCES)
    assert {c.kind for c in counts if c.offence == TOTAL} == {"total"}


@pytest.mark.parametrize("area", [NORTH, SOUTH])
def test_the_offences_add_up_to_the_printed_total_of_every_year(area: str) -> None:
    cells = by_cell()
    for year, total in zip(years(read_appendix_c()), PRINTED_TOTALS[area], strict=True):
        parts = [count for (a, offence, y), count in cells.items() if a == area and y == year and offence != TOTAL]
        assert len(parts) == 16
        assert sum(parts) == cells[area, TOTAL, year] == total


def test_the_three_findings_of_the_first_screen_stand_in_the_table() -> None:
    cells = by_cell()
    home, other = "burglary-residential", "burglary-business-and-community"
    assert (cells[NORTH, home, "2016/17"], cells[NORTH, home, "2017/18"]) == (950, 1635)
    assert (cells[NORTH, other, "2016/17"], cells[NORTH, other, "2017/18"]) == (1231, 520)
    assert (cells[NORTH, "homicide", "2016/17"], cells[NORTH, "homicide", "2017/18"]) == (3, 7)
    assert (cells[NORTH, TOTAL, "2016/17"], cells[NORTH, TOTAL, "2017/18"]) == (19546, 20751)


def test_every_number_is_the_one_in_the_published_document(shared_data: Path) -> None:
    text = next((shared_data / "seeds").glob("002_*.txt")).read_text(encoding="utf-8")
    table = text[text.index("Crime Trends Worcestershire") : text.rindex("Appendix D")]
    lines = [line.split("\t") for line in table.splitlines() if line.count("\t") >= 13 and line[:1] not in ("\t", "2")]
    assert len(lines) == 17
    printed = {
        (area, line[0].strip(), year): int(number)
        for line in lines
        for area, columns in ((NORTH, line[1:7]), (SOUTH, line[8:14]))
        for year, number in zip(years(read_appendix_c()), columns, strict=True)
    }
    kept = {
        (row[0], row[2] if row[2] != "TOTAL" else "TOTAL", row[4]): int(row[5])
        for row in (line.split(",") for line in APPENDIX_C.read_text(encoding="utf-8").splitlines()[1:])
    }
    assert kept == printed


def test_a_slip_in_one_cell_is_refused(tmp_path: Path) -> None:
    slipped = tmp_path / "appendix.csv"
    slipped.write_text(APPENDIX_C.read_text(encoding="utf-8").replace(",1635,", ",1653,", 1), encoding="utf-8")
    with pytest.raises(ValueError, match="E22000368"):
        read_appendix_c(slipped)


def test_one_year_of_anti_social_behaviour_is_worked_out_from_print_and_says_so() -> None:
    asb = {(c.area_code, c.year): c for c in read_asb()}
    first = asb[NORTH, "2012/13"]
    year_before = 1548 / 0.111
    assert first.count == round(year_before - 1548)
    assert first.kind == "worked out"
    assert {c.kind for c in asb.values() if c is not first} == {"illustrative"}
    assert first.period == Period.parse("2012/13")

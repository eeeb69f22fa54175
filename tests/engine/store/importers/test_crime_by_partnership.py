"""Table C2 as published, quirk by quirk."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import openpyxl
import pytest

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.vocabulary import OFFENCES
from frankpledge.engine.store.importers.crime_by_partnership import bring_in_crime_by_partnership

from .conftest import Outcome, Stage

TABLE = "data/csp/pfa_table_c2_csp_recorded_crime_ye_2025_06.csv"
HEADER = (
    '"Police Force\nArea code","Police Force\nArea name","Community Safety\nPartnership code",'
    '"Community Safety\nPartnership name",Local Authority code,Local Authority name,'
    '"Total recorded crime\n (excluding fraud)",Homicide\n'
)
TITLE = '"Table C2: ..., year ending March 2024 [note 1]",,,,,,,\n'
FORCE = 'E23000016,West Mercia,,,,,"1,000 ",3 \n'
NORTH = "E23000016,West Mercia,E22000368,North Worcestershire ,,Combined Local Authorities,600 ,2 \n"
SOUTH = "E23000016,West Mercia,E22000367,South Worcestershire,,Combined Local Authorities,350 ,1 \n"
REST = "E23000016,West Mercia,,Unassigned West Mercia,,,50 ,0 \n"


@pytest.fixture
def published(stage: Stage, shared_data: Path) -> Outcome:
    return stage(bring_in_crime_by_partnership, shared_data / TABLE)


def counts(outcome: Outcome, offence: str = "all") -> dict[str, int | None]:
    return {row["area_code"]: row["count"] for row in outcome.rows if row["offence"] == offence}


def test_the_published_table_is_stored_whole(published: Outcome) -> None:
    assert published.rows_in == 399
    assert published.rejected == 0
    assert sum(part.rows for part in published.parts) == 399
    assert len(published.rows) == 399 * 23
    assert counts(published)["E22000368"] == 19_210
    assert published.warnings == ()


def test_both_worcestershire_partnerships(published: Outcome, areas: Areas) -> None:
    north, south = areas.partnership("north-worcestershire"), areas.partnership("south-worcestershire")
    totals = counts(published)
    assert [totals[c] for p in (north, south) for c in p.c2_codes] == [19_210, 20_625]


def test_the_year_comes_from_the_title(published: Outcome) -> None:
    assert {Period(r["first_month"], r["last_month"]) for r in published.rows} == {Period.parse("2024-07..2025-06")}
    assert [part.month for part in published.parts] == [Period.parse("2025-06").first]


def test_every_cell_equals_an_independent_reading(published: Outcome, shared_data: Path) -> None:
    with (shared_data / TABLE).open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))[8:]
    numbers = [int(c.replace(",", "")) for line in lines for c in line[6:] if c.strip()]
    assert sum(row["count"] for row in published.rows if row["count"] is not None) == sum(numbers)
    assert sum(row["count"] is not None for row in published.rows) == len(numbers)


def test_partnerships_and_unassigned_add_up_to_the_force_total(published: Outcome, areas: Areas) -> None:
    for offence in ("all", "burglary-residential", "homicide", "miscellaneous-crimes-against-society"):
        added: dict[str, int] = defaultdict(int)
        totals: dict[str, int] = {}
        for row in published.rows:
            if row["offence"] != offence:
                continue
            if row["area_kind"] == "force":
                totals[row["area_code"]] = row["count"]
            elif row["area_kind"] == "unassigned":
                added[row["area_code"][:9]] += row["count"] or 0
            else:
                partnership = areas.partnership_of_c2(row["area_code"])
                assert partnership, row["area_code"]
                added[areas.forces[partnership.force].code or ""] += row["count"]
        assert len(totals) == 42
        totals["E23000034"] = added["E23000034"]  # the City of London: one partnership, no total besides
        assert added == totals


def test_every_partnership_in_force_finds_its_lines(published: Outcome, areas: Areas) -> None:
    held = counts(published)
    without = [
        p.key for p in areas.partnerships_of("published") if not p.c2_codes or not all(c in held for c in p.c2_codes)
    ]
    assert without == []


def test_a_wrong_force_code_on_an_unassigned_line_is_put_right_by_the_name(published: Outcome) -> None:
    unassigned = {row["area_code"] for row in published.rows if row["area_kind"] == "unassigned"}
    assert "W15000002-unassigned-gwent" in unassigned  # printed with the code of South Wales
    assert "E23000031-unassigned-surrey" in unassigned  # printed with the code of Kent
    assert "E23000005-manchester-airport" in unassigned


def test_a_line_without_numbers_is_no_data_never_zero(published: Outcome) -> None:
    surrey = [r for r in published.rows if r["area_code"] == "E23000031-unassigned-surrey"]
    assert {(r["count"], r["status"]) for r in surrey} == {(None, "no-data")}


def test_names_lose_notes_and_trailing_blanks(published: Outcome) -> None:
    names = {row["area_name"] for row in published.rows}
    assert "Humberside" in names
    assert not [n for n in names if n != n.strip() or "[note" in n]


def test_offences_are_words_that_measures_know(published: Outcome, shipped: Definitions) -> None:
    assert {row["offence"] for row in published.rows} <= set(OFFENCES)
    named = {c.field for c in shipped.sources["ons-csp-crime"].kinds[0].columns if c.field}
    assert {f"offence:{row['offence']}" for row in published.rows} <= named


# --- Small tables ------------------------------------------------------------------------------------


def test_quirk_17_title_lines_line_breaks_thousands_and_trailing_blanks(stage: Stage) -> None:
    found = stage(bring_in_crime_by_partnership, TITLE + "Source,,,,,,,\n" + HEADER + FORCE + NORTH + SOUTH + REST)
    assert counts(found) == {
        "E23000016": 1000,
        "E22000368": 600,
        "E22000367": 350,
        "E23000016-unassigned-west-mercia": 50,
    }
    assert {r["last_month"] for r in found.rows} == {Period.parse("2024-03").first}


def test_the_same_table_as_a_workbook(stage: Stage, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Notes"])
    sheet = book.create_sheet("C2")
    for line in csv.reader((TITLE + HEADER + FORCE + NORTH + SOUTH + REST).splitlines(keepends=True)):
        sheet.append([int(c.replace(",", "")) if c.replace(",", "").strip().isdigit() else c for c in line])
    book.save(tmp_path / "tables.xlsx")
    found = stage(bring_in_crime_by_partnership, tmp_path / "tables.xlsx")
    assert counts(found)["E22000368"] == 600
    assert found.rows_in == 4


@pytest.mark.parametrize(
    ("cell", "count", "status"), [("[x]", None, "no-data"), ("12 [r]", 12, "final"), ("12 [p]", 12, "provisional")]
)
def test_shorthand_in_a_cell(stage: Stage, cell: str, count: int | None, status: str) -> None:
    found = stage(bring_in_crime_by_partnership, TITLE + HEADER + NORTH.replace(",2 ", f",{cell}"))
    row = next(r for r in found.rows if r["offence"] == "homicide")
    assert (row["count"], row["status"]) == (count, status)


def test_a_line_that_is_not_understood_is_rejected_with_its_own_line_number(stage: Stage) -> None:
    found = stage(bring_in_crime_by_partnership, TITLE + HEADER + FORCE + NORTH.replace("600 ", "six") + SOUTH + REST)
    assert (found.rows_in, found.rejected, sum(p.rows for p in found.parts)) == (4, 1, 3)
    assert found.rejects[0].endswith(",9,Total recorded crime (excluding fraud),not a whole number,six")


def test_a_partnership_twice_is_rejected_once(stage: Stage) -> None:
    found = stage(bring_in_crime_by_partnership, TITLE + HEADER + NORTH + NORTH)
    assert (found.rows_in, found.rejected) == (2, 1)


def test_lines_that_do_not_add_up_are_pointed_out(stage: Stage) -> None:
    found = stage(bring_in_crime_by_partnership, TITLE + HEADER + FORCE + NORTH + REST)
    assert found.said("do not add up to their totals: West Mercia")


def test_a_note_below_the_table_is_no_row(stage: Stage) -> None:
    found = stage(bring_in_crime_by_partnership, TITLE + HEADER + NORTH + "Note 1: see the notes,,,,,,,\n")
    assert (found.rows_in, found.rejected) == (1, 0)
    assert found.said("no rows of the table: 1")


def test_a_new_offence_is_named_not_lost_in_silence(stage: Stage) -> None:
    text = TITLE + HEADER.replace("Homicide\n", "Homicide,Piracy\n") + NORTH.replace(",2 \n", ",2 ,9 \n")
    found = stage(bring_in_crime_by_partnership, text)
    assert found.said("'Piracy' is not known")


def test_a_table_without_its_year_is_left_out(stage: Stage) -> None:
    found = stage(bring_in_crime_by_partnership, HEADER + NORTH)
    assert "which year" in found.unread
    assert found.parts == ()


def test_another_table_is_left_out(stage: Stage) -> None:
    assert "Table C2" in stage(bring_in_crime_by_partnership, "a,b\n1,2\n").unread

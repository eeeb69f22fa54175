"""A partner's own list: what is read of it, and how."""

# ruff: noqa: DTZ001, DTZ007 - local times have no zone

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.faults import UsageFault
from frankpledge.engine.store.datasets import INCIDENTS
from frankpledge.engine.store.importers.partner_list import bring_in_partner_list

from .conftest import Outcome, Stage
from .open_documents import ods

MAPPING = """
key = "redditch-asb"
title = "Reports of anti-social behaviour"
partner = "Redditch Borough Council"

[columns]
reference = "Ref"
date = "Reported"
category = "Type"
district = "Area"

[values.category]
"Noise" = "anti-social-behaviour"
"Drains" = "leave-out"
"""
LIST = """Ref,Reported,Type,Area,Complainant
A1,01/06/2025 21:15,Noise,Redditch,Jane Roe
A2,30/06/2025,Noise,Bromsgrove,John Doe
"""


@pytest.fixture
def bring(stage: Stage, tmp_path: Path) -> Any:
    """Stage a list under a mapping."""

    def run(
        given: str | bytes | Path = LIST, mapping: str = MAPPING, name: str = "list.csv", **context: Any
    ) -> Outcome:
        path = tmp_path / "mapping.toml"
        path.write_text(mapping, encoding="utf-8")
        return stage(bring_in_partner_list, given, name, mapping=path, **context)

    return run


def with_columns(*lines: str, values: str = "") -> str:
    """The mapping above with further columns."""
    return MAPPING.replace('district = "Area"\n', 'district = "Area"\n' + "\n".join(lines) + "\n") + values


def test_a_small_list(bring: Any) -> None:
    found = bring()
    assert (found.rows_in, found.rejected, [p.rows for p in found.parts]) == (2, 0, [2])
    first, second = found.rows
    assert first["date"] == date(2025, 6, 1)
    assert (first["hour"], first["weekday"], first["iso_week"]) == (21, 6, 202522)
    assert first["time_from"] == first["time_to"] == datetime(2025, 6, 1, 21, 15)
    assert (first["category"], first["district"], first["incident_id"]) == ("anti-social-behaviour", "E07000236", "A1")
    assert (second["date"], second["hour"], second["time_from"]) == (date(2025, 6, 30), None, None)


def test_rows_belong_to_the_list_and_are_controlled(bring: Any) -> None:
    found = bring()
    (part,) = found.parts
    assert (part.source, part.supplier, part.month) == ("incidents", "redditch-asb", month_number("2025-06"))
    assert (part.origin, part.disclosure) == ("supplied", "controlled")
    assert {(r["source"], r["supplier"], r["origin"], r["supply"]) for r in found.rows} == {
        ("incidents", "redditch-asb", "supplied", part.supply)
    }
    assert set(found.rows[0]) == set(INCIDENTS)


def test_only_mapped_columns_are_read(bring: Any, tmp_path: Path) -> None:
    found = bring(LIST + "A3,tomorrow,Noise,Redditch,Richard Roe\n")
    everything = b"".join(path.read_bytes() for path in (tmp_path / "waiting").iterdir() if not path.is_symlink())
    assert found.rejected == 1
    assert "Roe" not in "".join(found.rejects)
    assert b"Roe" not in everything
    assert b"Doe" not in everything


def test_each_month_is_a_part_of_its_own(bring: Any) -> None:
    found = bring(LIST + "A3,01/05/2025,Noise,Redditch,x\n")
    assert [(p.month, p.rows) for p in found.parts] == [(month_number("2025-05"), 1), (month_number("2025-06"), 2)]


def test_rejected_rows_carry_the_line_of_the_file(bring: Any) -> None:
    text = 'Ref,Reported,Type,Area\nA1,01/06/2025,Noise,"Redd\nitch"\nA2,31/06/2025,Noise,Redditch\n'
    found = bring(text)
    assert [row[1:3] for row in csv.reader(found.rejects)] == [["2", "Area"], ["4", "Reported"]]
    assert (found.rows_in, found.rejected, found.parts) == (2, 2, ())


def test_a_word_that_the_mapping_does_not_know_is_rejected_and_named_once(bring: Any) -> None:
    found = bring(LIST.replace(",Noise,Bromsgrove", ",Litter,Bromsgrove"))
    assert (found.rows_in, found.rejected) == (2, 1)
    assert found.said("'Litter' (1)")
    assert found.said("[values.category]")


def test_rows_that_the_mapping_leaves_out_are_counted(bring: Any) -> None:
    found = bring(LIST + "A3,02/06/2025,Drains,Redditch,x\n")
    assert (found.rows_in, found.rejected) == (3, 1)
    assert "left out, as the mapping says" in found.rejects[0]


def test_words_of_the_vocabulary_need_no_mapping(bring: Any) -> None:
    text = "Ref,Reported,Type,Area\nA1,01/06/2025,Vehicle crime,Redditch\nA2,01/06/2025,burglary,redditch\n"
    assert [r["category"] for r in bring(text).rows] == ["vehicle-crime", "burglary"]


def test_an_offence_gives_its_category(bring: Any) -> None:
    mapping = MAPPING.replace('category = "Type"', 'offence = "Type"').replace("values.category", "values.offence")
    text = LIST.replace("Noise", "Residential burglary")
    rows = bring(text, mapping.split("[values")[0]).rows
    assert {(r["offence"], r["category"]) for r in rows} == {("burglary-residential", "burglary")}


def test_every_offence_of_a_crime_belongs_to_a_category() -> None:
    from frankpledge.engine.definitions.vocabulary import CATEGORIES, OFFENCES
    from frankpledge.engine.store.importers.partner_rows import CATEGORY_OF_OFFENCE

    assert set(CATEGORY_OF_OFFENCE.values()) <= set(CATEGORIES)
    # What is left over is wider than one category.
    assert set(OFFENCES) - set(CATEGORY_OF_OFFENCE) == {"all", "theft-offences", "other-crimes-against-society"}


# --- Marks -------------------------------------------------------------------------------------------


def test_marks_are_yes_no_or_not_known(bring: Any) -> None:
    mapping = with_columns('alcohol = "Alcohol"', 'youth = "Youth"', values='\n[values.youth]\n"" = false\n')
    text = "Ref,Reported,Type,Area,Alcohol,Youth\n"
    for n, (alcohol, youth) in enumerate([("Y", "x"), ("No", ""), ("", "N")]):
        text += f"A{n},01/06/2025,Noise,Redditch,{alcohol},{youth}\n"
    rows = bring(text, mapping).rows
    assert [r["alcohol"] for r in rows] == [True, False, None]  # a blank cell says nothing...
    assert [r["youth"] for r in rows] == [True, False, False]  # ...unless the mapping says that it means no
    assert {r["domestic_abuse"] for r in rows} == {None}


def test_a_mark_that_is_neither_yes_nor_no_is_rejected(bring: Any) -> None:
    text = LIST.replace("Complainant", "Drink").replace("Jane Roe", "perhaps").replace("John Doe", "yes")
    found = bring(text, with_columns('alcohol = "Drink"'))
    assert (found.rejected, [r["alcohol"] for r in found.rows]) == (1, [True])


def test_hate_strands(bring: Any) -> None:
    mapping = with_columns('hate = "Hate"', values='\n[values.hate]\n"Faith" = "religion"\n"None" = false\n')
    text = "Ref,Reported,Type,Area,Hate\n"
    for n, strand in enumerate(["Faith", "None", "", "Race", "Sexual orientation", "Yes", "No"]):
        text += f"A{n},01/06/2025,Noise,Redditch,{strand}\n"
    assert [r["hate"] for r in bring(text, mapping).rows] == [
        "religion", None, None, "race", "sexual-orientation", "not-stated", None,
    ]  # fmt: skip


def test_words_that_are_not_listed_are_never_stored(bring: Any) -> None:
    mapping = with_columns('place_type = "Place"', values='\n[values.place_type]\n"Public house" = "public-house"\n')
    text = LIST.replace("Complainant", "Place").replace("Jane Roe", "Public house").replace("John Doe", "Behind 4b")
    found = bring(text, mapping)
    assert [r["place_type"] for r in found.rows] == ["public-house", None]
    assert found.said("Types of place that the mapping does not list were left empty: 1 rows")


def test_a_reference_that_is_none_is_left_empty_and_counted(bring: Any) -> None:
    text = "Ref,Reported,Type,Area\n" + "".join(f"A{n},01/06/2025,Noise,Redditch\n" for n in range(9))
    found = bring(text + "see Jane,01/06/2025,Noise,Redditch\n")
    assert [r["incident_id"] for r in found.rows][-2:] == ["A8", None]
    assert found.said("left empty: 1 rows")


# --- Kinds of file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "note"), [("utf-8-sig", None), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252"), ("utf-8", None)]
)
def test_texts_of_every_encoding_that_excel_writes(bring: Any, encoding: str, note: str | None) -> None:
    found = bring((LIST + "Ä1,01/06/2025,Noise,Redditch,Zoë\n").replace("Ä1", "A3").encode(encoding))
    assert found.rows_in == 3 == len(found.rows)
    assert note is None or found.said(note)


@pytest.mark.parametrize(("mark", "words"), [(";", "semicolons"), ("\t", "tabs")])
def test_other_separators(bring: Any, mark: str, words: str) -> None:
    found = bring(LIST.replace(",", mark))
    assert len(found.rows) == 2
    assert found.said(words)


def test_title_lines_above_the_header_keep_their_line_numbers(bring: Any) -> None:
    found = bring("Redditch Borough Council,,,,\nJune 2025,,,,\n\n" + LIST + "A3,never,Noise,Redditch,x\n")
    assert found.rejects[0].split(",")[1] == "7"


def as_workbook(path: Path, rows: list[list[Any]], sheet: str = "List") -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_workbook_with_real_dates(bring: Any, tmp_path: Path) -> None:
    rows = [
        ["Ref", "Reported", "Type", "Area"],
        [1001, datetime(2025, 6, 1, 21, 15), "Noise", "Redditch"],
        [1002, datetime(2025, 6, 2), "Noise", "Redditch"],
        [1003, 45811.5, "Noise", "Redditch"],
        [1004, "soon", "Noise", "Redditch"],
    ]
    found = bring(as_workbook(tmp_path / "list.xlsx", rows))
    assert [(r["incident_id"], r["date"], r["hour"]) for r in found.rows] == [
        ("1001", date(2025, 6, 1), 21),
        ("1002", date(2025, 6, 2), None),  # a spreadsheet does not tell a day from its midnight
        ("1003", date(2025, 6, 3), 12),
    ]
    assert found.rejects[0].split(",")[1:3] == ["5", "Reported"]
    assert found.said("day number: 1 rows")


def test_a_sheet_may_be_named(bring: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Ref", "Reported", "Type", "Area"])
    other = book.create_sheet("Real list")
    for row in csv.reader(LIST.splitlines()):
        other.append(row)
    book.save(tmp_path / "two.xlsx")
    named = MAPPING.replace("[columns]", 'sheet = "Real list"\n[columns]')
    assert bring(tmp_path / "two.xlsx", named).rows_in == 2
    with pytest.raises(UsageFault, match="'Sheet', 'Real list'"):
        bring(tmp_path / "two.xlsx", named.replace("Real list", "Unreal"))


def test_an_open_document_spreadsheet(bring: Any, tmp_path: Path) -> None:
    (tmp_path / "list.ods").write_bytes(ods(list(csv.reader(LIST.splitlines()))))
    assert [r["incident_id"] for r in bring(tmp_path / "list.ods").rows] == ["A1", "A2"]


def test_formula_cells_are_text_and_harmless_in_the_table_of_rejected_rows(bring: Any) -> None:
    found = bring(LIST.replace("30/06/2025", "=cmd|'/c calc'!A1"))
    (row,) = csv.reader(found.rejects)
    assert row[-1] == "'=cmd|'/c calc'!A1"


# --- Mappings -------------------------------------------------------------------------------------------


def test_without_a_mapping_the_fault_prints_one_that_is_ready_to_be_edited(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(UsageFault) as fault:
        stage(bring_in_partner_list, LIST, mappings=tmp_path / "mappings")
    text = str(fault.value)
    assert 'category = "Type"' in text
    assert 'reference = "Ref"' in text
    assert '# ? = "Reported"' in text or 'date = "Reported"' in text
    assert 'Never read: "Complainant"' in text
    assert "Jane" not in text


def test_the_printed_mapping_can_be_used_once_completed(bring: Any, stage: Stage, tmp_path: Path) -> None:
    text = LIST.replace("Reported", "Date reported").replace("Area", "District").replace("Noise", "Burglary")
    with pytest.raises(UsageFault) as fault:
        stage(bring_in_partner_list, text, mappings=tmp_path / "mappings")
    example = fault.value.remedy.split("\n\n", 1)[1]
    assert bring(text, example).rows_in == 2


def test_a_mapping_is_remembered_for_the_next_list(bring: Any, stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "mappings"
    bring(mappings=folder)
    assert [p.name for p in folder.iterdir()] == ["redditch-asb.toml"]
    assert stage(bring_in_partner_list, LIST, "july.csv", mappings=folder).rows_in == 2


def test_two_mappings_that_fit_are_not_guessed_between(bring: Any, stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "mappings"
    bring(mappings=folder)
    bring(mapping=MAPPING.replace("redditch-asb", "another-list"), mappings=folder)
    with pytest.raises(UsageFault, match="'another-list' and 'redditch-asb'"):
        stage(bring_in_partner_list, LIST, "july.csv", mappings=folder)


def test_another_reading_of_the_same_file_is_another_supply(bring: Any) -> None:
    before = bring().parts[0]
    after = bring(mapping=MAPPING + '"Litter" = "other-crime"\n').parts[0]
    assert before.supply != after.supply
    assert before.kind != after.kind


def test_a_mapping_that_names_a_missing_column_says_which_columns_there_are(bring: Any) -> None:
    with pytest.raises(UsageFault, match=r"no column 'Area'.*'Ref', 'Reported', 'Type', 'District'"):
        bring(LIST.replace("Area", "District"))


def test_columns_are_found_whatever_their_blanks_and_capitals(bring: Any) -> None:
    assert len(bring(LIST.replace("Ref,Reported", '" REF ","re\nported"').replace("re\nported", "REPORTED ")).rows) == 2


def test_the_mapping_as_a_source_names_the_columns_of_the_file(shipped: Any, tmp_path: Path) -> None:
    from frankpledge.engine.store.importers.partner_mapping import load_mapping

    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")
    mapping = load_mapping(tmp_path / "m.toml")
    source = mapping.as_source(shipped.sources["incidents"])
    assert [(c.header, c.field) for c in source.kinds[0].columns][:2] == [("Ref", "incident_id"), ("Reported", "date")]
    assert source.categories["Noise"] == "anti-social-behaviour"
    assert source.categories["Vehicle crime"] == source.categories["vehicle-crime"] == "vehicle-crime"
    assert source.kinds[0].key == mapping.kind


# --- Real timed incidents --------------------------------------------------------------------------------


def test_quirk_19_real_spans_without_end_of_no_length_and_of_months(bring: Any, shared_data: Path) -> None:
    path = shared_data / "data/incidents_timed/washington_dc_burglaries_2016_h1.csv"
    mapping = """
key = "burglaries"
title = "Burglaries with a start and an end"
partner = "A police department"
[fixed]
category = "burglary"
[columns]
from = "StartDateTime"
to = "EndDateTime"
"""
    found = bring(path, mapping)
    with path.open(newline="") as file:
        read = list(csv.DictReader(file))
    begins = [datetime.fromisoformat(r["StartDateTime"]) for r in read]
    ends = [datetime.fromisoformat(r["EndDateTime"] or r["StartDateTime"]) for r in read]
    hours = [(end - begin).total_seconds() / 3600 for begin, end in zip(begins, ends, strict=True)]
    assert (found.rows_in, found.rejected) == (1_025, 0) == (len(read), 0)
    assert sum(not r["EndDateTime"] for r in read) == 37
    assert sorted(r["time_from"] for r in found.rows) == sorted(begins)
    assert sum(r["date"] is None for r in found.rows) == sum(h >= 24 for h in hours)
    assert found.said(f"more than seven days apart: {sum(h > 168 for h in hours)} rows")
    same = [b.replace(minute=0, second=0) == e.replace(minute=0, second=0) for b, e in zip(begins, ends, strict=True)]
    assert sum(r["hour"] is not None for r in found.rows) == sum(same)


def test_a_list_that_writes_the_month_first_in_full(bring: Any, shared_data: Path) -> None:
    mapping = """
key = "mixed"
title = "Mixed crimes"
partner = "A police department"
dates = "month-first"
[columns]
reference = "Case Number"
date = "Date"
category = "Primary Type"
[values.category]
"BATTERY" = "violence-and-sexual-offences"
"THEFT" = "other-theft"
"""
    path = shared_data / "data/incidents_timed/chicago_sample_1000_latlon_datetime.csv"
    found = bring(path, mapping)
    with path.open(newline="") as file:
        read = [r for r in csv.DictReader(file) if r["Primary Type"] in ("BATTERY", "THEFT", "ROBBERY", "BURGLARY")]
    assert found.rows_in == 1_000 == found.rejected + len(found.rows)
    assert sorted(r["time_from"] for r in found.rows) == sorted(
        datetime.strptime(r["Date"], "%m/%d/%Y %I:%M:%S %p") for r in read
    )
    assert found.said("'CRIMINAL DAMAGE'")

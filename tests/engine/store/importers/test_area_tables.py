"""Look-ups and facts about small areas, on the real tables and on small odd ones."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from frankpledge.engine.faults import UsageFault
from frankpledge.engine.store.importers.area_facts import (
    bring_in_deprivation,
    bring_in_households,
    bring_in_population,
)
from frankpledge.engine.store.importers.area_lookups import bring_in_lookup

from .conftest import Stage

RESIDENTS = "lsoa21_code,lsoa21_name,Aged 15 years and under,all_ages\n"


def lines(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") if path.suffix == ".gz" else path.open() as file:
        return list(csv.DictReader(file))


def pairs(rows: tuple[dict[str, Any], ...], one: str, other: str) -> dict[str, str]:
    return {r["area_code"]: r["in_code"] for r in rows if (r["area_kind"], r["in_kind"]) == (one, other)}


# --- Look-ups -------------------------------------------------------------------------------------------


def test_lsoa_2011_to_ward_and_district(stage: Stage, shared_data: Path) -> None:
    path = shared_data / "data/lookups/lsoa11_wd19_lad19_ew.csv.gz"
    found = stage(bring_in_lookup, path)
    read = lines(path)
    assert (found.rows_in, found.rejected) == (34_753, 0) == (len(read), 0)
    assert pairs(found.rows, "lsoa", "district") == {r["LSOA11CD"]: r["LAD19CD"] for r in read}
    assert pairs(found.rows, "lsoa", "ward") == {r["LSOA11CD"]: r["WD19CD"] for r in read}
    assert {(r["vintage"], r["in_vintage"]) for r in found.rows if r["area_kind"] == "lsoa"} == {(2011, 2019)}


def test_quirk_12_the_best_fit_look_up_starts_with_a_byte_order_mark(stage: Stage, shared_data: Path) -> None:
    path = shared_data / "data/lookups/lsoa11_lsoa21_lad22_bestfit_ew_v2.csv.gz"
    with gzip.open(path) as file:
        assert file.read(3) == b"\xef\xbb\xbf"
    found = stage(bring_in_lookup, path)
    assert found.rows_in == 34_753
    between = pairs(found.rows, "lsoa", "lsoa")
    assert len(between) == 34_753
    assert len(set(between.values())) == 35_672 - 1_044  # it is no list of the areas of 2021


def test_districts_to_partnerships_to_forces(stage: Stage, shared_data: Path) -> None:
    found = stage(bring_in_lookup, shared_data / "data/lookups/lad19_csp19_pfa19_ew.csv")
    assert found.rows_in == 342
    assert pairs(found.rows, "district", "partnership")["E07000234"] == "E22000368"
    assert pairs(found.rows, "partnership", "force")["E22000368"] == "E23000016"


def test_former_codes_to_districts_in_force(stage: Stage, shared_data: Path) -> None:
    found = stage(bring_in_lookup, shared_data / "data/lookups/la_all_codes.csv")
    assert found.rows_in == 415
    now = {(r["area_code"], r["in_code"]) for r in found.rows if r["in_kind"] == "district-in-force"}
    assert ("E07000027", "E06000064") in now  # Barrow-in-Furness is in Westmorland and Furness since 2023


def test_quirk_4_a_quoted_comma_deep_in_an_output_area_look_up(stage: Stage) -> None:
    text = "OA,LSOA,MSOA,LAD,LAD_NAME\n" + "E00033887,E01006686,E02001399,E08000012,Liverpool\n" * 400
    text += 'E00066000,E01012756,E02002652,E06000010,"Kingston upon Hull, City of"\n'
    found = stage(bring_in_lookup, text)
    assert found.rows[-1]["in_name"] == "Kingston upon Hull, City of"
    assert (found.rows_in, found.rejected) == (401, 0)


def test_a_list_of_names_alone_is_no_look_up(stage: Stage, shared_data: Path) -> None:
    found = stage(bring_in_lookup, shared_data / "data/lookups/csp19_names_codes_ew.csv")
    assert "no two kinds of area" in found.unread


def test_lines_without_a_code_are_rejected(stage: Stage) -> None:
    text = "LSOA21CD,LSOA21NM,LAD23CD\nE01000001,City of London 001A,E09000001\n"
    text += ",x,E09000001\nE01000003,y,\nE1,z,E09000001\n"
    found = stage(bring_in_lookup, text)
    assert (found.rows_in, found.rejected) == (4, 3)
    assert [row[1] for row in csv.reader(found.rejects)] == ["3", "4", "5"]


# --- Residents, households, deprivation -----------------------------------------------------------------


def test_residents_by_age_band(stage: Stage, shared_data: Path) -> None:
    path = shared_data / "data/lookups/census2021_population_lsoa21_by_age_band.csv.gz"
    found, read = stage(bring_in_population, path), lines(path)
    totals: dict[str, float] = defaultdict(float)
    for row in found.rows:
        totals[row["fact"]] += row["value"]
    assert (found.rows_in, found.rejected) == (len(read), 0) == (35_672, 0)
    assert totals["residents"] == sum(int(r["all_ages"]) for r in read)
    assert totals["residents-65-plus"] == sum(int(r["Aged 65 years and over"]) for r in read)
    assert {(r["vintage"], r["as_at"], r["area_kind"]) for r in found.rows} == {(2021, "2021", "lsoa")}


def test_households(stage: Stage, shared_data: Path) -> None:
    path = shared_data / "data/lookups/census2021_households_lsoa21.csv.gz"
    found, read = stage(bring_in_households, path), lines(path)
    assert {r["area_code"]: r["value"] for r in found.rows} == {r["lsoa21_code"]: float(r["households"]) for r in read}
    assert {r["fact"] for r in found.rows} == {"households"}


@pytest.mark.parametrize(
    ("name", "edition", "rows"),
    [("imd2019_england_lsoa11", "2019", 32_844), ("imd2025_england_lsoa21", "2025", 33_755)],
)
def test_deprivation_of_both_editions(stage: Stage, shared_data: Path, name: str, edition: str, rows: int) -> None:
    vintage = 2000 + int(name[-2:])
    path = shared_data / f"data/lookups/{name}.csv.gz"
    found, read = stage(bring_in_deprivation, path), lines(path)
    assert (found.rows_in, found.rejected) == (rows, 0) == (len(read), 0)
    ranks = {r["area_code"]: r["value"] for r in found.rows if r["fact"] == "imd-crime-rank"}
    assert ranks == {r[f"lsoa{vintage % 100}_code"]: float(r["Crime_rank"]) for r in read}
    assert {(r["as_at"], r["vintage"]) for r in found.rows} == {(edition, vintage)}
    assert any(r["fact"] == "imd-score" for r in found.rows) == (edition == "2025")
    assert [p.supplier for p in found.parts] == [f"indices-{edition}"]


def test_an_edition_on_the_areas_of_2011_must_be_named(stage: Stage) -> None:
    text = "lsoa11_code,IMD_decile,IMD_rank\nE01000001,9,29199\n"
    with pytest.raises(UsageFault, match="--as-of 2019"):
        stage(bring_in_deprivation, text, "deprivation.csv")
    assert stage(bring_in_deprivation, text, "deprivation.csv", as_of="2015").rows[0]["as_at"] == "2015"


def test_file_7_with_the_headers_of_its_publisher(stage: Stage) -> None:
    text = (
        "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),"
        "Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
        "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),Crime Score\n"
        "E01000001,City of London 001A,E09000001,6.208,29199,9,-2.028\n"
    )
    found = stage(bring_in_deprivation, text, "File_7_IoD2019.csv")
    assert {r["fact"]: r["value"] for r in found.rows} == {
        "imd-score": 6.208, "imd-rank": 29199, "imd-decile": 9, "imd-crime-score": -2.028,
    }  # fmt: skip


def test_ward_residents_are_written_with_thousands_commas(stage: Stage, shared_data: Path) -> None:
    path = shared_data / "data/lookups/ward_population_mid2020_all_ages.csv.gz"
    found = stage(bring_in_population, path)
    read = {r["Ward Code 1"]: r["All Ages"] for r in lines(path) if (r["All Ages"] or "").strip()}
    assert {r["area_code"]: r["value"] for r in found.rows} == {k: float(v.replace(",", "")) for k, v in read.items()}
    assert {(r["area_kind"], r["as_at"], r["vintage"]) for r in found.rows} == {("ward", "2020", None)}
    assert found.rows_in == found.rejected + sum(p.rows for p in found.parts)


def test_a_blank_number_is_no_fact_never_zero(stage: Stage) -> None:
    found = stage(bring_in_population, RESIDENTS + "E01000001,City of London 001A,,1477\n")
    assert {r["fact"]: r["value"] for r in found.rows} == {"residents": 1477}
    assert found.said("of which nothing is stored: 1")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("E0100000,x,1,2", "not the code of a small area"),
        ("E01000001,x,1,2", "a line for this area came before"),
        ("E01000002,x,many,2", "not a number"),
        ("E01000002,x,1e3,2", "not a number"),
    ],
)
def test_faulty_lines_are_rejected_with_their_reason(stage: Stage, line: str, reason: str) -> None:
    found = stage(bring_in_population, f"{RESIDENTS}E01000001,City of London 001A,125,1477\n{line}\n")
    assert (found.rows_in, found.rejected) == (2, 1)
    assert found.rejects[0].split(",")[1] == "3"
    assert reason in found.rejects[0]


def test_another_table_is_left_out_with_a_reason(stage: Stage) -> None:
    assert "is none of 'Households" in stage(bring_in_households, "a,b\n1,2\n").unread

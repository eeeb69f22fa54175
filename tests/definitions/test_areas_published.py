"""The shipped areas against the published files that they were derived from."""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from frankpledge.engine.definitions.area_names import place_prefix
from frankpledge.engine.definitions.areas import Areas, load_areas

REPOSITORY = Path(__file__).resolve().parents[2]
SHIPPED = REPOSITORY / "definitions"


@pytest.fixture(scope="module")
def areas() -> Areas:
    return load_areas([SHIPPED])


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def places_in(files: list[Path]) -> list[tuple[str, str, str, int]]:
    """(force as reported, district part of the LSOA name, initial of its code, rows) of police.uk files."""
    found = duckdb.sql(
        """
        select "Reported by", regexp_replace("LSOA name", '\\s+\\S+$', ''), left("LSOA code", 1), count(*)
        from read_csv($files, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')
        where "LSOA name" <> '' group by all
        """,
        params={"files": [str(f) for f in files]},
    )
    return found.fetchall()


def c2(shared_data: Path) -> list[list[str]]:
    (path,) = (shared_data / "data" / "csp").glob("pfa_table_c2_*.csv")
    table = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    return [row for row in table if len(row) > 6 and row[0][:1] in {"E", "W"}]


def test_the_tables_can_be_rebuilt_as_they_are_shipped(shared_data: Path, tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "build_area_tables.py"
    command = [sys.executable, str(script), str(shared_data / "data"), "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    built = sorted(p.name for p in tmp_path.iterdir())
    assert len(built) == 6
    for name in built:
        assert (tmp_path / name).read_bytes() == (SHIPPED / "areas" / name).read_bytes(), name


def test_every_lsoa_name_of_2011_and_of_2021_finds_the_district_of_its_code(areas: Areas, shared_data: Path) -> None:
    lookups = shared_data / "data" / "lookups"
    seen = 0
    for row in rows(lookups / "lsoa11_lsoa21_lad22_bestfit_ew_v2.csv.gz"):
        official = areas.current_code(row["LAD22CD"])
        assert official is not None
        assert areas.district_for_place(row["LSOA11NM"]) == official, row["LSOA11NM"]
        assert areas.district_for_place(row["LSOA21NM"]) == official, row["LSOA21NM"]
        seen += 1
    assert seen == 34_753
    names21 = [r["lsoa21_name"] for r in rows(lookups / "census2021_population_lsoa21_by_age_band.csv.gz")]
    assert len(names21) == 35_672
    assert all(areas.district_for_place(name) for name in names21)


def test_every_place_in_the_police_uk_files_finds_its_district(areas: Areas, shared_data: Path) -> None:
    files = sorted((shared_data / "data" / "policeuk").rglob("*-street.csv.gz"))
    places = places_in(files)
    assert sum(n for *_, n in places) > 800_000
    table = dict(areas.place_table())
    lost = {(name, initial) for _, name, initial, _ in places if name not in table}
    assert {initial for _, initial in lost} <= {"S", "N", "9"}, lost
    assert all(areas.force_by_name(force) for force, *_ in places)


def test_rows_of_three_districts_are_those_of_the_manifest(areas: Areas, shared_data: Path) -> None:
    places = places_in(sorted((shared_data / "data" / "policeuk" / "west-mercia").rglob("*.csv.gz")))
    table = dict(areas.place_table())
    counted: Counter[str] = Counter()
    for _, name, _, n in places:
        counted[areas.districts[table[name]].name] += n
    assert (counted["Bromsgrove"], counted["Redditch"], counted["Wyre Forest"]) == (7_265, 8_551, 10_722)


def test_the_store_s_split_of_a_name_is_the_function_s(shared_data: Path) -> None:
    (path,) = (shared_data / "data" / "policeuk").rglob("2025-01-dorset-street.csv.gz")
    prefixes = {name for _, name, *_ in places_in([path])}
    assert prefixes == {place_prefix(r["LSOA name"]) for r in rows(path) if r["LSOA name"]}


def test_every_row_of_table_c2_belongs_to_one_partnership_of_its_force(areas: Areas, shared_data: Path) -> None:
    table = [r for r in c2(shared_data) if r[2].strip()]
    assert len(table) == 314
    for row in table:
        partnership = areas.partnership_of_c2(row[2])
        assert partnership is not None
        force = areas.force_by_name(row[1])
        assert force is None or force.slug == partnership.force, row[:4]
    assert Counter(r[2].strip() for r in table) == Counter(c for p in areas.partnerships.values() for c in p.c2_codes)


def test_table_c2_adds_up_over_partnerships_to_the_force(areas: Areas, shared_data: Path) -> None:
    table = c2(shared_data)
    counts = {r[2].strip(): int(r[6].replace(",", "")) for r in table if r[2].strip()}
    mercia = [r for r in table if r[1].strip() == "West Mercia" and not r[2].strip()]
    total, unassigned = (int(r[6].replace(",", "")) for r in sorted(mercia, key=lambda r: r[3]))
    ours = sum(counts[c] for p in areas.partnerships.values() if p.force == "west-mercia" for c in p.c2_codes)
    assert total == 81_092
    assert ours + unassigned == total


def test_table_c2_still_counts_christchurch_under_dorset(areas: Areas, shared_data: Path) -> None:
    """Why two partnerships carry a c2_note: the split of crime between them differs from that on the ground."""
    counts = {r[2].strip(): int(r[6].replace(",", "")) for r in c2(shared_data) if r[2].strip()}
    coast = sum(counts[c] for c in areas.partnership("bcp").c2_codes)
    official = coast / (coast + sum(counts[c] for c in areas.partnership("dorset").c2_codes))
    table = dict(areas.place_table())
    crimes: Counter[str] = Counter()
    for path in sorted((shared_data / "data" / "policeuk").rglob("2025-0[12]-dorset-street.csv.gz")):
        for row in rows(path):
            name = place_prefix(row["LSOA name"])
            if name and row["Crime type"] != "Anti-social behaviour":
                crimes[areas.districts[table[name]].partnership] += 1
    on_the_ground = crimes["bournemouth-christchurch-and-poole"]
    on_the_ground_share = on_the_ground / (on_the_ground + crimes["dorset"])
    assert official == pytest.approx(0.572, abs=0.001)
    assert on_the_ground_share - official > 0.04

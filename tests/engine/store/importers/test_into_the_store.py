"""Every source through the import command's own door: accounting, supersession, what the readers then see."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.loader import SHIPPED, Definitions, check_definitions
from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.faults import NotPossible, NotReadable, UsageFault
from frankpledge.engine.store.boundaries import layers
from frankpledge.engine.store.datasets import DATASETS
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.importers.partner_list import mapping_of_supply
from frankpledge.engine.store.importers.registry import IMPORTERS
from frankpledge.engine.store.importing import ImportReport, import_paths
from frankpledge.engine.store.store import Store

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MAPPING = (
    'key = "redditch-asb"\ntitle = "Reports"\npartner = "Redditch Borough Council"\n'
    '[columns]\ndate = "Day"\ncategory = "Type"\ndistrict = "Area"\n'
    '[values.category]\n"Noise" = "anti-social-behaviour"\n'
)
HEADER = "Day,Type,Area,Caller\n"
JUNE = HEADER + "".join(f"{day:02}/06/2025,Noise,Redditch,Jane\n" for day in range(1, 11))

Import = Callable[..., ImportReport]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.prepare()
    return home


@pytest.fixture
def run(home: Home, shipped: Definitions, areas: Areas) -> Import:
    def run(source: str, *paths: Path, **options: Any) -> ImportReport:
        return import_paths(
            source,
            paths,
            home_store=Store(home.store),
            rejected=home.rejected,
            locks=home.locks,
            definitions=shipped,
            areas=areas,
            today=NOW,
            **options,
        )

    return run


@pytest.fixture
def partner(run: Import, tmp_path: Path) -> Import:
    """Import a partner's list, given as text, under the mapping above or another."""

    def bring(text: str, name: str = "list.csv", mapping: str | None = MAPPING) -> ImportReport:
        (tmp_path / name).write_text(text, encoding="utf-8")
        if mapping is None:
            return run("incidents", tmp_path / name)
        (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
        return run("incidents", tmp_path / name, mapping=tmp_path / "m.toml")

    return bring


def rows(home: Home, dataset: str) -> list[dict[str, Any]]:
    store = Store(home.store)
    found: list[dict[str, Any]] = store.run(store.scan(dataset)).to_pylist()
    return found


def counts(report: ImportReport) -> tuple[int, int, int, int, int, int]:
    return (
        report.rows_in,
        report.stored,
        report.rejected,
        report.unchanged,
        report.superseded,
        sum(file.replaced for file in report.files),
    )


# --- Every source ----------------------------------------------------------------------------------------


def test_every_source_has_a_definition_and_says_what_to_supply(shipped: Definitions) -> None:
    for key, importer in IMPORTERS.items():
        assert key == importer.key
        assert all(source in shipped.sources for source in importer.sources)
        assert {k.dataset for s in importer.sources for k in shipped.sources[s].kinds} <= set(DATASETS)
        assert importer.what_to_supply.endswith(".")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("ons-csp-crime csp/pfa_table_c2_csp_recorded_crime_ye_2025_06.csv", ("counts", 399, 399 * 23)),
        ("ons-lookup lookups/lad19_csp19_pfa19_ew.csv", ("lookups", 342, 656)),
        ("ons-boundaries boundaries/lad25_west_mercia.geojson", ("boundaries", 9, 9)),
        ("census-households lookups/census2021_households_lsoa21.csv.gz", ("area-facts", 35_672, 35_672)),
        ("severity-weights lookups/crime_severity_weights_ons.csv", ("severity-weights", 134, 134)),
    ],
)
def test_real_tables_are_imported_and_the_second_time_unchanged(
    run: Import, home: Home, shared_data: Path, given: str, expected: tuple[str, int, int]
) -> None:
    dataset, lines, stored_rows = expected
    source, name = given.split()
    options = {"as_of": "2020-12"} if source == "severity-weights" else {}
    path = shared_data / "data" / name
    assert counts(run(source, path, **options)) == (lines, lines, 0, 0, 0, 0)
    snapshot = Store(home.store).manifest(dataset).snapshot
    assert counts(run(source, path, **options)) == (lines, 0, 0, lines, 0, 0)
    assert Store(home.store).manifest(dataset).snapshot == snapshot
    assert len(rows(home, dataset)) == stored_rows


def test_a_folder_of_boundaries_becomes_its_layers(run: Import, home: Home, shared_data: Path) -> None:
    report = run("ons-boundaries", shared_data / "data/boundaries")
    assert (report.rows_in, report.stored) == (361 + 9 + 480 + 313 + 491 + 108 + 104 + 165,) * 2
    assert layers(Store(home.store)) == ("district-2025", "lsoa-2011", "lsoa-2021", "msoa-2021", "ward-2025")


@pytest.mark.parametrize("source", sorted(k for k in IMPORTERS if not k.startswith("police-uk") and k != "incidents"))
def test_a_wrong_file_gets_the_next_step(run: Import, tmp_path: Path, source: str) -> None:
    for name in ("wrong.csv", "wrong.geojson", "wrong.xlsx"):
        (tmp_path / name).write_text("a,b\n1,2\n")
    with pytest.raises(NotReadable, match="ive this command") as fault:
        run(source, tmp_path)
    assert "Nothing could be read" in fault.value.message


# --- A partner's list ------------------------------------------------------------------------------------


def test_a_newer_list_replaces_the_months_that_it_holds_whole(partner: Import, home: Home) -> None:
    july = HEADER + "01/07/2025,Noise,Redditch,x\n"
    assert counts(partner(JUNE + july.removeprefix(HEADER))) == (11, 11, 0, 0, 0, 0)
    later = HEADER + "".join(f"{day:02}/06/2025,Noise,Redditch,Jane\n" for day in range(1, 13))
    assert counts(partner(later, "later.csv")) == (12, 12, 0, 0, 0, 10)
    assert Store(home.store).coverage("incidents", "incidents") == {month_number("2025-06"), month_number("2025-07")}
    assert len(rows(home, "incidents")) == 13


def test_a_list_with_a_few_late_rows_of_an_earlier_month_warns(partner: Import) -> None:
    partner(JUNE)
    report = partner(HEADER + "30/06/2025,Noise,Redditch,x\n01/07/2025,Noise,Redditch,x\n", "july.csv")
    assert "10 rows of an earlier supply were replaced by 1" in report.files[0].warning


def test_the_same_list_again_changes_nothing(partner: Import, home: Home) -> None:
    partner(JUNE)
    snapshot = Store(home.store).manifest("incidents").snapshot
    assert counts(partner(JUNE)) == (10, 0, 0, 10, 0, 0)
    assert Store(home.store).manifest("incidents").snapshot == snapshot


def test_a_mapping_put_right_reads_the_same_list_again(partner: Import, home: Home) -> None:
    text = JUNE + "11/06/2025,Litter,Redditch,x\n"
    assert counts(partner(text)) == (11, 10, 1, 0, 0, 0)
    assert counts(partner(text, mapping=MAPPING + '"Litter" = "anti-social-behaviour"\n')) == (11, 11, 0, 0, 0, 10)
    assert len(rows(home, "incidents")) == 11


def test_lists_of_two_partners_stand_beside_each_other(partner: Import, home: Home) -> None:
    partner(JUNE)
    partner(JUNE, "other.csv", MAPPING.replace("redditch-asb", "fire-service"))
    assert {row["supplier"] for row in rows(home, "incidents")} == {"redditch-asb", "fire-service"}


def test_the_mapping_is_remembered_and_used_without_being_named(partner: Import, home: Home) -> None:
    partner(JUNE)
    assert (home.definitions / "mappings" / "redditch-asb.toml").read_text() == MAPPING
    assert check_definitions([SHIPPED, home.definitions]) == ()
    assert counts(partner(HEADER + "01/07/2025,Noise,Redditch,x\n", "july.csv", None)) == (1, 1, 0, 0, 0, 0)


def test_the_mapping_of_every_supply_is_kept_beside_its_rows(partner: Import, home: Home, shipped: Definitions) -> None:
    partner(JUNE)
    partner(HEADER + "01/07/2025,Noise,Redditch,x\n", "july.csv", MAPPING.replace("Reports", "More reports"))
    supplies = Store(home.store).manifest("incidents").supplies.values()
    found = {s.path.rpartition("/")[2]: mapping_of_supply(Store(home.store), s) for s in supplies}
    assert {name: m and m.title for name, m in found.items()} == {"list.csv": "Reports", "july.csv": "More reports"}
    for supply in supplies:
        mapping = mapping_of_supply(Store(home.store), supply)
        assert mapping is not None
        assert mapping.as_source(shipped.sources["incidents"]).kinds[0].key == supply.kind


def test_no_mapping_is_wrong_use_and_prints_one(partner: Import, home: Home) -> None:
    with pytest.raises(UsageFault, match="Save the text below"):
        partner(JUNE, mapping=None)
    assert rows(home, "incidents") == []


def test_a_refused_mapping_leaves_the_store_as_it_was(partner: Import, home: Home) -> None:
    partner(JUNE)
    with pytest.raises(NotPossible, match="Caller"):
        partner(JUNE, mapping=MAPPING.replace('"Type"', '"Caller"'))
    assert len(rows(home, "incidents")) == 10
    assert (home.definitions / "mappings" / "redditch-asb.toml").read_text() == MAPPING


def test_supplied_rows_are_controlled(partner: Import, home: Home, shipped: Definitions) -> None:
    partner(JUNE)
    (supply,) = Store(home.store).manifest("incidents").supplies.values()
    assert (supply.origin, supply.disclosure) == ("supplied", "controlled")
    assert shipped.sources["incidents"].threshold == 5


def test_the_account_as_json(partner: Import) -> None:
    report = partner(JUNE + "32/06/2025,Noise,Redditch,x\n")
    told = json.loads(json.dumps(report.to_json()))
    assert (told["rows_in"], told["stored"], told["rejected"]) == (11, 10, 1)


def test_nothing_that_is_not_mapped_is_anywhere_in_the_home(partner: Import, home: Home) -> None:
    partner(JUNE.replace("Jane", "Zebedee") + "32/06/2025,Noise,Redditch,Zebedee\n")
    for path in home.root.rglob("*"):
        if path.is_file():
            assert b"Zebedee" not in path.read_bytes(), path.name

"""Where a partner's incidents happened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.store.importers.area_boundaries import bring_in_boundaries
from frankpledge.engine.store.importers.partner_list import bring_in_partner_list
from frankpledge.engine.store.importers.partner_places import Around, Gazetteer, NotPlace

from .conftest import Outcome, Stage, StoreOf

BROMSGROVE, REDDITCH, WYRE_FOREST = "E07000234", "E07000236", "E07000239"


@pytest.fixture
def places(areas: Areas) -> Gazetteer:
    return Gazetteer(areas)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Redditch", REDDITCH),
        ("redditch ", REDDITCH),
        ("E07000236", REDDITCH),
        ("e07000236", REDDITCH),
        ("Herefordshire, County of", "E06000019"),
        ("Barrow-in-Furness", "E06000064"),  # merged in 2023
        ("E07000027", "E06000064"),
    ],
)
def test_districts_by_name_and_code_old_and_new(places: Gazetteer, words: str, code: str) -> None:
    assert places.where({"district": words.strip()}).district == code


def test_a_mapping_may_name_districts_its_own_way(areas: Areas) -> None:
    places = Gazetteer(areas, {"R'ditch": "Redditch"}, fixed=BROMSGROVE)
    assert places.where({"district": "R'ditch"}).district == REDDITCH
    assert places.where({"district": ""}).district == BROMSGROVE
    assert places.where({}).district_supplied == BROMSGROVE


def test_no_place_at_all_is_kept_without_district(places: Gazetteer) -> None:
    assert places.where({"district": ""}).district is None


def test_the_small_area_decides_and_the_named_district_is_kept_beside_it(places: Gazetteer) -> None:
    found = places.where({"district": "Redditch", "lsoa_name": "Bromsgrove 009A", "lsoa_code": "E01032122"})
    assert (found.district, found.district_supplied) == (BROMSGROVE, REDDITCH)
    assert places.notes() == ["Placed outside the district that the row names: 1 rows."]


def test_a_code_alone_finds_its_district_where_a_look_up_was_imported(areas: Areas, places: Gazetteer) -> None:
    assert places.where({"lsoa_code": "E01032122"}).district is None
    places = Gazetteer(areas, code_districts={"E01032122": BROMSGROVE})
    assert places.where({"lsoa_code": "e01032122"}).district == BROMSGROVE


def test_a_code_that_contradicts_its_name_is_kept_and_marked(areas: Areas) -> None:
    places = Gazetteer(areas, code_districts={"E01032122": BROMSGROVE})
    found = places.where({"lsoa_code": "E01032122", "lsoa_name": "Redditch 001A"})
    assert (found.district, found.code_contradicts_name) == (REDDITCH, True)
    assert places.where({"lsoa_code": "E01032122", "lsoa_name": "Bromsgrove 009A"}).code_contradicts_name is False
    assert places.where({"lsoa_name": "Bromsgrove 009A"}).code_contradicts_name is None


def test_the_vintage_is_known_only_of_codes_that_are_new(places: Gazetteer) -> None:
    assert places.where({"lsoa_code": "E01033768"}).lsoa_vintage == 2021
    assert places.where({"lsoa_code": "E01033767"}).lsoa_vintage is None
    assert places.where({"lsoa_code": "W01001958"}).lsoa_vintage == 2021


def test_grid_references_are_kept_as_they_came(places: Gazetteer) -> None:
    found = places.where({"easting": "403932", "northing": "274,375.4"})
    assert (found.easting, found.northing, found.cell) == (403932, 274375, 807 * 10_000 + 548)
    assert (found.longitude, found.latitude) == (None, None)


def test_degrees_are_projected(places: Gazetteer) -> None:
    found = places.where({"longitude": "-1.94366", "latitude": "52.36742"})  # ONS: 403932, 274375
    assert found.easting == pytest.approx(403932, abs=3)
    assert found.northing == pytest.approx(274375, abs=3)


@pytest.mark.parametrize(("x", "y"), [("", ""), ("0", "0"), ("0.0", "0")])
def test_nought_and_nought_is_no_point(places: Gazetteer, x: str, y: str) -> None:
    for cells in ({"easting": x, "northing": y}, {"longitude": x, "latitude": y}):
        assert places.where(cells).cell is None
    assert places.notes() == ["Without a grid reference or coordinates: 2 rows."]


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ({"district": "Atlantis"}, "district", "no district of this name"),
        ({"lsoa_code": "E07000236"}, "lsoa_code", "not the code of a small area"),
        ({"lsoa_name": "Redditch"}, "lsoa_name", "not the name of a small area"),
        ({"easting": "403932", "northing": ""}, "northing", "not both given"),
        ({"easting": "-1.9", "northing": "52.3"}, "easting", "outside Great Britain"),
        ({"easting": "4039320", "northing": "274375"}, "easting", "outside Great Britain"),
        ({"longitude": "52.3", "latitude": "-1.9"}, "longitude", "outside Great Britain"),
        ({"longitude": "west", "latitude": "52"}, "longitude", "not a number"),
        ({"longitude": "1e1", "latitude": "52"}, "longitude", "not a number"),
    ],
)
def test_faulty_places_say_why(places: Gazetteer, cells: dict[str, str], field: str, reason: str) -> None:
    with pytest.raises(NotPlace, match=reason) as fault:
        places.where(cells)
    assert fault.value.field == field


def test_points_are_looked_up_in_boundaries_only_where_the_row_names_no_small_area(areas: Areas) -> None:
    asked = []

    def around(point: tuple[int, int]) -> Around:
        asked.append(point)
        return Around("E01032122", "Bromsgrove 009A", 2021, BROMSGROVE)

    places = Gazetteer(areas, around=around)
    found = places.where({"easting": "403932", "northing": "274375", "district": "Redditch"})
    assert (found.lsoa_code, found.lsoa_vintage, found.district) == ("E01032122", 2021, BROMSGROVE)
    places.where({"easting": "403932", "northing": "274375", "lsoa_name": "Redditch 001A"})
    assert len(asked) == 1


MAPPING = """
key = "with-points"
title = "A list with points"
partner = "A partner"
{points}
[columns]
date = "Day"
category = "Type"
easting = "X"
northing = "Y"
district = "District"
"""
LIST = "Day,Type,X,Y,District\n01/06/2025,Burglary,403932,274375,Redditch\n02/06/2025,Burglary,100000,100000,Redditch\n"


@pytest.fixture
def bring(stage: Stage, tmp_path: Path) -> Any:
    def run(points: str = "", **context: Any) -> Outcome:
        path = tmp_path / "mapping.toml"
        path.write_text(MAPPING.format(points=points), encoding="utf-8")
        return stage(bring_in_partner_list, LIST, mapping=path, **context)

    return run


def test_boundaries_place_a_partners_points(bring: Any, stage: Stage, store_of: StoreOf, shared_data: Path) -> None:
    layer = stage(bring_in_boundaries, shared_data / "data/boundaries/lsoa21_worcestershire_herefordshire.geojson")
    found = bring(store=store_of(layer))
    assert [(r["lsoa_name"], r["district"], r["district_supplied"]) for r in found.rows] == [
        ("Bromsgrove 009A", BROMSGROVE, REDDITCH),
        (None, REDDITCH, REDDITCH),
    ]
    assert found.said("Placed outside the district that the row names: 1 rows")
    assert found.said("in none of the imported boundaries: 1 rows")


def test_districts_alone_place_points_too(bring: Any, stage: Stage, store_of: StoreOf) -> None:
    ring = [[-2.0, 52.3], [-1.9, 52.3], [-1.9, 52.4], [-2.0, 52.4], [-2.0, 52.3]]
    feature = {
        "type": "Feature",
        "properties": {"LAD25CD": BROMSGROVE, "LAD25NM": "Bromsgrove"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    found = bring(store=store_of(stage(bring_in_boundaries, text, "district.geojson")))
    assert [r["district"] for r in found.rows] == [BROMSGROVE, REDDITCH]


def test_points_are_exact_unless_the_mapping_says_that_they_were_moved(bring: Any) -> None:
    assert {r["snapped"] for r in bring().rows} == {False}
    assert {r["snapped"] for r in bring('points = "snapped"').rows} == {True}

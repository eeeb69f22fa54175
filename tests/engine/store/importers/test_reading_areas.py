"""What the store tells of areas once look-ups, facts and boundaries are in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.store.boundaries import Boundaries, boundaries, layers
from frankpledge.engine.store.importers.area_boundaries import bring_in_boundaries
from frankpledge.engine.store.importers.area_facts import bring_in_population
from frankpledge.engine.store.importers.area_lookups import bring_in_lookup
from frankpledge.engine.store.lookups import code_districts, known_lsoas
from frankpledge.engine.store.store import Store

from .conftest import Stage, StoreOf

LOOKUP = "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM\n" + (
    "E01032122,Bromsgrove 009A,E01032122,Bromsgrove 009A,E07000234,Bromsgrove\n"
    "E01032000,Bromsgrove 001A,E01034000,Bromsgrove 001F,E07000234,Bromsgrove\n"
    "E01019000,Barrow 001A,E01019000,Barrow 001A,E07000027,Barrow-in-Furness\n"
)
RESIDENTS = "lsoa21_code,lsoa21_name,all_ages\nE01035000,Redditch 001F,1500\nE01032122,Bromsgrove 009A,1400\n"


def square(west: float, south: float, side: float = 0.1) -> dict[str, object]:
    ring = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def layer_text(kind: str, **squares: tuple[float, float]) -> str:
    features = [
        {"type": "Feature", "properties": {f"{kind}CD": code, f"{kind}NM": code.title()}, "geometry": square(*at)}
        for code, at in squares.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


# --- Codes and districts ----------------------------------------------------------------------------------


def test_nothing_is_known_before_anything_is_imported(tmp_path: Path, areas: Areas) -> None:
    store = Store(tmp_path / "store")
    assert dict(known_lsoas(store)) == {}
    assert code_districts(store, areas) is None
    assert boundaries(store, "lsoa-2021") is None
    assert layers(store) == ()


def test_codes_of_both_vintages(stage: Stage, store_of: StoreOf) -> None:
    store = store_of(stage(bring_in_lookup, LOOKUP), stage(bring_in_population, RESIDENTS, "residents.csv"))
    assert known_lsoas(store) == {
        2011: {"E01032122", "E01032000", "E01019000"},
        2021: {"E01032122", "E01034000", "E01019000", "E01035000"},
    }


def test_the_district_of_a_code_is_the_one_in_force(stage: Stage, store_of: StoreOf, areas: Areas) -> None:
    store = store_of(stage(bring_in_lookup, LOOKUP), stage(bring_in_population, RESIDENTS, "residents.csv"))
    assert code_districts(store, areas) == {
        "E01032122": "E07000234",
        "E01032000": "E07000234",
        "E01034000": "E07000234",
        "E01019000": "E06000064",  # Barrow-in-Furness became part of Westmorland and Furness
        "E01035000": "E07000236",  # by its name: the look-up lacks it
    }


def test_quirk_12_best_fit_and_census_together_know_every_area_of_2021(
    stage: Stage, store_of: StoreOf, areas: Areas, shared_data: Path
) -> None:
    lookups = shared_data / "data/lookups"
    store = store_of(
        stage(bring_in_lookup, lookups / "lsoa11_lsoa21_lad22_bestfit_ew_v2.csv.gz"),
        stage(bring_in_population, lookups / "census2021_population_lsoa21_by_age_band.csv.gz"),
    )
    known = known_lsoas(store)
    assert (len(known[2011]), len(known[2021])) == (34_753, 35_672)
    districts = code_districts(store, areas)
    assert districts is not None
    assert set(districts) == known[2011] | known[2021]


# --- Boundaries -------------------------------------------------------------------------------------------


def test_files_of_one_layer_are_one_layer(stage: Stage, store_of: StoreOf) -> None:
    store = store_of(
        stage(bring_in_boundaries, layer_text("LSOA21", E01000002=(-2.0, 52.0)), "one.geojson"),
        stage(bring_in_boundaries, layer_text("LSOA21", E01000001=(-2.1, 52.0)), "other.geojson"),
        stage(bring_in_boundaries, layer_text("LAD25", E07000234=(-2.1, 52.0)), "district.geojson"),
    )
    assert layers(store) == ("district-2025", "lsoa-2021")
    found = boundaries(store, "lsoa-2021")
    assert found is not None
    assert found.codes == ("E01000001", "E01000002")
    assert boundaries(store, "district") is boundaries(store, "district-2025")
    assert boundaries(store, "lsoa-2011") is None


def test_where_files_overlap_the_last_one_imported_is_drawn(stage: Stage, store_of: StoreOf) -> None:
    both = layer_text("LSOA21", E01000001=(-3.0, 53.0), E01000002=(-2.0, 52.0))
    store = store_of(
        stage(bring_in_boundaries, both, "both.geojson"),
        stage(bring_in_boundaries, layer_text("LSOA21", E01000001=(-2.1, 52.0)), "one.geojson"),
    )
    found = boundaries(store, "lsoa-2021")
    assert found is not None
    assert found.codes == ("E01000001", "E01000002")
    assert found.only({"E01000001"}).bounds.tolist() == pytest.approx([-2.1, 52.0, -2.0, 52.1])


@pytest.fixture
def worcestershire(stage: Stage, store_of: StoreOf, shared_data: Path) -> Boundaries:
    path = shared_data / "data/boundaries/lsoa21_worcestershire_herefordshire.geojson"
    found = boundaries(store_of(stage(bring_in_boundaries, path)), "lsoa-2021")
    assert found is not None
    return found


def test_every_point_inside_an_area_finds_it(worcestershire: Boundaries) -> None:
    inside = [shape.representative_point() for shape in worcestershire.shapes]
    assert worcestershire.around([p.x for p in inside], [p.y for p in inside]) == list(range(len(worcestershire.codes)))
    assert worcestershire.around([-0.1], [51.5]) == [None]
    assert worcestershire.around([], []) == []


def test_simplified_areas_are_shorter_and_still_touch(worcestershire: Boundaries) -> None:
    simpler = worcestershire.simplified(200)
    before = sum(shapely.get_num_coordinates(s) for s in worcestershire.shapes)
    after = sum(shapely.get_num_coordinates(s) for s in simpler.shapes)
    assert simpler.codes == worcestershire.codes
    assert after < before / 2
    whole, again = shapely.union_all(worcestershire.shapes), shapely.union_all(simpler.shapes)
    assert again.area == pytest.approx(whole.area, rel=0.01)
    assert sum(s.area for s in simpler.shapes) == pytest.approx(again.area, rel=1e-3)  # no gaps, no overlaps


def test_features_for_drawing_are_plain_geojson(worcestershire: Boundaries) -> None:
    features = worcestershire.only({"E01032122"}).features()
    assert json.loads(json.dumps(features))[0]["properties"] == {"code": "E01032122", "name": "Bromsgrove 009A"}
    assert shapely.geometry.shape(features[0]["geometry"]).is_valid

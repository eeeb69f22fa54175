"""Boundaries: GeoJSON and TopoJSON, the layer told by the properties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from frankpledge.engine.store.importers.area_boundaries import bring_in_boundaries

from .conftest import Stage

SQUARE = [[[-2.0, 52.0], [-1.9, 52.0], [-1.9, 52.1], [-2.0, 52.1], [-2.0, 52.0]]]


def collection(*features: tuple[dict[str, Any], Any]) -> str:
    listed = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", "name": "x", "features": listed})


def polygon(coordinates: Any = None) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": coordinates or SQUARE}


def lsoa(code: str) -> dict[str, Any]:
    return {"FID": 1, "LSOA21CD": code, "LSOA21NM": f"Name of {code}"}


@pytest.mark.parametrize(
    ("name", "layer", "areas"),
    [
        ("lsoa21_worcestershire_herefordshire.geojson", "lsoa-2021", 491),
        ("lsoa11_worcestershire_herefordshire.geojson", "lsoa-2011", 480),
        ("lsoa21_shropshire_telford.geojson.gz", "lsoa-2021", 313),
        ("msoa21_worcestershire_herefordshire.geojson", "msoa-2021", 108),
        ("ward25_worcestershire_herefordshire.geojson", "ward-2025", 165),
        ("lad25_west_mercia.geojson", "district-2025", 9),
    ],
)
def test_real_layers(stage: Stage, shared_data: Path, name: str, layer: str, areas: int) -> None:
    found = stage(bring_in_boundaries, shared_data / "data/boundaries" / name)
    assert (found.rows_in, found.rejected) == (areas, 0)
    assert {r["layer"] for r in found.rows} == {layer}
    assert len({r["area_code"] for r in found.rows}) == areas
    assert all(shapely.from_wkb(r["geometry"]).is_valid for r in found.rows)


def test_topojson_gives_the_same_districts_as_geojson(stage: Stage, shared_data: Path) -> None:
    whole = stage(bring_in_boundaries, shared_data / "data/boundaries/lad25_uk_bgc.topojson.gz")
    cut = stage(bring_in_boundaries, shared_data / "data/boundaries/lad25_west_mercia.geojson")
    assert (whole.rows_in, whole.rejected) == (361, 0)
    shapes = {r["area_code"]: shapely.from_wkb(r["geometry"]) for r in whole.rows}
    for row in cut.rows:
        other = shapely.from_wkb(row["geometry"])
        assert shapes[row["area_code"]].symmetric_difference(other).area < 0.001 * other.area


def test_a_file_larger_than_one_reading_is_decoded_feature_by_feature(stage: Stage) -> None:
    features = [({**lsoa(f"E0100{n:04}"), "padding": "}]{[" * 2_000}, polygon()) for n in range(300)]
    text = collection(*features)
    assert len(text) > 2 * 2**20
    found = stage(bring_in_boundaries, text, "many.geojson")
    assert (found.rows_in, found.rejected) == (300, 0)


def test_a_smaller_area_names_the_layer_though_districts_are_named_too(stage: Stage) -> None:
    properties = {"WD25CD": "E05000001", "WD25NM": "A ward", "LAD25CD": "E07000234", "LAD25NM": "Bromsgrove"}
    (row,) = stage(bring_in_boundaries, collection((properties, polygon())), "wards.geojson").rows
    assert (row["layer"], row["area_code"], row["area_name"]) == ("ward-2025", "E05000001", "A ward")


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "it has no geometry"),
        ({"type": "Point", "coordinates": [-2, 52]}, "no polygon"),
        (polygon([[[-2.0, 52.0], [-1.9, 52.0]]]), "malformed"),
        (polygon([[["a", 52.0], [-1.9, 52.0], [-1.9, 52.1], [-2.0, 52.0]]]), "malformed"),
        (polygon([[[403932, 274375], [404932, 274375], [404932, 275375], [403932, 274375]]]), "National Grid metres"),
        (polygon([[[12.0, 52.0], [12.1, 52.0], [12.1, 52.1], [12.0, 52.0]]]), "outside the British Isles"),
        (polygon([[[-2.0, 52.0], [-1.9, 52.1], [-1.9, 52.0], [-2.0, 52.1], [-2.0, 52.0]]]), "crosses itself"),
    ],
)
def test_a_faulty_outline_is_rejected_by_the_number_of_its_feature(stage: Stage, geometry: Any, reason: str) -> None:
    found = stage(
        bring_in_boundaries, collection((lsoa("E01000001"), polygon()), (lsoa("E01000002"), geometry)), "two.geojson"
    )
    assert (found.rows_in, found.rejected, len(found.rows)) == (2, 1, 1)
    assert "feature 2" in found.rejects[0]
    assert reason in found.rejects[0]


def test_an_area_twice_is_stored_once(stage: Stage) -> None:
    found = stage(bring_in_boundaries, collection(*[(lsoa("E01000001"), polygon())] * 2), "twice.geojson")
    assert (found.rows_in, found.rejected) == (2, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b\n1,2\n", "neither GeoJSON nor TopoJSON"),
        (collection(({"colour": "red"}, polygon())), "name no areas of ONS"),
        ('{"type":"FeatureCollection","features":[]}', "name no areas of ONS"),
        (collection((lsoa("E01000001"), polygon()))[:-40], "breaks off"),
        ('{"type":"Topology","arcs":[],"objects":{}}', "exactly one layer"),
        ('{"type":"Topology","arcs":[[["a"]]],"objects":{"x":{}}}', "malformed"),
    ],
)
def test_files_that_are_no_boundaries_are_left_out_with_a_reason(stage: Stage, text: str, reason: str) -> None:
    found = stage(bring_in_boundaries, text, "some.geojson")
    assert reason in found.unread
    assert found.parts == ()


def test_files_of_different_areas_stand_beside_each_other(stage: Stage) -> None:
    one = stage(bring_in_boundaries, collection((lsoa("E01000001"), polygon())), "one.geojson").parts[0]
    other = stage(bring_in_boundaries, collection((lsoa("E01000002"), polygon())), "other.geojson").parts[0]
    again = stage(bring_in_boundaries, collection((lsoa("E01000001"), polygon())) + "\n", "again.geojson").parts[0]
    assert one.supplier != other.supplier
    assert one.supplier == again.supplier
    assert one.supply != again.supply

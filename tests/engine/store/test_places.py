"""Where a row lies: grid references, squares, districts, and codes that contradict their names."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.store.importers.grid import to_cell, to_grid
from frankpledge.engine.store.importers.workbench import Workbench
from tests.engine.store.conftest import Site
from tests.engine.store.files import put, row, text


def test_grid_references_agree_with_the_published_points_to_what_is_promised(shared_data: Path) -> None:
    case = json.loads((shared_data / "reference_cases/bng_ostn15.json").read_text(encoding="utf-8"))
    easting, northing = to_grid(np.array(case["inputs"]["lon"]), np.array(case["inputs"]["lat"]))
    apart = np.abs([easting - case["expected"]["easting"], northing - case["expected"]["northing"]])
    rounding = 0.5
    promised = case["tolerance"]["seven_parameter_helmert_m"]
    assert apart.max() <= promised + rounding, "in the Isles of Scilly, the worst of them"
    assert apart[:, 1:].max() < 2, "on the mainland"


def test_the_square_of_a_point() -> None:
    assert to_cell(np.array([404_440.0]), np.array([267_520.0])) == [808 * 10_000 + 535]
    assert to_cell(np.array([404_499.0, 404_500.0]), np.array([0.0, 0.0])).tolist() == [8_080_000.0, 8_090_000.0]


def test_a_stored_point_has_its_grid_reference_and_its_square(site: Site) -> None:
    site.bring_text(text([row()]))
    [found] = site.rows()
    easting, northing = to_grid(np.array([-1.885495]), np.array([52.302038]))
    assert (found["easting"], found["northing"]) == (easting[0], northing[0])
    assert found["cell"] == (found["easting"] // 500) * 10_000 + found["northing"] // 500


def test_a_code_that_contradicts_its_name_is_kept_and_marked(site: Site, tmp_path: Path) -> None:
    lookup = "LSOA21CD,LSOA21NM,LAD22CD,LAD22NM\nE01032276,Redditch 009E,E07000236,Redditch\n"
    put(tmp_path / "lookup.csv", lookup + "E01032131,Bromsgrove 013B,E07000234,Bromsgrove\n")
    site.bring(tmp_path / "lookup.csv", source="ons-lookup")
    contradicting = row(LSOA_code="E01032131")
    unknown = row(LSOA_code="E01032290")
    site.bring_text(text([row(), contradicting, unknown]))
    found = {r["lsoa_code"]: (r["district"], r["code_contradicts_name"]) for r in site.rows()}
    assert found == {
        "E01032276": ("E07000236", False),
        "E01032131": ("E07000236", True),
        "E01032290": ("E07000236", None),
    }


def test_without_a_look_up_nothing_is_said_about_codes(site: Site) -> None:
    site.bring_text(text([row(LSOA_code="E01032131")]))
    assert site.rows()[0]["code_contradicts_name"] is None


def test_a_name_that_no_district_bears_leaves_the_row_with_its_force(site: Site) -> None:
    site.bring_text(text([row(LSOA_name="Atlantis 001A")]))
    [found] = site.rows()
    assert (found["district"], found["outside_force"], found["supplier"]) == (None, None, "west-mercia")


@pytest.mark.parametrize(("old", "now"), [("Aylesbury Vale 001A", "E06000060"), ("Carlisle 001A", "E06000063")])
def test_districts_that_were_merged_lead_to_the_one_in_force(site: Site, old: str, now: str) -> None:
    site.bring_text(text([row(LSOA_name=old)]))
    assert site.rows()[0]["district"] == now


def test_a_workbench_writes_nowhere_but_where_it_is_told(tmp_path: Path, areas: Areas) -> None:
    bench = Workbench(tmp_path, areas, None)
    found = bench.database.execute("SELECT current_setting('temp_directory')").fetchone()
    assert found == (str(tmp_path / "spill"),)
    bench.database.close()

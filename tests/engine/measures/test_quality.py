"""Data quality counts what is missing and odd, and adds none of it to a figure."""

from __future__ import annotations

from frankpledge.engine.definitions.periods import Period, month_number
from frankpledge.engine.measures.quality import data_quality

from .conftest import MALVERN, REDDITCH, MakeWorkspace

SPRING = Period.parse("2025-01..2025-04")


def test_every_oddity_is_counted_apart(workspace_of: MakeWorkspace) -> None:
    ws = workspace_of(
        [
            {"month": "2025-01", "incident_id": "a", "lsoa_vintage": 2021, "snapped": True},
            {"month": "2025-01", "incident_id": "a", "lsoa_vintage": 2021, "snapped": True},
            {"month": "2025-01", "district": MALVERN, "incident_id": "b", "lsoa_vintage": 2021},
            {"month": "2025-01", "district": None, "category": "anti-social-behaviour"},
            {
                "month": "2025-04",
                "district": "E08000025",
                "outside_force": True,
                "incident_id": "c",
                "lsoa_vintage": 2021,
            },
            {"month": "2025-04", "code_contradicts_name": True, "incident_id": "d", "lsoa_vintage": 2011},
            {"month": "2025-01", "supplier": "btp", "district": REDDITCH},
            {"month": "2024-12", "incident_id": "before"},
        ]
    )
    report = data_quality(ws, ws.areas.partnerships["north-worcestershire"], SPRING)
    (force,) = report.suppliers
    assert (force.supplier, force.supplier_name) == ("west-mercia", "West Mercia Police")
    assert (force.rows, force.inside, force.without_place, force.outside_force) == (6, 3, 1, 1)
    assert (force.code_contradicts_name, force.snapped_inside, force.without_id) == (1, 2, 1)
    assert (force.anti_social_behaviour, force.repeated_ids, force.rows_with_repeated_ids) == (1, 1, 2)
    assert [(v.vintage, v.rows) for v in force.vintages] == [(2011, 1), (2021, 4)]
    assert report.other_forces == (("btp", "British Transport Police", 1),)


def test_months_without_a_file_are_gaps_and_have_no_counts(workspace_of: MakeWorkspace) -> None:
    ws = workspace_of([{"month": "2025-01"}, {"month": "2025-04", "district": MALVERN}])
    (force,) = data_quality(ws, ws.areas.partnerships["north-worcestershire"], SPRING).suppliers
    assert [m.inside for m in force.months] == [1, None, None, 0]
    assert force.missing_months == (month_number("2025-02"), month_number("2025-03"))
    assert force.gaps == (Period.parse("2025-02..2025-03"),)
    assert len(force.supplies) == 2


def test_rows_that_name_another_district_than_their_place_are_counted(workspace_of: MakeWorkspace) -> None:
    listed = {"source": "incidents", "supplier": "council", "origin": "supplied", "month": "2025-01"}
    ws = workspace_of([{**listed, "district_supplied": REDDITCH}, {**listed, "district_supplied": None}])
    (council,) = data_quality(ws, ws.areas.partnerships["north-worcestershire"], SPRING).suppliers
    assert council.district_contradicts_place == 1


def test_an_empty_store_has_no_suppliers(workspace_of: MakeWorkspace) -> None:
    ws = workspace_of()
    report = data_quality(ws, ws.areas.partnerships["north-worcestershire"], SPRING)
    assert (report.suppliers, report.other_forces) == ((), ())

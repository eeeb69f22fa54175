"""Cuts add up to the figure that they cut; what cannot be placed is counted apart."""

from __future__ import annotations

from typing import Any

import pytest

from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.faults import UsageFault
from frankpledge.engine.measures.breaking_down import breakdown, cell_corner
from frankpledge.engine.measures.compute import compute

from .conftest import BROMSGROVE, REDDITCH, WYRE_FOREST, MakeWorkspace

NORTH = "north-worcestershire"
JANUARY = Period.parse("2025-01")
FIRST, SECOND = ("E01032110", "Bromsgrove 001A"), ("E01032111", "Bromsgrove 001B")


def row(**more: Any) -> dict[str, Any]:
    return {"month": "2025-01", **more}


def test_districts_come_largest_first_with_their_figures(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([row(), row(district=REDDITCH), row(district=REDDITCH), row(district=None)])
    found = breakdown(shipped.measure("burglary"), NORTH, JANUARY, ws, "district")
    assert found.rows == ((REDDITCH, "Redditch", 2), (BROMSGROVE, "Bromsgrove", 1), (WYRE_FOREST, "Wyre Forest", 0))
    assert [figure.value for figure in found.figures] == [2, 1, 0]
    assert found.unplaced == 1 and any("belong to no district" in caveat for caveat in found.caveats)


def test_small_areas_can_be_asked_for_one_by_one(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    rows = [row(lsoa_code=c, lsoa_name=n, lsoa_vintage=2021) for c, n in (FIRST, FIRST, SECOND)]
    ws = workspace_of([*rows, row()], also_covered=["2025-02"])
    found = breakdown(shipped.measure("burglary"), NORTH, JANUARY, ws, "lsoa")
    assert found.rows == ((*FIRST, 2), (*SECOND, 1)) and found.unplaced == 1
    one = compute(shipped.measure("burglary"), FIRST[0], JANUARY, ws)
    assert (one.value, one.area_name) == (2, "Bromsgrove 001A")
    assert compute(shipped.measure("burglary"), FIRST[0], Period.parse("2025-02"), ws).value == 0
    assert compute(shipped.measure("burglary"), FIRST[0], Period.parse("2025-03"), ws).reason == "no-supply"
    assert compute(shipped.measure("burglary-rate"), FIRST[0], JANUARY, ws).reason == "no-denominator"


def test_two_vintages_of_small_areas_are_named(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([row(lsoa_code=FIRST[0], lsoa_vintage=2011), row(lsoa_code=SECOND[0], lsoa_vintage=2021)])
    found = breakdown(shipped.measure("burglary"), NORTH, JANUARY, ws, "lsoa")
    assert any("2011 and of 2021" in caveat for caveat in found.caveats)


def test_squares_warn_of_snapped_points(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([row(cell=7990539, snapped=True)] * 2 + [row()])
    found = breakdown(shipped.measure("burglary"), NORTH, JANUARY, ws, "cell")
    assert found.rows == (("7990539", "399,500 E, 269,500 N", 2),) and found.unplaced == 1
    assert cell_corner(7990539) == (399_500, 269_500)
    assert any("no single street" in caveat for caveat in found.caveats)


def test_police_files_have_no_hours(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    found = breakdown(shipped.measure("burglary"), NORTH, JANUARY, workspace_of([row()]), "hour")
    assert (found.rows, found.status, found.reason) == ((), "no-data", "no-times")


def test_a_span_of_time_is_shared_out_over_its_hours(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    timed = {"source": "incidents", "supplier": "council", "origin": "supplied"}
    ws = workspace_of(
        [
            row(**timed, time_from="2025-01-06 22:00:00", time_to="2025-01-07 02:00:00"),
            row(**timed, time_from="2025-01-06 10:30:00", hour=10, date="2025-01-06"),
            row(**timed, hour=10, date="2025-01-07"),
            row(**timed, time_from="2025-01-06 10:00:00"),
        ]
    )
    found = breakdown(shipped.measure("burglary"), NORTH, JANUARY, ws, "hour")
    weights = {key: weight for (key, _, _), weight in zip(found.rows, found.weights, strict=True) if weight}
    assert weights == pytest.approx({"10": 2, "22": 0.25, "23": 0.25, "00": 0.25, "01": 0.25})
    assert sum(count or 0 for _, _, count in found.rows) == 3
    assert found.unplaced == 1  # a start alone does not say when it ended
    by_day = breakdown(shipped.measure("burglary"), NORTH, JANUARY, ws, "weekday-hour")
    assert dict(zip([key for key, _, _ in by_day.rows], by_day.weights, strict=True))["1-10"] == pytest.approx(1)


def test_outcomes_carry_their_warning_and_their_figures(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of(
        [row(outcome_group="no-suspect"), row(outcome_group="charged"), row(outcome_group="charged"), row()]
    )
    found = breakdown(shipped.measure("burglary"), NORTH, JANUARY, ws, "outcome")
    assert found.rows == (
        ("charged", "Charged", 2),
        ("no-suspect", "No suspect", 1),
        ("none", "No outcome given", 1),
    )
    assert [(figure.variant, figure.value) for figure in found.figures] == [
        ("outcome-charged", 2),
        ("outcome-no-suspect", 1),
    ]


def test_types_add_up_to_the_whole(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([row(), row(category="drugs"), row(category="anti-social-behaviour")])
    found = breakdown(shipped.measure("recorded-crime"), NORTH, JANUARY, ws, "category")
    assert {key: count for key, _, count in found.rows} == {"burglary": 1, "drugs": 1}


def test_a_missing_month_leaves_no_rows(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    found = breakdown(
        shipped.measure("burglary"), NORTH, Period.parse("2025-01..2025-02"), workspace_of([row()]), "district"
    )
    assert (found.rows, found.reason) == ((), "missing-months")


def test_small_counts_of_a_controlled_list_are_withheld_with_a_second(
    workspace_of: MakeWorkspace, shipped: Definitions
) -> None:
    listed = {"source": "incidents", "supplier": "council", "origin": "supplied"}
    rows = [row(**listed, district=d) for d, n in ((BROMSGROVE, 3), (REDDITCH, 8), (WYRE_FOREST, 20)) for _ in range(n)]
    found = breakdown(
        shipped.measure("burglary"), NORTH, JANUARY, workspace_of(rows, disclosure="controlled"), "district"
    )
    assert [count for _, _, count in found.rows] == [20, None, None]
    assert [figure.status for figure in found.figures] == ["final", "suppressed", "suppressed"]
    assert found.figures[1].reason == "secondary"


def test_an_unknown_cut_names_the_known_ones(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    with pytest.raises(UsageFault, match="weekday-hour"):
        breakdown(shipped.measure("burglary"), NORTH, JANUARY, workspace_of(), "ward")  # type: ignore[arg-type]

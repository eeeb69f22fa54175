"""A figure is a number only where its files allow one; zero, missing and withheld are three things."""

from __future__ import annotations

import pytest

from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.definitions.periods import Period, month_number
from frankpledge.engine.definitions.shapes import RowSelection
from frankpledge.engine.faults import UsageFault
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.tally import hours_within

from .conftest import BROMSGROVE, MALVERN, REDDITCH, MakeWorkspace

NORTH = "north-worcestershire"
JANUARY = Period.parse("2025-01")


def test_a_count_is_of_the_areas_own_rows(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of(
        [
            *[{"month": "2025-01"}] * 3,
            {"month": "2025-01", "district": REDDITCH},
            {"month": "2025-01", "district": MALVERN},
            {"month": "2025-01", "district": None},
            {"month": "2025-01", "category": "robbery"},
            {"month": "2025-02"},
            {"month": "2025-01", "supplier": "west-midlands"},
        ]
    )
    found = compute(shipped.measure("burglary"), NORTH, JANUARY, ws)
    assert (found.value, found.numerator, found.status) == (4.0, 4, "final")
    assert sum(s.rows for s in found.provenance.supplies) == 4
    assert found.lower is not None and found.upper is not None and found.lower < 4 < found.upper
    assert compute(shipped.measure("burglary"), BROMSGROVE, JANUARY, ws).value == 3
    assert compute(shipped.measure("burglary"), BROMSGROVE.lower(), JANUARY, ws).value == 3


def test_rows_of_another_force_inside_the_area_are_never_added(
    workspace_of: MakeWorkspace, shipped: Definitions
) -> None:
    ws = workspace_of([{"month": "2025-01"}, {"month": "2025-01", "supplier": "btp"}])
    assert compute(shipped.measure("recorded-crime"), NORTH, JANUARY, ws).value == 1


def test_zero_is_a_number_where_the_file_is_held(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([{"month": "2025-01", "category": "drugs"}])
    found = compute(shipped.measure("robbery"), NORTH, JANUARY, ws)
    assert (found.value, found.status, found.reason) == (0.0, "final", None)
    assert [s.rows for s in found.provenance.supplies] == [0]


def test_zero_is_a_number_even_where_the_file_holds_no_row_of_the_area(
    workspace_of: MakeWorkspace, shipped: Definitions
) -> None:
    ws = workspace_of([{"month": "2025-02"}], also_covered=["2025-01"])
    assert compute(shipped.measure("burglary"), NORTH, JANUARY, ws).value == 0


def test_a_missing_month_is_no_data_and_is_named(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([{"month": "2025-01"}, {"month": "2025-03"}])
    found = compute(shipped.measure("burglary"), NORTH, Period.parse("2025-01..2025-03"), ws)
    assert (found.value, found.numerator, found.status, found.reason) == (None, None, "no-data", "missing-months")
    assert found.missing_months == (month_number("2025-02"),)


def test_an_empty_store_says_that_no_file_was_supplied(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    found = compute(shipped.measure("burglary"), NORTH, JANUARY, workspace_of())
    assert (found.status, found.reason, found.value) == ("no-data", "no-supply", None)


def test_a_file_of_another_force_is_no_supply(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([{"month": "2025-01", "supplier": "dorset", "district": "E06000059"}])
    assert compute(shipped.measure("burglary"), NORTH, JANUARY, ws).reason == "no-supply"


def test_a_rate_is_per_resident_and_says_that_it_is_not_of_a_year(
    workspace_of: MakeWorkspace, shipped: Definitions
) -> None:
    ws = workspace_of([{"month": "2025-01"}] * 10)
    found = compute(shipped.measure("burglary-rate"), NORTH, JANUARY, ws)
    residents = ws.areas.residents(ws.areas.partnerships[NORTH])
    assert found.value == pytest.approx(10_000 / residents)
    assert (found.numerator, found.denominator) == (10, residents)
    assert "The rate is for one month, not for a year." in found.caveats


def test_a_share_has_a_wilson_interval_and_keeps_to_one_source(
    workspace_of: MakeWorkspace, shipped: Definitions
) -> None:
    rows = [{"month": "2025-01", "outcome_group": "charged"}] * 2 + [
        {"month": "2025-01", "outcome_group": "no-suspect"}
    ] * 6
    found = compute(shipped.measure("charged-share"), NORTH, JANUARY, workspace_of(rows))
    assert (found.value, found.numerator, found.denominator) == (25.0, 2, 8.0)
    assert found.lower == pytest.approx(7.15, abs=0.01) and found.upper == pytest.approx(59.07, abs=0.01)


def test_a_share_of_nothing_is_no_data(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([{"month": "2025-01", "category": "anti-social-behaviour", "outcome_group": "x"}])
    assert compute(shipped.measure("charged-share"), NORTH, JANUARY, ws).reason == "zero-denominator"


def listed(month: str, **more: object) -> dict[str, object]:
    return {"month": month, "source": "incidents", "supplier": "council", "origin": "supplied", **more}


@pytest.mark.parametrize(("rows", "status"), [(1, "suppressed"), (4, "suppressed"), (5, "final")])
def test_small_counts_of_a_controlled_source_are_withheld(
    workspace_of: MakeWorkspace, shipped: Definitions, rows: int, status: str
) -> None:
    ws = workspace_of([listed("2025-01")] * rows, disclosure="controlled")
    for key in ("burglary", "burglary-rate"):
        found = compute(shipped.measure(key), NORTH, JANUARY, ws)
        assert found.status == status
        assert (found.value is None) == (found.numerator is None) == (status == "suppressed")


def test_zero_of_a_controlled_source_is_shown(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([listed("2025-01", category="drugs")], disclosure="controlled")
    assert compute(shipped.measure("burglary"), NORTH, JANUARY, ws).value == 0


def test_a_list_of_another_area_says_nothing_of_this_one(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([listed("2025-01", district=MALVERN)])
    assert compute(shipped.measure("burglary"), NORTH, JANUARY, ws).reason == "no-supply"


def test_a_list_without_the_mark_is_not_a_list_of_none(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    unmarked = workspace_of([listed("2025-01")], name="unmarked")
    assert compute(shipped.measure("alcohol-related-crimes"), NORTH, JANUARY, unmarked).reason == "not-in-source"
    marked = workspace_of([listed("2025-01", alcohol=False)], name="marked")
    assert compute(shipped.measure("alcohol-related-crimes"), NORTH, JANUARY, marked).value == 0


def test_a_list_without_hours_has_no_nights(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([listed("2025-01")])
    assert compute(shipped.measure("night-time-crimes"), NORTH, JANUARY, ws).reason == "no-times"


def test_the_night_runs_from_eight_to_six(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([listed("2025-01", hour=hour) for hour in (19, 20, 23, 0, 5, 6)])
    assert compute(shipped.measure("night-time-crimes"), NORTH, JANUARY, ws).value == 4
    assert hours_within(9, 11) == (9, 10, 11)


def test_two_sources_are_never_added_together(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([{"month": "2025-01"}, *[listed("2025-01")] * 2, *[listed("2025-02")] * 4])
    assert compute(shipped.measure("burglary"), NORTH, JANUARY, ws).value == 1  # the police file comes first
    both = compute(shipped.measure("burglary"), NORTH, Period.parse("2025-01..2025-02"), ws)
    assert both.value == 6  # only the list covers both months


def test_an_unknown_area_names_what_to_do(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    with pytest.raises(UsageFault) as fault:
        compute(shipped.measure("burglary"), "north-worcester", JANUARY, workspace_of())
    assert "north-worcestershire" in fault.value.remedy


def test_narrowing_has_its_own_figure_id(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([{"month": "2025-01", "outcome_group": g} for g in ("charged", "charged", "no-suspect")])
    plain = compute(shipped.measure("burglary"), NORTH, JANUARY, ws)
    charged = compute(
        shipped.measure("burglary"), NORTH, JANUARY, ws, variant="charged", extra=(("outcome_group", ("charged",)),)
    )
    assert (plain.value, charged.value) == (3, 2)
    assert plain.figure_id != charged.figure_id and ".charged." in charged.figure_id


def test_the_id_follows_the_rows_and_the_definition(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    measure = shipped.measure("burglary")
    one = compute(measure, NORTH, JANUARY, workspace_of([{"month": "2025-01"}], name="one"))
    same = compute(measure, NORTH, JANUARY, workspace_of([{"month": "2025-01"}], name="same"))
    more = compute(measure, NORTH, JANUARY, workspace_of([{"month": "2025-01"}] * 2, name="more"))
    assert one.figure_id == same.figure_id != more.figure_id
    changed = measure.model_copy(update={"numerator": RowSelection(dataset="incidents", categories=("robbery",))})
    other = compute(changed, NORTH, JANUARY, workspace_of([{"month": "2025-01"}], name="other"))
    assert other.figure_id != one.figure_id


def test_a_year_that_crosses_a_new_rule_says_so(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([{"month": "2023-04"}, {"month": "2023-05"}])
    found = compute(shipped.measure("public-order"), NORTH, Period.parse("2023-04..2023-05"), ws)
    assert any("May 2023" in caveat for caveat in found.caveats)
    assert not any("lower-layer" in caveat.lower() for caveat in found.caveats)  # places, not counts

"""Months without a file have no value; years are what a table prints, or they are not there."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.definitions.periods import Period, month_number
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.monthly import held_period, monthly, monthly_many
from frankpledge.engine.measures.place import find_place
from frankpledge.engine.measures.yearly import periods_published

from .conftest import BROMSGROVE, MALVERN, REDDITCH, MakeWorkspace, build_workspace, the_areas, the_shipped

NORTH = "north-worcestershire"
SPRING = Period.parse("2025-01..2025-04")


def test_a_gap_is_none_and_never_zero(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([{"month": "2025-01"}, {"month": "2025-03", "category": "drugs"}, {"month": "2025-04"}])
    found = monthly(shipped.measure("burglary"), NORTH, ws, SPRING)
    assert found.values == (1, None, 0, 1)
    assert found.gaps() == (Period.parse("2025-02"),)
    assert held_period(shipped.measure("burglary"), NORTH, ws) == SPRING


def test_breaks_that_concern_the_counts_come_along(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([{"month": "2018-12", "category": "anti-social-behaviour"}])
    found = monthly(shipped.measure("anti-social-behaviour"), NORTH, ws, Period.parse("2018-12..2025-06"))
    assert [month for month, _ in found.breaks] == [month_number("2019-04"), month_number("2020-03")]


def test_small_months_of_a_controlled_list_are_withheld_and_told_from_gaps(
    workspace_of: MakeWorkspace, shipped: Definitions
) -> None:
    rows = [
        {"month": month, "source": "incidents", "supplier": "council", "origin": "supplied"}
        for month, count in (("2025-01", 3), ("2025-02", 9), ("2025-04", 12))
        for _ in range(count)
    ]
    found = monthly(shipped.measure("burglary"), NORTH, workspace_of(rows, disclosure="controlled"), SPRING)
    assert found.values == (None, None, None, 12)
    assert found.suppressed == (month_number("2025-01"), month_number("2025-02"))


def test_many_measures_come_from_one_question(
    workspace_of: MakeWorkspace, shipped: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = workspace_of([{"month": "2025-01"}, {"month": "2025-01", "category": "drugs"}])
    asked: list[Any] = []
    run = ws.store.run
    monkeypatch.setattr(ws.store, "run", lambda expression: asked.append(expression) or run(expression))
    keys = ("burglary", "drugs", "robbery", "recorded-crime")
    found = monthly_many([shipped.measure(k) for k in keys], NORTH, ws, Period.parse("2025-01"))
    assert {key: found[key].values for key in keys} == {
        "burglary": (1,),
        "drugs": (1,),
        "robbery": (0,),
        "recorded-crime": (2,),
    }
    assert len(asked) == 1


rows_of = st.lists(
    st.tuples(
        st.sampled_from(["2025-01", "2025-02", "2025-04"]),
        st.sampled_from([BROMSGROVE, REDDITCH]),
        st.sampled_from(["burglary", "drugs", "anti-social-behaviour"]),
    ),
    max_size=12,
)


@settings(max_examples=8, deadline=None)
@given(rows=rows_of, elsewhere=st.integers(0, 3), seed=st.integers(0, 99))
def test_rows_elsewhere_and_the_order_of_rows_change_nothing(
    rows: list[tuple[str, str, str]], elsewhere: int, seed: int
) -> None:
    shuffled = [*rows, *[("2025-01", MALVERN, "burglary")] * elsewhere]
    random.Random(seed).shuffle(shuffled)
    plain, mixed = _months(rows), _months(shuffled)
    assert plain == mixed
    for key, values in plain.items():
        assert values == tuple(_slowly(rows, key, month) for month in ("2025-01", "2025-02", "2025-03", "2025-04"))


def _months(rows: list[tuple[str, str, str]]) -> dict[str, tuple[int | None, ...]]:
    """Monthly counts of the northern districts by measure, from a store of these rows."""
    given_rows = [{"month": m, "district": d, "category": c} for m, d, c in rows]
    covered = ("2025-01", "2025-02", "2025-04")
    with TemporaryDirectory() as folder:
        ws = build_workspace(Path(folder), the_shipped(), the_areas(), given_rows, also_covered=covered)
        measures = [ws.definitions.measure(k) for k in ("burglary", "recorded-crime", "anti-social-behaviour")]
        return {key: found.values for key, found in monthly_many(measures, NORTH, ws, SPRING).items()}


def _slowly(rows: list[tuple[str, str, str]], key: str, month: str) -> int | None:
    if month == "2025-03":
        return None
    count = 0
    for row_month, _, category in rows:
        wanted = category != "anti-social-behaviour" if key == "recorded-crime" else category == key
        if row_month == month and wanted:
            count += 1
    return count


def year(offence: str, count: int | None, **more: Any) -> dict[str, Any]:
    return {"first": "2024-07", "last": "2025-06", "offence": offence, "count": count, **more}


LAST = Period.parse("2024-07..2025-06")


def test_a_published_year_is_shown_as_published(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of(counts=[year("all", 19210), year("homicide", 2)])
    total = compute(shipped.measure("official-total"), NORTH, LAST, ws)
    assert (total.value, total.status, total.provenance.origin) == (19210, "final", "published")
    assert compute(shipped.measure("official-homicide"), NORTH, LAST, ws).value == 2  # open: small, and shown
    with pytest.raises(NotPossible):
        monthly(shipped.measure("official-total"), NORTH, ws, LAST)


def test_a_residential_rate_is_per_household(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of(counts=[year("burglary-residential", 627)])
    found = compute(shipped.measure("official-residential-burglary-rate"), NORTH, LAST, ws)
    households = ws.areas.households(ws.areas.partnerships[NORTH])
    assert found.value == pytest.approx(627_000 / households) and found.denominator == households


def test_a_whole_is_added_up_only_where_the_table_prints_none(
    workspace_of: MakeWorkspace, shipped: Definitions
) -> None:
    parts = [year("burglary-residential", 10), year("burglary-business-and-community", 5)]
    added = compute(shipped.measure("official-burglary"), NORTH, LAST, workspace_of(counts=parts, name="parts"))
    assert added.value == 15 and any("added here" in caveat for caveat in added.caveats)
    printed = workspace_of(counts=[*parts, year("burglary", 16)], name="printed")
    assert compute(shipped.measure("official-burglary"), NORTH, LAST, printed).value == 16
    half = workspace_of(counts=parts[:1], name="half")
    assert compute(shipped.measure("official-burglary"), NORTH, LAST, half).reason == "not-in-source"


def test_another_period_is_not_in_the_source(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of(counts=[year("all", 19210)])
    found = compute(shipped.measure("official-total"), NORTH, Period.parse("2024/25"), ws)
    assert (found.status, found.reason) == ("no-data", "not-in-source")
    assert compute(shipped.measure("official-total"), "herefordshire", LAST, ws).reason == "no-supply"


def test_a_cell_that_the_table_leaves_open_is_no_data(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of(counts=[year("all", None, status="no-data")])
    assert compute(shipped.measure("official-total"), NORTH, LAST, ws).reason == "not-in-source"


def test_a_merged_partnership_needs_every_one_of_its_rows(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    place = next(p for p in workspace_of().areas.partnerships.values() if len(p.c2_codes) > 1)
    rows = [year("all", 100, area_code=code) for code in place.c2_codes]
    whole = workspace_of(counts=rows, name="whole")
    assert compute(shipped.measure("official-total"), place.key, LAST, whole).value == 100 * len(rows)
    partial = workspace_of(counts=rows[1:], name="partial")
    assert compute(shipped.measure("official-total"), place.key, LAST, partial).value is None


def test_a_provisional_year_says_so(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of(counts=[year("all", 19210, status="provisional")])
    assert compute(shipped.measure("official-total"), NORTH, LAST, ws).status == "provisional"
    assert periods_published(shipped.measure("official-total").numerator, find_place(NORTH, ws), ws) == (LAST,)

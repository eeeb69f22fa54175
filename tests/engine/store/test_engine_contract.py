"""What every engine must answer alike, over the same Parquet parts.

`ENGINES` is the one list of engines of an installation: an engine that is added there is held to this
file without further ado. The rules are those of the pitfalls that were found between engines: division
of whole numbers, empty sums, order of nothing, weeks and weekdays.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pytest

from frankpledge.engine.store.engines import ENGINES
from frankpledge.engine.store.store import Store
from tests.engine.store.conftest import Site
from tests.engine.store.files import NO_PLACE, STOPS, put, row, text


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, new_site: Callable[[Path], Site]) -> Path:
    site = new_site(tmp_path_factory.mktemp("contract"))
    rows = [
        row(Month="2025-04"), row(Month="2025-04", Crime_type="Robbery"), row(Month="2025-05"),
        row(Month="2025-05", LSOA_code="E01009155", LSOA_name="Birmingham 125B"), dict(row(Month="2025-05")) | NO_PLACE,
    ]  # fmt: skip
    put(site.supplied / "street.csv", text(rows))
    dates = ("2025-06-01T00:10:00+00:00", "2025-06-02T09:00:00+00:00", "2025-06-08T23:59:00+00:00")
    put(site.supplied / "2025-06-west-mercia-stop-and-search.csv", text([row(Date=d) for d in dates], STOPS))
    site.bring()
    return site.home.store


@pytest.fixture(params=sorted(ENGINES))
def store(request: pytest.FixtureRequest, filled: Path) -> Store:
    return Store(filled, engine=request.param)


def answer(store: Store, expression: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = store.run(expression).to_pylist()
    return rows


def test_grouped_counts(store: Store) -> None:
    table = store.scan("incidents")
    counted = table.group_by("month", "category").agg(n=table.count()).order_by("month", "category")
    assert [(r["month"] % 12 + 1, r["category"], r["n"]) for r in answer(store, counted)] == [
        (4, "burglary", 1),
        (4, "robbery", 1),
        (5, "burglary", 3),
    ]


def test_a_share_of_whole_numbers_is_not_whole(store: Store) -> None:
    table = store.scan("incidents")
    share = table.agg(share=(table.category == "robbery").sum().cast("float64") / table.count().cast("float64"))
    assert answer(store, share)[0]["share"] == pytest.approx(0.2)


def test_the_sum_of_nothing_is_nothing_and_its_count_is_zero(store: Store) -> None:
    table = store.scan("incidents").filter(lambda t: t.category == "drugs")
    assert answer(store, table.agg(total=table.easting.sum(), rows=table.count())) == [{"total": None, "rows": 0}]


def test_a_missing_district_is_a_group_of_its_own(store: Store) -> None:
    table = store.scan("incidents")
    found = {r["district"]: r["n"] for r in answer(store, table.group_by("district").agg(n=table.count()))}
    assert found == {"E07000236": 3, "E08000025": 1, None: 1}


def test_a_filter_leaves_out_what_is_not_known(store: Store) -> None:
    table = store.scan("incidents")
    assert answer(store, table.filter(table.district != "E08000025").count().name("n").as_table()) == [{"n": 3}]
    assert answer(store, table.filter(~table.outside_force).count().name("n").as_table()) == [{"n": 3}]


def test_time_was_resolved_before_any_engine_saw_it(store: Store) -> None:
    table = store.scan("stops").order_by("time_from")
    found = answer(store, table.select("date", "hour", "weekday", "iso_week"))
    assert [tuple(r.values()) for r in found] == [
        (date(2025, 6, 1), 0, 6, 202522),
        (date(2025, 6, 2), 9, 0, 202523),
        (date(2025, 6, 8), 23, 6, 202523),
    ]


def test_rank_within_groups(store: Store) -> None:
    table = store.scan("incidents")
    counted = table.group_by("month", "category").agg(n=table.count())
    ranked = counted.mutate(place=ibis.row_number().over(group_by="month", order_by=[ibis.desc("n"), "category"]))
    first = ranked.filter(ranked.place == 0).order_by("month").select("category", "n")
    assert answer(store, first) == [{"category": "burglary", "n": 1}, {"category": "burglary", "n": 3}]


def test_tables_join(store: Store) -> None:
    incidents, stops = store.scan("incidents"), store.scan("stops")
    pairs = incidents.join(stops, incidents.supplier == stops.supplier)
    assert answer(store, pairs.count().name("n").as_table()) == [{"n": 15}]


def test_median_and_spread(store: Store) -> None:
    table = store.scan("stops")
    [found] = answer(store, table.agg(middle=table.hour.median(), spread=table.hour.std(how="sample")))
    assert found["middle"] == 9
    assert found["spread"] == pytest.approx(11.590, abs=0.001)

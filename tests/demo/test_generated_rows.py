"""The invented rows add up to the printed counts and behave like incidents."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from demo.assumptions import Assumptions
from demo.generate import share_out
from demo.marks import choose
from demo.places import District
from demo.printed import ANTI_SOCIAL_BEHAVIOUR, TOTAL, read_appendix_c, read_asb, years
from demo.tables import supplied_list
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.vocabulary import CATEGORIES
from frankpledge.engine.store.datasets import INCIDENTS

NORTH_DISTRICTS = {"DEMO-BROMSGROVE", "DEMO-REDDITCH", "DEMO-WYRE-FOREST"}
YEARS = years(read_appendix_c())


def area_of(district: str) -> str:
    return "E22000368" if district in NORTH_DISTRICTS else "E22000332"


def year_of(month: int) -> str:
    return next(year for year in YEARS if month in Period.parse(year))


def of(table: pa.Table, **wanted: str) -> pa.Table:
    for name, value in wanted.items():
        table = table.filter(pc.equal(table[name], value))
    return table


def by_hour(table: pa.Table) -> np.ndarray:
    return np.bincount(table["hour"].drop_null().to_numpy(), minlength=24)


def by_month(table: pa.Table) -> np.ndarray:
    return np.bincount(table["month"].to_numpy() % 12, minlength=12)


# --- Sums ------------------------------------------------------------------------------------------


def test_every_offence_year_and_partnership_adds_up_to_the_printed_count(incidents: pa.Table) -> None:
    columns = (incidents[name].to_pylist() for name in ("district", "offence", "month"))
    counted: Counter[tuple[str, str, str]] = Counter()
    for (district, offence, month), rows in Counter(zip(*columns, strict=True)).items():
        counted[area_of(district), offence, year_of(month)] += rows
    printed = {(c.area_code, c.offence, c.year): c.count for c in read_appendix_c() if c.offence != TOTAL}
    assert {key: rows for key, rows in counted.items() if not key[1].startswith("asb-")} == {
        key: count
        for key, count in printed.items()
        if count  # the South had no homicide in 2014/15
    }
    for total in read_asb():
        parts = [
            rows
            for (area, offence, year), rows in counted.items()
            if offence.startswith("asb-") and (area, year) == (total.area_code, total.year)
        ]
        assert sum(parts) == total.count


def test_types_are_those_of_police_uk_and_anti_social_behaviour_is_no_crime(incidents: pa.Table) -> None:
    assert set(incidents["category"].to_pylist()) == set(CATEGORIES)
    asb = of(incidents, category=ANTI_SOCIAL_BEHAVIOUR)
    assert len(incidents) - len(asb) == sum(c.count for c in read_appendix_c() if c.offence == TOTAL)


@pytest.mark.parametrize(("count", "shares"), [(0, [1, 2]), (7, [0.5, 0.5]), (2472, [0.24, 0.07, 0.49, 0.2])])
def test_a_count_shared_out_loses_nothing(count: int, shares: list[float]) -> None:
    parts = share_out(count, shares)
    assert sum(parts) == count
    assert all(abs(part - count * share / sum(shares)) < 1 for part, share in zip(parts, shares, strict=True))


# --- Marked as invented ----------------------------------------------------------------------------


def test_every_row_is_marked_synthetic_and_lies_in_an_invented_district(incidents: pa.Table) -> None:
    assert pc.unique(incidents["origin"]).to_pylist() == ["synthetic"]
    assert pc.unique(incidents["supplier"]).to_pylist() == ["demo"]
    assert all(code.startswith("DEMO-") for code in pc.unique(incidents["district"]).to_pylist())
    assert all(code.startswith("DEMO-") for code in pc.unique(incidents["lsoa_code"]).to_pylist())
    assert pc.all(incidents["snapped"]).as_py()


def test_no_field_could_hold_a_person_or_an_address(incidents: pa.Table) -> None:
    assert set(incidents.column_names) == set(INCIDENTS) - {"supply"}
    free = {"location", "outcome", "longitude", "latitude"}
    assert all(incidents[name].null_count == len(incidents) for name in free)
    for name in ("place_type", "hate", "category", "offence", "lsoa_name"):
        assert len(pc.unique(incidents[name])) < 400
    header = set(supplied_list(incidents.slice(0, 5)).column_names)
    assert not header & {"Name", "Date of birth", "Address", "Postcode", "Notes", "Telephone"}


def test_no_reference_is_given_twice(incidents: pa.Table) -> None:
    assert len(pc.unique(incidents["incident_id"])) == len(incidents)


# --- Times -----------------------------------------------------------------------------------------


def test_shops_lose_by_day_and_violence_peaks_on_weekend_nights(incidents: pa.Table) -> None:
    shops = by_hour(of(incidents, category="shoplifting"))
    assert shops[9:18].sum() > 0.8 * shops.sum()
    assert shops[0:6].sum() == 0
    licensed = of(of(incidents, offence="violence-with-injury"), place_type="licensed premises")
    hours = by_hour(licensed)
    assert hours[[20, 21, 22, 23, 0, 1, 2, 3, 4, 5]].sum() > 0.75 * hours.sum()
    starts = licensed["time_from"].to_numpy().astype("datetime64[h]").astype(np.int64) - 6  # a night is one day
    evenings = np.bincount((starts // 24 + 3) % 7, minlength=7)
    assert evenings[[4, 5]].sum() > 0.5 * evenings.sum()


def test_seasons_differ_by_type(incidents: pa.Table) -> None:
    bicycles = by_month(of(incidents, category="bicycle-theft"))
    assert bicycles[5:9].sum() > 1.5 * bicycles[[11, 0, 1, 2]].sum()
    homes = by_month(of(incidents, offence="burglary-residential"))
    assert homes[[10, 11, 0]].sum() > homes[[4, 5, 6]].sum()
    asb = by_month(of(incidents, offence="asb-nuisance"))
    assert asb[6] > 1.3 * asb[0]


def test_exact_times_for_violence_and_spans_for_burglary(incidents: pa.Table) -> None:
    for category, low, high in (("violence-and-sexual-offences", 0.9, 1.0), ("burglary", 0.0, 0.3)):
        rows = of(incidents, category=category)
        known = 1 - rows["hour"].null_count / len(rows)
        assert low <= known <= high, category


def test_a_span_over_hours_has_no_hour_and_one_over_a_day_has_no_date(incidents: pa.Table) -> None:
    start = incidents["time_from"].to_numpy().astype("datetime64[m]")
    end = incidents["time_to"].to_numpy().astype("datetime64[m]")
    assert (end >= start).all()
    assert (end - start <= np.timedelta64(72, "h")).all()
    same_hour = start.astype("datetime64[h]") == end.astype("datetime64[h]")
    assert (incidents["hour"].is_valid().to_numpy() == same_hour).all()
    within_a_day = end - start < np.timedelta64(24, "h")
    for name in ("date", "weekday", "iso_week"):
        assert (incidents[name].is_valid().to_numpy() == within_a_day).all()
    assert 0 < (~within_a_day).sum() < 0.05 * len(incidents)


def test_days_weekdays_weeks_and_months_agree_with_the_calendar(incidents: pa.Table) -> None:
    dated = incidents.filter(incidents["date"].is_valid()).take(list(range(0, 300_000, 1009)))
    for row in dated.select(["date", "weekday", "iso_week", "month", "time_from", "hour"]).to_pylist():
        day = row["date"]
        assert day == row["time_from"].date()
        assert row["weekday"] == day.weekday()
        assert row["iso_week"] == day.isocalendar().year * 100 + day.isocalendar().week
        assert row["month"] == day.year * 12 + day.month - 1
        assert row["hour"] in (None, row["time_from"].hour)


def test_nothing_happens_in_the_hour_that_the_clocks_skip(incidents: pa.Table) -> None:
    hours = incidents["time_from"].to_numpy().astype("datetime64[h]")
    for day in ("2013-03-31", "2014-03-30", "2015-03-29", "2016-03-27", "2017-03-26", "2018-03-25"):
        assert not (hours == np.datetime64(f"{day}T01", "h")).any()
        assert (hours == np.datetime64(f"{day}T02", "h")).any()


def test_the_level_eases_over_april_but_burglary_steps_where_it_was_redefined(incidents: pa.Table) -> None:
    def around(offence: str, april: str) -> float:
        months = of(incidents, offence=offence)["month"].to_numpy()
        first = Period.parse(april).first
        after = np.isin(months, range(first, first + 6)).sum()
        before = np.isin(months, range(first - 6, first)).sum()
        return float(after / before)

    assert around("burglary-residential", "2017/18") > 1.3
    assert around("burglary-business-and-community", "2017/18") < 0.6
    assert 0.9 < around("violence-without-injury", "2015/16") < 1.8  # the printed step is 1.8 to 1 and more


# --- Places ----------------------------------------------------------------------------------------


def test_points_are_middles_of_squares_in_their_own_neighbourhood(
    incidents: pa.Table, districts: dict[str, District]
) -> None:
    assert set((incidents["easting"].to_numpy() % 500).tolist()) == {250}
    assert set((incidents["northing"].to_numpy() % 500).tolist()) == {250}
    squares = {
        (int(e), int(n)): (d.code, d.neighbourhood_code(int(k)))
        for d in districts.values()
        for e, n, k in zip(d.easting, d.northing, d.neighbourhood, strict=True)
    }
    assert len(squares) == sum(len(d.easting) for d in districts.values())  # no square in two districts
    names = ("easting", "northing", "district", "lsoa_code")
    seen = set(zip(*(incidents[name].to_pylist() for name in names), strict=True))
    assert all(squares[easting, northing] == (district, code) for easting, northing, district, code in seen)


def test_neighbourhoods_hold_about_as_many_homes_each(districts: dict[str, District]) -> None:
    for district in districts.values():
        homes = np.bincount(district.neighbourhood, weights=district.homes)
        assert homes.min() > 0
        assert np.median(homes) > 0.5 * homes.mean()


def test_some_neighbourhoods_have_more_than_chance_would_give(incidents: pa.Table) -> None:
    rows = of(of(incidents, district="DEMO-REDDITCH"), category="shoplifting")
    counts = np.array(sorted(Counter(rows["lsoa_code"].to_pylist()).values()))
    assert counts[-5:].sum() > 0.5 * counts.sum()  # of 55; chance alone would give five of them a ninth


# --- Marks -----------------------------------------------------------------------------------------


def test_alcohol_marks_are_the_printed_share_of_violence(incidents: pa.Table) -> None:
    for offence in ("violence-with-injury", "violence-without-injury"):
        rows = of(incidents, offence=offence)
        assert pc.sum(rows["alcohol"]).as_py() / len(rows) == pytest.approx(0.45, abs=0.001)
    pubs = of(of(incidents, offence="violence-with-injury"), place_type="licensed premises")
    assert pc.sum(pubs["alcohol"]).as_py() > 0.7 * len(pubs)


def test_domestic_abuse_rises_every_year_as_the_agreement_says_of_reporting(incidents: pa.Table) -> None:
    marked = incidents.filter(incidents["domestic_abuse"])
    for north in (True, False):
        months = [
            month
            for month, district in zip(marked["month"].to_pylist(), marked["district"].to_pylist(), strict=True)
            if (district in NORTH_DISTRICTS) == north
        ]
        by_year = Counter(year_of(month) for month in months)
        series = [by_year[year] for year in YEARS]
        assert series == sorted(series)
        assert len(set(series)) == len(series)
    first = of(incidents, offence="violence-with-injury").filter(pc.field("month") <= Period.parse("2012/13").last)
    assert pc.sum(first["domestic_abuse"]).as_py() / len(first) == pytest.approx(0.30, abs=0.001)


def test_hate_has_one_of_the_five_strands_and_is_rare(incidents: pa.Table, assumptions: Assumptions) -> None:
    strands = Counter(incidents["hate"].drop_null().to_pylist())
    assert set(strands) == set(assumptions.strands)
    assert sum(strands.values()) < 0.01 * len(incidents)


def test_choosing_by_weight_takes_the_number_asked_for_and_leans(assumptions: Assumptions) -> None:
    rng = np.random.default_rng(1)
    weights = np.array([8.0] * 500 + [1.0] * 500 + [0.0] * 500)
    chosen = choose(rng, weights, 400)
    assert chosen.sum() == 400
    assert chosen[:500].sum() > 3 * chosen[500:1000].sum()
    assert not chosen[1000:].any()
    assert choose(rng, weights, 1100)[1000:].sum() == 100  # no other row is left

"""Headline numbers of real files, counted twice: by the query and by a slow loop over the raw lines."""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from frankpledge.engine.definitions.periods import Period, month_number
from frankpledge.engine.measures.comparing import comparable_periods, compare
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.monthly import monthly
from frankpledge.engine.measures.quality import data_quality
from frankpledge.engine.measures.trace import trace
from frankpledge.engine.measures.workspace import Workspace, open_workspace
from frankpledge.engine.store.home import Home

from .raw_files import bring_in, read_street
from .recount import recount

MONTHS = ("2018-12", "2024-01", "2024-02", "2025-01", "2025-02")
NORTH = {"Bromsgrove": "E07000234", "Redditch": "E07000236", "Wyre Forest": "E07000239"}


@pytest.fixture(scope="module")
def files(shared_data: Path) -> list[Path]:
    folder = shared_data / "data" / "policeuk" / "west-mercia"
    return [folder / month / f"{month}-west-mercia-street.csv.gz" for month in MONTHS]


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory, files: list[Path]) -> Workspace:
    home = Home(tmp_path_factory.mktemp("real") / "site")
    home.prepare()
    bring_in(home, files)
    return open_workspace(home)


@pytest.fixture(scope="module")
def slowly(files: list[Path]) -> Counter[tuple[str, str, str]]:
    """Rows by month, district name and type, one line after the other."""
    found: Counter[tuple[str, str, str]] = Counter()
    for path in files:
        for row in read_street(str(path)):
            district = row["LSOA name"].rsplit(" ", 1)[0]
            found[row["Month"], district, row["Crime type"]] += 1
    return found


def test_monthly_counts_by_district_and_type(ws: Workspace, slowly: Counter[tuple[str, str, str]]) -> None:
    named = {"burglary": "Burglary", "anti-social-behaviour": "Anti-social behaviour", "drugs": "Drugs"}
    for (name, code), (key, kind) in product(NORTH.items(), named.items()):
        series = monthly(ws.definitions.measure(key), code, ws, Period.parse("2018-12..2025-02"))
        for month in MONTHS:
            assert series.values[month_number(month) - series.months[0]] == slowly[month, name, kind]
        assert [str(gap) for gap in series.gaps()] == ["2019-01..2023-12", "2024-03..2024-12"]


def test_recorded_crime_is_every_type_but_one(ws: Workspace, slowly: Counter[tuple[str, str, str]]) -> None:
    found = compute(ws.definitions.measure("recorded-crime"), "north-worcestershire", Period.parse("2025-01"), ws)
    expected = sum(
        n for (m, d, kind), n in slowly.items() if m == "2025-01" and d in NORTH and kind != "Anti-social behaviour"
    )
    assert found.value == expected
    assert found.lower is not None and found.upper is not None and found.lower < expected < found.upper


def test_like_months_are_found_across_the_gap(ws: Workspace) -> None:
    measure = ws.definitions.measure("burglary")
    found = comparable_periods(measure, "north-worcestershire", month_number("2025-06"), ws)
    assert found == (Period.parse("2024-01..2024-02"), Period.parse("2025-01..2025-02"), "like-for-like")
    change = compare(measure, "north-worcestershire", found[0], found[1], ws).change
    assert change is not None and change.verdict in ("no-clear-change", "rose", "fell", "too-few")
    assert compute(measure, "north-worcestershire", Period.year_ending(month_number("2025-06")), ws).value is None


def test_sampled_counts_lead_back_to_their_lines(ws: Workspace) -> None:
    rng = np.random.default_rng(5)
    keys = [k for k, m in ws.definitions.measures.items() if "police-uk" in m.numerator.sources]
    areas = ["north-worcestershire", "south-worcestershire", "herefordshire", "E07000234", "force-west-mercia"]
    for _ in range(12):
        measure = ws.definitions.measure(str(rng.choice(keys)))
        figure = compute(measure, str(rng.choice(areas)), Period.parse(str(rng.choice(MONTHS))), ws)
        assert figure.numerator is not None
        assert recount(trace(figure.figure_id, ws.home).to_json()) == figure.numerator


def test_rows_without_a_place_and_outside_are_shown_and_not_counted(
    ws: Workspace, slowly: Counter[tuple[str, str, str]]
) -> None:
    report = data_quality(ws, ws.areas.partnerships["north-worcestershire"], Period.parse("2018-12..2025-02"))
    (force,) = report.suppliers
    assert force.rows == sum(slowly.values())
    assert force.without_place == sum(n for (_, district, _), n in slowly.items() if not district)
    assert force.inside == sum(n for (_, district, _), n in slowly.items() if district in NORTH)
    assert force.anti_social_behaviour == force.without_id  # quirk 5: in these files no other row lacks an id

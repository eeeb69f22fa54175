"""What the demonstration is there to show: a redefinition, a small count and a total, each told apart."""

from __future__ import annotations

import pytest

from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.measures.comparing import compare
from frankpledge.engine.measures.results import Comparison
from frankpledge.engine.measures.workspace import workspace_for
from frankpledge.engine.store.home import Home

NORTH, SOUTH = "demo-north-worcestershire", "demo-south-worcestershire"


def compared(home: Home, measure: str, area: str = NORTH) -> Comparison:
    ws, _ = workspace_for(home, area)
    years = Period.parse("2016/17"), Period.parse("2017/18")
    return compare(ws.definitions.measure(measure), area, *years, ws)


def test_residential_burglary_rose_by_72_per_cent_and_no_direction_is_claimed(built: Home) -> None:
    found = compared(built, "official-residential-burglary")
    assert (found.before.value, found.after.value) == (950, 1635)
    assert found.change is None
    assert found.reason == "definition-change"


def test_all_burglary_hardly_changed_and_chance_explains_it(built: Home) -> None:
    found = compared(built, "official-burglary")
    assert (found.before.value, found.after.value) == (2181, 2155)
    assert found.change is not None
    assert found.change.verdict == "no-clear-change"


def test_homicide_from_three_to_seven_could_be_chance(built: Home) -> None:
    found = compared(built, "official-homicide")
    assert (found.before.value, found.after.value) == (3, 7)
    assert found.change is not None
    assert found.change.p == pytest.approx(0.34, abs=0.005)
    assert found.change.verdict in {"no-clear-change", "too-few"}


@pytest.mark.parametrize(
    ("area", "before", "after", "verdict"), [(NORTH, 19546, 20751, "rose"), (SOUTH, 21045, 20360, "fell")]
)
def test_the_total_rose_in_the_north_and_fell_in_the_south(
    built: Home, area: str, before: int, after: int, verdict: str
) -> None:
    found = compared(built, "official-total", area)
    assert (found.before.value, found.after.value) == (before, after)
    assert found.change is not None
    assert found.change.verdict == verdict


def test_invented_rows_are_compared_by_counting_chance_alone(built: Home) -> None:
    """Their spread from month to month was drawn by us: it must not stand for that of real months."""
    found = compared(built, "shoplifting")
    assert found.before.provenance.origin == "synthetic"
    assert found.change is not None
    assert found.change.method in {"exact", "e-test"}
    assert any("chance only" in caveat for caveat in found.caveats)

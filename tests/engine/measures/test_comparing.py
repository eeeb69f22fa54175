"""A direction is claimed only where a test supports it; what cannot be compared says why."""

from __future__ import annotations

from typing import Any

import pytest

from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.definitions.periods import Period, month_number, month_text
from frankpledge.engine.measures.comparing import comparable_periods, compare, longest_run

from .conftest import MakeWorkspace

NORTH = "north-worcestershire"
BEFORE, AFTER = Period.parse("2024-01..2024-04"), Period.parse("2025-01..2025-04")


def months(counts: dict[str, int], **more: Any) -> list[dict[str, Any]]:
    return [{"month": month, **more} for month, count in counts.items() for _ in range(count)]


def series(first: str, counts: list[int], **more: Any) -> list[dict[str, Any]]:
    start = month_number(first)
    return months({month_text(start + n): count for n, count in enumerate(counts)}, **more)


def test_real_months_are_compared_month_by_month(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([*series("2024-01", [30, 31, 29, 30]), *series("2025-01", [60, 62, 58, 61])])
    found = compare(shipped.measure("burglary"), NORTH, BEFORE, AFTER, ws)
    assert found.change is not None
    assert (found.change.verdict, found.change.before, found.change.after) == ("rose", 120, 241)
    assert found.change.n == 4 and found.months_compared == AFTER.months
    assert found.percent == pytest.approx(100.83, abs=0.01)


def test_scatter_among_months_counts_against_a_change(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([*series("2024-01", [100, 140, 90, 120]), *series("2025-01", [170, 120, 160, 130])])
    found = compare(shipped.measure("burglary"), NORTH, BEFORE, AFTER, ws)
    assert found.change is not None
    assert (found.change.method, found.change.verdict) == ("quasi-poisson", "no-clear-change")


def test_a_leap_day_is_named(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([*series("2024-01", [30] * 4), *series("2025-01", [30] * 4)])
    found = compare(shipped.measure("burglary"), NORTH, BEFORE, AFTER, ws)
    assert any("February 2024 has 29 days" in caveat for caveat in found.caveats)


def test_generated_rows_get_the_exact_test_of_their_totals(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    invented = {"source": "incidents", "supplier": "generator", "origin": "synthetic"}
    ws = workspace_of(
        [*series("2024-01", [100, 140, 90, 120], **invented), *series("2025-01", [170, 120, 160, 130], **invented)]
    )
    found = compare(shipped.measure("burglary"), NORTH, BEFORE, AFTER, ws)
    assert found.change is not None and found.change.method == "exact" and found.change.dispersion is None
    assert any("generated" in caveat and "counting chance only" in caveat for caveat in found.caveats)


def yearly(offence: str, before: int, after: int) -> list[dict[str, Any]]:
    years = (("2016-04", "2017-03", before), ("2017-04", "2018-03", after))
    return [{"first": a, "last": b, "offence": offence, "count": n} for a, b, n in years]


def test_yearly_counts_get_the_exact_test(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of(counts=yearly("homicide", 3, 7))
    found = compare(shipped.measure("official-homicide"), NORTH, Period.parse("2016/17"), Period.parse("2017/18"), ws)
    assert found.change is not None
    assert (found.change.method, found.change.verdict) == ("exact", "no-clear-change")
    assert found.change.p == pytest.approx(0.34, abs=0.005)
    assert any("counting chance only" in caveat for caveat in found.caveats)


def test_a_new_definition_between_the_years_leaves_no_direction(
    workspace_of: MakeWorkspace, shipped: Definitions
) -> None:
    ws = workspace_of(
        counts=[*yearly("burglary-residential", 950, 1635), *yearly("burglary-business-and-community", 1231, 520)]
    )
    years = Period.parse("2016/17"), Period.parse("2017/18")
    residential = compare(shipped.measure("official-residential-burglary"), NORTH, *years, ws)
    assert (residential.change, residential.reason) == (None, "definition-change")
    assert residential.breaks == ((month_number("2017-04"), "New definition of residential burglary"),)
    assert residential.percent == pytest.approx(72.1, abs=0.05)
    together = compare(shipped.measure("official-burglary"), NORTH, *years, ws)
    assert together.change is not None
    assert (together.change.before, together.change.after, together.change.verdict) == (2181, 2155, "no-clear-change")


def test_the_pandemic_is_a_caveat_and_not_a_change_of_rule(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of([*series("2019-04", [30] * 3), *series("2020-04", [10] * 3)])
    found = compare(
        shipped.measure("burglary"), NORTH, Period.parse("2019-04..2019-06"), Period.parse("2020-04..2020-06"), ws
    )
    assert found.change is not None and found.breaks == ()
    assert any("pandemic" in caveat for caveat in found.caveats)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("2024-01..2024-03", "2025-01..2025-04", "other-months"),
        ("2024-01..2024-04", "2024-05..2024-08", "missing-months"),
        ("2024-01..2024-02", "2025-03..2025-04", "other-months"),
        ("2024-01..2024-04", "2025-01..2025-05", "missing-months"),
    ],
)
def test_what_is_not_alike_is_not_compared(
    workspace_of: MakeWorkspace, shipped: Definitions, before: str, after: str, reason: str
) -> None:
    ws = workspace_of([*series("2024-01", [30] * 4), *series("2025-01", [30] * 4)], also_covered=["2024-06"])
    found = compare(shipped.measure("burglary"), NORTH, Period.parse(before), Period.parse(after), ws)
    assert (found.change, found.reason) == (None, reason)


def test_shares_of_outcomes_are_never_compared(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of(
        [*series("2024-01", [9] * 4, outcome_group="charged"), *series("2025-01", [9] * 4, outcome_group="charged")]
    )
    found = compare(shipped.measure("charged-share"), NORTH, BEFORE, AFTER, ws)
    assert (found.change, found.reason) == (None, "vintage")


def test_two_whole_years_are_compared_as_years(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of(series("2023-01", [5] * 24))
    found = comparable_periods(shipped.measure("burglary"), NORTH, month_number("2024-12"), ws)
    assert found == (Period.parse("2023-01..2023-12"), Period.parse("2024-01..2024-12"), "year")


def test_with_gaps_the_longest_run_of_like_months_is_compared(
    workspace_of: MakeWorkspace, shipped: Definitions
) -> None:
    ws = workspace_of([*series("2024-01", [5] * 4), *series("2025-01", [5] * 6)])
    found = comparable_periods(shipped.measure("burglary"), NORTH, month_number("2025-06"), ws)
    assert found == (BEFORE, AFTER, "like-for-like")
    assert comparable_periods(shipped.measure("burglary"), NORTH, month_number("2024-04"), ws) is None


def test_yearly_tables_offer_their_last_two_years(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of(counts=yearly("homicide", 3, 7))
    measure = shipped.measure("official-homicide")
    assert comparable_periods(measure, NORTH, month_number("2018-06"), ws) == (
        Period.parse("2016/17"),
        Period.parse("2017/18"),
        "year",
    )
    assert comparable_periods(measure, NORTH, month_number("2018-02"), ws) is None


def test_the_later_of_two_equal_runs_is_taken() -> None:
    run = longest_run([10, 11, 20, 21])
    assert run == Period(20, 21)
    assert longest_run([]) is None

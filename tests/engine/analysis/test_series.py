"""What a series of months holds, and what it lacks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.analysis.loglinear import fit_loglinear
from frankpledge.engine.analysis.series import (
    Span,
    contiguous_runs,
    gaps,
    longest_complete_run,
    month_number,
    month_text,
    year_and_month,
)
from frankpledge.engine.definitions.periods import month_number as numbered

NAN = float("nan")


def first_of(year, month=1):
    return month_number(year, month)


@given(st.integers(1900, 2200), st.integers(1, 12))
def test_months_are_counted_without_a_jump_at_new_year(year, month):
    assert year_and_month(month_number(year, month)) == (year, month)
    following = month_number(year + (month == 12), month % 12 + 1)
    assert following == month_number(year, month) + 1
    assert month_text(month_number(year, month)) == f"{year}-{month:02d}"


def test_months_here_are_one_above_the_months_of_periods():
    assert month_number(2025, 6) == numbered("2025-06") + 1
    assert month_text(numbered("2025-06") + 1) == "2025-06"


def test_missing_months_and_nan_are_the_same_gap_and_zero_is_none():
    months = [first_of(2018, 10) + i for i in range(5)] + [first_of(2024) + i for i in range(6)]
    values = [5, 0, 7, 8, 1, 3, 4, 0, NAN, 2, 6]
    assert [str(gap) for gap in gaps(months, values)] == ["2019-03..2023-12", "2024-04..2024-04"]
    assert [run.months for run in contiguous_runs(months, values)] == [5, 3, 2]


def test_a_break_ends_a_run_but_is_not_a_gap():
    months = np.arange(first_of(2016), first_of(2016) + 24)
    values = np.ones(24)
    changed = first_of(2017, 4)
    assert [str(run) for run in contiguous_runs(months, values, {changed})] == ["2016-01..2017-03", "2017-04..2017-12"]
    assert gaps(months, values) == ()


def test_the_longest_run_and_of_equals_the_latest():
    months = [first_of(2020) + i for i in (0, 1, 3, 4, 6)]
    run, values = longest_complete_run(months, [1, 2, 3, 4, 5])
    assert run == Span(first_of(2020, 4), first_of(2020, 5))
    assert values.tolist() == [3, 4]
    assert longest_complete_run(months, [NAN] * 5)[0] is None
    assert longest_complete_run([], [])[0] is None


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.integers(24000, 24060), st.one_of(st.integers(0, 9), st.just(NAN)), min_size=1))
def test_runs_and_gaps_tile_the_time_from_first_to_last_month_with_data(series):
    months, values = list(series), list(series.values())
    known = {m for m, v in series.items() if not np.isnan(v)}
    runs, holes = contiguous_runs(months, values), gaps(months, values)
    covered = [m for span in (*runs, *holes) for m in range(span.first, span.last + 1)]
    if known:
        assert sorted(covered) == list(range(min(known), max(known) + 1))
        assert {m for span in runs for m in range(span.first, span.last + 1)} == known
    else:
        assert covered == []


def test_the_order_of_the_rows_does_not_matter():
    months = np.arange(24301, 24331)
    values = np.arange(30.0)
    shuffled = np.random.default_rng(1).permutation(30)
    run, ordered = longest_complete_run(months[shuffled], values[shuffled])
    assert run == Span(24301, 24330)
    assert (ordered == values).all()


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: month_number(2024, 13), "month"),
        (lambda: gaps([1, 2], [1]), "equally long"),
        (lambda: gaps([1, 1], [1, 2]), "same month twice"),
        (lambda: contiguous_runs([1, 2], [1, -2]), "negative"),
        (lambda: fit_loglinear([[1], [1]], [1, 2, 3]), "design"),
        (lambda: fit_loglinear([[1], [1]], [0, 0]), "counts"),
        (lambda: fit_loglinear([[1], [1]], [1, NAN]), "counts"),
    ],
)
def test_a_bad_argument_is_named(call, argument):
    with pytest.raises(ValueError, match=argument):
        call()


def test_a_two_way_log_linear_fit_is_row_times_column_over_total():
    counts = np.array([[12.0, 30, 7], [20, 41, 22]])
    rows, columns = np.indices(counts.shape)
    design = np.column_stack([np.ones(6), rows.ravel() == 1, columns.ravel() == 1, columns.ravel() == 2])
    fit = fit_loglinear(design, counts.ravel())
    expected = counts.sum(1, keepdims=True) * counts.sum(0) / counts.sum()
    assert fit.fitted == pytest.approx(expected.ravel())
    assert fit.dispersion == pytest.approx(((counts - expected) ** 2 / expected).sum() / 2)


def test_standard_errors_of_a_log_linear_fit_match_the_known_formula():
    fit = fit_loglinear([[1, 0], [1, 1]], [40, 90])
    assert fit.covariance[1, 1] == pytest.approx(1 / 40 + 1 / 90)


def test_an_empty_column_does_not_run_away():
    fit = fit_loglinear(np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]]), [5, 6, 7, 0, 0, 0])
    assert np.isfinite(fit.coefficients).all()
    assert fit.fitted == pytest.approx([6, 6, 6, 0, 0, 0], abs=1e-6)

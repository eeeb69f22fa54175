"""A trend is told within one unbroken stretch, past season and scatter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.analysis.series import month_number
from frankpledge.engine.analysis.trend import (
    NEIGHBOURS_ALIKE,
    NOT_THE_LATEST,
    ONE_RUN,
    SEASON_NOT_REMOVED,
    trend,
)

START = month_number(2020, 1)


def months(n):
    return np.arange(START, START + n)


def test_a_noiseless_rise_is_measured_exactly():
    values = 1000 * 1.1 ** (np.arange(36) / 12)
    found = trend(months(36), values)
    assert found.verdict == "rising" and found.method == "quasi-poisson"
    assert found.estimate == pytest.approx(10, abs=1e-6)


def test_a_season_neither_makes_nor_hides_a_trend():
    wave = 100 * (1 + 0.4 * np.sin(np.arange(30) / 12 * 2 * np.pi))
    rng = np.random.default_rng(8)
    assert trend(months(30), rng.poisson(wave)).verdict == "no-clear-trend"
    falling = trend(months(30), rng.poisson(wave * 0.7 ** (np.arange(30) / 12)))
    assert falling.verdict == "falling"
    assert falling.lower < -30 < falling.upper < 0


def test_between_one_and_two_years_kendall_decides_and_says_that_the_season_is_in():
    found = trend(months(14), [30, 31, 33, 32, 36, 35, 38, 40, 39, 43, 44, 46, 45, 49])
    assert (found.verdict, found.method, found.n) == ("rising", "kendall", 14)
    assert SEASON_NOT_REMOVED in found.caveats
    assert found.lower <= found.estimate <= found.upper


def test_a_theil_sen_slope_is_per_year_and_per_mean_month():
    found = trend(months(13), np.arange(94.0, 107.0))  # one more each month around a mean of 100
    assert found.estimate == pytest.approx(12)


def test_too_short_is_a_result_with_a_reason():
    found = trend(months(11), np.arange(11))
    assert (found.verdict, found.estimate, found.p) == ("too-short", None, None)
    assert "12 consecutive months" in found.reason and "has 11" in found.reason
    assert trend([], []).verdict == "too-short"


def test_no_line_across_a_gap_or_a_break():
    low, high = np.full(20, 50.0), np.full(16, 500.0)
    gap = trend(np.concatenate([months(20), months(16) + 30]), np.concatenate([low, high]))
    broken = trend(months(36), np.concatenate([low, high]), breaks={START + 20})
    for found in (gap, broken):
        assert found.verdict == "no-clear-trend" and found.n == 20
        assert ONE_RUN in found.caveats and NOT_THE_LATEST in found.caveats
    assert trend(months(36), np.concatenate([low, high])).verdict == "rising"


def test_twelve_empty_months_have_no_trend():
    found = trend(months(12), np.zeros(12))
    assert found.verdict == "no-clear-trend" and found.estimate is None and "no incident" in found.reason


def share_found(draw, n, repeats=250):
    return np.mean([trend(months(n), draw(n)).verdict != "no-clear-trend" for _ in range(repeats)])


@pytest.mark.parametrize("n", [12, 24, 48])
def test_noise_has_a_trend_in_about_one_of_twenty(n):
    rng = np.random.default_rng(n)
    assert share_found(lambda n: rng.poisson(100, n), n) < 0.07
    assert share_found(lambda n: rng.poisson(rng.gamma(100 / 4, 4, n)), n) < 0.085


def test_months_that_resemble_their_neighbours_are_allowed_for():
    rng = np.random.default_rng(6)

    def drifting(n):
        steps = rng.normal(0, 0.15 * np.sqrt(1 - 0.5**2), n)
        level = np.zeros(n)
        for i in range(1, n):
            level[i] = 0.5 * level[i - 1] + steps[i]
        return rng.poisson(300 * np.exp(level))

    assert share_found(drifting, 36) < 0.15  # about 0.25 without the allowance
    wandering = 300 * np.exp(0.3 * np.sin(np.arange(60) / 30 * 2 * np.pi))
    assert NEIGHBOURS_ALIKE in trend(months(60), np.round(wandering)).caveats


@settings(max_examples=30, deadline=None)
@given(st.integers(12, 40), st.integers(0, 10_000), st.floats(0.5, 2))
def test_turning_a_series_round_turns_the_finding_round(n, seed, growth):
    values = np.random.default_rng(seed).poisson(60 * growth ** (np.arange(n) / 12)).astype(float)
    ahead, back = trend(months(n), values), trend(months(n), values[::-1])
    if n < 24:  # reversing also reverses the season, which only the shorter form ignores
        assert {"rising": "falling", "falling": "rising"}.get(ahead.verdict, ahead.verdict) == back.verdict
        assert ahead.p == pytest.approx(back.p)
    assert 0 <= ahead.p <= 1
    assert ahead.lower <= ahead.estimate <= ahead.upper


def test_a_flattened_series_loses_its_trend():
    values = np.random.default_rng(9).poisson(100 * 1.5 ** (np.arange(30) / 12))
    assert trend(months(30), values).verdict == "rising"
    assert trend(months(30), np.full(30, 100)).verdict == "no-clear-trend"

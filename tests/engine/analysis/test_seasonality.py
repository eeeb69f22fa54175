"""A season is found where there is one, and not in noise."""

from __future__ import annotations

import numpy as np
import pytest

from frankpledge.engine.analysis.change import compare_months
from frankpledge.engine.analysis.seasonality import ONE_RUN, TWO_YEARS, seasonality
from frankpledge.engine.analysis.series import month_number

START = month_number(2018, 4)


def months(n):
    return np.arange(START, START + n)


def summer(n, swing=0.3, level=100.0):
    """A yearly wave that is highest in July, for months that start in April."""
    return level * (1 + swing * np.cos((np.arange(n) - 3) / 12 * 2 * np.pi))


def share_found(draw, n, repeats):
    return np.mean([seasonality(months(n), draw(n)).verdict == "seasonal" for _ in range(repeats)])


def test_a_summer_peak_is_found_and_placed():
    found = seasonality(months(36), np.random.default_rng(4).poisson(summer(36)))
    assert found.verdict == "seasonal" and found.p < 0.001
    assert 7 in found.peak_months and 1 in found.trough_months
    assert not set(found.peak_months) & set(found.trough_months)
    assert np.mean(found.factors) == pytest.approx(1)
    assert found.estimate == pytest.approx(1.3 / 0.7, rel=0.35)
    assert 0.5 < found.strength < 1


def test_a_noiseless_season_comes_back_exactly():
    found = seasonality(months(24), np.tile([10, 20, 30, 40, 50, 60, 60, 50, 40, 30, 20, 10], 2) * 10)
    expected = np.roll([10, 20, 30, 40, 50, 60, 60, 50, 40, 30, 20, 10], 3) / 35
    assert found.factors == pytest.approx(expected, rel=1e-6)
    assert found.strength == pytest.approx(1)


def test_growth_is_not_taken_for_a_season():
    grown = np.random.default_rng(5).poisson(200 * 1.4 ** (np.arange(48) / 12))
    assert seasonality(months(48), grown).verdict == "no-clear-season"


def test_flat_poisson_noise_has_a_season_in_at_most_one_of_twenty():
    rng = np.random.default_rng(11)
    for n, level in ((24, 6), (24, 300), (60, 40)):
        assert share_found(lambda n, level=level: rng.poisson(level, n), n, 300) <= 0.05


def test_months_that_scatter_together_have_few_false_seasons():
    rng = np.random.default_rng(12)
    assert share_found(lambda n: rng.poisson(rng.gamma(100 / 4, 4, n)), 36, 300) <= 0.085


def test_too_short_says_what_is_missing():
    values = np.full(40, 50.0)
    values[20] = np.nan
    found = seasonality(months(40), values)
    assert (found.verdict, found.p, found.n) == ("too-short", None, 20)
    assert "4 more are missing" in found.reason and "2018-04..2019-11" in found.reason
    assert "1 more is missing" in seasonality(months(23), np.full(23, 50)).reason
    assert "there are none" in seasonality([], []).reason


def test_a_marked_break_is_not_crossed():
    level = np.where(np.arange(40) < 15, 100, 300)
    found = seasonality(months(40), level, breaks={START + 15})
    assert found.n == 25 and found.run.first == START + 15
    assert ONE_RUN in found.caveats and TWO_YEARS in found.caveats


def test_sparse_months_are_too_few():
    found = seasonality(months(24), np.ones(24))
    assert found.verdict == "too-few" and "5 incidents a month" in found.reason


def test_a_month_that_never_has_incidents_does_not_break_the_fit():
    pattern = np.tile([0, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20], 3)
    found = seasonality(months(36), pattern)
    assert found.verdict == "seasonal" and found.estimate is None
    assert min(found.factors) == pytest.approx(0, abs=1e-6)


def test_scaling_a_series_leaves_its_factors():
    values = np.random.default_rng(2).poisson(summer(36)).astype(float)
    assert seasonality(months(36), values * 3).factors == pytest.approx(seasonality(months(36), values).factors)


def test_drivers_killed_or_seriously_injured_in_great_britain(shared_data):
    # R datasets UKDriverDeaths (Harvey & Durbin 1986): a winter peak; the belt law of February 1983 a break.
    counts = np.loadtxt(
        shared_data / "reference_cases" / "data" / "uk_driver_ksi.csv", delimiter=",", skiprows=1, usecols=1
    )
    numbers = np.arange(month_number(1969, 1), month_number(1969, 1) + counts.size)
    law = month_number(1983, 2)
    found = seasonality(numbers, counts, breaks={law})
    assert found.verdict == "seasonal" and found.method == "f" and found.dispersion > 5
    assert found.run.last == law - 1
    assert found.peak_months[:2] == (12, 11)
    assert 4 in found.trough_months
    assert 0.4 < found.strength < 0.9


def test_the_belt_law_is_found_as_a_fall_of_about_a_fifth(reference, shared_data):
    case = reference("its_uk_seatbelt_data")
    counts = np.loadtxt(shared_data / "reference_cases" / case["data_files"][0], delimiter=",", skiprows=1, usecols=1)
    law = case["inputs"]["law_from_index"] - 1  # counted from 1 in the case
    found = compare_months(counts[law - 12 : law], counts[law : law + 12])
    assert found.verdict == "fell" and found.method == "quasi-poisson"
    assert found.lower < 0.8 < found.upper < 1

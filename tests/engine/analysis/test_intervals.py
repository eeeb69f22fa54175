"""Intervals of counts, rates and proportions against printed values and their own coverage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from frankpledge.engine.analysis.intervals import (
    NOTHING_TO_DIVIDE_BY,
    poisson_interval,
    rate_interval,
    wilson_interval,
)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(10, 4.79, 18.39), (104, 84.97, 126.01), (245, 215.28, 277.68), (2264, 2171.69, 2359.22)],
)
def test_byar_limits_match_the_domain_vector_v1(count, lower, upper):
    found = poisson_interval(count, method="byar")
    assert (round(found.lower, 2), round(found.upper, 2)) == (lower, upper)


@pytest.mark.parametrize("count", [0, 1, 3, 17, 400])
def test_exact_limits_put_exactly_the_tail_beyond_the_count(count):
    found = poisson_interval(count)
    assert stats.poisson.cdf(count, found.upper) == pytest.approx(0.025)
    if count:
        assert stats.poisson.sf(count - 1, found.lower) == pytest.approx(0.025)
    else:
        assert found.lower == 0


def test_exact_limits_cover_at_least_their_level_for_every_mean():
    limits = [poisson_interval(count) for count in range(80)]
    for mean in np.linspace(0.3, 30, 60):
        inside = [n for n, limit in enumerate(limits) if limit.lower <= mean <= limit.upper]
        assert stats.poisson.pmf(inside, mean).sum() >= 0.95


@settings(max_examples=50, deadline=None)
@given(count=st.integers(0, 100_000), level=st.sampled_from([0.8, 0.95, 0.998]))
def test_limits_enclose_the_count_and_widen_with_the_level(count, level):
    for method in ("exact", "byar"):
        found = poisson_interval(count, level=level, method=method)
        wider = poisson_interval(count, level=0.999, method=method)
        assert wider.lower <= found.lower <= count <= found.upper <= wider.upper


def test_rates_of_the_domain_vector_v5():
    assert round(rate_interval(14761, 275826).estimate, 2) == 53.52
    assert round(rate_interval(627, 115997).estimate, 2) == 5.41


@settings(max_examples=25, deadline=None)
@given(count=st.integers(0, 5000), exposure=st.floats(1, 1e7), scale=st.floats(0.01, 1000))
def test_a_rate_scales_with_per_and_against_exposure(count, exposure, scale):
    found = rate_interval(count, exposure)
    assert rate_interval(count, exposure, per=1000 * scale).upper == pytest.approx(found.upper * scale)
    assert rate_interval(count, exposure * scale).lower == pytest.approx(found.lower / scale)


def test_no_exposure_is_a_result_with_a_reason_and_zero_incidents_is_a_rate():
    empty = rate_interval(4, 0)
    assert (empty.estimate, empty.lower, empty.upper) == (None, None, None)
    assert empty.caveats == (NOTHING_TO_DIVIDE_BY,)
    assert rate_interval(0, 500).estimate == 0


def test_wilson_solves_the_score_equation():
    found = wilson_interval(7, 30)
    z = stats.norm.isf(0.025)
    for end in (found.lower, found.upper):
        assert abs(7 / 30 - end) == pytest.approx(z * np.sqrt(end * (1 - end) / 30))


def test_wilson_stays_inside_nought_to_one():
    assert wilson_interval(0, 12).lower == 0
    assert wilson_interval(12, 12).upper == 1
    assert wilson_interval(0, 0).caveats == (NOTHING_TO_DIVIDE_BY,)


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: poisson_interval(-1), "count"),
        (lambda: poisson_interval(1.5), "count"),
        (lambda: poisson_interval(float("nan")), "count"),
        (lambda: poisson_interval(1, level=95), "level"),
        (lambda: poisson_interval(1, method="wald"), "method"),
        (lambda: rate_interval(1, -2), "exposure"),
        (lambda: rate_interval(1, 2, per=0), "per"),
        (lambda: wilson_interval(3, 2), "numerator"),
    ],
)
def test_a_bad_argument_is_named(call, argument):
    with pytest.raises(ValueError, match=argument):
        call()

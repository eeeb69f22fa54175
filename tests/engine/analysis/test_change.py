"""Change between two counts: published p-values, the domain's vectors, and false alarms counted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from frankpledge.engine.analysis.change import (
    COUNTING_CHANCE_ONLY,
    FEW_PAIRS,
    NONE_BEFORE,
    PAIRS_DROPPED,
    SMALL_COUNT,
    compare_counts,
    compare_months,
    false_discovery,
    z_of_counts,
)
from frankpledge.engine.analysis.two_counts import e_test_p, exact_p

COUNTS = st.integers(0, 60)


def e_test_by_loop(before, after, exposure_before, exposure_after):
    """Krishnamoorthy & Thomson's sum over all pairs of counts, written out."""

    def statistic(x, y):
        variance = x / exposure_before**2 + y / exposure_after**2
        return 0.0 if variance == 0 else abs(y / exposure_after - x / exposure_before) / math.sqrt(variance)

    observed = statistic(before, after)
    if observed == 0:
        return 1.0
    rate = (before + after) / (exposure_before + exposure_after)
    first = stats.poisson(rate * exposure_before).pmf(np.arange(250))
    second = stats.poisson(rate * exposure_after).pmf(np.arange(250))
    pairs = ((x, y) for x in range(250) if first[x] > 1e-14 for y in range(250) if second[y] > 1e-14)
    return sum(first[x] * second[y] for x, y in pairs if statistic(x, y) >= observed - 1e-9)


def test_e_test_gives_the_published_p_values(reference):
    case = reference("poisson_e_test")  # Krishnamoorthy & Thomson 2004
    found = [e_test_p(*pair) for pair in case["inputs"]["pairs"]]
    assert found == pytest.approx(case["expected"]["p"], abs=case["tolerance"]["abs"])
    assert found[1] == pytest.approx(case["expected"]["p_6_2_more_digits"], abs=1e-6)
    assert e_test_p(0, 0) == 1.0


def test_the_domain_vectors_v2_and_t16():
    assert compare_counts(16, 25).p == pytest.approx(0.165, abs=0.0005)
    homicide = compare_counts(3, 7, method="exact")
    assert homicide.p == pytest.approx(0.34, abs=0.005)
    assert homicide.verdict == compare_counts(3, 7).verdict == "no-clear-change"
    assert SMALL_COUNT in homicide.caveats
    for before, after, z in [(2484, 2264, -3.19), (3, 7, 1.29), (950, 1635, 13.59), (167, 124, -2.53)]:
        assert z_of_counts(before, after) == pytest.approx(z, abs=0.005)


def test_the_demonstration_findings_stand():
    assert compare_counts(950, 1635).verdict == "rose"
    assert compare_counts(2181, 2155).verdict == "no-clear-change"
    assert compare_counts(19546, 20751).verdict == "rose"


@pytest.mark.parametrize("exposures", [(1.0, 1.0), (1.0, 2.5), (3.0, 0.7)])
@pytest.mark.parametrize("pair", [(0, 3), (4, 0), (3, 7), (12, 12), (20, 41), (60, 35)])
def test_the_fast_e_test_equals_the_sum_over_all_pairs(pair, exposures):
    assert e_test_p(*pair, *exposures) == pytest.approx(e_test_by_loop(*pair, *exposures), abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(before=COUNTS, after=COUNTS, method=st.sampled_from(["e-test", "exact"]))
def test_swapping_the_periods_reverses_the_finding(before, after, method):
    there, back = compare_counts(before, after, method=method), compare_counts(after, before, method=method)
    assert there.p == pytest.approx(back.p, abs=1e-9)
    assert {"rose": "fell", "fell": "rose"}.get(there.verdict, there.verdict) == back.verdict
    if before:
        assert there.upper == pytest.approx(1 / back.lower if back.lower else math.inf, rel=1e-6)


@settings(max_examples=50, deadline=None)
@given(
    before=COUNTS, after=COUNTS, method=st.sampled_from(["e-test", "exact"]), longer=st.sampled_from([0.4, 1.0, 3.0])
)
def test_limits_and_p_value_tell_the_same_story(before, after, method, longer):
    found = compare_counts(before, after, method=method, exposure_after=longer)
    upper = math.inf if found.upper is None else found.upper
    assert 0 <= found.p <= 1
    assert found.lower <= upper
    if found.ratio is not None:
        assert found.lower <= found.ratio <= upper
        assert found.percent == pytest.approx(100 * (found.ratio - 1))
    else:
        assert found.percent is None and NONE_BEFORE in found.caveats
    if found.p >= 0.05:
        assert found.lower <= 1 <= upper
    else:
        assert found.lower >= 1 or upper <= 1
    if found.verdict == "rose":
        assert found.p < 0.05 and found.lower >= 1


def test_exact_limits_are_where_the_exact_test_stops_rejecting():
    found = compare_counts(14, 9, method="exact")
    for end in (found.lower, found.upper):
        assert exact_p(14, 9, 1.0, end) == pytest.approx(0.05, abs=1e-6)


@pytest.mark.parametrize("pair", [(0, 0), (4, 0), (0, 4), (1, 3), (2, 4)])
def test_a_handful_of_incidents_gives_no_verdict(pair):
    assert compare_counts(*pair).verdict == "too-few"


def test_too_few_where_no_outcome_could_reach_significance():
    assert compare_counts(5, 0, method="exact").verdict == "too-few"
    assert compare_counts(6, 0, method="exact").verdict == "fell"


def test_the_counting_tests_raise_false_alarms_no_oftener_than_their_level():
    rng = np.random.default_rng(20)
    for mean in (8, 30, 200):
        pairs = rng.poisson(mean, (600, 2))
        p = np.array([e_test_p(int(x), int(y)) for x, y in pairs])
        assert (p < 0.05).mean() < 0.075
        assert (p < 0.5).mean() == pytest.approx(0.5, abs=0.12)


def overdispersed_months(rng, mean, dispersion, shape):
    return rng.poisson(rng.gamma(mean / (dispersion - 1), dispersion - 1, shape)).astype(float)


def test_months_that_scatter_do_not_pass_for_change():
    rng = np.random.default_rng(7)
    before, after = overdispersed_months(rng, 200, 5, (2, 400, 6))
    months = [compare_months(b, a).verdict in {"rose", "fell"} for b, a in zip(before, after, strict=True)]
    counts = [
        compare_counts(int(b.sum()), int(a.sum())).verdict != "no-clear-change"
        for b, a in zip(before, after, strict=True)
    ]
    assert np.mean(months) < 0.085
    assert np.mean(counts) > 0.3  # the counting test alone would cry wolf


def test_a_real_rise_is_found_despite_season_and_scatter():
    rng = np.random.default_rng(3)
    season = np.array([60, 80, 120, 150, 160, 90])
    before = overdispersed_months(rng, season * 5, 3, 6)
    after = overdispersed_months(rng, season * 7, 3, 6)
    found = compare_months(before, after)
    assert found.verdict == "rose"
    assert found.lower < 1.4 < found.upper


def test_the_season_itself_is_not_scatter():
    season = np.array([100.0, 400.0, 900.0, 50.0])
    assert compare_months(season, season * 1.2).dispersion == pytest.approx(0, abs=1e-12)


def test_the_dispersion_is_pearsons_chi_square_over_its_degrees_of_freedom():
    before, after = np.array([100.0, 140, 90, 120]), np.array([170.0, 120, 160, 130])
    chi_square = stats.chi2_contingency(np.stack([before, after]), correction=False).statistic
    found = compare_months(before, after)
    assert found.dispersion == pytest.approx(chi_square / 3)
    assert found.ratio == pytest.approx(after.sum() / before.sum())
    assert found.lower == pytest.approx(
        found.ratio * math.exp(-stats.t.isf(0.025, 3) * math.sqrt(chi_square / 3 * (1 / 450 + 1 / 580)))
    )


def test_days_in_the_month_are_allowed_for():
    days_before, days_after = np.array([31, 28, 31, 30]), np.array([31, 29, 31, 30])
    found = compare_months(
        days_before * 100.0, days_after * 100.0, exposure_before=days_before, exposure_after=days_after
    )
    assert found.ratio == pytest.approx(1.0)
    assert found.difference == 100


def test_a_month_without_data_takes_its_partner_with_it():
    found = compare_months([100, np.nan, 130, 90, 100], [100, 5000, 130, 90, 100])
    assert (found.before, found.after, found.n) == (420, 420, 4)
    assert PAIRS_DROPPED in found.caveats and FEW_PAIRS in found.caveats


def test_fewer_than_three_pairs_fall_back_to_the_exact_test():
    found = compare_months([100, 130], [120, 150])
    assert found.method == "exact" and found.dispersion is None
    assert COUNTING_CHANCE_ONLY in found.caveats
    assert COUNTING_CHANCE_ONLY not in compare_months([100, 130, 90], [120, 150, 99]).caveats


@settings(max_examples=40, deadline=None)
@given(
    months=st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=12), seed=st.integers()
)
def test_neither_the_order_of_months_nor_an_empty_month_matters(months, seed):
    before, after = np.array(months, dtype=float).T
    order = np.random.default_rng(abs(seed)).permutation(len(months))
    found = compare_months(before, after)
    shuffled = compare_months(before[order], after[order])
    padded = compare_months(np.append(before, 0), np.append(after, 0))
    assert found.p == pytest.approx(shuffled.p) and found.verdict == shuffled.verdict
    assert found.p == pytest.approx(padded.p)
    if found.method == "quasi-poisson":
        assert found.p >= e_test_p(found.before, found.after) - 0.01  # never less variance than Poisson


def test_no_months_at_all_are_too_few():
    assert compare_months([], []).verdict == "too-few"
    assert compare_months([np.nan] * 4, [3] * 4).verdict == "too-few"


def test_benjamini_and_hochbergs_own_example():
    # Benjamini & Hochberg 1995, section 4.1: fifteen p-values, four rejected at 0.05.
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528]
    p += [0.7590, 1.0]
    assert (false_discovery(p) <= 0.05).sum() == 4


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), max_size=30))
def test_adjusted_p_values_match_scipy_and_keep_nan(p):
    values = np.array(p, dtype=float)
    found = false_discovery(values)
    known = ~np.isnan(values)
    assert (np.isnan(found) == ~known).all()
    if known.any():
        assert found[known] == pytest.approx(stats.false_discovery_control(values[known]))


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: compare_counts(-1, 2), "before"),
        (lambda: compare_counts(1, 2.5), "after"),
        (lambda: compare_counts(1, 2, exposure_after=0), "exposure_after"),
        (lambda: compare_counts(1, 2, method="z"), "method"),
        (lambda: compare_counts(1, 2, level=1), "level"),
        (lambda: compare_months([1, 2], [1]), "equally long"),
        (lambda: compare_months([1, -2], [1, 2]), "before"),
        (lambda: compare_months([1, 2], [1, 2.5]), "after"),
        (lambda: compare_months([1, 2], [1, 2], exposure_before=[1, 0]), "exposure_before"),
        (lambda: false_discovery([0.5, 1.5]), "p must"),
    ],
)
def test_a_bad_argument_is_named(call, argument):
    with pytest.raises(ValueError, match=argument):
        call()

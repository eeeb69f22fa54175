"""Similar areas, funnel limits and an area's place among its peers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from frankpledge.engine.analysis.funnel import funnel_limits, winsorised_dispersion
from frankpledge.engine.analysis.peers import (
    LEFT_OUT,
    PEERS_WITHOUT_DATA,
    REAL_DIFFERENCES,
    TOO_FEW_EXPECTED,
    TOO_FEW_PEERS,
    compare_with_peers,
    most_similar,
)

NAN = float("nan")


def test_funnel_limits_match_the_published_table(reference):
    case = reference("funnel_proportion_limits")  # PHEindicatormethods
    given_ = case["inputs"]
    inner, outer = funnel_limits(given_["baseline_percent"], given_["population"], kind="proportion", per=100)
    expected = case["expected"]
    for found, name in [
        (inner.lower, "lower2s"),
        (inner.upper, "upper2s"),
        (outer.lower, "lower3s"),
        (outer.upper, "upper3s"),
    ]:
        assert found == pytest.approx(expected[name], abs=case["tolerance"]["abs"])


def test_funnel_limits_of_a_rate_are_the_domain_formula():
    (found,) = funnel_limits(8.0, [50_000], levels=[0.95])
    half = stats.norm.isf(0.025) * np.sqrt(0.008 / 50_000) * 1000
    assert found.lower[0] + found.upper[0] == pytest.approx(16)
    assert found.upper[0] - 8 == pytest.approx(half)
    (wider,) = funnel_limits(8.0, [50_000], levels=[0.95], dispersion=4)
    assert wider.upper[0] - 8 == pytest.approx(2 * half)


def test_dispersion_is_near_one_for_chance_and_near_the_truth_beyond_it():
    rng = np.random.default_rng(1)
    assert winsorised_dispersion(rng.normal(0, 1, 4000)) == pytest.approx(1, abs=0.08)
    assert winsorised_dispersion(rng.normal(0, 3, 4000)) == pytest.approx(9, rel=0.1)
    one_outlier = np.append(rng.normal(0, 1, 30), 50.0)
    assert winsorised_dispersion(one_outlier) < 3


def test_nearest_areas_by_hand():
    features = [[0, 0], [1, 0], [0, 10], [2, 10], [0.5, 0]]
    spread = np.std(np.array(features, dtype=float), axis=0)
    found = most_similar(features, 0, size=3)
    assert found.indices == (4, 1, 2)
    assert found.distances == pytest.approx([0.5 / spread[0], 1 / spread[0], 10 / spread[1]])


def test_an_area_is_never_its_own_peer_and_gaps_are_left_out():
    features = np.array([[1.0, 2], [1, 2], [NAN, 2], [3, 4]])
    found = most_similar(features, 0)
    assert found.indices == (1, 3) and found.n == 2
    assert found.caveats == (LEFT_OUT,)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 100), st.floats(-50, 50))
def test_units_order_and_a_constant_column_do_not_change_the_peers(seed, scale, shift):
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(20, 3))
    found = most_similar(features, 4, size=6)
    rescaled = features * [scale, 1, 1] + [shift, 0, 0]
    padded = np.column_stack([rescaled, np.full(20, 7.0)])
    assert most_similar(padded, 4, size=6).indices == found.indices
    order = rng.permutation(20)
    moved = most_similar(features[order], int(np.flatnonzero(order == 4)[0]), size=6)
    assert tuple(int(order[i]) for i in moved.indices) == found.indices


def test_a_clear_outlier_is_higher_and_ranked_last():
    peers = [480, 520, 610, 450, 505, 530]
    sizes = [100_000, 98_000, 120_000, 91_000, 100_000, 101_000]
    found = compare_with_peers(900, 100_000, peers, sizes)
    assert found.position == "higher"
    assert (found.rank, found.rank_range, found.n) == (7, (7, 7), 6)
    rates = 1000 * np.array(peers) / sizes
    assert found.peer_mean == pytest.approx(rates.mean())
    assert (found.peer_lowest, found.peer_highest) == pytest.approx((rates.min(), rates.max()))
    assert found.quartiles == pytest.approx(np.quantile(rates, [0.25, 0.5, 0.75]))
    assert found.funnel_998[1] > found.funnel_95[1] > found.peer_mean
    assert compare_with_peers(250, 100_000, peers, sizes).position == "lower"


def test_a_difference_within_the_peers_own_spread_is_no_finding():
    peers, sizes = [300, 520, 900, 450, 700, 610], [100_000] * 6
    found = compare_with_peers(800, 100_000, peers, sizes)
    assert found.position == "similar"
    assert REAL_DIFFERENCES in found.caveats and found.dispersion > 20
    assert found.rank == 6 and found.rank_range == (5, 7)  # 700 and 900 are within its reach


def test_a_rank_that_chance_could_change_has_a_range():
    found = compare_with_peers(50, 10_000, [48, 52, 49, 120], [10_000] * 4)
    assert found.rank == 3 and found.rank_range == (1, 4)


def test_no_rank_and_no_position_below_four_peers():
    found = compare_with_peers(900, 100_000, [100, 120, NAN, 110], [100_000] * 4)
    assert (found.position, found.rank, found.funnel_95) == ("too-few-peers", None, None)
    assert TOO_FEW_PEERS in found.caveats and PEERS_WITHOUT_DATA in found.caveats
    assert found.peer_mean == pytest.approx(1.1)
    empty = compare_with_peers(3, 100, [], [])
    assert (empty.peer_mean, empty.position) == (None, "too-few-peers")


def test_a_handful_of_incidents_is_not_placed():
    found = compare_with_peers(6, 10_000, [2, 1, 3, 0, 2], [10_000] * 5)
    assert found.position == "too-few" and TOO_FEW_EXPECTED in found.caveats
    assert compare_with_peers(0, 10_000, [0, 0, 0, 0], [10_000] * 4).position == "too-few"


def test_an_area_drawn_like_its_peers_is_seldom_called_different():
    rng = np.random.default_rng(3)
    for peers, differ in ((15, 0.0), (15, 0.25), (6, 0.25)):
        called = 0
        for _ in range(300):
            sizes = 100_000 * np.exp(rng.normal(0, 0.3, peers + 1))
            counts = rng.poisson(0.005 * np.exp(rng.normal(0, differ, peers + 1)) * sizes)
            found = compare_with_peers(int(counts[0]), float(sizes[0]), counts[1:], sizes[1:])
            called += found.position != "similar"
        assert called / 300 < 0.1


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: most_similar([1, 2, 3], 0), "features"),
        (lambda: most_similar([[1], [2]], 2), "index"),
        (lambda: most_similar([[NAN], [2]], 0), "index"),
        (lambda: most_similar([[1], [2]], 0, size=0), "size"),
        (lambda: funnel_limits(-1, [5]), "target"),
        (lambda: funnel_limits(101, [5], kind="proportion", per=100), "target"),
        (lambda: funnel_limits(1, [0]), "exposures"),
        (lambda: funnel_limits(1, [2], dispersion=-1), "dispersion"),
        (lambda: funnel_limits(1, [2], kind="mean"), "kind"),
        (lambda: winsorised_dispersion([1]), "two values"),
        (lambda: compare_with_peers(1, 0, [1], [1]), "exposure"),
        (lambda: compare_with_peers(1.5, 1, [1], [1]), "count"),
        (lambda: compare_with_peers(1, 1, [1], [0]), "peer_exposures"),
        (lambda: compare_with_peers(1, 1, [1, 2], [1]), "equally long"),
        (lambda: compare_with_peers(1, 1, [1.5], [1]), "peer_counts"),
    ],
)
def test_a_bad_argument_is_named(call, argument):
    with pytest.raises(ValueError, match=argument):
        call()

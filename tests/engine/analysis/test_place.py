"""Concentration beyond chance, and counts on a grid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.analysis.place import (
    AREAS_WITHOUT_DATA,
    areas_holding,
    concentration,
    gini,
    gini_by_chance,
    grid_counts,
)

COUNTS = st.lists(st.integers(0, 60), min_size=10, max_size=40).filter(lambda counts: sum(counts) >= 20)


@settings(max_examples=40, deadline=None)
@given(COUNTS)
def test_gini_is_the_mean_difference_over_twice_the_mean(counts):
    values = np.array(counts, dtype=float)
    slow = np.abs(values[:, None] - values).mean() / (2 * values.mean())
    assert gini(counts) == pytest.approx(slow)


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.integers(0, 1000))
def test_the_order_of_areas_does_not_matter_and_an_empty_area_concentrates(counts, seed):
    found = concentration(counts)
    assert concentration(np.random.default_rng(seed).permutation(counts)) == found
    wider = concentration([*counts, 0])
    assert wider.estimate >= found.estimate - 1e-12
    assert wider.areas_for_half <= found.areas_for_half
    assert gini(np.array(counts) * 3) == pytest.approx(found.estimate)
    assert found.lorenz[-1] == pytest.approx(1)


def test_shares_of_areas_by_hand():
    assert areas_holding([50, 30, 10, 10, 0], 0.5) == 0.2
    assert areas_holding([50, 30, 10, 10, 0], 0.51) == 0.4
    assert areas_holding([1] * 10, 0.8) == 0.8
    assert areas_holding([7, 0, 0, 0], 1) == 0.25


def test_what_chance_does_matches_incidents_thrown_at_areas():
    rng = np.random.default_rng(1)
    for areas, incidents in ((12, 60), (60, 40), (300, 900)):
        thrown = rng.multinomial(incidents, np.full(areas, 1 / areas), 400)
        found = concentration(thrown[0])
        assert found.by_chance == pytest.approx(np.mean([gini(row) for row in thrown]), abs=0.015)
        half = np.mean([areas_holding(row, 0.5) for row in thrown])
        most = np.mean([areas_holding(row, 0.8) for row in thrown])
        assert found.areas_for_half_by_chance == pytest.approx(half, abs=0.02)
        assert found.areas_for_four_fifths_by_chance == pytest.approx(most, abs=0.02)


def test_sparse_incidents_are_not_called_concentrated():
    rng = np.random.default_rng(2)
    thrown = rng.multinomial(40, np.full(80, 1 / 80), 400)
    found = [concentration(row) for row in thrown]
    assert np.mean([f.estimate for f in found]) > 0.6  # looks concentrated
    assert np.mean([f.verdict == "concentrated" for f in found]) < 0.08
    assert np.mean([f.beyond_chance for f in found]) < 0.08


def test_a_few_busy_areas_are_found():
    rng = np.random.default_rng(3)
    weights = np.append(np.full(10, 10.0), np.full(90, 1.0))
    found = concentration(rng.multinomial(800, weights / weights.sum()))
    assert found.verdict == "concentrated"
    assert found.areas_for_half < 0.15 < found.areas_for_half_by_chance
    assert 0.2 < found.beyond_chance < found.estimate


def test_too_little_is_a_result_with_a_reason():
    for counts in ([], [1] * 15, [100, 3, 5]):
        found = concentration(counts)
        assert found.verdict == "too-few" and found.estimate is None and "at least 20 incidents" in found.caveats[0]
    assert AREAS_WITHOUT_DATA in concentration([5.0] * 12 + [float("nan")]).caveats


def test_chance_alone_vanishes_with_many_incidents_per_area():
    assert gini_by_chance(0.01) > 0.98
    assert gini_by_chance(1e6) < 0.001


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 300), st.sampled_from([50.0, 100.0, 333.0]), st.integers(0, 1000))
def test_the_grid_against_a_slow_loop(points, size, seed):
    rng = np.random.default_rng(seed)
    east, north = rng.uniform(-500, 2000, (2, points))
    found = grid_counts(east, north, size)
    slow: dict[tuple[float, float], int] = {}
    for e, n in zip(east, north, strict=True):
        corner = (np.floor(e / size) * size, np.floor(n / size) * size)
        slow[corner] = slow.get(corner, 0) + 1
    corners = zip(found.easting.tolist(), found.northing.tolist(), strict=True)
    assert dict(zip(corners, found.count.tolist(), strict=True)) == slow


def test_points_far_apart_need_no_grid_between_them():
    found = grid_counts([0, 650_000, 3], [0, 1_200_000, 4], 1)
    assert found.easting.tolist() == [0, 3, 650_000]
    assert found.northing.tolist() == [0, 4, 1_200_000]


def test_points_without_a_place_are_counted_apart():
    found = grid_counts([float("nan"), 5], [3, 5], 10)
    assert (found.missing, found.count.tolist()) == (1, [1])
    assert grid_counts([], [], 10).count.size == 0


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: concentration([-1] * 12), "counts"),
        (lambda: concentration([1.5] * 12), "counts"),
        (lambda: gini([0, 0]), "counts"),
        (lambda: areas_holding([0], 0.5), "counts"),
        (lambda: areas_holding([1], 0), "share"),
        (lambda: grid_counts([1], [1, 2], 5), "equally long"),
        (lambda: grid_counts([1], [1], 0), "size"),
    ],
)
def test_a_bad_argument_is_named(call, argument):
    with pytest.raises(ValueError, match=argument):
        call()

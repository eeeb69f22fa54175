"""Scores, their bounds over open cells, and how far the recommendation depends on judgement."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.analysis.scoring import (
    NOT_RANKED,
    OPEN_CELLS,
    score_themes,
    scoring_matrix,
    sensitivity,
)

NAN = float("nan")
SECTIONS = ("harm", "harm", "likelihood", "organisation")
WEIGHTS = (3, 1, 2, 1)

MATRICES = st.lists(
    st.tuples(*[st.one_of(st.integers(0, 4).map(float), st.just(NAN)) for _ in SECTIONS]), min_size=1, max_size=5
)


def matrix(cells, weights=WEIGHTS, **options):
    return scoring_matrix(cells, SECTIONS, weights, **options)


def estimates(cells, **options):
    return [theme.estimate for theme in score_themes(matrix(cells, **options)).themes]


def test_a_score_by_hand():
    # Harm (3 x 4 + 1 x 2) / 16, likelihood 3 / 4, position 1 / 4 moves it by 1 - 0.2 x 0.5.
    assert estimates([[4, 2, 3, 1]]) == pytest.approx([100 * 14 / 16 * 3 / 4 * 0.9 / 1.2])
    assert estimates([[4, 2, 3, 1]], adjustment=0) == pytest.approx([100 * 14 / 16 * 3 / 4])
    assert estimates([[4, 4, 4, 4], [0, 4, 0, 4]]) == pytest.approx([100, 0])


def test_an_open_cell_is_left_out_and_is_not_a_zero():
    as_zero, open_, without = estimates([[4, 0, 3, 2], [4, NAN, 3, 2], [4, 4, 3, 2]])
    assert as_zero < open_ == pytest.approx(without)
    neutral, middle = estimates([[4, 2, 3, NAN], [4, 2, 3, 2]])
    assert neutral == pytest.approx(middle)


def test_a_theme_without_any_cell_for_harm_has_no_score_but_bounds():
    found = score_themes(matrix([[NAN, NAN, 3, 2], [1, 1, 1, 1]]))
    first = found.themes[0]
    assert (first.estimate, first.rank, first.n, first.open_cells) == (None, None, 2, (0, 1))
    assert first.lower == 0 < first.upper
    assert found.order == (1,)
    assert found.caveats == (OPEN_CELLS, NOT_RANKED)


@settings(max_examples=30, deadline=None)
@given(MATRICES.filter(lambda cells: sum(value != value for row in cells for value in row) <= 4))  # noqa: PLR0124
def test_bounds_and_places_hold_for_every_way_to_fill_the_open_cells(cells):
    table = np.array(cells)
    found = score_themes(matrix(table))
    open_cells = np.argwhere(np.isnan(table))
    seen = []
    for fill in itertools.product((0, 1, 4), repeat=len(open_cells)):
        filled = table.copy()
        filled[tuple(open_cells.T)] = fill
        whole = score_themes(matrix(filled)).themes
        seen.append([theme.estimate for theme in whole])
        for theme, bound in zip(whole, found.themes, strict=True):
            assert bound.rank_best <= theme.rank <= bound.rank_worst
    for theme, low, high in zip(found.themes, np.min(seen, axis=0), np.max(seen, axis=0), strict=True):
        assert (theme.lower, theme.upper) == pytest.approx((low, high))
        if theme.estimate is not None:
            assert theme.lower - 1e-9 <= theme.estimate <= theme.upper + 1e-9


@settings(max_examples=30, deadline=None)
@given(MATRICES, st.floats(0.1, 10), st.integers(0, 100))
def test_order_of_themes_and_the_unit_of_weights_do_not_matter(cells, unit, seed):
    table = np.array(cells)
    base = estimates(table)
    scaled = estimates(table, weights=np.array(WEIGHTS) * unit)
    order = np.random.default_rng(seed).permutation(len(cells))
    assert [x is None for x in scaled] == [x is None for x in base]
    assert [x for x in scaled if x is not None] == pytest.approx([x for x in base if x is not None])
    assert estimates(table[order]) == [base[i] for i in order]


@settings(max_examples=30, deadline=None)
@given(st.tuples(*[st.integers(0, 3) for _ in SECTIONS]), st.integers(0, 3))
def test_raising_a_cell_never_lowers_the_score(cells, which):
    raised = list(cells)
    raised[which] += 1
    before, after = estimates([cells, raised])
    assert after >= before - 1e-9


def test_equal_scores_share_a_rank():
    found = score_themes(matrix([[4, 4, 4, 4], [2, 2, 2, 2], [2, 2, 2, 2], [1, 1, 1, 1]]))
    assert [theme.rank for theme in found.themes] == [1, 2, 2, 4]
    assert (found.themes[1].rank_best, found.themes[1].rank_worst) == (2, 3)


def test_a_clear_lead_stands_under_every_weight():
    cells = [[4, 4, 4, 4], [4, 4, 4, 3], [1, 1, 1, 1], [0, 1, 1, 0]]
    found = sensitivity(matrix(cells), rng=np.random.default_rng(1), top=2, draws=200)
    assert found.recommended == found.certain == (0, 1)
    for stability in (found.weights, found.fills, found.both):
        assert (stability.same_top, stability.same_order) == (1.0, 1.0)
        assert stability.in_top == (1.0, 1.0, 0.0, 0.0)


def test_a_tie_of_opposites_is_decided_by_the_weights():
    mirrored = scoring_matrix([[4, 1, 4], [1, 4, 4], [0, 0, 4]], ["harm", "harm", "likelihood"], [1, 1, 1])
    found = sensitivity(mirrored, rng=np.random.default_rng(2), top=1, draws=2000)
    assert found.weights.in_top[0] == pytest.approx(0.5, abs=0.05)
    assert found.weights.in_top[0] + found.weights.in_top[1] == pytest.approx(1)
    assert found.fills.same_top == 1.0


def test_open_cells_can_overturn_the_order_and_are_not_certain():
    found = sensitivity(matrix([[2, 2, 4, 2], [1, NAN, NAN, 2], [4, NAN, 2, NAN]]), rng=np.random.default_rng(3), top=1)
    assert found.certain == ()
    assert found.fills.same_top < 1
    assert found.both.in_top[2] > 0
    assert OPEN_CELLS in found.caveats


def test_an_exact_share_of_fills():
    # The open likelihood beats 2 in two of five fills, and ties in one: both are then first.
    cells = [[2, 2], [2, NAN]]
    found = sensitivity(
        scoring_matrix(cells, ["harm", "likelihood"], [1, 1]), rng=np.random.default_rng(4), top=1, draws=4000
    )
    assert found.recommended == (0,)
    assert found.fills.in_top == pytest.approx((0.6, 0.6), abs=0.03)
    assert found.fills.same_top == pytest.approx(0.6, abs=0.03)


def test_nothing_scored_recommends_nothing():
    found = sensitivity(matrix([[NAN] * 4] * 3), rng=np.random.default_rng(5), top=2, draws=50)
    assert found.recommended == () and found.weights.same_top is None
    assert found.weights.in_top == (0, 0, 0)


def test_the_same_seed_gives_the_same_shares():
    cells = matrix([[4, 1, 2, 2], [2, 3, NAN, 2], [3, 2, 2, 4]])
    first, again = (sensitivity(cells, rng=np.random.default_rng(6), top=1, draws=100) for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: matrix([[5, 0, 0, 0]]), "cells"),
        (lambda: matrix([1, 2, 3, 4]), "cells"),
        (lambda: matrix([[1, 2, 3]]), "criteria"),
        (lambda: matrix([[1, 2, 3, 4]], weights=(1, 0, 1, 1)), "weights"),
        (lambda: matrix([[1, 2, 3, 4]], adjustment=2), "adjustment"),
        (lambda: scoring_matrix([[1, 2]], ["harm", "luck"], [1, 1]), "sections"),
        (lambda: scoring_matrix([[1, 2]], ["harm", "organisation"], [1, 1]), "likelihood"),
        (lambda: sensitivity(matrix([[1, 2, 3, 4]]), rng=np.random.default_rng(1), top=0), "top"),
        (lambda: sensitivity(matrix([[1, 2, 3, 4]]), rng=np.random.default_rng(1), weight_range=1), "weight_range"),
    ],
)
def test_a_bad_argument_is_named(call, argument):
    with pytest.raises(ValueError, match=argument):
        call()

"""Which themes come first: harm times likelihood, adjusted by organisational position.

A cell is scored 0 to 4 against word anchors, or is open (NaN): nobody has scored it. An open cell is
never a zero; the score then has a range, and so has the rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from frankpledge.engine.analysis.arguments import FloatArray

Section = Literal["harm", "likelihood", "organisation"]

HIGHEST = 4.0
ADJUSTMENT = 0.2  # how far organisational position moves a score, each way
_EQUAL = 1e-9  # scores closer than this (on 0 to 100) are equal

OPEN_CELLS = "Some cells are not scored: scores and ranks are ranges."
NOT_RANKED = "Themes without any scored cell for harm or for likelihood have no score."


@dataclass(frozen=True, eq=False)
class ScoringMatrix:
    """Cells of themes by criteria with the criteria's sections and weights.

    `cells` is (themes, criteria) with values 0 to 4 or NaN; `sections` and `weights` have one entry
    per criterion; weights are above 0 and count within their section only. `adjustment` (0 to 1) is
    the share by which organisational position moves a score.
    """

    cells: FloatArray
    sections: tuple[Section, ...]
    weights: FloatArray
    adjustment: float = ADJUSTMENT


@dataclass(frozen=True)
class ThemeScore:
    """One theme's score from 0 to 100, with its bounds over every way to fill the open cells.

    `estimate` takes the scored cells only (None without any for harm or for likelihood; an unscored
    organisational position is neutral). `rank` is its place by estimate, equal scores sharing the
    better one; `rank_best` and `rank_worst` the places that the open cells leave possible. `n` counts
    scored cells, `open_cells` the others.
    """

    estimate: float | None
    lower: float
    upper: float
    rank: int | None
    rank_best: int
    rank_worst: int
    n: int
    open_cells: tuple[int, ...]


@dataclass(frozen=True)
class Scores:
    """Scores of all themes in the order given; `order` lists ranked themes, highest first."""

    themes: tuple[ThemeScore, ...]
    order: tuple[int, ...]
    caveats: tuple[str, ...] = ()


def scoring_matrix(
    cells: npt.ArrayLike, sections: Sequence[Section], weights: npt.ArrayLike, *, adjustment: float = ADJUSTMENT
) -> ScoringMatrix:
    """Check the parts of a matrix and put them together.

    Raises ValueError for cells outside 0 to 4 (NaN is allowed), sections or weights that do not match
    the criteria, an unknown section, no criterion for harm or for likelihood, a weight not above 0 or
    an adjustment outside 0 to 1.

    >>> scoring_matrix([[4, 2]], ["harm", "likelihood"], [1, 1]).cells.shape
    (1, 2)
    """
    table = np.asarray(cells, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"cells must be two-dimensional (themes, criteria), not of shape {table.shape}.")
    if ((table < 0) | (table > HIGHEST)).any():
        raise ValueError("cells must hold scores from 0 to 4, or NaN where nobody has scored.")
    share = np.asarray(weights, dtype=np.float64)
    if share.shape != (table.shape[1],) or len(sections) != table.shape[1]:
        raise ValueError(f"sections and weights must have one entry for each of the {table.shape[1]} criteria.")
    if not (np.isfinite(share) & (share > 0)).all():
        raise ValueError("weights must all be above zero.")
    unknown = set(sections) - set(get_args(Section))
    if unknown:
        raise ValueError(f"sections must be 'harm', 'likelihood' or 'organisation', not {sorted(unknown)}.")
    if not {"harm", "likelihood"} <= set(sections):
        raise ValueError("sections must hold at least one criterion for harm and one for likelihood.")
    if not 0 <= adjustment <= 1:
        raise ValueError(f"adjustment must lie between 0 and 1, not {adjustment!r}.")
    return ScoringMatrix(table, tuple(sections), share, float(adjustment))


def scores_of(
    cells: FloatArray, sections: Sequence[Section], weights: FloatArray, adjustment: float | FloatArray
) -> FloatArray:
    """Scores 0 to 100 of cells (..., themes, criteria) under weights (..., criteria); NaN without a score.

    Each section's level is the weighted mean of its scored cells over 4. The score is
    100 x harm x likelihood x (1 + a (2 organisation - 1)) / (1 + a), a the adjustment (a number or one
    per leading place), so that all fours make 100 and every cell can only raise a score.

    >>> cells = np.array([[4.0, 2.0, np.nan], [4.0, 4.0, 4.0]])
    >>> scores_of(cells, ["harm", "likelihood", "organisation"], np.ones(3), 0.25).tolist()
    [40.0, 100.0]
    """
    levels = {}
    for section in get_args(Section):
        chosen = np.array([s == section for s in sections], dtype=np.bool_)
        part, share = cells[..., chosen], weights[..., None, chosen]
        scored = ~np.isnan(part)
        total = (share * scored).sum(axis=-1)
        points = (share * np.where(scored, part, 0.0)).sum(axis=-1)
        levels[section] = np.where(total > 0, points / np.where(total > 0, total, 1.0) / HIGHEST, np.nan)
    a = np.asarray(adjustment, dtype=np.float64)[..., None]
    if "organisation" not in sections:
        a = np.zeros_like(a)
    position = np.where(np.isnan(levels["organisation"]), 0.5, levels["organisation"])
    return np.asarray(100 * levels["harm"] * levels["likelihood"] * (1 + a * (2 * position - 1)) / (1 + a))


def score_themes(matrix: ScoringMatrix) -> Scores:
    """Score every theme, with bounds and ranks over the open cells.

    Since every cell can only raise a score, filling a theme's open cells with 0 and with 4 gives its
    exact bounds. A theme's best place counts the themes that beat it whatever their open cells, its
    worst those that could.

    >>> found = score_themes(scoring_matrix([[4, 4], [2, float("nan")], [1, 1]], ["harm", "likelihood"], [1, 1]))
    >>> [(t.estimate, t.lower, t.upper, t.rank_best, t.rank_worst) for t in found.themes]
    [(100.0, 100.0, 100.0, 1, 1), (None, 0.0, 50.0, 2, 3), (6.25, 6.25, 6.25, 2, 3)]
    """
    open_ = np.isnan(matrix.cells)
    estimate, lower, upper = (
        scores_of(cells, matrix.sections, matrix.weights, matrix.adjustment)
        for cells in (matrix.cells, np.where(open_, 0.0, matrix.cells), np.where(open_, HIGHEST, matrix.cells))
    )
    ranked = [int(i) for i in np.argsort(-estimate, kind="stable") if not np.isnan(estimate[i])]
    themes = []
    for i in range(estimate.size):
        others = np.arange(estimate.size) != i
        known = not np.isnan(estimate[i])
        themes.append(
            ThemeScore(
                estimate=float(estimate[i]) if known else None,
                lower=float(lower[i]),
                upper=float(upper[i]),
                rank=1 + int((estimate > estimate[i] + _EQUAL).sum()) if known else None,
                rank_best=1 + int((lower[others] > upper[i] + _EQUAL).sum()),
                rank_worst=1 + int((upper[others] >= lower[i] - _EQUAL).sum()),
                n=int((~open_[i]).sum()),
                open_cells=tuple(int(c) for c in np.flatnonzero(open_[i])),
            )
        )
    caveats = ((OPEN_CELLS,) if open_.any() else ()) + ((NOT_RANKED,) if len(ranked) < estimate.size else ())
    return Scores(tuple(themes), tuple(ranked), caveats)


@dataclass(frozen=True)
class Stability:
    """How often the recommendation stands under one kind of doubt (shares of draws, 0 to 1).

    `in_top` has one share per theme: how often it is among the first `top`. `same_top` is how often
    all recommended themes are, `same_order` how often they also keep their order; both are None where
    nothing is recommended.
    """

    in_top: tuple[float, ...]
    same_top: float | None
    same_order: float | None


@dataclass(frozen=True)
class Sensitivity:
    """Stability of the first `top` themes under other plausible weights, other fills, and both.

    `recommended` lists the themes by score, highest first (fewer than `top` where fewer have a
    score). `certain` are those that stay among the first `top` however the open cells are filled.
    """

    top: int
    draws: int
    recommended: tuple[int, ...]
    certain: tuple[int, ...]
    weights: Stability
    fills: Stability
    both: Stability
    caveats: tuple[str, ...] = ()


def sensitivity(
    matrix: ScoringMatrix, *, rng: np.random.Generator, top: int = 5, draws: int = 1000, weight_range: float = 0.5
) -> Sensitivity:
    """How far the first `top` themes depend on the weights and on the open cells.

    Each draw multiplies every weight and the adjustment by its own number spread evenly over
    1 - weight_range to 1 + weight_range (0 <= weight_range < 1), fills every open cell with 0, 1, 2, 3
    or 4 at random, or does both. Themes without a score stay last while cells stay open.

    Raises ValueError for `top` or `draws` below 1 or a weight range outside [0, 1).

    >>> matrix = scoring_matrix([[4, 4], [3, 3], [1, float("nan")]], ["harm", "likelihood"], [1, 1])
    >>> found = sensitivity(matrix, rng=np.random.default_rng(1), top=2, draws=100)
    >>> found.recommended, found.certain, found.weights.same_top, found.fills.in_top
    ((0, 1), (0, 1), 1.0, (1.0, 1.0, 0.0))
    """
    if top < 1 or draws < 1:
        raise ValueError(f"top and draws must be at least 1, not {top} and {draws}.")
    if not 0 <= weight_range < 1:
        raise ValueError(f"weight_range must be at least 0 and below 1, not {weight_range!r}.")
    found = score_themes(matrix)
    recommended = found.order[:top]
    factors = rng.uniform(1 - weight_range, 1 + weight_range, (draws, matrix.weights.size + 1))
    weights, adjustment = matrix.weights * factors[:, :-1], np.minimum(matrix.adjustment * factors[:, -1], 1.0)
    filled = np.where(
        np.isnan(matrix.cells), rng.integers(0, int(HIGHEST) + 1, (draws, *matrix.cells.shape)), matrix.cells
    )
    held_weights, held_adjustment = matrix.weights[None, :], np.array([matrix.adjustment])

    def stability(cells: FloatArray, shares: FloatArray, adjustments: FloatArray) -> Stability:
        return _stability(scores_of(cells, matrix.sections, shares, adjustments), recommended, top)

    return Sensitivity(
        top=top,
        draws=draws,
        recommended=recommended,
        certain=tuple(i for i in recommended if found.themes[i].rank_worst <= top),
        weights=stability(matrix.cells[None], weights, adjustment),
        fills=stability(filled, held_weights, held_adjustment),
        both=stability(filled, weights, adjustment),
        caveats=found.caveats,
    )


def _stability(scores: FloatArray, recommended: tuple[int, ...], top: int) -> Stability:
    known = np.where(np.isnan(scores), -np.inf, scores)
    above = (known[:, None, :] > known[:, :, None] + _EQUAL).sum(axis=2)
    in_top = (above < top) & np.isfinite(known)
    chosen, shares = list(recommended), tuple(in_top.mean(axis=0).tolist())
    if not chosen:
        return Stability(shares, None, None)
    same_top = in_top[:, chosen].all(axis=1)
    in_order = (known[:, chosen[:-1]] >= known[:, chosen[1:]] - _EQUAL).all(axis=1)
    return Stability(shares, float(same_top.mean()), float((same_top & in_order).mean()))

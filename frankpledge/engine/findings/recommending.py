"""From the filled matrix to recommended priorities, and how far they rest on what nobody has scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from frankpledge.engine.analysis.scoring import (
    HIGHEST,
    Scores,
    ScoringMatrix,
    Sensitivity,
    score_themes,
    scoring_matrix,
    sensitivity,
)
from frankpledge.engine.definitions.shapes import ScoringDefinition, Theme
from frankpledge.engine.findings.score_sheet import ScoreSheet

SEED = 20_250_630  # fixed, so that the same sheet gives the same shares of draws


@dataclass(frozen=True, eq=False)
class Recommendation:
    """Themes by score, the first of them recommended.

    `order` lists themes from the highest score; `chosen` how many of them are recommended.
    `provisional` is True where no theme has a score yet, because nobody scored harm: the order then
    takes every open cell of harm as the middle score, and says so.
    """

    themes: tuple[Theme, ...]
    scores: Scores
    stability: Sensitivity
    order: tuple[int, ...]
    chosen: int
    provisional: bool
    open_cells: int
    all_cells: int

    @property
    def recommended(self) -> tuple[int, ...]:
        """The recommended themes, as positions."""
        return self.order[: self.chosen]

    @property
    def certain(self) -> tuple[int, ...]:
        """Recommended themes that no filling of the open cells would drop."""
        return tuple(i for i in self.recommended if self.scores.themes[i].rank_worst <= self.chosen)


def recommend(themes: Sequence[Theme], scoring: ScoringDefinition, sheet: ScoreSheet) -> Recommendation:
    """Score the themes. A theme about the total is left out: a total cannot be a priority among its parts."""
    ranked = tuple(theme for theme in themes if not theme.overall)
    cells = np.array(
        [[_number(sheet.cell(t.key, c.key).score) for c in scoring.criteria] for t in ranked], dtype=np.float64
    )
    sections = [c.section for c in scoring.criteria]
    weights = [c.weight for c in scoring.criteria]
    matrix = scoring_matrix(cells, sections, weights)
    scores = score_themes(matrix)
    provisional = not scores.order
    basis = _middle(matrix) if provisional else matrix
    order = score_themes(basis).order
    top = min(scoring.choose, max(1, len(ranked)))
    stability = sensitivity(
        basis,
        rng=np.random.default_rng(SEED),
        top=top,
        draws=scoring.sensitivity_draws,
        weight_range=min(scoring.weight_range, 0.99),
    )
    return Recommendation(
        themes=ranked,
        scores=scores,
        stability=stability,
        order=order,
        chosen=min(top, len(order)),
        provisional=provisional,
        open_cells=int(np.isnan(cells).sum()),
        all_cells=int(cells.size),
    )


def _number(score: int | None) -> float:
    return float("nan") if score is None else float(score)


def _middle(matrix: ScoringMatrix) -> ScoringMatrix:
    """The matrix with open cells of harm at the middle score, so that likelihood alone orders the themes."""
    harm = np.array([section == "harm" for section in matrix.sections], dtype=np.bool_)
    cells = np.where(np.isnan(matrix.cells) & harm, HIGHEST / 2, matrix.cells)
    return scoring_matrix(cells, matrix.sections, matrix.weights, adjustment=matrix.adjustment)

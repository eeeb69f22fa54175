"""Which invented rows bear a mark: alcohol, domestic abuse, hate strand, vulnerable adult, youth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from demo.assumptions import Mark

Bools = NDArray[np.bool_]
MARKS = ("alcohol", "domestic_abuse", "hate", "vulnerable_adult", "youth")


def draw_marks(
    rng: np.random.Generator, marks: Sequence[Mark], offence: str, year: int, settings: Sequence[str]
) -> dict[str, Bools]:
    """For each mark, which of the rows bear it: the stated share to the nearest row, leaning to some settings.

    `settings` names each row's setting; `year` counts from 0.
    """
    found = {name: np.zeros(len(settings), dtype=bool) for name in MARKS}
    for mark in marks:
        if offence in mark.offences:
            weights = np.array([mark.lean.get(s, 1.0) for s in settings])
            found[mark.mark] |= choose(rng, weights, round(mark.shares[year] * len(settings)))
    return found


def choose(rng: np.random.Generator, weights: NDArray[np.float64], count: int) -> Bools:
    """`count` of the rows without replacement, likelier by weight (Efraimidis and Spirakis 2006).

    Rows of no weight are taken only when no other is left.
    """
    chosen = np.zeros(len(weights), dtype=bool)
    with np.errstate(divide="ignore"):
        waiting = np.where(weights > 0, rng.exponential(1.0, len(weights)) / weights, np.inf)
    chosen[np.argsort(waiting, kind="stable")[:count]] = True
    return chosen


def draw_strands(rng: np.random.Generator, strands: Mapping[str, float], hate: Bools) -> NDArray[np.object_]:
    """One strand for each row that bears the mark, None for the others."""
    weights = np.array(list(strands.values()), dtype=float)
    picked = rng.choice(len(weights), size=len(hate), p=weights / weights.sum())
    found = np.array(list(strands), dtype=object)[picked]
    found[~hate] = None
    return found

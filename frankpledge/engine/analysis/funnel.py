"""Funnel plots: how far rates of areas of each size stray by counting chance, and beyond it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from frankpledge.engine.analysis.arguments import FloatArray, require_level, require_positive, require_vector

FunnelKind = Literal["rate", "proportion"]

WINSORISED = 0.1  # share of areas pulled in at each end before their scatter is measured


@dataclass(frozen=True)
class FunnelLimits:
    """Limits around a target, one per exposure, in the target's unit; `level` is their coverage."""

    level: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]


def standard_errors(
    target: float, exposures: FloatArray, *, kind: FunnelKind = "rate", per: float = 1000.0
) -> FloatArray:
    """Counting error of an area's rate or proportion if its true value were `target`, by exposure.

    All in the unit of `target` (per `per`); exposures (n,) above 0.

    >>> standard_errors(10.0, np.array([1000.0, 100_000.0])).round(3).tolist()
    [3.162, 0.316]
    """
    if kind == "proportion":
        return np.asarray(per * np.sqrt(target / per * (1 - target / per) / exposures))
    return np.asarray(np.sqrt(target * per / exposures))


def funnel_limits(
    target: float,
    exposures: npt.ArrayLike,
    *,
    kind: FunnelKind = "rate",
    per: float = 1000.0,
    dispersion: float = 1.0,
    levels: Sequence[float] = (0.95, 0.998),
) -> tuple[FunnelLimits, ...]:
    """Funnel-plot limits around a target rate or proportion (Spiegelhalter 2005, Stat. Med. 24).

    `target` is per `per` (1000 residents by default; for a percentage say per=100 and
    kind="proportion"); `exposures` (n,) are above 0. Limits are target +- z sqrt(dispersion variance),
    kept at or above 0 and, for a proportion, at or below `per`.

    Raises ValueError for a target outside its range, exposures not above zero, a dispersion below 0,
    a level outside (0, 1) or an unknown kind.

    >>> outer = funnel_limits(80.0, [100], kind="proportion", per=100)[1]
    >>> [round(limit[0], 2) for limit in (outer.lower, outer.upper)]
    [67.64, 92.36]
    """
    sizes = require_vector("exposures", exposures)
    require_positive("per", per)
    if kind not in ("rate", "proportion"):
        raise ValueError(f"kind must be 'rate' or 'proportion', not {kind!r}.")
    ceiling = per if kind == "proportion" else math.inf
    if not 0 <= target <= ceiling or math.isinf(target):
        raise ValueError(f"target must lie between 0 and {ceiling}, not {target!r}.")
    if not (sizes > 0).all():
        raise ValueError("exposures must all be above zero.")
    if not dispersion >= 0:
        raise ValueError(f"dispersion must be at least zero, not {dispersion!r}.")
    half = standard_errors(target, sizes, kind=kind, per=per) * math.sqrt(dispersion)
    found = []
    for level in levels:
        reach = half * float(stats.norm.isf((1 - require_level(level)) / 2))
        lower, upper = np.maximum(target - reach, 0.0), np.minimum(target + reach, ceiling)
        found.append(FunnelLimits(level, tuple(lower.tolist()), tuple(upper.tolist())))
    return tuple(found)


def winsorised_dispersion(z: npt.ArrayLike) -> float:
    """Scatter of standardised rates beyond counting chance: 1 for chance alone, at least 1.

    `z` (n,), n >= 2, are (rate - mean) / standard error. The outer 10 per cent at each end are pulled
    in to the 10 and 90 per cent points (Spiegelhalter 2005), so that a true outlier does not hide
    itself by widening the limits. The mean square is then divided by what the same pulling-in leaves
    of a normal distribution (0.63), without which the limits would be too narrow.

    Raises ValueError for fewer than two values.

    >>> winsorised_dispersion([0.1, -0.2, 0.3, 0.0])
    1.0
    >>> round(winsorised_dispersion([-4.0, -2.0, 0.0, 2.0, 4.0]), 2)
    10.49
    """
    values = require_vector("z", z)
    if values.size < 2:
        raise ValueError("z must hold at least two values.")
    low, high = np.quantile(values, [WINSORISED, 1 - WINSORISED])
    point = float(stats.norm.isf(WINSORISED))
    left = 1 - 2 * WINSORISED - 2 * point * float(stats.norm.pdf(point)) + 2 * WINSORISED * point**2
    square = float((np.clip(values, low, high) ** 2).sum()) / (values.size - 1)
    return max(1.0, square / left)

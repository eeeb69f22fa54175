"""Where: is it concentrated in few areas, beyond what chance does; counts on a grid."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from frankpledge.engine.analysis.arguments import FloatArray, IntArray, require_counts, require_level, require_positive

ConcentrationVerdict = Literal["concentrated", "no-clear-concentration", "too-few"]

FEWEST_INCIDENTS = 20
FEWEST_AREAS = 10

TOO_FEW_TO_TELL = "Concentration needs at least 20 incidents over at least 10 areas."
AREAS_WITHOUT_DATA = "Areas without data were left out."
AREAS_DIFFER = "Areas are taken as equally big; a crowded area has more of everything."


@dataclass(frozen=True)
class Concentration:
    """How few areas hold how much, beside what chance alone would do with as many incidents.

    `estimate` is the Gini coefficient (0 evenly spread, towards 1 all in one area); `by_chance` is
    what the same number of incidents thrown evenly at the areas would give; `beyond_chance` is the
    rest, (estimate - by_chance) / (1 - by_chance), at least 0. `areas_for_half` and
    `areas_for_four_fifths` are the smallest shares of areas (0 to 1) that hold at least 50 and 80 per
    cent of the incidents, `..._by_chance` the same under chance. `dispersion` is variance over mean
    among areas, `p` its one-sided probability under chance. `lorenz` holds the cumulative share of
    incidents from the busiest area on, one value per area. `n` counts incidents, `areas` the areas.
    """

    estimate: float | None
    by_chance: float | None
    beyond_chance: float | None
    areas_for_half: float | None
    areas_for_half_by_chance: float | None
    areas_for_four_fifths: float | None
    areas_for_four_fifths_by_chance: float | None
    dispersion: float | None
    p: float | None
    level: float
    verdict: ConcentrationVerdict
    n: int
    areas: int
    lorenz: tuple[float, ...]
    caveats: tuple[str, ...] = ()


def gini(counts: npt.ArrayLike) -> float:
    """Gini coefficient of counts (n,), at least one above zero: mean difference over twice the mean.

    >>> round(gini([0, 0, 0, 8]), 2), gini([2, 2, 2, 2])
    (0.75, 0.0)
    """
    values = np.sort(require_counts("counts", counts))
    if not values.size or not values.sum() > 0:
        raise ValueError("counts must be complete, with at least one above zero.")
    order = np.arange(1, values.size + 1)
    return max(0.0, float((2 * order - values.size - 1) @ values / (values.size * values.sum())))


def gini_by_chance(mean: float) -> float:
    """Gini coefficient expected among very many areas whose counts are Poisson with one mean.

    For two such counts E|X - Y| = 2 m e^(-2m) (I0(2m) + I1(2m)) (Ramasubban 1958), hence the
    coefficient e^(-2m) (I0(2m) + I1(2m)). Sparse incidents look concentrated by chance alone, which
    is why a raw coefficient must never stand by itself (Bernasco & Steenbeek 2017).

    >>> round(gini_by_chance(0.5), 2), round(gini_by_chance(100), 3)
    (0.67, 0.056)
    """
    double = 2 * require_positive("mean", mean)
    return float(special.ive(0, double) + special.ive(1, double))


def areas_holding(counts: npt.ArrayLike, share: float) -> float:
    """Smallest share of areas (0 to 1) whose counts add up to at least `share` of all.

    `counts` (n,) includes the areas without incidents; `share` lies in (0, 1].

    >>> areas_holding([50, 30, 10, 10, 0], 0.8)
    0.4
    """
    values = np.sort(require_counts("counts", counts))[::-1]
    if not 0 < share <= 1:
        raise ValueError(f"share must be above 0 and at most 1, not {share!r}.")
    if not values.size or not values.sum() > 0:
        raise ValueError("counts must be complete, with at least one above zero.")
    # A hair below the target, so that rounding does not ask for one more area than needed.
    needed = int(np.searchsorted(np.cumsum(values), share * values.sum() * (1 - 1e-12))) + 1
    return min(needed, values.size) / values.size


def _areas_by_chance(mean: float, share: float, areas: int) -> float:
    """Share of Poisson areas that holds `share` of the incidents, busiest first.

    Only whole areas count, which on average adds half an area to the share among very many.
    """
    counts = np.arange(math.ceil(mean + 12 * math.sqrt(mean) + 30), -1, -1)
    weight = stats.poisson.pmf(counts, mean)
    held = np.cumsum(weight * counts) / mean
    last = int(np.searchsorted(held, share * (1 - 1e-12)))
    before = held[last - 1] if last else 0.0
    part = (share - before) / (held[last] - before)
    return min(1.0, float(weight[:last].sum() + weight[last] * part) + 0.5 / areas)


def concentration(counts: npt.ArrayLike, *, level: float = 0.95) -> Concentration:
    """Whether incidents gather in few areas by more than chance.

    `counts` (areas,) holds one whole count per area, including areas with none (leaving those out
    hides half the answer); NaN is no data and is left out. The test is the index of dispersion: the
    sum of (count - mean)^2 / mean is chi-square on areas - 1 degrees of freedom where every area is
    equally likely (Fisher, Thornton & Mackenzie 1922). Below 20 incidents or 10 areas the verdict is
    `too-few`.

    Raises ValueError for counts that are negative or not whole, and for a level outside (0, 1).

    >>> found = concentration([40, 25, 15, 5, 3, 2, 0, 0, 0, 0])
    >>> found.verdict, found.areas_for_half, round(found.estimate, 2), round(found.by_chance, 2)
    ('concentrated', 0.2, 0.7, 0.17)
    >>> concentration([3, 1, 2]).verdict
    'too-few'
    """
    alpha = 1 - require_level(level)
    given = require_counts("counts", counts)
    # In order of size, so that the order of the areas cannot reach the last digit of a sum.
    values = np.sort(given[~np.isnan(given)])
    if (values != np.round(values)).any():
        raise ValueError("counts must hold whole numbers of incidents.")
    total, areas = int(values.sum()), int(values.size)
    caveats = (AREAS_WITHOUT_DATA,) if areas < given.size else ()
    if total < FEWEST_INCIDENTS or areas < FEWEST_AREAS:
        nothing = (None,) * 9
        return Concentration(*nothing, level, "too-few", total, areas, (), (TOO_FEW_TO_TELL, *caveats))
    mean = total / areas
    chi_square = float(((values - mean) ** 2).sum() / mean)
    p = float(stats.chi2.sf(chi_square, areas - 1))
    # Among finitely many areas the mean difference includes each area with itself.
    observed, expected = gini(values), gini_by_chance(mean) * (areas - 1) / areas
    return Concentration(
        estimate=observed,
        by_chance=expected,
        beyond_chance=max(0.0, (observed - expected) / (1 - expected)),
        areas_for_half=areas_holding(values, 0.5),
        areas_for_half_by_chance=_areas_by_chance(mean, 0.5, areas),
        areas_for_four_fifths=areas_holding(values, 0.8),
        areas_for_four_fifths_by_chance=_areas_by_chance(mean, 0.8, areas),
        dispersion=chi_square / (areas - 1),
        p=p,
        level=level,
        verdict="concentrated" if p < alpha else "no-clear-concentration",
        n=total,
        areas=areas,
        lorenz=tuple((np.cumsum(np.sort(values)[::-1]) / total).tolist()),
        caveats=(AREAS_DIFFER, *caveats),
    )


@dataclass(frozen=True, eq=False)
class GridCounts:
    """Counts by square cell; only cells that hold a point, ordered by column, then row.

    `easting` and `northing` are the south-west corners in metres, `count` the points in each cell,
    `missing` the points without a place.
    """

    size: float
    easting: FloatArray
    northing: FloatArray
    count: IntArray
    missing: int


def grid_counts(easting: npt.ArrayLike, northing: npt.ArrayLike, size: float) -> GridCounts:
    """Count points by square cell of the National Grid.

    `easting` and `northing` (n,) are metres, NaN where unknown; `size` is the side of a cell in
    metres. A point on an edge belongs to the cell to its north or east.

    Raises ValueError for arrays of different length and a size not above zero.

    >>> found = grid_counts([10, 90, 120, float("nan")], [5, 5, 5, 5], 100)
    >>> found.easting.tolist(), found.count.tolist(), found.missing
    ([0.0, 100.0], [2, 1], 1)
    """
    east, north = np.asarray(easting, dtype=np.float64).ravel(), np.asarray(northing, dtype=np.float64).ravel()
    if east.shape != north.shape:
        raise ValueError(f"easting and northing must be equally long, not {east.size} and {north.size}.")
    side = require_positive("size", size)
    known = np.isfinite(east) & np.isfinite(north)
    column, row = (np.floor(axis[known] / side).astype(np.int64) for axis in (east, north))
    west, south = (int(axis.min()) if axis.size else 0 for axis in (column, row))
    rows = int(row.max()) - south + 1 if row.size else 1
    key = (column - west) * rows + (row - south)
    cells, count = _counted(key)
    return GridCounts(
        size=side,
        easting=((cells // rows + west) * side).astype(np.float64),
        northing=((cells % rows + south) * side).astype(np.float64),
        count=count,
        missing=int((~known).sum()),
    )


def _counted(key: IntArray) -> tuple[IntArray, IntArray]:
    """Distinct keys in order and how often each occurs, without sorting where the keys are dense."""
    if key.size and int(key.max()) < 4 * key.size + 1_000_000:
        every = np.bincount(key)
        cells = np.flatnonzero(every).astype(np.int64)
        return cells, every[cells].astype(np.int64)
    cells, count = np.unique(key, return_counts=True)
    return cells, count.astype(np.int64)

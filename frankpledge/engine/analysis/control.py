"""Process control: is a month out of the ordinary? XmR charts with the rules of the English NHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from frankpledge.engine.analysis.arguments import BoolArray, FloatArray, require_vector

Centre = Literal["mean", "median"]
Rule = Literal["outside-limits", "one-side", "rising", "falling", "two-of-three"]

# Scaling of the moving range of two to three standard deviations (Shewhart constants E2 and D4 at
# n = 2, Wheeler 1995): limits for single values, and the upper limit of the range.
SCALING: dict[Centre, tuple[float, float]] = {"mean": (2.66, 3.268), "median": (3.145, 3.865)}

ENOUGH_POINTS = 12
TRIAL = "Trial limits: fewer than 12 points."
TOO_FEW_POINTS = "Limits need two neighbouring points with data."
SEASON_IN = "Limits assume no season; compare like months where there is one."


@dataclass(frozen=True)
class Signal:
    """Points that break a rule; `points` are positions in the values given, in order."""

    rule: Rule
    points: tuple[int, ...]


@dataclass(frozen=True)
class ProcessControl:
    """An XmR chart: centre line, natural process limits and the points out of the ordinary.

    `estimate` is the centre line, `lower` and `upper` the limits (about three standard deviations;
    there is no exact coverage, so `level` is the nominal 0.9973). `moving_ranges` holds one range per
    pair of neighbouring points (NaN beside a missing one), `mean_range` their mean or median,
    `range_limit` its upper limit. `trial` marks limits from fewer than 12 points. `n` counts the
    points that set the limits. None where there were too few.
    """

    estimate: float | None
    lower: float | None
    upper: float | None
    level: float
    n: int
    moving_ranges: tuple[float, ...]
    mean_range: float | None
    range_limit: float | None
    trial: bool
    signals: tuple[Signal, ...]
    caveats: tuple[str, ...] = ()

    @property
    def flagged(self) -> tuple[int, ...]:
        """Every point that breaks any rule, in order."""
        return tuple(sorted({point for signal in self.signals for point in signal.points}))


def process_control(
    values: npt.ArrayLike,
    *,
    baseline: int | None = None,
    ranges: Centre = "mean",
    run_length: int = 7,
    floor: float | None = None,
) -> ProcessControl:
    """XmR chart of a series of months.

    `values` (n,) in order of time, NaN for a month without data: no moving range and no run reaches
    across it. `baseline` sets the limits from the first so many points only and judges the later ones
    by them; None takes all. `ranges` picks the mean moving range (times 2.66) or the median one
    (times 3.145) (Wheeler 1995, Making Sense of Data). `floor` cuts the lower limit, 0 for counts.

    Signals follow NHS England's Making Data Count: a point outside the limits; `run_length` points in
    a row on one side of the centre line; `run_length` points in a row each above (or each below) the
    one before; two of three points in a row in the same outer third, or beyond it.

    Raises ValueError for values not one-dimensional, a baseline below 2, a run length below 2 or an
    unknown choice of ranges.

    >>> found = process_control([281, 281, 253, 240, 257, 254, 245])
    >>> [round(x, 2) for x in (found.estimate, found.mean_range, found.lower, found.upper)], found.trial
    ([258.71, 11.67, 227.68, 289.75], True)
    >>> found.signals
    ()
    """
    points = require_vector("values", values)
    if baseline is not None and baseline < 2:
        raise ValueError(f"baseline must be at least 2 points, not {baseline}.")
    if run_length < 2:
        raise ValueError(f"run_length must be at least 2, not {run_length}.")
    if ranges not in SCALING:
        raise ValueError(f"ranges must be 'mean' or 'median', not {ranges!r}.")
    moving = np.abs(np.diff(points))
    basis = points[:baseline]
    basis_ranges = moving[: max(len(basis) - 1, 0)]
    known, known_ranges = basis[~np.isnan(basis)], basis_ranges[~np.isnan(basis_ranges)]
    trial = known.size < ENOUGH_POINTS
    if not known_ranges.size:
        return ProcessControl(
            None, None, None, 0.9973, int(known.size), tuple(moving.tolist()), None, None, trial, (), (TOO_FEW_POINTS,)
        )
    centre = float(known.mean())
    typical = float(known_ranges.mean() if ranges == "mean" else np.median(known_ranges))
    reach, range_reach = (factor * typical for factor in SCALING[ranges])
    lower = centre - reach if floor is None else max(centre - reach, floor)
    signals = _signals(points, centre, lower, reach, run_length)
    return ProcessControl(
        estimate=centre,
        lower=lower,
        upper=centre + reach,
        level=0.9973,
        n=int(known.size),
        moving_ranges=tuple(moving.tolist()),
        mean_range=typical,
        range_limit=range_reach,
        trial=trial,
        signals=tuple(s for s in signals if not trial or s.rule == "outside-limits"),
        caveats=(TRIAL, SEASON_IN) if trial else (SEASON_IN,),
    )


def _signals(points: FloatArray, centre: float, lower: float, reach: float, run_length: int) -> tuple[Signal, ...]:
    # Comparisons with NaN are False: a missing month breaks every run by itself.
    outside = (points > centre + reach) | (points < lower)
    steps = np.diff(points)
    rules: list[tuple[Rule, BoolArray]] = [
        ("outside-limits", outside),
        ("one-side", in_runs(points > centre, run_length) | in_runs(points < centre, run_length)),
        ("rising", _ends_of_steps(in_runs(steps > 0, run_length - 1))),
        ("falling", _ends_of_steps(in_runs(steps < 0, run_length - 1))),
        (
            "two-of-three",
            _two_of_three(points > centre + reach * 2 / 3) | _two_of_three(points < centre - reach * 2 / 3),
        ),
    ]
    return tuple(Signal(rule, tuple(np.flatnonzero(hit).tolist())) for rule, hit in rules if hit.any())


def in_runs(condition: BoolArray, length: int) -> BoolArray:
    """Mark every place of `condition` (n,) that is part of `length` or more True in a row.

    >>> in_runs(np.array([True, True, False, True, True, True]), 3).tolist()
    [False, False, False, True, True, True]
    """
    padded = np.concatenate([[False], condition, [False]])
    changes = np.flatnonzero(padded[1:] != padded[:-1])
    marked = np.zeros(condition.size, dtype=np.bool_)
    for start, end in zip(changes[::2], changes[1::2], strict=True):
        marked[start:end] = end - start >= length
    return marked


def _ends_of_steps(steps: BoolArray) -> BoolArray:
    """The points at either end of the marked steps."""
    return np.asarray(np.concatenate([steps, [False]]) | np.concatenate([[False], steps]))


def _two_of_three(outer: BoolArray) -> BoolArray:
    """Outer points of which at least two lie within three neighbours."""
    marked = np.zeros(outer.size, dtype=np.bool_)
    for start in range(outer.size - 1):
        window = slice(start, start + 3)
        if outer[window].sum() >= 2:
            marked[window] |= outer[window]
    return marked

"""Is it rising or falling? A trend within one unbroken stretch of months."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from frankpledge.engine.analysis.arguments import FloatArray, require_level
from frankpledge.engine.analysis.loglinear import fit_loglinear
from frankpledge.engine.analysis.seasonality import MONTHS_NEEDED as MONTHS_FOR_SEASON
from frankpledge.engine.analysis.seasonality import ONE_RUN, month_columns, years_since_middle
from frankpledge.engine.analysis.series import Span, longest_complete_run

TrendVerdict = Literal["rising", "falling", "no-clear-trend", "too-short"]
TrendMethod = Literal["quasi-poisson", "kendall", "none"]

MONTHS_NEEDED = 12
ALIKE = 1.5  # a variance raised by more than half is worth a caveat

SEASON_NOT_REMOVED = (
    "With fewer than 24 consecutive months the season cannot be taken out, so a rise or fall over the year may be one."
)
NEIGHBOURS_ALIKE = "Neighbouring months resemble each other; the test allows for it."
NOT_THE_LATEST = "The longest unbroken stretch is not the latest one."


@dataclass(frozen=True)
class Trend:
    """A trend in per cent a year, or the reason why none can be stated.

    `estimate`, `lower` and `upper` are per cent a year (None when not tested): for `quasi-poisson`
    compound growth, for `kendall` the Theil-Sen slope over twelve months as a share of the mean
    month. `p` is two-sided. `verdict` follows p and the interval together. `run` is the stretch used,
    `n` its months; `reason` is a sentence, empty when a test was made.
    """

    verdict: TrendVerdict
    estimate: float | None
    lower: float | None
    upper: float | None
    p: float | None
    level: float
    method: TrendMethod
    run: Span | None
    n: int
    reason: str = ""
    caveats: tuple[str, ...] = ()


def trend(months: npt.ArrayLike, values: npt.ArrayLike, breaks: Collection[int] = (), *, level: float = 0.95) -> Trend:
    """Test for a trend in the longest unbroken stretch of months, never across a gap or a break.

    `months` (n,) are month numbers, `values` (n,) counts with NaN for no data, `breaks` the first
    months of new ways of counting. Under 12 consecutive months the verdict is `too-short`. From 24 a
    quasi-Poisson log-linear slope beside month-of-year effects is tested with Student's t, with
    dispersion at least 1; below that Kendall's tau with the Theil-Sen slope (Sen 1968), season left
    in and said so. Both widen their error where neighbouring months resemble each other (effective
    sample size with lag-one correlation, Bayley & Hammersley 1946).

    Raises ValueError as `series.contiguous_runs` does, and for a level outside (0, 1).

    >>> rng = np.random.default_rng(1)
    >>> found = trend(np.arange(24301, 24337), rng.poisson(200 * 1.2 ** (np.arange(36) / 12)))
    >>> found.verdict, found.method, round(found.lower) < 20 < round(found.upper)
    ('rising', 'quasi-poisson', True)
    >>> trend([24301, 24302], [5, 7]).reason
    'A trend needs 12 consecutive months with data; the longest stretch has 2.'
    """
    alpha = 1 - require_level(level)
    run, counts = longest_complete_run(months, values, breaks)
    if run is None or run.months < MONTHS_NEEDED or counts.sum() == 0:
        return _untested(run, level)
    method: TrendMethod = "quasi-poisson" if run.months >= MONTHS_FOR_SEASON else "kendall"
    estimate, lower, upper, p, alike = (_loglinear if method == "quasi-poisson" else _kendall)(run, counts, alpha)
    verdict: TrendVerdict = "no-clear-trend"
    if p < alpha and estimate > 0 and lower >= 0:
        verdict = "rising"
    elif p < alpha and estimate < 0 and upper <= 0:
        verdict = "falling"
    return Trend(
        verdict, estimate, lower, upper, p, level, method, run, run.months, caveats=_caveats(run, months, values, alike)
    )


def _untested(run: Span | None, level: float) -> Trend:
    found = run.months if run else 0
    reason = f"A trend needs {MONTHS_NEEDED} consecutive months with data; the longest stretch has {found}."
    if found < MONTHS_NEEDED:
        return Trend("too-short", None, None, None, None, level, "none", run, found, reason)
    reason = f"There is no incident in {run}, so there is nothing to follow."
    return Trend("no-clear-trend", None, None, None, None, level, "none", run, found, reason)


def _caveats(run: Span, months: npt.ArrayLike, values: npt.ArrayLike, alike: bool) -> tuple[str, ...]:
    known = np.asarray(months)[~np.isnan(np.asarray(values, dtype=np.float64))]
    said = [SEASON_NOT_REMOVED] if run.months < MONTHS_FOR_SEASON else []
    if known.size > run.months:
        said.append(ONE_RUN)
    if known.max() > run.last:
        said.append(NOT_THE_LATEST)
    if alike:
        said.append(NEIGHBOURS_ALIKE)
    return tuple(said)


def _inflation(residuals: FloatArray, design: FloatArray) -> float:
    """Factor by which likeness of neighbouring months raises the variance of a slope (at least 1).

    Residuals of a fitted model lean towards unlikeness even where months are independent: with
    residual maker M their expected lag-one correlation is trace(lag M) / trace(M), taken off first.
    """
    spread = float((residuals**2).sum())
    if spread <= 0:
        return 1.0
    maker = np.eye(residuals.size) - design @ np.linalg.pinv(design)
    expected = float(np.trace(maker, offset=1)) / (residuals.size - design.shape[1])
    likeness = float((residuals[1:] * residuals[:-1]).sum()) / spread - expected
    likeness = min(max(likeness, 0.0), 0.9)
    return float((1 + likeness) / (1 - likeness))


def _loglinear(run: Span, counts: FloatArray, alpha: float) -> tuple[float, float, float, float, bool]:
    time = years_since_middle(run)
    design = np.column_stack([np.ones(run.months), time, month_columns(run)])
    fit = fit_loglinear(design, counts)
    inflation = _inflation(fit.residuals, design)
    slope = float(fit.coefficients[1])
    error = math.sqrt(float(fit.covariance[1, 1]) * max(fit.dispersion, 1.0) * inflation)
    half = float(stats.t.isf(alpha / 2, fit.df)) * error
    p = float(2 * stats.t.sf(abs(slope) / error, fit.df))
    estimate, lower, upper = (100 * math.expm1(min(x, 700.0)) for x in (slope, slope - half, slope + half))
    return estimate, lower, upper, p, inflation > ALIKE


def _kendall(run: Span, counts: FloatArray, alpha: float) -> tuple[float, float, float, float, bool]:
    if np.ptp(counts) == 0:
        return 0.0, 0.0, 0.0, 1.0, False
    time = years_since_middle(run)
    design = np.column_stack([np.ones(run.months), time])
    line = design @ np.linalg.lstsq(design, counts, rcond=None)[0]
    widening = math.sqrt(_inflation(counts - line, design))
    z = float(stats.norm.isf(stats.kendalltau(time, counts, method="asymptotic").pvalue / 2)) / widening
    # Wider limits are the limits of a higher level; the test statistic shrinks by the same factor.
    coverage = 1 - 2 * float(stats.norm.sf(float(stats.norm.isf(alpha / 2)) * widening))
    slope, _, low, high = stats.theilslopes(counts, time, min(coverage, 1 - 1e-9))
    scale = 100 / float(counts.mean())
    return slope * scale, float(low) * scale, float(high) * scale, float(2 * stats.norm.sf(z)), widening**2 > ALIKE

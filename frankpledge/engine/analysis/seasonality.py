"""Is there a season? A test of the months of the year over at least two unbroken years."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from frankpledge.engine.analysis.arguments import FloatArray, require_level
from frankpledge.engine.analysis.change import false_discovery
from frankpledge.engine.analysis.loglinear import LoglinearFit, fit_loglinear
from frankpledge.engine.analysis.series import Span, longest_complete_run

SeasonVerdict = Literal["seasonal", "no-clear-season", "too-short", "too-few"]
SeasonMethod = Literal["f", "chi-square", "none"]

MONTHS_NEEDED = 24
MEAN_NEEDED = 5.0  # incidents a month: below that the large-sample test raises too many false alarms

ONE_RUN = "Only the longest stretch without a gap or a break was used."
TWO_YEARS = "With fewer than three years, one unusual month can look like a season."


@dataclass(frozen=True)
class Seasonality:
    """The season of a series of months, or the reason why none can be stated.

    `peak_months` and `trough_months` (1 = January) lie clearly above or below the average month
    (false-discovery control at the level over the twelve); both are empty unless the verdict is
    `seasonal`. `factors` are twelve multiples of the average month, January first (empty when not
    fitted). `strength` (0 to 1) is the share of the scatter around the trend that the months of the
    year explain, less what chance would. `estimate` is the highest factor over the lowest. `run` is
    the stretch used, `n` its months; `reason` is a sentence, empty when a test was made. `method` is
    `f` where months scatter more than counting chance (`dispersion` above 1), else `chi-square`.
    """

    verdict: SeasonVerdict
    p: float | None
    level: float
    peak_months: tuple[int, ...]
    trough_months: tuple[int, ...]
    factors: tuple[float, ...]
    strength: float | None
    run: Span | None
    n: int
    reason: str = ""
    caveats: tuple[str, ...] = ()
    method: SeasonMethod = "none"
    dispersion: float | None = None

    @property
    def estimate(self) -> float | None:
        """Highest month over lowest month, None where not fitted or the lowest has no incident."""
        if not self.factors or min(self.factors) < 1e-9:
            return None
        return max(self.factors) / min(self.factors)


def month_columns(run: Span) -> FloatArray:
    """Eleven columns that code the month of the year as departures from the average month.

    Returns an array (months of the run, 11), one row per month.

    >>> month_columns(Span(24301, 24312)).sum(axis=0).tolist() == [0.0] * 11
    True
    """
    position = (np.arange(run.first, run.last + 1) - 1) % 12
    coded = np.eye(12)[position]
    return coded[:, :11] - coded[:, 11:]


def years_since_middle(run: Span) -> FloatArray:
    """Time of each month of the run in years, zero in the middle.

    >>> years_since_middle(Span(24301, 24303)).round(3).tolist()
    [-0.083, 0.0, 0.083]
    """
    return (np.arange(run.months) - (run.months - 1) / 2) / 12


def seasonality(
    months: npt.ArrayLike, values: npt.ArrayLike, breaks: Collection[int] = (), *, level: float = 0.95
) -> Seasonality:
    """Test for a season in the longest unbroken stretch of months.

    `months` (n,) are month numbers, `values` (n,) counts with NaN for no data, `breaks` the first
    months of new ways of counting. Needs 24 consecutive months with 5 incidents a month on average;
    otherwise the verdict is `too-short` or `too-few` with the reason. The test asks whether eleven
    month effects beside a log-linear trend explain more than chance: an F test in a quasi-Poisson model
    where the residual dispersion is above 1 (McCullagh & Nelder 1989), else a chi-square test at
    dispersion 1. Simulated false alarms at 5 per cent over 24 to 60 months: 2 to 4 per cent for Poisson
    noise, 4 to 7 for overdispersed months, 11 for five-fold overdispersion around 4 a month.

    Raises ValueError as `series.contiguous_runs` does, and for a level outside (0, 1).

    >>> rng = np.random.default_rng(1)
    >>> summer = 100 + 40 * np.sin(np.arange(36) / 12 * 2 * np.pi)
    >>> found = seasonality(np.arange(24301, 24337), rng.poisson(summer))
    >>> found.verdict, 4 in found.peak_months, 10 in found.trough_months
    ('seasonal', True, True)
    >>> seasonality([24301, 24302], [5, 7]).reason
    'A season needs 24 consecutive months with data; the longest stretch has 2 (2025-01..2025-02): 22 more are missing.'
    """
    alpha = 1 - require_level(level)
    run, counts = longest_complete_run(months, values, breaks)
    if run is None or run.months < MONTHS_NEEDED:
        return _without("too-short", _missing(run), run, level)
    if counts.mean() < MEAN_NEEDED:
        reason = f"A season needs {MEAN_NEEDED:.0f} incidents a month on average; {run} has {counts.mean():.1f}."
        return _without("too-few", reason, run, level)
    plain = np.column_stack([np.ones(run.months), years_since_middle(run)])
    without = fit_loglinear(plain, counts)
    fit = fit_loglinear(np.column_stack([plain, month_columns(run)]), counts)
    dispersion = max(fit.dispersion, 1.0)
    drop = max(without.deviance - fit.deviance, 0.0)
    p = float(stats.f.sf(drop / 11 / dispersion, 11, fit.df) if dispersion > 1 else stats.chi2.sf(drop, 11))
    factors, peaks, troughs = _month_effects(fit, dispersion, alpha)
    seasonal = p < alpha
    scatter = without.deviance / without.df
    caveats = () if np.isfinite(np.asarray(values, dtype=np.float64)).sum() == run.months else (ONE_RUN,)
    return Seasonality(
        verdict="seasonal" if seasonal else "no-clear-season",
        p=p,
        level=level,
        peak_months=peaks if seasonal else (),
        trough_months=troughs if seasonal else (),
        factors=factors,
        strength=max(0.0, 1 - fit.deviance / fit.df / scatter) if scatter > 0 else 0.0,
        run=run,
        n=run.months,
        caveats=(*caveats, TWO_YEARS) if run.months < 36 else caveats,
        method="f" if dispersion > 1 else "chi-square",
        dispersion=fit.dispersion,
    )


def _without(verdict: SeasonVerdict, reason: str, run: Span | None, level: float) -> Seasonality:
    return Seasonality(verdict, None, level, (), (), (), None, run, run.months if run else 0, reason)


def _missing(run: Span | None) -> str:
    if run is None:
        return f"A season needs {MONTHS_NEEDED} consecutive months with data; there are none."
    lacking = MONTHS_NEEDED - run.months
    return (
        f"A season needs {MONTHS_NEEDED} consecutive months with data; the longest stretch has "
        f"{run.months} ({run}): {lacking} more {'is' if lacking == 1 else 'are'} missing."
    )


def _month_effects(
    fit: LoglinearFit, dispersion: float, alpha: float
) -> tuple[tuple[float, ...], tuple[int, ...], tuple[int, ...]]:
    """Twelve factors with mean 1, and the months clearly above and below the average."""
    coding = np.vstack([np.eye(11), -np.ones(11)])
    effects = coding @ fit.coefficients[2:]
    errors = np.sqrt(np.maximum(np.diag(coding @ fit.covariance[2:, 2:] @ coding.T) * dispersion, 1e-300))
    clear = false_discovery(2 * stats.t.sf(np.abs(effects) / errors, fit.df)) < alpha
    factors = np.exp(effects)
    factors /= factors.mean()
    strongest = np.argsort(-effects, kind="stable")
    peaks = tuple(int(m) + 1 for m in strongest if clear[m] and effects[m] > 0)
    troughs = tuple(int(m) + 1 for m in strongest[::-1] if clear[m] and effects[m] < 0)
    return tuple(float(f) for f in factors), peaks, troughs

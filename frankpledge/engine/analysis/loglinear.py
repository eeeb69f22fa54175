"""Quasi-Poisson log-linear regression, fitted by iteratively reweighted least squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from frankpledge.engine.analysis.arguments import FloatArray, require_counts

_ROUNDS = 60
_LOG_LIMIT = 30.0  # a mean of e^-30 is as good as none; keeps all-zero columns from running away


@dataclass(frozen=True, eq=False)
class LoglinearFit:
    """A fitted model log(mean) = design @ coefficients.

    `covariance` is that of a Poisson model: multiply by the dispersion. `dispersion` is Pearson's
    chi-square over `df`; NaN when df is 0. `residuals` are Pearson residuals in the order given.
    """

    coefficients: FloatArray
    covariance: FloatArray
    fitted: FloatArray
    residuals: FloatArray
    deviance: float
    dispersion: float
    df: int


def fit_loglinear(design: npt.ArrayLike, counts: npt.ArrayLike) -> LoglinearFit:
    """Fit counts (n,) to a design matrix (n, k) of full column rank, n >= k.

    McCullagh & Nelder (1989), Generalized Linear Models, chapters 6 and 9. Counts are at least zero
    and complete (no NaN); at least one is above zero.

    Raises ValueError where the shapes do not fit, a count is missing or negative, or all are zero.

    >>> fit = fit_loglinear([[1, 0], [1, 0], [1, 1], [1, 1]], [10, 12, 20, 24])
    >>> [round(float(x), 4) for x in np.exp(fit.coefficients)], fit.df
    ([11.0, 2.0], 2)
    """
    matrix = np.asarray(design, dtype=np.float64)
    observed = require_counts("counts", counts)
    if matrix.ndim != 2 or matrix.shape[0] != observed.size or matrix.shape[0] < matrix.shape[1]:
        raise ValueError(f"design must have one row per count and no more columns, not {matrix.shape}.")
    if np.isnan(observed).any() or observed.sum() == 0:
        raise ValueError("counts must be complete, with at least one above zero.")
    mean = np.maximum(observed, observed.mean() / 2)
    linear = np.log(mean)
    deviance = np.inf
    coefficients = np.zeros(matrix.shape[1])
    for _ in range(_ROUNDS):
        working = linear + (observed - mean) / mean
        root = np.sqrt(mean)
        coefficients = np.linalg.lstsq(matrix * root[:, None], working * root, rcond=None)[0]
        linear = np.clip(matrix @ coefficients, -_LOG_LIMIT, _LOG_LIMIT)
        mean = np.exp(linear)
        before, deviance = deviance, _deviance(observed, mean)
        if abs(before - deviance) < 1e-10 * (abs(deviance) + 0.1):
            break
    df = matrix.shape[0] - matrix.shape[1]
    residuals = (observed - mean) / np.sqrt(mean)
    return LoglinearFit(
        coefficients=coefficients,
        covariance=np.linalg.pinv((matrix * mean[:, None]).T @ matrix),
        fitted=mean,
        residuals=residuals,
        deviance=deviance,
        dispersion=float((residuals**2).sum() / df) if df else float("nan"),
        df=df,
    )


def _deviance(observed: FloatArray, mean: FloatArray) -> float:
    return float(2 * (special.xlogy(observed, observed / mean) - (observed - mean)).sum())

"""Trend and season of a run of months, fitted a second way: Newton's method on the whole likelihood."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import optimize, stats

from tests.engine.checker.statistics import Found


class Fit(NamedTuple):
    """A Poisson regression: coefficients, their covariance, fitted means, deviance."""

    beta: np.ndarray
    covariance: np.ndarray
    mean: np.ndarray
    deviance: float


def poisson_regression(design: np.ndarray, counts: np.ndarray) -> Fit:
    """Minimise the negative log likelihood of log(mean) = design @ beta."""

    def loss(beta: np.ndarray) -> float:
        return float(np.exp(design @ beta).sum() - counts @ (design @ beta))

    def slope(beta: np.ndarray) -> np.ndarray:
        return design.T @ (np.exp(design @ beta) - counts)

    def curve(beta: np.ndarray) -> np.ndarray:
        return (design.T * np.exp(design @ beta)) @ design

    start = np.zeros(design.shape[1])
    start[0] = math.log(counts.mean())
    beta = optimize.minimize(loss, start, jac=slope, hess=curve, method="trust-exact", options={"gtol": 1e-9}).x
    mean = np.exp(design @ beta)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(counts > 0, counts * np.log(counts / mean), 0.0) - (counts - mean)
    return Fit(beta, np.linalg.inv(curve(beta)), mean, 2 * float(terms.sum()))


def _design(first: int, length: int, season: bool) -> np.ndarray:
    """Level, years, and where asked for eleven departures of calendar months from their mean."""
    time = (np.arange(length) - (length - 1) / 2) / 12
    columns = [np.ones(length), time]
    if season:
        calendar = (first + np.arange(length)) % 12
        columns += [(calendar == m).astype(float) - (calendar == 11) for m in range(11)]
    return np.column_stack(columns)


def _widening(residuals: np.ndarray, design: np.ndarray) -> float:
    """(1 + r) / (1 - r) with the lag-one correlation r, less what fitting alone brings about; r in 0 to 0.9."""
    hat = design @ np.linalg.solve(design.T @ design, design.T)
    maker = np.eye(len(residuals)) - hat
    by_fitting = np.trace(maker[1:, :-1]) / np.trace(maker)
    r = float(residuals[1:] @ residuals[:-1]) / float(residuals @ residuals) - by_fitting
    r = min(max(r, 0.0), 0.9)
    return (1 + r) / (1 - r)


def trend(first: int, counts: Sequence[int]) -> Found:
    """Per cent a year: log-linear beside months of the year from 24 months on, Kendall with Theil and Sen below."""
    values = np.asarray(counts, dtype=float)
    if len(values) >= 24:
        design = _design(first, len(values), season=True)
        fit = poisson_regression(design, values)
        pearson = (values - fit.mean) / np.sqrt(fit.mean)
        df = len(values) - design.shape[1]
        scatter = max(1.0, float(pearson @ pearson) / df) * _widening(pearson, design)
        t = abs(fit.beta[1]) / math.sqrt(fit.covariance[1, 1] * scatter)
        return Found(2 * float(stats.t.sf(t, df)), 100 * math.expm1(fit.beta[1]), "log-linear")
    design = _design(first, len(values), season=False)
    line = np.polynomial.polynomial.polyfit(design[:, 1], values, 1)
    left = values - line[0] - line[1] * design[:, 1]
    z = stats.norm.isf(stats.kendalltau(design[:, 1], values, method="asymptotic").pvalue / 2)
    pairs = [
        (values[j] - values[i]) / (design[j, 1] - design[i, 1])
        for i in range(len(values))
        for j in range(i + 1, len(values))
    ]
    p = 2 * float(stats.norm.sf(z / math.sqrt(_widening(left, design))))
    return Found(p, 100 * float(np.median(pairs)) / values.mean(), "Kendall")


def season(first: int, counts: Sequence[int]) -> Found:
    """Eleven month effects beside a trend: F test where months scatter beyond counting chance, else chi-square."""
    values = np.asarray(counts, dtype=float)
    with_months, scatter, df = _with_months(first, values)
    without = poisson_regression(_design(first, len(values), season=False), values)
    drop = without.deviance - with_months.deviance
    p = stats.f.sf(drop / 11 / scatter, 11, df) if scatter > 1 else stats.chi2.sf(drop, 11)
    effects = np.append(with_months.beta[2:], -with_months.beta[2:].sum())
    return Found(float(p), float(math.exp(effects.max() - effects.min())), "F" if scatter > 1 else "chi-square")


def _with_months(first: int, values: np.ndarray) -> tuple[Fit, float, int]:
    """The fit with month effects, its Pearson dispersion and the degrees of freedom of that."""
    design = _design(first, len(values), season=True)
    fit = poisson_regression(design, values)
    df = len(values) - design.shape[1]
    return fit, float(((values - fit.mean) ** 2 / fit.mean).sum()) / df, df


def standing_out(first: int, counts: Sequence[int]) -> tuple[set[int], set[int]]:
    """Calendar months (January 0) clearly above and below the average month, allowing for twelve tests."""
    fit, scatter, df = _with_months(first, np.asarray(counts, dtype=float))
    coding = np.vstack([np.eye(11), -np.ones(11)])
    effects = coding @ fit.beta[2:]
    errors = np.sqrt(np.diag(coding @ fit.covariance[2:, 2:] @ coding.T) * max(1.0, scatter))
    clear = stats.false_discovery_control(2 * stats.t.sf(np.abs(effects) / errors, df)) < 0.05
    return {m for m in range(12) if clear[m] and effects[m] > 0}, {m for m in range(12) if clear[m] and effects[m] < 0}

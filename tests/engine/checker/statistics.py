"""The stated tests, worked out a second way: from the papers, with SciPy's own tests where it has them.

Nothing of Frankpledge is imported. Where the engine conditions on totals, this fits the full table;
where the engine solves for rejected counts, this calls SciPy.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

LEVEL = 0.05
FEW = 5


@dataclass(frozen=True)
class Found:
    """A p-value with what was estimated and by which test."""

    p: float
    estimate: float | None
    test: str
    reachable: bool = True
    dispersion: float | None = None


def exact(before: int, after: int, share: float = 0.5) -> Found:
    """Conditional binomial test of two counts: twice the smaller tail. `share` is expected of the later one."""
    total = before + after
    if total == 0:
        return Found(1.0, None, "exact", False)
    tails = [stats.binomtest(after, total, share, alternative=side).pvalue for side in ("less", "greater")]
    best = min(min(share, 1 - share) ** total * 2, 1.0)
    ratio = after / before / (share / (1 - share)) if before else None
    return Found(min(1.0, 2 * min(tails)), ratio, "exact", best < LEVEL)


def e_test(before: int, after: int, sizes: tuple[float, float] = (1.0, 1.0)) -> Found:
    """Krishnamoorthy and Thomson's E-test, as SciPy has it."""
    ratio = (after / sizes[1]) / (before / sizes[0]) if before else None
    total = before + after
    if total == 0:
        return Found(1.0, None, "E-test", False)
    splits = ((0, total), (total, 0)) if total <= 50 else ()
    extremes = [float(stats.poisson_means_test(b, sizes[0], a, sizes[1]).pvalue) for b, a in splits]
    # SciPy gives 0 for a statistic of exactly 0, where nothing differs at all.
    p = 1.0 if ratio == 1 else float(stats.poisson_means_test(before, sizes[0], after, sizes[1]).pvalue)
    return Found(p, ratio, "E-test", total > 50 or min(extremes) < LEVEL)


def paired_months(before: Sequence[int], after: Sequence[int], sizes: tuple[float, float] = (1.0, 1.0)) -> Found:
    """Log-linear model of month and period over the full table of 2 n counts, by its closed form.

    With one offset for each period the fitted counts are row total x column total over the grand total.
    """
    pairs = [(b, a) for b, a in zip(before, after, strict=True) if b + a > 0]
    totals = sum(b for b, _ in pairs), sum(a for _, a in pairs)
    share = sizes[1] / (sizes[0] + sizes[1])
    df = len(pairs) - 1
    if df < 2 or 0 in totals:
        return exact(*totals, share)
    grand = sum(totals)
    squares = 0.0
    for pair in pairs:
        for column in (0, 1):
            fitted = sum(pair) * totals[column] / grand
            squares += (pair[column] - fitted) ** 2 / fitted
    dispersion = squares / df
    if dispersion <= 1:
        found = e_test(*totals, sizes)
        return Found(found.p, found.estimate, found.test, found.reachable, dispersion)
    ratio = totals[1] / totals[0] * sizes[0] / sizes[1]
    error = math.sqrt(dispersion * (1 / totals[0] + 1 / totals[1]))
    p = 2 * float(stats.t.sf(abs(math.log(ratio)) / error, df))
    return Found(p, ratio, "quasi-Poisson", e_test(*totals, sizes).reachable, dispersion)


def verdict(before: int, after: int, found: Found, p: float) -> str:
    """The direction that counts and a p-value bear."""
    if (before < FEW and after < FEW) or not found.reachable:
        return "too-few"
    if p >= LEVEL:
        return "no-clear-change"
    return "rose" if found.estimate is None or found.estimate > 1 else "fell"


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Adjusted p-values, by SciPy; fewer than two need none."""
    return [float(x) for x in stats.false_discovery_control(p)] if len(p) > 1 else list(p)


@dataclass(frozen=True)
class Funnel:
    """The peers' mean with the 95 per cent limits for an area of the size asked about."""

    mean: float
    low: float
    high: float

    def direction(self, rate: float) -> str:
        return "higher" if rate > self.high else "lower" if rate < self.low else "similar"


def funnel(size: float, counts: Sequence[float], sizes: Sequence[float], per: float) -> Funnel:
    """Multiplicative limits (Spiegelhalter 2005) for one more area among peers; Student's t on peers - 1."""
    rates = [per * c / s for c, s in zip(counts, sizes, strict=True)]
    n, mean = len(rates), sum(rates) / len(rates)
    z = [(r - mean) / math.sqrt(mean * per / s) for r, s in zip(rates, sizes, strict=True)]
    low, high = np.percentile(z, [10, 90])
    # What pulling in the outer tenths leaves of a standard normal's variance, by numerical integration.
    cut = stats.norm.ppf(0.9)
    left = stats.norm.expect(lambda x: x**2, lb=-cut, ub=cut) + 0.2 * cut**2
    scatter = max(1.0, sum(min(max(x, low), high) ** 2 for x in z) / (n - 1) / left)
    reach = stats.t.ppf(0.975, n - 1) * math.sqrt(mean * per / size * scatter * (1 + 1 / n))
    return Funnel(mean, max(0.0, mean - reach), mean + reach)


def dispersion_of_areas(counts: Sequence[int]) -> float:
    """One-sided p of Fisher's index of dispersion."""
    return float(stats.chisquare(counts).pvalue)


def fewest_for_half(counts: Sequence[int]) -> int:
    """How many of the largest counts make at least half of the sum."""
    need, held = sum(counts) / 2, 0
    for number, count in enumerate(sorted(counts, reverse=True), start=1):
        held += count
        if held >= need:
            return number
    raise ValueError("no counts")

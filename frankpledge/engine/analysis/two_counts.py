"""Two Poisson counts against each other: p-values and the ratios that a test does not reject.

The plain arithmetic under `change`; arguments are taken as already checked.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import optimize, special, stats

# Ties: two outcomes whose statistics differ by rounding error only count as equally extreme.
_TIE = 1e-9


def e_test_p(before: int, after: int, exposure_before: float = 1.0, exposure_after: float = 1.0) -> float:
    """Two-sided p of the E-test that both counts have the same underlying rate, in 0 to 1.

    Krishnamoorthy & Thomson (2004), J. Stat. Planning and Inference 119: the distribution of their
    standardised difference under two independent Poisson counts with the pooled rate. Instead of
    summing over all pairs of counts, the rejected counts of the second period are found from the
    roots of a quadratic for each count of the first, so that large counts stay cheap.

    Two zeros give 1 (nothing differs).

    >>> round(e_test_p(2, 6), 4), round(e_test_p(16, 25), 3)
    (0.1749, 0.165)
    """
    total = before + after
    gap = after / exposure_after - before / exposure_before
    if total == 0 or gap == 0:
        return 1.0
    pooled = total / (exposure_before + exposure_after)
    squared = gap**2 / (before / exposure_before**2 + after / exposure_after**2)
    first, second = pooled * exposure_before, pooled * exposure_after
    reach = 9 * math.sqrt(first) + 40  # beyond this, less than 1e-15 of the first count's distribution
    counts = np.arange(max(0.0, math.floor(first - reach)), math.ceil(first + reach) + 1.0)
    weight = np.exp(special.xlogy(counts, first) - first - special.gammaln(counts + 1))
    b, a = 1 / exposure_before, 1 / exposure_after
    # (a j - b i)^2 >= T^2 (b^2 i + a^2 j), solved for u = a j at each first count i.
    middle = 2 * b * counts + squared * a
    root = np.sqrt((squared * a) ** 2 + 4 * squared * b * counts * (a + b))
    low, high = (middle - root) / (2 * a), (middle + root) / (2 * a)
    slack = _TIE * (1 + np.abs(high))
    floor = np.floor(low + slack)
    below = np.where((counts == 0) | (floor < 0), 0.0, special.pdtr(np.maximum(floor, 0.0), second))
    # At least one above the other: at a first count of zero the pair 0, 0 is no difference at all.
    first_high = np.maximum(np.ceil(high - slack), 1.0)
    above = special.pdtrc(first_high - 1, second)
    return float(min(1.0, np.sum(weight * (below + above))))


def exact_p(before: int, after: int, exposure_before: float = 1.0, exposure_after: float = 1.0) -> float:
    """Two-sided p of the exact conditional test: twice the smaller binomial tail, at most 1.

    Given their sum, the second count is binomial when both rates are equal (Przyborowski &
    Wilenski 1940). Doubling the smaller tail keeps the p-value in step with Clopper-Pearson limits.

    >>> round(exact_p(3, 7), 2)
    0.34
    """
    total = before + after
    if total == 0:
        return 1.0
    share = exposure_after / (exposure_before + exposure_after)
    tail = min(stats.binom.cdf(after, total, share), stats.binom.sf(after - 1, total, share))
    return float(min(1.0, 2 * tail))


def exact_ratio_limits(before: int, after: int, relative: float, level: float) -> tuple[float, float | None]:
    """Limits of rate after / rate before from Clopper-Pearson limits of the after share.

    `relative` is exposure before / exposure after. An upper limit of None means no limit.

    >>> [round(limit, 3) for limit in exact_ratio_limits(3, 7, 1.0, 0.95)]
    [0.533, 13.984]
    """
    tail = (1 - level) / 2
    lower, upper = 0.0, None
    if after:
        share = float(stats.beta.ppf(tail, after, before + 1))
        lower = share / (1 - share) * relative
    if before:
        share = float(stats.beta.isf(tail, after + 1, before))
        upper = share / (1 - share) * relative
    return lower, upper


def mid_p_ratio_limits(before: int, after: int, relative: float, level: float) -> tuple[float, float | None]:
    """Limits of rate after / rate before from the mid-p version of Clopper-Pearson limits.

    Counting the observed outcome by half (Lancaster 1961) takes away most of the exact limits'
    excess width and leaves them in step with the E-test: of all pairs of counts up to 60 and 90 over
    equal periods, the two disagree about "no change" in three, by at most 0.02 in p. (The E-test
    itself cannot be turned into limits: at ratios far from 1 its statistic stays bounded.)
    `relative` is exposure before / exposure after. An upper limit of None means no limit.

    >>> [round(limit, 3) for limit in mid_p_ratio_limits(3, 7, 1.0, 0.95)]
    [0.613, 11.107]
    """
    tail = (1 - level) / 2

    def mid(share: float) -> float:
        """P(X > after) + P(X = after) / 2, from the beta integrals of the two binomial tails."""
        above = special.betainc(after + 1, before, share) if before else 0.0
        at_least = special.betainc(after, before + 1, share) if after else 1.0
        return float(above + at_least) / 2

    lower, upper = 0.0, None
    if after:
        share = optimize.brentq(lambda x: mid(x) - tail, 0.0, 1.0, xtol=1e-15, rtol=1e-12)
        lower = share / (1 - share) * relative
    if before:
        other = optimize.brentq(lambda x: 1 - mid(1 - x) - tail, 0.0, 1.0, xtol=1e-15, rtol=1e-12)
        upper = (1 - other) / other * relative
    return lower, upper

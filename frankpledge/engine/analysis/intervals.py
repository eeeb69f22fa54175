"""Intervals for counts, rates and proportions.

A count of incidents is treated as one draw from a Poisson distribution: the interval says which
underlying levels could well have produced it by chance alone. It says nothing about incidents
that nobody reported, nor about later revision of the figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scipy import stats

from frankpledge.engine.analysis.arguments import require_count, require_level, require_positive

CountMethod = Literal["exact", "byar"]

NOTHING_TO_DIVIDE_BY = "The denominator is zero, so there is no rate or share."


@dataclass(frozen=True)
class Interval:
    """An estimate with its interval, both in the unit of the function that made it.

    `estimate`, `lower` and `upper` are None together when nothing can be estimated; the reason is
    then in `caveats`. `level` is the coverage (0.95 for 95 per cent). `n` is the count the
    interval rests on (for a proportion: the denominator).
    """

    estimate: float | None
    lower: float | None
    upper: float | None
    level: float
    n: float
    method: str
    caveats: tuple[str, ...] = ()


def _exact(count: int, tail: float) -> tuple[float, float]:
    lower = float(stats.chi2.ppf(tail, 2 * count)) / 2 if count else 0.0
    return lower, float(stats.chi2.isf(tail, 2 * count + 2)) / 2


def _byar(count: int, tail: float) -> tuple[float, float]:
    z = float(stats.norm.isf(tail))
    lower = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    above = count + 1
    return max(lower, 0.0), above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3


def poisson_interval(count: float, *, level: float = 0.95, method: CountMethod = "exact") -> Interval:
    """Interval for the expected count behind one observed count.

    `count` is a whole number of incidents, at least 0. `exact` is Garwood's (1936) interval, which
    covers at least `level`; `byar` is Byar's cube-root approximation (Breslow & Day 1987), the one
    that English public health publishes and that is good from about 10 incidents.

    Raises ValueError for a count that is not a whole number of at least zero, a level outside
    (0, 1) or an unknown method.

    >>> found = poisson_interval(10, method="byar")
    >>> round(found.lower, 2), round(found.upper, 2)
    (4.79, 18.39)
    >>> [round(end, 3) for end in (poisson_interval(0).lower, poisson_interval(0).upper)]
    [0.0, 3.689]
    """
    whole = require_count("count", count)
    tail = (1 - require_level(level)) / 2
    if method == "exact":
        lower, upper = _exact(whole, tail)
    elif method == "byar":
        lower, upper = _byar(whole, tail)
    else:
        raise ValueError(f"method must be 'exact' or 'byar', not {method!r}.")
    return Interval(float(whole), lower, upper, level, whole, method)


def rate_interval(
    count: float, exposure: float, *, per: float = 1000.0, level: float = 0.95, method: CountMethod = "byar"
) -> Interval:
    """Rate of `count` incidents per `per` units of `exposure`, with its interval.

    `exposure` is residents, households or square kilometres (at least 0) and is taken as known
    without error. An exposure of zero gives a result without numbers and the reason.

    Raises ValueError as `poisson_interval` does, and for a negative exposure or a `per` not above 0.

    >>> round(rate_interval(14761, 275826).estimate, 2)
    53.52
    >>> rate_interval(3, 0).estimate is None
    True
    """
    if not math.isfinite(exposure) or exposure < 0:
        raise ValueError(f"exposure must be a number of at least zero, not {exposure!r}.")
    require_positive("per", per)
    base = poisson_interval(count, level=level, method=method)
    if exposure == 0:
        return Interval(None, None, None, level, base.n, method, (NOTHING_TO_DIVIDE_BY,))
    scale = per / exposure
    assert base.estimate is not None and base.lower is not None and base.upper is not None
    return Interval(base.estimate * scale, base.lower * scale, base.upper * scale, level, base.n, method)


def wilson_interval(numerator: float, denominator: float, *, level: float = 0.95) -> Interval:
    """Proportion (0 to 1) with Wilson's (1927) score interval.

    `numerator` and `denominator` are whole numbers with numerator at most denominator. Stays inside
    0 to 1 and is usable for small denominators, unlike the textbook interval. A denominator of zero
    gives a result without numbers and the reason.

    Raises ValueError where the two are not whole numbers of at least zero, or numerator is larger.

    >>> found = wilson_interval(5, 20)
    >>> round(found.estimate, 3), round(found.lower, 3), round(found.upper, 3)
    (0.25, 0.112, 0.469)
    """
    part = require_count("numerator", numerator)
    whole = require_count("denominator", denominator)
    if part > whole:
        raise ValueError(f"numerator must not exceed denominator, but {part} is more than {whole}.")
    z = float(stats.norm.isf((1 - require_level(level)) / 2))
    if whole == 0:
        return Interval(None, None, None, level, 0, "wilson", (NOTHING_TO_DIVIDE_BY,))
    share = part / whole
    shrunk = 1 + z * z / whole
    centre = (share + z * z / (2 * whole)) / shrunk
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / shrunk
    # Rounding error must not put 0 of n just above zero, nor n of n just below one.
    lower = 0.0 if part == 0 else max(centre - half, 0.0)
    upper = 1.0 if part == whole else min(centre + half, 1.0)
    return Interval(share, lower, upper, level, whole, "wilson")

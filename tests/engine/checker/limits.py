"""How far chance reaches around a number: the 95 per cent limits of figures, worked out a second way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from scipy import optimize, stats

from tests.engine.checker.edition import Edition, Figure
from tests.engine.checker.expecting import changed
from tests.engine.checker.statistics import Found

TAIL = 0.025
Z = stats.norm.isf(TAIL)


def limit_faults(edition: Edition) -> Iterator[str]:
    """Lower and upper ends in figures.json that the counts do not give."""
    for name, figure in edition.figures.items():
        wanted = _limits_of(edition, figure)
        if wanted is None or figure["value"] is None:
            continue
        for end, value in zip(("lower", "upper"), wanted, strict=True):
            said = figure[end]
            if (said is None) != (value is None) or (
                value is not None and not math.isclose(said, value, rel_tol=1e-3, abs_tol=1e-3)
            ):
                yield f"{name}: its {end} end is {said}, the counts give {value}"


def _limits_of(edition: Edition, figure: Figure) -> tuple[float | None, float | None] | None:
    if figure["unit"] == "per cent change":
        before, after = (edition.figures[name] for name in figure["derived_from"])
        if edition.broken(before, after):
            return None, None
        low, high = of_change(edition, before, after)
        return 100 * (low - 1), None if high is None else 100 * (high - 1)
    if figure["numerator"] is None or figure["unit"].startswith("per cent"):
        return None
    size = figure["numerator"] / figure["value"] if figure["value"] else 0.0
    if not size and figure["denominator"]:
        return None  # a rate of nothing: its limits follow from a per that is not told
    low, high = byar(figure["numerator"])
    return (low / size, high / size) if size else (low, high)


def byar(count: int) -> tuple[float, float]:
    """Limits of a Poisson count (Breslow and Day 1987)."""
    low = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + Z / (3 * math.sqrt(more))) ** 3


def of_change(edition: Edition, before: Figure, after: Figure) -> tuple[float, float | None]:
    """Limits of the ratio of two counts, by the test that they bear."""
    found = changed(edition, before, after)
    counts = [edition.raw.total(edition.traces[f["figure_id"]]) for f in (before, after)]
    if found.test == "quasi-Poisson":
        months = [edition.series(f["figure_id"]) for f in (before, after)]
        return _student(found, months, counts)
    low, high = _of_share(counts, mid=found.test == "E-test")
    # Where limits and test disagree by a hair the test decides, and the nearer limit is 1.
    if found.p >= 2 * TAIL:
        return min(low, 1.0), None if high is None else max(high, 1.0)
    if counts[1] > counts[0]:
        return max(low, 1.0), high
    return low, None if high is None else min(high, 1.0)


def _student(found: Found, months: Sequence[Sequence[int]], counts: Sequence[int]) -> tuple[float, float]:
    pairs = sum(b + a > 0 for b, a in zip(*months, strict=True))
    assert found.dispersion is not None and found.estimate is not None
    reach = stats.t.isf(TAIL, pairs - 1) * math.sqrt(found.dispersion * (1 / counts[0] + 1 / counts[1]))
    return found.estimate * math.exp(-reach), found.estimate * math.exp(reach)


def _of_share(counts: Sequence[int], *, mid: bool) -> tuple[float, float | None]:
    """Limits of the later count's share of both as odds: Clopper and Pearson's, or with half of the count seen."""
    before, after = counts
    total, half = before + after, 0.5 if mid else 0.0

    def above(share: float) -> float:
        return float(stats.binom.sf(after - 1, total, share) - half * stats.binom.pmf(after, total, share))

    def below(share: float) -> float:
        return float(stats.binom.cdf(after, total, share) - half * stats.binom.pmf(after, total, share))

    low = optimize.brentq(lambda s: above(s) - TAIL, 0, 1, xtol=1e-14) if after else 0.0
    high = optimize.brentq(lambda s: below(s) - TAIL, 0, 1, xtol=1e-14) if before else 1.0
    return low / (1 - low), high / (1 - high) if before else None

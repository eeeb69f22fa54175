"""Which hours and weekdays stand out from a table of the week, beyond counting chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from frankpledge.engine.analysis.arguments import FloatArray, require_level
from frankpledge.engine.analysis.change import false_discovery
from frankpledge.engine.analysis.times import WeekTable

PatternVerdict = Literal["pattern", "no-clear-pattern", "too-few"]

EXPECTED_NEEDED = 5.0  # incidents expected in each part of an even day or week (Cochran's rule)

COUNTING_CHANCE_ONLY = "The test covers counting chance only."
MOSTLY_SPREAD = "Fewer than half of the times are known to the hour; the rest are spread over their spans."
TOO_FEW = "Too few incidents with a known time to tell a pattern from chance."


@dataclass(frozen=True)
class Pattern:
    """How unevenly incidents lie over hours or weekdays.

    `shares` holds each part's share of the incidents (0 to 1), 24 hours or 7 weekdays from Monday.
    `high` and `low` are the parts clearly above and below an even share (false-discovery control at
    the level over all parts), most extreme first, empty unless the verdict is `pattern`. `p` is that
    of the chi-square test of an even spread.
    """

    verdict: PatternVerdict
    p: float | None
    level: float
    shares: tuple[float, ...]
    high: tuple[int, ...]
    low: tuple[int, ...]
    n: int
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Window:
    """A stretch of the day: from the start of hour `first` for `hours` hours, holding `share` of the incidents."""

    first: int
    hours: int
    share: float

    @property
    def until(self) -> int:
        """The hour of the clock at which the window ends (0 to 23)."""
        return (self.first + self.hours) % 24


def hour_pattern(table: WeekTable, *, level: float = 0.95) -> Pattern:
    """Which hours of the day stand out.

    Chi-square test of an even spread over 24 hours, on 23 degrees of freedom. A span of unknown time
    is spread over its hours: that blurs a peak, and where most spans cover the same hours (overnight,
    while nobody looked) those hours stand out because nothing more is known. Under 120 incidents the
    verdict is `too-few`. Raises ValueError for a level outside (0, 1).

    >>> from frankpledge.engine.analysis.times import hour_of_week
    >>> at = np.datetime64("2024-01-01T22:15") + np.arange(200).astype("timedelta64[D]")
    >>> found = hour_pattern(hour_of_week(at, at))
    >>> found.verdict, found.high
    ('pattern', (22,))
    """
    return _pattern(table.by_hour, table, level)


def weekday_pattern(table: WeekTable, *, level: float = 0.95) -> Pattern:
    """Which weekdays stand out (0 = Monday).

    As `hour_pattern`, on 6 degrees of freedom and from 35 incidents. Best over whole weeks or at
    least several months, in which every weekday occurs about equally often.

    >>> from frankpledge.engine.analysis.times import hour_of_week
    >>> at = np.datetime64("2024-01-05T22:15") + 7 * np.arange(60).astype("timedelta64[D]")
    >>> weekday_pattern(hour_of_week(at, at)).high
    (4,)
    """
    return _pattern(table.by_weekday, table, level)


def _pattern(weights: FloatArray, table: WeekTable, level: float) -> Pattern:
    alpha, parts, n = 1 - require_level(level), weights.size, table.n
    shares = tuple((weights / n).tolist()) if n else ()
    if n < EXPECTED_NEEDED * parts:
        return Pattern("too-few", None, level, shares, (), (), n, (TOO_FEW,))
    even = n / parts
    p = float(stats.chi2.sf(((weights - even) ** 2).sum() / even, parts - 1))
    z = (weights - even) / np.sqrt(even * (1 - 1 / parts))
    clear = (false_discovery(2 * stats.norm.sf(np.abs(z))) < alpha) & (p < alpha)
    order = np.argsort(-z, kind="stable")
    caveats = (COUNTING_CHANCE_ONLY, MOSTLY_SPREAD) if table.exact < n / 2 else (COUNTING_CHANCE_ONLY,)
    return Pattern(
        verdict="pattern" if p < alpha else "no-clear-pattern",
        p=p,
        level=level,
        shares=shares,
        high=tuple(int(i) for i in order if clear[i] and z[i] > 0),
        low=tuple(int(i) for i in order[::-1] if clear[i] and z[i] < 0),
        n=n,
        caveats=caveats,
    )


def busiest_window(table: WeekTable, share: float = 0.5) -> Window | None:
    """The shortest run of whole hours, over midnight if need be, that holds at least `share` of the incidents.

    Among equally short runs the one that holds most, then the earliest. None without any incident. A
    description, not a finding: say it only where `hour_pattern` finds a pattern. Raises ValueError for
    a share outside (0, 1].

    >>> from frankpledge.engine.analysis.times import hour_of_week
    >>> at = np.datetime64("2024-01-01T22:15") + 2 * np.arange(4).astype("timedelta64[h]")
    >>> busiest_window(hour_of_week(at, at))
    Window(first=0, hours=3, share=0.5)
    """
    if not 0 < share <= 1:
        raise ValueError(f"share must be above 0 and at most 1, not {share!r}.")
    if not table.n:
        return None
    hours = np.concatenate([table.by_hour, table.by_hour]) / table.n
    running = np.concatenate([[0.0], np.cumsum(hours)])
    for length in range(1, 25):
        held = running[length : length + 24] - running[:24]
        best = int(np.argmax(np.round(held, 12)))
        if held[best] >= share - 1e-9:
            return Window(best, length, min(1.0, float(held[best])))
    return Window(0, 24, 1.0)

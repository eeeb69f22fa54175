"""When: hour and weekday of incidents whose time is known only within a span.

All times are local clock times without zone (numpy datetime64). A span of unknown time spreads an
incident evenly over its minutes (aoristic weights, Ratcliffe 2000).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from frankpledge.engine.analysis.arguments import BoolArray, FloatArray

MINUTES_A_WEEK = 7 * 24 * 60
# 1970-01-01, minute 0 of datetime64, was a Thursday; weeks here begin on Monday.
_EPOCH_MINUTE = 3 * 24 * 60

NIGHT_BEGINS, NIGHT_ENDS = 20, 6  # seed definition: 20:00 to 05:59 inclusive

TimeArray = npt.NDArray[np.datetime64]


@dataclass(frozen=True, eq=False)
class WeekTable:
    """Incidents by weekday and hour.

    `weights` is (7, 24), Monday first, and adds up to `n`, the incidents that could be placed.
    The others are counted by reason: `no_time` (start or end missing), `too_long` (a span of more
    than seven days says nothing about the week), `reversed` (end before start). `exact` counts those
    of `n` whose span lies within one clock hour.
    """

    weights: FloatArray
    n: int
    exact: int
    no_time: int
    too_long: int
    reversed: int

    @property
    def by_hour(self) -> FloatArray:
        """Weights by hour of the day, (24,)."""
        return np.asarray(self.weights.sum(axis=0))

    @property
    def by_weekday(self) -> FloatArray:
        """Weights by weekday, (7,), Monday first."""
        return np.asarray(self.weights.sum(axis=1))

    @property
    def night_share(self) -> float | None:
        """Share of the weight between 20:00 and 05:59; None without any incident."""
        if not self.n:
            return None
        return float((self.by_hour[NIGHT_BEGINS:].sum() + self.by_hour[:NIGHT_ENDS].sum()) / self.n)


def _minutes(times: npt.ArrayLike, name: str) -> TimeArray:
    found = np.asarray(times)
    if found.dtype.kind != "M" or found.ndim != 1:
        raise ValueError(f"{name} must be a one-dimensional array of datetime64.")
    return found.astype("datetime64[m]")


def hour_of_week(start: npt.ArrayLike, end: npt.ArrayLike) -> WeekTable:
    """Table of weekday by hour from spans of time, exact to the minute.

    `start` and `end` (n,) are datetime64 in local clock time; NaT is unknown and leaves the incident
    out, so give a time that is known exactly as start = end. A span covers the minutes from start up
    to, not including, end; start = end is that one minute. Seconds are cut off.

    Each span adds 1/length at its first minute of the week and takes it away after its last; one
    running sum then gives every minute its weight, so the work grows with incidents, not with minutes.

    Raises ValueError for arrays that are not datetime64 or differ in length.

    >>> at = np.array(["2024-01-01T10:55"], dtype="datetime64[m]")
    >>> found = hour_of_week(at, at + np.timedelta64(60, "m"))
    >>> found.weights[0, 10:12].round(4).tolist()
    [0.0833, 0.9167]
    """
    first, last = _minutes(start, "start"), _minutes(end, "end")
    if first.shape != last.shape:
        raise ValueError(f"start and end must be equally long, not {first.size} and {last.size}.")
    no_time = np.isnat(first) | np.isnat(last)
    length = np.where(no_time, 0, (last - first).astype(np.int64))
    backwards, too_long = ~no_time & (length < 0), length > MINUTES_A_WEEK
    usable = ~(no_time | backwards | too_long)
    begins = (first[usable].astype(np.int64) + _EPOCH_MINUTE) % MINUTES_A_WEEK
    spans = np.maximum(length[usable], 1)
    minutes = spread(begins, spans)
    weights = minutes.reshape(7, 24, 60).sum(axis=2)
    return WeekTable(
        weights=weights,
        n=int(usable.sum()),
        exact=int((begins // 60 == (begins + spans - 1) // 60).sum()),
        no_time=int(no_time.sum()),
        too_long=int(too_long.sum()),
        reversed=int(backwards.sum()),
    )


def spread(begins: npt.NDArray[np.int64], spans: npt.NDArray[np.int64]) -> FloatArray:
    """Weight of each of the 10,080 minutes of a week.

    `begins` (n,) are minutes of the week (0 to 10,079), `spans` (n,) lengths in minutes (1 to
    10,080) that may run on into the next week. The weights add up to n.

    >>> weights = spread(np.array([10_079]), np.array([2]))
    >>> float(weights[10_079]), float(weights[0])
    (0.5, 0.5)
    """
    twice = 2 * MINUTES_A_WEEK + 1
    share = 1.0 / spans
    steps = np.bincount(begins, weights=share, minlength=twice) - np.bincount(
        begins + spans, weights=share, minlength=twice
    )
    running = np.cumsum(steps)[: 2 * MINUTES_A_WEEK].reshape(2, MINUTES_A_WEEK).sum(axis=0)
    # The running sum may end a few 1e-16 below zero where nothing happened.
    return np.asarray(np.maximum(running, 0.0))


def in_night(times: npt.ArrayLike) -> BoolArray:
    """Whether each time (n,) lies in the night-time economy's hours, 20:00 to 05:59; NaT does not.

    >>> times = ["2024-05-03T19:59", "2024-05-03T20:00", "2024-05-04T05:59:59"]
    >>> in_night(np.array(times, dtype="datetime64[s]")).tolist()
    [False, True, True]
    """
    known = _minutes(times, "times")
    hour = np.where(np.isnat(known), 12, (known.astype(np.int64) // 60) % 24)
    return np.asarray((hour >= NIGHT_BEGINS) | (hour < NIGHT_ENDS))


def night_of(times: npt.ArrayLike) -> npt.NDArray[np.datetime64]:
    """The day on which each time's night began (datetime64[D]); NaT outside the night's hours.

    A night belongs to its first day: Sunday 02:00 is Saturday night.

    >>> night_of(np.array(["2024-05-05T02:00"], dtype="datetime64[m]")).tolist()
    [datetime.date(2024, 5, 4)]
    """
    known = _minutes(times, "times")
    days = (known - np.timedelta64(NIGHT_ENDS, "h")).astype("datetime64[D]")
    return np.where(in_night(known), days, np.datetime64("NaT", "D"))

"""When invented incidents happen: days of a year, hours of a day, and from-to times where nobody was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from demo.assumptions import Rhythm, Setting
from frankpledge.engine.definitions.periods import Period, first_day

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Minutes = NDArray[np.datetime64]  # local time to the minute

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
LATE_FROM, LATE_UNTIL = 20, 6  # the night-time economy: 20:00 to 05:59, a night belongs to the day it starts
LONGEST_SPAN_HOURS = 72.0


@dataclass(frozen=True)
class Days:
    """The days of one financial year: first day, number, weekday (Monday 0) and month of the year (January 0)."""

    first: date
    weekday: Ints
    month: Ints

    def __len__(self) -> int:
        return len(self.weekday)


def days_of(period: Period) -> Days:
    """Every day of a period of whole months."""
    first, end = first_day(period.first), first_day(period.last + 1)
    days = [first + timedelta(days=n) for n in range((end - first).days)]
    return Days(first, np.array([d.weekday() for d in days]), np.array([d.month - 1 for d in days]))


def week_of(rhythm: Rhythm) -> Floats:
    """Weight of each hour of each weekday, shape (7, 24)."""
    week = np.outer(rhythm.days, rhythm.hours)
    week[[FRIDAY, SATURDAY], LATE_FROM:] *= rhythm.late
    week[[SATURDAY, SUNDAY], :LATE_UNTIL] *= rhythm.late
    return week


def levels(before: float | None, now: float, after: float | None, days: int) -> Floats:
    """A line through the year that eases from the year before to the year after; flat where one is not given.

    The sum over the year is fixed by the printed count; this only spreads it, so that the series has
    no step at every April that nobody measured.
    """
    at = (np.arange(days) + 0.5) / days
    known_at = [x for x, y in ((-0.5, before), (0.5, now), (1.5, after)) if y is not None]
    known = [y for y in (before, now, after) if y is not None]
    return np.maximum(np.interp(at, known_at, known), 0.05 * max(now, 1.0))


def draw_starts(
    rng: np.random.Generator, count: int, days: Days, *, season: tuple[float, ...], level: Floats, rhythm: Rhythm
) -> Minutes:
    """`count` starting times, local, to five minutes."""
    week = week_of(rhythm)
    chances = np.array(season)[days.month] * level * week.sum(axis=1)[days.weekday]
    day = rng.choice(len(days), size=count, p=chances / chances.sum())
    reached = np.cumsum(week / week.sum(axis=1, keepdims=True), axis=1)[days.weekday[day]]
    hour = (rng.random(count)[:, None] >= reached[:, :-1]).sum(axis=1)
    minute = rng.integers(0, 12, count) * 5
    starts: Minutes = np.datetime64(days.first, "m") + (day * 24 * 60 + hour * 60 + minute).astype("timedelta64[m]")
    return _skip_the_missing_hour(starts, day, hour, days)


def _skip_the_missing_hour(starts: Minutes, day: Ints, hour: Ints, days: Days) -> Minutes:
    """On the last Sunday of March the clock goes from 00:59 to 02:00: nothing happens between."""
    march = np.flatnonzero((days.month == 2) & (days.weekday == SUNDAY))
    missing = np.isin(day, march[-1:]) & (hour == 1)
    return np.where(missing, starts + np.timedelta64(60, "m"), starts)


def draw_ends(rng: np.random.Generator, starts: Minutes, setting: Setting) -> Minutes:
    """The other end of each from-to time; the start itself where the time is known exactly."""
    count = len(starts)
    hours = np.clip(rng.lognormal(np.log(setting.span_hours), 0.5, count), 0.25, LONGEST_SPAN_HOURS)
    minutes = np.where(rng.random(count) < setting.span_share, np.round(hours * 12) * 5, 0)
    ends: Minutes = starts + minutes.astype("timedelta64[m]")
    return ends


@dataclass(frozen=True)
class Known:
    """What of a from-to time is known. Masked where it is not: a span over several hours has no hour."""

    day: NDArray[np.datetime64]
    day_known: NDArray[np.bool_]
    hour: Ints
    hour_known: NDArray[np.bool_]
    weekday: Ints
    week: Ints  # ISO year * 100 + ISO week
    month: Ints  # year * 12 + month - 1


def read_clock(starts: Minutes, ends: Minutes) -> Known:
    """Day, hour, weekday, ISO week and month. A span shorter than a day belongs to the day that it began."""
    day = starts.astype("datetime64[D]")
    weekday = (day.astype(np.int64) + 3) % 7  # 1 January 1970 was a Thursday
    thursday = day + (3 - weekday).astype("timedelta64[D]")  # an ISO week belongs to the year of its Thursday
    iso_year = thursday.astype("datetime64[Y]")
    week = (thursday - iso_year.astype("datetime64[D]")).astype(np.int64) // 7 + 1
    return Known(
        day=day,
        day_known=ends - starts < np.timedelta64(24 * 60, "m"),
        hour=starts.astype("datetime64[h]").astype(np.int64) % 24,
        hour_known=starts.astype("datetime64[h]") == ends.astype("datetime64[h]"),
        weekday=weekday,
        week=(iso_year.astype(np.int64) + 1970) * 100 + week,
        month=starts.astype("datetime64[M]").astype(np.int64) + 1970 * 12,
    )

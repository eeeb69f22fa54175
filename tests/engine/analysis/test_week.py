"""Hours and weekdays that stand out, and those that only seem to."""

from __future__ import annotations

import numpy as np
import pytest

from frankpledge.engine.analysis.times import hour_of_week
from frankpledge.engine.analysis.week import (
    MOSTLY_SPREAD,
    TOO_FEW,
    busiest_window,
    hour_pattern,
    weekday_pattern,
)

MONDAY = np.datetime64("2024-01-01T00:00", "m")


def table(minutes, spans=0):
    start = MONDAY + np.asarray(minutes).astype("timedelta64[m]")
    return hour_of_week(start, start + np.asarray(spans).astype("timedelta64[m]"))


def evenings(rng, n):
    """Incidents of Friday and Saturday evenings, one in three at any time."""
    days = rng.choice([4, 5], n) * 1440 + rng.integers(20 * 60, 24 * 60, n)
    return np.where(rng.random(n) < 1 / 3, rng.integers(0, 10_080, n), days)


def test_friday_and_saturday_evenings_stand_out():
    found = table(evenings(np.random.default_rng(1), 600))
    hours, days = hour_pattern(found), weekday_pattern(found)
    assert hours.verdict == days.verdict == "pattern"
    assert set(hours.high) == {20, 21, 22, 23} and set(days.high) == {4, 5}
    assert 12 in hours.low and not set(hours.high) & set(hours.low)
    assert sum(hours.shares) == pytest.approx(1)
    window = busiest_window(found)
    assert window.hours == 3 and {20, 21} >= {window.first}
    assert window.share >= 0.5


def test_times_spread_evenly_show_a_pattern_in_about_one_of_twenty():
    rng = np.random.default_rng(2)
    tables = [table(rng.integers(0, 10_080, 240)) for _ in range(300)]
    for pattern in (hour_pattern, weekday_pattern):
        assert np.mean([pattern(found).verdict == "pattern" for found in tables]) < 0.085


def test_long_spans_at_random_times_make_no_pattern():
    rng = np.random.default_rng(3)
    overnight = table(rng.integers(0, 7, 300) * 1440 + rng.integers(0, 1440, 300), np.full(300, 720))
    assert hour_pattern(overnight).verdict == "no-clear-pattern"
    assert MOSTLY_SPREAD in hour_pattern(overnight).caveats


def test_too_few_is_a_result_with_a_reason():
    found = table(np.full(100, 60))
    assert hour_pattern(found).verdict == "too-few" and hour_pattern(found).caveats == (TOO_FEW,)
    assert weekday_pattern(found).verdict == "pattern"
    empty = table([])
    assert weekday_pattern(empty).verdict == "too-few" and busiest_window(empty) is None


def test_a_window_may_run_over_midnight_and_is_the_shortest():
    found = table([23 * 60 + 5, 23 * 60 + 50, 30, 70, 12 * 60])
    assert (busiest_window(found, 0.8).first, busiest_window(found, 0.8).until) == (23, 2)
    assert busiest_window(found, 1.0).hours == 14
    one = busiest_window(found, 0.4)
    assert (one.first, one.hours, one.share) == (23, 1, pytest.approx(0.4))


def test_moving_every_day_on_by_one_moves_the_weekdays():
    minutes = evenings(np.random.default_rng(4), 300)
    ahead, base = weekday_pattern(table(minutes + 1440)), weekday_pattern(table(minutes))
    assert sorted((day + 1) % 7 for day in base.high) == sorted(ahead.high)
    assert ahead.p == pytest.approx(base.p)


@pytest.mark.parametrize("share", [0, 1.5])
def test_a_bad_share_is_named(share):
    with pytest.raises(ValueError, match="share"):
        busiest_window(table([5]), share)

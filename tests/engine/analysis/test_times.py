"""Hour and weekday from spans of time, to the minute; and whose night it was."""

from __future__ import annotations

import numpy as np
import pytest

from frankpledge.engine.analysis.times import hour_of_week, in_night, night_of


def at(*texts):
    return np.array([np.datetime64(text, "s") for text in texts], dtype="datetime64[s]")


def slow_table(start, end):
    """Each incident's weight, minute by minute."""
    table = np.zeros((7, 24))
    for first, last in zip(start.astype("datetime64[m]"), end.astype("datetime64[m]"), strict=True):
        minutes = max(int((last - first).astype(int)), 1)
        for step in range(minutes):
            moment = (first + np.timedelta64(step, "m")).item()
            table[moment.weekday(), moment.hour] += 1 / minutes
    return table


def test_the_reference_example_splits_by_minutes_not_hours(reference):
    case = reference("aoristic_minute_example")  # aoristic R package
    inputs = case["inputs"]
    found = hour_of_week(at(inputs["start"].replace(" ", "T")), at(inputs["end"].replace(" ", "T")))
    for hour, weight in case["expected"]["weights"].items():
        assert found.by_hour[int(hour)] == pytest.approx(weight, abs=case["tolerance"]["abs"])
    assert found.by_weekday[0] == pytest.approx(1)  # 1 January 2024 was a Monday


def test_the_fast_table_equals_the_minute_loop():
    rng = np.random.default_rng(1)
    start = np.datetime64("2023-12-30T00:00", "m") + rng.integers(0, 40_000, 60).astype("timedelta64[m]")
    spans = np.append(rng.integers(0, 3_000, 57), [0, 10_079, 10_080]).astype("timedelta64[m]")
    found = hour_of_week(start, start + spans)
    assert found.weights == pytest.approx(slow_table(start, start + spans), abs=1e-10)
    assert found.weights.sum() == pytest.approx(found.n) and found.n == 60


def test_a_span_over_sunday_midnight_runs_on_into_monday():
    found = hour_of_week(at("2024-05-05T23:00"), at("2024-05-06T02:00"))
    assert found.weights[6, 23] == pytest.approx(1 / 3)
    assert found.weights[0, :2] == pytest.approx([1 / 3, 1 / 3])


def test_an_exact_time_is_one_whole_minute():
    found = hour_of_week(at("2024-05-05T23:59:59"), at("2024-05-05T23:59:59"))
    assert found.weights[6, 23] == 1 and found.exact == 1


def test_what_cannot_be_placed_is_counted_by_reason():
    start = at("2024-05-05T10:00", "NaT", "2024-05-05T10:00", "2024-05-05T10:00", "2024-05-05T10:00")
    end = at("NaT", "2024-05-05T10:00", "2024-05-12T10:01", "2024-05-05T09:00", "2024-05-12T10:00")
    found = hour_of_week(start, end)
    assert (found.no_time, found.too_long, found.reversed, found.n, found.exact) == (2, 1, 1, 1, 0)
    assert found.weights == pytest.approx(np.full((7, 24), 1 / 168))
    assert found.night_share == pytest.approx(10 / 24)
    assert hour_of_week(at(), at()).night_share is None


def test_moving_every_incident_by_a_week_changes_nothing_and_by_a_day_rolls_the_table():
    rng = np.random.default_rng(2)
    start = np.datetime64("2024-01-01", "m") + rng.integers(0, 100_000, 50).astype("timedelta64[m]")
    end = start + rng.integers(0, 900, 50).astype("timedelta64[m]")
    base = hour_of_week(start, end).weights
    week, day = np.timedelta64(7, "D"), np.timedelta64(1, "D")
    assert hour_of_week(start + week, end + week).weights == pytest.approx(base)
    assert hour_of_week(start + day, end + day).weights == pytest.approx(np.roll(base, 1, axis=0))


def test_the_night_of_domain_vector_v9():
    times = at("2024-05-03T19:59", "2024-05-03T20:00", "2024-05-04T00:00", "2024-05-04T05:59:59", "2024-05-04T06:00")
    assert in_night(times).tolist() == [False, True, True, True, False]
    nights = night_of(times)
    assert np.isnat(nights).tolist() == [True, False, False, False, True]
    assert (nights[1:4] == np.datetime64("2024-05-03")).all()
    sunday = night_of(at("2024-05-05T02:00"))[0]
    assert sunday.item().strftime("%A") == "Saturday"
    assert not in_night(at("NaT"))[0] and np.isnat(night_of(at("NaT"))[0])


def test_times_before_1970_keep_their_weekday_and_hour():
    found = hour_of_week(at("1969-12-31T23:30"), at("1970-01-01T00:30"))
    assert found.weights[2, 23] == pytest.approx(0.5) and found.weights[3, 0] == pytest.approx(0.5)
    assert in_night(at("1969-12-31T21:00"))[0]


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: hour_of_week([1, 2], [3, 4]), "start"),
        (lambda: hour_of_week(at("2024-01-01"), at()), "equally long"),
        (lambda: in_night(["noon"]), "times"),
        (lambda: night_of([5]), "times"),
    ],
)
def test_a_bad_argument_is_named(call, argument):
    with pytest.raises(ValueError, match=argument):
        call()

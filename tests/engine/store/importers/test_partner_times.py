"""Days and clocks as partners write them."""

# ruff: noqa: DTZ001 - local times have no zone

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.store.importers.partner_times import (
    Clockwork,
    Moment,
    NotTime,
    Order,
    When,
    is_repeated,
    is_skipped,
)

TODAY = date(2026, 11, 23)


def clocks(order: Order = "day-first") -> Clockwork:
    return Clockwork(order, TODAY)


def span(begin: str, end: str, using: Clockwork | None = None) -> When:
    using = using or clocks()
    return using.when(using.moment(begin, ""), using.moment(end, "") if end else None)


@pytest.mark.parametrize(
    ("text", "clock", "day", "at"),
    [
        ("01/06/2025", "", date(2025, 6, 1), None),
        ("1/6/25", "", date(2025, 6, 1), None),
        ("01.06.2025 21:15", "", date(2025, 6, 1), time(21, 15)),
        ("2025-06-01", "", date(2025, 6, 1), None),
        ("2025-06-01T21:15:30", "", date(2025, 6, 1), time(21, 15, 30)),
        ("2025-06-01 00:00:00", "", date(2025, 6, 1), time(0, 0)),
        ("2025-06-01T20:15:00Z", "", date(2025, 6, 1), time(21, 15)),  # British Summer Time
        ("2025-01-01T23:30:00+00:00", "", date(2025, 1, 1), time(23, 30)),
        ("2025-06-30T23:30:00+0000", "", date(2025, 7, 1), time(0, 30)),
        ("1 June 2025", "", date(2025, 6, 1), None),
        ("Sun 01-Jun-2025 9:05 pm", "", date(2025, 6, 1), time(21, 5)),
        ("01/06/2025", "21:15", date(2025, 6, 1), time(21, 15)),
        ("01/06/2025", "2115", date(2025, 6, 1), time(21, 15)),
        ("01/06/2025", "2115 hrs", date(2025, 6, 1), time(21, 15)),
        ("01/06/2025", "12:30 AM", date(2025, 6, 1), time(0, 30)),
        ("01/06/2025", "12:30 p.m.", date(2025, 6, 1), time(12, 30)),
        ("01/06/2025", "0.75", date(2025, 6, 1), time(18, 0)),  # a spreadsheet's clock
        ("2025-06-01 00:00:00", "21:15:00", date(2025, 6, 1), time(21, 15)),  # day and clock in two columns
        ("01/06/2025", "1899-12-31 21:15:00", date(2025, 6, 1), time(21, 15)),
        ("45809", "", date(2025, 6, 1), None),  # a spreadsheet's day number
        ("45809.25", "", date(2025, 6, 1), time(6, 0)),
    ],
)
def test_days_and_clocks_as_people_write_them(text: str, clock: str, day: date, at: time | None) -> None:
    assert clocks().moment(text, clock) == Moment(day, at)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/06/2025", "no such day"),
        ("06/13/2025", "month-first"),
        ("yesterday", "not a day"),
        ("01/06/2025 25:00", "not a time of day"),
        ("01/06/2025 13:00 pm", "not a time of day"),
        ("01/06/2027", "future"),
        ("01/06/1975", "before 1990"),
        ("12345", "not a day"),
        ("01/06/2025 0.45", "either minutes past midnight or part of a day"),
        ("", "not a day"),
    ],
)
def test_what_is_no_time_says_why(text: str, reason: str) -> None:
    with pytest.raises(NotTime, match=reason):
        clocks().moment(text, "")


def test_a_list_that_writes_the_month_first_says_so() -> None:
    assert clocks("month-first").moment("04/27/2016 01:44:00 PM", "") == Moment(date(2016, 4, 27), time(13, 44))
    with pytest.raises(NotTime, match="day-first"):
        clocks("month-first").moment("27/04/2016", "")


@pytest.mark.parametrize("text", ["2025-06", "06/2025", "June 2025", "Jun-2025", "30/06/2025"])
def test_a_month_alone_has_no_date(text: str) -> None:
    assert clocks().month(text) == When(2025 * 12 + 5)


def test_a_day_alone_has_no_hour_and_no_times() -> None:
    assert span("01/06/2025", "") == When(2025 * 12 + 5, date(2025, 6, 1))
    assert span("01/06/2025", "01/06/2025") == When(2025 * 12 + 5, date(2025, 6, 1))


def test_an_exact_time() -> None:
    when = span("29/12/2025 21:15", "")
    assert (when.hour, when.weekday, when.iso_week) == (21, 0, 202601)  # the week of its Thursday
    assert when.time_from == when.time_to == datetime(2025, 12, 29, 21, 15)


def test_quirk_19_start_equal_to_end_is_an_exact_time() -> None:
    assert span("01/06/2025 21:15", "01/06/2025 21:15").hour == 21


def test_a_span_within_one_hour_has_that_hour() -> None:
    assert span("01/06/2025 21:15", "01/06/2025 21:45").hour == 21


def test_a_span_over_hours_has_a_date_and_no_hour() -> None:
    when = span("01/06/2025 21:15", "02/06/2025 07:00")
    assert (when.date, when.hour) == (date(2025, 6, 1), None)
    assert (when.time_from, when.time_to) == (datetime(2025, 6, 1, 21, 15), datetime(2025, 6, 2, 7, 0))


def test_a_span_of_a_day_or_more_has_no_date() -> None:
    when = span("30/05/2025 18:00", "02/06/2025 07:00")
    assert (when.date, when.weekday, when.iso_week, when.hour) == (None, None, None, None)
    assert when.month == 2025 * 12 + 4  # the month in which it began


def test_a_clock_on_one_side_only_leaves_the_other_side_its_whole_day() -> None:
    using = clocks()
    assert span("01/06/2025", "02/06/2025 07:00", using).time_from == datetime(2025, 6, 1)
    assert span("01/06/2025 18:00", "02/06/2025", using).time_to == datetime(2025, 6, 2, 23, 59)
    assert any("2 rows" in note for note in using.notes(2))


def test_from_later_than_to_is_a_fault() -> None:
    with pytest.raises(NotTime, match="later than the time to"):
        span("02/06/2025 07:00", "01/06/2025 21:15")


def test_quirk_19_spans_of_more_than_seven_days_are_kept_and_noted() -> None:
    using = clocks()
    assert span("01/01/2025 00:10", "27/04/2025 07:00", using).time_to == datetime(2025, 4, 27, 7, 0)
    assert any("more than seven days apart: 1 rows" in note for note in using.notes(1))


def test_quirk_19_no_end_is_an_exact_time() -> None:
    assert span("01/06/2025 21:15", "").time_to == datetime(2025, 6, 1, 21, 15)


def test_the_hour_that_summer_time_leaves_out_is_kept_and_counted() -> None:
    using = clocks()
    assert span("30/03/2025 01:30", "", using).hour == 1
    assert any("left out" in note and "1 rows" in note for note in using.notes(1))


def test_the_hour_that_comes_twice_is_kept_and_counted() -> None:
    using = clocks()
    assert span("26/10/2025 01:30", "", using).hour == 1
    assert any("came twice" in note and "1 rows" in note for note in using.notes(1))


def test_a_span_over_the_end_of_summer_time_may_run_backwards_on_the_clock() -> None:
    when = span("26/10/2025 01:50", "26/10/2025 01:10")
    assert (when.hour, when.date) == (1, date(2025, 10, 26))
    assert when.time_from is not None
    assert when.time_to is not None
    assert when.time_from <= when.time_to
    with pytest.raises(NotTime):
        span("25/10/2025 01:50", "25/10/2025 01:10")


def test_many_exact_midnights_are_pointed_out() -> None:
    using = clocks()
    for day in range(1, 29):
        span(f"{day:02}/06/2025 00:00", "", using)
    assert any("exactly 00:00" in note for note in using.notes(60))
    assert not any("exactly 00:00" in note for note in using.notes(600))


@settings(max_examples=50)
@given(st.datetimes(datetime(1991, 1, 1), datetime(2026, 11, 22)))
def test_any_time_survives_being_written_and_read(at: datetime) -> None:
    at = at.replace(microsecond=0)
    for text in (at.isoformat(), at.strftime("%d/%m/%Y %H:%M:%S"), at.strftime("%d %B %Y %I:%M:%S %p")):
        when = span(text, "")
        assert when.time_from == at
        assert (when.hour, when.date) == (at.hour, at.date())


@settings(max_examples=50)
@given(st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 22)))
def test_the_clock_leaves_out_or_repeats_only_one_hour_in_spring_and_autumn(at: datetime) -> None:
    if is_skipped(at) or is_repeated(at):
        assert at.weekday() == 6
        assert at.hour == 1
        assert at.month in (3, 10)

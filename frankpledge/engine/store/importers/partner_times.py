"""When a partner's incidents happened: days and clocks as people write them, in British local time.

A clock that was not written is not known: it is never midnight. A span of time belongs to the day on
which it began, if it is shorter than a day, and has an hour only if it lies within one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from frankpledge.engine.definitions.periods import MONTH_NAMES, month_of

LONDON: Final = ZoneInfo("Europe/London")
FIRST_YEAR: Final = 1990  # nothing that a partnership counts is older; birth dates are
LONG_SPAN: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)
_EXCEL_START = date(1899, 12, 30)
_EXCEL_FIRST, _EXCEL_LAST = 20_000, 80_000  # 1954 to 2119: no other way of writing a day looks like these
_SUSPICIOUS_MIDNIGHTS = 0.1

_ISO = re.compile(r"([12][0-9]{3})-([0-9]{1,2})-([0-9]{1,2})")
_SLASHED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_NAMED = re.compile(r"(?:[A-Za-z]{3,9},? +)?([0-9]{1,2})[ -]([A-Za-z]{3,9})[ -]([0-9]{4}|[0-9]{2})")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]{1,15})?")
_CLOCK = re.compile(
    r"([0-9]{1,2})[:.h]([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)? ?(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE
)
_CLOCK_PLAIN = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])(?: ?(?:hrs|hours|h))?", re.IGNORECASE)
_CLOCK_FRACTION = re.compile(r"0?\.[0-9]{1,15}|0")
_CLOCK_OR_FRACTION = re.compile(r"0?\.[0-5][0-9]")
_OFFSET = re.compile(r" ?(Z|[+-][0-9]{2}:?[0-9]{2})$")
_MONTH_ISO = re.compile(r"([12][0-9]{3})-([0-9]{1,2})")
_MONTH_SLASHED = re.compile(r"([0-9]{1,2})/([12][0-9]{3})")
_MONTH_NAMED = re.compile(r"([A-Za-z]{3,9})[ -]([12][0-9]{3})")
_MONTHS = {name[:length].casefold(): n for n, name in enumerate(MONTH_NAMES, 1) for length in (3, 4, len(name))}

Order = Literal["day-first", "month-first"]


@dataclass(frozen=True)
class Moment:
    """A day, and the time of day where it was written."""

    day: date
    clock: time | None = None

    @property
    def earliest(self) -> datetime:
        """The first moment that it can mean."""
        return datetime.combine(self.day, self.clock or time.min)

    @property
    def latest(self) -> datetime:
        """The last minute that it can mean."""
        return datetime.combine(self.day, self.clock if self.clock is not None else time(23, 59))


@dataclass(frozen=True)
class When:
    """The fields of a row that say when: see datasets.INCIDENTS."""

    month: int
    date: date | None = None
    hour: int | None = None
    time_from: datetime | None = None
    time_to: datetime | None = None

    @property
    def weekday(self) -> int | None:
        """Monday 0."""
        return self.date.weekday() if self.date else None

    @property
    def iso_week(self) -> int | None:
        """ISO year * 100 + ISO week."""
        if self.date is None:
            return None
        year, week, _ = self.date.isocalendar()
        return year * 100 + week


class NotTime(ValueError):
    """A cell that cannot be understood as a time; the text says why."""


@dataclass
class Clockwork:
    """Reads the times of one list, and counts what was odd about them."""

    order: Order
    today: date
    odd: Counter[str] = field(default_factory=Counter)

    def month(self, text: str) -> When:
        """A month alone: `2025-06`, `06/2025`, `June 2025`, or any day of it."""
        match = _MONTH_ISO.fullmatch(text)
        if match:
            year, number = int(match[1]), int(match[2])
        elif match := _MONTH_SLASHED.fullmatch(text):
            year, number = int(match[2]), int(match[1])
        elif match := _MONTH_NAMED.fullmatch(text):
            year, number = int(match[2]), _MONTHS.get(match[1].casefold(), 0)
        else:
            day = self.moment(text, "").day
            year, number = day.year, day.month
        if not 1 <= number <= 12:
            raise NotTime("not a month, as 2025-06 or June 2025")
        self._plausible(date(year, number, 1))
        return When(year * 12 + number - 1)

    def moment(self, text: str, clock: str) -> Moment:
        """A day with or without a clock, the clock in the same cell or in one of its own."""
        day_text, clock_text = _parted(text)
        offset = _OFFSET.search(clock_text)
        moment = self._serial(day_text) if _SERIAL.fullmatch(day_text) else Moment(self._day(day_text))
        if clock_text:
            moment = Moment(moment.day, _read_clock(_OFFSET.sub("", clock_text)))
        if clock.strip():
            # A spreadsheet gives a column of days the clock 00:00; a column of clocks may give it a day of 1899.
            moment = Moment(moment.day, _read_clock(_parted(clock.strip())[1] or clock.strip()))
        elif offset and moment.clock is not None:
            moment = _to_local(moment, offset[1])
        self._plausible(moment.day)
        return moment

    def when(self, begin: Moment, end: Moment | None) -> When:
        """Put the two ends together. Raises NotTime where the first is later than the second."""
        if begin.clock is None and end in (None, begin):
            return When(month_of(begin.day), begin.day)
        first, last = begin.earliest, (end or begin).latest
        if first > last:
            if not _autumn_hour(first, last):
                raise NotTime("the time from is later than the time to")
            first, last = last, first
        self._count_oddities(begin, end, first, last)
        span = last - first
        one_hour = first.replace(minute=0, second=0) == last.replace(minute=0, second=0)
        return When(
            month=month_of(first.date()),
            date=first.date() if span < DAY else None,
            hour=first.hour if one_hour else None,
            time_from=first,
            time_to=last,
        )

    def notes(self, rows: int) -> list[str]:
        """What was odd, in words."""
        found = [f"{_WORDS[key]}: {n:,} rows." for key, n in sorted(self.odd.items()) if key in _WORDS]
        if rows >= 50 and self.odd["midnight"] > _SUSPICIOUS_MIDNIGHTS * rows:
            found.append(
                f"The clock says exactly 00:00 in {self.odd['midnight']:,} rows. If that stands for a time that is"
                " not known, map the day alone."
            )
        return found

    def _count_oddities(self, begin: Moment, end: Moment | None, first: datetime, last: datetime) -> None:
        if begin.clock is None or (end is not None and end.clock is None):
            self.odd["no-clock"] += 1
        if last - first > LONG_SPAN:
            self.odd["long"] += 1
        if begin.clock == time.min and (end is None or end.clock in (None, time.min)):
            self.odd["midnight"] += 1
        # Clocks change only at one in the morning of Sundays in March and October; asking for others costs time.
        known = [m.earliest for m in (begin, end) if m is not None and m.clock is not None and _may_change(m)]
        if any(is_skipped(moment) for moment in known):
            self.odd["skipped"] += 1
        if any(is_repeated(moment) for moment in known):
            self.odd["repeated"] += 1

    def _day(self, text: str) -> date:
        try:
            if match := _ISO.fullmatch(text):
                return date(int(match[1]), int(match[2]), int(match[3]))
            if match := _SLASHED.fullmatch(text):
                one, two, year = int(match[1]), int(match[2]), _year(match[3])
                return date(year, two, one) if self.order == "day-first" else date(year, one, two)
            if match := _NAMED.fullmatch(text):
                return date(_year(match[3]), _MONTHS.get(match[2].casefold(), 0), int(match[1]))
        except ValueError:
            other = "month-first" if self.order == "day-first" else "day-first"
            raise NotTime(f"no such day, read {self.order}; if the list is {other}, say so in the mapping") from None
        raise NotTime("not a day, as 30/06/2025 or 2025-06-30")

    def _serial(self, text: str) -> Moment:
        """A day as a spreadsheet counts it, with the time as a fraction of the day."""
        whole, _, fraction = text.partition(".")
        if not _EXCEL_FIRST <= int(whole) <= _EXCEL_LAST:
            raise NotTime("not a day, as 30/06/2025 or 2025-06-30")
        self.odd["serial"] += 1
        day = _EXCEL_START + timedelta(days=int(whole))
        return Moment(day, _fraction_of_day(float(f"0.{fraction}")) if fraction else None)

    def _plausible(self, day: date) -> None:
        if day > self.today:
            raise NotTime("lies in the future")
        if day.year < FIRST_YEAR:
            raise NotTime(f"lies before {FIRST_YEAR}")


_WORDS: Final = {
    "no-clock": "One of the two times has a day and no clock, so that the hour is not known",
    "long": "The time from and the time to are more than seven days apart",
    "skipped": "The clock shows an hour that the start of summer time left out; kept as written",
    "repeated": "The clock shows an hour that came twice at the end of summer time; kept as written",
    "serial": "The day is a spreadsheet's day number",
}


def _may_change(moment: Moment) -> bool:
    return moment.day.month in (3, 10) and moment.clock is not None and moment.clock.hour == 1


def is_skipped(local: datetime) -> bool:
    """Whether British clocks never showed this time: they went from 00:59 to 02:00.

    >>> is_skipped(datetime(2025, 3, 30, 1, 30))
    True
    """
    return local.replace(tzinfo=LONDON).astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != local


def is_repeated(local: datetime) -> bool:
    """Whether British clocks showed this time twice.

    >>> is_repeated(datetime(2025, 10, 26, 1, 30))
    True
    """
    here = local.replace(tzinfo=LONDON)
    return not is_skipped(local) and here.utcoffset() != here.replace(fold=1).utcoffset()


def _autumn_hour(first: datetime, last: datetime) -> bool:
    """Whether 01:50 to 01:10 is right: the clock went back between."""
    return (
        is_repeated(first)
        and is_repeated(last)
        and first.replace(tzinfo=LONDON).astimezone(UTC) <= last.replace(tzinfo=LONDON, fold=1).astimezone(UTC)
    )


def _parted(text: str) -> tuple[str, str]:
    """The day and the clock of a cell that holds either or both."""
    text = " ".join(text.replace("\u00a0", " ").split())
    if "T" in text and _ISO.match(text):
        day, _, clock = text.partition("T")
        return day, clock
    for pattern in (_ISO, _SLASHED, _NAMED):
        found = pattern.match(text)
        if found and text[found.end() : found.end() + 1] in ("", " ", ","):
            return found[0], text[found.end() :].strip(" ,")
    return text, ""


def _read_clock(text: str) -> time:
    if _CLOCK_OR_FRACTION.fullmatch(text):
        raise NotTime("either minutes past midnight or part of a day; write it as 00:45")
    try:
        if _CLOCK_FRACTION.fullmatch(text):
            return _fraction_of_day(float(text))
        if match := _CLOCK.fullmatch(text):
            hour, half = int(match[1]), (match[4] or "").casefold().replace(".", "")
            if half and not 1 <= hour <= 12:
                raise ValueError
            hour = hour % 12 + 12 * (half == "pm") if half else hour
            return time(hour, int(match[2]), int(match[3] or 0))
        if match := _CLOCK_PLAIN.fullmatch(text):
            return time(int(match[1]), int(match[2]))
    except ValueError:
        pass
    raise NotTime("not a time of day, as 21:15")


def _fraction_of_day(fraction: float) -> time:
    seconds = min(round(fraction * 86_400), 86_399)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _to_local(moment: Moment, offset: str) -> Moment:
    """A time with its distance from Greenwich, as British clocks showed it."""
    hours = "+00:00" if offset == "Z" else offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
    local = datetime.fromisoformat(f"{moment.earliest.isoformat()}{hours}").astimezone(LONDON)
    return Moment(local.date(), local.time())


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)

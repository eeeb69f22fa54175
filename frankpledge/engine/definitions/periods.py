"""Months and ranges of months, the one parser for them.

A month is an integer, `year * 12 + (month - 1)`, so that arithmetic and joins are plain; people
see `2025-06`. Forms accepted: `2025-06`, `2024/25` (April to March), `2024-07..2025-06`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from frankpledge.engine.faults import UsageFault

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_FINANCIAL_YEAR = re.compile(r"^(\d{4})/(\d{2})$")


def month_number(text: str) -> int:
    """The number of a month written `YYYY-MM`.

    Raises `UsageFault` for anything else.

    >>> month_number("2025-06")
    24305
    """
    match = _MONTH.match(text.strip())
    if not match or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1900:
        raise UsageFault(f"'{text[:40]}' is not a month.", "Write a month as year and month, for example 2025-06.")
    return int(match[1]) * 12 + int(match[2]) - 1


def month_text(month: int) -> str:
    """A month as files and addresses write it.

    >>> month_text(24305)
    '2025-06'
    """
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_words(month: int) -> str:
    """A month as people read it.

    >>> month_words(24305)
    'June 2025'
    """
    return f"{MONTH_NAMES[month % 12]} {month // 12}"


def month_of(day: date) -> int:
    """The month that a day falls in."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole months, both ends included.

    >>> Period.parse("2024/25").words
    'April 2024 to March 2025'
    >>> len(Period.parse("2024-07..2025-06"))
    12
    """

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UsageFault(
                f"The period {month_text(self.first)} to {month_text(self.last)} ends before it begins.",
                "Write the earlier month first, for example 2024-07..2025-06.",
            )

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2025-06`, `2024/25` or `2024-07..2025-06`; anything else is a `UsageFault`."""
        text = text.strip()
        year = _FINANCIAL_YEAR.match(text)
        if year:
            start = int(year[1])
            if (start + 1) % 100 != int(year[2]):
                raise UsageFault(f"'{text}' is not a financial year.", "Write it like 2024/25, April to March.")
            return cls(start * 12 + 3, (start + 1) * 12 + 2)
        if ".." in text:
            before, after = text.split("..", 1)
            return cls(month_number(before), month_number(after))
        month = month_number(text)
        return cls(month, month)

    @classmethod
    def year_ending(cls, last: int) -> Period:
        """The twelve months that end with `last`."""
        return cls(last - 11, last)

    @property
    def months(self) -> tuple[int, ...]:
        """Every month in the period, in order."""
        return tuple(range(self.first, self.last + 1))

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __contains__(self, month: int) -> bool:
        return self.first <= month <= self.last

    def shift(self, months: int) -> Period:
        """The same length of time, that many months later (earlier if negative)."""
        return Period(self.first + months, self.last + months)

    @property
    def is_financial_year(self) -> bool:
        """True for April to March."""
        return len(self) == 12 and self.first % 12 == 3

    def __str__(self) -> str:
        if self.is_financial_year:
            return f"{self.first // 12}/{(self.last // 12) % 100:02d}"
        if self.first == self.last:
            return month_text(self.first)
        return f"{month_text(self.first)}..{month_text(self.last)}"

    @property
    def words(self) -> str:
        """The period as people read it; a range says *to*."""
        if self.first == self.last:
            return month_words(self.first)
        if self.first // 12 == self.last // 12:
            return f"{MONTH_NAMES[self.first % 12]} to {month_words(self.last)}"
        return f"{month_words(self.first)} to {month_words(self.last)}"

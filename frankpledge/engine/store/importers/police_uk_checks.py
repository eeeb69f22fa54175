"""What makes a value of a police.uk file acceptable. One rule book for the fast and the exact reader.

The exact reader asks it of every row; the fast one of every distinct value, and leaves the file to
the exact one as soon as a single value is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Final

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.periods import month_of
from frankpledge.engine.store.importers.police_uk_layout import Layout

FIRST_MONTH: Final = 2010 * 12 + 11  # December 2010, the first month that data.police.uk published
WEST, EAST, SOUTH, NORTH = -9.0, 3.0, 49.0, 62.0  # the British Isles, degrees
GRID_EAST, GRID_NORTH = 700_000, 1_300_000  # the far corner of the National Grid, metres
LONGEST_VALUE: Final = 1000  # characters
LONGEST_LINE: Final = 65_536  # bytes
NUMBER: Final = r"-?[0-9]{1,3}(\.[0-9]{1,15})?"
LSOA_CODE: Final = r"[A-Z][0-9]{8}"
_NUMBER = re.compile(NUMBER, re.ASCII)
_LSOA_CODE = re.compile(LSOA_CODE, re.ASCII)
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)
_METRES = re.compile(r"[0-9]{1,7}", re.ASCII)
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?(Z|[+-][0-9]{2}:?[0-9]{2})?", re.ASCII
)

_MOST_REMEMBERED: Final = 50_000
Fault = tuple[int, str]  # which column of the file, and the reason
_Check = Callable[["RuleBook", str], str]


@dataclass
class RuleBook:
    """The rules for one file."""

    layout: Layout
    areas: Areas
    today: date
    categories: Mapping[str, str]
    outcomes: Mapping[str, str]
    _forces: dict[str, str | None] = field(default_factory=dict)

    def month(self, text: str) -> int | str:
        """The month, or why it is none."""
        match = _MONTH.fullmatch(text)
        if not match:
            return "month is not written as year and month, for example 2025-06"
        month = int(match[1]) * 12 + int(match[2]) - 1
        if month < FIRST_MONTH:
            return "month lies before December 2010, when publication began"
        return month if month <= month_of(self.today) else "month lies in the future"

    def force(self, name: str) -> str | None:
        """The force slug of 'Reported by'; None for a name that no force bears."""
        if name not in self._forces:
            found = self.areas.force_by_name(name) if name else None
            self._forces[name] = found.slug if found else None
        return self._forces[name]

    def moment(self, text: str) -> str:
        """Why a date and time is refused; empty if it is not. The clock is kept as written."""
        match = _MOMENT.fullmatch(text)
        try:
            moment = datetime.fromisoformat(f"{match[1]}T{match[2]}") if match else None
        except ValueError:
            moment = None
        if moment is None:
            return "date is not written as in 2025-06-30T21:15:00+00:00"
        checked = self.month(f"{moment.year:04d}-{moment.month:02d}")
        return checked.replace("month", "date") if isinstance(checked, str) else ""

    def fault(self, row: list[str]) -> Fault | None:
        """The first thing wrong with a row that has the right number of fields; None if nothing is."""
        for index, check, good in self._checks:
            value = row[index]
            if value in good:
                continue
            reason = check(self, value)
            if reason:
                return index, reason
            if len(good) < _MOST_REMEMBERED:
                good.add(value)
        for index in self._kept:
            if len(row[index]) > LONGEST_VALUE:
                return index, f"value is longer than {LONGEST_VALUE:,} characters"
        for first, second, reason in self._pairs:
            if bool(row[first]) != bool(row[second]):
                return (second if row[first] else first), reason
        return None

    @cached_property
    def _checks(self) -> list[tuple[int, _Check, set[str]]]:
        """Column, check, and values that have passed it: most values of these columns come again and again."""
        found = ((self.layout.index(name), check) for name, check in _CHECKS.items())
        return [(index, check, set()) for index, check in found if index is not None]

    @cached_property
    def _kept(self) -> list[int]:
        return [index for index, filled in enumerate(self.layout.fields) if filled]

    @cached_property
    def _pairs(self) -> list[tuple[int, int, str]]:
        found = []
        for one, other in (("longitude", "latitude"), ("easting", "northing")):
            first, second = self.layout.index(one), self.layout.index(other)
            if first is not None and second is not None:
                found.append((first, second, f"{one} and {other} are not both given"))
        return found


def _month(rules: RuleBook, text: str) -> str:
    checked = rules.month(text)
    return checked if isinstance(checked, str) else ""


def _force(rules: RuleBook, text: str) -> str:
    return "" if rules.force(text) else "unknown force"


def _category(rules: RuleBook, text: str) -> str:
    return "" if text in rules.categories else "unknown crime type"


def _longitude(rules: RuleBook, text: str) -> str:
    return _degrees(text, "longitude", WEST, EAST)


def _latitude(rules: RuleBook, text: str) -> str:
    return _degrees(text, "latitude", SOUTH, NORTH)


def _degrees(text: str, name: str, least: float, most: float) -> str:
    if not text:
        return ""
    if not _NUMBER.fullmatch(text):
        return f"{name} is not a number"
    return "" if least <= float(text) <= most else f"{name} lies outside the British Isles ({least:g} to {most:g})"


def _easting(rules: RuleBook, text: str) -> str:
    return _metres(text, GRID_EAST)


def _northing(rules: RuleBook, text: str) -> str:
    return _metres(text, GRID_NORTH)


def _metres(text: str, most: int) -> str:
    if not text:
        return ""
    if not _METRES.fullmatch(text):
        return "grid reference is not in whole metres"
    return "" if int(text) <= most else "grid reference lies outside the National Grid"


def _lsoa_code(rules: RuleBook, text: str) -> str:
    return "" if not text or _LSOA_CODE.fullmatch(text) else "LSOA code is not of the form E01000001"


def _moment(rules: RuleBook, text: str) -> str:
    return rules.moment(text)


_CHECKS = {
    "month": _month,
    "supplier": _force,
    "time_from": _moment,
    "longitude": _longitude,
    "latitude": _latitude,
    "easting": _easting,
    "northing": _northing,
    "lsoa_code": _lsoa_code,
    "category": _category,
}

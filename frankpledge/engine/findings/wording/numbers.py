"""Numbers as people read them."""

from __future__ import annotations

import math
from collections.abc import Sequence

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def count_text(value: float) -> str:
    """A whole number with thousands separators.

    >>> count_text(20751)
    '20,751'
    """
    return f"{value:,.0f}"


def decimal_text(value: float, places: int = 1) -> str:
    """A number with a fixed number of decimals and thousands separators.

    >>> decimal_text(53.52)
    '53.5'
    """
    return f"{value:,.{places}f}"


def percent_text(value: float) -> str:
    """The size of a percentage in a sentence; its sign is told by the words around it.

    >>> percent_text(-1.19), percent_text(72.1), percent_text(0.31)
    ('1 per cent', '72 per cent', 'less than 1 per cent')
    """
    size = abs(value)
    if 0 < size < 0.95:
        return "less than 1 per cent"
    return f"{_half_up(size):,d} per cent"


def percent_cell(value: float, *, signed: bool = False) -> str:
    """A percentage in a table.

    >>> percent_cell(6.17, signed=True), percent_cell(-3.2, signed=True), percent_cell(0.2, signed=True)
    ('+6%', '−3%', '0%')
    >>> percent_cell(0.2), percent_cell(0.0)
    ('<1%', '0%')
    """
    whole = _half_up(abs(value))
    if whole == 0 and value != 0 and not signed:
        return "<1%"
    sign = "" if whole == 0 or not signed else ("+" if value > 0 else "−")
    return f"{sign}{whole:,d}%"


def _half_up(value: float) -> int:
    """Round halves upwards, as people do (Python rounds them to the even neighbour)."""
    return math.floor(value + 0.5)


def small_number(value: int) -> str:
    """A whole number below ten in words, others in figures.

    >>> small_number(3), small_number(12)
    ('three', '12')
    """
    return _SMALL[value] if 0 <= value < len(_SMALL) else count_text(value)


_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip


def opening_number(value: int) -> str:
    """A whole number as a sentence or title may begin with it: in words below twenty.

    >>> opening_number(10), opening_number(24)
    ('Ten', '24')
    """
    return capital(_TEENS[value - 10] if 10 <= value < 20 else small_number(value))


def number_of(value: int, noun: str, plural: str = "") -> str:
    """A number and its noun.

    >>> number_of(1, "month"), number_of(14, "month"), number_of(3, "county", "counties")
    ('one month', '14 months', 'three counties')
    """
    return f"{small_number(value)} {noun if value == 1 else plural or noun + 's'}"


def odds_text(p: float) -> str:
    """How often luck alone would do as much, for a p-value from 0 to 1.

    >>> odds_text(0.34), odds_text(0.049), odds_text(0.6), odds_text(0.0002)
    ('about one time in three', 'about one time in 20', 'more often than not', 'less than one time in 1,000')
    """
    if p < 0.001:
        return "less than one time in 1,000"
    if p > 0.55:
        return "more often than not"
    one_in = 1 / p
    if one_in < 10:
        return f"about one time in {small_number(max(2, _half_up(one_in)))}"
    step = 5 if one_in < 30 else 10 if one_in < 100 else 100 if one_in >= 200 else 50
    return f"about one time in {count_text(step * _half_up(one_in / step))}"


def p_text(p: float) -> str:
    """A p-value as it stands in brackets.

    >>> p_text(0.3438), p_text(0.00001), p_text(0.0123), p_text(0.049)
    ('p = 0.34', 'p < 0.001', 'p = 0.012', 'p = 0.049')
    """
    if p < 0.001:
        return "p < 0.001"
    return f"p = {p:.3f}" if p < 0.0995 else f"p = {p:.2f}"


def listed(items: Sequence[str], *, last: str = "and", most: int = 0) -> str:
    """Items in one phrase; with `most`, the rest are counted.

    >>> listed(["homes", "shops", "cars"]), listed(list("abcde"), most=2)
    ('homes, shops and cars', 'a, b and three others')
    """
    if most and len(items) > most + 1:
        return f"{', '.join(items[:most])} and {small_number(len(items) - most)} others"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]

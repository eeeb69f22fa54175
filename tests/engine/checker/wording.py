"""How a number, a period and a p-value may be written; and what digits a sentence leaves unaccounted for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NAMES = [
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
]
P_SHOWN = re.compile(r"p (?:= ([01]\.\d+)|(< 0\.001))")
ODDS = re.compile(r"(about one time in (\w[\w,]*)|less than one time in 1,000|more often than not)")


def month_number(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def month_text(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def months_of(period: str) -> list[str]:
    """The months of a period as figures.json writes it."""
    if "/" in period:
        start = int(period[:4]) * 12 + 3
        return [month_text(m) for m in range(start, start + 12)]
    first, _, last = period.partition("..")
    return [month_text(m) for m in range(month_number(first), month_number(last or first) + 1)]


def words_of(month: str) -> str:
    return f"{NAMES[month_number(month) % 12]} {month[:4]}"


def period_words(period: str) -> list[str]:
    """The ways in which a sentence may name a period, longest first."""
    months = months_of(period)
    first, last = words_of(months[0]), words_of(months[-1])
    forms = {f"{first} to {last}"}
    if months[0][:4] == months[-1][:4]:
        forms.add(f"{first.split()[0]} to {last}")
    if "/" in period:
        forms.add(period)
    if len(months) == 12:
        forms |= {f"the year to {last}", f"Year to {last[:3]} {last[-4:]}"}
    if len(months) == 1:
        forms = {first}
    return sorted(forms, key=len, reverse=True)


def rounded(value: float, places: int = 0) -> str:
    """Halves away from zero, thousands separated."""
    return f"{Decimal(repr(abs(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"


def shown_as(figure: Mapping[str, Any]) -> set[str]:
    """Every way in which a document may write a figure's number."""
    value = figure["value"]
    if value is None:
        return set()
    whole = rounded(value)
    if figure["unit"].startswith("per cent"):
        sign = "" if whole == "0" else "+" if value > 0 else "−"
        small = {"less than 1 per cent", "<1%"} if 0 < abs(value) < 0.95 else set()
        if small and whole == "0":
            return {*small, "0%"}
        return {f"{whole} per cent", f"{whole}%", f"{sign}{whole}%", *small}
    if value != int(value):
        # Python rounds the double, people the decimal: both neighbours of an exact half are the number.
        return _with_mark(figure, {rounded(value, 1), f"{value:,.1f}"})
    forms = {whole, rounded(value, 1)} if "per " in figure["unit"] else {whole}
    if 0 <= value < len(NUMBERS):
        word = NUMBERS[int(value)]
        forms |= {word, word.capitalize()}
    return _with_mark(figure, forms)


def _with_mark(figure: Mapping[str, Any], forms: set[str]) -> set[str]:
    return forms | {f"{form} (p)" for form in forms} if figure["status"] == "provisional" else forms


def without(text: str, forms: Iterable[str]) -> str:
    """The text with each form taken out where it stands as a whole number or word."""
    for form in sorted(forms, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.,/]){re.escape(form)}(?![\w/]|[.,]\d)", " ", text)
    return text


def p_faults(text: str, known: Iterable[float]) -> list[str]:
    """P-values in the text that are none of the known ones, and odds that none of them gives."""
    values, faults = list(known), []
    for shown, small in P_SHOWN.findall(text):
        places = len(shown) - 2
        fits = [p < 0.001 if small else abs(p - float(shown)) <= 0.5 * 10**-places + 1e-9 for p in values]
        if not any(fits):
            faults.append(f"'p {shown or small}' is none of {values}")
    for phrase, number in ODDS.findall(text):
        if not any(_odds_fit(phrase, number, p) for p in values):
            faults.append(f"'{phrase}' is not the odds of any of {values}")
    return faults


def _odds_fit(phrase: str, number: str, p: float) -> bool:
    if phrase.startswith("less"):
        return p < 0.001
    if phrase.startswith("more"):
        return p > 0.5
    said = NUMBERS.index(number) if number in NUMBERS else int(number.replace(",", ""))
    return abs(1 / p - said) <= max(0.5, 0.26 * said)


def unaccounted(text: str) -> list[str]:
    """Digits and number words that are left once everything known was taken out."""
    text = ODDS.sub(" ", P_SHOWN.sub(" ", text))
    return re.findall(rf"[\w.,]*\d[\w.,%]*|\b(?:{'|'.join(NUMBERS[2:])})\b", text, re.IGNORECASE)

"""Periods in sentences and in table heads."""

from __future__ import annotations

from collections.abc import Iterable

from frankpledge.engine.definitions.periods import MONTH_NAMES, Period, month_words
from frankpledge.engine.findings.wording.numbers import listed


def span(period: Period) -> str:
    """A period as it stands after *in*.

    >>> span(Period.parse("2016/17")), span(Period.parse("2024-07..2025-06"))
    ('2016/17', 'the year to June 2025')
    >>> span(Period.parse("2025-01..2025-04"))
    'January to April 2025'
    """
    if period.is_financial_year:
        return str(period)
    if len(period) == 12:
        return f"the year to {month_words(period.last)}"
    return period.words


def short_span(period: Period) -> str:
    """A period as the head of a column or the label of an axis.

    >>> short_span(Period.parse("2016/17")), short_span(Period.parse("2025-01..2025-04"))
    ('2016/17', 'Jan to Apr 2025')
    """
    if period.is_financial_year:
        return str(period)
    if len(period) == 12:
        return f"Year to {short_month(period.last)}"
    if period.first == period.last:
        return short_month(period.first)
    if period.first // 12 == period.last // 12:
        return f"{MONTH_NAMES[period.first % 12][:3]} to {short_month(period.last)}"
    return f"{short_month(period.first)} to {short_month(period.last)}"


def short_month(month: int) -> str:
    """A month with its name cut to three letters."""
    return f"{MONTH_NAMES[month % 12][:3]} {month // 12}"


def runs_of(months: Iterable[int]) -> tuple[Period, ...]:
    """Months as the unbroken runs that they form.

    >>> [str(run) for run in runs_of([24300, 24301, 24305])]
    ['2025-01..2025-02', '2025-06']
    """
    found: list[Period] = []
    for month in sorted(set(months)):
        if found and found[-1].last == month - 1:
            found[-1] = Period(found[-1].first, month)
        else:
            found.append(Period(month, month))
    return tuple(found)


def months_text(months: Iterable[int], *, most: int = 6) -> str:
    """Months as people list them.

    >>> months_text([24288, 24289, 24300])
    'January to February 2024 and January 2025'
    """
    return listed([run.words for run in runs_of(months)], most=most)


def named_months(numbers: Iterable[int]) -> str:
    """Months of the year by name; 1 is January.

    >>> named_months([7, 8])
    'July and August'
    """
    return listed([MONTH_NAMES[number - 1] for number in numbers])

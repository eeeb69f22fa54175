"""Series of months: what is missing, whether there is a season, whether there is a trend.

A month is one whole number, year * 12 + month with January = 1, so that neighbouring months differ
by one. (Periods and the store count January as 0: add 1 on the way in, take it off on the way out;
a month of the year told by a result is 1 to 12 either way.) A month without data is NaN or simply
absent; it is never zero. No statement reaches across a gap or a marked break.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from frankpledge.engine.analysis.arguments import FloatArray, IntArray, require_counts


def month_number(year: int, month: int) -> int:
    """The whole number of a month: year * 12 + month, month from 1 to 12.

    >>> month_number(2025, 1) - month_number(2024, 12)
    1
    """
    if not 1 <= month <= 12:
        raise ValueError(f"month must be from 1 to 12, not {month!r}.")
    return year * 12 + month


def year_and_month(number: int) -> tuple[int, int]:
    """Year and month (1 to 12) of a month number.

    >>> year_and_month(month_number(2024, 12))
    (2024, 12)
    """
    return (number - 1) // 12, (number - 1) % 12 + 1


def month_text(number: int) -> str:
    """A month number as text, year first.

    >>> month_text(month_number(2025, 6))
    '2025-06'
    """
    year, month = year_and_month(number)
    return f"{year:04d}-{month:02d}"


@dataclass(frozen=True)
class Span:
    """An unbroken stretch of months, both ends included (month numbers)."""

    first: int
    last: int

    @property
    def months(self) -> int:
        """How many months the stretch holds."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f"{month_text(self.first)}..{month_text(self.last)}"


def _ordered(months: npt.ArrayLike, values: npt.ArrayLike) -> tuple[IntArray, FloatArray]:
    """Months in order with their values; ValueError for a month that occurs twice."""
    numbers = np.asarray(months, dtype=np.int64)
    amounts = require_counts("values", values)
    if numbers.shape != amounts.shape:
        raise ValueError(f"months and values must be equally long, not {numbers.size} and {amounts.size}.")
    order = np.argsort(numbers, kind="stable")
    numbers = numbers[order]
    if (np.diff(numbers) == 0).any():
        raise ValueError("months must not hold the same month twice.")
    return numbers, amounts[order]


def contiguous_runs(months: npt.ArrayLike, values: npt.ArrayLike, breaks: Collection[int] = ()) -> tuple[Span, ...]:
    """Stretches of months that all have data, in order; a new one starts at each break.

    `months` (n,) are month numbers in any order, `values` (n,) their counts with NaN for no data.
    A break is the first month of a new way of counting.

    Raises ValueError for arrays of different length, negative counts or a month given twice.

    >>> [str(run) for run in contiguous_runs([24301, 24302, 24304], [5, 0, 7])]
    ['2025-01..2025-02', '2025-04..2025-04']
    """
    numbers, amounts = _ordered(months, values)
    known = numbers[~np.isnan(amounts)]
    runs: list[Span] = []
    for number in known.tolist():
        if runs and runs[-1].last == number - 1 and number not in breaks:
            runs[-1] = Span(runs[-1].first, number)
        else:
            runs.append(Span(number, number))
    return tuple(runs)


def gaps(months: npt.ArrayLike, values: npt.ArrayLike) -> tuple[Span, ...]:
    """Stretches without data between the first and the last month that have data, in order.

    Arguments and errors as for `contiguous_runs`.

    >>> [str(gap) for gap in gaps([24301, 24302, 24305], [5, float("nan"), 7])]
    ['2025-02..2025-04']
    """
    runs = contiguous_runs(months, values)
    return tuple(Span(left.last + 1, right.first - 1) for left, right in pairwise(runs))


def longest_complete_run(
    months: npt.ArrayLike, values: npt.ArrayLike, breaks: Collection[int] = ()
) -> tuple[Span | None, FloatArray]:
    """The longest stretch with data throughout and its values; the latest of equally long ones.

    (None, empty array) when no month has data. Arguments and errors as for `contiguous_runs`.

    >>> run, found = longest_complete_run([24301, 24302, 24304], [5, 0, 7])
    >>> str(run), found.tolist()
    ('2025-01..2025-02', [5.0, 0.0])
    """
    runs = contiguous_runs(months, values, breaks)
    if not runs:
        return None, np.empty(0)
    best = max(runs, key=lambda run: (run.months, run.last))
    numbers, amounts = _ordered(months, values)
    return best, amounts[(numbers >= best.first) & (numbers <= best.last)]

"""What may be shown: small counts withheld, and whatever would give them away.

For counts from controlled sources only. A withheld count is None, never 0. Totals are shown where they
can be; a reader who subtracts shown counts from totals must not get back a withheld one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from frankpledge.engine.analysis.arguments import BoolArray, IntArray, require_count

THRESHOLD = 5  # counts of 1 to 4 are withheld (ONS: 1 and 2 unsafe, 3 and 4 too for small areas)
SMALLEST_DENOMINATOR = 20
ROUNDED_TO = 5

Shown = int | None

WITHHELD_SMALL = "Counts of 1 to 4 are withheld."
WITHHELD_SMALL_AT = "Counts from 1 to {highest} are withheld."
WITHHELD_BESIDE = "Other counts are withheld too, so that no small count can be worked out from totals."
ROUNDED = "Counts are rounded, so they may not add up to totals."


@dataclass(frozen=True)
class DisclosedTable:
    """A table as it may be shown; None is withheld.

    `cells` has the shape given; `row_totals`, `column_totals` and `total` are what may be shown of the
    sums. `small` counts the values withheld for being small, `beside` those withheld to protect them,
    totals included in both.
    """

    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown
    small: int
    beside: int
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class DisclosedRow:
    """Counts in a row and their total as they may be shown; None is withheld."""

    cells: tuple[Shown, ...]
    total: Shown
    small: int
    beside: int
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class DisclosedShare:
    """A percentage that may be shown, or None with the reason."""

    estimate: float | None
    n: int
    reason: str = ""


def suppress_row(counts: Sequence[int], *, threshold: int = THRESHOLD, show_zero: bool = True) -> DisclosedRow:
    """Withhold small counts of a row with its total, as `suppress_table` does for a table.

    >>> suppress_row([12, 3, 0, 7])
    DisclosedRow(cells=(12, None, 0, None), total=22, small=1, beside=1, caveats=('Counts of 1 to 4 are withheld.', \
'Other counts are withheld too, so that no small count can be worked out from totals.'))
    """
    table = _whole_table([list(counts)] if len(counts) else [[]])
    extended = np.concatenate([table, table.sum(axis=1, keepdims=True)], axis=1)
    hidden, small = _protect(extended, [np.arange(extended.size)], threshold, show_zero)
    shown = _shown(extended, hidden)[0]
    return DisclosedRow(shown[:-1], shown[-1], *_tally(hidden, small), _caveats(hidden, small, threshold))


def suppress_table(table: npt.ArrayLike, *, threshold: int = THRESHOLD, show_zero: bool = True) -> DisclosedTable:
    """Withhold small counts of a two-way table shown with both sets of totals.

    `table` is (rows, columns) of whole counts. Counts from 1 to `threshold` - 1 are withheld, zeros too
    where `show_zero` is False (say where nobody may learn that nothing happened). Then further counts
    are withheld, the smallest above zero first and totals last, until no withheld count can be worked
    out: a reader who knows the rule and solves all sums at once (two linear programmes per
    count) must be left with more than one value for every withheld count, and for a small one with
    values up to the threshold or more. Several tables that share totals need one call on their join.

    Raises ValueError for a table that is not two-dimensional, counts that are not whole or negative, or
    a threshold below 1.

    >>> found = suppress_table([[12, 3, 7], [20, 30, 40], [9, 15, 11]])
    >>> found.cells
    ((12, None, None), (20, 30, 40), (9, None, None))
    >>> found.row_totals, found.column_totals, found.total
    ((22, 90, 35), (41, 48, 58), 147)
    """
    counts = _whole_table(table)
    extended = np.concatenate([counts, counts.sum(axis=1, keepdims=True)], axis=1)
    extended = np.concatenate([extended, extended.sum(axis=0, keepdims=True)], axis=0)
    places = np.arange(extended.size).reshape(extended.shape)
    hidden, small = _protect(extended, [*places, *places.T], threshold, show_zero)
    shown = _shown(extended, hidden)
    return DisclosedTable(
        cells=tuple(row[:-1] for row in shown[:-1]),
        row_totals=tuple(row[-1] for row in shown[:-1]),
        column_totals=shown[-1][:-1],
        total=shown[-1][-1],
        **dict(zip(("small", "beside"), _tally(hidden, small), strict=True)),
        caveats=_caveats(hidden, small, threshold),
    )


def percentage(numerator: int, denominator: int, *, threshold: int = THRESHOLD) -> DisclosedShare:
    """A percentage of controlled counts, withheld where it would rest on too few.

    Withheld where the denominator is under 20, or where the numerator or the rest is from 1 to
    `threshold` - 1: with a shown denominator the percentage would give the count away.

    Raises ValueError for counts that are not whole, or a numerator above the denominator.

    >>> percentage(3, 22).estimate is None, percentage(10, 40).estimate
    (True, 25.0)
    """
    part, whole = require_count("numerator", numerator), require_count("denominator", denominator)
    if part > whole:
        raise ValueError(f"numerator must not exceed denominator, but {part} is more than {whole}.")
    if whole < SMALLEST_DENOMINATOR:
        return DisclosedShare(None, whole, f"Withheld: fewer than {SMALLEST_DENOMINATOR} in all.")
    if 0 < part < threshold or 0 < whole - part < threshold:
        return DisclosedShare(None, whole, "Withheld: it rests on a small count.")
    return DisclosedShare(100 * part / whole, whole)


def round_counts(
    counts: Sequence[int], *, base: int = ROUNDED_TO, threshold: int = THRESHOLD
) -> tuple[tuple[Shown, ...], tuple[str, ...]]:
    """The alternative to secondary suppression: every count to the nearest `base`, with its caveats.

    Counts from 1 to `threshold` - 1 stay withheld, since rounding them to 0 would make something into
    nothing; a true 0 stays 0. Halves go up. Round totals from the true total, not from rounded parts.

    Raises ValueError for counts that are not whole or negative, or a base below 1.

    >>> round_counts([0, 3, 7, 8, 12])[0]
    (0, None, 5, 10, 10)
    """
    if base < 1:
        raise ValueError(f"base must be at least 1, not {base}.")
    whole = [require_count("counts", count) for count in counts]
    rounded = tuple(None if 0 < c < threshold else (2 * c + base) // (2 * base) * base for c in whole)
    small = (_small_words(threshold),) if None in rounded else ()
    return rounded, (*small, ROUNDED)


def _whole_table(table: npt.ArrayLike) -> IntArray:
    found = np.asarray(table, dtype=np.float64)
    if found.ndim != 2:
        raise ValueError(f"table must be two-dimensional, not of shape {found.shape}.")
    if not np.isfinite(found).all() or (found < 0).any() or (found != np.round(found)).any():
        raise ValueError("table must hold whole counts of at least zero.")
    return found.astype(np.int64)


@dataclass(eq=False)
class _Sums:
    """Values with the lines that add up (the last place of a line is its total) and what is withheld."""

    values: IntArray
    lines: list[IntArray]
    small: BoolArray
    hidden: BoolArray
    threshold: int
    show_zero: bool

    def open_line(self) -> IntArray | None:
        """A line through a withheld value that can be worked out and that still shows something, or None."""
        fillable = [line for line in self.lines if not self.hidden[line].all()]
        # Cheap and frequent: one withheld value among shown ones is a subtraction away.
        for line in fillable:
            if self.hidden[line].sum() == 1:
                return line
        for place in np.flatnonzero(self.hidden):
            own = [line for line in fillable if place in line]
            if own and not self.is_safe(int(place)):
                return min(own, key=self.room)
        return None

    def room(self, line: IntArray) -> float:
        """How much the withheld values of a line could be: the line with the least room binds first."""
        if self.hidden[line[-1]]:
            return np.inf
        return float(self.values[line[:-1]][self.hidden[line[:-1]]].sum())

    def next_to_hide(self, line: IntArray) -> int:
        """The cheapest place of a line still shown: above zero before zero, and the total last.

        A place whose other line also has a lone withheld value mends both and comes first; then size.
        """

        def cost(place: int) -> tuple[bool, bool, int]:
            crossing = [other for other in self.lines if place in other and other is not line]
            mends = any(self.hidden[other].sum() == 1 for other in crossing)
            return self.values[place] == 0, not mends, int(self.values[place])

        parts = [int(place) for place in line[:-1] if not self.hidden[place]]
        return min(parts, key=cost) if parts else int(line[-1])

    def is_safe(self, place: int) -> bool:
        """Whether the sums leave a withheld value open, and a small one open up to the threshold."""
        columns = np.flatnonzero(self.hidden)
        rows, known = [], []
        for line in self.lines:
            sign, unknown = np.append(np.ones(line.size - 1), -1.0), self.hidden[line]
            if unknown.any():
                row = np.zeros(columns.size)
                row[np.searchsorted(columns, line[unknown])] = sign[unknown]
                rows.append(row)
                known.append(-float((sign[~unknown] * self.values[line[~unknown]]).sum()))
        # Where zeros are shown, a withheld value is known to be at least 1, unless a zero had to go too.
        least = 1 if self.show_zero and (self.values[self.hidden] > 0).all() else 0
        objective = (columns == place).astype(np.float64)
        low, high = (
            # Without a limit (status 3) upwards a value is as open as can be; the true table itself
            # satisfies every sum, so there is always a solution.
            direction * found.fun if found.status == 0 else np.inf
            for direction in (1.0, -1.0)
            for found in [
                optimize.linprog(direction * objective, A_eq=np.array(rows), b_eq=known, bounds=(least, None))
            ]
        )
        return bool(high - low > 0.5 and (not self.small[place] or high > self.threshold - 0.5))


def _protect(extended: IntArray, lines: list[IntArray], threshold: int, show_zero: bool) -> tuple[BoolArray, BoolArray]:
    """What to withhold of a table that carries its totals: everything, and the small values alone."""
    if threshold < 1:
        raise ValueError(f"threshold must be at least 1, not {threshold}.")
    values = extended.ravel()
    small = (values < threshold) & ((values > 0) | (not show_zero))
    sums = _Sums(values, lines, small, small.copy(), threshold, show_zero)
    while (line := sums.open_line()) is not None:
        sums.hidden[sums.next_to_hide(line)] = True
    return sums.hidden.reshape(extended.shape), small.reshape(extended.shape)


def _shown(extended: IntArray, hidden: BoolArray) -> list[tuple[Shown, ...]]:
    return [
        tuple(None if gone else int(value) for value, gone in zip(row, out, strict=True))
        for row, out in zip(extended, hidden, strict=True)
    ]


def _tally(hidden: BoolArray, small: BoolArray) -> tuple[int, int]:
    return int(small.sum()), int((hidden & ~small).sum())


def _small_words(threshold: int) -> str:
    return WITHHELD_SMALL if threshold == THRESHOLD else WITHHELD_SMALL_AT.format(highest=threshold - 1)


def _caveats(hidden: BoolArray, small: BoolArray, threshold: int) -> tuple[str, ...]:
    said = (_small_words(threshold),) if small.any() else ()
    return (*said, WITHHELD_BESIDE) if (hidden & ~small).any() else said

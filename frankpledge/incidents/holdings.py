"""What the store holds, read from its manifests: which months, of which source, from whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from frankpledge.engine.definitions.periods import Period, month_words
from frankpledge.engine.store.store import Store

MONTHLY = ("incidents", "outcomes", "stops")


@dataclass(frozen=True)
class Holding:
    """The months that one supplier has given of one source."""

    dataset: str
    source: str
    supplier: str
    months: frozenset[int]
    rows: int

    @property
    def span(self) -> Period | None:
        """From the first month held to the last."""
        return Period(min(self.months), max(self.months)) if self.months else None

    @property
    def gaps(self) -> tuple[Period, ...]:
        """Runs of months between the first and the last that are not held."""
        return runs(set(self.span.months) - self.months) if self.span else ()


def holdings(store: Store, dataset: str) -> tuple[Holding, ...]:
    """Everything in a dataset by source and supplier, in that order."""
    months: dict[tuple[str, str], set[int]] = defaultdict(set)
    rows: dict[tuple[str, str], int] = defaultdict(int)
    for part in store.manifest(dataset).parts:
        if part.month is not None:
            months[part.source, part.supplier].add(part.month)
        rows[part.source, part.supplier] += part.rows
    return tuple(
        Holding(dataset, source, supplier, frozenset(months[source, supplier]), rows[source, supplier])
        for source, supplier in sorted(rows)
    )


def holding_of(store: Store, dataset: str, source: str, supplier: str) -> Holding:
    """What is held of one source from one supplier; no months where nothing is."""
    found = (h for h in holdings(store, dataset) if (h.source, h.supplier) == (source, supplier))
    return next(found, Holding(dataset, source, supplier, frozenset(), 0))


def runs(months: set[int] | frozenset[int]) -> tuple[Period, ...]:
    """Months as unbroken runs.

    >>> [str(p) for p in runs({24305, 24303, 24304, 24300})]
    ['2025-01', '2025-04..2025-06']
    """
    found: list[Period] = []
    for month in sorted(months):
        if found and found[-1].last == month - 1:
            found[-1] = Period(found[-1].first, month)
        else:
            found.append(Period(month, month))
    return tuple(found)


def in_words(periods: tuple[Period, ...]) -> str:
    """Runs as a phrase: 'March 2019 to December 2023 and May to December 2024'."""
    words = [period.words if len(period) > 1 else month_words(period.first) for period in periods]
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)

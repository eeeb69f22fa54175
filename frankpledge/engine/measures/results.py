"""What a measure yields: a value with its status, interval, caveats and the way back to its files.

Missing, late, provisional, suppressed and zero are five different things: `value` is a number only
where `status` is final or provisional, and zero is then a value.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from frankpledge.engine.analysis.change import CountChange
from frankpledge.engine.analysis.peers import PeerComparison
from frankpledge.engine.definitions.periods import Period

Status = Literal["final", "provisional", "late", "suppressed", "discontinued", "no-data"]

REASONS = {
    "no-supply": "no file has been supplied for this period",
    "missing-months": "some months of the period have not been supplied",
    "no-denominator": "no population figure is held for this area",
    "no-times": "the rows carry a month only, no time of day",
    "not-in-source": "the source does not hold this figure",
    "small-number": "the count is too small to publish",
    "secondary": "withheld so that a small count cannot be worked out",
    "vintage": "outcomes depend on when the file was downloaded",
    "zero-denominator": "there is nothing to take a share of",
    "definition-change": "what is recorded changed between the two periods, so no direction can be claimed",
    "other-months": "the two periods do not hold the same months of the year",
    "two-sources": "the two periods are counted from different sources",
    "share": "two shares are not compared as counts",
    "too-few-peers": "fewer than four of the most similar partnerships have this figure",
    "not-for-peers": "this measure is not set beside other partnerships",
}


@dataclass(frozen=True)
class SuppliedRows:
    """How many rows of one supplied file are counted in a figure."""

    supply: str
    rows: int


@dataclass(frozen=True)
class Provenance:
    """The way back: dataset, snapshot, definition, files, and the filter in words that a script can follow.

    `filter` is a sequence of (field, values) pairs over the fields of the dataset; a row counts
    where every field holds one of its values. `filter_words` says the same for people, with the
    column names of the supplied files.
    """

    dataset: str
    snapshot: str
    definition: str
    definition_digest: str
    origin: str
    supplies: tuple[SuppliedRows, ...] = ()
    filter: tuple[tuple[str, tuple[str, ...]], ...] = ()
    filter_words: str = ""
    denominator_words: str = ""


def make_figure_id(measure: str, area: str, period: Period, digests: tuple[str, str], variant: str = "") -> str:
    """The lasting name of a figure: `measure.area.period[.variant]` and 8 hex digits of two digests.

    `digests` are those of the definition and of the snapshot. The same name is used in the HTML
    anchor, the Word bookmark, the PDF link and figures.json, so it holds only letters, digits,
    hyphens and full stops.

    >>> make_figure_id("burglary-all", "herefordshire", Period.parse("2025-01..2025-04"), ("aa", "bb"))
    'burglary-all.herefordshire.2025-01-to-2025-04.329d670e'
    """
    span = str(period).replace("..", "-to-").replace("/", "-")
    # '2011-12' could be December 2011 or the financial year: the tail tells them apart.
    told_apart = (str(period),) if period.is_financial_year else ()
    tail = hashlib.sha256("\n".join((*digests, variant, *told_apart)).encode()).hexdigest()[:8]
    return ".".join(part for part in (measure, area, span, variant, tail) if part)


@dataclass(frozen=True)
class MeasureResult:
    """One figure. `value` is in the measure's unit; `numerator` is a whole count of rows."""

    figure_id: str
    measure: str
    area: str
    area_name: str
    period: Period
    status: Status
    provenance: Provenance
    variant: str = ""
    reason: str | None = None
    missing_months: tuple[int, ...] = ()
    value: float | None = None
    numerator: int | None = None
    denominator: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float = 0.95
    unit: str = ""
    caveats: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()  # ids of the figures that this one is worked out from

    @property
    def known(self) -> bool:
        """True where there is a number to show."""
        return self.value is not None

    @property
    def reason_words(self) -> str:
        """Why there is no number, in words; empty where there is one."""
        return REASONS.get(self.reason or "", self.reason or "")


@dataclass(frozen=True)
class MonthSeries:
    """A measure month by month. `values` holds None where the month has no data: never zero for it."""

    measure: str
    area: str
    area_name: str
    months: tuple[int, ...]
    values: tuple[int | None, ...]
    provenance: Provenance
    breaks: tuple[tuple[int, str], ...] = ()
    caveats: tuple[str, ...] = ()
    suppressed: tuple[int, ...] = ()  # months that have a value which is withheld: not the same as no data

    @property
    def known_months(self) -> tuple[int, ...]:
        """The months that have data."""
        return tuple(m for m, v in zip(self.months, self.values, strict=True) if v is not None)

    def gaps(self) -> tuple[Period, ...]:
        """Runs of months without data between the first and the last month that have them."""
        known = self.known_months
        return tuple(Period(a + 1, b - 1) for a, b in pairwise(known) if b - a > 1)


@dataclass(frozen=True)
class Comparison:
    """Two figures of one measure and what may be said of their difference.

    `change` is None, with a key of REASONS in `reason`, where no direction may be claimed. `breaks` are
    (month, title) of the changes in recording between the periods.
    """

    before: MeasureResult
    after: MeasureResult
    change: CountChange | None
    reason: str = ""
    months_compared: tuple[int, ...] = ()
    adjusted_p: float | None = None
    caveats: tuple[str, ...] = ()
    breaks: tuple[tuple[int, str], ...] = ()

    @property
    def percent(self) -> float | None:
        """The difference in per cent of the earlier value, whether or not it means anything; None without values."""
        if self.before.value is None or self.after.value is None or self.before.value == 0:
            return None
        return 100 * (self.after.value / self.before.value - 1)

    @property
    def reason_words(self) -> str:
        """Why there is no test, in words; empty where there is one."""
        return REASONS.get(self.reason, self.reason)


@dataclass(frozen=True)
class Breakdown:
    """One measure cut by area, cell, hour or outcome. Rows are (key, label, count or None)."""

    measure: str
    area: str
    period: Period
    by: str
    rows: tuple[tuple[str, str, int | None], ...]
    provenance: Provenance
    figures: tuple[MeasureResult, ...] = field(default=())
    unplaced: int = 0
    caveats: tuple[str, ...] = ()
    status: Status = "final"
    reason: str | None = None
    weights: tuple[float, ...] = ()  # by hour: the exact weight of each row, where spans of time are shared out


@dataclass(frozen=True)
class Peer:
    """One of the most similar partnerships and its figure of the same measure and period."""

    key: str
    name: str
    distance: float
    result: MeasureResult


@dataclass(frozen=True)
class PeersResult:
    """A rate beside those of the most similar partnerships.

    `peers` are all that were chosen, nearest first, with or without a figure; `comparison` is None, with a
    key of REASONS in `reason`, where the area itself has no figure or none can be made.
    """

    measure: str
    area: str
    area_name: str
    period: Period
    own: MeasureResult
    peers: tuple[Peer, ...] = ()
    comparison: PeerComparison | None = None
    reason: str = ""
    chosen_words: str = ""
    caveats: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[Peer, ...]:
        """The peers that have a figure."""
        return tuple(peer for peer in self.peers if peer.result.known)

    @property
    def reason_words(self) -> str:
        """Why there is no comparison, in words; empty where there is one."""
        return REASONS.get(self.reason, self.reason)

"""A published yearly table to the last unit, and whether its rows add up to its printed total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.definitions.vocabulary import OFFENCE_PARTS, OFFENCES
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.official import OfficialSeries, official

TOTAL = "all"
THEFT = ("burglary", "vehicle-offences", "theft-from-the-person", "bicycle-theft", "shoplifting", "other-theft")


@dataclass(frozen=True)
class PublishedTable:
    """One area's rows as published, the printed total, and the sum of the rows for each year."""

    area: str
    rows: tuple[OfficialSeries, ...]
    total: OfficialSeries
    years: tuple[Period, ...]
    sums: tuple[int | None, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the rows add up to the printed total in every year."""
        printed = {year.period: year.value for year in self.total.years}
        return all(printed.get(y) == s for y, s in zip(self.years, self.sums, strict=True) if s is not None)

    @property
    def checked(self) -> bool:
        """Whether there was a year with every row."""
        return any(one is not None for one in self.sums)


def published_table(context: Context, area: str) -> PublishedTable | None:
    """The published table of an area; None where no total is printed.

    Rows are the finest printed: a whole whose parts are printed too is left out, so that nothing is
    added twice.
    """
    found = {offence: official(measure, context, area) for offence, measure in single_offences(context).items()}
    held = {offence: series for offence, series in found.items() if series is not None}
    total = held.pop(TOTAL, None)
    if total is None:
        return None
    rows = tuple(held[offence] for offence in OFFENCES if offence in held and not _is_whole(offence, held))
    years = tuple(year.period for year in total.years)
    return PublishedTable(area, rows, total, years, tuple(_sum(rows, period) for period in years))


def single_offences(context: Context) -> dict[str, MeasureDefinition]:
    """The count of each single offence of a yearly table, by offence."""
    return {
        m.numerator.offences[0]: m
        for m in context.ws.definitions.measures.values()
        if m.numerator.dataset == "counts" and m.kind == "count" and len(m.numerator.offences) == 1
    }


def _is_whole(offence: str, held: dict[str, OfficialSeries]) -> bool:
    parts = THEFT if offence == "theft-offences" else OFFENCE_PARTS.get(offence, ())
    return any(part in held for part in parts)


def _sum(rows: Sequence[OfficialSeries], period: Period) -> int | None:
    """The sum of the rows in one year; None where one is not known."""
    counts = [next((y.value for y in series.years if y.period == period), None) for series in rows]
    known = [int(count) for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None

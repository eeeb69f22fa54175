"""What the data page shows: the months held, how good the rows are, what would add to them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from frankpledge.core.partnerships import Place
from frankpledge.engine.definitions.periods import MONTH_NAMES
from frankpledge.incidents.finer_data import Offer, offers
from frankpledge.incidents.holdings import MONTHLY, Holding, holdings, in_words
from frankpledge.incidents.loading import notes
from frankpledge.incidents.quality import Quality, quality

MonthState = Literal["held", "missing", "outside"]
DATASET_WORDS = {
    "incidents": "Crimes and anti-social behaviour",
    "outcomes": "Outcomes",
    "stops": "Stop and search",
}


@dataclass(frozen=True)
class MonthCell:
    """One month of one year."""

    month: str
    state: MonthState

    @property
    def mark(self) -> str:
        """Its shape, so that colour does not speak alone."""
        return {"held": "●", "missing": "◇", "outside": "–"}[self.state]

    @property
    def words(self) -> str:
        """Its state in words."""
        return {"held": "held", "missing": "no data", "outside": "outside what was supplied"}[self.state]


@dataclass(frozen=True)
class YearRow:
    """Twelve months."""

    year: int
    cells: tuple[MonthCell, ...]


@dataclass(frozen=True)
class HoldingTable:
    """What is held of one source, in words and month by month."""

    title: str
    supplier: str
    words: str
    gaps: str
    years: tuple[YearRow, ...]


@dataclass(frozen=True)
class DataPage:
    """Everything on the page."""

    tables: tuple[HoldingTable, ...]
    notes: tuple[str, ...]
    offers: tuple[Offer, ...]
    yearly: tuple[str, ...]
    quality: Quality | None
    months: tuple[str, ...] = tuple(name[:3] for name in MONTH_NAMES)


def data_page(place: Place) -> DataPage:
    """The page of one place, from the manifests of its store."""
    store, force = place.workspace.store, place.partnership.force
    held = [h for dataset in MONTHLY for h in holdings(store, dataset) if h.supplier == force and h.months]
    return DataPage(
        tables=tuple(_table(h, place.workspace.areas.forces[force].name) for h in held),
        notes=() if place.demo else notes(store),
        offers=() if place.demo else offers(store),
        yearly=_yearly(place),
        quality=quality(place, held) if any(h.dataset == "incidents" for h in held) else None,
    )


def _yearly(place: Place) -> tuple[str, ...]:
    """The files of yearly counts that are held, in words."""
    sources = place.workspace.definitions.sources
    return tuple(
        f"{sources[s.source].title if s.source in sources else s.source}: {s.stored:,} counts from "
        f"{PurePath(s.path).name}"
        for s in place.workspace.store.manifest("counts").supplies.values()
    )


def _table(holding: Holding, supplier: str) -> HoldingTable:
    span = holding.span
    assert span is not None
    number = len(holding.months)
    return HoldingTable(
        title=DATASET_WORDS[holding.dataset],
        supplier=supplier,
        words=f"{number} {'month' if number == 1 else 'months'} of {len(span)}, {span.words}: "
        f"{holding.rows:,} rows of the whole force.",
        gaps=f"Nothing was supplied for {in_words(holding.gaps)}. No line is drawn across, and no year with such a "
        "month has a total."
        if holding.gaps
        else "",
        years=tuple(_year(holding, year) for year in range(span.first // 12, span.last // 12 + 1)),
    )


def _year(holding: Holding, year: int) -> YearRow:
    assert holding.span is not None
    cells = []
    for month in range(year * 12, year * 12 + 12):
        inside: MonthState = "missing" if month in holding.span else "outside"
        cells.append(MonthCell(MONTH_NAMES[month % 12], "held" if month in holding.months else inside))
    return YearRow(year, tuple(cells))

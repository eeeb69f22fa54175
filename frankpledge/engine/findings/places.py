"""Where a theme happens, counted: districts, small areas, squares."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from frankpledge.engine.analysis.change import CountChange, compare_months
from frankpledge.engine.analysis.place import Concentration, concentration
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence, adjust
from frankpledge.engine.measures.breaking_down import breakdown
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.monthly import monthly
from frankpledge.engine.measures.results import Breakdown, MeasureResult

PLACES = "concentrations of this assessment"
DISTRICTS = "districts of this assessment"


@dataclass(frozen=True)
class DistrictRate:
    """A district's count and rate."""

    count: MeasureResult
    rate: MeasureResult | None


@dataclass(frozen=True)
class Places:
    """Where a theme happens over the months of its leading figure."""

    districts: tuple[DistrictRate, ...]
    apart: CountChange | None  # the lowest district's months beside the highest's
    small_areas: Breakdown
    squares: Breakdown
    gathered: Concentration | None
    adjusted_p: float | None = None
    apart_adjusted_p: float | None = None  # as `apart_p`, allowing for the themes whose districts are compared

    @property
    def apart_p(self) -> float | None:
        """The p-value of lowest and highest, allowing for the choice of the pair; None where not compared."""
        return None if self.apart is None else min(1.0, self.apart.p * self.pairs)

    @property
    def pairs(self) -> int:
        """How many pairs of districts the lowest and the highest were picked from."""
        known = len(self.by_rate)
        return known * (known - 1) // 2

    @property
    def differ(self) -> bool:
        """Whether lowest and highest lie apart by more than chance, the choice of the pair and of the theme explain."""
        apart, p = self.apart, self.apart_p
        if apart is None or p is None or apart.verdict != "rose":
            return False
        return max(p, self.apart_adjusted_p or 0.0) < 1 - apart.level

    @property
    def by_rate(self) -> tuple[MeasureResult, ...]:
        """The districts' rates that are known, the lowest first."""
        known = [d.rate for d in self.districts if d.rate is not None and d.rate.known]
        return tuple(sorted(known, key=lambda rate: (rate.value or 0.0, rate.area)))


def find_places(evidences: Sequence[Evidence], context: Context) -> dict[str, Places]:
    """Places by theme; a theme that cannot be counted has none. Nothing is tested on invented rows."""
    found = {e.theme.key: _counted(e, context) for e in evidences if e.known}
    if context.synthetic:
        return found
    # An area without a row of one theme is known from the rows of the others: leaving the empty ones
    # out would make everything look evenly spread.
    known = {key for places in found.values() for key, _, _ in places.small_areas.rows}
    tested = {key: replace(places, gathered=_gathered(places.small_areas, known)) for key, places in found.items()}
    adjusted = adjust([p.gathered.p if p.gathered is not None else None for p in tested.values()])
    apart = adjust([p.apart_p for p in tested.values()])
    return {
        key: replace(places, adjusted_p=p, apart_adjusted_p=q)
        for (key, places), p, q in zip(tested.items(), adjusted, apart, strict=True)
    }


def _counted(evidence: Evidence, context: Context) -> Places:
    volume, measure, ws = evidence.lead.volume, evidence.measure, context.ws
    assert volume is not None
    districts = tuple(
        DistrictRate(
            compute(measure, code, volume.period, ws),
            compute(evidence.rate_measure, code, volume.period, ws) if evidence.rate_measure else None,
        )
        for code in context.partnership.districts
    )
    places = Places(
        districts=districts,
        apart=None,
        small_areas=breakdown(measure, context.area, volume.period, ws, "lsoa"),
        squares=breakdown(measure, context.area, volume.period, ws, "cell"),
        gathered=None,
    )
    return places if context.synthetic else replace(places, apart=_apart(places, evidence, context))


def _apart(places: Places, evidence: Evidence, context: Context) -> CountChange | None:
    """The months of the lowest and of the highest district side by side."""
    ranked = places.by_rate
    if len(ranked) < 2 or ranked[0].denominator is None or ranked[-1].denominator is None:
        return None
    low, high = (monthly(evidence.measure, rate.area, context.ws, rate.period) for rate in (ranked[0], ranked[-1]))
    values = [[np.nan if v is None else float(v) for v in series.values] for series in (low, high)]
    return compare_months(*values, exposure_before=ranked[0].denominator, exposure_after=ranked[-1].denominator)


def _gathered(rows: Breakdown, known: Collection[str]) -> Concentration | None:
    """The test over every small area known; None where a count is withheld or nothing is placed."""
    counts = {key: count for key, _, count in rows.rows}
    if not counts or any(count is None for count in counts.values()):
        return None
    return concentration([float(counts.get(key) or 0) for key in sorted(known)])

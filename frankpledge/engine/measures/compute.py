"""A definition, an area and a period make one figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from frankpledge.engine.analysis.intervals import poisson_interval, rate_interval, wilson_interval
from frankpledge.engine.definitions.loader import digest_of
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import MeasureDefinition, RowSelection
from frankpledge.engine.measures.breaks import breaks_within
from frankpledge.engine.measures.place import Place, find_place
from frankpledge.engine.measures.results import MeasureResult, Provenance, Status, SuppliedRows, make_figure_id
from frankpledge.engine.measures.tally import Pairs, Tally, tally
from frankpledge.engine.measures.wording import caveats_of, denominator_words, filter_words
from frankpledge.engine.measures.yearly import YearlyCount, count_published

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace

SMALLEST_DENOMINATOR = 20  # a share of fewer, from a controlled source, gives its parts away


@dataclass(frozen=True)
class Counted:
    """A whole number of incidents with its source, or the reason why there is none."""

    dataset: str
    snapshot: str
    source: str
    origin: str
    threshold: int
    count: int | None
    provisional: bool
    supplies: tuple[SuppliedRows, ...]
    filter: Pairs
    reason: str
    missing_months: tuple[int, ...]
    caveats: tuple[str, ...]


def compute(
    measure: MeasureDefinition,
    area: str,
    period: Period,
    ws: Workspace,
    *,
    variant: str = "",
    extra: Pairs = (),
) -> MeasureResult:
    """The figure of a measure for an area and a period.

    `area` is a partnership key or alias, a district code, an LSOA code or a force slug. `extra` narrows
    the rows by further (field, values) pairs, and `variant` names that narrowing in the figure's id.
    A period that lacks a month gives no number but says which months are missing; zero is a number.
    Raises `UsageFault` for an area that is not known.
    """
    return compute_for(measure, find_place(area, ws), period, ws, variant=variant, extra=extra)


def compute_for(
    measure: MeasureDefinition,
    place: Place,
    period: Period,
    ws: Workspace,
    *,
    variant: str = "",
    extra: Pairs = (),
) -> MeasureResult:
    """As `compute`, for a place that has been found before."""
    counted = count_selection(measure.numerator, place, period, ws, extra=extra)
    blank = _without_value(measure, place, period, ws, counted=counted, variant=variant)
    if counted.count is None:
        status: Status = "no-data"
        return replace(blank, status=status, reason=counted.reason, missing_months=counted.missing_months)
    if measure.kind == "count":
        if _too_small(counted.count, counted.threshold):
            return replace(blank, status="suppressed", reason="small-number")
        interval = poisson_interval(counted.count, level=blank.level, method="byar")
        return replace(
            blank,
            value=float(counted.count),
            numerator=counted.count,
            lower=interval.lower,
            upper=interval.upper,
        )
    if isinstance(measure.denominator, RowSelection):
        below = count_selection(measure.denominator, place, period, ws, source=counted.source)
        return _share(measure, blank, counted, below)
    return _rate(measure, blank, counted, place)


def count_selection(
    selection: RowSelection,
    place: Place,
    period: Period,
    ws: Workspace,
    *,
    extra: Pairs = (),
    source: str | None = None,
) -> Counted:
    """Count a selection over a whole period, from rows or from a published yearly table."""
    if selection.dataset == "counts":
        return _from_table(count_published(selection, place, period, ws))
    return _from_rows(tally(selection, place, period.months, ws, extra=extra, source=source))


def _from_table(found: YearlyCount) -> Counted:
    return Counted(
        dataset="counts",
        snapshot=found.snapshot,
        source=found.source,
        origin=found.origin,
        threshold=found.threshold,
        count=found.count,
        provisional=found.provisional,
        supplies=found.supplies,
        filter=found.filter,
        reason=found.reason,
        missing_months=(),
        caveats=found.caveats,
    )


def _from_rows(found: Tally) -> Counted:
    caveats: tuple[str, ...] = ()
    if len(found.suppliers) > 1:
        caveats = (f"Rows of {len(found.suppliers)} suppliers' lists are counted together.",)
    return Counted(
        dataset=found.dataset,
        snapshot=found.snapshot,
        source=found.source,
        origin=found.origin,
        threshold=found.threshold,
        count=found.total,
        provisional=False,
        supplies=found.supplies,
        filter=found.filter,
        reason=found.reason or ("missing-months" if found.missing else ""),
        missing_months=found.missing,
        caveats=caveats,
    )


def _without_value(
    measure: MeasureDefinition, place: Place, period: Period, ws: Workspace, *, counted: Counted, variant: str
) -> MeasureResult:
    """Everything that a figure says of itself, before its value."""
    digest = digest_of(measure)
    crossed = breaks_within(measure, place, period, ws)
    return MeasureResult(
        figure_id=make_figure_id(measure.key, place.key, period, (digest, counted.snapshot), variant),
        measure=measure.key,
        area=place.key,
        area_name=place.name,
        period=period,
        status="provisional" if counted.provisional else "final",
        provenance=Provenance(
            dataset=counted.dataset,
            snapshot=counted.snapshot,
            definition=f"measure:{measure.key}",
            definition_digest=digest,
            origin=counted.origin,
            supplies=counted.supplies,
            filter=counted.filter,
            filter_words=filter_words(counted.filter, ws),
            denominator_words=denominator_words(measure, place),
        ),
        variant=variant,
        unit=measure.unit,
        caveats=caveats_of(measure, place, period, counted.caveats, crossed),
    )


def _too_small(count: int, threshold: int) -> bool:
    return 0 < count < threshold


def _rate(measure: MeasureDefinition, blank: MeasureResult, counted: Counted, place: Place) -> MeasureResult:
    assert counted.count is not None
    people = place.households if measure.denominator == "households" else place.residents
    if people is None:
        return replace(blank, status="no-data", reason="no-denominator")
    if people == 0:
        return replace(blank, status="no-data", reason="zero-denominator")
    if _too_small(counted.count, counted.threshold):
        return replace(blank, status="suppressed", reason="small-number", denominator=float(people))
    interval = rate_interval(counted.count, people, per=measure.per, level=blank.level)
    return replace(
        blank,
        value=counted.count * measure.per / people,
        numerator=counted.count,
        denominator=float(people),
        lower=interval.lower,
        upper=interval.upper,
    )


def _share(measure: MeasureDefinition, blank: MeasureResult, above: Counted, below: Counted) -> MeasureResult:
    """A share of rows. The stricter disclosure rule of the two counts holds for the whole."""
    if below.count is None:
        return replace(blank, status="no-data", reason=below.reason, missing_months=below.missing_months)
    assert above.count is not None
    if below.count == 0:
        return replace(blank, status="no-data", reason="zero-denominator", denominator=0.0)
    threshold = max(above.threshold, below.threshold)
    parts = (above.count, below.count, below.count - above.count)
    if threshold and (below.count < SMALLEST_DENOMINATOR or any(_too_small(part, threshold) for part in parts)):
        return replace(blank, status="suppressed", reason="small-number")
    interval = wilson_interval(above.count, below.count, level=blank.level)
    return replace(
        blank,
        value=above.count * measure.per / below.count,
        numerator=above.count,
        denominator=float(below.count),
        lower=None if interval.lower is None else interval.lower * measure.per,
        upper=None if interval.upper is None else interval.upper * measure.per,
    )

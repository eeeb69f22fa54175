"""Figures worked out from other figures: a percentage change, a share, a number of small areas.

They carry the provenance of what they are worked out from, so that a reader can follow them too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from frankpledge.engine.measures.results import Comparison, MeasureResult, Provenance, SuppliedRows, make_figure_id


def derive(
    sources: Sequence[MeasureResult],
    variant: str,
    value: float | None,
    *,
    unit: str,
    lower: float | None = None,
    upper: float | None = None,
    how: str,
    level: float = 0.95,
    of: MeasureResult | None = None,
) -> MeasureResult:
    """A figure worked out from `sources`; it takes the measure, area and period of the last of them, or `of`.

    `how` says in words how it is worked out; `variant` tells it from other figures of the same
    measure, area and period. Raises ValueError without sources.
    """
    if not sources:
        raise ValueError("sources must name at least one figure.")
    last = of or sources[-1]
    digests = (last.provenance.definition_digest, last.provenance.snapshot)
    ids = tuple(dict.fromkeys(source.figure_id for source in sources))
    return MeasureResult(
        figure_id=make_figure_id(last.measure, last.area, last.period, digests, variant),
        measure=last.measure,
        area=last.area,
        area_name=last.area_name,
        period=last.period,
        status=last.status if value is not None else "no-data",
        provenance=_combined(sources, last, how),
        variant=variant,
        reason=None if value is not None else "not-in-source",
        value=value,
        lower=lower,
        upper=upper,
        level=level,
        unit=unit,
        derived_from=ids,
    )


def _combined(sources: Sequence[MeasureResult], last: MeasureResult, how: str) -> Provenance:
    """The provenance of `last`, with the files of all sources."""
    rows: dict[str, int] = {}
    for source in {s.figure_id: s for s in sources}.values():
        for supplied in source.provenance.supplies:
            rows[supplied.supply] = rows.get(supplied.supply, 0) + supplied.rows
    supplies = tuple(SuppliedRows(supply, count) for supply, count in sorted(rows.items()))
    return replace(last.provenance, supplies=supplies, filter_words=how)


def change_figure(comparison: Comparison) -> MeasureResult | None:
    """The percentage change of a comparison as a figure of its own; None where it does not exist."""
    change = comparison.change
    if change is None or change.percent is None:
        return None
    before, after = comparison.before, comparison.after
    return derive(
        (before, after),
        f"change-from-{_slug(before)}",
        change.percent,
        unit="per cent change",
        lower=100 * (change.lower - 1),
        upper=None if change.upper is None else 100 * (change.upper - 1),
        how=f"the later figure divided by the earlier one, less 1, times 100: {before.period} to {after.period}",
        level=change.level,
    )


def _slug(result: MeasureResult) -> str:
    return str(result.period).replace("..", "-to-").replace("/", "-")

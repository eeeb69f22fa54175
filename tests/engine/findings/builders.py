"""Figures made by hand, so that a test says which counts a sentence is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from frankpledge.engine.analysis.change import CountChange, compare_counts, compare_months
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import BreakDefinition, MeasureDefinition, RowSelection
from frankpledge.engine.measures.results import Comparison, MeasureResult, Provenance, SuppliedRows, make_figure_id

PROVENANCE = Provenance(
    dataset="incidents",
    snapshot="5a",
    definition="measure:burglary",
    definition_digest="d1",
    origin="published",
    supplies=(SuppliedRows("f1", 10),),
)


def a_measure(key: str = "burglary", noun: str = "recorded burglaries", **more: Any) -> MeasureDefinition:
    fields: dict[str, Any] = {
        "key": key,
        "title": noun.capitalize(),
        "owner": "the tests",
        "reviewed_on": date(2026, 1, 1),
        "review_by": date(2027, 1, 1),
        "source": "made by hand",
        "short_title": noun.capitalize(),
        "why_it_matters": "It is what the tests count.",
        "kind": "count",
        "unit": "crimes",
        "noun": noun,
        "polarity": "lower",
        "numerator": RowSelection(dataset="incidents", categories=("burglary",)),
    }
    return MeasureDefinition(**(fields | more))


def a_break(on: date = date(2017, 4, 1), effect: str = "Sheds of homes count as residential.") -> BreakDefinition:
    return BreakDefinition(
        key="burglary-redefinition-2017",
        title="New definition of residential burglary",
        owner="the tests",
        reviewed_on=date(2026, 1, 1),
        review_by=date(2027, 1, 1),
        source="made by hand",
        on=on,
        reason="The boundary of a home was drawn wider.",
        effect=effect,
        offences=("burglary-residential",),
        certainty="read at the source",
    )


def a_figure(
    value: float | None, period: str = "2017/18", *, measure: str = "burglary", area: str = "anytown", **more: Any
) -> MeasureResult:
    span = Period.parse(period)
    fields: dict[str, Any] = {
        "figure_id": make_figure_id(measure, area, span, ("d1", "5a"), more.get("variant", "")),
        "measure": measure,
        "area": area,
        "area_name": area.capitalize(),
        "period": span,
        "status": "final" if value is not None else "no-data",
        "reason": None if value is not None else "no-supply",
        "provenance": PROVENANCE,
        "value": value,
        "numerator": None if value is None else int(value),
        "unit": "crimes",
    }
    return MeasureResult(**(fields | more))


def two_counts(before: int, after: int, *, measure: str = "burglary", method: str = "exact") -> Comparison:
    return _comparison(before, after, compare_counts(before, after, method=method), measure=measure)  # type: ignore[arg-type]


def two_runs(before: list[int], after: list[int], *, adjusted_p: float | None = None) -> Comparison:
    return _comparison(sum(before), sum(after), compare_months(before, after), adjusted_p=adjusted_p)


def _comparison(
    before: int, after: int, change: CountChange, *, measure: str = "burglary", adjusted_p: float | None = None
) -> Comparison:
    return Comparison(
        before=a_figure(before, "2016/17", measure=measure),
        after=a_figure(after, "2017/18", measure=measure),
        change=change,
        adjusted_p=adjusted_p,
    )

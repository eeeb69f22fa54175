"""Figures as JSON and back: what figures.json, editions and the web keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.measures.results import MeasureResult, Provenance, SuppliedRows


def to_record(result: MeasureResult) -> dict[str, Any]:
    """A figure as plain JSON values; `from_record` gives the same figure back."""
    provenance = result.provenance
    return {
        "figure_id": result.figure_id,
        "measure": result.measure,
        "area": result.area,
        "area_name": result.area_name,
        "period": str(result.period),
        "variant": result.variant,
        "status": result.status,
        "reason": result.reason,
        "missing_months": list(result.missing_months),
        "value": result.value,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "lower": result.lower,
        "upper": result.upper,
        "level": result.level,
        "unit": result.unit,
        "caveats": list(result.caveats),
        "derived_from": list(result.derived_from),
        "provenance": {
            "dataset": provenance.dataset,
            "snapshot": provenance.snapshot,
            "definition": provenance.definition,
            "definition_digest": provenance.definition_digest,
            "origin": provenance.origin,
            "supplies": [{"supply": s.supply, "rows": s.rows} for s in provenance.supplies],
            "filter": [[field, list(values)] for field, values in provenance.filter],
            "filter_words": provenance.filter_words,
            "denominator_words": provenance.denominator_words,
        },
    }


def from_record(record: Mapping[str, Any]) -> MeasureResult:
    """A figure from its record. Raises KeyError or ValueError where it is not one."""
    kept = record["provenance"]
    plain = ("figure_id", "measure", "area", "area_name", "variant", "status", "reason", "value", "numerator")
    more = ("denominator", "lower", "upper", "level", "unit")
    return MeasureResult(
        **{name: record[name] for name in (*plain, *more)},
        period=Period.parse(record["period"]),
        missing_months=tuple(record["missing_months"]),
        caveats=tuple(record["caveats"]),
        derived_from=tuple(record.get("derived_from", ())),
        provenance=Provenance(
            dataset=kept["dataset"],
            snapshot=kept["snapshot"],
            definition=kept["definition"],
            definition_digest=kept["definition_digest"],
            origin=kept["origin"],
            supplies=tuple(SuppliedRows(s["supply"], s["rows"]) for s in kept["supplies"]),
            filter=tuple((field, tuple(values)) for field, values in kept["filter"]),
            filter_words=kept["filter_words"],
            denominator_words=kept["denominator_words"],
        ),
    )

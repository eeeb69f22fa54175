"""figures.json: every figure and every claim of an assessment, for machines and for checkers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from frankpledge.engine.definitions.periods import month_text
from frankpledge.engine.findings.claims import Claim
from frankpledge.engine.measures.record import to_record
from frankpledge.engine.measures.results import MeasureResult

SCHEMA = 1


def figures_record(
    partnership: str, through: int, figures: Iterable[MeasureResult], claims: Iterable[Claim]
) -> dict[str, Any]:
    """The whole record as plain values; its shape is `figures.schema.json` beside this module."""
    return {
        "schema": SCHEMA,
        "partnership": partnership,
        "through": month_text(through),
        "figures": [to_record(figure) for figure in figures],
        "claims": [_claim(claim) for claim in claims],
    }


def figures_text(record: dict[str, Any]) -> str:
    """The record as JSON text; the same record gives the same text."""
    return json.dumps(record, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def figures_schema() -> dict[str, Any]:
    """The JSON Schema of the record."""
    text = files("frankpledge.engine.findings").joinpath("figures.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _claim(claim: Claim) -> dict[str, Any]:
    record = asdict(claim)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in record.items()}

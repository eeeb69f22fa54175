"""Every shipped measure computes on a small store, and every figure survives its record."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.loader import SHIPPED, Definitions, load_definitions
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.vocabulary import OFFENCES
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.record import from_record, to_record
from frankpledge.engine.measures.workspace import Workspace

from .conftest import MakeWorkspace, build_workspace

NORTH = "north-worcestershire"
YEAR = Period.parse("2024-07..2025-06")
KEYS = sorted(load_definitions([SHIPPED]).measures)


def rows_of_every_kind() -> list[dict[str, Any]]:
    months = [f"2024-{m:02d}" for m in range(7, 13)] + [f"2025-{m:02d}" for m in range(1, 7)]
    police = [{"month": m, "outcome_group": g} for m in months for g in ("charged", "no-suspect")]
    marks = {"alcohol": True, "domestic_abuse": True, "hate": "race", "vulnerable_adult": True, "youth": True}
    listed = [
        {
            "month": m,
            "source": "incidents",
            "supplier": "council",
            "origin": "supplied",
            "hour": 22,
            "category": category,
            "offence": "burglary-residential",
            **marks,
        }
        for m in months
        for category in ("burglary", "anti-social-behaviour")
    ]
    return [*police, *listed]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, shipped: Definitions, areas: Areas) -> Workspace:
    """A store that can answer every shipped measure."""
    counts = [{"first": "2024-07", "last": "2025-06", "offence": o, "count": 7} for o in OFFENCES]
    return build_workspace(tmp_path_factory.mktemp("full"), shipped, areas, rows_of_every_kind(), counts=counts)


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_measure_computes(full: Workspace, shipped: Definitions, key: str) -> None:
    found = compute(shipped.measure(key), NORTH, YEAR, full)
    assert found.status == "final", found.reason_words
    assert found.value is not None and found.numerator is not None
    assert found.lower is not None and found.upper is not None
    assert found.lower <= found.value <= found.upper
    assert found.unit == shipped.measure(key).unit
    assert re.fullmatch(r"[A-Za-z0-9.-]+", found.figure_id)
    assert found.provenance.supplies and found.provenance.filter_words.endswith(".")
    again = from_record(json.loads(json.dumps(to_record(found))))
    assert again == found


def test_there_are_at_least_twenty_five(shipped: Definitions) -> None:
    assert len(shipped.measures) >= 25


def test_no_measure_draws_a_rate_per_household_from_police_files(shipped: Definitions) -> None:
    for measure in shipped.measures.values():
        if measure.denominator == "households":
            assert not any(source.startswith("police-uk") for source in measure.numerator.sources)


def test_titles_fit_their_tables(shipped: Definitions) -> None:
    for measure in shipped.measures.values():
        assert len(measure.short_title) <= 60
        assert (
            measure.breaks
            or measure.key.startswith("official-")
            or measure.kind == "share"
            or measure.numerator.flags
            or measure.numerator.hours
        )


def test_a_figure_without_a_value_survives_its_record(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    found = compute(shipped.measure("burglary"), NORTH, YEAR, workspace_of([{"month": "2025-01"}]))
    assert found.missing_months and from_record(to_record(found)) == found


@pytest.mark.parametrize("key", sorted(load_definitions([SHIPPED]).breaks))
def test_a_break_says_when_and_what(shipped: Definitions, key: str) -> None:
    found = shipped.breaks[key]
    assert found.reason.endswith(".") and found.effect.endswith(".")
    assert found.affects != "counts" or found.categories or found.offences
    assert any(f"break:{key}" in measure.breaks for measure in shipped.measures.values())

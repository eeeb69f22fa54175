"""Peers are alike in people; no rank below four of them, and the same source for all."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.measures.peers import features_of, most_similar_partnerships, with_peers

from .conftest import BROMSGROVE, MakeWorkspace

NORTH = "north-worcestershire"
LAST = Period.parse("2024-07..2025-06")


def test_fifteen_peers_of_the_same_nation_nearest_first(areas: Areas) -> None:
    for key in (NORTH, "cardiff"):
        partnership = areas.partnerships[key]
        peers = most_similar_partnerships(partnership, areas)
        assert len(peers) == min(15, len(peers)) and key not in [p.key for p, _ in peers]
        assert {p.nation for p, _ in peers} == {partnership.nation}
        distances = [distance for _, distance in peers]
        assert distances == sorted(distances)


def test_the_nearest_is_found_by_a_slow_loop_as_well(areas: Areas) -> None:
    own = areas.partnerships[NORTH]
    english = [p for p in areas.partnerships_of("published") if p.nation == "england" and p.valid_to is None]
    table = {p.key: np.array(features_of(p, areas)) for p in english}
    spread = np.std(list(table.values()), axis=0)
    gaps = {
        key: float(np.sqrt((((found - table[NORTH]) / spread) ** 2).sum()))
        for key, found in table.items()
        if key != NORTH
    }
    slow = sorted(gaps, key=lambda key: gaps[key])[:15]
    fast = most_similar_partnerships(own, areas)
    assert [p.key for p, _ in fast] == slow
    assert [distance for _, distance in fast] == pytest.approx([gaps[key] for key in slow])


def official(areas: Areas, keys: list[str], rate: float) -> list[dict[str, Any]]:
    """One published total per row of the official table, at about one rate per 1,000 residents."""
    rows = []
    for key in keys:
        place = areas.partnerships[key]
        each = round(areas.residents(place) * rate / 1000 / len(place.c2_codes))
        rows += [
            {"first": "2024-07", "last": "2025-06", "offence": "all", "count": each, "area_code": code}
            for code in place.c2_codes
        ]
    return rows


def test_a_rate_far_above_its_peers_is_higher(workspace_of: MakeWorkspace, shipped: Definitions, areas: Areas) -> None:
    peers = [p.key for p, _ in most_similar_partnerships(areas.partnerships[NORTH], areas)]
    ws = workspace_of(counts=[*official(areas, peers, 60), *official(areas, [NORTH], 90)])
    found = with_peers(shipped.measure("official-total-rate"), NORTH, LAST, ws)
    assert found.comparison is not None and found.reason == ""
    assert (found.comparison.position, found.comparison.n, found.comparison.rank) == ("higher", 15, 16)
    assert [peer.key for peer in found.known] == peers
    assert "Census of 2021" in found.chosen_words
    assert found.own.value == pytest.approx(90, abs=0.01)


def test_below_four_peers_there_is_no_rank(workspace_of: MakeWorkspace, shipped: Definitions, areas: Areas) -> None:
    peers = [p.key for p, _ in most_similar_partnerships(areas.partnerships[NORTH], areas)][:3]
    ws = workspace_of(counts=official(areas, [*peers, NORTH], 60))
    found = with_peers(shipped.measure("official-total-rate"), NORTH, LAST, ws)
    assert found.reason == "too-few-peers" and found.comparison is not None
    assert (found.comparison.rank, found.comparison.position, len(found.known)) == (None, "too-few-peers", 3)
    assert len(found.peers) == 15  # those without a figure are named too


def test_an_area_without_a_figure_is_not_compared(
    workspace_of: MakeWorkspace, shipped: Definitions, areas: Areas
) -> None:
    peers = [p.key for p, _ in most_similar_partnerships(areas.partnerships[NORTH], areas)]
    found = with_peers(
        shipped.measure("official-total-rate"), NORTH, LAST, workspace_of(counts=official(areas, peers, 60))
    )
    assert (found.comparison, found.reason) == (None, "no-supply")


def test_counts_and_parts_of_a_partnership_have_no_peers(workspace_of: MakeWorkspace, shipped: Definitions) -> None:
    ws = workspace_of()
    with pytest.raises(NotPossible, match="per 1,000"):
        with_peers(shipped.measure("official-total"), NORTH, LAST, ws)
    with pytest.raises(NotPossible, match="Only partnerships"):
        with_peers(shipped.measure("official-total-rate"), BROMSGROVE, LAST, ws)

"""A partnership's rate beside those of the partnerships most like it.

Peers are the nearest fifteen within the nation over Census variables. They are alike in people and
setting, not in policing or recording: the page that shows them says so.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from frankpledge.engine.analysis.peers import compare_with_peers, most_similar
from frankpledge.engine.definitions.areas import Areas, Partnership
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.measures.compute import compute_for
from frankpledge.engine.measures.place import find_place
from frankpledge.engine.measures.results import Peer, PeersResult

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace

GROUP_SIZE = 15
ALIKE = (
    "The partnerships of the same nation nearest on five characteristics of the Census of 2021, each measured in "
    "standard deviations: residents (logarithm), residents per hectare (logarithm), residents per household, share "
    "aged 16 to 24 and share aged 65 and over."
)
LIMITS = (
    "Peers are alike in people and setting, not in visitors, deprivation, policing or recording.",
    "Similarity is not mutual: a partnership can be a peer of another without the reverse.",
)


def features_of(partnership: Partnership, areas: Areas) -> tuple[float, ...]:
    """The five characteristics that likeness is measured on; NaN where a table lacks one."""
    residents, households = areas.residents(partnership), areas.households(partnership)
    hectares, ages = areas.hectares(partnership), areas.population_by_age(partnership)
    if min(residents, households, hectares) <= 0:
        return (math.nan,) * 5
    return (
        math.log(residents),
        math.log(residents / hectares),
        residents / households,
        ages["16-24"] / residents,
        ages["65+"] / residents,
    )


def most_similar_partnerships(
    partnership: Partnership, areas: Areas, size: int = GROUP_SIZE
) -> tuple[tuple[Partnership, float], ...]:
    """The nearest partnerships in force within the nation, with their distances, nearest first.

    Peers are published partnerships only: an invented one has peers but is nobody's peer.
    """
    others = [
        p
        for p in areas.partnerships_of("published")
        if p.nation == partnership.nation and p.valid_to is None and p.key != partnership.key
    ]
    group = most_similar([features_of(p, areas) for p in (partnership, *others)], 0, size)
    return tuple((others[index - 1], distance) for index, distance in zip(group.indices, group.distances, strict=True))


def with_peers(measure: MeasureDefinition, area: str, period: Period, ws: Workspace) -> PeersResult:
    """The rate of a partnership beside its peers', from the same source, for the same period.

    Peers without a figure are listed as such. No rank and no position below four peers with one. Raises
    `NotPossible` for an area that is not a partnership, or a measure that is not a rate.
    """
    place = find_place(area, ws)
    if place.kind != "partnership":
        raise NotPossible(
            "Only partnerships have peers.", "Ask for the partnership that the area belongs to, not for a part of it."
        )
    if measure.kind != "rate":
        raise NotPossible(
            f"'{measure.title}' is not a rate, and counts of areas of different size cannot be set side by side.",
            "Choose the measure of the same name per 1,000 residents.",
        )
    own = compute_for(measure, place, period, ws)
    partnership = ws.areas.partnerships[place.key]
    chosen = most_similar_partnerships(partnership, ws.areas)
    peers = tuple(
        Peer(p.key, p.name, distance, compute_for(measure, find_place(p.key, ws), period, ws)) for p, distance in chosen
    )
    source = dict(own.provenance.filter).get("source", ())
    known = [p for p in peers if p.result.known and dict(p.result.provenance.filter).get("source") == source]
    result = PeersResult(
        measure=measure.key,
        area=place.key,
        area_name=place.name,
        period=period,
        own=own,
        peers=peers,
        chosen_words=ALIKE,
        caveats=(*measure.caveats, *LIMITS, *_notes(partnership, [p.key for p in peers], ws)),
    )
    return _compared(result, known, measure)


def _compared(result: PeersResult, known: list[Peer], measure: MeasureDefinition) -> PeersResult:
    own = result.own
    if not measure.peers:
        return replace(result, reason="not-for-peers")
    if own.numerator is None or own.denominator is None:
        return replace(result, reason=own.reason or "no-supply")
    comparison = compare_with_peers(
        own.numerator,
        own.denominator,
        [float(p.result.numerator or 0) for p in known],
        [float(p.result.denominator or math.nan) for p in known],
        per=measure.per,
    )
    reason = "too-few-peers" if comparison.position == "too-few-peers" else ""
    return replace(result, comparison=comparison, reason=reason, caveats=(*result.caveats, *comparison.caveats))


def _notes(partnership: Partnership, peers: list[str], ws: Workspace) -> list[str]:
    """Where a row of the official table does not quite cover a partnership's area, its figure says so."""
    involved = [partnership, *(ws.areas.partnerships[key] for key in peers)]
    return [f"{p.name}: {p.c2_note}" for p in involved if p.c2_note]

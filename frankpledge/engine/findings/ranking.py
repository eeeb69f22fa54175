"""Which findings matter most: the rule that orders the first page.

Importance = (how far the change lies beyond chance + how far the rate lies beyond the peers' limits
+ half of how far the districts lie apart beyond chance) x (a quarter + the square root of the theme's
share of all incidents) x (1 + harm / 4).

*Beyond chance* is the natural logarithm of that end of the interval of the ratio which lies nearest
to no change: nothing at all where the interval holds 1. *Beyond the peers' limits* is the logarithm of
the rate over the nearer 99.8 per cent funnel limit, and nothing inside the limits. The square root
keeps the many shop thefts from drowning the few robberies. Harm is the mean of the harm scores that
people gave, 0 where they gave none.

Four kinds follow each other: what differs beyond chance (with months that are missing, and new
definitions that look like changes); then that most themes hold steady; then what gathers in few
places; then what is too small to tell. Each theme speaks at most once in the first kind.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from frankpledge.engine.analysis.change import CountChange
from frankpledge.engine.findings.beside import Beside
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence
from frankpledge.engine.findings.official import OfficialSeries
from frankpledge.engine.findings.places import Places
from frankpledge.engine.findings.readings import Readings
from frankpledge.engine.findings.redefined import Redefined, find_redefined
from frankpledge.engine.findings.score_sheet import ScoreSheet
from frankpledge.engine.findings.wording.change import direction_of
from frankpledge.engine.findings.wording.places import is_concentrated
from frankpledge.engine.measures.results import Comparison

CandidateKind = Literal["redefined", "change", "official", "peers", "districts", "gap", "steady", "gathered", "few"]
TIERS: dict[CandidateKind, int] = {
    "redefined": 0,
    "change": 0,
    "official": 0,
    "peers": 0,
    "districts": 0,
    "gap": 0,
    "steady": 1,
    "gathered": 2,
    "few": 3,
}
# Findings of one kind on one page: such things are true of most themes in most areas.
MOST_OF_KIND: dict[CandidateKind, int] = {"districts": 1, "gathered": 2, "peers": 2}


@dataclass(frozen=True)
class Candidate:
    """A finding that could stand on the first page."""

    kind: CandidateKind
    importance: float
    evidence: Evidence | None = None
    beside: Beside | None = None
    places: Places | None = None
    official: OfficialSeries | None = None
    redefined: Redefined | None = None
    steady: tuple[Evidence, ...] = ()


def beyond_chance(change: CountChange | None) -> float:
    """How far a ratio lies beyond chance: log of the nearer end of its interval, at least 0."""
    if change is None:
        return 0.0
    if change.lower > 1:
        return math.log(change.lower)
    return -math.log(change.upper) if change.upper and change.upper < 1 else 0.0


def tested_change(comparison: Comparison | None) -> float:
    """As `beyond_chance`, and nothing where the page's false-discovery control takes the verdict away."""
    if comparison is None or direction_of(comparison) not in ("rose", "fell"):
        return 0.0
    return beyond_chance(comparison.change)


def beyond_peers(beside: Beside | None) -> float:
    """How far a rate lies beyond the peers' 99.8 per cent limits, as a logarithm; 0 inside them."""
    if beside is None or beside.found.funnel_998 is None or not beside.found.rate:
        return 0.0
    low, high = beside.found.funnel_998
    if high > 0 and beside.found.rate > high:
        return math.log(beside.found.rate / high)
    return math.log(low / beside.found.rate) if low > beside.found.rate else 0.0


def districts_apart(places: Places | None) -> float:
    """How far the highest district lies above the lowest beyond chance and the choice of the pair."""
    if places is None or not places.differ:
        return 0.0
    return beyond_chance(places.apart)


def harm_of(theme: str, sheet: ScoreSheet, context: Context) -> float:
    """The mean of the harm scores that people gave a theme, 0 to 4; 0 where they gave none."""
    criteria = [c.key for c in context.scoring.criteria if c.section == "harm"]
    scores = [s for s in (sheet.cell(theme, key).score for key in criteria) if s is not None]
    return sum(scores) / len(scores) if scores else 0.0


def weight(share: float, harm: float) -> float:
    """Volume and harm of a theme: what lies beyond chance is multiplied by it. `share` 0 to 1, `harm` 0 to 4."""
    return (0.25 + math.sqrt(min(1.0, max(0.0, share)))) * (1 + harm / 4)


def ranked(readings: Readings, sheet: ScoreSheet, context: Context) -> tuple[Candidate, ...]:
    """All candidates, the most important first."""
    evidences = readings.evidences
    whole = max((_count(e) for e in evidences), default=0.0)
    found: list[Candidate] = []
    for evidence in evidences:
        heavy = weight(_count(evidence) / whole if whole else 1.0, harm_of(evidence.theme.key, sheet, context))
        found += _of_theme(evidence, readings, heavy)
    missing = len(context.window) - len(context.held_in_window)
    if missing:
        # A year with holes cannot be read as a year: as important as half of that share of everything.
        found.append(Candidate("gap", 0.5 * missing / len(context.window)))
    steady = tuple(e for e in evidences if e.lead.comparison and direction_of(e.lead.comparison) == "no-clear-change")
    if len(steady) > 1:
        found.append(Candidate("steady", 1.0, steady=steady))
    return tuple(sorted(found, key=lambda c: (TIERS[c.kind], -c.importance)))


def chosen(candidates: tuple[Candidate, ...], most: int) -> tuple[Candidate, ...]:
    """The first page: at most `most` candidates, one a theme, few of one kind."""
    kept: list[Candidate] = []
    for candidate in candidates:
        themes = {c.evidence.theme.key for c in kept if c.evidence is not None}
        again = candidate.evidence is not None and candidate.evidence.theme.key in themes
        of_kind = sum(c.kind == candidate.kind for c in kept)
        if not again and of_kind < MOST_OF_KIND.get(candidate.kind, most) and len(kept) < most:
            kept.append(candidate)
    return tuple(kept)


def _count(evidence: Evidence) -> float:
    """How many there are: rows of the window, or the latest official year where no row is held."""
    volume = evidence.lead.volume
    if volume is not None and volume.value is not None:
        return volume.value
    years = [s.latest.value for s in evidence.official if s.latest is not None and s.measure.kind == "count"]
    return max((value for value in years if value is not None), default=0.0)


def _of_theme(evidence: Evidence, readings: Readings, heavy: float) -> list[Candidate]:
    key = evidence.theme.key
    beside, places = readings.besides.get(key), readings.places.get(key)
    redefined = find_redefined(evidence.official, readings.rules)
    change, apart, spread = tested_change(evidence.lead.comparison), beyond_peers(beside), districts_apart(places)
    loudest = max(evidence.official, key=lambda s: tested_change(s.comparison), default=None)
    official = tested_change(loudest.comparison) if loudest is not None else 0.0
    total = (max(change, official) + apart + 0.5 * spread) * heavy
    common = {"evidence": evidence, "beside": beside, "places": places}
    found: list[Candidate] = []
    if redefined is not None:
        found.append(Candidate("redefined", redefined.loudness * heavy, redefined=redefined, **common))  # type: ignore[arg-type]
    elif change > 0 and change >= official:
        found.append(Candidate("change", total, **common))  # type: ignore[arg-type]
    elif official > 0:
        found.append(Candidate("official", total, official=loudest, **common))  # type: ignore[arg-type]
    elif apart > 0:
        found.append(Candidate("peers", total, **common))  # type: ignore[arg-type]
    elif spread > 0:
        found.append(Candidate("districts", total, **common))  # type: ignore[arg-type]
    gathered = places.gathered if places is not None else None
    if gathered is not None and gathered.areas_for_half and is_concentrated(gathered, places and places.adjusted_p):
        by_chance = gathered.areas_for_half_by_chance or 0.5
        found.append(Candidate("gathered", math.log(by_chance / gathered.areas_for_half) * heavy, **common))  # type: ignore[arg-type]
    if not found and evidence.known and (evidence.lead.comparison is None or _few(evidence.lead.comparison)):
        found.append(Candidate("few", heavy, **common))  # type: ignore[arg-type]
    return found


def _few(comparison: Comparison) -> bool:
    return direction_of(comparison) in ("too-few", "no-data", "definition-change")

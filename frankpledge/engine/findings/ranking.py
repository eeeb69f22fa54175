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
definitions that look like changes); then that most themes hold steady and stand where similar areas
stand; then what gathers in few places; then what is too small to tell. Each theme speaks at most
once in the first kind.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
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

CandidateKind = Literal[
    "redefined", "change", "official", "peers", "districts", "gap", "steady", "alike", "gathered", "few"
]
TIERS: dict[CandidateKind, int] = {
    "redefined": 0,
    "change": 0,
    "official": 0,
    "peers": 0,
    "districts": 0,
    "gap": 0,
    "steady": 1,
    "alike": 1,
    "gathered": 2,
    "few": 3,
}
# Findings of one kind on one page: such things are true of most themes in most areas.
MOST_OF_KIND: dict[CandidateKind, int] = {"districts": 1, "gathered": 2, "peers": 2, "few": 2}


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
    alike: tuple[tuple[Evidence, Beside], ...] = ()


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
        found += _of_theme(evidence, readings, Scale(whole, harm_of(evidence.theme.key, sheet, context)))
    missing = len(context.window) - len(context.held_in_window)
    if missing:
        # A year with holes cannot be read as a year: as important as half of that share of everything.
        found.append(Candidate("gap", 0.5 * missing / len(context.window)))
    steady = tuple(e for e in evidences if _is_steady(e))
    if len(steady) > 1:
        found.append(Candidate("steady", 1.0, steady=steady))
    alike = _alike(readings)
    if len(alike) > 1:
        found.append(Candidate("alike", 0.5, alike=alike))
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


def _alike(readings: Readings) -> tuple[tuple[Evidence, Beside], ...]:
    """Themes whose rate stands where similar partnerships' stand."""
    pairs = ((e, readings.besides.get(e.theme.key)) for e in readings.evidences)
    return tuple((e, b) for e, b in pairs if b is not None and b.mean is not None and b.found.position == "similar")


def _is_steady(evidence: Evidence) -> bool:
    """Whether chance explains the change of the leading measure; invented rows say nothing either way."""
    comparison = evidence.lead.comparison
    return comparison is not None and not evidence.synthetic and direction_of(comparison) == "no-clear-change"


def _count(evidence: Evidence) -> float:
    """How many there are: rows of the window, or the latest official year where no row is held."""
    volume = evidence.lead.volume
    if volume is not None and volume.value is not None:
        return volume.value
    years = [s.latest.value for s in evidence.official if s.latest is not None and s.measure.kind == "count"]
    return max((value for value in years if value is not None), default=0.0)


@dataclass(frozen=True)
class Scale:
    """What volumes are a share of, and the harm of a theme."""

    whole: float
    harm: float

    def of(self, count: float) -> float:
        """The weight of a count."""
        return weight(count / self.whole if self.whole else 1.0, self.harm)


def _of_theme(evidence: Evidence, readings: Readings, scale: Scale) -> list[Candidate]:
    """What a theme could put on the first page: at most one thing beyond chance, and where it gathers."""
    key = evidence.theme.key
    base = Candidate("few", 0.0, evidence, readings.besides.get(key), readings.places.get(key))
    found: list[Candidate] = []
    differing = _differing(base, readings, scale)
    if differing is not None:
        found.append(differing)
    places = base.places
    gathered = places.gathered if places is not None else None
    if places and gathered and gathered.areas_for_half and is_concentrated(gathered, places.adjusted_p):
        by_chance = gathered.areas_for_half_by_chance or 0.5
        importance = math.log(by_chance / gathered.areas_for_half) * scale.of(_count(evidence))
        found.append(replace(base, kind="gathered", importance=importance))
    comparison = evidence.lead.comparison
    if not found and evidence.known and not evidence.synthetic and (comparison is None or _few(comparison)):
        found.append(replace(base, importance=scale.of(_count(evidence))))
    return found


def _differing(base: Candidate, readings: Readings, scale: Scale) -> Candidate | None:
    """The loudest of what a theme has beyond chance; None where chance explains everything."""
    evidence = base.evidence
    assert evidence is not None
    redefined = find_redefined(evidence.official, readings.rules)
    if redefined is not None:
        heavy = scale.of(float(redefined.total.counts[1]))
        return replace(base, kind="redefined", importance=redefined.loudness * heavy, redefined=redefined)
    beyond = beyond_peers(base.beside) + 0.5 * districts_apart(base.places)
    change = 0.0 if evidence.synthetic else tested_change(evidence.lead.comparison)
    heavy = scale.of(_count(evidence))
    options = [replace(base, kind="change", importance=(change + beyond) * heavy)] if change > 0 else []
    for series in evidence.official:
        moved = tested_change(series.comparison)
        if moved > 0 and series.latest is not None:
            importance = (moved + beyond) * scale.of(series.latest.value or 0.0)
            options.append(replace(base, kind="official", importance=importance, official=series))
    if not options and beyond > 0:
        kind: CandidateKind = "peers" if beyond_peers(base.beside) > 0 else "districts"
        options.append(replace(base, kind=kind, importance=beyond * heavy))
    return max(options, key=lambda c: c.importance, default=None)


def _few(comparison: Comparison) -> bool:
    return direction_of(comparison) in ("too-few", "no-data", "definition-change")

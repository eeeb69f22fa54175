"""Which findings matter most.

Importance = (how far the change lies beyond chance + how far the rate lies beyond the peers' limits)
x (a quarter + the square root of the theme's share of all incidents) x (1 + harm / 4).

*Beyond chance* is the natural logarithm of that end of the interval of the ratio which lies nearest
to no change: nothing at all where the interval holds 1. *Beyond the peers' limits* is the logarithm of
the rate over the nearer 99.8 per cent funnel limit, and nothing inside the limits. The square root
keeps the many shop thefts from drowning the few robberies. Harm is the mean of the harm scores that
people gave, 0 where they gave none. A theme with neither change nor distance still has its volume, so
that a page can be filled; those come last.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from frankpledge.engine.findings.beside import Beside
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence
from frankpledge.engine.findings.score_sheet import ScoreSheet
from frankpledge.engine.findings.wording.change import direction_of
from frankpledge.engine.measures.results import Comparison

CandidateKind = Literal["change", "peers", "no-change", "too-few", "gap"]


@dataclass(frozen=True)
class Candidate:
    """A finding that could stand on the first page."""

    kind: CandidateKind
    importance: float
    evidence: Evidence | None
    beside: Beside | None = None


def beyond_chance(comparison: Comparison | None) -> float:
    """How far a change lies beyond chance: log of the nearer end of the ratio's interval, at least 0."""
    if comparison is None or comparison.change is None or direction_of(comparison) not in ("rose", "fell"):
        return 0.0
    change = comparison.change
    if change.lower > 1:
        return math.log(change.lower)
    return -math.log(change.upper) if change.upper and change.upper < 1 else 0.0


def beyond_peers(beside: Beside | None) -> float:
    """How far a rate lies beyond the peers' 99.8 per cent limits, as a logarithm; 0 inside them."""
    if beside is None or beside.found.funnel_998 is None or not beside.found.rate:
        return 0.0
    low, high = beside.found.funnel_998
    if high > 0 and beside.found.rate > high:
        return math.log(beside.found.rate / high)
    return math.log(low / beside.found.rate) if low > beside.found.rate else 0.0


def harm_of(theme: str, sheet: ScoreSheet, context: Context) -> float:
    """The mean of the harm scores that people gave a theme, 0 to 4; 0 where they gave none."""
    criteria = [c.key for c in context.scoring.criteria if c.section == "harm"]
    scores = [s for s in (sheet.cell(theme, key).score for key in criteria) if s is not None]
    return sum(scores) / len(scores) if scores else 0.0


def weight(evidence: Evidence, whole: float, harm: float) -> float:
    """Volume and harm of a theme: what a change beyond chance is multiplied by."""
    volume = evidence.lead.volume
    count = volume.value if volume is not None and volume.value is not None else 0.0
    share = min(1.0, count / whole) if whole > 0 else 0.0
    return (0.25 + math.sqrt(share)) * (1 + harm / 4)


def ranked(
    evidences: tuple[Evidence, ...], besides: dict[str, Beside], sheet: ScoreSheet, context: Context
) -> tuple[Candidate, ...]:
    """One candidate a theme, and one for months that are missing; the most important first."""
    whole = max((e.lead.volume.value or 0.0 for e in evidences if e.lead.volume is not None), default=0.0)
    found = [_candidate(e, besides.get(e.theme.key), sheet, context, whole) for e in evidences if e.known]
    missing = len(context.window) - len(context.held_in_window)
    if missing:
        # A year with holes cannot be read as a year: as important as losing that share of everything.
        found.append(Candidate("gap", 0.5 * missing / len(context.window), None))
    order = {"change": 0, "peers": 0, "gap": 0, "no-change": 1, "too-few": 2}
    return tuple(sorted(found, key=lambda c: (order[c.kind], -c.importance)))


def _candidate(
    evidence: Evidence, beside: Beside | None, sheet: ScoreSheet, context: Context, whole: float
) -> Candidate:
    comparison = evidence.lead.comparison
    heavy = weight(evidence, whole, harm_of(evidence.theme.key, sheet, context))
    change, apart = beyond_chance(comparison), beyond_peers(beside)
    if change > 0:
        return Candidate("change", (change + apart) * heavy, evidence, beside)
    if apart > 0:
        return Candidate("peers", apart * heavy, evidence, beside)
    few = comparison is None or direction_of(comparison) in ("too-few", "no-data", "definition-change")
    return Candidate("too-few" if few else "no-change", heavy, evidence, beside)

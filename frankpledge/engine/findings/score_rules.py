"""Cells of the scoring matrix that data can score, by the rules that the definition names."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from frankpledge.engine.definitions.shapes import Criterion
from frankpledge.engine.findings.beside import Beside
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence
from frankpledge.engine.findings.places import Places
from frankpledge.engine.findings.readings import Readings
from frankpledge.engine.findings.score_sheet import RULE, ScoreCell
from frankpledge.engine.findings.wording.change import direction_of
from frankpledge.engine.findings.wording.numbers import decimal_text, number_of, percent_text
from frankpledge.engine.findings.wording.places import is_concentrated
from frankpledge.engine.findings.wording.spans import span
from frankpledge.engine.measures.results import Comparison


@dataclass(frozen=True)
class _Ruled:
    """What a rule found: the figure that is held against the bands, and why."""

    value: float
    reason: str
    evidence: str
    confidence: str


def ruled_cells(readings: Readings, context: Context) -> dict[tuple[str, str], ScoreCell]:
    """Every cell that a rule can score; a rule without data leaves its cell open."""
    cells: dict[tuple[str, str], ScoreCell] = {}
    for evidence in readings.evidences:
        key = evidence.theme.key
        for criterion in context.scoring.criteria:
            found = _by_rule(criterion, evidence, readings, context)
            if found is not None:
                score = band_of(found.value, criterion.bands)
                cells[key, criterion.key] = ScoreCell(
                    key, criterion.key, score, found.reason, found.evidence, found.confidence, RULE
                )
    return cells


def band_of(value: float, bands: tuple[float, ...]) -> int:
    """The score of a value: how many lower edges it reaches.

    >>> band_of(0.4, (0.5, 2, 5, 15)), band_of(5, (0.5, 2, 5, 15))
    (0, 3)
    """
    return bisect_right(bands, value)


def _by_rule(criterion: Criterion, evidence: Evidence, readings: Readings, context: Context) -> _Ruled | None:
    key = evidence.theme.key
    match criterion.rule:
        case "volume":
            return _volume(evidence, context)
        case "trend":
            return _trend(evidence)
        case "spread":
            return _spread(evidence, readings.places.get(key))
        case "peers":
            return _peers(readings.besides.get(key))
        case _:
            return None


def _volume(evidence: Evidence, context: Context) -> _Ruled | None:
    """Recorded a month for each 10,000 residents: a mean of whole months, never a year made of some."""
    volume = evidence.lead.volume
    residents = context.ws.areas.residents(context.partnership)
    if volume is None or volume.value is None or residents <= 0:
        return None
    months = len(volume.period)
    value = volume.value / months / residents * 10_000
    return _Ruled(
        value,
        f"{decimal_text(value)} a month for each 10,000 residents, over {number_of(months, 'month')}",
        volume.figure_id,
        "high" if months == 12 else "medium",
    )


def _trend(evidence: Evidence) -> _Ruled | None:
    """The tested change; a change that chance explains counts as none."""
    comparison = _comparison(evidence)
    if comparison is None or comparison.change is None:
        return None
    direction, percent = direction_of(comparison), comparison.change.percent
    periods = f"{span(comparison.before.period)} with {span(comparison.after.period)}"
    confidence = "high" if len(comparison.after.period) == 12 else "medium"
    if direction == "no-clear-change":
        return _Ruled(0.0, f"no clear change, {periods}", comparison.after.figure_id, confidence)
    if direction not in ("rose", "fell") or percent is None:
        return None
    return _Ruled(percent, f"{direction} {percent_text(percent)}, {periods}", comparison.after.figure_id, confidence)


def _comparison(evidence: Evidence) -> Comparison | None:
    """Official years before invented rows; else the rows counted like for like."""
    lead = evidence.lead.comparison
    if lead is not None and lead.after.provenance.origin == "synthetic":
        official = [s.comparison for s in evidence.official if s.comparison is not None and s.comparison.change]
        return official[0] if official else lead
    return lead


def _spread(evidence: Evidence, places: Places | None) -> _Ruled | None:
    """The share of small areas that holds half; only where the counts can show concentration at all."""
    found = places.gathered if places is not None else None
    volume = evidence.lead.volume
    if places is None or found is None or found.areas_for_half is None or volume is None:
        return None
    if not is_concentrated(found, places.adjusted_p):
        return _Ruled(100.0, "spread as evenly as chance would spread it", volume.figure_id, "medium")
    share = 100 * found.areas_for_half
    return _Ruled(share, f"half of it lies in {percent_text(share)} of small areas", volume.figure_id, "medium")


def _peers(beside: Beside | None) -> _Ruled | None:
    if beside is None or not beside.found.rate or not beside.found.peer_mean:
        return None
    ratio = beside.found.rate / beside.found.peer_mean
    confidence = "high" if beside.official else "medium"
    where = f"{number_of(beside.found.n, 'similar partnership')}, {span(beside.rate.period)}"
    if beside.found.position == "similar":
        return _Ruled(1.0, f"in line with {where}", beside.rate.figure_id, confidence)
    if beside.found.position not in ("higher", "lower"):
        return None
    return _Ruled(ratio, f"{decimal_text(ratio, 2)} times the average of {where}", beside.rate.figure_id, confidence)

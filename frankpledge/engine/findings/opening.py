"""The three findings that a first screen opens with.

A definition may name their kinds and measures; their sentences are always written from the figures,
and a finding that the figures do not bear is left out rather than forced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from frankpledge.engine.definitions.areas import Partnership
from frankpledge.engine.definitions.periods import Period, first_day
from frankpledge.engine.definitions.shapes import BreakDefinition, MeasureDefinition, OpeningFinding
from frankpledge.engine.documents.blocks import Finding, figures_in
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.findings.assessment import make_context
from frankpledge.engine.findings.claims import Claim
from frankpledge.engine.findings.context import Context, report_of
from frankpledge.engine.findings.official import OfficialSeries, official
from frankpledge.engine.findings.ranking import ranked
from frankpledge.engine.findings.readings import read
from frankpledge.engine.findings.redefined import Redefined
from frankpledge.engine.findings.score_sheet import ScoreSheet
from frankpledge.engine.findings.sections.opened import redefined_finding, small_count_finding, total_finding
from frankpledge.engine.findings.sections.summary import summary_findings
from frankpledge.engine.findings.wording.redefinition import Part, moved_between
from frankpledge.engine.measures.comparing import comparable_periods, compare
from frankpledge.engine.measures.monthly import held_period
from frankpledge.engine.measures.results import Comparison, MeasureResult
from frankpledge.engine.measures.workspace import Workspace

OPENING = "opening"
MOST = 3


@dataclass(frozen=True, eq=False)
class Opening:
    """What a first screen opens with. `figures` holds every figure shown or claimed, by id."""

    findings: tuple[Finding, ...] = ()
    figures: Mapping[str, MeasureResult] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()


def opening_findings(ws: Workspace, partnership: Partnership) -> tuple[Finding, ...]:
    """The findings of the first screen, numbered; empty where nothing of the partnership is held."""
    return opening(ws, partnership).findings


def opening(ws: Workspace, partnership: Partnership) -> Opening:
    """The findings of the first screen with the figures that they show; empty where nothing is held."""
    through = _latest(ws, partnership)
    if through is None:
        return Opening()
    try:
        context = make_context(ws, partnership, through, _day_after(through))
    except NotPossible:
        return Opening()
    findings = _named(context) or summary_findings(ranked(read(context), ScoreSheet(), context), context)[:MOST]
    return Opening(findings, context.ledger.figures_for(figures_in(findings)), context.ledger.claims)


def _named(context: Context) -> tuple[Finding, ...]:
    """The findings that a definition names for this partnership, as far as its figures bear them."""
    definition = context.ws.definitions.reports.get(OPENING)
    key = context.partnership.key
    if definition is None or key not in (definition.partnerships or (key,)):
        return ()
    found = [FINDERS[one.kind](one, context) for one in definition.findings]
    kept = [finding for finding in found if finding is not None][:MOST]
    return tuple(_numbered(finding, number) for number, finding in enumerate(kept, start=1))


def _latest(ws: Workspace, partnership: Partnership) -> int | None:
    """The last month from which rows of the partnership can be counted."""
    lead = report_of(ws.definitions).themes[0].lead
    held = held_period(ws.definitions.measure(lead.partition(":")[2]), partnership.key, ws)
    return held.last if held is not None else None


def _day_after(through: int) -> date:
    return first_day(through + 1)


def _numbered(finding: Finding, number: int) -> Finding:
    return Finding(**{**finding.__dict__, "number": number, "anchor": f"finding-{number}"})


def _measure(reference: str | None, context: Context) -> MeasureDefinition | None:
    return context.measure(reference) if reference else None


def _periods(one: OpeningFinding, measure: MeasureDefinition, context: Context) -> tuple[Period, Period] | None:
    """The two periods named, or the last two that can be compared."""
    if one.before and one.after:
        return Period.parse(one.before), Period.parse(one.after)
    found = comparable_periods(measure, context.area, context.through, context.ws)
    return (found[0], found[1]) if found is not None else None


def _part(measure: MeasureDefinition, periods: tuple[Period, Period], context: Context) -> Part:
    comparison = compare(measure, context.area, *periods, context.ws)
    return Part(measure, comparison.before, comparison.after)


def _redefined(one: OpeningFinding, context: Context) -> Finding | None:
    total = _measure(one.total, context)
    rule = context.ws.definitions.resolve(one.broken_by) if one.broken_by else None
    if total is None or not isinstance(rule, BreakDefinition):
        return None
    periods = _periods(one, total, context)
    if periods is None:
        return None
    measures = [context.measure(reference) for reference in one.measures]
    found = Redefined(
        tuple(_part(measure, periods, context) for measure in measures), _part(total, periods, context), rule
    )
    if not moved_between(found.parts, found.total, rule):
        return None
    series = [official(measure, context) for measure in (*measures, total)]
    return redefined_finding(found, tuple(s for s in series if s is not None), context)


def _small(one: OpeningFinding, context: Context) -> Finding | None:
    series, comparison = _compared(one, context)
    if series is None or comparison is None:
        return None
    return small_count_finding(series, comparison, context)


def _total(one: OpeningFinding, context: Context) -> Finding | None:
    series, comparison = _compared(one, context)
    if series is None or comparison is None:
        return None
    beside = None
    if one.beside and one.beside in context.ws.areas.partnerships:
        other = compare(series.measure, one.beside, comparison.before.period, comparison.after.period, context.ws)
        years = official(series.measure, context, one.beside)
        beside = (other, years) if other.change is not None and years is not None else None
    return total_finding(series, comparison, beside, context)


def _compared(one: OpeningFinding, context: Context) -> tuple[OfficialSeries | None, Comparison | None]:
    """The yearly series and the tested change of the measure named; Nones where either is lacking."""
    measure = _measure(one.measure, context)
    periods = _periods(one, measure, context) if measure is not None else None
    if measure is None or periods is None:
        return None, None
    series: OfficialSeries | None = official(measure, context)
    comparison = compare(measure, context.area, *periods, context.ws)
    return (series, comparison) if comparison.change is not None else (None, None)


FINDERS: dict[str, Callable[[OpeningFinding, Context], Finding | None]] = {
    "definition-change": _redefined,
    "small-count": _small,
    "total": _total,
}

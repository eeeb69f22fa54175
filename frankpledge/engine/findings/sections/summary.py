"""The first page: the findings that most deserve the board's time."""

from __future__ import annotations

from frankpledge.engine.documents.blocks import Chart, Finding, Link, Words
from frankpledge.engine.findings.beside import Beside
from frankpledge.engine.findings.claims import Sentence
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import CHANGES, Evidence
from frankpledge.engine.findings.ranking import Candidate, beyond_peers
from frankpledge.engine.findings.sections.changes import like_for_like
from frankpledge.engine.findings.sections.months import months_chart
from frankpledge.engine.findings.wording.absence import held_sentence, level_sentence
from frankpledge.engine.findings.wording.change import (
    change_sentence,
    change_title,
    direction_of,
    may_mean,
    sureness,
)
from frankpledge.engine.findings.wording.composing import together, unclaimed
from frankpledge.engine.findings.wording.numbers import capital, number_of, small_number
from frankpledge.engine.findings.wording.peers import peer_mean_figure, peers_sentence


def summary_findings(candidates: tuple[Candidate, ...], context: Context) -> tuple[Finding, ...]:
    """The most important candidates as findings, numbered."""
    chosen = candidates[: context.report.summary_findings]
    return tuple(_finding(candidate, number, context) for number, candidate in enumerate(chosen, start=1))


def _finding(candidate: Candidate, number: int, context: Context) -> Finding:
    if candidate.evidence is None:
        return _gap_finding(number, context)
    if candidate.kind == "peers" and candidate.beside is not None:
        return _peer_finding(candidate.evidence, candidate.beside, number, context)
    return change_finding(candidate.evidence, candidate.beside, number, context)


def change_finding(evidence: Evidence, beside: Beside | None, number: int, context: Context) -> Finding:
    """A theme by its change, with its place among peers where that is beyond their limits."""
    lead, measure, ledger = evidence.lead, evidence.measure, context.ledger
    assert lead.volume is not None
    ledger.keep(lead.volume)
    if lead.comparison is None:
        said = together(
            level_sentence(lead.volume, measure),
            unclaimed("The same months of the year before are not held, so no change can be stated."),
        )
        title: Words = f"{capital(measure.noun)}: no earlier months to compare with"
        tag, mark, ask = "Not known", "unknown", "no-data"
    else:
        ledger.keep_comparison(lead.comparison)
        said = together(
            change_sentence(lead.comparison, measure, family=CHANGES),
            like_for_like(lead),
            _peers_said(beside, context),
            may_mean(lead.comparison, measure),
        )
        title = change_title(lead.comparison, measure)
        (tag, mark), ask = sureness(lead.comparison), direction_of(lead.comparison)
    return Finding(
        title=title,
        meaning=ledger.say(said),
        sureness=tag,
        sureness_mark=mark,  # type: ignore[arg-type]
        question=_question(evidence, ask),
        chart=_chart(evidence, title, number, context),
        links=(Link(f"Read about {evidence.theme.title.lower()}", f"#{evidence.theme.key}"),),
        number=number,
        anchor=f"finding-{number}",
    )


def _peers_said(beside: Beside | None, context: Context) -> Sentence | None:
    """The place among peers, only where it lies beyond the wide limits that a page of findings needs."""
    if beside is None or beyond_peers(beside) == 0:
        return None
    context.ledger.keep(beside.rate, peer_mean_figure(beside.rate, beside.found))
    return peers_sentence(beside.rate, beside.found, beside.measure)


def _peer_finding(evidence: Evidence, beside: Beside, number: int, context: Context) -> Finding:
    ledger, noun = context.ledger, evidence.measure.noun
    more = beside.found.position == "higher"
    ledger.keep(evidence.lead.volume, beside.rate, peer_mean_figure(beside.rate, beside.found))
    comparison = evidence.lead.comparison
    if comparison is not None:
        ledger.keep_comparison(comparison)
    said = together(
        peers_sentence(beside.rate, beside.found, beside.measure),
        change_sentence(comparison, evidence.measure, family=CHANGES) if comparison is not None else None,
        unclaimed("Areas differ in how they record and in who visits them, so a different rate is a question, "
                  "not a verdict."),
    )  # fmt: skip
    title = f"{'More' if more else 'Fewer'} {noun} than most similar partnerships have"
    return Finding(
        title=title,
        meaning=ledger.say(said),
        sureness="Sure of the difference; cause not known",
        sureness_mark="concern" if more else "sure",
        question=_question(evidence, "higher" if more else "lower"),
        chart=_chart(evidence, title, number, context),
        links=(Link(f"Read about {evidence.theme.title.lower()}", f"#{evidence.theme.key}"),),
        number=number,
        anchor=f"finding-{number}",
    )


def _gap_finding(number: int, context: Context) -> Finding:
    missing = len(context.window) - len(context.held_in_window)
    said = together(
        held_sentence(context.window, context.held),
        unclaimed("What follows is true of the months held; a season or a late surge in the others would not show."),
    )
    return Finding(
        title=f"{capital(number_of(missing, 'month'))} of the {small_number(len(context.window))} cannot be counted",
        meaning=context.ledger.say(said),
        sureness="Sure: the files are not held",
        sureness_mark="sure",
        question="Who will supply the missing months, and by when?",
        links=(Link("What this covers, and what it cannot", "#coverage"),),
        number=number,
        anchor=f"finding-{number}",
    )


def _question(evidence: Evidence, direction: str) -> str:
    ask = evidence.theme.ask
    return ask.get(direction) or ask.get("no-clear-change") or "What would we need to know to act on this?"


def _chart(evidence: Evidence, title: Words, number: int, context: Context) -> Chart | None:
    return months_chart(evidence, context, key=f"finding-{number}-chart", title=title)

"""The first page: the findings that most deserve the board's time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from frankpledge.engine.definitions.periods import month_words
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.documents.blocks import Finding, Link, Words
from frankpledge.engine.findings.beside import Beside
from frankpledge.engine.findings.claims import Sentence
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import CHANGES, OFFICIAL_CHANGES, Evidence
from frankpledge.engine.findings.places import DISTRICTS, PLACES
from frankpledge.engine.findings.ranking import Candidate, CandidateKind, beyond_peers, chosen
from frankpledge.engine.findings.sections.months import months_chart
from frankpledge.engine.findings.sections.officials import years_chart
from frankpledge.engine.findings.sections.opened import redefined_finding
from frankpledge.engine.findings.sections.steady import alike_finding, steady_finding
from frankpledge.engine.findings.sections.where import rates_chart
from frankpledge.engine.findings.wording.absence import held_sentence, level_sentence
from frankpledge.engine.findings.wording.change import (
    Mark,
    change_sentence,
    change_title,
    direction_of,
    may_mean,
    sureness,
)
from frankpledge.engine.findings.wording.composing import figure, together, unclaimed, words
from frankpledge.engine.findings.wording.numbers import capital, number_of, small_number
from frankpledge.engine.findings.wording.places import concentration_sentence, districts_sentence, half_figures

Writer = Callable[[Candidate, str, Context], Finding]


def summary_findings(candidates: tuple[Candidate, ...], context: Context) -> tuple[Finding, ...]:
    """The most important candidates as findings, numbered."""
    page = chosen(candidates, context.report.summary_findings)
    return tuple(write_finding(candidate, number, context) for number, candidate in enumerate(page, start=1))


def write_finding(candidate: Candidate, number: int, context: Context) -> Finding:
    """One candidate as a finding."""
    found = WRITERS[candidate.kind](candidate, f"finding-{number}", context)
    return Finding(**{**found.__dict__, "number": number, "anchor": f"finding-{number}"})


def _change(candidate: Candidate, key: str, context: Context) -> Finding:
    evidence = candidate.evidence
    assert evidence is not None and evidence.lead.comparison is not None
    comparison, measure = evidence.lead.comparison, evidence.measure
    context.ledger.keep_comparison(comparison)
    said = together(
        change_sentence(comparison, measure, family=CHANGES),
        _peers_said(candidate.beside, context),
        may_mean(comparison, evidence.theme.means),
    )
    title = change_title(comparison, measure)
    tag, mark = sureness(comparison)
    return Finding(
        title=title,
        meaning=context.ledger.say(said),
        sureness=tag,
        sureness_mark=mark,
        question=question_of(evidence, direction_of(comparison)),
        chart=months_chart(evidence, context, key=f"{key}-chart", title=title),
        links=links_of(evidence),
    )


def _official(candidate: Candidate, key: str, context: Context) -> Finding:
    evidence, series = candidate.evidence, candidate.official
    assert evidence is not None and series is not None and series.comparison is not None
    context.ledger.keep(*series.years)
    context.ledger.keep_comparison(series.comparison)
    said = together(
        change_sentence(series.comparison, series.measure, family=OFFICIAL_CHANGES),
        _peers_said(candidate.beside, context),
        may_mean(series.comparison, evidence.theme.means if _leads(evidence, series.measure) else None),
    )
    title = change_title(series.comparison, series.measure)
    tag, mark = sureness(series.comparison)
    return Finding(
        title=title,
        meaning=context.ledger.say(said),
        sureness=tag,
        sureness_mark=mark,
        question=question_of(evidence, direction_of(series.comparison), series.measure),
        chart=years_chart(series, context, key=f"{key}-chart", title=title),
        links=links_of(evidence),
    )


def _redefined(candidate: Candidate, key: str, context: Context) -> Finding:
    evidence, found = candidate.evidence, candidate.redefined
    assert evidence is not None and found is not None
    finding = redefined_finding(found, evidence.official, context)
    return Finding(**{**finding.__dict__, "links": links_of(evidence)})


def _peers_said(beside: Beside | None, context: Context) -> Sentence | None:
    """The place among peers, only where it lies beyond the wide limits that a page of findings needs."""
    if beside is None or beyond_peers(beside) == 0:
        return None
    context.ledger.keep(beside.rate, beside.mean, *beside.peers)
    return beside.sentence()


def _peers(candidate: Candidate, key: str, context: Context) -> Finding:
    evidence, beside = candidate.evidence, candidate.beside
    assert evidence is not None and beside is not None
    more = beside.found.position == "higher"
    said = together(
        _peers_said(beside, context),
        unclaimed("Areas differ in how they record and in who visits them, so this is a question, not a verdict."),
    )
    title = f"{'More' if more else 'Fewer'} {beside.measure.noun.partition(' per ')[0]} than most similar partnerships"
    return Finding(
        title=title,
        meaning=context.ledger.say(said),
        sureness="Sure of the difference; cause not known",
        sureness_mark="concern" if more else "sure",
        question=question_of(evidence, "higher" if more else "lower"),
        chart=months_chart(evidence, context, key=f"{key}-chart", title=title),
        links=links_of(evidence),
    )


def _districts(candidate: Candidate, key: str, context: Context) -> Finding:
    evidence, places = candidate.evidence, candidate.places
    assert evidence is not None and places is not None and places.apart is not None
    assert evidence.rate_measure is not None
    lowest, highest = places.by_rate[0], places.by_rate[-1]
    context.ledger.keep(lowest, highest)
    said = together(
        districts_sentence(
            lowest,
            highest,
            places.apart,
            places.pairs,
            evidence.rate_measure,
            adjusted_p=places.apart_adjusted_p,
            family=DISTRICTS,
        ),
        unclaimed("A district with a busy town centre counts crimes of people who do not live there."),
    )
    noun = evidence.measure.noun
    title = f"{highest.area_name} has the highest rate of {noun}"
    return Finding(
        title=title,
        meaning=context.ledger.say(said),
        sureness="Sure of the difference; cause not known",
        sureness_mark="concern",
        question=f"Is our work in {highest.area_name} in proportion to this, and what would its residents say?",
        chart=rates_chart(
            places, context, key=f"{key}-chart", title=title, subtitle=f"{capital(noun)} per 1,000 residents"
        ),
        links=links_of(evidence),
    )


def _gathered(candidate: Candidate, key: str, context: Context) -> Finding:
    evidence, places = candidate.evidence, candidate.places
    assert evidence is not None and places is not None and places.gathered is not None
    volume = evidence.lead.volume
    assert volume is not None
    figures = half_figures(volume, places.gathered)
    assert figures is not None
    context.ledger.keep(volume, *figures)
    said = together(
        concentration_sentence(volume, places.gathered, evidence.measure, adjusted_p=places.adjusted_p, family=PLACES),
        unclaimed("Work in a few places can therefore reach half of it."),
    )
    title = words(f"Half of {evidence.measure.noun} lie in ", figure(figures[0]), " small areas")
    return Finding(
        title=title,
        meaning=context.ledger.say(said),
        sureness="Sure: tested against chance",
        sureness_mark="sure",
        question="Does each of these places have a plan, an owner and a date to look again?",
        links=links_of(evidence),
    )


def _gap(candidate: Candidate, key: str, context: Context) -> Finding:
    missing = len(context.window) - len(context.held_in_window)
    all_months = small_number(len(context.window))
    title = f"{capital(number_of(missing, 'month'))} of the {all_months} cannot be counted"
    caution = "What follows is true of the months held; a season or a late surge in the others would not show."
    if not context.held_in_window:
        title = f"None of the {all_months} months is held"
        caution = f"The last month held is {month_words(context.held[-1])}: an assessment through it can say more."
    said = together(held_sentence(context.window, context.held), unclaimed(caution))
    return Finding(
        title=title,
        meaning=context.ledger.say(said),
        sureness="Sure: the files are not held",
        sureness_mark="sure",
        question="Who will supply the missing months, and by when?",
        links=(Link("What this covers, and what it cannot", "#coverage"),),
    )


def _few(candidate: Candidate, key: str, context: Context) -> Finding:
    evidence = candidate.evidence
    assert evidence is not None and evidence.lead.volume is not None
    lead, measure = evidence.lead, evidence.measure
    context.ledger.keep(lead.volume)
    context.ledger.keep_comparison(lead.comparison)
    title: Words
    mark: Mark
    if lead.comparison is None:
        said = together(
            level_sentence(evidence.lead.volume, measure),
            unclaimed("The same months of the year before are not held, so no change can be stated."),
        )
        title, tag, mark, ask = (
            f"{capital(measure.noun)}: no earlier months to compare with",
            "Not known",
            "unknown",
            "",
        )
    else:
        said = change_sentence(lead.comparison, measure, family=CHANGES)
        title, (tag, mark) = change_title(lead.comparison, measure), sureness(lead.comparison)
        ask = direction_of(lead.comparison)
    return Finding(
        title=title,
        meaning=context.ledger.say(said),
        sureness=tag,
        sureness_mark=mark,
        question=question_of(evidence, ask),
        chart=months_chart(evidence, context, key=f"{key}-chart", title=title),
        links=links_of(evidence),
    )


def _steady(candidate: Candidate, key: str, context: Context) -> Finding:
    return steady_finding(candidate.steady, context)


def _alike(candidate: Candidate, key: str, context: Context) -> Finding:
    return alike_finding(candidate.alike, context)


def question_of(evidence: Evidence, direction: str, measure: MeasureDefinition | None = None) -> str:
    """The question for the board that the report's definition keeps for what was found.

    Those questions are about the theme's leading measure; of any other `measure` a plain one is asked.
    """
    if measure is not None and not _leads(evidence, measure):
        return "What lies behind this, and which partner can tell us?"
    ask = evidence.theme.ask
    return ask.get(direction) or ask.get("no-clear-change") or "What would we need to know to act on this?"


def _leads(evidence: Evidence, measure: MeasureDefinition) -> bool:
    """Whether a measure speaks for its theme: its leading one, or the first of the official ones."""
    return measure.key in (evidence.measure.key, *(series.measure.key for series in evidence.official[:1]))


def links_of(evidence: Evidence) -> tuple[Link, ...]:
    """The way on from a finding."""
    return (Link(f"Read about {evidence.theme.title[:1].lower()}{evidence.theme.title[1:]}", f"#{evidence.theme.key}"),)


WRITERS: Mapping[CandidateKind, Writer] = {
    "redefined": _redefined,
    "change": _change,
    "official": _official,
    "peers": _peers,
    "districts": _districts,
    "gap": _gap,
    "steady": _steady,
    "alike": _alike,
    "gathered": _gathered,
    "few": _few,
}

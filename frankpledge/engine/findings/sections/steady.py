"""That most themes hold steady, or stand where similar areas stand, is a finding too.

Nobody need chase differences that chance explains.
"""

from __future__ import annotations

from collections.abc import Sequence

from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.documents.blocks import Finding, Link, Words
from frankpledge.engine.findings.beside import Beside
from frankpledge.engine.findings.claims import Claim, Sentence
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import CHANGES, Evidence
from frankpledge.engine.findings.wording.absence import rate_words
from frankpledge.engine.findings.wording.change import TESTS
from frankpledge.engine.findings.wording.composing import figure, sentence, together, unclaimed, words
from frankpledge.engine.findings.wording.numbers import capital, opening_number
from frankpledge.engine.findings.wording.peers import PEER_TEST
from frankpledge.engine.findings.wording.spans import span
from frankpledge.engine.measures.results import Comparison

MOST_NAMED = 5


def steady_finding(steady: Sequence[Evidence], context: Context) -> Finding:
    """Themes whose change chance explains, as one finding."""
    first = steady[0].lead.comparison
    named = [e for e in steady if _periods(e.lead.comparison) == _periods(first)][:MOST_NAMED]
    for evidence in named:
        context.ledger.keep_comparison(evidence.lead.comparison)
    said = together(
        _sentence(named),
        unclaimed("A difference that chance explains needs no explanation and no new target."),
    )
    return Finding(
        title=f"{opening_number(len(steady))} themes show no clear change",
        meaning=context.ledger.say(said),
        sureness="Tested: chance could explain the differences",
        sureness_mark="unknown",
        question="Which of these matter most whatever their direction, and is what we do there working?",
        links=tuple(Link(e.theme.title, f"#{e.theme.key}") for e in named),
    )


def _periods(comparison: Comparison | None) -> tuple[Period, Period] | None:
    return (comparison.before.period, comparison.after.period) if comparison is not None else None


def _sentence(named: Sequence[Evidence]) -> Sentence:
    """The themes with both counts, and one claim for each."""
    comparisons = [e.lead.comparison for e in named if e.lead.comparison is not None]
    first = comparisons[0]
    parts: list[Words] = []
    for number, (evidence, comparison) in enumerate(zip(named, comparisons, strict=True)):
        link = "" if number == 0 else (" and " if number == len(named) - 1 else ", ")
        noun = capital(evidence.measure.noun) if number == 0 else evidence.measure.noun
        parts.append(words(link, f"{noun} (", figure(comparison.after), " after ", figure(comparison.before), ")"))
    text = words(
        *parts,
        f" differ between {span(first.after.period)} and {span(first.before.period)} no more than chance explains.",
    )
    claims: list[Claim] = []
    for comparison in comparisons:
        change = comparison.change
        assert change is not None
        claims += sentence(
            text,
            aspect="steady",
            results=(comparison.before, comparison.after),
            direction="no-clear-change",
            test=TESTS[change.method],
            p=change.p,
            adjusted_p=comparison.adjusted_p,
            family=CHANGES if comparison.adjusted_p is not None else "",
            estimate=change.ratio,
        ).claims
    return Sentence(text, tuple(claims))


def alike_finding(alike: Sequence[tuple[Evidence, Beside]], context: Context) -> Finding:
    """Themes whose rate is in line with similar partnerships, as one finding."""
    first = alike[0][1].rate.period
    named = [(e, b) for e, b in alike if b.rate.period == first][:MOST_NAMED]
    for _, beside in named:
        context.ledger.keep(beside.rate, beside.mean, *beside.peers)
    said = together(
        _alike_sentence([beside for _, beside in named]),
        unclaimed("Being like others is no reason to be content: all may have too much of it."),
    )
    return Finding(
        title=f"{opening_number(len(alike))} themes are in line with similar partnerships",
        meaning=context.ledger.say(said),
        sureness="Tested: chance and ordinary variety could explain the differences",
        sureness_mark="unknown",
        question="Which similar partnership has much less of one of these, and have we asked it how?",
        links=tuple(Link(e.theme.title, f"#{e.theme.key}") for e, _ in named),
    )


def _alike_sentence(named: Sequence[Beside]) -> Sentence:
    """Each rate with the peers' mean, and one claim for each."""
    parts: list[Words] = []
    for number, beside in enumerate(named):
        link = "" if number == 0 else (" and " if number == len(named) - 1 else ", ")
        noun = beside.measure.noun.partition(" per ")[0]
        mean = beside.mean
        assert mean is not None
        shown = (capital(noun) if number == 0 else noun, figure(beside.rate), figure(mean), rate_words(beside.rate))
        parts.append(words(link, f"{shown[0]} (", shown[1], " beside ", shown[2], f" {shown[3]})"))
    when = span(named[0].rate.period)
    text = words(
        *parts,
        f" differ in {when} no more from the average of similar partnerships than chance and ordinary variety explain.",
    )
    claims = [claim for b in named for claim in alike_claims(text, b)]
    return Sentence(text, tuple(claims))


def alike_claims(text: Words, beside: Beside) -> tuple[Claim, ...]:
    """The claim that one rate is similar."""
    assert beside.mean is not None
    return sentence(
        text,
        aspect="alike",
        results=(beside.mean, beside.rate),
        direction="similar",
        test=PEER_TEST,
        estimate=beside.found.rate / beside.found.peer_mean if beside.found.rate and beside.found.peer_mean else None,
    ).claims

"""That most themes hold steady is a finding too: nobody need chase differences that chance explains."""

from __future__ import annotations

from collections.abc import Sequence

from frankpledge.engine.documents.blocks import Finding, Link, Words
from frankpledge.engine.findings.claims import Claim, Sentence
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import CHANGES, Evidence
from frankpledge.engine.findings.wording.change import TESTS
from frankpledge.engine.findings.wording.composing import figure, sentence, together, unclaimed, words
from frankpledge.engine.findings.wording.numbers import capital, opening_number
from frankpledge.engine.findings.wording.spans import span

MOST_NAMED = 5


def steady_finding(steady: Sequence[Evidence], context: Context) -> Finding:
    """Themes whose change chance explains, as one finding."""
    named = steady[:MOST_NAMED]
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

"""A change of definition that looks like a change of crime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.engine.analysis.change import compare_counts
from frankpledge.engine.definitions.periods import month_of, month_words
from frankpledge.engine.definitions.shapes import BreakDefinition, MeasureDefinition
from frankpledge.engine.documents.blocks import Words
from frankpledge.engine.findings.claims import Claim, Sentence
from frankpledge.engine.findings.derived import derive
from frankpledge.engine.findings.wording.change import TESTS
from frankpledge.engine.findings.wording.composing import figure, sentence, together, unclaimed, words
from frankpledge.engine.findings.wording.numbers import capital
from frankpledge.engine.findings.wording.spans import span
from frankpledge.engine.measures.results import MeasureResult

NOISE = 0.05  # a part must have moved by more than chance at this level to need an explanation


@dataclass(frozen=True)
class Part:
    """One count before and after the new rule."""

    measure: MeasureDefinition
    before: MeasureResult
    after: MeasureResult

    @property
    def counts(self) -> tuple[int, int]:
        """The two whole counts; zero where a figure is not known (see `usable`)."""
        return int(self.before.value or 0), int(self.after.value or 0)

    @property
    def usable(self) -> bool:
        """Whether both figures are known and there was something before."""
        return self.before.known and self.after.known and bool(self.before.value)

    @property
    def percent(self) -> MeasureResult:
        """The change in per cent, as a figure; what it means is another question."""
        before, after = self.counts
        return derive(
            (self.before, self.after),
            f"change-from-{str(self.before.period).replace('..', '-to-').replace('/', '-')}",
            100 * (after / before - 1),
            unit="per cent change",
            how=f"the later count divided by the earlier one, less 1, times 100, across a new definition: "
            f"{self.before.period} to {self.after.period}",
        )


def falls_between(rule: BreakDefinition, before: MeasureResult, after: MeasureResult) -> bool:
    """Whether the new rule began after the first period and no later than the second one began."""
    return before.period.last < month_of(rule.on) <= after.period.first


def moved_between(parts: Sequence[Part], total: Part, rule: BreakDefinition) -> bool:
    """Whether figures moved between the parts of a total that itself did not clearly change.

    True only where the rule began between the periods, at least one part rose and one fell by more
    than chance, and the total's change is one that chance explains.
    """
    if (
        len(parts) < 2
        or not all(p.usable for p in (*parts, total))
        or not falls_between(rule, total.before, total.after)
    ):
        return False
    verdicts = {compare_counts(*p.counts, method="exact", level=1 - NOISE).verdict for p in parts}
    return {"rose", "fell"} <= verdicts and compare_counts(*total.counts, method="exact").verdict == "no-clear-change"


def redefinition_title(parts: Sequence[Part], total: Part) -> Words:
    """The finding in at most 15 words."""
    loudest = max(parts, key=lambda p: abs(p.percent.value or 0.0))
    way = "rise" if (loudest.percent.value or 0) > 0 else "fall"
    return words(
        f"{capital(total.measure.noun)} hardly changed: the ", figure(loudest.percent), f" {way} is a new definition"
    )


def redefinition_sentences(parts: Sequence[Part], total: Part, rule: BreakDefinition) -> Sentence:
    """What moved, what did not, and why: with one claim for each part and one for the total."""
    return together(
        unclaimed(f"The rule changed in {month_words(month_of(rule.on))}. {rule.reason}"),
        _parts_sentence(parts),
        _total_sentence(total),
    )


def _parts_sentence(parts: Sequence[Part]) -> Sentence:
    said: list[Words] = []
    claims: list[Claim] = []
    for number, part in enumerate(parts):
        link = "" if number == 0 else (" and " if number == len(parts) - 1 else ", ")
        noun = capital(part.measure.noun) if number == 0 else part.measure.noun
        said.append(words(link, f"{noun} went from ", figure(part.before), " to ", figure(part.after)))
    text = words(*said, ": the records moved between them with the new rule.")
    for part in parts:
        change = compare_counts(*part.counts, method="exact")
        claims += sentence(
            text,
            aspect="redefined",
            results=(part.before, part.after),
            direction="definition-change",
            test=TESTS["exact"],
            p=change.p,
            estimate=change.ratio,
        ).claims
    return Sentence(text, tuple(claims))


def _total_sentence(total: Part) -> Sentence:
    change = compare_counts(*total.counts, method="exact")
    return sentence(
        words(
            "Together they went from ",
            figure(total.before),
            f" in {span(total.before.period)} to ",
            figure(total.after),
            f" in {span(total.after.period)}, which chance alone explains.",
        ),
        aspect="redefined-total",
        results=(total.before, total.after),
        direction="no-clear-change",
        test=TESTS["exact"],
        p=change.p,
        estimate=change.ratio,
    )

"""What may be said of a change between two counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from frankpledge.engine.analysis.change import SMALL
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.documents.blocks import Words
from frankpledge.engine.findings.claims import Direction, Sentence
from frankpledge.engine.findings.derived import change_figure
from frankpledge.engine.findings.wording.composing import figure, place, sentence, unclaimed, words
from frankpledge.engine.findings.wording.numbers import capital, odds_text, p_text, small_number
from frankpledge.engine.findings.wording.spans import span
from frankpledge.engine.measures.results import Comparison

TESTS = {
    "quasi-poisson": "quasi-Poisson test of the same months of two periods",
    "e-test": "E-test of two Poisson counts",
    "exact": "exact conditional test of two Poisson counts",
}
Mark = Literal["sure", "concern", "too-few", "unknown"]
NOT_KNOWN: tuple[str, Mark] = ("Not known", "unknown")


def direction_of(comparison: Comparison) -> Direction:
    """Rose, fell, no clear change, too few, no data: from the test, adjusted where it is one of many.

    Across a new definition no direction is claimed at all. A verdict that does not survive the
    false-discovery control of its page is no clear change.
    """
    change = comparison.change
    if change is None:
        return "definition-change" if comparison.reason == "definition-change" else "no-data"
    moved = change.verdict in ("rose", "fell")
    if moved and comparison.adjusted_p is not None and comparison.adjusted_p >= 1 - change.level:
        return "no-clear-change"
    return change.verdict


def is_small(comparison: Comparison) -> bool:
    """Whether one of the two counts is too small for an arrow or a percentage."""
    change = comparison.change
    return change is not None and min(change.before, change.after) < SMALL


def change_sentence(comparison: Comparison, measure: MeasureDefinition, *, family: str = "") -> Sentence:
    """The change in one sentence or two, with its claim.

    Where one of the figures is not known there is nothing to say of a change: the sentence then
    says why, and claims no data.
    """
    said = _said(comparison, measure)
    change = comparison.change
    return sentence(
        said,
        aspect="change",
        results=(comparison.before, comparison.after),
        direction=direction_of(comparison),
        test=TESTS[change.method] if change else "",
        p=change.p if change else None,
        adjusted_p=comparison.adjusted_p,
        family=family if comparison.adjusted_p is not None else "",
        estimate=change.ratio if change else None,
    )


def _said(comparison: Comparison, measure: MeasureDefinition) -> Words:
    match direction_of(comparison):
        case "rose" | "fell" as direction:
            return _moved(comparison, measure, direction)
        case "no-clear-change":
            return _unclear(comparison, measure)
        case "too-few":
            return words(_both(comparison, measure), ": too few to tell a change from chance.")
        case _:
            return _untested(comparison, measure)


def _moved(comparison: Comparison, measure: MeasureDefinition, direction: str) -> Words:
    before, after = comparison.before, comparison.after
    percent = change_figure(comparison)
    size: Words = ""
    if percent is not None and not is_small(comparison):
        size = words(", ", "up " if direction == "rose" else "down ", figure(percent))
    return words(
        f"{capital(measure.noun)} in {place(after)} {direction} from ",
        figure(before),
        f" in {span(before.period)} to ",
        figure(after),
        f" in {span(after.period)}",
        size,
        f": {_beyond(comparison)}.",
    )


def _beyond(comparison: Comparison) -> str:
    change = comparison.change
    assert change is not None
    if change.dispersion is None:
        return "more than counting chance explains"
    if change.method == "quasi-poisson":
        return "more than chance explains, even allowing for how much months vary"
    return "more than chance explains"


def _unclear(comparison: Comparison, measure: MeasureDefinition) -> Words:
    change = comparison.change
    assert change is not None
    both = _both(comparison, measure)
    if change.before == change.after:
        return words(both, ": no change.")
    if change.verdict in ("rose", "fell"):
        return words(
            both,
            ": no clear change. Among as many measures as are tested here, a difference of this size is to be "
            f"expected somewhere by chance ({p_text(change.p)}; {p_text(comparison.adjusted_p or change.p)} "
            "allowing for the number of tests).",
        )
    return words(
        both,
        f": no clear change. Luck alone would bring a difference of this size or larger {odds_text(change.p)} "
        f"({p_text(change.p)}).",
    )


def _both(comparison: Comparison, measure: MeasureDefinition) -> Words:
    before, after = comparison.before, comparison.after
    return words(
        f"{place(after)} had ",
        figure(after),
        f" {measure.noun} in {span(after.period)} and ",
        figure(before),
        f" in {span(before.period)}",
    )


def _untested(comparison: Comparison, measure: MeasureDefinition) -> Words:
    before, after = comparison.before, comparison.after
    if before.known and after.known:
        reason = comparison.reason_words or "the two figures are not counted in the same way"
        return words(_both(comparison, measure), f". They cannot be compared: {reason.rstrip('.')}.")
    lacking = after if not after.known else before
    return (
        f"No change in {measure.noun} in {place(after)} can be stated: for {span(lacking.period)} "
        f"{lacking.reason_words or 'there is no figure'}."
    )


def change_title(comparison: Comparison, measure: MeasureDefinition, short: str = "") -> Words:
    """A finding as a title of at most 15 words."""
    percent = change_figure(comparison)
    noun = short or measure.noun
    match direction_of(comparison):
        case "rose" | "fell" as direction:
            if percent is None or is_small(comparison):
                return f"{capital(noun)} {direction}, though the numbers are small"
            return words(f"{capital(noun)} {direction} ", figure(percent))
        case "no-clear-change" if is_small(comparison):
            return words(
                figure(comparison.after, capital(small_number(int(comparison.after.value or 0)))),
                f" {noun} after ",
                figure(comparison.before, small_number(int(comparison.before.value or 0))),
                ": this could be chance",
            )
        case "no-clear-change":
            return f"No clear change in {noun}"
        case "too-few":
            return f"Too few {noun} to tell a change from chance"
        case "definition-change":
            return f"{capital(noun)}: what is recorded changed, so years cannot be compared"
        case _:
            return f"No change in {noun} can be stated"


GENERAL_MEANING = {
    "rose": "It may mean that more happened, that more was reported, or that more of what was reported was recorded: "
    "these figures cannot tell which.",
    "fell": "It may mean that less happened, that less was reported, or that it was recorded differently: these "
    "figures cannot tell which.",
}


def may_mean(comparison: Comparison, means: Mapping[str, str] | None = None) -> Sentence | None:
    """What a tested change can and cannot mean: the theme's own words, else general ones. None without a change."""
    direction = direction_of(comparison)
    if direction not in ("rose", "fell"):
        return None
    return unclaimed((means or {}).get(direction) or GENERAL_MEANING[direction])


def interval_sentence(comparison: Comparison) -> Sentence | None:
    """How large the change could be, where the interval is finite."""
    percent = change_figure(comparison)
    if percent is None or percent.lower is None or percent.upper is None or is_small(comparison):
        return None
    said = words(
        "The change lies between ",
        _signed(percent.lower),
        " and ",
        _signed(percent.upper),
        " per cent (95 per cent interval).",
    )
    return Sentence(said)


def _signed(value: float) -> str:
    size = round(value)
    return "0" if size == 0 else f"{'+' if size > 0 else '−'}{abs(size):,d}"


def sureness(comparison: Comparison) -> tuple[str, Mark]:
    """How sure we are, as words for the tag and its mark."""
    change = comparison.change
    match direction_of(comparison):
        case "rose" | "fell" if change is not None and change.dispersion is None:
            return "Real in the records; cause not known", "concern"
        case "rose" | "fell":
            return "Sure of the change; cause not known", "concern"
        case "too-few":
            return "Too few to tell", "too-few"
        case "no-clear-change" if is_small(comparison):
            return "Too few to tell", "too-few"
        case "no-clear-change":
            return "Tested: chance could explain it", "unknown"
        case "definition-change":
            return "Known change of rule", "sure"
        case _:
            return NOT_KNOWN

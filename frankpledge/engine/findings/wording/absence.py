"""What may be said where there is nothing to count: missing, suppressed and zero are not the same."""

from __future__ import annotations

from collections.abc import Sequence

from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.documents.blocks import Words
from frankpledge.engine.findings.claims import Sentence
from frankpledge.engine.findings.wording.composing import figure, place, sentence, unclaimed, words
from frankpledge.engine.findings.wording.numbers import number_of, small_number
from frankpledge.engine.findings.wording.spans import months_text, span
from frankpledge.engine.measures.results import MeasureResult


def gaps_sentence(gaps: Sequence[Period]) -> Sentence | None:
    """The months without a file between the first and the last that have one."""
    if not gaps:
        return None
    months = [month for gap in gaps for month in gap.months]
    return unclaimed(
        f"No file is held for {months_text(months)}: that is no data, not zero, and no line or total reaches across it."
    )


def held_sentence(window: Period, held: Sequence[int]) -> Sentence:
    """How many months of the window have been supplied."""
    inside = [month for month in held if month in window]
    if len(inside) == len(window):
        return unclaimed(f"All {small_number(len(window))} months of {span(window)} have been supplied.")
    if not inside:
        return unclaimed(f"Of {span(window)} no month has been supplied.")
    verb = "has" if len(inside) == 1 else "have"
    return unclaimed(
        f"Of the {small_number(len(window))} months to {span(window).removeprefix('the year to ')}, "
        f"{small_number(len(inside))} {verb} been supplied: {months_text(inside)}. "
        "So no yearly total is given; like months are set beside like months instead."
    )


def absent_sentence(result: MeasureResult, measure: MeasureDefinition) -> Sentence:
    """Why a figure is not there, as a claim that it is not."""
    if result.status == "suppressed":
        said = f"The number of {measure.noun} in {place(result)} is withheld: {result.reason_words}."
    elif result.missing_months:
        said = (
            f"No figure of {measure.noun} for {span(result.period)}: {months_text(result.missing_months)} "
            f"{'has' if len(result.missing_months) == 1 else 'have'} not been supplied."
        )
    else:
        said = f"No figure of {measure.noun} for {span(result.period)}: {result.reason_words or 'none is held'}."
    return sentence(said, aspect="absent", results=(result,), direction="no-data")


def level_sentence(result: MeasureResult, measure: MeasureDefinition, rate: MeasureResult | None = None) -> Sentence:
    """How many there were; nothing is compared."""
    if result.value is None:
        return absent_sentence(result, measure)
    said: Words
    if result.value == 0:
        said = f"No {measure.noun} stand in the records of {place(result)} for {span(result.period)}: a true zero."
        return sentence(said, aspect="level", results=(result,), direction="level")
    said = words(f"{place(result)} had ", figure(result), f" {measure.noun} in {span(result.period)}")
    results: tuple[MeasureResult, ...] = (result,)
    if rate is not None and rate.known:
        said = words(said, ", or ", figure(rate), f" {rate_words(rate)}")
        results = (rate, result)
    return sentence(words(said, "."), aspect="level", results=results, direction="level")


def rate_words(rate: MeasureResult) -> str:
    """The unit of a rate less the thing counted: 'per 1,000 residents'."""
    _, found, rest = rate.unit.partition("per ")
    return f"per {rest}" if found else rate.unit


def series_lacking(longest: int) -> Sentence:
    """Why no season, and below twelve months no trend, can be stated; `longest` is the longest unbroken stretch."""
    stretch = number_of(longest, "month")
    if longest < 12:
        return unclaimed(
            f"No trend and no season is stated: the longest unbroken stretch has {stretch}; a trend needs 12 in a row, "
            "a season 24."
        )
    if longest < 24:
        return unclaimed(
            f"No season is stated: the longest unbroken stretch has {stretch} and a season needs 24; "
            f"{small_number(24 - longest)} more in a row would allow the test."
        )
    return unclaimed("No season is stated: the incidents are too few to test for one.")

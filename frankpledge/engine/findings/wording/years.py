"""A series of years: did it rise every year, as people like to say?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from frankpledge.engine.analysis.change import compare_counts
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.findings.claims import Direction, Sentence
from frankpledge.engine.findings.wording.change import TESTS
from frankpledge.engine.findings.wording.composing import figure, place, sentence, words
from frankpledge.engine.findings.wording.numbers import listed, number_of
from frankpledge.engine.findings.wording.spans import span
from frankpledge.engine.measures.results import MeasureResult

FEWEST_YEARS = 3


def years_sentence(
    years: Sequence[MeasureResult], measure: MeasureDefinition, crossed: Collection[Period] = ()
) -> Sentence | None:
    """Whether a count rose or fell in every year; None for fewer than three years in a row with a number.

    Each step is an exact test of two counts; the steps are told apart by what the test bears. No
    direction is told of the years in `crossed`, which may not be held against the year before because
    what is recorded changed.
    """
    if len(years) < FEWEST_YEARS or any(not year.known for year in years) or not _in_a_row(years):
        return None
    rose, fell, unclear = _steps(years, crossed)
    first, last = years[0], years[-1]
    steps = len(years) - 1
    head = words(
        f"Over {number_of(len(years), 'year')} {measure.noun} in {place(last)} went from ",
        figure(first),
        f" in {span(first.period)} to ",
        figure(last),
        f" in {span(last.period)}",
    )
    direction: Direction
    if len(rose) == steps:
        said, direction = words(head, ", rising every year by more than counting chance explains."), "consistent"
    elif len(fell) == steps:
        said, direction = words(head, ", falling every year by more than counting chance explains."), "consistent"
    else:
        told = [_told("rose", rose), _told("fell", fell), _told("did not clearly change", unclear)]
        parts = listed([part for part in told if part])
        changed = [span(year.period) for year in years[1:] if year.period in crossed]
        rule = f"what is recorded changed, so nothing is said of {listed(changed)}" if changed else ""
        tail = "; ".join(part for part in (f"they {parts}" if parts else "", rule) if part)
        said, direction = words(head, f", but not evenly: {tail}."), "not-consistent"
    return sentence(said, aspect="years", results=years, direction=direction, test=f"{TESTS['exact']}, year by year")


def _in_a_row(years: Sequence[MeasureResult]) -> bool:
    return all(b.period == a.period.shift(12) for a, b in pairwise(years))


def _steps(
    years: Sequence[MeasureResult], crossed: Collection[Period]
) -> tuple[list[MeasureResult], list[MeasureResult], list[MeasureResult]]:
    """The years that rose, that fell and that did neither clearly, each beside the year before."""
    found: dict[str, list[MeasureResult]] = {"rose": [], "fell": []}
    unclear: list[MeasureResult] = []
    for before, after in pairwise(years):
        if after.period in crossed:
            continue
        verdict = compare_counts(int(before.value or 0), int(after.value or 0), method="exact").verdict
        found.get(verdict, unclear).append(after)
    return found["rose"], found["fell"], unclear


def _told(verb: str, years: Sequence[MeasureResult]) -> str:
    return f"{verb} in {listed([span(year.period) for year in years])}" if years else ""

"""Parts of a definition that are each well formed but do not go together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frankpledge.engine.definitions.lines import Path
from frankpledge.engine.definitions.shapes import Definition, MeasureDefinition, RowSelection

# Which fields of a selection the rows of a dataset can answer.
ANSWERED_BY = {
    "incidents": ("categories", "except_categories", "offences", "outcome_groups", "flags", "hours"),
    "counts": ("offences",),
    "outcomes": ("outcome_groups",),
    "stops": ("hours",),
}


@dataclass(frozen=True)
class Contradiction:
    """Where two parts of one file do not fit, and what would."""

    path: Path
    found: str
    allowed: str
    example: str = ""


def contradictions_in(definition: Definition) -> Iterator[Contradiction]:
    """Every contradiction of a definition that has the right shape."""
    if definition.review_by <= definition.reviewed_on:
        found = f"'{definition.review_by}', not after reviewed_on"
        yield Contradiction(("review_by",), found, "a day after reviewed_on", "review_by = 2027-01-31")
    if isinstance(definition, MeasureDefinition):
        yield from _of_measure(definition)
        yield from _of_selection(("numerator",), definition.numerator)
        if isinstance(definition.denominator, RowSelection):
            yield from _of_selection(("denominator",), definition.denominator)


def _of_measure(measure: MeasureDefinition) -> Iterator[Contradiction]:
    over = measure.denominator
    if measure.kind == "count" and over is not None:
        yield Contradiction(
            ("denominator",), "a denominator of a count", "none, or kind = rate or share", 'kind = "rate"'
        )
    if measure.kind == "rate" and not isinstance(over, str):
        found = "nothing" if over is None else "rows"
        yield Contradiction(("denominator",), found, "residents or households", 'denominator = "residents"')
    if measure.kind == "share" and not isinstance(over, RowSelection):
        found = "nothing" if over is None else f"'{over}'"
        example = '[denominator]\ndataset = "incidents"'
        yield Contradiction(("denominator",), found, "a table that selects the rows to take a share of", example)
    if (measure.numerator.dataset == "counts") != (measure.frequency == "yearly"):
        allowed = "yearly for the dataset counts, monthly for every other"
        yield Contradiction(("frequency",), f"'{measure.frequency}'", allowed, 'frequency = "yearly"')


def _of_selection(where: Path, selection: RowSelection) -> Iterator[Contradiction]:
    answered = ANSWERED_BY[selection.dataset]
    for name in ANSWERED_BY["incidents"]:
        if getattr(selection, name) and name not in answered:
            allowed = f"for the dataset {selection.dataset} only {', '.join(answered)}"
            yield Contradiction((*where, name), f"'{name}'", allowed)
    if selection.dataset == "counts" and "sources" not in selection.model_fields_set:
        allowed = "the keys of the sources that publish yearly counts, in order of preference"
        yield Contradiction((*where, "sources"), "nothing", allowed, 'sources = ["ons-csp-crime"]')

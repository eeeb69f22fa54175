"""Sentences put together: words, the figures in them and the claims that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable

from frankpledge.engine.documents.blocks import Figure, Run, Text, Words, plain, runs
from frankpledge.engine.findings.claims import Claim, Direction, Sentence
from frankpledge.engine.findings.wording.numbers import count_text, decimal_text, percent_cell, percent_text
from frankpledge.engine.measures.results import MeasureResult

STATUS_CELLS = {
    "suppressed": "withheld",
    "no-data": "no data",
    "late": "not yet supplied",
    "discontinued": "discontinued",
}


def place(result: MeasureResult) -> str:
    """The name of the figure's area as a sentence says it.

    A marking in brackets, as of a demonstration, stands once on the document and not in every line.
    """
    return re.sub(r" \([^()]*\)$", "", result.area_name)


def is_percentage(result: MeasureResult) -> bool:
    """Whether the figure is a share or a change in per cent."""
    return result.unit.startswith("per cent") or result.unit.startswith("%")


def is_count(result: MeasureResult) -> bool:
    """Whether the figure is a whole count of rows."""
    return result.value is not None and result.numerator is not None and result.value == result.numerator


def number_text(result: MeasureResult) -> str:
    """The figure as a sentence shows it."""
    if result.value is None:
        return STATUS_CELLS.get(result.status, "no data")
    if is_percentage(result):
        return percent_text(result.value)
    if result.unit == "times":
        return decimal_text(result.value)
    return count_text(result.value) if result.value == int(result.value) else decimal_text(result.value)


def figure(result: MeasureResult, text: str = "", *, strong: bool = False) -> Run:
    """The number of a figure, leading back to it; plain words where there is no number."""
    if result.value is None:
        return Text(text or number_text(result))
    return Figure(result.figure_id, text or number_text(result), strong)


def cell(result: MeasureResult | None, *, signed: bool = False) -> Words:
    """The figure as a table shows it: the number, or the word for why there is none."""
    if result is None:
        return "–"
    if result.value is None:
        return STATUS_CELLS.get(result.status, "no data")
    if is_percentage(result):
        text = percent_cell(result.value, signed=signed)
    elif is_count(result) or result.value == int(result.value):
        text = count_text(result.value)
    else:
        text = decimal_text(result.value)
    if result.status == "provisional":
        text += " (p)"
    return (Figure(result.figure_id, text),)


def words(*parts: str | Run | Words) -> tuple[Run, ...]:
    """Parts run together; strings become text."""
    joined: list[Run] = []
    for part in parts:
        for run in (part,) if not isinstance(part, str | tuple) else runs(part):
            if isinstance(run, Text) and not run.text:
                continue
            last = joined[-1] if joined else None
            if (
                isinstance(run, Text)
                and isinstance(last, Text)
                and (run.strong, run.emphasis)
                == (
                    last.strong,
                    last.emphasis,
                )
            ):
                joined[-1] = Text(last.text + run.text, run.strong, run.emphasis)
            else:
                joined.append(run)
    return tuple(joined)


def sentence(
    said: Words,
    *,
    aspect: str,
    results: Iterable[MeasureResult],
    direction: Direction,
    test: str = "",
    p: float | None = None,
    adjusted_p: float | None = None,
    family: str = "",
    estimate: float | None = None,
) -> Sentence:
    """A sentence that makes one claim about `results`, given in the order before, after.

    The sentence's id is made of the aspect and of the last figure's name, so that the same sentence
    about the same figures has the same id wherever it stands.
    """
    figures = tuple(results)
    if not figures:
        raise ValueError("A claim needs at least one figure.")
    last = figures[-1]
    return Sentence(
        said,
        (
            Claim(
                sentence_id=f"{aspect}.{last.figure_id}",
                text=plain(said),
                measure=last.measure,
                figures=tuple(r.figure_id for r in figures),
                direction=direction,
                test=test,
                p=p,
                periods=tuple(dict.fromkeys(str(r.period) for r in figures)),
                adjusted_p=adjusted_p,
                family=family,
                estimate=estimate,
                area=last.area,
            ),
        ),
    )


def unclaimed(said: Words) -> Sentence:
    """A sentence that asserts nothing about figures: an explanation, a limit, a question."""
    return Sentence(said)


def together(*sentences: Sentence | None) -> Sentence:
    """Sentences as one paragraph; the claims of all."""
    kept = [s for s in sentences if s is not None and s.text]
    parts: list[str | Run | Words] = []
    for number, one in enumerate(kept):
        if number:
            parts.append(" ")
        parts.append(one.words)
    return Sentence(words(*parts), tuple(claim for one in kept for claim in one.claims))

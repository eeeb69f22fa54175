"""What the assessment covers and what it cannot."""

from __future__ import annotations

from itertools import pairwise

from frankpledge.engine.definitions.periods import Period, month_words
from frankpledge.engine.documents.blocks import Block, Heading, Items, Notice, Paragraph
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.readings import Readings
from frankpledge.engine.findings.wording.absence import gaps_sentence, held_sentence
from frankpledge.engine.findings.wording.composing import together, unclaimed
from frankpledge.engine.findings.wording.numbers import number_of
from frankpledge.engine.findings.wording.spans import runs_of, span


def coverage_blocks(readings: Readings, context: Context) -> list[Block]:
    """The window, the months held, the gaps, and what kind of thing recorded crime is."""
    runs = runs_of(context.held)
    gaps = tuple(Period(a.last + 1, b.first - 1) for a, b in pairwise(runs))
    first, last = context.held[0], context.held[-1]
    held = f"{number_of(len(context.held), 'month')} are held, {month_words(first)} to {month_words(last)}"
    if first == last:
        held = f"one month is held: {month_words(first)}"
    blocks: list[Block] = [
        Paragraph(
            context.ledger.say(
                together(
                    unclaimed(f"This assessment is about {context.place} in {span(context.window)}."),
                    held_sentence(context.window, context.held),
                )
            )
        ),
        Paragraph(f"In all, {held}."),
    ]
    missing = gaps_sentence(gaps)
    if missing is not None:
        blocks.append(Notice("Gaps", missing.words, "warning"))
    blocks.append(
        Paragraph(
            "Recorded crime is what was reported and then recorded. It leaves out what nobody reported, and it moves "
            "when people trust the police more or less, when the police record more fully, and when rules change."
        )
    )
    if not context.synthetic and not readings.timed:
        blocks.append(
            Paragraph(
                "The rows carry a month only: no day and no hour. A partner's list with times "
                "(frankpledge import incidents FILE) would show when."
            )
        )
    shared = (*readings.shared_comparison_caveats, *readings.shared_caveats)
    if shared:
        blocks += [Heading("True of every theme below", 3), Items(shared)]
    return blocks

"""How much there is of a theme and whether it changed."""

from __future__ import annotations

from collections.abc import Sequence

from frankpledge.engine.documents.blocks import Block, Column, Paragraph, Table, Words
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.derived import change_figure
from frankpledge.engine.findings.evidence import CHANGES, Counted, Evidence
from frankpledge.engine.findings.wording.absence import level_sentence
from frankpledge.engine.findings.wording.change import (
    change_sentence,
    direction_of,
    interval_sentence,
    is_small,
    may_mean,
)
from frankpledge.engine.findings.wording.composing import cell, together, unclaimed
from frankpledge.engine.findings.wording.numbers import number_of
from frankpledge.engine.findings.wording.spans import short_span
from frankpledge.engine.measures.results import Comparison

CELL_WORDS = {
    "rose": "rose",
    "fell": "fell",
    "no-clear-change": "no clear change",
    "too-few": "too few to tell",
    "no-data": "not compared",
    "definition-change": "new definition",
}


def volume_blocks(evidence: Evidence, context: Context) -> list[Block]:
    """The theme's leading measure in words: how many, changed or not, what that can mean."""
    lead, measure = evidence.lead, evidence.measure
    if lead.volume is None:
        said = unclaimed(f"No month of {context.window.words} holds {measure.noun}: that is no data, not zero.")
        return [Paragraph(context.ledger.say(said))]
    context.ledger.keep(lead.volume, evidence.rate)
    rate = evidence.rate if evidence.rate is not None and evidence.rate.known else None
    said = level_sentence(lead.volume, measure, rate)
    blocks: list[Block] = [Paragraph(context.ledger.say(said))]
    if lead.comparison is None:
        blocks.append(
            Paragraph(
                f"No month of these is held for the year before as well, so no change in {measure.noun} can be stated."
            )
        )
        return blocks
    return [*blocks, *_change_blocks(lead, context)]


def _change_blocks(counted: Counted, context: Context) -> list[Block]:
    comparison, measure = counted.comparison, counted.measure
    assert comparison is not None
    context.ledger.keep_comparison(comparison)
    said = together(
        change_sentence(comparison, measure, family=CHANGES),
        interval_sentence(comparison),
        like_for_like(counted),
        may_mean(comparison, measure),
    )
    blocks: list[Block] = [Paragraph(context.ledger.say(said))]
    blocks += [Paragraph(caveat, "small") for caveat in comparison.caveats]
    return blocks


def like_for_like(counted: Counted):  # type: ignore[no-untyped-def]
    """What was set beside what, where it is less than a year."""
    if counted.span != "like-for-like" or counted.comparison is None:
        return None
    months = number_of(len(counted.comparison.after.period), "month")
    return unclaimed(f"The same {months} of both years are compared, because other months are not held for both.")


def changes_table(counted: Sequence[Counted], context: Context, caption: str) -> Table | None:
    """Measures with a comparison, one a row; None where there is none."""
    rows: list[tuple[Words, ...]] = []
    compared = [one for one in counted if one.comparison is not None]
    for one in compared:
        comparison = one.comparison
        assert comparison is not None
        context.ledger.keep_comparison(comparison)
        rows.append((one.measure.short_title, *comparison_cells(comparison)))
    if not rows:
        return None
    results = [r for one in compared if one.comparison for r in (one.comparison.before, one.comparison.after)]
    columns = (
        Column("Measure", width=2.2),
        Column("Periods", width=1.8),
        Column("Before", numeric=True),
        Column("After", numeric=True),
        Column("Change", numeric=True),
        Column("What the test says", width=1.5),
    )
    return Table(caption, columns, tuple(rows), source=source_line(results, context.ws.definitions))


def comparison_cells(comparison: Comparison) -> tuple[Words, ...]:
    """Periods, both figures, the change in per cent and what the test says of it."""
    percent = change_figure(comparison)
    before, after = comparison.before, comparison.after
    shown = "–" if percent is None or is_small(comparison) else cell(percent, signed=True)
    return (
        f"{short_span(before.period)}, {short_span(after.period)}",
        cell(before),
        cell(after),
        shown,
        CELL_WORDS[direction_of(comparison)],
    )

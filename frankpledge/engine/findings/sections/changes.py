"""How much there is of a theme and whether it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from frankpledge.engine.documents.blocks import Block, Column, Paragraph, Table, Words
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.derived import change_figure
from frankpledge.engine.findings.evidence import CHANGES, Counted, Evidence
from frankpledge.engine.findings.readings import Readings
from frankpledge.engine.findings.wording.absence import level_sentence
from frankpledge.engine.findings.wording.change import (
    change_sentence,
    direction_of,
    interval_sentence,
    is_small,
    may_mean,
)
from frankpledge.engine.findings.wording.composing import cell, together, words
from frankpledge.engine.findings.wording.numbers import percent_cell
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


def volume_blocks(evidence: Evidence, readings: Readings, context: Context) -> list[Block]:
    """The theme's leading measure in words: how many, changed or not, what that can mean."""
    lead, measure = evidence.lead, evidence.measure
    if lead.volume is None:
        return [Paragraph(_nothing_held(evidence, context))]
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
    return [*blocks, *_change_blocks(lead, evidence.theme.means, readings, context)]


def _nothing_held(evidence: Evidence, context: Context) -> str:
    """No row can be counted: say so, and who could change it."""
    if evidence.measure.numerator.sources == ("incidents",):
        return (
            f"No list from a partner is held that marks {evidence.measure.noun}, so nothing is known of them here: "
            "that is no data, not zero. A list of incidents with such marks (frankpledge import incidents FILE) "
            "would fill this page."
        )
    return f"No month of {context.window.words} holds {evidence.measure.noun}: that is no data, not zero."


def _change_blocks(counted: Counted, means: Mapping[str, str], readings: Readings, context: Context) -> list[Block]:
    comparison, measure = counted.comparison, counted.measure
    assert comparison is not None
    context.ledger.keep_comparison(comparison)
    said = together(
        change_sentence(comparison, measure, family=CHANGES),
        interval_sentence(comparison),
        may_mean(comparison, means),
    )
    blocks: list[Block] = [Paragraph(context.ledger.say(said))]
    shared = readings.shared_comparison_caveats
    blocks += [Paragraph(caveat, "small") for caveat in comparison.caveats if caveat not in shared]
    return blocks


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
        Column("Change (95% interval)", numeric=True, width=1.6),
        Column("What the test says", width=1.5),
    )
    return Table(caption, columns, tuple(rows), source=source_line(results, context.ws.definitions))


def comparison_cells(comparison: Comparison) -> tuple[Words, ...]:
    """Periods, both figures, the change in per cent and what the test says of it."""
    before, after = comparison.before, comparison.after
    return (
        f"{short_span(before.period)}, {short_span(after.period)}",
        cell(before),
        cell(after),
        change_cell(comparison),
        CELL_WORDS[direction_of(comparison)],
    )


def change_cell(comparison: Comparison) -> Words:
    """The change in per cent with its interval, so that nobody reads more into it than it bears."""
    percent = change_figure(comparison)
    if percent is None or is_small(comparison):
        return "–"
    if percent.lower is None or percent.upper is None:
        return cell(percent, signed=True)
    interval = f" ({percent_cell(percent.lower, signed=True)} to {percent_cell(percent.upper, signed=True)})"
    return words(cell(percent, signed=True), interval)

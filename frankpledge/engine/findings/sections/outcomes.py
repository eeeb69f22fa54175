"""What came of it: the outcomes known when the files were downloaded."""

from __future__ import annotations

from typing import Final

from frankpledge.engine.documents.blocks import Block, Column, Heading, Table, Words
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence
from frankpledge.engine.findings.wording.composing import cell
from frankpledge.engine.findings.wording.numbers import count_text, percent_cell
from frankpledge.engine.findings.wording.spans import short_span
from frankpledge.engine.measures.breaking_down import NO_OUTCOME, OUTCOMES_VINTAGE, breakdown
from frankpledge.engine.measures.results import MeasureResult

LEVEL: Final = 4


def outcome_blocks(evidence: Evidence, context: Context) -> list[Block]:
    """Outcomes of a theme's crimes; nothing where the rows carry none."""
    volume = evidence.lead.volume
    if volume is None or not volume.known or context.synthetic:
        return []
    found = breakdown(evidence.measure, context.area, volume.period, context.ws, "outcome")
    if not found.figures:
        return []
    results = {r.variant.removeprefix("outcome-"): r for r in found.figures}
    rows: list[tuple[Words, ...]] = []
    for key, label, count in found.rows:
        result = results.get(key)
        if result is None:
            rows.append((label if key != NO_OUTCOME else "No outcome given", count_text(count or 0), "–"))
            continue
        context.ledger.keep(result)
        rows.append((label, cell(result), _share(result, volume)))
    table = Table(
        f"{evidence.theme.title}: last outcome known, {short_span(volume.period)}",
        (Column("Outcome", width=2.4), Column("Crimes", numeric=True), Column("Share", numeric=True)),
        tuple(rows),
        source=source_line([found.provenance], context.ws.definitions),
        note=f"{OUTCOMES_VINTAGE} So nothing is said of whether outcomes became more or less frequent.",
    )
    return [Heading("What came of it", LEVEL), table]


def _share(part: MeasureResult, whole: MeasureResult) -> str:
    return percent_cell(100 * part.value / whole.value) if part.value is not None and whole.value else "–"

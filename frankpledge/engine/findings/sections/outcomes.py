"""What came of it: the outcomes known when the files were downloaded."""

from __future__ import annotations

from typing import Final

from frankpledge.engine.documents.blocks import Block, Column, Heading, Paragraph, Table, Words
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.derived import share_figure
from frankpledge.engine.findings.evidence import Evidence
from frankpledge.engine.findings.wording.composing import cell
from frankpledge.engine.findings.wording.numbers import count_text
from frankpledge.engine.findings.wording.spans import short_span
from frankpledge.engine.measures.breaking_down import NO_OUTCOME, OUTCOMES_VINTAGE, breakdown

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
        share = share_figure(result, volume, f"outcome-{key}-share")
        context.ledger.keep(result, share)
        rows.append((label, cell(result), cell(share)))
    table = Table(
        f"{evidence.theme.title}: last outcome known, {short_span(volume.period)}",
        (Column("Outcome", width=2.4), Column("Crimes", numeric=True), Column("Share", numeric=True)),
        tuple(rows),
        source=source_line([found.provenance], context.ws.definitions),
    )
    text = f"{OUTCOMES_VINTAGE} So nothing is said of whether outcomes became more or less frequent."
    return [Heading("What came of it", LEVEL), Paragraph(text), table]

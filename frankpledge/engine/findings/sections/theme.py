"""One theme: how much, changing or not, compared with others, where, when, and what came of it."""

from __future__ import annotations

from frankpledge.engine.documents.blocks import Block, Heading, Items, Paragraph, Section
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence
from frankpledge.engine.findings.sections.changes import changes_table, volume_blocks

LEVEL = 4


def theme_section(evidence: Evidence, context: Context) -> Section:
    """The section of a theme; a page of its own on the web."""
    blocks: list[Block] = [Paragraph(evidence.theme.about, "lead")]
    blocks += [Heading("How much, and is it changing?", LEVEL), *volume_blocks(evidence, context)]
    table = changes_table(
        (evidence.lead, *evidence.supporting), context, f"{evidence.theme.title}: like months compared"
    )
    if table is not None:
        blocks.append(table)
    blocks += _care(evidence)
    return Section(evidence.theme.key, evidence.theme.title, tuple(blocks), group="themes", level=3)


def _care(evidence: Evidence) -> list[Block]:
    """The caveats of the leading measure, once."""
    caveats = evidence.measure.caveats
    if not caveats:
        return []
    return [Heading("Read this with care", LEVEL), Items(tuple(caveats))]

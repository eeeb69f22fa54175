"""One theme: how much, changing or not, compared with others, where, when, and what came of it."""

from __future__ import annotations

from typing import Final

from frankpledge.engine.documents.blocks import Block, Heading, Items, Paragraph, Section
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence
from frankpledge.engine.findings.readings import Readings
from frankpledge.engine.findings.sections.changes import changes_table, volume_blocks
from frankpledge.engine.findings.sections.months import months_blocks, months_chart
from frankpledge.engine.findings.sections.officials import official_blocks
from frankpledge.engine.findings.sections.outcomes import outcome_blocks
from frankpledge.engine.findings.sections.peers import peer_blocks
from frankpledge.engine.findings.sections.when import when_blocks
from frankpledge.engine.findings.sections.where import where_blocks

LEVEL: Final = 4


def theme_section(evidence: Evidence, readings: Readings, context: Context) -> Section:
    """The section of a theme; a page of its own on the web."""
    key = evidence.theme.key
    blocks: list[Block] = [Paragraph(evidence.theme.about, "lead")]
    blocks += [Heading("How much, and is it changing?", LEVEL)]
    blocks += volume_blocks(evidence, readings, context)
    chart = months_chart(evidence, context, key=f"{key}-months")
    if chart is not None:
        blocks.append(chart)
    blocks += months_blocks(evidence, context)
    table = changes_table(
        (evidence.lead, *evidence.supporting), context, f"{evidence.theme.title}: like months compared"
    )
    if table is not None:
        blocks.append(table)
    blocks += official_blocks(evidence, context)
    if evidence.known:
        blocks += peer_blocks(evidence, readings.besides.get(key), context)
        blocks += where_blocks(evidence, readings.places.get(key), context)
        blocks += when_blocks(evidence, context)
        blocks += outcome_blocks(evidence, context)
    blocks += _care(evidence, readings)
    return Section(key, evidence.theme.title, tuple(blocks), group="themes", level=3)


def _care(evidence: Evidence, readings: Readings) -> list[Block]:
    """What is peculiar to the leading measure; what all themes share is said once, under coverage."""
    caveats = [c for c in evidence.measure.caveats if c not in readings.shared_caveats]
    if not caveats:
        return []
    return [Heading("Read this with care", LEVEL), Items(tuple(caveats))]

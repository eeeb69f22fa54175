"""A theme's rate beside the most similar partnerships."""

from __future__ import annotations

from typing import Final

from frankpledge.engine.documents.blocks import Block, Chart, Column, Heading, Paragraph, Table, Words
from frankpledge.engine.documents.charts.across import peer_dots
from frankpledge.engine.documents.charts.frame import ChartWords
from frankpledge.engine.findings.beside import Beside
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence
from frankpledge.engine.findings.wording.absence import rate_words
from frankpledge.engine.findings.wording.composing import cell, together, unclaimed
from frankpledge.engine.findings.wording.numbers import capital
from frankpledge.engine.findings.wording.peers import rank_sentence
from frankpledge.engine.findings.wording.spans import short_span
from frankpledge.engine.measures.results import MeasureResult

LEVEL: Final = 4


def peer_blocks(evidence: Evidence, beside: Beside | None, context: Context) -> list[Block]:
    """The place among peers with the table behind it; what is lacking where there is none."""
    blocks: list[Block] = [Heading("Beside similar partnerships", LEVEL)]
    if beside is None:
        return [*blocks, Paragraph(_lacking(evidence, context))]
    ledger, found = context.ledger, beside.found
    ledger.keep(beside.rate, beside.mean, *(p.result for p in beside.result.known))
    official = (
        unclaimed("These are official yearly counts: published as official statistics, not accredited, without fraud.")
        if beside.official
        else None
    )
    said = together(beside.sentence(), rank_sentence(found), official)
    return [*blocks, Paragraph(ledger.say(said)), _chart(evidence, beside, context)]


def _lacking(evidence: Evidence, context: Context) -> str:
    if context.synthetic:
        return "These rows are invented, so they are not set beside real partnerships."
    if not evidence.theme.official and evidence.rate_measure is None:
        return "No rate of this theme can be drawn from what is held, so it is not set beside other partnerships."
    return (
        "No similar partnership has figures here. The official table of recorded crime by partnership "
        "(frankpledge import ons-csp-crime FILE) would set most themes beside the fifteen most similar partnerships."
    )


def _chart(evidence: Evidence, beside: Beside, context: Context) -> Chart:
    """Every rate as a dot on its interval; the table is behind it."""
    own = beside.rate
    ordered = sorted(_rates(beside, context), key=lambda r: -(r[1].value or 0.0))
    noun = beside.measure.noun.partition(" per ")[0]
    titles = {
        "higher": f"More {noun} than most similar partnerships",
        "lower": f"Fewer {noun} than most similar partnerships",
        "similar": f"{capital(noun)} are in line with similar partnerships",
    }
    table = _table(beside, context)
    return peer_dots(
        ChartWords(
            key=f"{evidence.theme.key}-peers",
            title=titles.get(beside.found.position, f"{capital(noun)} beside similar partnerships"),
            subtitle=table.caption,
            source=table.source,
            table=table,
        ),
        [name for name, _ in ordered],
        [result.value for _, result in ordered],
        us=context.place,
        lowers=[result.lower for _, result in ordered],
        uppers=[result.upper for _, result in ordered],
        unit=capital(rate_words(own)),
    )


def _rates(beside: Beside, context: Context) -> list[tuple[str, MeasureResult]]:
    """The area's own rate and its peers'."""
    return [(context.place, beside.rate), *((peer.name, peer.result) for peer in beside.result.known)]


def _table(beside: Beside, context: Context) -> Table:
    """The area and its peers from the lowest rate to the highest, each with what chance could do to it."""
    own, measure = beside.rate, beside.measure
    rows: list[tuple[Words, ...]] = []
    for name, result in sorted(_rates(beside, context), key=lambda r: r[1].value or 0.0):
        label = f"{name} (this area)" if result is own else name
        rows.append((label, cell(result), f"{result.lower:,.1f} to {result.upper:,.1f}"))
    columns = (
        Column("Partnership", width=2),
        Column(capital(rate_words(own)), numeric=True),
        Column("Could be by chance (95%)", numeric=True),
    )
    noun = measure.noun.partition(" per ")[0]
    return Table(
        f"{capital(noun)} {rate_words(own)}, the area and its most similar partnerships, {short_span(own.period)}",
        columns,
        tuple(rows),
        source=source_line([own], context.ws.definitions),
        note="From the lowest rate to the highest; where intervals overlap the order may be chance.",
    )

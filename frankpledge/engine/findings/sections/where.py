"""Where: districts, small areas, squares of the grid."""

from __future__ import annotations

from typing import Final

from frankpledge.engine.documents.blocks import Block, Chart, Column, Heading, Paragraph, Table, Words
from frankpledge.engine.documents.charts.across import ranked_bars
from frankpledge.engine.documents.charts.frame import ChartWords
from frankpledge.engine.documents.charts.maps import Square, grid_map
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence
from frankpledge.engine.findings.outlines import district_outlines
from frankpledge.engine.findings.places import DISTRICTS, PLACES, Places
from frankpledge.engine.findings.wording.composing import cell, place
from frankpledge.engine.findings.wording.numbers import count_text
from frankpledge.engine.findings.wording.places import concentration_sentence, districts_sentence, half_figures
from frankpledge.engine.findings.wording.spans import short_span
from frankpledge.engine.measures.breaking_down import SNAPPED, cell_corner
from frankpledge.engine.measures.results import MeasureResult
from frankpledge.engine.store.datasets import CELL_METRES

MOST_AREAS = 10
FEWEST_SQUARES = 5  # fewer make no map
LEVEL: Final = 4


def where_blocks(evidence: Evidence, places: Places | None, context: Context) -> list[Block]:
    """Districts, squares and small areas in words, tables and a map."""
    if places is None or evidence.lead.volume is None:
        return []
    blocks: list[Block] = []
    if context.synthetic:
        text = "The split by district and the places of these rows are invented, so nothing is read from them."
        blocks.append(Paragraph(text, "small"))
    blocks += _districts(evidence, places, context)
    blocks += _small_areas(evidence, places, context)
    chart = _map(evidence, places, context)
    if chart is not None:
        blocks.append(chart)
    return [Heading("Where", LEVEL), *blocks] if blocks else []


def _map(evidence: Evidence, places: Places, context: Context) -> Chart | None:
    """Squares of 500 metres: counts, never points; None where no row has a place."""
    squares = [Square(*cell_corner(int(key)), count) for key, _, count in places.squares.rows if count is not None]
    if len(squares) < FEWEST_SQUARES:
        return None
    marked = ", invented places" if context.synthetic else ""
    return grid_map(
        ChartWords(
            key=f"{evidence.theme.key}-map",
            title=f"Where {evidence.measure.noun} were placed{marked}",
            subtitle=f"Squares of 500 metres, {context.place}, {short_span(places.squares.period)}",
            source=source_line([places.squares.provenance], context.ws.definitions),
            note=SNAPPED if SNAPPED in places.squares.caveats else "",
        ),
        squares,
        size=float(CELL_METRES),
        outlines=district_outlines(context),
        unit=evidence.measure.short_title,
        listed=MOST_AREAS,
    )


def _districts(evidence: Evidence, places: Places, context: Context) -> list[Block]:
    if len(places.districts) < 2:
        return []
    ledger = context.ledger
    ledger.keep(*(d.count for d in places.districts), *(d.rate for d in places.districts))
    blocks: list[Block] = []
    ranked = places.by_rate
    if places.apart is not None and evidence.rate_measure is not None:
        said = districts_sentence(
            ranked[0],
            ranked[-1],
            places.apart,
            places.pairs,
            evidence.rate_measure,
            adjusted_p=places.apart_adjusted_p,
            family=DISTRICTS,
        )
        if said is not None:
            blocks.append(Paragraph(ledger.say(said)))
    rows: list[tuple[Words, ...]] = [
        (place(d.count), cell(d.count), cell(d.rate), _band(d.rate)) for d in places.districts
    ]
    period = short_span(places.districts[0].count.period)
    columns = (
        Column("District", width=1.6),
        Column(evidence.measure.short_title, numeric=True),
        Column("Per 1,000 residents", numeric=True),
        Column("Could be by chance (95%)", numeric=True),
    )
    source = source_line([d.count for d in places.districts], context.ws.definitions)
    blocks.append(Table(f"{evidence.theme.title} by district, {period}", columns, tuple(rows), source=source))
    return blocks


def rates_chart(places: Places, context: Context, *, key: str, title: Words, subtitle: str) -> Chart:
    """The districts' rates as bars, highest first, each with its interval."""
    ranked = places.by_rate[::-1]
    context.ledger.keep(*ranked)
    period = short_span(ranked[0].period)
    source = source_line([d.count for d in places.districts], context.ws.definitions)
    caption = f"{subtitle}, {period}"
    columns = (
        Column("District", width=1.6),
        Column("Per 1,000 residents", numeric=True),
        Column("Could be by chance (95%)", numeric=True),
    )
    rows: list[tuple[Words, ...]] = [(place(rate), cell(rate), _band(rate)) for rate in ranked]
    return ranked_bars(
        ChartWords(key, title, caption, source, table=Table(caption, columns, tuple(rows), source=source)),
        [place(rate) for rate in ranked],
        [round(rate.value, 1) if rate.value is not None else None for rate in ranked],
        lowers=[rate.lower for rate in ranked],
        uppers=[rate.upper for rate in ranked],
        unit="Per 1,000 residents",
        first_column="District",
    )


def _band(rate: MeasureResult | None) -> str:
    if rate is None or rate.lower is None or rate.upper is None:
        return "–"
    return f"{rate.lower:,.1f} to {rate.upper:,.1f}"


def _small_areas(evidence: Evidence, places: Places, context: Context) -> list[Block]:
    volume, found = evidence.lead.volume, places.gathered
    if found is None or volume is None:
        return []
    context.ledger.keep(*(half_figures(volume, found) or ()))
    said = concentration_sentence(volume, found, evidence.measure, adjusted_p=places.adjusted_p, family=PLACES)
    blocks: list[Block] = [Paragraph(context.ledger.say(said))]
    if SNAPPED in places.squares.caveats:
        blocks.append(
            Paragraph(
                "Squares of 500 metres are counted, never points: streets, addresses and repeat victims cannot be "
                "found in these rows.",
                "small",
            )
        )
    listed = [(label, count) for _, label, count in places.small_areas.rows[:MOST_AREAS] if count]
    if found.verdict != "concentrated" or not listed:
        return blocks
    table = Table(
        f"{evidence.theme.title}: the small areas with most, {short_span(volume.period)}",
        (Column("Small area (LSOA)", width=2), Column(evidence.measure.short_title, numeric=True)),
        tuple((label, count_text(count)) for label, count in listed),
        source=source_line([volume], context.ws.definitions),
        note="Counted within the figure above; neighbouring ranks may differ by chance alone.",
    )
    return [*blocks, table]

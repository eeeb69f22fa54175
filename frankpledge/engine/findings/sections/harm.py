"""Harm as a range: which groups could hold how much of it."""

from __future__ import annotations

from frankpledge.engine.documents.blocks import Block, Column, Items, Paragraph, Section, Table, Words
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.harm import Harm, harm_of_official
from frankpledge.engine.findings.wording.composing import cell
from frankpledge.engine.findings.wording.numbers import percent_cell
from frankpledge.engine.findings.wording.spans import short_span

KEY = "harm"


def harm_section(context: Context) -> Section | None:
    """The section; None where no weights or no counts by group are held."""
    harm = harm_of_official(context)
    if harm is None:
        return None
    for series in harm.groups:
        context.ledger.keep(*series.years)
    blocks: list[Block] = [
        Paragraph(
            "A count treats a stolen bicycle and a stabbing alike. Weights from average sentences tell them apart, "
            "but only as a range: official counts by group do not say which offences each group holds.",
            "lead",
        ),
        Paragraph(harm.found.mix),
        _table(harm, context),
    ]
    limits = [caveat for caveat in harm.found.caveats if caveat != harm.found.mix]
    source = context.ws.definitions.sources.get("severity-weights")
    limits += source.caveats if source is not None else ()
    if limits:
        blocks.append(Items(tuple(limits)))
    return Section(KEY, "Harm, as a range", tuple(blocks), group="themes", level=3)


def _table(harm: Harm, context: Context) -> Table:
    """Each group's count, its share of all crimes counted here, and the share of harm that it could hold."""
    total = sum(group.count for group in harm.found.groups)
    by_key = {series.measure.numerator.offences[0]: series for series in harm.groups}
    rows: list[tuple[Words, ...]] = []
    for group in sorted(harm.found.groups, key=lambda g: -(g.share_estimate or 0.0)):
        series = by_key[group.group]
        rows.append(
            (
                series.measure.short_title.replace(" (official)", ""),
                cell(series.latest),
                percent_cell(100 * group.count / total) if total else "–",
                _range(group.share_lower, group.share_upper),
            )
        )
    years = [series.latest for series in harm.groups if series.latest is not None]
    columns = (
        Column("Group", width=2.4),
        Column("Crimes", numeric=True),
        Column("Share of crimes", numeric=True),
        Column("Share of harm, light to severe mix", numeric=True, width=1.6),
    )
    return Table(
        f"Harm that official counts could hold, {context.place}, {short_span(years[0].period)}",
        columns,
        tuple(rows),
        source=source_line(years, context.ws.definitions, f"Crime Severity Score weights, edition {harm.edition}."),
        note="Lowest share: this group light and all others severe; highest share: the reverse. No order within "
        "overlapping ranges can be read from it.",
    )


def _range(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    return f"{percent_cell(100 * low)} to {percent_cell(100 * high)}"

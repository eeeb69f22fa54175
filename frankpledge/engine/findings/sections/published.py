"""The published table as it was printed, with its total checked."""

from __future__ import annotations

from frankpledge.engine.documents.blocks import Block, Column, Paragraph, Section, Table, Words
from frankpledge.engine.findings.citing import source_line
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.published_table import PublishedTable, published_table
from frankpledge.engine.findings.wording.composing import cell, place
from frankpledge.engine.findings.wording.numbers import count_text, listed, number_of
from frankpledge.engine.findings.wording.spans import short_span
from frankpledge.engine.findings.wording.years import years_sentence

KEY = "published-years"
MOST_NEIGHBOURS = 4
ALL_ADD_UP = "The rows of each area add up to its printed total."


def published_section(context: Context) -> Section | None:
    """Every row of the yearly table for the area and its neighbours under the same force; None without one."""
    areas = [context.area, *_neighbours(context)]
    found = [table for table in (published_table(context, area) for area in areas) if table is not None]
    if not found or found[0].area != context.area:
        return None
    blocks: list[Block] = [
        Paragraph(
            "The yearly counts as published, to the last unit. Where the table prints a total, the rows are added up "
            "and held against it."
        )
    ]
    if len(found) > 1 and all(len(table.years) == 1 and table.years == found[0].years for table in found):
        blocks += _one_year(found, context)
    else:
        for table in found:
            blocks += _blocks(table, context)
    return Section(KEY, "The published years", tuple(blocks), group="themes", level=3)


def _neighbours(context: Context) -> list[str]:
    """Other partnerships under the same force, where they are few enough to show."""
    own = context.partnership
    others = [p.key for p in context.ws.areas.partnerships_of(own.origin) if p.force == own.force and p.key != own.key]
    return others if len(others) <= MOST_NEIGHBOURS else []


def _blocks(table: PublishedTable, context: Context) -> list[Block]:
    for series in (*table.rows, table.total):
        context.ledger.keep(*series.years)
        context.ledger.keep_comparison(series.comparison)
    blocks: list[Block] = []
    said = years_sentence(table.total.years, table.total.measure, table.total.crossed)
    if said is not None:
        blocks.append(Paragraph(context.ledger.say(said)))
    blocks.append(_table(table, context))
    if table.checked:
        name = place(table.total.years[0])
        verdict = (
            f"The {number_of(len(table.rows), 'row')} of {name} add up to the printed total in every year."
            if table.adds_up
            else f"The rows of {name} do not add up to the printed total in {_odd(table)}: they are shown as printed."
        )
        blocks.append(Paragraph(verdict, "small"))
    return blocks


def _one_year(found: list[PublishedTable], context: Context) -> list[Block]:
    """One year of several areas: one table, areas across."""
    for table in found:
        for series in (*table.rows, table.total):
            context.ledger.keep(*series.years)
    rows: list[tuple[Words, ...]] = []
    for series in (*found[0].rows, found[0].total):
        cells = [_cell_of(table, series.measure.key) for table in found]
        rows.append((series.measure.short_title.replace(" (official)", ""), *cells))
    years = [year for table in found for year in table.total.years]
    period = short_span(found[0].years[0])
    names = [place(year) for year in years]
    drawn = Table(
        f"Recorded crime as published, {period}, the area and its neighbours",
        (Column("Offence", width=2), *(Column(name, numeric=True) for name in names)),
        tuple(rows),
        source=source_line(years, context.ws.definitions),
        total_row=True,
    )
    odd = [name for name, one in zip(names, found, strict=True) if one.checked and not one.adds_up]
    verdict = f"The rows of {listed(odd)} do not add up to the printed total." if odd else ALL_ADD_UP
    return [drawn, Paragraph(verdict, "small")]


def _cell_of(table: PublishedTable, measure: str) -> Words:
    """One area's figure of a measure in the only year."""
    found = next((s for s in (*table.rows, table.total) if s.measure.key == measure), None)
    return cell(found.years[0]) if found is not None else "–"


def _odd(table: PublishedTable) -> str:
    """The years that do not add up, with the sum."""
    printed = {year.period: year.value for year in table.total.years}
    pairs = zip(table.years, table.sums, strict=True)
    return ", ".join(f"{short_span(y)} (sum {count_text(s)})" for y, s in pairs if s is not None and printed[y] != s)


def _table(table: PublishedTable, context: Context) -> Table:
    rows: list[tuple[Words, ...]] = []
    for series in (*table.rows, table.total):
        by_period = {year.period: year for year in series.years}
        title = series.measure.short_title.replace(" (official)", "")
        rows.append((title, *(cell(by_period.get(period)) for period in table.years)))
    name = place(table.total.years[0])
    years = [year for series in (*table.rows, table.total) for year in series.years]
    return Table(
        f"Recorded crime by year as published, {name}",
        (Column("Offence", width=2.4), *(Column(short_span(period), numeric=True) for period in table.years)),
        tuple(rows),
        source=source_line(years, context.ws.definitions),
        total_row=True,
    )

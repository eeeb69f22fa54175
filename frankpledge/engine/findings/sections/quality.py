"""How good the data are: what was supplied, what is odd, what was left out."""

from __future__ import annotations

from frankpledge.engine.definitions.periods import Period, month_words
from frankpledge.engine.documents.blocks import Block, Column, Heading, Items, Paragraph, Table, Words
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.wording.numbers import capital, count_text, listed, number_of, percent_cell
from frankpledge.engine.findings.wording.spans import runs_of, short_month
from frankpledge.engine.measures.quality import MonthRows, QualityReport, SupplierQuality, data_quality

MOST_MONTHS = 40


def quality_blocks(context: Context) -> list[Block]:
    """Every supplier of the area's rows over all months held."""
    period = Period(context.held[0], max(context.held[-1], context.through))
    report = data_quality(context.ws, context.partnership, period)
    blocks: list[Block] = []
    for supplier in report.suppliers:
        blocks += _supplier(supplier, context)
    blocks += _others(report, context)
    if report.caveats:
        blocks += [Heading("What the suppliers say of their data", 3), Items(report.caveats)]
    return blocks


def _supplier(found: SupplierQuality, context: Context) -> list[Block]:
    title = context.ws.definitions.sources[found.source].title if found.source in context.ws.definitions.sources else ""
    blocks: list[Block] = [Heading(f"{found.supplier_name}: {title or found.source}", 3)]
    months = [m for m in found.months if m.supplied is not None]
    blocks.append(
        Paragraph(
            f"{capital(number_of(len(found.supplies), 'file'))} {'holds' if len(found.supplies) == 1 else 'hold'} "
            f"{count_text(found.rows)} rows over {number_of(len(months), 'month')}; {count_text(found.inside)} of them "
            f"lie in {context.place}."
        )
    )
    points = _points(found)
    if points:
        blocks.append(Items(tuple(points)))
    return [*blocks, _months_table(found, context)]


def _points(found: SupplierQuality) -> list[Words]:
    """What is odd, each with its number and what was done about it."""
    said: list[Words] = []
    if found.without_place:
        share = percent_cell(100 * found.without_place / found.rows)
        said.append(
            f"{count_text(found.without_place)} rows ({share}) have no place: they belong to the force and to no "
            "district."
        )
    if found.outside_force:
        said.append(
            f"{count_text(found.outside_force)} rows lie outside the area of the force that reports them; they count "
            "where they lie or not at all."
        )
    if found.code_contradicts_name:
        said.append(
            f"{count_text(found.code_contradicts_name)} rows carry a small-area code that contradicts its name; the "
            "name decides the district."
        )
    if found.district_contradicts_place:
        said.append(
            f"{count_text(found.district_contradicts_place)} rows name one district and lie in another; the place "
            "decides."
        )
    if found.snapped_inside:
        said.append(
            f"{count_text(found.snapped_inside)} rows of the area lie on points of a published list and not where it "
            "happened: nothing is read from single points."
        )
    if found.repeated_ids:
        said.append(
            f"{count_text(found.repeated_ids)} identifiers stand on more than one row "
            f"({count_text(found.rows_with_repeated_ids)} rows): an identifier is never taken as a key, and no row "
            "is dropped."
        )
    if len([v for v in found.vintages if v.vintage]) > 1:
        told = listed([f"those of {v.vintage} in {count_text(v.rows)} rows" for v in found.vintages if v.vintage])
        said.append(f"Small areas were redrawn: {told}. Districts are the same in both.")
    if found.rejected:
        said.append(f"{count_text(found.rejected)} rows were rejected on import and are listed in a file of their own.")
    if found.superseded:
        said.append(f"{number_of(found.superseded, 'earlier file')} gave way to newer supplies of the same months.")
    return said


def _months_table(found: SupplierQuality, context: Context) -> Table:
    """Rows by month; a run without a file is one line, so that a long gap stays readable."""
    by_month = {m.month: m for m in found.months}
    lines: list[tuple[Words, ...]] = []
    gaps = {run.first: run for run in runs_of(found.missing_months)}
    for month in sorted(by_month):
        if month in gaps:
            lines.append((gaps[month].words, "no data", "no data", "no data"))
        elif by_month[month].supplied is not None:
            lines.append((month_words(month), *_cells(by_month[month])))
    columns = (
        Column("Month", width=1.8),
        Column("Rows supplied", numeric=True),
        Column(f"In {context.place}", numeric=True),
        Column("Without a place", numeric=True),
    )
    return Table(
        f"Rows by month, {short_month(found.months[0].month)} to {short_month(found.months[-1].month)}",
        columns,
        tuple(lines),
        source=f"Source: files of {found.supplier_name}, as imported.",
    )


def _cells(rows: MonthRows) -> tuple[str, str, str]:
    return count_text(rows.supplied or 0), count_text(rows.inside or 0), count_text(rows.without_place or 0)


def _others(report: QualityReport, context: Context) -> list[Block]:
    """Rows of other forces inside the area: shown, never added."""
    if not report.other_forces:
        return []
    told = listed([f"{name} ({count_text(rows)})" for _, name, rows in report.other_forces])
    text = f"Rows that other forces placed in {context.place} are not counted in any figure: {told}."
    return [Heading("Rows of other forces", 3), Paragraph(text)]

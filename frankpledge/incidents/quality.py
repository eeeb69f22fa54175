"""How good the rows behind a partnership's figures are, as tables that say what each oddity means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from frankpledge.core.blocks import rendered
from frankpledge.core.kept_pages import kept
from frankpledge.core.partnerships import Place
from frankpledge.engine.definitions.periods import Period, month_words
from frankpledge.engine.documents.blocks import Block, Column, Items, Table
from frankpledge.engine.measures.quality import MonthRows, QualityReport, SupplierQuality, data_quality
from frankpledge.incidents.holdings import Holding, in_words, runs
from frankpledge.incidents.loading import SOURCE


@dataclass(frozen=True)
class Quality:
    """Two parts of the data page as HTML: what is odd in the rows, and every month."""

    findings: str
    months: str


def quality(place: Place, held: Sequence[Holding]) -> Quality:
    """Look at every month held; kept until something new is imported."""
    months = [month for holding in held if holding.dataset == "incidents" for month in holding.months]
    period = Period(min(months), max(months))

    def make() -> dict[str, str]:
        report = data_quality(place.workspace, place.partnership, period)
        return {"findings": rendered(_blocks(report, place.name), 3), "months": rendered(_months(report), 3)}

    page = kept(place, f"{place.key}-quality", str(period), make)
    return Quality(page["findings"], page["months"])


def _blocks(report: QualityReport, name: str) -> Iterable[Block]:
    for supplier in report.suppliers:
        yield Table(
            caption=f"{supplier.supplier_name}: {supplier.rows:,} rows, {report.period.words}",
            columns=(
                Column("What we looked at", width=2),
                Column("Rows", numeric=True),
                Column("What it means", width=4),
            ),
            rows=tuple(_lines(supplier, report, name)),
            wide=True,
        )
    if report.caveats:
        yield Items(report.caveats)


def _lines(of: SupplierQuality, report: QualityReport, name: str) -> Iterable[tuple[str, str, str]]:
    """A line for each thing looked for: how many rows, and what that means for the figures."""
    yield "Inside the partnership", f"{of.inside:,}", f"These are counted for {name}."
    for title, rows, meaning in (*_place_lines(of, report), *_identity_lines(of)):
        yield title, f"{rows:,}", meaning if rows else "None found."
    for vintage in of.vintages:
        if vintage.vintage:
            yield (
                f"Small areas of {vintage.vintage}",
                f"{vintage.rows:,}",
                f"Used in {in_words(runs(set(vintage.months)))}. Small areas of different years are not compared.",
            )


def _place_lines(of: SupplierQuality, report: QualityReport) -> Iterable[tuple[str, int, str]]:
    share = f"{100 * of.without_place / of.rows:.1f} per cent" if of.rows else "None"
    yield (
        "Without a place",
        of.without_place,
        f"{share} of the rows name no place. They belong to the force and to no district, so every figure of a "
        "district is a little low.",
    )
    if of.source == SOURCE:
        others = ", ".join(f"{force} {rows:,}" for _, force, rows in report.other_forces)
        yield (
            "Placed inside by other forces",
            sum(rows for _, _, rows in report.other_forces),
            f"Shown here, never added: {others}.",
        )
        yield (
            "Placed outside the force",
            of.outside_force,
            "Reported by this force, with a point somewhere else. They fall to the district where the point lies.",
        )
    yield (
        "Code contradicts name",
        of.code_contradicts_name,
        "The small area's code and its name point to different districts. The name decides.",
    )
    yield (
        "District contradicts place",
        of.district_contradicts_place,
        "The row names another district than the one where its place lies.",
    )
    yield (
        "On a point of the publisher's list",
        of.snapped_inside,
        "The point stands near where it happened, so clusters of points and repeat addresses mean nothing.",
    )


def _identity_lines(of: SupplierQuality) -> Iterable[tuple[str, int, str]]:
    yield (
        "With a Crime ID that comes up again",
        of.rows_with_repeated_ids,
        f"{of.repeated_ids:,} IDs stand on more than one row. Each row is counted: an ID is not a key.",
    )
    yield (
        "Without a Crime ID",
        of.without_id,
        f"{of.anti_social_behaviour:,} rows are anti-social behaviour, which the police publish without one. Rows that "
        "look alike are separate incidents.",
    )
    yield "Rejected when they came in", of.rejected, "Each is listed with its line and its reason in 'rejected'."


def _months(report: QualityReport) -> Iterable[Block]:
    for supplier in report.suppliers:
        yield Table(
            caption=f"{supplier.supplier_name}: rows by month",
            columns=(
                Column("Month", width=2),
                Column("Whole force", numeric=True),
                Column("Inside the partnership", numeric=True),
                Column("Anti-social behaviour, whole force", numeric=True),
                Column("Without a place", numeric=True),
            ),
            rows=tuple(_month_lines(supplier)),
            wide=True,
        )


def _month_lines(of: SupplierQuality) -> Iterable[tuple[str, ...]]:
    """A line for each month held, and one for each run of months that is not: no data is not zero."""
    gap_starts = {gap.first: gap for gap in of.gaps}
    for month in of.months:
        if month.supplied is not None:
            yield month_words(month.month), *_counts(month)
        elif month.month in gap_starts:
            gap = gap_starts[month.month]
            yield gap.words, "no data", "no data", "no data", "no data"


def _counts(month: MonthRows) -> tuple[str, ...]:
    values = (month.supplied, month.inside, month.anti_social_behaviour, month.without_place)
    return tuple("no data" if value is None else f"{value:,}" for value in values)

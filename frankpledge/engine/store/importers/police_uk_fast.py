"""The fast reader: DuckDB over the whole file, and proof that it skipped, merged or shifted nothing.

DuckDB's reader is told the delimiter, the quotation mark and the columns, and never guesses. It is
still forgiving in places (an empty field too many at the end of a line, blank lines), so its rows are
held against counts of line ends and commas that were taken from the bytes alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import duckdb

from frankpledge.engine.store.digests import Tally
from frankpledge.engine.store.engines import text_literal
from frankpledge.engine.store.importers.police_uk_checks import (
    EAST,
    LONGEST_LINE,
    LONGEST_VALUE,
    LSOA_CODE,
    NORTH,
    NUMBER,
    SOUTH,
    WEST,
    RuleBook,
)
from frankpledge.engine.store.importers.police_uk_layout import Layout
from frankpledge.engine.store.importers.workbench import Workbench

LAST_OF_2011: Final = ("E01033768", "W01001958")  # later codes exist only since the 2021 areas
FIRST_MONTH_OF_2021: Final = 2023 * 12 + 5  # June 2023, when the files went over to them
MOST_HELD: Final = 40 * 2**20  # bytes; the largest force's month is 20 MB
HELD: Final = "held"
_SPOT_FIELDS: Final = ("longitude", "latitude", "lsoa_code", "lsoa_name")


@dataclass(frozen=True)
class Group:
    """Rows of one month and one force in a file, and the words that the file uses for these."""

    month: int
    supplier: str
    rows: int
    vintage: int | None
    written: tuple[tuple[str, str], ...]  # pairs (month, reported by) as the file writes them


@dataclass(frozen=True)
class Profile:
    """What a clean file holds."""

    rows: int
    groups: tuple[Group, ...]
    unknown_outcomes: tuple[str, ...]
    table: str = ""  # the SQL of the table that was checked


class NotClean(Exception):
    """The file has at least one fault, or one that this reader cannot rule out: read it exactly."""


def csv_table(plain: Path, layout: Layout) -> str:
    """The SQL of a table over the file; its columns are c0, c1... in the order of the file."""
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(layout.header)))
    return (
        f"read_csv({text_literal(str(plain))}, auto_detect = false, header = true, delim = ',', quote = '\"', "
        f"escape = '\"', columns = {{{columns}}}, strict_mode = true, null_padding = false, ignore_errors = false, "
        f"compression = 'none', hive_partitioning = false, max_line_size = {LONGEST_LINE}, buffer_size = 16000000)"
    )


def profile(bench: Workbench, plain: Path, rules: RuleBook, tally: Tally | None) -> Profile:
    """Check every value of a file and find its months and forces; also makes `points` and `places`.

    Without a tally the file is one that the exact reader wrote. Raises `NotClean`.
    """
    layout = rules.layout
    if tally and (tally.has_nul or tally.spaced_quotes or (tally.returns and tally.returns != tally.line_feeds)):
        raise NotClean
    try:
        table = _held(bench, plain, layout)
        found = bench.database.execute(_group_query(table, layout, bool(tally and tally.quotes))).fetchall()
        _check_spots(bench, table, layout)
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException):
            raise
        raise NotClean from error
    rows = sum(row[4] for row in found)
    if tally:
        _check_tally(tally, layout, rows, int(sum(row[5] for row in found)))
    return replace(_profile_of(rules, found, rows, bench), table=table)


def _held(bench: Workbench, plain: Path, layout: Layout) -> str:
    """The SQL of a table over the file; a file of the usual size is read only once and held in memory."""
    table = csv_table(plain, layout)
    bench.database.execute(f"DROP TABLE IF EXISTS {HELD}")
    if plain.stat().st_size > MOST_HELD:
        return table
    bench.database.execute(f"CREATE TEMP TABLE {HELD} AS SELECT * FROM {table}")  # noqa: S608
    return HELD


def _group_query(table: str, layout: Layout, quotes: bool) -> str:
    """Rows by month, force, type and outcome: count, commas inside values, longest value, later codes."""

    def column(field: str) -> str:
        index = layout.index(field)
        return f"c{index}" if index is not None else "NULL"

    all_columns = [f"c{i}" for i in range(len(layout.header))]
    # Only few values hold a comma: asking first whether one does is five times as fast as counting in all.
    inside = " + ".join(
        f"CASE WHEN contains({c}, ',') THEN strlen({c}) - strlen(replace({c}, ',', '')) ELSE 0 END" for c in all_columns
    )
    kept = [f"coalesce(strlen(c{i}), 0)" for i, field in enumerate(layout.fields) if field]  # bytes, never fewer
    code = column("lsoa_code")
    later = (
        f"coalesce(bool_or({code} > '{LAST_OF_2011[0]}' AND {code} < 'F' OR {code} > '{LAST_OF_2011[1]}'), false)"
        if code != "NULL"
        else "false"
    )
    return (
        f"SELECT {column('month')} AS m, {column('supplier')} AS s, {column('category')} AS t, "  # noqa: S608
        f"{column('outcome')} AS o, count(*), {f'sum({inside})' if quotes else '0'}, "
        f"max(greatest({', '.join(kept)})), {later} FROM {table} GROUP BY ALL"
    )


def _check_spots(bench: Workbench, table: str, layout: Layout) -> None:
    """Check the distinct places of a file and resolve them."""
    wanted = ", ".join(f"c{layout.index(field)} AS {field}" for field in _SPOT_FIELDS)
    bench.database.execute(f"CREATE OR REPLACE TEMP TABLE spots AS SELECT DISTINCT {wanted} FROM {table}")  # noqa: S608
    faults: Any = bench.database.execute(
        f"""
        SELECT count(*) FROM spots WHERE (longitude IS NULL) <> (latitude IS NULL)
        OR NOT regexp_full_match(longitude, '{NUMBER}') OR NOT regexp_full_match(latitude, '{NUMBER}')
        OR NOT regexp_full_match(lsoa_code, '{LSOA_CODE}')
        OR NOT try_cast(longitude AS DOUBLE) BETWEEN {WEST} AND {EAST}
        OR NOT try_cast(latitude AS DOUBLE) BETWEEN {SOUTH} AND {NORTH}
        """  # noqa: S608
    ).fetchone()
    if faults[0]:
        raise NotClean
    bench.project_points("spots")
    bench.look_up_places("spots")


def _check_tally(tally: Tally, layout: Layout, rows: int, commas_inside: int) -> None:
    """Hold the reader's rows against the bytes: every line one row, every row the right number of fields."""
    if rows != tally.lines - 1:
        raise NotClean
    if tally.commas != (len(layout.header) - 1) * tally.lines + commas_inside:
        raise NotClean


def _profile_of(rules: RuleBook, found: list[tuple[Any, ...]], rows: int, bench: Workbench) -> Profile:
    groups: dict[tuple[int, str], tuple[int, bool, set[tuple[str, str]]]] = {}
    outcomes: set[str] = set()
    for month_text, force_text, category, outcome, count, _, longest, later in found:
        month, supplier = rules.month(month_text or ""), rules.force(force_text or "")
        unknown_type = rules.layout.index("category") is not None and (category or "") not in rules.categories
        if not isinstance(month, int) or supplier is None or unknown_type or longest > LONGEST_VALUE:
            raise NotClean
        before = groups.get((month, supplier), (0, False, set()))
        written = before[2] | {(month_text, force_text)}
        groups[month, supplier] = (before[0] + count, before[1] or later, written)
        if outcome:
            outcomes.add(outcome)
    return Profile(
        rows,
        tuple(
            Group(month, supplier, count, vintage_of(month, later), tuple(sorted(written)))
            for (month, supplier), (count, later, written) in sorted(groups.items())
        ),
        tuple(sorted(outcomes - rules.outcomes.keys())),
    )


def vintage_of(month: int, later: bool) -> int | None:
    """The census whose small areas a file of this month uses; None where it cannot be told.

    `later`: the file holds a code that did not exist before the 2021 areas.
    """
    if later:
        return 2021
    return 2011 if month < FIRST_MONTH_OF_2021 else None

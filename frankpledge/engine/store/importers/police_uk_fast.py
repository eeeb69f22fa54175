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


def csv_table(plain: Path, layout: Layout, longest_line: int = LONGEST_LINE) -> str:
    """The SQL of a table over the file; its columns are c0, c1... in the order of the file."""
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(layout.header)))
    return (
        f"read_csv({text_literal(str(plain))}, auto_detect = false, header = true, delim = ',', quote = '\"', "
        f"escape = '\"', columns = {{{columns}}}, strict_mode = true, null_padding = false, ignore_errors = false, "
        f"compression = 'none', hive_partitioning = false, max_line_size = {longest_line}, buffer_size = 16000000)"
    )


def profile(bench: Workbench, plain: Path, rules: RuleBook, tally: Tally | None) -> Profile:
    """Check every value of a file and find its months and forces; also makes `points` and `places`.

    Without a tally the file is one that the exact reader wrote. Raises `NotClean`.
    """
    layout = rules.layout
    if tally:
        _check_bytes(tally, layout)
    try:
        # No line longer than a value may be: then no value is. Real lines have some 220 bytes.
        table = _held(bench, plain, layout, LONGEST_VALUE if tally else LONGEST_LINE)
        found = bench.database.execute(_group_query(table, layout)).fetchall()
        _check_spots(bench, table, layout)
    except (duckdb.Error, UnicodeDecodeError) as error:  # DuckDB quotes a line and may cut a letter in two
        if isinstance(error, duckdb.OutOfMemoryException):
            raise
        raise NotClean from error
    if tally and sum(row[4] for row in found) != tally.lines - 1:
        raise NotClean
    return replace(_profile_of(rules, found), table=table)


def _check_bytes(tally: Tally, layout: Layout) -> None:
    """Hold the bytes against the columns: outside quotation marks, each line needs the same number of commas."""
    mixed_endings = tally.returns not in (0, tally.line_feeds)
    if tally.has_nul or tally.spaced_quotes or mixed_endings or tally.quotes % 2:
        raise NotClean
    if tally.commas - tally.commas_quoted != (len(layout.header) - 1) * tally.lines:
        raise NotClean


def _held(bench: Workbench, plain: Path, layout: Layout, longest_line: int) -> str:
    """The SQL of a table over the file; a file of the usual size is read only once and held in memory."""
    table = csv_table(plain, layout, longest_line)
    bench.database.execute(f"DROP TABLE IF EXISTS {HELD}")
    if plain.stat().st_size > MOST_HELD:
        return table
    wanted = ", ".join(f"c{i}" for i, field in enumerate(layout.fields) if field)
    bench.database.execute(f"CREATE TEMP TABLE {HELD} AS SELECT {wanted} FROM {table}")  # noqa: S608
    return HELD


def _group_query(table: str, layout: Layout) -> str:
    """Rows by month, force, type and outcome, and whether one of their codes is of the 2021 areas alone."""

    def column(field: str) -> str:
        index = layout.index(field)
        return f"c{index}" if index is not None else "NULL"

    code = column("lsoa_code")
    later = f"{code} > '{LAST_OF_2011[0]}' AND {code} < 'F' OR {code} > '{LAST_OF_2011[1]}'"
    return (
        f"SELECT {column('month')} AS m, {column('supplier')} AS s, {column('category')} AS t, "  # noqa: S608
        f"{column('outcome')} AS o, count(*), coalesce(bool_or({later}), false) FROM {table} GROUP BY ALL"
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


def _profile_of(rules: RuleBook, found: list[tuple[Any, ...]]) -> Profile:
    groups: dict[tuple[int, str], tuple[int, bool, set[tuple[str, str]]]] = {}
    outcomes: set[str] = set()
    for month_text, force_text, category, outcome, count, later in found:
        month, supplier = rules.month(month_text or ""), rules.force(force_text or "")
        unknown_type = rules.layout.index("category") is not None and (category or "") not in rules.categories
        if not isinstance(month, int) or supplier is None or unknown_type:
            raise NotClean
        before = groups.get((month, supplier), (0, False, set()))
        groups[month, supplier] = (before[0] + count, before[1] or later, before[2] | {(month_text, force_text)})
        if outcome:
            outcomes.add(outcome)
    return Profile(
        sum(count for count, _, _ in groups.values()),
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

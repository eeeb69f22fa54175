"""From the columns of a police.uk file to the fields of a dataset, as SQL; writes the Parquet parts.

One COPY per part, with the joins inside. Time is resolved here too: street-level and outcome rows
have a month only, so their date, hour and weekday stay NULL, never the first of the month.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from frankpledge.engine.store.datasets import CELL_METRES, DATASETS
from frankpledge.engine.store.engines import text_literal
from frankpledge.engine.store.importers.police_uk_fast import Group
from frankpledge.engine.store.importers.police_uk_layout import Layout
from frankpledge.engine.store.importers.workbench import Workbench

MOST_PASSES: Final = 3  # over the text of a file; one with more parts is gathered into a columnar copy first
TERRITORIAL: Final = ("england", "wales")
_numbers = itertools.count()


@dataclass(frozen=True)
class Writing:
    """One file to be written as parts: `supplies` names the supply of each group."""

    plain_table: str
    layout: Layout
    groups: Sequence[Group]
    supplies: Sequence[str]
    has_area: Mapping[str, bool]  # of each force, whether it answers for an area of England or Wales


def write_parts(bench: Workbench, writing: Writing, waiting: Path) -> list[Path]:
    """Write every group to a Parquet file of its own under `waiting`, in the order of the groups."""
    _table_of_groups(bench, writing)
    number = next(_numbers)  # copies of one file may be read side by side: the name of the supply is not enough
    targets = [waiting / f"{supply}-{number}.parquet" for supply in writing.supplies]
    if len(targets) == 1:
        _copy(bench, _query(writing, writing.plain_table), targets[0])
        return targets
    table, gathered = writing.plain_table, waiting / f"gathered-{number}.parquet"
    if len(targets) > MOST_PASSES:
        # Read the text once. Files of many months are mostly laid end to end, so that the row groups of
        # the copy hold few months each and those of others are passed over.
        numbered = f"SELECT r.*, g.part FROM {table} r {_join_groups(_given(writing.layout))}"  # noqa: S608
        _copy(bench, numbered, gathered, "lz4_raw")
        table = f"read_parquet({text_literal(str(gathered))}, hive_partitioning = false)"
    for part, target in enumerate(targets):
        chosen = f"(SELECT * FROM {table} WHERE part = {part})" if len(targets) > MOST_PASSES else table  # noqa: S608
        _copy(bench, f"{_query(writing, chosen)} WHERE g.part = {part}", target)
    gathered.unlink(missing_ok=True)
    return targets


def _copy(bench: Workbench, query: str, target: Path, compression: str = "zstd") -> None:
    level = ", COMPRESSION_LEVEL 1" if compression == "zstd" else ""  # a tenth faster, a twentieth larger
    bench.database.execute(
        f"COPY ({query}) TO {text_literal(str(target))} (FORMAT parquet, COMPRESSION {compression}{level})"
    )


def _table_of_groups(bench: Workbench, writing: Writing) -> None:
    bench.database.execute(
        "CREATE OR REPLACE TEMP TABLE groups (part INTEGER, month_text VARCHAR, force_text VARCHAR, supply VARCHAR, "
        "supplier VARCHAR, month INTEGER, vintage SMALLINT, has_area BOOLEAN)"
    )
    rows = [
        (part, month, force, supply, g.supplier, g.month, g.vintage, writing.has_area.get(g.supplier, False))
        for part, (g, supply) in enumerate(zip(writing.groups, writing.supplies, strict=True))
        for month, force in g.written
    ]
    bench.database.executemany("INSERT INTO groups VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _given(layout: Layout) -> dict[str, str]:
    return {field: f"r.c{i}" for i, field in enumerate(layout.fields) if field}


def _query(writing: Writing, table: str) -> str:
    layout = writing.layout
    given = _given(layout)
    dataset = DATASETS[layout.dataset]
    expressions = _common(layout) | _place(given) | _words(given) | _moment(given)
    for field in ("incident_id", "location", "lsoa_code", "lsoa_name", "outcome", *_STOP_FIELDS):
        if field in given:
            expressions[field] = given[field]
    fields = ", ".join(
        f'CAST({expressions.get(field, "NULL")} AS {kind}) AS "{field}"' for field, kind in dataset.items()
    )
    return f"SELECT {fields} FROM {table} r {_join_groups(given)} {_joins(given)}"  # noqa: S608


_STOP_FIELDS: Final = (
    "stop_type", "gender", "age_range", "ethnicity_self", "ethnicity_officer", "legislation", "object_of_search",
    "outcome_linked",
)  # fmt: skip


def _common(layout: Layout) -> dict[str, str]:
    return {
        "supply": "g.supply",
        "source": text_literal(layout.source.key),
        "supplier": "g.supplier",
        "origin": text_literal(layout.source.origin),
        "month": "g.month",
    }


def _join_groups(given: Mapping[str, str]) -> str:
    if "supplier" in given:
        return f"JOIN groups g ON {given['month']} = g.month_text AND {given['supplier']} = g.force_text"
    return "CROSS JOIN groups g"


def _joins(given: Mapping[str, str]) -> str:
    joins = []
    if "longitude" in given:
        joins.append(
            f"LEFT JOIN points p ON {given['longitude']} = p.longitude_text AND {given['latitude']} = p.latitude_text"
        )
    if "lsoa_name" in given:
        joins.append(
            f"LEFT JOIN places a ON {given['lsoa_name']} = a.lsoa_name "
            f"AND coalesce({given['lsoa_code']}, '') = a.lsoa_code"
        )
    for table, field in (("categories", "category"), ("outcomes", "outcome")):
        if field in given:
            joins.append(f"LEFT JOIN {table} ON {given[field]} = {table}.written")
    return " ".join(joins)


def _place(given: Mapping[str, str]) -> dict[str, str]:
    if "easting" in given:
        east, north = (f"CAST({given[field]} AS INTEGER)" for field in ("easting", "northing"))
        cell = f"({east} // {CELL_METRES}) * 10000 + {north} // {CELL_METRES}"
        return {
            "easting": east,
            "northing": north,
            "cell": cell,
            "snapped": f"CASE WHEN {east} IS NOT NULL THEN true END",
        }
    found = {field: f"p.{field}" for field in ("longitude", "latitude", "easting", "northing", "cell")}
    found["snapped"] = "CASE WHEN p.longitude IS NOT NULL THEN true END"
    if "lsoa_name" in given:
        found |= {
            "district": "a.district",
            "code_contradicts_name": "a.contradicts",
            "lsoa_vintage": f"CASE WHEN {given['lsoa_code']} IS NOT NULL THEN g.vintage END",
            # A force without an area of its own (railways) cannot be outside it.
            "outside_force": "CASE WHEN a.force IS NOT NULL THEN g.has_area AND a.force <> g.supplier END",
        }
    return found


def _words(given: Mapping[str, str]) -> dict[str, str]:
    found = {}
    if "category" in given:
        found["category"] = "categories.key"
    if "outcome" in given:
        found["outcome_group"] = "outcomes.key"
    return found


def _moment(given: Mapping[str, str]) -> dict[str, str]:
    """The clock as written: the files mark summer times as Greenwich time, so no zone can be trusted."""
    if "time_from" not in given:
        return {}
    moment = f"CAST(left(replace({given['time_from']}, 'T', ' '), 19) AS TIMESTAMP)"
    return {
        "time_from": moment,
        "time_to": moment,
        "date": f"CAST({moment} AS DATE)",
        "hour": f"hour({moment})",
        "weekday": f"isodow({moment}) - 1",
        "iso_week": f"isoyear({moment}) * 100 + week({moment})",
    }

"""From the columns of a police.uk file to the fields of a dataset, as SQL; writes the Parquet parts.

One COPY per part, with the joins inside. Time is resolved here too: street-level and outcome rows
have a month only, so their date, hour and weekday stay NULL, never the first of the month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from frankpledge.engine.store.datasets import CELL_METRES, DATASETS
from frankpledge.engine.store.engines import text_literal
from frankpledge.engine.store.importers.police_uk_fast import Group
from frankpledge.engine.store.importers.police_uk_layout import Layout
from frankpledge.engine.store.importers.workbench import Workbench

MOST_SINGLE_COPIES: Final = 3  # a file with more parts than this is written in one pass, split as it goes
TERRITORIAL: Final = ("england", "wales")


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
    query = _query(writing)
    targets = [waiting / f"{supply}.parquet" for supply in writing.supplies]
    if len(targets) <= MOST_SINGLE_COPIES:
        for supply, target in zip(writing.supplies, targets, strict=True):
            chosen = query if len(targets) == 1 else f"{query} WHERE g.supply = {text_literal(supply)}"
            _copy(bench, f"({chosen})", target)
        return targets
    folder = waiting / f"split-{writing.supplies[0]}"
    bench.database.execute(
        f"COPY ({query.replace('SELECT ', 'SELECT g.supply AS part, ', 1)}) TO {text_literal(str(folder))} "
        "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (part))"
    )
    for supply, target in zip(writing.supplies, targets, strict=True):
        written = sorted((folder / f"part={supply}").glob("*.parquet"))
        if len(written) == 1:
            written[0].replace(target)
        else:
            files = ", ".join(text_literal(str(path)) for path in written)
            _copy(bench, f"(SELECT * FROM read_parquet([{files}], hive_partitioning = false))", target)  # noqa: S608
    return targets


def _copy(bench: Workbench, query: str, target: Path) -> None:
    bench.database.execute(f"COPY {query} TO {text_literal(str(target))} (FORMAT parquet, COMPRESSION zstd)")


def _table_of_groups(bench: Workbench, writing: Writing) -> None:
    bench.database.execute(
        "CREATE OR REPLACE TEMP TABLE groups (month_text VARCHAR, force_text VARCHAR, supply VARCHAR, "
        "supplier VARCHAR, month INTEGER, vintage SMALLINT, has_area BOOLEAN)"
    )
    rows = [
        (month, force, supply, g.supplier, g.month, g.vintage, writing.has_area.get(g.supplier, False))
        for g, supply in zip(writing.groups, writing.supplies, strict=True)
        for month, force in g.written
    ]
    bench.database.executemany("INSERT INTO groups VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _query(writing: Writing) -> str:
    layout = writing.layout
    given = {field: f"r.c{i}" for i, field in enumerate(layout.fields) if field}
    dataset = DATASETS[layout.dataset]
    expressions = _common(layout) | _place(given) | _words(given) | _moment(given)
    for field in ("incident_id", "location", "lsoa_code", "lsoa_name", "outcome", *_STOP_FIELDS):
        if field in given:
            expressions[field] = given[field]
    fields = ", ".join(
        f'CAST({expressions.get(field, "NULL")} AS {kind}) AS "{field}"' for field, kind in dataset.items()
    )
    return f"SELECT {fields} FROM {writing.plain_table} r {_joins(given)}"  # noqa: S608


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


def _joins(given: Mapping[str, str]) -> str:
    if "supplier" in given:
        joins = [f"JOIN groups g ON {given['month']} = g.month_text AND {given['supplier']} = g.force_text"]
    else:
        joins = ["CROSS JOIN groups g"]
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

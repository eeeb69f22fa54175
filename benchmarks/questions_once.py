"""The questions that pages ask of the store, ours and in raw SQL: `python -m benchmarks.questions_once HOME
PARTNERSHIP YYYY-MM TIMES`.

Warm (files in memory, engine open), with no result kept: our cubes are forgotten before each question.
The raw SQL knows the answer's shape, checks nothing and keeps no way back to the files; both use two
threads. The two are asked in turn.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.measuring import measured, report, say

Question = tuple[str, Callable[[], Any], tuple[str, ...]]


def main(root: Path, partnership: str, through: str, times: int) -> None:
    from frankpledge.engine.measures import cube

    raw = duckdb.connect()
    for setting in ("threads = 2", "enable_progress_bar = false", "parquet_metadata_cache = true"):
        raw.execute(f"SET {setting}")
    answers = []
    with measured() as reading:
        for name, ours, queries in questions(root, partnership, through):
            mine, theirs = [], []
            for turn in range(times + 1):
                cube._held.clear()
                began = time.perf_counter()
                ours()
                between = time.perf_counter()
                for query in queries:
                    raw.execute(query).fetchall()
                if turn:  # the first warms both
                    mine.append(between - began)
                    theirs.append(time.perf_counter() - between)
            answers.append({"name": name, "ours": statistics.median(mine), "raw": statistics.median(theirs)})
            say(f"{name}: {1000 * answers[-1]['ours']:.0f} ms, raw {1000 * answers[-1]['raw']:.0f} ms")
    rows = raw.execute(f"SELECT count(*) FROM {_table(root)}").fetchone()
    reading.told = {"answers": answers, "rows": rows[0] if rows else 0, "times": times}
    report(reading)


def _table(root: Path, force: str = "*") -> str:
    return f"read_parquet('{root}/store/incidents/parts/police-uk/{force}/*.parquet', hive_partitioning = false)"


def questions(root: Path, key: str, through: str) -> list[Question]:
    from frankpledge.engine.definitions.periods import Period, month_number
    from frankpledge.engine.measures.breaking_down import breakdown
    from frankpledge.engine.measures.monthly import held_period, monthly_many
    from frankpledge.engine.measures.quality import data_quality
    from frankpledge.engine.measures.workspace import workspace_for
    from frankpledge.engine.store.home import Home

    ws, partnership = workspace_for(Home(root), key)
    last = month_number(through)
    year = Period(last - 11, last)
    of_type = [m for m in ws.definitions.measures.values() if m.kind == "count" and "police-uk" in m.numerator.sources]
    charged, burglary = ws.definitions.measure("charged-share"), ws.definitions.measure("burglary")
    held = held_period(burglary, key, ws)
    assert held is not None
    codes = ", ".join(f"'{code}'" for code in sorted(ws.areas.district_codes_over_time(partnership)))
    own = f"FROM {_table(root, partnership.force)} WHERE supplier = '{partnership.force}'"
    inside, of_year = f"{own} AND district IN ({codes})", f"month BETWEEN {year.first} AND {year.last}"
    every, burgled = _table(root), f"{inside} AND category = 'burglary' AND {of_year}"
    return [
        (
            f"{len(of_type)} measures by month, {len(held.months)} months",
            lambda: monthly_many(of_type, key, ws, held),
            (f"SELECT month, category, count(*) {inside} GROUP BY ALL",),
        ),
        (
            "outcomes by month",
            lambda: monthly_many([charged], key, ws, held),
            (f"SELECT month, category, outcome_group, count(*) {inside} GROUP BY ALL",),
        ),
        *(
            (
                f"burglary of a year by {words}",
                partial(breakdown, burglary, key, year, ws, by),
                (
                    f"SELECT month, count(*) {inside} AND category = 'burglary' GROUP BY ALL",
                    f"SELECT {columns}, count(*) {burgled} GROUP BY ALL",
                ),
            )
            for words, by, columns in (("small area", "lsoa", "lsoa_code, lsoa_name"), ("500 m square", "cell", "cell"))
        ),
        (
            "data quality of all months",
            lambda: data_quality(ws, partnership, held),
            quality_queries(own, every, codes, partnership.force),
        ),
    ]


def quality_queries(own: str, every: str, codes: str, force: str) -> tuple[str, ...]:
    """Rows by every mark, ids that stand on more than one row, and other forces' rows inside."""
    return (
        f"SELECT month, district IN ({codes}) AS inside, district IS NULL, lsoa_vintage, outside_force, "
        "code_contradicts_name, snapped, district_supplied <> district, category = 'anti-social-behaviour', "
        f"coalesce(incident_id, '') <> '', count(*) {own} GROUP BY ALL",
        f"SELECT count(*), sum(n) FROM (SELECT incident_id, count(*) AS n {own} AND incident_id <> '' "
        "GROUP BY incident_id HAVING count(*) > 1)",
        f"SELECT supplier, count(*) FROM {every} WHERE supplier <> '{force}' AND district IN ({codes}) GROUP BY ALL",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))

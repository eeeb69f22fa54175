"""A store with a few rows a month, written as an import writes it: for tests of pages, not of importers."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import duckdb

from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.store.datasets import INCIDENTS
from frankpledge.engine.store.manifest import Arrival, Part, Supply
from frankpledge.engine.store.writing import part_name, read_manifest, replace_manifest

ROWS = 20  # a month
CATEGORIES = ("anti-social-behaviour", "burglary", "vehicle-crime", "shoplifting", "violence-and-sexual-offences")


def supply_months(
    store: Path,
    force: str,
    months: list[str],
    *,
    district: str = "E06000019",
    rejected: int = 0,
    warning: str = "",
    times: int = 1,
) -> None:
    """Put months of one force into the store under `store`; each has ROWS × times rows, all in one district."""
    folder = store / "incidents"
    manifest = read_manifest(folder, "incidents")
    for text in months:
        month, name = month_number(text), f"{text}-{force}-street.csv"
        digest = hashlib.sha256(name.encode()).hexdigest()
        key = digest[:12]
        part = Part("police-uk", force, month, part_name("police-uk", force, month, key), ROWS * times, key)
        _write_rows(folder / part.path, part, district)
        stored = Supply(
            supply=key,
            source="police-uk",
            kind="street",
            supplier=force,
            path=f"/supplied/{name}",
            sha256=digest,
            sha256_raw=digest,
            rows_in=ROWS * times + rejected,
            stored=ROWS * times,
            rejected=rejected,
            as_of=text,
            imported_at="2026-11-01T12:00:00+00:00",
            origin="published",
            disclosure="open",
        )
        arrival = Arrival(
            key, stored.path, digest, digest, ROWS * times + rejected, ROWS * times, rejected, 0, 0, 0,
            stored.imported_at, warning,
        )  # fmt: skip
        manifest = replace(
            manifest,
            parts=(*manifest.parts, part),
            supplies={**manifest.supplies, key: stored},
            arrivals=(*manifest.arrivals, arrival),
        )
    replace_manifest(folder, manifest)


def _write_rows(path: Path, part: Part, district: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    given = {
        "supply": f"'{part.supply}'",
        "source": "'police-uk'",
        "supplier": f"'{part.supplier}'",
        "origin": "'published'",
        "month": str(part.month),
        "category": f"{list(CATEGORIES)!r}[1 + i % {len(CATEGORIES)}]",
        "incident_id": "CASE WHEN i % 5 = 0 THEN NULL ELSE md5(i::VARCHAR) END",
        "location": "'On or near High Street'",
        "snapped": "true",
        "easting": "350000 + 500 * (i % 4)",
        "northing": "240000",
        "cell": "((350000 + 500 * (i % 4)) // 500) * 10000 + 480",
        "lsoa_code": "'E01014019'",
        "lsoa_name": "'Herefordshire, County of 001A'",
        "lsoa_vintage": "2021",
        "district": f"'{district}'",
        "outside_force": "false",
        "code_contradicts_name": "false",
    }
    columns = ", ".join(f"({given.get(name, 'NULL')})::{kind} AS {name}" for name, kind in INCIDENTS.items())
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {columns} FROM range({part.rows}) t(i)) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
        )

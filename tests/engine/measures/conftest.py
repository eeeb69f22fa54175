"""Tiny stores: rows given as small dictionaries, written as real parts with a real manifest."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from frankpledge.engine.definitions.areas import Areas, load_areas
from frankpledge.engine.definitions.loader import SHIPPED, Definitions, load_definitions
from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.measures.workspace import Workspace
from frankpledge.engine.store.datasets import DATASETS
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.manifest import Manifest, Part, Supply
from frankpledge.engine.store.store import Store
from frankpledge.engine.store.writing import part_name, replace_manifest

# Two districts of one partnership, and one of a neighbour under the same force.
BROMSGROVE, REDDITCH, WYRE_FOREST, MALVERN = "E07000234", "E07000236", "E07000239", "E07000235"

Rows = Iterable[Mapping[str, Any]]
MakeWorkspace = Callable[..., Workspace]


@cache
def the_shipped() -> Definitions:
    """The shipped definitions, read once."""
    return load_definitions([SHIPPED])


@cache
def the_areas() -> Areas:
    """The shipped areas, read once."""
    return load_areas([SHIPPED])


@pytest.fixture(scope="session")
def shipped() -> Definitions:
    return the_shipped()


@pytest.fixture(scope="session")
def areas() -> Areas:
    return the_areas()


@pytest.fixture
def workspace_of(tmp_path: Path, shipped: Definitions, areas: Areas) -> MakeWorkspace:
    """A function from rows to a workspace whose store holds them."""

    def make(rows: Rows = (), *, name: str = "home", **more: Any) -> Workspace:
        return build_workspace(tmp_path / name, shipped, areas, rows, **more)

    return make


def build_workspace(
    folder: Path,
    shipped: Definitions,
    areas: Areas,
    rows: Rows = (),
    *,
    counts: Rows = (),
    disclosure: str = "open",
    also_covered: Iterable[str] = (),
) -> Workspace:
    """A workspace whose store holds the rows; `also_covered`: months of police files without a row."""
    home = Home(folder)
    home.prepare()
    write(home.store, "incidents", [incident(**row) for row in rows], disclosure, also_covered)
    write(home.store, "counts", [published(**row) for row in counts], "open")
    return Workspace(Store(home.store), shipped, areas, home, demo=False)


def incident(month: str, district: str | None = BROMSGROVE, category: str = "burglary", **more: Any) -> dict[str, Any]:
    """One stored row of a police file, unless told otherwise."""
    return {
        "source": "police-uk",
        "supplier": "west-mercia",
        "origin": "published",
        "month": month_number(month),
        "district": district,
        "category": category,
        **more,
    }


def published(first: str, last: str, offence: str, count: int | None, **more: Any) -> dict[str, Any]:
    """One cell of a published yearly table."""
    return {
        "source": "ons-csp-crime",
        "supplier": "ons",
        "origin": "published",
        "area_kind": "partnership",
        "area_code": "E22000368",
        "offence": offence,
        "first_month": month_number(first),
        "last_month": month_number(last),
        "count": count,
        "status": "final",
        **more,
    }


def write(
    root: Path, dataset: str, rows: list[dict[str, Any]], disclosure: str, also_covered: Iterable[str] = ()
) -> None:
    """Write rows as one part and one supply per source, supplier and month."""
    grouped: dict[tuple[str, str, int | None], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        month = row["last_month"] if dataset == "counts" else row["month"]
        grouped[row["source"], row["supplier"], month].append(row)
    for month in also_covered:  # a file that was supplied and holds no row
        grouped.setdefault(("police-uk", "west-mercia", month_number(month)), [])
    parts, supplies = [], {}
    for (source, supplier, month), held in grouped.items():
        name = hashlib.sha256(f"{source}{supplier}{month}{held}".encode()).hexdigest()[:12]
        path = root / dataset / part_name(source, supplier, month, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table_of(dataset, [{**row, "supply": name} for row in held]), path)
        parts.append(Part(source, supplier, month, str(path.relative_to(root / dataset)), len(held), name))
        supplies[name] = Supply(
            supply=name,
            source=source,
            kind="street",
            supplier=supplier,
            path=f"/nowhere/{name}.csv",
            sha256="0" * 64,
            sha256_raw="0" * 64,
            rows_in=len(held),
            stored=len(held),
            rejected=0,
            as_of="2025-07",
            imported_at="2025-08-01T00:00:00",
            origin=held[0]["origin"] if held else "published",
            disclosure=disclosure,
        )
    replace_manifest(root / dataset, Manifest(dataset, parts=tuple(parts), supplies=supplies))


def table_of(dataset: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as a table with the dataset's fields and types; a field that a row lacks is NULL."""
    fields = DATASETS[dataset]
    text = pa.table({name: pa.array([_text(row.get(name)) for row in rows], pa.string()) for name in fields})
    casts = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in fields.items())
    with duckdb.connect() as connection:
        connection.register("given", text)
        return connection.sql(f"SELECT {casts} FROM given").to_arrow_table()


def _text(value: Any) -> str | None:
    return None if value is None else str(value)

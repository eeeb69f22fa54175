"""Builds the demonstration's store: published yearly counts and invented incidents, each with its supplied file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from demo import DEFINITIONS
from demo.assumptions import Assumptions, load_assumptions
from demo.generate import SEED, generate_year
from demo.places import District, draw_districts
from demo.printed import APPENDIX_C, YearCount, read_appendix_c, read_asb, years
from demo.supplies import SuppliedFile, describe, write_list
from demo.tables import (
    NEIGHBOURHOODS,
    ORIGIN,
    SOURCE,
    SUPPLIER,
    TYPES,
    incident_table,
    neighbourhood_list,
    neighbourhood_table,
    supplied_list,
)
from frankpledge.engine.definitions.areas import Areas, load_areas
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.store.datasets import AREA_FACTS, COUNTS, INCIDENTS
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.manifest import Arrival, Manifest, Part, Supply
from frankpledge.engine.store.writing import one_writer, part_name, place_part, read_manifest, replace_manifest, sweep

PRINTED_BY = "worcestershire-safer-communities-board"
PRINTED_SOURCE = "appendix-c"
MADE_AT = "2018-06-30T12:00:00"  # the demonstration's own today, so that building it twice gives the same bytes


def build(home: Home) -> dict[str, int]:
    """Write the datasets into the demonstration's store, replacing what was there; rows by dataset.

    Readers see the old store or the new one. Raises `NotPossible` where the folder cannot be written.
    """
    home.prepare()
    counts, areas = read_appendix_c(), load_areas([DEFINITIONS])
    assumptions = load_assumptions(years=len(years(counts)))
    names = {code: district.name for code, district in areas.districts.items()}
    districts = draw_districts(assumptions, names, SEED)
    try:
        with one_writer(home.demo, home.locks, lambda _: None) as waiting:
            return {
                "counts": _store_counts(home, waiting, counts),
                "area-facts": _store_neighbourhoods(home, waiting, districts, areas),
                "incidents": _store_incidents(
                    home, waiting, (*counts, *read_asb()), assumptions=assumptions, districts=districts, areas=areas
                ),
            }
    except OSError as error:
        raise NotPossible(
            f"The demonstration cannot be written to {home.demo} ({error.strerror or error}).",
            "Free some 30 MB there, or name a folder that you may write to in FRANKPLEDGE_HOME.",
        ) from error


def member_districts(areas: Areas) -> dict[str, tuple[str, ...]]:
    """The districts of each printed area, in the order of the assumed splits."""
    return {code: p.districts for p in areas.partnerships.values() for code in p.c2_codes}


def _store_counts(home: Home, waiting: Path, counts: Sequence[YearCount]) -> int:
    """The printed table as one part; its supplied file is the table in the repository."""
    supply = _supply(describe(APPENDIX_C), "printed-table", len(counts), (PRINTED_SOURCE, PRINTED_BY, "published"))
    columns: dict[str, list[Any]] = {
        "supply": [supply.supply] * len(counts),
        "source": [PRINTED_SOURCE] * len(counts),
        "supplier": [PRINTED_BY] * len(counts),
        "origin": ["published"] * len(counts),
        "area_kind": ["partnership"] * len(counts),
        "area_code": [c.area_code for c in counts],
        "area_name": [c.area_name for c in counts],
        "offence": [c.offence for c in counts],
        "first_month": [c.period.first for c in counts],
        "last_month": [c.period.last for c in counts],
        "count": [c.count for c in counts],
        "status": ["final"] * len(counts),
    }
    table = pa.table({name: pa.array(columns[name], TYPES[kind]) for name, kind in COUNTS.items()})
    part = _place(home.demo / "counts", waiting, table, supply, None)
    _switch(home.demo / "counts", "counts", [part], {supply.supply: supply})
    return len(counts)


def _store_neighbourhoods(home: Home, waiting: Path, districts: Mapping[str, District], areas: Areas) -> int:
    """Residents and households of every neighbourhood: its district's, shared out by homes."""
    table = neighbourhood_table(districts, areas)
    file = _put_list(home, waiting, neighbourhood_list(table), "neighbourhoods.csv.gz")
    supply = _supply(file, "neighbourhoods", len(table), (NEIGHBOURHOODS, SUPPLIER, ORIGIN))
    table = table.add_column(0, "supply", pa.repeat(supply.supply, len(table))).select(list(AREA_FACTS))
    part = _place(home.demo / "area-facts", waiting, table, supply, None)
    _switch(home.demo / "area-facts", "area-facts", [part], {supply.supply: supply})
    return len(table)


def _store_incidents(
    home: Home,
    waiting: Path,
    counts: tuple[YearCount, ...],
    *,
    assumptions: Assumptions,
    districts: Mapping[str, District],
    areas: Areas,
) -> int:
    """One supplied list a year, one part a month."""
    parts: list[Part] = []
    supplies: dict[str, Supply] = {}
    folder = home.demo / "incidents"
    for year in years(counts):
        rows = generate_year(year, counts, assumptions, districts, member_districts(areas))
        table = incident_table(rows, year, districts)
        file = _put_list(home, waiting, supplied_list(table), f"incidents-{year.replace('/', '-')}.csv.gz")
        supply = _supply(file, "generated-list", len(rows), (SOURCE, SUPPLIER, ORIGIN))
        supplies[supply.supply] = supply
        table = table.add_column(0, "supply", pa.repeat(supply.supply, len(rows)))
        for month in pc.unique(table["month"]).sort().to_pylist():
            of_month = table.filter(pc.equal(table["month"], month)).select(list(INCIDENTS))
            parts.append(_place(folder, waiting, of_month, supply, month))
    _switch(folder, "incidents", parts, supplies)
    return sum(part.rows for part in parts)


def _put_list(home: Home, waiting: Path, table: pa.Table, name: str) -> SuppliedFile:
    """Write a supplied file beside the store and move it among the others."""
    written = write_list(table, waiting / name)
    place_part(written.path, home.demo / "supplies" / name)
    return replace(written, path=home.demo / "supplies" / name)


def _supply(file: SuppliedFile, kind: str, rows: int, of: tuple[str, str, str]) -> Supply:
    """The manifest's entry for a file; `of` is its source, supplier and origin."""
    source, supplier, origin = of
    name = hashlib.sha256(f"{file.sha256_raw}|{source}|{supplier}|{file.path.name}".encode()).hexdigest()[:12]
    return Supply(
        supply=name,
        source=source,
        kind=kind,
        supplier=supplier,
        path=str(file.path),
        sha256=file.sha256,
        sha256_raw=file.sha256_raw,
        rows_in=rows,
        stored=rows,
        rejected=0,
        as_of=MADE_AT[:10],
        imported_at=MADE_AT,
        origin=origin,
        disclosure="open",
        bytes_raw=file.bytes_raw,
    )


def _place(folder: Path, waiting: Path, table: pa.Table, supply: Supply, month: int | None) -> Part:
    """Write one part beside the store and move it to where the manifest will name it."""
    path = part_name(supply.source, supply.supplier, month, supply.supply)
    written = waiting / Path(path).name
    parquet.write_table(table, written, compression="zstd")
    place_part(written, folder / path)
    return Part(supply.source, supply.supplier, month, path, table.num_rows, supply.supply)


def _switch(folder: Path, dataset: str, parts: Sequence[Part], supplies: Mapping[str, Supply]) -> None:
    """Sweep what an earlier build left behind, then make the new parts the truth."""
    try:
        before = read_manifest(folder, dataset).parts
    except NotPossible:  # damaged: the demonstration is made anew, so there is nothing to keep
        before = ()
    sweep(folder, Manifest(dataset, parts=(*before, *parts)))  # a reader may still hold the last snapshot
    arrivals = tuple(
        Arrival(s.supply, s.path, s.sha256, s.sha256_raw, s.rows_in, s.stored, 0, 0, 0, 0, s.imported_at)
        for s in supplies.values()
    )
    replace_manifest(folder, Manifest(dataset, parts=tuple(parts), supplies=dict(supplies), arrivals=arrivals))


def write_receipt(path: Path, inputs: str, rows: Mapping[str, int]) -> None:
    """Note what was built from which inputs, so that the next start can skip it."""
    path.write_text(json.dumps({"inputs": inputs, "rows": dict(rows)}, indent=1), encoding="utf-8")

"""A partner's own list of incidents: CSV, XLSX or ODS, read by a mapping that is written down once.

Only the columns that the mapping names are read; nothing else of the list leaves this module, not
even into the table of rejected rows.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from frankpledge.engine.definitions.shapes import SourceDefinition, SourceKind
from frankpledge.engine.faults import NotReadable, UsageFault
from frankpledge.engine.store.datasets import INCIDENTS
from frankpledge.engine.store.importers.arriving import (
    TYPES,
    Arriving,
    arriving,
    at,
    definition_of,
    find_table,
    first_lines,
    unreadable_as_reason,
)
from frankpledge.engine.store.importers.lines import Cells, Line, Table, plain
from frankpledge.engine.store.importers.mapping_example import mapping_example
from frankpledge.engine.store.importers.partner_mapping import (
    FOLDER,
    KIND,
    PartnerMapping,
    load_mapping,
    remember,
    saved_mappings,
)
from frankpledge.engine.store.importers.partner_places import Gazetteer
from frankpledge.engine.store.importers.partner_points import area_finder
from frankpledge.engine.store.importers.partner_privacy import INSPECTED, check_headers, check_values, private
from frankpledge.engine.store.importers.partner_rows import NotRow, RowReader
from frankpledge.engine.store.importers.partner_times import Clockwork
from frankpledge.engine.store.manifest import Supply
from frankpledge.engine.store.staging import ImportContext, Staged
from frankpledge.engine.store.store import Store
from frankpledge.engine.store.supplied import SuppliedFile

SOURCE: Final = "incidents"
_BATCH: Final = 20_000
_OWN: Final = ("supply", "source", "supplier", "origin")
_FILLED: Final = tuple(name for name in INCIDENTS if name not in (*_OWN, "location"))


@dataclass(frozen=True)
class _Chosen:
    """The mapping that a file is read by, and the table that it finds there."""

    mapping: PartnerMapping
    table: Table
    path: Path


def bring_in_partner_list(file: SuppliedFile, context: ImportContext) -> Staged:
    """Stage a partner's list.

    Raises UsageFault, with a mapping ready to be edited, where none fits the file; DefinitionFault for
    a faulty mapping; NotPossible where a mapping points at something personal.
    """
    base = definition_of(context, SOURCE)
    taken = arriving(file, context, recall=False)
    if isinstance(taken, Staged):
        return taken
    try:
        chosen = _choose(taken, context)
        check_headers(chosen.mapping.headers)
        lines = _inspected(chosen)
        reader = _reader(chosen.mapping, context)
        rows = pa.concat_tables(
            [pa.table({n: pa.array([], TYPES[INCIDENTS[n]]) for n in _FILLED}), *_batches(taken, chosen, lines, reader)]
        )
    except NotReadable as fault:
        return taken.unread(unreadable_as_reason(fault))
    taken.notes.extend([f"Read by the mapping '{chosen.mapping.key}'.", *reader.notes(rows.num_rows)])
    taken.warnings.extend(reader.warnings())
    _add_parts(taken, rows, base, chosen.mapping)
    if taken.parts:
        _remember(chosen, context)
    return taken.staged()


def mapping_of_supply(store: Store, supply: Supply) -> PartnerMapping | None:
    """The mapping that a supply was read by, whatever became of it since; None where it is not there."""
    path = _kept(store, supply.kind)
    return load_mapping(path) if supply.kind.startswith(KIND) and path.is_file() else None


def _remember(chosen: _Chosen, context: ImportContext) -> None:
    """Keep the mapping for the next list, and as it is now for whoever counts a figure again."""
    if context.store:
        remember(_kept(context.store, chosen.mapping.kind), chosen.path)
    if context.mapping and context.mappings:
        remember(context.mappings / f"{chosen.mapping.key}.toml", context.mapping)


def _kept(store: Store, kind: str) -> Path:
    return store.root / "incidents" / FOLDER / f"{kind}.toml"


# --- Which mapping ---------------------------------------------------------------------------------------


def _choose(taken: Arriving, context: ImportContext) -> _Chosen:
    if context.mapping:
        mapping = load_mapping(context.mapping)
        table = _table_for(taken, mapping)
        if table is None:
            raise _does_not_fit(taken, mapping)
        return _Chosen(mapping, table, context.mapping)
    fitting = []
    for path, mapping in saved_mappings(context.mappings) if context.mappings else ():
        table = _table_for(taken, mapping)
        if table:
            fitting.append(_Chosen(mapping, table, path))
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        keys = " and ".join(f"'{c.mapping.key}'" for c in fitting)
        raise UsageFault(
            f"More than one mapping fits {taken.file.name}: {keys}.",
            f"Say which with --mapping {fitting[0].path}.",
        )
    raise UsageFault(
        f"No mapping says how to read the columns of {taken.file.name}.",
        "Save the text below as a file, put it right, and import the list again with --mapping FILE."
        f" It is remembered for the next list of the same columns.\n\n{mapping_example(_header_of(taken))}",
    )


def _table_for(taken: Arriving, mapping: PartnerMapping) -> Table | None:
    wanted = {plain(header) for header in mapping.columns.values()}

    def is_header(cells: Cells) -> bool:
        return wanted <= {plain(cell) for cell in cells}

    taken.notes.clear()
    return find_table(taken, is_header, sheet=mapping.sheet)


def _header_of(taken: Arriving) -> Cells:
    """The line that most looks like a header: of the first lines, the first with most filled cells."""
    lines = [line.cells for line in first_lines(taken, 20) if not line.fault]
    return max(lines, key=lambda cells: sum(bool(c.strip()) for c in cells), default=())


def _does_not_fit(taken: Arriving, mapping: PartnerMapping) -> UsageFault:
    header = _header_of(taken)
    held = {plain(cell) for cell in header}
    lacking = [f"'{h}'" for h in dict.fromkeys(mapping.columns.values()) if plain(h) not in held]
    there = ", ".join(f"'{cell.strip()}'" for cell in header if cell.strip())
    return UsageFault(
        f"{taken.file.name} has no column {', '.join(lacking)}, which the mapping '{mapping.key}' names.",
        f"Put the mapping right; the columns are: {there[:1500]}.",
    )


# --- Rows --------------------------------------------------------------------------------------------------


def _reader(mapping: PartnerMapping, context: ImportContext) -> RowReader:
    words = {cell: str(word) for cell, word in mapping.values.get("district", {}).items()}
    around = area_finder(context.store, context.areas)
    gazetteer = Gazetteer(context.areas, words, mapping.fixed.district, context.code_districts, around)
    return RowReader(mapping, Clockwork(mapping.dates, context.today), gazetteer)


def _places(chosen: _Chosen) -> dict[str, int]:
    """Where in a line the cell of each mapped field stands."""
    names = [plain(cell) for cell in chosen.table.header]
    return {field: names.index(plain(header)) for field, header in chosen.mapping.headers.items()}


def _inspected(chosen: _Chosen) -> Iterator[Line]:
    """The lines of the table, the first of them looked at for what must not be read."""
    lines = chosen.table.filled()
    early = list(itertools.islice(lines, INSPECTED))
    values = {field: [at(line.cells, i) for line in early] for field, i in _places(chosen).items()}
    check_values(chosen.mapping.headers, values)
    return itertools.chain(early, lines)


def _batches(taken: Arriving, chosen: _Chosen, lines: Iterator[Line], reader: RowReader) -> Iterator[pa.Table]:
    places = _places(chosen)
    rows: list[dict[str, Any]] = []
    for line in lines:
        taken.rows_in += 1
        if line.fault:
            taken.reject(line.number, "", line.fault)
            continue
        cells = {field: at(line.cells, index) for field, index in places.items()}
        try:
            rows.append(reader.read(cells))
        except NotRow as error:
            _reject(taken, line.number, error, cells, chosen.mapping)
        if len(rows) >= _BATCH:
            yield _as_table(rows)
            rows = []
    if rows:
        yield _as_table(rows)


def _reject(taken: Arriving, number: int, error: NotRow, cells: Mapping[str, str], mapping: PartnerMapping) -> None:
    header = next((h for f, h in mapping.headers.items() if f == error.field), "")
    value = cells.get(error.field, "")
    taken.reject(number, header, str(error), "(not shown)" if private(error.field, value) else value)


def _as_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    return pa.table({name: pa.array([row[name] for row in rows], TYPES[INCIDENTS[name]]) for name in _FILLED})


def _add_parts(taken: Arriving, rows: pa.Table, base: SourceDefinition, mapping: PartnerMapping) -> None:
    """One part per month: the next list replaces the months that it holds, whole."""
    kind = SourceKind(key=mapping.kind, dataset="incidents", columns=())
    for month in sorted(pc.unique(rows["month"]).to_pylist()):
        of_month = rows.filter(pc.equal(rows["month"], month))
        columns = {name: of_month[name] for name in _FILLED}
        taken.add_part(
            base, kind, columns, supplier=mapping.key, rows=of_month.num_rows, month=month, variant=mapping.digest
        )

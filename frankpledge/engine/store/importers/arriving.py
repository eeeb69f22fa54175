"""What the importers of tables share: receiving a file, finding its table, and writing its rows as parts."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from frankpledge.engine.definitions.shapes import SourceDefinition, SourceKind
from frankpledge.engine.faults import NotReadable, RowFault, UsageFault
from frankpledge.engine.store.datasets import DATASETS
from frankpledge.engine.store.importers.lines import Cells, Line, Table, find_header, text_lines
from frankpledge.engine.store.importers.workbooks import is_workbook, sheet_lines, sheet_names
from frankpledge.engine.store.rejects import RejectsTable
from frankpledge.engine.store.staging import ImportContext, Staged, StagedPart, supply_name
from frankpledge.engine.store.supplied import SuppliedFile
from frankpledge.engine.store.unpacking import Received, receive

TABLE_ENDINGS: Final = (".csv", ".csv.gz", ".txt", ".tsv", ".xlsx", ".ods", ".zip")
TYPES: Final[Mapping[str, pa.DataType]] = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "SMALLINT": pa.int16(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "BLOB": pa.binary(),
}
_SHOWN_IN_REJECTS: Final = 80
_numbers = itertools.count()


@dataclass
class Arriving:
    """One file on its way in: what is known of it, and the account of its rows so far."""

    file: SuppliedFile
    context: ImportContext
    received: Received
    rows_in: int = 0
    parts: list[StagedPart] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _rejects: RejectsTable | None = None

    @property
    def rejected(self) -> int:
        """Rows that were not stored."""
        return self._rejects.rows if self._rejects else 0

    def reject(self, line: int, column: str, reason: str, value: str = "") -> None:
        """Put one row on the list of rejected ones."""
        if self._rejects is None:
            self._rejects = RejectsTable(self.context.waiting / f"rejects-{next(_numbers)}.csv")
        self._rejects.add(RowFault(self.file.shown, line, column, reason, value[:_SHOWN_IN_REJECTS]))

    def add_part(
        self,
        definition: SourceDefinition,
        kind: SourceKind,
        columns: Mapping[str, Sequence[Any]],
        *,
        supplier: str,
        rows: int,
        month: int | None = None,
        variant: str = "",
    ) -> None:
        """Write rows as a part that waits to be put in place.

        `columns` are the fields of the dataset that the file fills; `supply`, `source`, `supplier` and
        `origin` are added here and others are NULL. `rows` counts rows of the supplied file, which may
        become several stored rows each. `variant` tells two readings of the same bytes apart.
        """
        supply = supply_name(self.received.sha256_raw + variant, definition.key, supplier, month)
        own = {"supply": supply, "source": definition.key, "supplier": supplier, "origin": definition.origin}
        written = self.context.waiting / f"part-{next(_numbers)}.parquet"
        pq.write_table(_table(kind.dataset, columns, own), written, compression="zstd")
        self.parts.append(
            StagedPart(
                dataset=kind.dataset,
                source=definition.key,
                kind=kind.key,
                supplier=supplier,
                month=month,
                supply=supply,
                written=written,
                rows=rows,
                origin=definition.origin,
                disclosure=definition.disclosure,
            )
        )

    def staged(self) -> Staged:
        """The account of the file, closed."""
        self.received.plain.unlink(missing_ok=True)
        if self._rejects:
            self._rejects.__exit__(None, None, None)
        notes = tuple(self.notes)
        rejected = self.rejected if len(self.parts) == 1 else 0  # of several months a line seldom tells which
        return Staged(
            file=self.file,
            sha256=self.received.sha256,
            sha256_raw=self.received.sha256_raw,
            bytes_raw=self.received.tally.size,
            rows_in=self.rows_in,
            rejected=self.rejected,
            parts=tuple(replace(part, notes=notes, rejected=rejected) for part in self.parts),
            rejects=self._rejects.written if self._rejects else None,
            warnings=tuple(self.warnings),
        )

    def unread(self, reason: str) -> Staged:
        """The file is left out and named."""
        self.received.plain.unlink(missing_ok=True)
        return Staged(
            file=self.file,
            sha256=self.received.sha256,
            sha256_raw=self.received.sha256_raw,
            bytes_raw=self.received.tally.size,
            unread=reason,
        )


def arriving(file: SuppliedFile, context: ImportContext, *, recall: bool = True) -> Arriving | Staged:
    """Receive a file; a damaged one is left out at once, and one that the store holds is not read again.

    `recall` is False where the same bytes may be read in more than one way.
    """
    taken = Arriving(file, context, receive(file, context.waiting))
    if taken.received.damage:
        return taken.unread(f"{taken.received.damage}; fetch it again")
    if recall and not context.as_of and context.known(taken.received.sha256_raw, file.name):
        return replace(taken.staged(), known=True)
    return taken


def find_table(
    taken: Arriving, is_header: Callable[[Cells], bool], *, sheet: str | None = None, separator: str | None = None
) -> Table | None:
    """The table in a file below the first line that is its header; in a workbook, on the first sheet that has one.

    Raises NotReadable for a file that is neither text nor a spreadsheet.
    """
    for lines in _readings(taken, sheet, separator):
        found = find_header(lines, is_header, taken.notes)
        if found:
            return found
    return None


def first_lines(taken: Arriving, count: int, sheet: str | None = None) -> tuple[Line, ...]:
    """The first lines of a file that are not empty; of a workbook, those of its first visible sheet."""
    for lines in _readings(taken, sheet, None):
        return tuple(itertools.islice((line for line in lines if not line.is_empty), count))
    return ()


def _readings(taken: Arriving, sheet: str | None, separator: str | None) -> Iterator[Iterator[Line]]:
    path, name = taken.received.plain, taken.file.name
    if not is_workbook(name):
        yield text_lines(path, taken.notes, separator)
    elif sheet is not None:
        yield sheet_lines(path, name, sheet)
    else:
        for found in sheet_names(path, name):
            yield sheet_lines(path, name, found)


def _table(dataset: str, columns: Mapping[str, Sequence[Any]], own: Mapping[str, str]) -> pa.Table:
    fields = DATASETS[dataset]
    unknown = set(columns) - set(fields)
    if unknown:
        raise ValueError(f"{dataset} has no fields {sorted(unknown)}")
    length = len(next(iter(columns.values())))
    arrays = {}
    for name, kind in fields.items():
        if name in columns:
            arrays[name] = pa.array(columns[name], TYPES[kind])
        elif name in own:
            arrays[name] = pa.repeat(own[name], length)
        else:
            arrays[name] = pa.nulls(length, TYPES[kind])
    return pa.table(arrays)


def definition_of(context: ImportContext, key: str) -> SourceDefinition:
    """The definition of a source. Raises UsageFault if an overlay has taken it away."""
    found = context.definitions.sources.get(key)
    if found is None:
        raise UsageFault(f"There is no definition of the source '{key}'.", "Put definitions/sources back in order.")
    return found


def unreadable_as_reason(fault: NotReadable) -> str:
    """Why a file is left out, with what to do next, for a list of such files."""
    return f"{fault.message.removesuffix('.')}: {fault.remedy[:1].lower()}{fault.remedy[1:].removesuffix('.')}"


def at(cells: Cells, index: int | None) -> str:
    """A cell without blanks at its ends; empty where the line is too short or the table has no such column."""
    return cells[index].strip() if index is not None and index < len(cells) else ""

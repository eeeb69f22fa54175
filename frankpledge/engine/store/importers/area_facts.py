"""Facts about small areas: residents and households of the Census, deprivation of MHCLG.

Three sources, one reader: a table with a column of area codes and columns of numbers. A row of the
account is a line of the table; each stored line becomes one stored fact per column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from frankpledge.engine.definitions.shapes import SourceDefinition
from frankpledge.engine.faults import NotReadable, UsageFault
from frankpledge.engine.store.importers.arriving import (
    Arriving,
    arriving,
    at,
    definition_of,
    find_table,
    unreadable_as_reason,
)
from frankpledge.engine.store.importers.layouts import Column, Layout, is_header_of, lay_out
from frankpledge.engine.store.importers.lines import Line, Table
from frankpledge.engine.store.staging import ImportContext, Staged
from frankpledge.engine.store.supplied import SuppliedFile

_FACT: Final = "fact:"
_CODE: Final = {
    "lsoa": re.compile(r"[EWSN][0-9]{8}|[0-9]{2}[A-Z]{2}[0-9]{2}[A-Z0-9]{1,4}", re.ASCII),
    "ward": re.compile(r"[EWSN][0-9]{8}", re.ASCII),
}
_NUMBER: Final = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.[0-9]{1,15})?", re.ASCII)
_NONE: Final = frozenset({"", "[x]", "..", ":", "-"})
_YEAR: Final = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_SINCE_2021: Final = "-2021"  # how the key of a kind ends whose columns do not say the year of their codes
_ONLY_EDITION: Final[dict[tuple[str, int | None], str]] = {
    ("census-population", 2021): "2021",
    ("census-households", 2021): "2021",
    ("imd", 2021): "2025",
}


@dataclass
class _Facts:
    """The stored columns, as they grow."""

    area_kind: list[str] = field(default_factory=list)
    area_code: list[str] = field(default_factory=list)
    area_name: list[str | None] = field(default_factory=list)
    vintage: list[int | None] = field(default_factory=list)
    fact: list[str] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    as_at: list[str] = field(default_factory=list)


def bring_in_population(file: SuppliedFile, context: ImportContext) -> Staged:
    """Stage usual residents by small area, or mid-year residents by ward."""
    return _bring_in("census-population", file, context)


def bring_in_households(file: SuppliedFile, context: ImportContext) -> Staged:
    """Stage households by small area."""
    return _bring_in("census-households", file, context)


def bring_in_deprivation(file: SuppliedFile, context: ImportContext) -> Staged:
    """Stage the English Indices of Deprivation by small area."""
    return _bring_in("imd", file, context)


def _bring_in(source: str, file: SuppliedFile, context: ImportContext) -> Staged:
    definition = definition_of(context, source)
    taken = arriving(file, context)
    if isinstance(taken, Staged):
        return taken
    try:
        table = find_table(taken, lambda cells: is_header_of(definition, cells))
        layout = lay_out(table.header, definition) if table else None
        if table is None or layout is None:
            return taken.unread(f"its header is none of '{definition.title}'")
        as_at = _as_at(layout, definition, taken)
        facts = _read(taken, table, layout, as_at)
    except NotReadable as fault:
        return taken.unread(unreadable_as_reason(fault))
    if layout.unknown:
        taken.notes.append(f"Columns that were not read: {len(layout.unknown)}.")
    stored = taken.rows_in - taken.rejected
    if facts.value:
        taken.add_part(definition, layout.kind, vars(facts), supplier=f"{layout.kind.key}-{as_at}", rows=stored)
    return taken.staged()


def _as_at(layout: Layout, definition: SourceDefinition, taken: Arriving) -> str:
    """The year that the facts are of: said by --as-of, by the codes, or by the file's name.

    Deprivation was measured more than once on the small areas of 2011, so that something must say which
    edition it is. Raises UsageFault where nothing does.
    """
    if taken.context.as_of:
        return taken.context.as_of
    vintage = _vintage(layout)
    if (definition.key, vintage) in _ONLY_EDITION:
        return _ONLY_EDITION[definition.key, vintage]
    named = _YEAR.findall(taken.file.name)
    if len(set(named)) == 1:
        return str(named[0])
    raise UsageFault(
        f"Nothing says which year the facts in {taken.file.name} are of.",
        "Say it with --as-of, for example --as-of 2019.",
    )


@dataclass
class _Reader:
    """Reads the lines of one table."""

    kind: str
    code: Column
    name: int | None
    vintage: int | None
    numbers: list[Column]
    seen: set[str] = field(default_factory=set)

    def fault(self, line: Line) -> tuple[str, str, str] | None:
        """The column, the reason and the cell at fault; None for a good line."""
        code = at(line.cells, self.code.index)
        if line.fault:
            return "", line.fault, ""
        if not _CODE[self.kind].fullmatch(code):
            return self.code.header, f"not the code of a {'small area' if self.kind == 'lsoa' else self.kind}", code
        if code in self.seen:
            return self.code.header, "a line for this area came before", code
        for column in self.numbers:
            text = at(line.cells, column.index)
            if text not in _NONE and not _NUMBER.fullmatch(text):
                return column.header, "not a number", text
        return None

    def add(self, line: Line, facts: _Facts, as_at: str) -> int:
        """Store the facts of a good line; how many of its cells hold none."""
        code = at(line.cells, self.code.index)
        self.seen.add(code)
        held = [(column, at(line.cells, column.index)) for column in self.numbers]
        filled = [(column, text) for column, text in held if text not in _NONE]
        for column, text in filled:
            facts.area_kind.append(self.kind)
            facts.area_code.append(code)
            facts.area_name.append(at(line.cells, self.name) or None)
            facts.vintage.append(self.vintage)
            facts.fact.append(column.field.removeprefix(_FACT))
            facts.value.append(float(text.replace(",", "")))
            facts.as_at.append(as_at)
        return len(held) - len(filled)


def _read(taken: Arriving, table: Table, layout: Layout, as_at: str) -> _Facts:
    code = layout.column("code")
    assert code is not None, "a required column"
    numbers = [column for column in layout.columns if column.field.startswith(_FACT)]
    reader = _Reader(_kind(layout), code, layout.index("name"), _vintage(layout), numbers)
    facts = _Facts()
    blanks = 0
    for line in table.rows():
        taken.rows_in += 1
        fault = reader.fault(line)
        if fault:
            taken.reject(line.number, *fault)
        else:
            blanks += reader.add(line, facts, as_at)
    if blanks:
        taken.notes.append(f"Cells without a number, of which nothing is stored: {blanks:,}.")
    return facts


def _kind(layout: Layout) -> str:
    return "ward" if layout.kind.key.startswith("ward") else "lsoa"


def _vintage(layout: Layout) -> int | None:
    """The year of the codes, from the name of their column."""
    code = layout.column("code")
    if code and code.year:
        return code.year
    return 2021 if layout.kind.key.endswith(_SINCE_2021) else None

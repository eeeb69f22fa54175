"""Recognises a table of a public body by its header, whatever the year in its column names.

In a definition, `LSOA##CD` stands for LSOA11CD and LSOA21CD alike: `##` are the last two digits of a
year, which is the vintage of the codes in that column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from frankpledge.engine.definitions.shapes import SourceDefinition, SourceKind
from frankpledge.engine.store.importers.lines import Cells, plain

YEAR_MARK = "##"


@dataclass(frozen=True)
class Column:
    """Where a column stands, the field that it fills and the year in its name, if any."""

    index: int
    header: str
    field: str
    year: int | None = None


@dataclass(frozen=True)
class Layout:
    """A table of a known kind."""

    kind: SourceKind
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]  # headers that the definition does not name

    def column(self, field: str) -> Column | None:
        """The first column of a field; None where there is none."""
        return next((c for c in self.columns if c.field == field), None)

    def index(self, field: str) -> int | None:
        """Where the column of a field stands; None where there is none."""
        found = self.column(field)
        return found.index if found else None


def lay_out(header: Cells, definition: SourceDefinition) -> Layout | None:
    """The first kind of a source whose required columns are all there; None if none is."""
    for kind in definition.kinds:
        found = _columns(header, kind)
        filled = {column.field for column in found}
        if found and all(rule.field in filled for rule in kind.columns if rule.required):
            known = {column.index for column in found} | {i for i, cell in enumerate(header) if _is_named(cell, kind)}
            unknown = [cell.strip() for i, cell in enumerate(header) if cell.strip() and i not in known]
            return Layout(kind, tuple(found), tuple(unknown))
    return None


def is_header_of(definition: SourceDefinition, header: Cells) -> bool:
    """Whether a line is the header of one of a source's kinds."""
    return lay_out(header, definition) is not None


def _columns(header: Sequence[str], kind: SourceKind) -> list[Column]:
    found = []
    for index, cell in enumerate(header):
        for rule in kind.columns:
            match = _pattern(rule.header).fullmatch(plain(cell))
            if match and rule.field:
                year = 2000 + int(match[1]) if match.groups() else None
                found.append(Column(index, cell.strip(), rule.field, year))
                break
    return found


def _is_named(cell: str, kind: SourceKind) -> bool:
    return any(_pattern(rule.header).fullmatch(plain(cell)) for rule in kind.columns)


@cache
def _pattern(header: str) -> re.Pattern[str]:
    written = plain(header)
    if YEAR_MARK not in written:
        return re.compile(re.escape(written))
    before, after = written.split(YEAR_MARK, 1)
    return re.compile(f"{re.escape(before)}([0-9]{{2}}){re.escape(after)}")

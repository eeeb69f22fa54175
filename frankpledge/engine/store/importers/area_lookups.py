"""Look-ups of ONS: which small area lies in which ward, district, partnership and police force area.

The kinds of area and the years of their codes are read from the names of the columns. A row of the
account is a line of the table; what is stored are the pairs of areas that the lines name, each once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from frankpledge.engine.faults import NotReadable
from frankpledge.engine.store.importers.arriving import (
    Arriving,
    arriving,
    at,
    definition_of,
    find_table,
    unreadable_as_reason,
)
from frankpledge.engine.store.importers.layouts import Layout, lay_out
from frankpledge.engine.store.importers.lines import Cells, Table
from frankpledge.engine.store.staging import ImportContext, Staged
from frankpledge.engine.store.supplied import SuppliedFile

SOURCE: Final = "ons-lookup"
# From the smallest to the largest; a column of a kind further down is what the others lie in.
KINDS: Final = (
    "oa", "lsoa", "msoa", "ward", "district", "district-in-force", "partnership", "force", "county", "region", "nation",
)  # fmt: skip
_TO_EVERY: Final = ("district", "district-in-force")  # every smaller area is looked up to these at once
_CODE: Final = re.compile(r"[A-Z0-9]{8,10}", re.ASCII)
_FIELDS: Final = ("area_kind", "area_code", "area_name", "vintage", "in_kind", "in_code", "in_name", "in_vintage")


@dataclass(frozen=True, order=True)
class Level:
    """One kind of area of one year, and where the columns of its codes and names stand."""

    rank: int
    year: int
    code: int = field(compare=False)
    name: int | None = field(compare=False, default=None)

    @property
    def kind(self) -> str:
        """See KINDS."""
        return KINDS[self.rank]

    @property
    def key(self) -> str:
        """As in the name of the look-up: `lsoa2011`."""
        return f"{self.kind}{self.year}" if self.year else self.kind


_Area = tuple[Level, str, str | None]


def bring_in_lookup(file: SuppliedFile, context: ImportContext) -> Staged:
    """Stage a look-up between areas."""
    definition = definition_of(context, SOURCE)
    taken = arriving(file, context)
    if isinstance(taken, Staged):
        return taken

    def levels_of(header: Cells) -> list[Level]:
        layout = lay_out(header, definition)
        return levels(layout) if layout else []

    try:
        table = find_table(taken, lambda header: len(levels_of(header)) > 1)
        if table is None:
            return taken.unread("its header names no two kinds of area (as LSOA21CD and LAD25CD do)")
        found = levels_of(table.header)
        pairs = _pairs(taken, table, found)
    except NotReadable as fault:
        return taken.unread(unreadable_as_reason(fault))
    stored = taken.rows_in - taken.rejected
    if stored:
        columns = dict(zip(_FIELDS, (list(column) for column in zip(*pairs, strict=True)), strict=True))
        supplier = "-".join(level.key for level in found)[:100]
        taken.add_part(definition, definition.kinds[0], columns, supplier=supplier, rows=stored)
    taken.notes.append(f"Pairs of areas: {len(pairs):,}.")
    return taken.staged()


def levels(layout: Layout) -> list[Level]:
    """The kinds of area that a header names by code, from the smallest to the largest."""
    names = {
        (c.field.removesuffix(".name"), c.year): c.index
        for c in layout.columns
        if c.field and c.field.endswith(".name")
    }
    found: dict[tuple[int, int], Level] = {}
    for column in layout.columns:
        kind, _, what = column.field.partition(".")
        if what == "code":
            level = Level(KINDS.index(kind), column.year or 0, column.index, names.get((kind, column.year)))
            found.setdefault((level.rank, level.year), level)
    return sorted(found.values())


def _pairs(taken: Arriving, table: Table, found: list[Level]) -> list[tuple[Any, ...]]:
    """Every pair of areas that the lines name, once, in the order in which they first come."""
    pairs: dict[tuple[Any, ...], None] = {}
    for line in table.rows():
        taken.rows_in += 1
        reason = line.fault or _fault(line.cells, found)
        if reason:
            header = "" if line.fault else table.header[found[0].code]
            taken.reject(line.number, header, reason, "" if line.fault else at(line.cells, found[0].code))
            continue
        areas = [(level, at(line.cells, level.code), at(line.cells, level.name) or None) for level in found]
        for one, other in _paired([area for area in areas if area[1]]):
            pairs.setdefault((*_described(one), *_described(other)))
    return list(pairs)


def _fault(cells: Cells, found: list[Level]) -> str:
    if not at(cells, found[0].code):
        return f"there is no code of the {found[0].kind}"
    for level in found:
        code = at(cells, level.code)
        if code and not _CODE.fullmatch(code):
            return f"the code of the {level.kind} is none, as E07000234 is"
    return "" if sum(bool(at(cells, level.code)) for level in found) > 1 else "nothing says what the area lies in"


def _paired(areas: list[_Area]) -> list[tuple[_Area, _Area]]:
    """Each area with the next larger one and with its district."""
    found = []
    for index, area in enumerate(areas):
        for other in areas[index + 1 :]:
            if other is areas[index + 1] or (other[0].kind in _TO_EVERY and area[0].kind != other[0].kind):
                found.append((area, other))
    return found


def _described(area: _Area) -> tuple[str, str, str | None, int | None]:
    level, code, name = area
    return level.kind, code, name, level.year or None

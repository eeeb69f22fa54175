"""How far a worksheet reaches, worked out from its XML before any program reserves room for it.

A reader of spreadsheets keeps the whole rectangle from the first cell to the last. Two cells in
opposite corners of a sheet fit into a file of a kilobyte and need more memory than a machine has.
"""

from __future__ import annotations

import re
from typing import Final, Protocol
from xml.parsers import expat

_CELL: Final = re.compile(rb'<(?:\w+:)?c\b[^>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ROW: Final = re.compile(rb'<(?:\w+:)?row\b[^>]{0,400}?\br="([0-9]{1,7})"')
_KEPT: Final = 1024  # bytes of one chunk that are seen again with the next, so that no mark is cut in two


class Extent(Protocol):
    """Takes in the XML of one sheet, chunk by chunk."""

    def add(self, chunk: bytes) -> None:
        """Take in the next bytes. Raises ValueError for XML that no sheet holds."""
        ...

    @property
    def cells(self) -> int:
        """Cells of the rectangle that holds everything so far."""
        ...


def extent_of(member: str) -> Extent | None:
    """The way to measure a member of a spreadsheet's archive; None for one that is no sheet."""
    if member == "content.xml":
        return OdsExtent()
    return XlsxExtent() if member.startswith("xl/worksheets/") else None


class XlsxExtent:
    """An XLSX sheet names the place of each cell: the furthest ones tell."""

    def __init__(self) -> None:
        self._rows = self._columns = 0
        self._last = b""

    def add(self, chunk: bytes) -> None:
        """See `Extent.add`."""
        text = self._last + chunk
        for letters, digits in _CELL.findall(text):
            self._rows = max(self._rows, int(digits))
            self._columns = max(self._columns, column_number(letters))
        for digits in _ROW.findall(text):
            self._rows = max(self._rows, int(digits))
        self._last = text[-_KEPT:]

    @property
    def cells(self) -> int:
        """See `Extent.cells`."""
        return self._rows * self._columns


class OdsExtent:
    """An ODS sheet repeats rows and cells by a number; empty ones at the end are not counted."""

    def __init__(self) -> None:
        self._widest = self._rows = self._waiting_rows = 0
        self._most = 0
        self._column = self._filled = 0
        self._repeats = 1
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = _refuse_entities
        self._parser = parser

    def add(self, chunk: bytes) -> None:
        """See `Extent.add`."""
        try:
            self._parser.Parse(chunk)
        except expat.ExpatError as error:
            raise ValueError("not the XML of a sheet") from error

    @property
    def cells(self) -> int:
        """See `Extent.cells`."""
        return max(self._most, self._widest * self._rows)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "table":
            self._most, self._widest, self._rows, self._waiting_rows = self.cells, 0, 0, 0
        elif local == "table-row":
            self._column = self._filled = 0
            self._repeats = _number(attributes, "table:number-rows-repeated")
        elif local in ("table-cell", "covered-table-cell"):
            self._column += _number(attributes, "table:number-columns-repeated")
            if any(key.startswith(("office:", "calcext:")) for key in attributes):
                self._filled = self._column

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "p":
            self._filled = self._column
        elif local == "table-row":
            self._waiting_rows += self._repeats
            if self._filled:
                self._rows += self._waiting_rows
                self._waiting_rows = 0
                self._widest = max(self._widest, self._filled)


def column_number(letters: bytes) -> int:
    """The number of a column that a spreadsheet writes in letters.

    >>> column_number(b"A"), column_number(b"AA"), column_number(b"XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _refuse_entities(*_: object) -> None:
    raise ValueError("entities in the XML of a sheet")

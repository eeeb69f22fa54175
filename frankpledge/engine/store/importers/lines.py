"""Lines of a supplied table with the numbers that its owner sees, whatever kind of file holds them.

Tables of public bodies and of partners come out of spreadsheets: title lines before the header,
semicolons, Windows-1252 or UTF-16 text, numbers written `19,210 `. Here every one of them becomes
lines of plain text cells; what was odd about the file is said in a note.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from frankpledge.engine.faults import NotReadable

LONGEST_CELL: Final = 10_000
LONGEST_LINE: Final = 100_000  # characters
MOST_LINES_OF_A_RECORD: Final = 40  # a quotation mark that stays open longer is a mistake, not a cell
MOST_CELLS: Final = 1_000
SEARCHED_FOR_HEADER: Final = 60
SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One line of a table. `fault` says why its cells could not be told apart; then there are none."""

    number: int
    cells: Cells
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written on it, as below the end of many spreadsheets."""
        return not self.fault and not any(cell.strip() for cell in self.cells)

    @property
    def is_remark(self) -> bool:
        """Whether it is a sentence in one cell, as notes below a table are."""
        filled = [cell.strip() for cell in self.cells if cell.strip()]
        return not self.fault and len(filled) == 1 and " " in filled[0]


@dataclass
class Table:
    """A supplied table: its header and the lines below it, which can be gone through once.

    `notes` grows while the lines are read.
    """

    header: Cells
    header_line: int
    before: tuple[Line, ...]  # title lines above the header
    lines: Iterator[Line]
    notes: list[str] = field(default_factory=list)

    def filled(self) -> Iterator[Line]:
        """The lines below the header that are not empty."""
        return (line for line in self.lines if not line.is_empty)

    def rows(self) -> Iterator[Line]:
        """The filled lines that are no remarks; how many remarks there were is put into the notes at the end."""
        remarks = 0
        for line in self.filled():
            if line.is_remark:
                remarks += 1
            else:
                yield line
        if remarks:
            self.notes.append(f"Remarks below the header that are no rows of the table: {remarks:,}.")


def plain(text: str) -> str:
    """A header as it is compared: no line breaks, no double spaces, no capital letters.

    >>> plain("Police Force\\nArea code ")
    'police force area code'
    """
    return " ".join(text.split()).casefold()


def find_header(lines: Iterable[Line], is_header: Callable[[Cells], bool], notes: list[str]) -> Table | None:
    """The table below the first line that `is_header` accepts; None if no such line comes early enough."""
    before: list[Line] = []
    running = iter(lines)
    for line in running:
        if not line.fault and is_header(line.cells):
            return Table(line.cells, line.number, tuple(before), running, notes)
        before.append(line)
        if len(before) >= SEARCHED_FOR_HEADER:
            return None
    return None


# --- Text files --------------------------------------------------------------------------------------


def text_lines(path: Path, notes: list[str], separator: str | None = None) -> Iterator[Line]:
    """Lines of a CSV file of any of the usual kinds; `notes` says what was unusual.

    Raises NotReadable for a file that is no text.
    """
    encoding = _encoding(path, notes)
    chosen = separator or _separator(path, encoding)
    if chosen != ",":
        notes.append(f"The columns are separated by {SEPARATORS.get(chosen, repr(chosen))}.")
    with path.open(encoding=encoding, newline="", errors="strict") as file:
        yield from _records(file, chosen)


def _encoding(path: Path, notes: list[str]) -> str:
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if not _decodes(path, "utf-16"):
            raise _no_text()
        notes.append("The file is UTF-16 text, as Excel's 'Unicode Text' is.")
        return "utf-16"
    if b"\0" in start:
        raise _no_text()
    if _decodes(path, "utf-8-sig"):
        return "utf-8-sig"
    # Excel's plain 'CSV' in Britain. Five bytes mean nothing in it: such a file is something else again.
    if not _decodes(path, "cp1252"):
        raise NotReadable(
            "The file's letters are neither UTF-8 nor Windows-1252.", "Save the list as CSV UTF-8 and import that."
        )
    notes.append("The file is Windows-1252 text, as Excel's plain CSV is.")
    return "cp1252"


def _no_text() -> NotReadable:
    return NotReadable("The file is not text.", "Save the list as XLSX or as CSV UTF-8 and import that.")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(2**20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _separator(path: Path, encoding: str) -> str:
    """The mark that divides the early lines into most columns; a comma if none does."""
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(65_536)
    widest = {mark: max((len(line.cells) for line in _first(start, mark)), default=1) for mark in SEPARATORS}
    return max(widest, key=lambda mark: widest[mark])  # the first of equals: the comma


def _first(start: str, separator: str) -> list[Line]:
    found = []
    for line in _records(io.StringIO(start, newline=""), separator):
        found.append(line)
        if len(found) >= SEARCHED_FOR_HEADER:
            break
    return found


def _records(file: IO[str], separator: str) -> Iterator[Line]:
    """Records of a CSV file, each with the number of the physical line that it begins on.

    A quotation mark that is opened and never closed costs its own line only: the lines that it
    would swallow are read again on their own.
    """
    waiting: list[tuple[int, str]] = []
    physical = _physical(file)
    while first := waiting.pop(0) if waiting else next(physical, None):
        gathered = [first]
        cells = _split([first[1]], separator)
        while cells is None and len(gathered) < MOST_LINES_OF_A_RECORD:
            more = waiting.pop(0) if waiting else next(physical, None)
            if more is None:
                break
            gathered.append(more)
            if '"' in more[1]:
                cells = _split([text for _, text in gathered], separator)
        if cells is None:
            waiting = gathered[1:] + waiting
            yield Line(first[0], (), "a quotation mark is opened and not closed")
        elif isinstance(cells, str):
            yield Line(first[0], (), cells)
        else:
            yield _line(first[0], cells)


def _physical(file: IO[str]) -> Iterator[tuple[int, str]]:
    """Physical lines with their numbers. Of a line that never ends only the beginning is kept."""
    number = 0
    while text := file.readline(LONGEST_LINE):
        number += 1
        rest = text
        while len(rest) >= LONGEST_LINE and not rest.endswith(("\n", "\r")):
            rest = file.readline(LONGEST_LINE)
        yield number, text


def _split(texts: list[str], separator: str) -> list[str] | str | None:
    """The cells of one record, or why it has none; None while a quotation mark is open."""
    if any(len(text) >= LONGEST_LINE for text in texts):
        return f"the line is longer than {LONGEST_LINE:,} characters"
    try:
        rows = list(csv.reader(texts, delimiter=separator, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            return None
        # A mark in mid-cell, as in 6" blade: taken as it stands.
        rows = list(csv.reader(texts[:1], delimiter=separator, quoting=csv.QUOTE_NONE))
    return rows[0] if rows else []


def _line(number: int, cells: list[str]) -> Line:
    if any("\0" in cell for cell in cells):
        return Line(number, (), "the line holds a NUL character")
    if len(cells) > MOST_CELLS:
        return Line(number, (), f"the line has more than {MOST_CELLS:,} cells")
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return Line(number, (), f"a cell is longer than {LONGEST_CELL:,} characters")
    return Line(number, tuple(cells))

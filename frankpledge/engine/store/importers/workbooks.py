"""Lines of a worksheet: XLSX and ODS files, read without trusting what they say of their own size.

Both are ZIP archives. A small one can unpack to gigabytes, and one cell in the last corner of an empty
sheet makes a reader reserve room for every cell before it; both are refused before anything is opened.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from frankpledge.engine.faults import NotReadable, UsageFault
from frankpledge.engine.store.importers.lines import LONGEST_CELL, MOST_CELLS, Line
from frankpledge.engine.store.importers.sheet_extent import extent_of

ENDINGS: Final = (".xlsx", ".ods")
LARGEST_UNPACKED: Final = 400 * 2**20
MOST_TIMES_LARGER: Final = 200  # sheets of repeated labels shrink fifty-fold; bombs a thousandfold
SMALL_ANYWAY: Final = 32 * 2**20
MOST_SHEET_CELLS: Final = 12_000_000
_CHUNK: Final = 2**20


def is_workbook(name: str) -> bool:
    """Whether a file of this name is a spreadsheet that can be read."""
    return name.lower().endswith(ENDINGS)


def sheet_lines(path: Path, name: str, sheet: str | None = None) -> Iterator[Line]:
    """Lines of a worksheet, numbered as the spreadsheet numbers them; by default the first visible one.

    Numbers come as they are typed (12, not 12.0), days as 2025-06-30, times as 21:15:00. Raises
    NotReadable for a file that is none, is locked or too large, and UsageFault for an unknown sheet.
    """
    _check_archive(path, name)
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            wanted = _sheet_name(book, sheet, name)
            for number, row in enumerate(book.get_sheet_by_name(wanted).iter_rows(), start=1):
                yield _line(number, row)
    except PasswordError as error:
        raise _locked(name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(name) from error


def sheet_names(path: Path, name: str) -> tuple[str, ...]:
    """The visible worksheets of a file, in order."""
    _check_archive(path, name)
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            return tuple(_visible(book))
    except PasswordError as error:
        raise _locked(name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(name) from error


def cell_text(value: Any) -> str:
    """A cell as text.

    >>> cell_text(12.0), cell_text(0.1), cell_text(datetime(2025, 6, 30, 21, 15)), cell_text(True)
    ('12', '0.1', '2025-06-30 21:15:00', 'TRUE')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.replace(microsecond=0, tzinfo=None).isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _line(number: int, row: list[Any]) -> Line:
    if len(row) > MOST_CELLS:
        row = row[:MOST_CELLS]
    cells = tuple(cell_text(value) for value in row)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return Line(number, (), f"a cell is longer than {LONGEST_CELL:,} characters")
    return Line(number, cells)


def _visible(book: CalamineWorkbook) -> list[str]:
    return [m.name for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible]


def _sheet_name(book: CalamineWorkbook, sheet: str | None, name: str) -> str:
    visible = _visible(book)
    if sheet is None:
        if not visible:
            raise NotReadable(f"{name} has no worksheet that can be seen.", "Save the list in a sheet of its own.")
        return visible[0]
    if sheet not in book.sheet_names:
        listed = ", ".join(f"'{n}'" for n in visible[:12])
        raise UsageFault(f"{name} has no worksheet called '{sheet}'.", f"Name one of these in the mapping: {listed}.")
    return sheet


# --- Before it is opened -------------------------------------------------------------------------------


def _check_archive(path: Path, name: str) -> None:
    """Refuse what would not fit into memory; every byte is counted, since archives lie about themselves."""
    limit = min(LARGEST_UNPACKED, max(SMALL_ANYWAY, MOST_TIMES_LARGER * path.stat().st_size))
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if member.flag_bits & 0x1:
                    raise _locked(name)
                extent = extent_of(member.filename)
                with archive.open(member) as stream:
                    while chunk := stream.read(_CHUNK):
                        unpacked += len(chunk)
                        if unpacked > limit:
                            raise _too_large(name)
                        if extent:
                            extent.add(chunk)
                            if extent.cells > MOST_SHEET_CELLS:
                                raise _too_large(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise _damaged(name) from error


def _locked(name: str) -> NotReadable:
    return NotReadable(
        f"{name} is locked with a password.", "Open it, save a copy without a password in a safe place, import that."
    )


def _damaged(name: str) -> NotReadable:
    return NotReadable(
        f"{name} is not a spreadsheet that can be read: it is damaged, cut short or of another kind.",
        "Open it in a spreadsheet program, save it anew as XLSX or as CSV UTF-8, and import that.",
    )


def _too_large(name: str) -> NotReadable:
    return NotReadable(
        f"{name} is too large to be read as a spreadsheet.",
        "Save the list as CSV UTF-8 and import that; text files may be of any length.",
    )

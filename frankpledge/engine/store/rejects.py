"""The table of rejected rows that a person can open in a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final

from frankpledge.engine.faults import RowFault

COLUMNS: Final = ("file", "line", "column", "reason", "value")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class RejectsTable:
    """Rejected rows of one file as CSV, written as they come; no file where there are none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._file: IO[str] | None = None
        self._writer: Any = None

    def __enter__(self) -> RejectsTable:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file:
            self._file.close()

    def add(self, fault: RowFault) -> None:
        """Write one rejected row."""
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow(COLUMNS)
        self.rows += 1
        self._writer.writerow([safe_cell(fault.file), fault.line, fault.column, fault.reason, safe_cell(fault.value)])

    @property
    def written(self) -> Path | None:
        """Where the table lies; None if no row was rejected."""
        return self.path if self.rows else None


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: numbers as they are, others behind an apostrophe."""
    if not text.startswith(_FORMULA):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text

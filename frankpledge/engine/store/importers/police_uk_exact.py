"""The exact reader: line by line, with the line numbers that a person sees in an editor.

It goes through a file that the fast reader would not take, writes its good rows to a clean file and
every other row to the table of rejected rows. It holds one record in memory, whatever the file.
"""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import IO, Final, NamedTuple

from frankpledge.engine.faults import RowFault
from frankpledge.engine.store.importers.police_uk_checks import LONGEST_LINE, RuleBook
from frankpledge.engine.store.rejects import RejectsTable

MOST_LINES_OF_A_RECORD: Final = 20  # a quotation mark that stays open longer is a mistake, not a value
_MARK: Final = b"\xef\xbb\xbf"
_OPEN: Final = "a quotation mark is opened and not closed"


@dataclass
class ExactCount:
    """What the exact reader found. `groups` and `stored`: rejected and kept rows by month and force as written."""

    rows_in: int = 0
    rejected: int = 0
    groups: Counter[tuple[str, str]] = field(default_factory=Counter)
    stored: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def kept(self) -> int:
        """Rows that were written to the clean file."""
        return self.rows_in - self.rejected


class _Line(NamedTuple):
    number: int
    text: bytes
    too_long: bool = False


def read_exactly(plain: Path, clean: Path, rules: RuleBook, rejects: RejectsTable, shown: str) -> ExactCount:
    """Sort the rows of `plain`: good ones to `clean`, under the same header, others to `rejects`."""
    count = ExactCount()
    width = len(rules.layout.header)
    with plain.open("rb") as source, clean.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(rules.layout.header)
        for number, row, unparsed in _records(source, width):
            count.rows_in += 1
            reason = unparsed or (_width(row, width) if len(row) != width else "")
            fault = (-1, reason) if reason else rules.fault(row)
            if fault is None:
                kept = [v if f else "" for v, f in zip(row, rules.layout.fields, strict=True)]
                writer.writerow(kept)
                _count_group(count.stored, rules, row)
                continue
            count.rejected += 1
            _count_group(count.groups, rules, row)
            rejects.add(_row_fault(shown, number, row, fault, rules))
    return count


def _width(row: list[str], width: int) -> str:
    return f"wrong number of fields: {len(row)} instead of {width}"


def refuse_all(plain: Path, reason: str, rejects: RejectsTable, shown: str) -> int:
    """Reject every row of a file that cannot be trusted as a whole; how many there were."""
    rows = 0
    with plain.open("rb") as source:
        lines = _lines(source)
        next(lines, None)
        for line in lines:
            if line.text:
                rows += 1
                rejects.add(RowFault(shown, line.number, "", reason))
    return rows


def with_line_feeds(plain: Path, target: Path) -> Path:
    """A copy of a file whose lines end in carriage returns alone, as old Macintosh files do."""
    with plain.open("rb") as source, target.open("wb") as copy:
        while chunk := source.read(2**20):
            copy.write(chunk.replace(b"\r", b"\n"))
    return target


def _records(source: IO[bytes], width: int) -> Iterator[tuple[int, list[str], str]]:
    """Rows after the header: line number, fields, and why they could not be told apart (or empty).

    Empty lines are passed over, except inside a value. `width` is the number of fields of a row.
    """
    returned: deque[_Line] = deque()
    lines = _lines(source)
    next(lines, None)

    def following() -> _Line | None:
        return returned.popleft() if returned else next(lines, None)

    while line := following():
        if not line.text:
            continue
        fields, reason = _parse([line])
        gathered = [line]
        while reason == _OPEN and len(gathered) < MOST_LINES_OF_A_RECORD and (more := following()):
            gathered.append(more)
            fields, reason = _parse(gathered)
        if len(gathered) > 1 and (reason or _whole_rows(gathered[1:], width)):
            # The mark was a slip of the pen: only its own line is at fault, the others stand alone.
            returned.extendleft(reversed(gathered[1:]))
            fields, reason = [], _OPEN
        yield line.number, fields, reason


def _whole_rows(lines: list[_Line], width: int) -> bool:
    """Whether one of the lines inside a value is a row by itself: two slips would make it vanish."""
    return any(len(_parse([line])[0]) == width for line in lines)


def _parse(lines: list[_Line]) -> tuple[list[str], str]:
    """The fields of one record, or why there are none."""
    if any(line.too_long for line in lines):
        return [], f"line is longer than {LONGEST_LINE:,} bytes"
    raw = lines[0].text if len(lines) == 1 else b"\n".join(line.text for line in lines)
    if b"\0" in raw:
        return [], "the line holds a NUL character"
    if b"\r" in raw:
        return [], "a carriage return stands inside the line"
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return [], "the line is not UTF-8 text (perhaps saved as Windows-1252); save the file as CSV UTF-8"
    if '"' not in text:
        return text.split(","), ""
    try:
        rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return [], _OPEN if "end of data" in str(error) else "text follows a closing quotation mark"
    return (rows[0], "") if len(rows) == 1 else ([], _OPEN)


def _lines(source: IO[bytes]) -> Iterator[_Line]:
    """Physical lines without their endings, numbered from 1."""
    number = 0
    while piece := source.readline(LONGEST_LINE):
        number += 1
        too_long = not piece.endswith(b"\n") and len(piece) == LONGEST_LINE
        rest = piece
        while too_long and rest and not rest.endswith(b"\n"):
            rest = source.readline(LONGEST_LINE)
        text = piece.removesuffix(b"\n").removesuffix(b"\r")
        if number == 1:
            text = text.removeprefix(_MARK)
        yield _Line(number, text, too_long)


def _count_group(groups: Counter[tuple[str, str]], rules: RuleBook, row: list[str]) -> None:
    month, force = rules.layout.index("month"), rules.layout.index("supplier")
    if month is None or force is None or len(row) != len(rules.layout.header):
        return
    groups[row[month], row[force]] += 1


def _row_fault(shown: str, number: int, row: list[str], fault: tuple[int, str], rules: RuleBook) -> RowFault:
    index, reason = fault
    if index < 0:
        return RowFault(shown, number, "", reason)
    return RowFault(shown, number, rules.layout.header[index], reason, row[index][:80])

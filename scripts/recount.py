"""Count a figure again in the raw files that `frankpledge trace` names, with nothing of Frankpledge.

    frankpledge trace FIGURE-ID --json | python scripts/recount.py
    python scripts/recount.py FIGURE-ID

Prints what each file holds, their sum, and for a rate what the sum is set over. The exit code is 0
where all of it equals the figure, 1 where it does not, 2 where there is nothing to count.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any


def month_of_day(cell: str, month_first: bool = False) -> str:
    """Year and month of the day that a cell begins with, written year first or with slashes."""
    found = re.match(r"(\d{4})-(\d{2})", cell.strip())
    if found:
        return f"{found[1]}-{found[2]}"
    found = re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", cell.strip())
    if not found:
        return ""
    return f"{found[3]}-{int(found[1] if month_first else found[2]):02d}"


TAKES: dict[str, Callable[[str], str]] = {
    "value": str.strip,
    "text before the last word": lambda cell: " ".join(cell.split()[:-1]),
    "year and month": lambda cell: cell.strip()[:7],
    "whether it is filled": lambda cell: "yes" if cell.strip() else "no",
    "words joined by hyphens": lambda cell: "-".join(re.findall(r"[a-z0-9]+", cell.lower())),
    "month of the day, day-first": month_of_day,
    "month of the day, month-first": lambda cell: month_of_day(cell, month_first=True),
}


class CannotCount(Exception):
    """The trace does not lead to rows that a script can count."""


def text_of(path: str) -> str:
    """The text of a file as supplied, of an archive's member (`ARCHIVE.zip!member`) or of a `.gz`."""
    name, _, member = path.partition("!")
    raw = Path(name).read_bytes()
    if member:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            raw = archive.read(member)
    return (gzip.decompress(raw) if path.endswith(".gz") else raw).decode("utf-8-sig")


def rows(path: str, needed: Sequence[str], left_out: Sequence[int] = ()) -> Iterator[dict[str, str]]:
    """The rows below the first line that holds every column needed, as dictionaries.

    A row is left out where a line of it is among `left_out`, the lines that the importer rejected.
    """
    reader = csv.reader(io.StringIO(text_of(path), newline=""))
    header: list[str] = []
    while not set(needed) <= set(header):
        try:
            header = [" ".join(cell.split()) for cell in next(reader)]
        except StopIteration:
            raise CannotCount(f"{path} has no line with the columns {', '.join(needed)}.") from None
    skipped, before = set(left_out), reader.line_num
    for cells in reader:
        lines = range(before + 1, reader.line_num + 1)
        before = reader.line_num
        if cells and not skipped.intersection(lines):
            yield dict(zip(header, cells, strict=False))


def counts(row: dict[str, str], conditions: Sequence[dict[str, Any]]) -> bool:
    """Whether a row meets every condition of a trace."""
    return all(TAKES[c["take"]](row.get(c["column"], "")) in c["one_of"] for c in conditions)


def recount_file(file: dict[str, Any]) -> int:
    """The rows of one traced file that count, or the sum of the numbers in them."""
    if file["not_in_this_file"]:
        raise CannotCount(f"{file['path']} cannot be asked about {', '.join(file['not_in_this_file'])}.")
    needed = [c["column"] for c in file["filter"]] + file["sum_of"]
    found = rows(file["path"], needed, file["lines_not_counted"])
    counted = (row for row in found if counts(row, file["filter"]))
    if not file["sum_of"]:
        return sum(1 for _ in counted)
    return sum(int(row[name].replace(",", "")) for row in counted for name in file["sum_of"])


def recount(trace: dict[str, Any]) -> list[tuple[int, str]]:
    """What every file behind a traced figure adds to its numerator, with the file's path."""
    if trace["numerator"] is None:
        made_of = ", ".join(trace["derived_from"]) or "no rows"
        raise CannotCount(f"{trace['figure_id']} is worked out from {made_of}; count those.")
    return [(recount_file(file), file["path"]) for file in trace["files"]]


def denominator(trace: dict[str, Any]) -> float | None:
    """What a rate is set over, added up in the table that the trace names; None where it names none."""
    told = trace["denominator_from"]
    if not told or not told["path"]:
        return None
    found = {row["code"]: row for row in rows(told["path"], ["code", told["column"]])}
    return float(sum(int(found[code][told["column"]]) for code in told["codes"]))


def read_trace(arguments: Sequence[str]) -> dict[str, Any]:
    """The trace of the figure named, or the one on standard input."""
    if not arguments:
        told = sys.stdin.read()
    else:
        command = [sys.executable, "-m", "frankpledge.cli", "trace", arguments[0], "--json"]
        told = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True).stdout
    try:
        trace = dict(json.loads(told))
    except ValueError:
        raise CannotCount("Give the name of a figure, or the output of 'frankpledge trace FIGURE-ID --json'.") from None
    if "error" in trace:
        raise CannotCount(f"{trace['error']['message']} {trace['error']['remedy']}")
    return trace


def main(arguments: Sequence[str]) -> int:
    """Count, print, compare."""
    try:
        trace = read_trace(arguments)
        by_file, over = recount(trace), denominator(trace)
    except (CannotCount, OSError) as reason:
        print(reason, file=sys.stderr)
        return 2
    for number, path in by_file:
        print(f"{number:>12,}  {path}")
    found = sum(number for number, _ in by_file)
    same = found == trace["numerator"] and over in (None, trace["denominator"])
    print(f"{found:>12,}  counted again; the figure counts {trace['numerator']:,}")
    if over is not None:
        print(f"{over:>12,.0f}  set over; the figure is set over {trace['denominator']:,.0f}")
    print("The same." if same else "NOT THE SAME.")
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

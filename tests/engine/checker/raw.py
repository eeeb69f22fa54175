"""Rows counted in the raw files that traces name; each file is read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scripts.recount import TAKES, CannotCount, rows

Trace = Mapping[str, Any]
LSOA = ("LSOA code", "value")
MONTH = "year and month"


class RawFiles:
    """The files behind a set of traces, grouped by the columns that any of them asks about."""

    def __init__(self, traces: Iterable[Trace], more: Iterable[str] = ()) -> None:
        self._asked: dict[str, set[str]] = {}
        self._left_out: dict[str, list[int]] = {}
        of_months: set[str] = set()
        for file in (file for trace in traces for file in trace["files"]):
            asked = self._asked.setdefault(file["path"], set())
            asked |= {c["column"] for c in file["filter"]} | set(file["sum_of"])
            self._left_out[file["path"]] = file["lines_not_counted"]
            of_months |= asked if any(c["take"] == MONTH for c in file["filter"]) else set()
        for path in more:
            self._asked.setdefault(path, set()).update(of_months)
            self._left_out.setdefault(path, [])
        self._read: dict[str, tuple[tuple[str, ...], Counter[tuple[str, ...]]]] = {}
        self._grouped: dict[tuple[str, tuple[tuple[str, str], ...]], Counter[tuple[str, ...]]] = {}

    def _columns(self, path: str) -> tuple[tuple[str, ...], Counter[tuple[str, ...]]]:
        """The rows of a file, alike rows together; the small area's code is kept where the file has one."""
        if path not in self._read:
            columns = (*sorted(self._asked[path] - {LSOA[0]}), LSOA[0])
            held = Counter(
                tuple(row.get(column, "") for column in columns)
                for row in rows(path, columns[:-1], self._left_out[path])
            )
            self._read[path] = columns, held
        return self._read[path]

    def _grouped_by(self, path: str, taken: tuple[tuple[str, str], ...]) -> Counter[tuple[str, ...]]:
        if (path, taken) not in self._grouped:
            columns, held = self._columns(path)
            places = [(columns.index(column), TAKES[take]) for column, take in taken]
            grouped: Counter[tuple[str, ...]] = Counter()
            for cells, number in held.items():
                grouped[tuple(take(cells[place]) for place, take in places)] += number
            self._grouped[path, taken] = grouped
        return self._grouped[path, taken]

    def count(self, file: Mapping[str, Any], *, by: tuple[str, str] | None = None, without: str = "") -> Counter[str]:
        """What counts in one traced file, by what is taken from a column; `without` drops that column's condition."""
        if file["not_in_this_file"]:
            raise CannotCount(f"{file['path']} cannot be asked about {file['not_in_this_file']}")
        asked = [c for c in file["filter"] if c["column"] != without]
        taken = [(c["column"], c["take"]) for c in asked] + [(name, "value") for name in file["sum_of"]]
        grouped = self._grouped_by(file["path"], tuple([*taken, *([by] if by else [])]))
        sets = [set(c["one_of"]) for c in asked]
        found: Counter[str] = Counter()
        for cells, number in grouped.items():
            if all(cell in allowed for cell, allowed in zip(cells, sets, strict=False)):
                each = sum(int(cells[len(sets) + i].replace(",", "")) for i in range(len(file["sum_of"])))
                found[cells[-1] if by else ""] += number * each if file["sum_of"] else number
        return found

    def total(self, trace: Trace) -> int:
        """The whole numerator of a traced figure."""
        return sum(sum(self.count(file).values()) for file in trace["files"])

    def by_month(self, trace: Trace, months: Sequence[str]) -> list[int]:
        """The numerator month by month, over months that the files answer for."""
        found: Counter[str] = Counter()
        for file in trace["files"]:
            column = next(c["column"] for c in file["filter"] if c["take"] == MONTH)
            found += self.count(file, by=(column, MONTH))
        return [found[month] for month in months]

    def by_small_area(self, trace: Trace) -> list[int]:
        """The numerator in every small area where a row of any type lies in the same files and months."""
        types = {c["column"] for file in trace["files"] for c in file["filter"]} & {"Crime type", "category"}
        mine: Counter[str] = Counter()
        known: set[str] = set()
        for file in trace["files"]:
            mine += self.count(file, by=LSOA)
            known |= set(self.count(file, by=LSOA, without=next(iter(types), "")))
        return [mine[code] for code in sorted(known - {""})]

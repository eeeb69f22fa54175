"""Table C2 of ONS: recorded crime by community safety partnership, one line each, as it is published.

A row of the account is a line of the table: one partnership, one force's total, or what a force could
not place. Each stored line becomes one stored count per offence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from frankpledge.engine.definitions.area_names import slug
from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.periods import MONTH_NAMES, Period, month_words
from frankpledge.engine.definitions.shapes import SourceKind
from frankpledge.engine.faults import NotReadable
from frankpledge.engine.store.importers.arriving import (
    Arriving,
    arriving,
    at,
    definition_of,
    find_table,
    unreadable_as_reason,
)
from frankpledge.engine.store.importers.lines import Cells, Line, Table, plain
from frankpledge.engine.store.staging import ImportContext, Staged
from frankpledge.engine.store.supplied import SuppliedFile

SOURCE: Final = "ons-csp-crime"
SUPPLIER: Final = "ons"
_OFFENCE: Final = "offence:"
_YEAR_ENDING = re.compile(r"\byear ending (?:\d{1,2} )?([A-Z][a-z]+) ((?:19|20)\d\d)\b", re.IGNORECASE)
_NOTES = re.compile(r"\s*\[note [0-9]+\]", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*|[0-9]+", re.ASCII)
_PARTNERSHIP = re.compile(r"(?:E22|W14|W22)[0-9]{6}", re.ASCII)
_FORCE = re.compile(r"(?:E23|W15)[0-9]{6}", re.ASCII)
_NONE = frozenset({"", "[x]", "[z]", "[c]", "[u]", "..", ":", "-", "–"})
# Marks after a number: revised is final all the same, provisional is not.
_MARKED = re.compile(r"(.*?)\s*\[(r|p)\]", re.IGNORECASE)


@dataclass(frozen=True)
class _Layout:
    header: Cells
    columns: dict[str, int]  # field of the definition -> place in the file

    @property
    def offences(self) -> dict[str, int]:
        return {name.removeprefix(_OFFENCE): i for name, i in self.columns.items() if name.startswith(_OFFENCE)}


@dataclass(frozen=True)
class _Entry:
    """One line of the table, understood."""

    kind: str  # partnership, force, unassigned
    force: str  # its ONS code
    code: str
    name: str
    counts: dict[str, tuple[int | None, str]]


def bring_in_crime_by_partnership(file: SuppliedFile, context: ImportContext) -> Staged:
    """Stage Table C2, from CSV or from a worksheet of the published workbook."""
    definition = definition_of(context, SOURCE)
    kind = definition.kinds[0]
    taken = arriving(file, context)
    if isinstance(taken, Staged):
        return taken
    try:
        table = find_table(taken, lambda cells: not _missing(cells, kind))
        if table is None:
            return taken.unread("it holds no table of crime by community safety partnership (Table C2)")
        period = _period(table)
        if period is None:
            return taken.unread("no line above the table says which year it is of ('year ending June 2025')")
        entries = list(_entries(taken, table, _laid_out(table.header, kind, taken), context.areas))
    except NotReadable as fault:
        return taken.unread(unreadable_as_reason(fault))
    if entries:
        _check_sums(entries, taken)
        taken.add_part(
            definition, kind, _columns(entries, period), supplier=SUPPLIER, rows=len(entries), month=period.last
        )
    taken.notes.append(f"Year ending {month_words(period.last)}.")
    return taken.staged()


def _missing(cells: Cells, kind: SourceKind) -> list[str]:
    names = {plain(cell) for cell in cells}
    return [c.header for c in kind.columns if c.required and plain(c.header) not in names]


def _laid_out(header: Cells, kind: SourceKind, taken: Arriving) -> _Layout:
    known = {plain(c.header): c.field for c in kind.columns}
    columns: dict[str, int] = {}
    for index, cell in enumerate(header):
        name = plain(_NOTES.sub("", cell))
        if name and name not in known:
            taken.warnings.append(f"The column '{' '.join(cell.split())}' is not known; its numbers are not stored.")
        field = known.get(name)
        if field:
            columns.setdefault(field, index)
    return _Layout(header, columns)


def _period(table: Table) -> Period | None:
    """The twelve months that the title names."""
    months = {name.casefold(): number for number, name in enumerate(MONTH_NAMES)}
    for line in table.before:
        for cell in line.cells:
            for month, year in _YEAR_ENDING.findall(cell):
                if month.casefold() in months:
                    return Period.year_ending(int(year) * 12 + months[month.casefold()])
    return None


def _entries(taken: Arriving, table: Table, layout: _Layout, areas: Areas) -> Iterator[_Entry]:
    seen: set[tuple[str, str]] = set()
    for line in table.rows():
        taken.rows_in += 1
        entry = _entry(line, layout, areas)
        if isinstance(entry, _Entry) and (entry.kind, entry.code) in seen:
            entry = ("area_code", "a line for this area came before", entry.code)
        if isinstance(entry, _Entry):
            seen.add((entry.kind, entry.code))
            yield entry
        else:
            column, reason, value = entry
            named = layout.header[layout.columns[column]] if column in layout.columns else ""
            taken.reject(line.number, " ".join(named.split()), reason, value)


def _entry(line: Line, layout: _Layout, areas: Areas) -> _Entry | tuple[str, str, str]:
    """A line understood, or (field, reason, value) why it cannot be."""
    if line.fault:
        return "", line.fault, ""
    cells, columns = line.cells, layout.columns
    force_code, code = at(cells, columns["force_code"]), at(cells, columns["area_code"])
    force_name = _name(at(cells, columns["force_name"]))
    name = _name(at(cells, columns["area_name"]))
    if not _FORCE.fullmatch(force_code):
        return "force_code", "not the code of a police force area, as E23000016", force_code
    if code and not _PARTNERSHIP.fullmatch(code):
        return "area_code", "not the code of a community safety partnership, as E22000368", code
    counts: dict[str, tuple[int | None, str]] = {}
    for offence, index in layout.offences.items():
        read = _count(at(cells, index))
        if isinstance(read, str):
            return _OFFENCE + offence, read, at(cells, index)
        counts[offence] = read
    # Lines of what a force could not place may carry another force's code (Gwent and Surrey, June 2025).
    known = areas.force_by_name(force_name)
    force = known.code if known and known.code else force_code
    if code:
        return _Entry("partnership", force, code, name, counts)
    if name:
        return _Entry("unassigned", force, f"{force}-{slug(name)}", name, counts)
    return _Entry("force", force, force, force_name, counts)


def _name(text: str) -> str:
    return " ".join(_NOTES.sub("", text).split())


def _count(text: str) -> tuple[int | None, str] | str:
    """A count and its status, or why the cell is no count.

    >>> _count("19,210"), _count("[x]"), _count("12 [p]")
    ((19210, 'final'), (None, 'no-data'), (12, 'provisional'))
    """
    text = text.replace("\u00a0", " ").strip()
    status = "final"
    marked = _MARKED.fullmatch(text)
    if marked:
        text, status = marked[1], "provisional" if marked[2].casefold() == "p" else "final"
    if text.casefold() in _NONE:
        return None, "no-data"
    if not _NUMBER.fullmatch(text) or len(text) > 12:
        return "not a whole number"
    return int(text.replace(",", "")), status


def _check_sums(entries: list[_Entry], taken: Arriving) -> None:
    """Hold each force's total against its partnerships and what it could not place."""
    totals = {entry.force: entry for entry in entries if entry.kind == "force"}
    added: dict[tuple[str, str], int] = defaultdict(int)
    for entry in entries:
        if entry.kind != "force":
            for offence, (count, _) in entry.counts.items():
                added[entry.force, offence] += count or 0
    wrong = {
        total.name
        for force, total in totals.items()
        for offence, (count, _) in total.counts.items()
        if count is not None and count != added[force, offence]
    }
    if wrong:
        taken.warnings.append(f"The lines of these forces do not add up to their totals: {', '.join(sorted(wrong))}.")
    held = Counter(entry.force for entry in entries)
    # The City of London is one partnership and has no line for its total besides.
    lost = sorted(force for force, lines in held.items() if force not in totals and lines > 1)
    if lost:
        taken.warnings.append(f"The table has no total for the force areas {', '.join(lost)}.")


def _columns(entries: list[_Entry], period: Period) -> dict[str, list[Any]]:
    cells = [(entry, offence, *cell) for entry in entries for offence, cell in entry.counts.items()]
    return {
        "area_kind": [entry.kind for entry, *_ in cells],
        "area_code": [entry.code for entry, *_ in cells],
        "area_name": [entry.name for entry, *_ in cells],
        "offence": [offence for _, offence, _, _ in cells],
        "first_month": [period.first] * len(cells),
        "last_month": [period.last] * len(cells),
        "count": [count for *_, count, _ in cells],
        "status": [status for *_, status in cells],
    }

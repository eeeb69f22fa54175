"""Weights of the ONS Crime Severity Score by Home Office offence code.

Codes are text: 8N, 37.1, 4.10. Spreadsheets turn them into dates and day numbers (43831, 04-Oct); such
a line is a fault that says so, for a weight under a wrong code would be believed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from frankpledge.engine.definitions.shapes import SourceDefinition
from frankpledge.engine.faults import NotReadable, UsageFault
from frankpledge.engine.store.importers.arriving import (
    Arriving,
    arriving,
    at,
    definition_of,
    find_table,
    unreadable_as_reason,
)
from frankpledge.engine.store.importers.layouts import Layout, is_header_of, lay_out
from frankpledge.engine.store.importers.lines import Line, Table
from frankpledge.engine.store.staging import ImportContext, Staged
from frankpledge.engine.store.supplied import SuppliedFile

SOURCE: Final = "severity-weights"
_ONE: Final = r"[0-9]{1,3}(?:\.[0-9]{1,2})?[A-Z]?"
_CODE: Final = re.compile(rf"{_ONE}(?:/{_ONE})*", re.ASCII)
_DATE: Final = re.compile(
    r"[0-9]{5}(?:\.0+)?|[0-9]{1,2}[-/ ][A-Za-z]{3,9}(?:[-/ ][0-9]{2,4})?|[A-Za-z]{3,9}[-/ ][0-9]{1,4}"
    r"|[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}(?: .*)?",
    re.ASCII,
)
_NUMBER: Final = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?:\.[0-9]{1,18})?", re.ASCII)
_EDITION: Final = re.compile(r"(20[0-9]{2})(?:-(0[1-9]|1[0-2]))?")
_EDITION_IN_NAME: Final = re.compile(r"(?<![0-9])(20[0-9]{2})(?:[-_](0[1-9]|1[0-2]))?(?![0-9])")

_Row = tuple[int, str, str, str, float]  # line, code, offence, group as written, weight


def bring_in_severity_weights(file: SuppliedFile, context: ImportContext) -> Staged:
    """Stage a table of weights. Raises UsageFault where nothing says which edition it is."""
    definition = definition_of(context, SOURCE)
    taken = arriving(file, context)
    if isinstance(taken, Staged):
        return taken
    try:
        table = find_table(taken, lambda cells: is_header_of(definition, cells))
        layout = lay_out(table.header, definition) if table else None
        if table is None or layout is None:
            return taken.unread("its header names no offence code and weight")
        edition = _edition(taken)
        rows = _agreeing(taken, layout, _read(taken, table, layout))
    except NotReadable as fault:
        return taken.unread(unreadable_as_reason(fault))
    if rows:
        columns: dict[str, Sequence[Any]] = {
            "edition": [edition] * len(rows),
            "code": [code for _, code, _, _, _ in rows],
            "offence": [offence for _, _, offence, _, _ in rows],
            "group": _groups(rows, definition, taken),
            "weight": [weight for *_, weight in rows],
        }
        taken.add_part(definition, layout.kind, columns, supplier=f"ons-{edition}", rows=len(rows))
    return taken.staged()


def _edition(taken: Arriving) -> str:
    """The year, or year and month, of the weights: from --as-of or the name of the file."""
    said = taken.context.as_of
    found = _EDITION.fullmatch(said) if said else _EDITION_IN_NAME.search(taken.file.name)
    if found:
        return f"{found[1]}-{found[2]}" if found[2] else str(found[1])
    raise UsageFault(
        f"Nothing says which edition of the weights {taken.file.name} holds, and editions differ.",
        "Say it with --as-of as year or year and month, for example --as-of 2020-12.",
    )


def _read(taken: Arriving, table: Table, layout: Layout) -> list[_Row]:
    rows: list[_Row] = []
    places = {name: layout.index(name) for name in ("code", "offence", "group", "weight")}
    for line in table.rows():
        taken.rows_in += 1
        cells = {name: at(line.cells, index) for name, index in places.items()}
        name, reason = _fault(line, cells)
        if reason:
            column = layout.column(name)
            taken.reject(line.number, column.header if column else "", reason, cells.get(name, ""))
        else:
            weight = float(cells["weight"].replace(",", ""))
            rows.append((line.number, cells["code"], cells["offence"], cells["group"], weight))
    return rows


def _fault(line: Line, cells: dict[str, str]) -> tuple[str, str]:
    """The field and the reason; both empty for a good line."""
    if line.fault:
        return "", line.fault
    if not _CODE.fullmatch(cells["code"]):
        if _DATE.fullmatch(cells["code"]):
            return "code", (
                "a spreadsheet has turned the offence code into a date or a day number; take the table from its"
                " publisher again, with the column of codes as text"
            )
        return "code", "not an offence code, as 8N or 4.10"
    if not _NUMBER.fullmatch(cells["weight"]):
        return "weight", "not a number"
    return ("", "") if float(cells["weight"].replace(",", "")) > 0 else ("weight", "a weight is above zero")


def _agreeing(taken: Arriving, layout: Layout, rows: list[_Row]) -> list[_Row]:
    """The rows, without those whose code stands on two lines with different weights.

    A spreadsheet makes 4.1 of 4.10. Where both lines have the same weight nothing is wrong by it.
    """
    weights: dict[str, set[float]] = defaultdict(set)
    lines: dict[str, int] = defaultdict(int)
    for _, code, _, _, weight in rows:
        weights[code].add(weight)
        lines[code] += 1
    column = layout.column("code")
    kept = []
    for row in rows:
        if len(weights[row[1]]) > 1:
            reason = "the code stands on several lines with different weights; a spreadsheet makes 4.1 of 4.10"
            taken.reject(row[0], column.header if column else "", reason, row[1])
        else:
            kept.append(row)
    twice = sorted(code for code, count in lines.items() if count > 1 and len(weights[code]) == 1)
    if twice:
        taken.notes.append(f"Codes that stand on several lines with one weight: {', '.join(twice)}.")
    return kept


def _groups(rows: list[_Row], definition: SourceDefinition, taken: Arriving) -> list[str | None]:
    known = {written.casefold(): key for written, key in definition.categories.items()}
    unknown = sorted({group for *_, group, _ in rows if group and group.casefold() not in known})
    if unknown:
        taken.warnings.append(f"Offence groups that are not known: {', '.join(unknown)}.")
    return [known.get(group.casefold()) for *_, group, _ in rows]

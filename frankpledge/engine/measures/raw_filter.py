"""The filter of a figure put back into the columns of a supplied file, so that anyone can count again.

A row of the file counts where, for every condition, what is *taken* from the column is one of the
values named. What may be taken is in `TAKES`: few enough for a script of twenty lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.definitions.shapes import SourceDefinition, SourceKind
from frankpledge.engine.measures.cube import FLAGS
from frankpledge.engine.measures.raw_lists import EVERY_ROW, condition_in_list, mapping_of
from frankpledge.engine.store.importers.partner_mapping import PartnerMapping
from frankpledge.engine.store.manifest import Manifest, Supply

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace

TAKES: Final[Mapping[str, str]] = {
    "value": "the cell, without blanks at its ends",
    "text before the last word": "the cell without its last word, the words joined by single blanks",
    "year and month": "the first seven characters of the cell, as in 2025-06",
    "whether it is filled": "'yes' where the cell holds anything, else 'no'",
    "words joined by hyphens": "the cell in small letters, everything between its letters and digits as one hyphen",
    "month of the day, day-first": "year and month of the day that a cell begins with: 2025-06-30, 30/06/2025",
    "month of the day, month-first": "year and month of the day that a cell begins with: 2025-06-30, 06/30/2025",
}
FORCE_CODES: Final = ("E23", "W15")
YES: Final = ("yes", "Yes", "YES", "y", "Y", "true", "True", "TRUE", "1")


@dataclass(frozen=True)
class Condition:
    """What is taken from one column of the file must be one of the values."""

    column: str
    take: str
    one_of: tuple[str, ...]


@dataclass(frozen=True)
class RawFilter:
    """How to count a figure again in one file.

    `sum_of` names the column whose numbers are added up, where the file is a table of counts; else
    the rows are counted. `unknown` names fields that this file's layout cannot be asked about.
    """

    conditions: tuple[Condition, ...]
    sum_of: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class _File:
    """A supplied file's layout: which column fills which field."""

    definition: SourceDefinition
    kind: SourceKind

    def column(self, field: str) -> str | None:
        """The header of the column that fills a field; None where there is none."""
        found = next((c.header for c in self.kind.columns if c.field == field), None)
        return None if found is None else " ".join(found.split())  # headers may hold line breaks


def raw_filter(
    supply: Supply, pairs: Sequence[tuple[str, tuple[str, ...]]], manifest: Manifest, ws: Workspace
) -> RawFilter:
    """The conditions under which rows of a supplied file count towards a figure."""
    mapping = mapping_of(supply, ws)
    if mapping is not None:
        return _of_list(mapping, supply, pairs, manifest, ws)
    file = _layout(supply, ws)
    if file is None:
        return RawFilter((), unknown=tuple(field for field, _ in pairs))
    if manifest.dataset == "counts":
        return _of_table(file, pairs, ws)
    conditions: list[Condition] = []
    unknown: list[str] = []
    for field, values in pairs:
        if field == "source" or (field == "supplier" and file.column("supplier") is None):
            continue  # every row of the file has it
        make = _CONDITIONS.get(field, _flag if field in FLAGS else _plain)
        held = _months_of(supply, values, manifest) if field == "month" else values
        condition = make(file, field, held, ws)
        if condition is None:
            unknown.append(field)
        else:
            conditions.append(condition)
    return RawFilter(tuple(conditions), unknown=tuple(unknown))


def _of_list(
    mapping: PartnerMapping,
    supply: Supply,
    pairs: Sequence[tuple[str, tuple[str, ...]]],
    manifest: Manifest,
    ws: Workspace,
) -> RawFilter:
    """The conditions in a partner's list; fields that its columns cannot tell are named."""
    conditions: list[Condition] = []
    unknown: list[str] = []
    for field, values in pairs:
        if field == "source":
            continue
        held = _months_of(supply, values, manifest) if field == "month" else values
        made = condition_in_list(mapping, field, held, ws)
        if made is None:
            unknown.append(field)
        elif made != EVERY_ROW:
            conditions.append(Condition(*made))
    return RawFilter(tuple(conditions), unknown=tuple(unknown))


def _layout(supply: Supply, ws: Workspace) -> _File | None:
    named = [d for key, d in ws.definitions.sources.items() if key == supply.source]
    others = [d for d in ws.definitions.sources.values() if d.key.startswith(supply.source)]
    for definition in (*named, *others):
        for kind in definition.kinds:
            if kind.key == supply.kind:
                return _File(definition, kind)
    return None


def _months_of(supply: Supply, months: tuple[str, ...], manifest: Manifest) -> tuple[str, ...]:
    """Of the months asked for, those that this file answers for: another may have replaced the rest."""
    held = {p.month for p in manifest.parts if p.supply == supply.supply}
    return tuple(m for m in months if month_number(m) in held) if held else months


def _plain(file: _File, field: str, values: tuple[str, ...], ws: Workspace) -> Condition | None:
    column = file.column(field)
    return Condition(column, "value", values) if column else None


def _supplier(file: _File, field: str, values: tuple[str, ...], ws: Workspace) -> Condition | None:
    names = [name for slug in values if slug in ws.areas.forces for name in ws.areas.forces[slug].names]
    column = file.column("supplier")
    return Condition(column, "value", tuple(names)) if column else None


def _month(file: _File, field: str, values: tuple[str, ...], ws: Workspace) -> Condition | None:
    for name in ("month", "date", "time_from"):
        column = file.column(name)
        if column:
            return Condition(column, "year and month", values)
    return None


def _district(file: _File, field: str, values: tuple[str, ...], ws: Workspace) -> Condition | None:
    current = {code for value in values if (code := ws.areas.current_code(value))}
    column = file.column("district")
    if column:
        names = [ws.areas.districts[code].name for code in sorted(current)]
        return Condition(column, "value", (*values, *names))
    column = file.column("lsoa_name")
    prefixes = tuple(prefix for prefix, code in ws.areas.place_table() if code in current)
    return Condition(column, "text before the last word", prefixes) if column else None


def _category(file: _File, field: str, values: tuple[str, ...], ws: Workspace) -> Condition | None:
    column = file.column("category")
    named = file.definition.categories
    labels = tuple(label for label, key in named.items() if (key in values) == (field == "category"))
    return Condition(column, "value", labels) if column else None


def _outcome_group(file: _File, field: str, values: tuple[str, ...], ws: Workspace) -> Condition | None:
    column = file.column("outcome")
    labels = tuple(label for label, key in file.definition.outcomes.items() if key in values)
    return Condition(column, "value", labels) if column else None


def _flag(file: _File, field: str, values: tuple[str, ...], ws: Workspace) -> Condition | None:
    column = file.column(field)
    if column is None:
        return None
    return Condition(column, "whether it is filled", ("yes",)) if field == "hate" else Condition(column, "value", YES)


_Make = Callable[[_File, str, tuple[str, ...], "Workspace"], Condition | None]
_CONDITIONS: Mapping[str, _Make] = {
    "supplier": _supplier,
    "month": _month,
    "district": _district,
    "category": _category,
    "not category": _category,
    "outcome_group": _outcome_group,
}


def _of_table(file: _File, pairs: Sequence[tuple[str, tuple[str, ...]]], ws: Workspace) -> RawFilter:
    """A table of counts: either one column per offence, or one row per offence with a column of numbers."""
    found = dict(pairs)
    area, force = file.column("area_code"), file.column("force_code")
    conditions = [Condition(area, "value", found["area_code"])] if area else []
    if force and any(code.startswith(FORCE_CODES) for code in found["area_code"]):
        # A force's own line bears its code and no partnership; 'Unassigned' lines bear a name.
        conditions = [Condition(force, "value", found["area_code"])]
        conditions += [Condition(c, "value", ("",)) for c in (area, file.column("area_name")) if c]
    number, offence, year = file.column("count"), file.column("offence"), file.column("year")
    if number and offence and year:
        conditions.append(Condition(offence, "value", found["offence"]))
        conditions.append(Condition(year, "value", found["period"]))
        return RawFilter(tuple(conditions), (number,))
    sums = [file.column(f"offence:{o}") for o in found["offence"]]
    unknown = tuple(o for o, column in zip(found["offence"], sums, strict=True) if column is None)
    return RawFilter(tuple(conditions), tuple(c for c in sums if c), unknown if area else ("area_code", *unknown))

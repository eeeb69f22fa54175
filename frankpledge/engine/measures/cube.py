"""Rows grouped once, asked many times: one query answers every month, type and district of an area.

A cube holds, for one scope and one snapshot, how many rows share each combination of the fields
that a measure can ask about. It is kept in memory until the snapshot changes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from frankpledge.engine.store.datasets import DATASETS

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace

PLAIN = ("supply", "source", "supplier", "origin", "month", "district", "category", "offence")
FLAGS = ("alcohol", "domestic_abuse", "hate", "vulnerable_adult", "youth")
DETAIL = (*PLAIN, "outcome_group", "hour", *FLAGS)
EVERYWHERE = ("everywhere", "")
POLICE = "police-uk"  # the only source whose supplier is the force itself, and covers all of its area
KEPT = 48  # cubes in memory; one is a few thousand cells for a partnership

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Cube:
    """Counts of rows by field. `codes[field]` index `labels[field]`; -1 stands for no value."""

    codes: Mapping[str, IntArray]
    labels: Mapping[str, tuple[Any, ...]]
    rows: IntArray

    def where(self, field: str, values: Collection[Any]) -> BoolArray:
        """Cells whose field holds one of the values."""
        wanted = [number for number, label in enumerate(self.labels[field]) if label in values]
        return np.isin(self.codes[field], wanted)

    def where_text(self, field: str, values: Collection[str]) -> BoolArray:
        """Cells whose value, written as text, is one of the values: 'true' for a mark, '20' for an hour."""
        return self.where(field, {v for v in self.labels[field] if str(v).lower() in {w.lower() for w in values}})

    def known(self, field: str) -> BoolArray:
        """Cells that have a value in the field."""
        return self.codes[field] >= 0

    def sums(self, field: str, mask: BoolArray) -> dict[Any, int]:
        """Rows under a mask by the values of a field; values without a row are left out."""
        codes, rows = self.codes[field][mask], self.rows[mask]
        labels = self.labels[field]
        totals = np.bincount(codes[codes >= 0], weights=rows[codes >= 0], minlength=len(labels))
        return {labels[number]: int(total) for number, total in enumerate(totals) if total}

    def total(self, mask: BoolArray) -> int:
        """Rows under a mask."""
        return int(self.rows[mask].sum())


_held: OrderedDict[tuple[Path, str, str, tuple[str, str], bool], Cube] = OrderedDict()
_lock = threading.Lock()


def cube_of(ws: Workspace, dataset: str, scope: tuple[str, str], *, detail: bool = False) -> Cube:
    """The cube of a scope in the current snapshot of a dataset."""
    key = (ws.store.root, dataset, ws.store.manifest(dataset).snapshot, scope, detail)
    with _lock:
        if key in _held:
            _held.move_to_end(key)
            return _held[key]
    cube = _build(ws, dataset, scope, detail)
    with _lock:
        _held[key] = cube
        while len(_held) > KEPT:
            _held.popitem(last=False)
    return cube


def scoped_rows(ws: Workspace, dataset: str, scope: tuple[str, str]) -> Any:
    """The rows of a dataset within a scope, as an Ibis table.

    For a partnership only the police files of its own force are read: other forces cannot answer for
    it, and leaving out whole parts is faster than a filter.
    """
    kind, key = scope
    if kind == "everywhere":
        return ws.store.scan(dataset)
    if kind == "force":
        rows = ws.store.scan(dataset, supplier=key)
        return rows.filter(rows.supplier == key)
    partnership = ws.areas.partnerships[key]
    rows = own_parts(ws, dataset, partnership.force)
    return rows.filter(rows.district.isin(sorted(ws.areas.district_codes_over_time(partnership))))


def own_parts(ws: Workspace, dataset: str, force: str) -> Any:
    """The police rows of one force and the rows of every other source, as an Ibis table."""
    sources = sorted({part.source for part in ws.store.manifest(dataset).parts})
    tables = [ws.store.scan(dataset, source=s, supplier=force if s.startswith(POLICE) else None) for s in sources]
    if not tables:
        return ws.store.scan(dataset)
    return tables[0] if len(tables) == 1 else tables[0].union(*tables[1:], distinct=False)


def _build(ws: Workspace, dataset: str, scope: tuple[str, str], detail: bool) -> Cube:
    held = scoped_rows(ws, dataset, scope)
    asked = (*(DETAIL if detail else PLAIN), *(("lsoa_code",) if scope[0] == "small-areas" else ()))
    fields = [name for name in asked if name in DATASETS[dataset]]
    of_supply = _told_by_supply(ws, dataset)
    grouped = [name for name in fields if name not in of_supply and name not in _never_filled(ws, dataset)]
    if "hate" in grouped:  # the strand is text; a measure asks only whether there is one
        held = held.mutate(hate=held.hate.notnull().nullif(False))
    table = ws.store.run(held.group_by(grouped).agg(rows=held.count()))
    codes: dict[str, IntArray] = {}
    labels: dict[str, tuple[Any, ...]] = {}
    for name in grouped:
        encoded = table.column(name).combine_chunks().dictionary_encode()
        labels[name] = tuple(encoded.dictionary.to_pylist())
        codes[name] = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    for name in of_supply:
        values = [of_supply[name][supply] for supply in labels["supply"]]
        labels[name] = tuple(dict.fromkeys(values))
        numbers = np.array([labels[name].index(value) for value in values], dtype=np.int64)
        codes[name] = numbers[codes["supply"]] if values else codes["supply"]
    for name in {*DETAIL, "lsoa_code"} - set(codes):
        labels[name] = ()
        codes[name] = np.full(table.num_rows, -1, dtype=np.int64)
    return Cube(codes, labels, table.column("rows").to_numpy().astype(np.int64))


def _told_by_supply(ws: Workspace, dataset: str) -> dict[str, dict[str, str]]:
    """Fields that follow from a row's supply, with their value for each: not grouping by them saves a quarter."""
    manifest = ws.store.manifest(dataset)
    if not all(part.supply in manifest.supplies for part in manifest.parts):
        return {}
    return {
        name: {key: getattr(supply, name) for key, supply in manifest.supplies.items()}
        for name in ("source", "supplier", "origin")
    }


def _never_filled(ws: Workspace, dataset: str) -> frozenset[str]:
    """Fields that no source held can fill: police files have neither times nor marks, yet they cost half of it."""
    sources = {part.source for part in ws.store.manifest(dataset).parts}
    if dataset != "incidents" or not all(s.startswith(POLICE) and s in ws.definitions.sources for s in sources):
        return frozenset()
    kinds = [kind for s in sources for kind in ws.definitions.sources[s].kinds if kind.dataset == dataset]
    filled = {column.field for kind in kinds for column in kind.columns}
    times = frozenset() if "time_from" in filled else frozenset({"hour"})
    return times | (frozenset(FLAGS) - filled)

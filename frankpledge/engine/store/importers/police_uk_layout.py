"""Recognises the files of data.police.uk by their header, never by their name."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.engine.definitions.shapes import SourceDefinition, SourceKind

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ENOUGH_ALIKE = 0.5  # of a kind's columns present: the file is one of them, damaged
_NAME_OF_STOPS = re.compile(r"^(\d{4}-(?:0[1-9]|1[0-2]))-(.+)-stop-and-search", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """A file of a known kind: its columns in the order of the file."""

    source: SourceDefinition
    kind: SourceKind
    header: tuple[str, ...]
    fields: tuple[str | None, ...]  # of each column of the file, the field it fills

    def index(self, field: str) -> int | None:
        """Where in the file the column of a field stands; None where the file has none."""
        return self.fields.index(field) if field in self.fields else None

    @property
    def dataset(self) -> str:
        """The dataset that its rows belong to."""
        return self.kind.dataset


@dataclass(frozen=True)
class Unfit:
    """A header that cannot be used. `ours`: it is one of the known kinds all the same, but damaged."""

    reason: str
    ours: bool


def read_header(start: bytes) -> tuple[str, ...] | Unfit:
    """The column names in the first line of a file."""
    if not start:
        return Unfit(
            "nothing in it can be read: it may not be opened, is damaged, or is not compressed as its name says",
            ours=False,
        )
    if start.startswith(_WIDE_MARKS) or start[1:2] == b"\0":
        return Unfit("the file is UTF-16 text; save it as CSV UTF-8", ours=False)
    line = re.split(rb"[\r\n]", start.removeprefix(codecs.BOM_UTF8), maxsplit=1)[0]
    try:
        text = line.decode("utf-8")
        names = next(csv.reader([text], strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        return Unfit("its first line is not a header", ours=False)
    return tuple(names)


def recognise(header: Sequence[str], sources: Sequence[SourceDefinition]) -> Layout | Unfit:
    """Which kind of file this header belongs to.

    Order and capital letters do not matter, and further columns are read past. A header with all
    but a few of a kind's columns, or with one of them twice, is damaged: the file is ours, and its
    rows must be accounted for.
    """
    names = [_plain(name) for name in header]
    best: tuple[float, SourceKind, list[str]] | None = None
    for source in sources:
        for kind in source.kinds:
            missing = [c.header for c in kind.columns if c.required and _plain(c.header) not in names]
            if not missing:
                return _laid_out(header, names, source, kind)
            share = sum(_plain(c.header) in names for c in kind.columns) / len(kind.columns)
            if best is None or share > best[0]:
                best = (share, kind, missing)
    if best and best[0] >= _ENOUGH_ALIKE:
        return Unfit(f"the header lacks {', '.join(best[2])}", ours=True)
    for mark, words in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and mark in header[0]:
            other = recognise(header[0].split(mark), sources)
            if isinstance(other, Layout) or other.ours:
                return Unfit(f"its columns are separated by {words}, not by commas", ours=True)
    return Unfit("its header is none of data.police.uk", ours=False)


def force_and_month_of_name(name: str) -> tuple[str, str] | None:
    """The force slug and the month in the name of a stop-and-search file, which says neither within."""
    match = _NAME_OF_STOPS.match(name)
    return (match[2].lower(), match[1]) if match else None


def _laid_out(header: Sequence[str], names: list[str], source: SourceDefinition, kind: SourceKind) -> Layout | Unfit:
    rules = {_plain(column.header): column.field for column in kind.columns}
    twice = sorted({header[i].strip() for i, name in enumerate(names) if name in rules and names.count(name) > 1})
    if twice:
        return Unfit(f"the header names '{twice[0]}' twice", ours=True)
    return Layout(source, kind, tuple(header), tuple(rules.get(name) for name in names))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()

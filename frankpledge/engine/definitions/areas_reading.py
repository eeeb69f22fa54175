"""Reading the files under definitions/areas/: every fault of every file with its file and line."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from frankpledge.engine.definitions.areas_shapes import (
    AreaSource,
    District,
    Force,
    FormerDistrict,
    Partnership,
    PlaceName,
)
from frankpledge.engine.definitions.lines import line_of_syntax_error, lines_of_keys
from frankpledge.engine.definitions.shapes import Shape
from frankpledge.engine.faults import DefinitionProblem

S = TypeVar("S", bound=Shape)

_OPTIONAL = {"ended"}  # CSV cells that may be blank, and then mean 'not known'


@dataclass(frozen=True)
class Place:
    """Where a row stands, for the message about it."""

    file: str
    line: int | None


@dataclass
class AreaFiles:
    """Rows of all roots, later roots replacing earlier ones by key, with where each stands; and the faults."""

    partnerships: dict[str, Partnership] = field(default_factory=dict)
    districts: dict[str, District] = field(default_factory=dict)
    forces: dict[str, Force] = field(default_factory=dict)
    former: dict[str, FormerDistrict] = field(default_factory=dict)
    places: dict[str, PlaceName] = field(default_factory=dict)
    sources: dict[str, AreaSource] = field(default_factory=dict)
    where: dict[tuple[str, str], Place] = field(default_factory=dict)
    replaced: list[tuple[Shape, Shape]] = field(default_factory=list)
    problems: list[DefinitionProblem] = field(default_factory=list)

    def complain(self, place: Place, key: str, found: str, allowed: str, example: str = "") -> None:
        """Note one fault."""
        self.problems.append(DefinitionProblem(place.file, place.line, key, found, allowed, example))

    def put(self, kind: str, key: str, row: Shape, place: Place, seen: set[str]) -> None:
        """Add a row, or let it replace the row of an earlier root; twice in one file is a fault."""
        rows: dict[str, Any] = getattr(self, kind)
        if key in seen:
            self.complain(place, key, "the same key a second time", "each key once in a file")
            return
        seen.add(key)
        if key in rows:
            self.replaced.append((rows[key], row))
        rows[key] = row
        self.where[kind, key] = place


def read_roots(roots: list[Path]) -> AreaFiles:
    """Read `areas/` of each definitions folder in order. A folder without it adds nothing."""
    files = AreaFiles()
    for root in roots:
        folder = root / "areas"
        _read_tables(files, folder / "partnerships.toml", "partnerships", Partnership, "key")
        _read_tables(files, folder / "forces.toml", "forces", Force, "slug")
        _read_rows(files, folder / "districts.csv", "districts", District, "code")
        _read_rows(files, folder / "former-districts.csv", "former", FormerDistrict, "code")
        _read_rows(files, folder / "place-names.csv", "places", PlaceName, "prefix")
    return files


def shown(path: Path) -> str:
    """A path as a message shows it: from the working directory where it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


# --- TOML ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TomlFile:
    """A TOML file that could be read: its content, and the line of each key."""

    file: str
    content: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]

    def at(self, *path: str | int) -> Place:
        """Where a key stands, or else the nearest table that would hold it, or what stands inside it."""
        for n in range(len(path), 0, -1):
            if path[:n] in self.lines:
                return Place(self.file, self.lines[path[:n]])
        inside = [line for known, line in self.lines.items() if known[: len(path)] == path]
        return Place(self.file, min(inside, default=None))


def _read_toml(files: AreaFiles, path: Path) -> TomlFile | None:
    """A TOML file; None if it is not there or, with a fault noted, not TOML."""
    if not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
        return TomlFile(shown(path), tomllib.loads(text), lines_of_keys(text))
    except UnicodeDecodeError:
        files.complain(Place(shown(path), None), path.name, "bytes that are not UTF-8", "a text file saved as UTF-8")
    except tomllib.TOMLDecodeError as error:
        place = Place(shown(path), line_of_syntax_error(error))
        files.complain(place, path.name, str(error), "a file that TOML can read")
    return None


def _read_tables(files: AreaFiles, path: Path, kind: str, shape: type[S], key_name: str) -> None:
    """Read a TOML file of one table per row, and its table `about`."""
    read = _read_toml(files, path)
    if read is None:
        return
    _read_source(files, read, "about", kind)
    for name in sorted(set(read.content) - {"about", kind}):
        files.complain(read.at(name), name, "an unknown table", f"'about' and '{kind}.KEY'")
    tables = read.content.get(kind, {})
    for key, facts in (tables if isinstance(tables, dict) else {kind: tables}).items():
        if not isinstance(facts, dict) or key_name in facts:
            found = f"'{key_name}' inside the table" if isinstance(facts, dict) else repr(facts)[:80]
            files.complain(read.at(kind, key), key, found, f"a table whose heading gives the key: [{kind}.KEY]")
            continue
        try:
            files.put(kind, key, shape.model_validate(facts | {key_name: key}), read.at(kind, key), set())
        except ValidationError as error:
            for loc, found, allowed in _faults(error):
                files.complain(read.at(kind, key, *loc), ".".join(map(str, (key, *loc))), found, allowed)


def _read_source(files: AreaFiles, read: TomlFile, table: str, kind: str) -> None:
    """Read the table that says where the rows come from; an overlay's stands beside that of the shipped file."""
    try:
        key = kind if kind not in files.sources else f"{kind} ({read.file})"
        files.sources[key] = AreaSource.model_validate(read.content.get(table, {}))
    except ValidationError as error:
        for loc, found, allowed in _faults(error):
            files.complain(read.at(table, *loc), ".".join(map(str, (table, *loc))), found, allowed, f"[{table}]")


# --- CSV -------------------------------------------------------------------------------------------


def _read_rows(files: AreaFiles, path: Path, kind: str, shape: type[S], key_name: str) -> None:
    """Read a CSV file of one row per key; where it comes from stands in districts.toml beside it."""
    if not path.is_file():
        return
    beside = path.with_name("districts.toml")
    read = _read_toml(files, beside)
    if read is not None:
        _read_source(files, read, path.stem, kind)
    elif not beside.is_file():
        files.complain(
            Place(shown(beside), None),
            path.stem,
            "no such file",
            f"a table [{path.stem}] that says where it comes from",
        )
    seen: set[str] = set()
    for line, facts in _cells(files, path, shape):
        try:
            row = shape.model_validate(facts)
        except ValidationError as error:
            for loc, found, allowed in _faults(error):
                key = ".".join(map(str, (facts.get(key_name), *loc)))
                files.complain(Place(shown(path), line), key, found, allowed)
            continue
        files.put(kind, str(getattr(row, key_name)), row, Place(shown(path), line), seen)


def _cells(files: AreaFiles, path: Path, shape: type[Shape]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and cells by column of each row; faults of the header or of a row's length are noted."""
    place = Place(shown(path), 1)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        files.complain(place, path.name, "bytes that are not UTF-8", "a text file saved as UTF-8")
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [h.strip() for h in next(reader, [])]
        needed = [name for name, info in shape.model_fields.items() if info.is_required()]
        wrong = (set(header) - set(shape.model_fields)) | (set(needed) - set(header))
        if wrong or len(set(header)) != len(header):
            files.complain(place, "header", ",".join(header) or "nothing", ",".join(shape.model_fields))
            return
        for cells in reader:
            if len(cells) == len(header):
                row = dict(zip(header, cells, strict=True))
                yield reader.line_num, {k: v for k, v in row.items() if v.strip() or k not in _OPTIONAL}
            elif cells:
                files.complain(Place(place.file, reader.line_num), "row", f"{len(cells)} cells", f"{len(header)} cells")
    except csv.Error as error:
        files.complain(Place(place.file, reader.line_num), "row", str(error), "cells with balanced quotes")


# --- Messages --------------------------------------------------------------------------------------


def _faults(error: ValidationError) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Path of the key, what was found and what is allowed, of each fault that Pydantic names."""
    for fault in error.errors(include_url=False):
        loc, kind = fault["loc"], fault["type"]
        if kind == "missing":
            yield loc, "nothing", "a value, since it is mandatory"
        elif kind == "extra_forbidden":
            yield loc, "an unknown key", "only the keys that the shipped file uses"
        elif kind == "value_error":
            yield loc, "a contradiction", str(fault["ctx"]["error"])
        else:
            yield loc, repr(fault["input"])[:80], fault["msg"]

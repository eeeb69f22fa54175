"""Reads the definition files, once, into frozen objects; lists every fault of every file at once.

The folder is the kind, the file name is the key. Roots come in order: what the project ships,
then overlays (a demonstration's, a site's own), which replace or add by key.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from frankpledge.engine.definitions.areas import load_areas
from frankpledge.engine.definitions.consistency import contradictions_in
from frankpledge.engine.definitions.lines import line_of, line_of_syntax_error
from frankpledge.engine.definitions.problems import EXAMPLES, problems_of
from frankpledge.engine.definitions.references import references_in, words_in
from frankpledge.engine.definitions.shapes import (
    BreakDefinition,
    Definition,
    MeasureDefinition,
    ReportDefinition,
    ScoringDefinition,
    SourceDefinition,
)
from frankpledge.engine.faults import DefinitionFault, DefinitionProblem, UsageFault

SHIPPED = Path(__file__).resolve().parents[3] / "definitions"

KINDS: Mapping[str, tuple[str, type[Definition]]] = {
    "sources": ("source", SourceDefinition),
    "measures": ("measure", MeasureDefinition),
    "breaks": ("break", BreakDefinition),
    "scoring": ("scoring", ScoringDefinition),
    "reports": ("report", ReportDefinition),
}
ELSEWHERE = ("areas", "mappings")  # read by their own loaders: areas also from tables, mappings by the importer


@dataclass(frozen=True, eq=False, repr=False)
class Definitions:
    """Every definition in force, by kind and key."""

    sources: Mapping[str, SourceDefinition] = field(default_factory=dict)
    measures: Mapping[str, MeasureDefinition] = field(default_factory=dict)
    breaks: Mapping[str, BreakDefinition] = field(default_factory=dict)
    scoring: Mapping[str, ScoringDefinition] = field(default_factory=dict)
    reports: Mapping[str, ReportDefinition] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Definitions({', '.join(f'{len(getattr(self, folder))} {folder}' for folder in KINDS)})"

    def of_kind(self, kind: str) -> Mapping[str, Definition]:
        """The definitions of a kind by key; `kind` is singular, as in references. `UsageFault` if unknown."""
        for folder, (name, _) in KINDS.items():
            if name == kind:
                known: Mapping[str, Definition] = getattr(self, folder)
                return known
        raise UsageFault(
            f"'{kind[:40]}' is not a kind of definition.", f"Use one of {', '.join(n for n, _ in KINDS.values())}."
        )

    def resolve(self, reference: str) -> Definition:
        """The definition that `kind:key` names, for example `measure:burglary`; else `UsageFault`."""
        kind, _, key = reference.partition(":")
        known = self.of_kind(kind)
        if key in known:
            return known[key]
        near = get_close_matches(key, known, n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else "See 'frankpledge definitions check'."
        raise UsageFault(f"There is no {kind} called '{key[:60]}'.", hint)

    def measure(self, key: str) -> MeasureDefinition:
        """A measure by its key; `UsageFault` with the nearest keys if there is none."""
        found = self.resolve(f"measure:{key}")
        assert isinstance(found, MeasureDefinition)
        return found

    def digest(self, reference: str) -> str:
        """SHA-256 of the definition as canonical JSON: comments and layout of the file do not matter."""
        return digest_of(self.resolve(reference))


def digest_of(definition: Definition) -> str:
    """SHA-256 (hex) of a definition as canonical JSON."""
    content = json.dumps(definition.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def load_definitions(roots: Sequence[Path]) -> Definitions:
    """Read all roots in order. A root or folder that does not exist holds nothing.

    Raises `DefinitionFault` with every fault of every file.
    """
    definitions, problems = _read(roots)
    if problems:
        raise DefinitionFault(problems)
    return definitions


def check_definitions(roots: Sequence[Path]) -> tuple[DefinitionProblem, ...]:
    """Every fault of every file, those of the areas last; empty where all is well."""
    problems = _read(roots)[1]
    try:
        if any((root / "areas").is_dir() for root in roots):
            load_areas(roots)
    except DefinitionFault as fault:
        problems += fault.problems
    return problems


def definition_files(roots: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Every definition file of the roots as (folder, path), in order."""
    for root in roots:
        for folder in KINDS:
            for path in sorted((root / folder).glob("*.toml")):
                yield folder, path


@dataclass(frozen=True)
class _Read:
    """One file that was read: its text, for line numbers, and what it defines."""

    folder: str
    path: Path
    text: str
    definition: Definition


def _read(roots: Sequence[Path]) -> tuple[Definitions, tuple[DefinitionProblem, ...]]:
    problems = [*_unknown_folders(roots)]
    read: dict[tuple[str, str], _Read] = {}
    for folder, path in definition_files(roots):
        found = _read_file(folder, path)
        if isinstance(found, _Read):
            read[folder, path.stem] = found
        else:
            problems.extend(found)
    by_folder: dict[str, dict[str, Any]] = {folder: {} for folder in KINDS}
    for (folder, key), file in read.items():
        by_folder[folder][key] = file.definition
    definitions = Definitions(**by_folder)
    for file in read.values():
        problems.extend(_unresolved(file, definitions))
    return definitions, tuple(problems)


def _unknown_folders(roots: Sequence[Path]) -> Iterator[DefinitionProblem]:
    for root in roots:
        for folder in sorted(root.iterdir()) if root.is_dir() else ():
            if folder.is_dir() and folder.name not in KINDS and folder.name not in ELSEWHERE and any(folder.iterdir()):
                allowed = ", ".join([*KINDS, *ELSEWHERE])
                yield DefinitionProblem(_shown(folder), None, folder.name, f"a folder '{folder.name}'", allowed)


def _shown(path: Path) -> str:
    """A file as people name it: its last three parts, never the whole path of this machine."""
    return "/".join(path.parts[-3:])


def _read_file(folder: str, path: Path) -> _Read | list[DefinitionProblem]:
    shape = KINDS[folder][1]
    shown = _shown(path)
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return [DefinitionProblem(shown, line, "", "bytes that are not UTF-8", "UTF-8 text")]
    except tomllib.TOMLDecodeError as error:
        example = 'title = "Recorded burglary"'
        return [DefinitionProblem(shown, line_of_syntax_error(error), "", str(error), "TOML", example)]
    try:
        definition = shape.model_validate(raw)
    except ValidationError as error:
        return list(problems_of(error, raw, shape, shown, text))
    if definition.key != path.stem:
        return [
            DefinitionProblem(
                shown, line_of(text, ("key",)), "key", f"'{definition.key}'", f"'{path.stem}', as the file is named"
            )
        ]
    return _Read(folder, path, text, definition)


def _unresolved(file: _Read, definitions: Definitions) -> Iterator[DefinitionProblem]:
    """References to nothing, parts that contradict each other, and words outside the shared vocabulary."""

    def problem(path: tuple[str | int, ...], found: str, allowed: Sequence[str], example: str) -> DefinitionProblem:
        line = line_of(file.text, path)
        words = "one of " + ", ".join(allowed) if allowed else "nothing: none is defined"
        return DefinitionProblem(_shown(file.path), line, ".".join(map(str, path)), f"'{found}'", words, example)

    for path, reference, kind in references_in(file.definition):
        name, _, key = reference.partition(":")
        known = definitions.of_kind(kind)
        if name != kind or key not in known:
            near = [f"{kind}:{k}" for k in get_close_matches(key or reference, known, n=3) or sorted(known)[:5]]
            yield problem(path, reference, near, f'"{near[0]}"' if near else "")
    for wrong in contradictions_in(file.definition):
        line = line_of(file.text, wrong.path)
        where = ".".join(map(str, wrong.path))
        yield DefinitionProblem(_shown(file.path), line, where, wrong.found, wrong.allowed, wrong.example)
    outcome_groups = {group for source in definitions.sources.values() for group in source.outcomes.values()}
    for path, word, known_words in words_in(file.definition, outcome_groups):
        near = get_close_matches(word, known_words, n=3) or sorted(known_words)
        yield problem(path, word, near, EXAMPLES.get(str(path[-1]), ""))

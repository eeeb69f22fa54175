"""How the columns of a partner's list are read: written down once, in TOML, and remembered.

A mapping names fields and says which column of the list fills each. There is no field for a name, a
birth date, an address, a postcode or free text, so none can be mapped; columns that no mapping names
never leave the reader.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import Field, StringConstraints, ValidationError, model_validator

from frankpledge.engine.definitions.lines import line_of, line_of_syntax_error
from frankpledge.engine.definitions.shapes import ColumnRule, Key, Sentence, Shape, SourceDefinition, SourceKind
from frankpledge.engine.definitions.vocabulary import CATEGORIES, OFFENCES
from frankpledge.engine.faults import DefinitionFault, DefinitionProblem, UsageFault

FieldName = Literal[
    "reference", "month", "date", "time", "from", "from_time", "to", "to_time", "category", "offence", "district",
    "lsoa_code", "lsoa_name", "easting", "northing", "longitude", "latitude", "outcome", "alcohol", "domestic_abuse",
    "hate", "vulnerable_adult", "youth", "place_type",
]  # fmt: skip
FIELDS: Final[tuple[str, ...]] = get_args(FieldName)
_VOCABULARIES: Final[tuple[tuple[FieldName, Mapping[str, str]], ...]] = (
    ("offence", OFFENCES),
    ("category", CATEGORIES),
)
FLAGS: Final = ("alcohol", "domestic_abuse", "vulnerable_adult", "youth")
STRANDS: Final = ("disability", "race", "religion", "sexual-orientation", "transgender", "other", "not-stated")
LEAVE_OUT: Final = "leave-out"
FOLDER: Final = "mappings"
KIND: Final = "list-"

# What people try to map, and what to do instead.
NEVER: Final[Mapping[str, str]] = {
    "name": "people's names",
    "surname": "people's names",
    "victim": "who was harmed",
    "offender": "who is suspected",
    "date_of_birth": "birth dates",
    "dob": "birth dates",
    "age": "ages of people",
    "address": "addresses; give the district, the small area (LSOA) or a grid reference instead",
    "street": "addresses; give the district, the small area (LSOA) or a grid reference instead",
    "location": "addresses; give the district, the small area (LSOA) or a grid reference instead",
    "postcode": "postcodes; give the district, the small area (LSOA) or a grid reference instead",
    "notes": "free text",
    "description": "free text",
    "comments": "free text",
    "summary": "free text",
    "phone": "telephone numbers",
    "email": "e-mail addresses",
}

Header = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Word = Annotated[str, StringConstraints(strip_whitespace=False, max_length=80)]


class Fixed(Shape):
    """Values that hold for every row of the list, where no column says so."""

    category: Key | None = None
    offence: Key | None = None
    district: str | None = None


class PartnerMapping(Shape):
    """How one list of one partner is read."""

    key: Key = Field(description="one word for this list; the next file of the same list and month replaces the last")
    title: Sentence
    partner: Sentence = Field(description="who supplies the list")
    sheet: str | None = Field(default=None, description="the worksheet; none: the first that has the columns")
    dates: Literal["day-first", "month-first"] = "day-first"
    points: Literal["exact", "snapped"] = Field(
        default="exact", description="snapped: moved to a list of points, or rounded, before they were supplied"
    )
    columns: dict[FieldName, Header]
    values: dict[FieldName, dict[Word, str | bool]] = Field(default_factory=dict)
    fixed: Fixed = Fixed()

    @model_validator(mode="after")
    def _enough_and_known(self) -> PartnerMapping:
        if not {"month", "date", "from"} & set(self.columns):
            raise ValueError("a column for when it happened: month, date or from")
        if not {"category", "offence"} & set(self.columns) and not (self.fixed.category or self.fixed.offence):
            raise ValueError("a column for what it was: category or offence, or [fixed] category")
        for one, other in (("easting", "northing"), ("longitude", "latitude")):
            if (one in self.columns) != (other in self.columns):
                raise ValueError(f"both of {one} and {other}, or neither")
        for needs, first in (("time", "date"), ("from_time", "from"), ("to_time", "to"), ("to", "from")):
            if needs in self.columns and first not in self.columns:
                raise ValueError(f"a column for {first} beside {needs}")
        _check_words(self)
        return self

    @property
    def digest(self) -> str:
        """Twelve hex digits: another reading of the list has other ones."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    @property
    def headers(self) -> dict[str, str]:
        """The header that fills each field."""
        return {str(field): header for field, header in self.columns.items()}

    @property
    def kind(self) -> str:
        """The kind of supply that files read by this mapping are."""
        return KIND + self.digest

    def word(self, field: FieldName, cell: str) -> str | bool | None:
        """What the mapping says a cell means; None where it says nothing."""
        return self.values.get(field, {}).get(cell)

    def as_source(self, base: SourceDefinition) -> SourceDefinition:
        """The list described as a source, with the columns of the file and the words used in them."""
        stored = {"reference": "incident_id", "date": "date", "from": "time_from", "to": "time_to"}
        columns = tuple(ColumnRule(header=h, field=stored.get(f, f), required=True) for f, h in self.columns.items())
        kind = SourceKind(key=self.kind, dataset="incidents", columns=columns)
        words: dict[str, str] = {}
        for field, known in _VOCABULARIES:
            if field in self.columns:
                words |= {word: key for key, title in known.items() for word in (key, title)}
                words |= {word: str(key) for word, key in self.values.get(field, {}).items()}
        outcomes = {k: str(v) for k, v in self.values.get("outcome", {}).items()}
        return base.model_copy(update={"kinds": (kind,), "categories": words, "outcomes": outcomes})


def _check_words(mapping: PartnerMapping) -> None:
    for field, known in _VOCABULARIES:
        words = [str(v) for v in mapping.values.get(field, {}).values()]
        for word in (*words, getattr(mapping.fixed, field)):
            if word and word not in known and word != LEAVE_OUT:
                raise ValueError(f"a {field} key, not '{word}': {', '.join(known)}, or {LEAVE_OUT}")
    for flag in FLAGS:
        for value in mapping.values.get(flag, {}).values():
            if not isinstance(value, bool):
                raise ValueError(f"true or false under [values.{flag}], not '{value}'")
    for value in mapping.values.get("hate", {}).values():
        if value is not False and value not in STRANDS:
            raise ValueError(f"a strand under [values.hate], not '{value}': {', '.join(STRANDS)}, or false for none")


# --- Files ---------------------------------------------------------------------------------------------


def load_mapping(path: Path) -> PartnerMapping:
    """Read a mapping. Raises DefinitionFault with the line, what was found and what is allowed."""
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except FileNotFoundError as error:
        raise UsageFault(f"There is no mapping {path}.", "Name a file that exists with --mapping.") from error
    except (UnicodeDecodeError, OSError) as error:
        raise UsageFault(f"The mapping {path} cannot be read.", "Save it as UTF-8 text.") from error
    except tomllib.TOMLDecodeError as error:
        raise _fault(path, line_of_syntax_error(error), "", str(error), "TOML") from error
    _refuse_private(path, text, raw)
    try:
        return PartnerMapping.model_validate(raw)
    except ValidationError as error:
        problems = tuple(_problem(path, text, detail) for detail in error.errors(include_url=False))
        raise DefinitionFault(problems) from error


def saved_mappings(folder: Path) -> tuple[tuple[Path, PartnerMapping], ...]:
    """The mappings that a site remembers and their files, sorted by key."""
    return tuple((path, load_mapping(path)) for path in sorted(folder.glob("*.toml")))


def remember(path: Path, text_of: Path) -> None:
    """Keep a copy of a mapping's file, replacing the last one at once or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(text_of.read_bytes())
    fresh.replace(path)


def _refuse_private(path: Path, text: str, raw: dict[str, Any]) -> None:
    columns = raw.get("columns")
    for field in columns if isinstance(columns, dict) else ():
        word = str(field).casefold().replace(" ", "_").replace("-", "_")
        why = NEVER.get(word) or next((NEVER[n] for n in NEVER if n in word.split("_")), None)
        if field not in FIELDS and why:
            raise _fault(path, line_of(text, ("columns", str(field))), f"columns.{field}", f"a field for {why}", _NONE)


_NONE: Final = f"none: such columns are never read; the fields are {', '.join(FIELDS)}"


def _problem(path: Path, text: str, detail: Any) -> DefinitionProblem:
    where = [part for part in detail["loc"] if part != "[key]"]
    found = "nothing" if detail["type"] == "missing" else repr(detail["input"])[:60]
    allowed = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "literal_error":
        allowed = f"one of {', '.join(FIELDS)}" if where[:1] in (["columns"], ["values"]) else allowed
        found = f"'{where[-1]}'" if where[:1] in (["columns"], ["values"]) else found
    if not where:
        found = "a mapping without it"
    line = line_of(text, tuple(where)) if where else None
    return DefinitionProblem(path.name, line, ".".join(map(str, where)), found, allowed)


def _fault(path: Path, line: int | None, key: str, found: str, allowed: str) -> DefinitionFault:
    return DefinitionFault((DefinitionProblem(path.name, line, key, found, allowed),))

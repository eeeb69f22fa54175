"""Pydantic's errors as faults that a person can mend: where, what was found, what is allowed, an example."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from frankpledge.engine.definitions.lines import Path, line_of
from frankpledge.engine.faults import DefinitionProblem

EXAMPLES: Mapping[str, str] = {
    "key": 'key = "burglary"',
    "title": 'title = "Recorded burglary"',
    "short_title": 'short_title = "Burglary"',
    "owner": 'owner = "Community safety analyst"',
    "reviewed_on": "reviewed_on = 2026-01-31",
    "review_by": "review_by = 2027-01-31",
    "source": 'source = "data.police.uk street-level crime, Open Government Licence v3.0"',
    "kind": 'kind = "count"',
    "unit": 'unit = "crimes"',
    "noun": 'noun = "recorded burglaries"',
    "polarity": 'polarity = "lower"',
    "numerator": '[numerator]\ndataset = "incidents"\ncategories = ["burglary"]',
    "denominator": 'denominator = "residents"',
    "dataset": 'dataset = "incidents"',
    "categories": 'categories = ["burglary"]',
    "except_categories": 'except_categories = ["anti-social-behaviour"]',
    "offences": 'offences = ["burglary-residential"]',
    "outcome_groups": 'outcome_groups = ["charged"]',
    "flags": 'flags = ["alcohol"]',
    "hours": "hours = [20, 5]",
    "breaks": 'breaks = ["break:burglary-redefinition-2017"]',
    "on": "on = 2017-04-01",
    "certainty": 'certainty = "to be verified"',
    "why_it_matters": 'why_it_matters = "Burglary harms people where they should be safe."',
    "publisher": 'publisher = "Office for National Statistics"',
    "licence": 'licence = "Open Government Licence v3.0"',
    "origin": 'origin = "published"',
    "disclosure": 'disclosure = "open"',
    "lead": 'lead = "measure:burglary"',
}
_TYPE_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false", tuple: "a list"}


def problems_of(
    error: ValidationError, raw: Mapping[str, Any], shape: type[BaseModel], file: str, text: str
) -> Iterator[DefinitionProblem]:
    """Each fault of one file once, in the order in which they stand in the shape."""
    seen: set[Path] = set()
    for fault in error.errors(include_url=False):
        path = _path_in(raw, fault["loc"])
        if path in seen:  # an alternative that fails both ways is one fault
            continue
        seen.add(path)
        name = str(path[-1]) if path else ""
        named = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        yield DefinitionProblem(
            file=file,
            line=line_of(text, path),
            key=".".join(str(part) for part in path),
            found=_found(fault["type"], name, fault["input"]),
            allowed=_allowed(fault, path, shape),
            example=EXAMPLES.get(named, ""),
        )


def _path_in(raw: Any, loc: tuple[int | str, ...]) -> Path:
    """The parts of an error's place that are keys of the file: the names of alternatives are left out."""
    path: list[int | str] = []
    for number, part in enumerate(loc):
        here = isinstance(raw, Mapping) and part in raw
        within = isinstance(raw, list) and isinstance(part, int) and part < len(raw)
        if here or within:
            raw = raw[part]
            path.append(part)
        elif number == len(loc) - 1 and isinstance(raw, Mapping):
            path.append(part)  # the key that is missing
    return tuple(path)


def _found(kind: str, name: str, value: Any) -> str:
    if kind == "missing":
        return "nothing"
    if kind == "extra_forbidden":
        return f"the unknown key '{name}'"
    shown = str(value) if isinstance(value, (str, int, float, bool)) else repr(value)
    return f"'{shown[:80]}'"


def _allowed(fault: Any, path: Path, shape: type[BaseModel]) -> str:
    kind = fault["type"]
    if kind == "extra_forbidden":
        return "only " + ", ".join(_shape_at(shape, path[:-1]).model_fields)
    if kind == "missing":
        field = _shape_at(shape, path[:-1]).model_fields.get(str(path[-1])) if path else None
        return (field.description if field and field.description else None) or _type_words(
            field.annotation if field else None
        )
    if kind == "literal_error":
        return str(fault["ctx"]["expected"]).replace("'", "")
    if kind.startswith("date_"):
        return "a date, as in 2026-01-31"
    if kind == "string_pattern_mismatch":
        return "small letters, digits and single hyphens"
    words = str(fault["msg"]).removeprefix("Input should be ").removeprefix("Value error, ")
    return words[:1].lower() + words[1:]


def _shape_at(shape: type[BaseModel], path: Path) -> type[BaseModel]:
    """The shape that stands at a place of a file; the nearest one above where that place is plain."""
    for part in path:
        if isinstance(part, str) and part in shape.model_fields:
            shape = next(_shapes_within(shape.model_fields[part].annotation), shape)
    return shape


def _shapes_within(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _shapes_within(inner)


def _type_words(annotation: Any) -> str:
    origin = get_origin(annotation)
    if origin is Literal:
        return "one of " + ", ".join(str(value) for value in get_args(annotation))
    if origin in (Union, types.UnionType, typing.Annotated):
        return " or ".join(dict.fromkeys(_type_words(a) for a in get_args(annotation)))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "a table with " + ", ".join(annotation.model_fields)
    if annotation is not None and getattr(annotation, "__name__", "") == "date":
        return "a date"
    return _TYPE_WORDS.get(origin or annotation, "a value")

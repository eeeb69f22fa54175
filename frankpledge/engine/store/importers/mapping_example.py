"""A mapping that is ready to be edited, made from the headers of a list that has none."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from frankpledge.engine.definitions.vocabulary import CATEGORIES
from frankpledge.engine.store.importers.partner_mapping import FIELDS
from frankpledge.engine.store.importers.partner_privacy import sounds_private

# In this order: a header goes to the first field that it fits and that is still free.
_GUESSES: Final = (
    ("from_time", r"\b(from|start|earliest).*\btime\b(?!.*date)"),
    ("to_time", r"\b(to|end|latest).*\btime\b(?!.*date)"),
    ("from", r"\b(from|start|earliest|committed)\b"),
    ("to", r"\b(to|end|latest)\b"),
    ("month", r"^month$"),
    ("date", r"\bdate\b|\bwhen\b|\breported on\b"),
    ("time", r"^time\b|\btime of\b"),
    ("reference", r"\bref(erence)?\b|\b(case|crime|incident|log) (no|number|id)\b|^id$|\burn\b"),
    ("offence", r"\boffence\b|\bho code\b"),
    ("category", r"\b(category|crime type|incident type|type|asb type)\b"),
    ("lsoa_code", r"\blsoa.*code\b|^lsoa(11|21)?(cd)?$"),
    ("lsoa_name", r"\blsoa.*name\b|^lsoa(11|21)nm$"),
    ("district", r"\b(district|local authority|council|borough)\b"),
    ("easting", r"\beasting\b|^x$"),
    ("northing", r"\bnorthing\b|^y$"),
    ("longitude", r"\blong?(itude)?\b"),
    ("latitude", r"\blat(itude)?\b"),
    ("outcome", r"\b(outcome|disposal|result)\b"),
    ("alcohol", r"\balcohol\b"),
    ("domestic_abuse", r"\bdomestic\b|\bda\b"),
    ("hate", r"\bhate\b"),
    ("vulnerable_adult", r"\bvulnerable\b"),
    ("youth", r"\byouth\b"),
    ("place_type", r"\b(place|location|premises) (type|category)\b"),
)


def mapping_example(header: Sequence[str]) -> str:
    """The text of a mapping for a list with these headers; what cannot be guessed is left to be filled in."""
    names = list(dict.fromkeys(cell.strip() for cell in header if cell.strip()))
    private = [name for name in names if sounds_private(name)]
    guessed = _guess([name for name in names if name not in private])
    others = [name for name in names if name not in private and name not in guessed.values()]
    lines = [
        'key = "our-list"  # one word for this list; the next list with this key replaces the months it holds',
        'title = "What the list is"',
        'partner = "Who supplies it"',
        'dates = "day-first"  # or "month-first"; 2025-06-30 is understood either way',
        "",
        f"# Fields: {', '.join(FIELDS)}.",
        "[columns]",
        *(f"{field} = {_quoted(name)}" for field, name in guessed.items()),
        *(f"# ? = {_quoted(name)}" for name in others),
    ]
    if private:
        lines.append(f"# Never read: {', '.join(_quoted(name) for name in private)}.")
    if not {"month", "date", "from"} & set(guessed):
        lines.append('# date = "..."  # needed: month, date or from')
    return "\n".join([*lines, "", *_words(guessed)])


def _words(guessed: dict[str, str]) -> list[str]:
    lines = []
    if "category" in guessed or "offence" not in guessed:
        where = "values.category" if "category" in guessed else "fixed"
        lines += [
            f"# Types: {', '.join(CATEGORIES)}; or leave-out.",
            f"[{where}]",
            '# "Noise nuisance" = "anti-social-behaviour"'
            if "category" in guessed
            else '# category = "anti-social-behaviour"',
        ]
    for flag in ("alcohol", "domestic_abuse", "vulnerable_adult", "youth"):
        if flag in guessed:
            lines += ["", f"[values.{flag}]", '# "" = false  # if a blank cell means no; else it is not known']
    for field in ("outcome", "place_type"):
        if field in guessed:
            lines += ["", f"[values.{field}]  # only the words listed here are kept", '# "As written" = "as-stored"']
    if "district" not in guessed and not {"lsoa_code", "lsoa_name"} & set(guessed):
        lines += ["", "# [fixed]", '# district = "..."  # if every row is of one district']
    return [*lines, ""]


def _guess(names: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, pattern in _GUESSES:
        for name in names:
            if name not in found.values() and re.search(pattern, name.replace("_", " "), re.IGNORECASE):
                found[field] = name
                break
    if "to" in found and "from" not in found:
        del found["to"]
    for needs, first in (("time", "date"), ("from_time", "from"), ("to_time", "to")):
        if needs in found and first not in found:
            del found[needs]
    for one, other in (("easting", "northing"), ("longitude", "latitude")):
        if (one in found) != (other in found):
            found.pop(one, None)
            found.pop(other, None)
    return {field: found[field] for field in FIELDS if field in found}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

"""What a mapping may not point at, whatever it calls it: judged by the column's header and by its values.

The fields of a mapping leave no room for a name or an address. These checks are for the slip of the
hand: `reference = "Complainant"`. No refusal repeats a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from frankpledge.engine.faults import NotPossible

INSPECTED: Final = 1_000
_ENOUGH: Final = 3  # values of a column that look private, among those inspected
_SHARE: Final = 0.2
LONGEST_LABEL: Final = 60
_MOST_WORDS: Final = 9
_BIRTH_SPREAD_YEARS: Final = 30
_MANY: Final = 50  # values; kinds of incident repeat long before
_MOSTLY: Final = 0.6

_PERSON = re.compile(
    r"\b(sur|fore|first|last|family|full|given|maiden|nick)[ _-]*names?\b"
    r"|\b(victim|offender|suspect|complainant|caller|reporter|informant|applicant|tenant|resident|witness|officer"
    r"|person|perpetrator|customer|client|child|parent)s?('s)?[ _-]*(names?|details)?$"
    r"|^names?$|\bnames? of (the )?(victim|offender|suspect|complainant|person|caller)",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"\bd\.?o\.?b\.?\b|\bbirth|\bborn\b|\bage\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\baddress|\bpost ?code\b|\bstreet\b|\bhouse\b|\bproperty\b|\bflat\b|\buprn\b|\broad\b", re.IGNORECASE
)
_TEXT = re.compile(
    r"\bnotes?\b|\bcomments?\b|\bnarrative\b|\bfree[ -]?text\b|\bremarks?\b|\bcircumstances\b"
    r"|\b(incident|case|full|log) (details|description|summary)\b|^(details|description|summary)$",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"\bphone\b|\btelephone\b|\bmobile\b|\be-?mail\b|\bnhs\b|\bnational insurance\b|\bnino\b", re.I)
_HEADERS: Final = (
    (_PERSON, "people"),
    (_BIRTH, "birth dates or ages"),
    (_ADDRESS, "addresses or postcodes"),
    (_TEXT, "free text"),
    (_CONTACT, "contact or identity numbers"),
)

_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b(flat|apartment|apt|unit)? ?[0-9]{1,4}[a-z]?,? +([a-z'.-]+ ){1,3}"
    r"(street|st|road|rd|avenue|ave|lane|ln|close|drive|way|court|crescent|place|gardens|grove|terrace|hill)\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"@[a-z0-9-]+\.|\b0[0-9]{3,4} ?[0-9]{3} ?[0-9]{3,4}\b|\b[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(mr|mrs|ms|miss|dr)\.? [A-Z]", re.IGNORECASE)
_DATE = re.compile(r"\b[0-9]{1,2}[/.-][0-9]{1,2}[/.-](19|20)[0-9]{2}\b|\b(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\b")
_YEAR = re.compile(r"\b(19[0-9]{2}|20[0-9]{2})\b")

_PLACES: Final = ("easting", "northing", "longitude", "latitude")
_TIMES: Final = ("month", "date", "time", "from", "from_time", "to", "to_time")
_MARKS: Final = ("alcohol", "domestic_abuse", "hate", "vulnerable_adult", "youth")
_KINDS: Final = ("category", "offence", "outcome", "place_type")
_LABELS: Final = ("category", "offence", "district", "lsoa_name", "outcome", "place_type")


def check_headers(columns: Mapping[str, str]) -> None:
    """Refuse a mapping that points at a column whose name says what it holds.

    `columns`: the header that fills each field. Raises NotPossible.
    """
    for field, header in columns.items():
        for pattern, what in _HEADERS:
            if pattern.search(header) and not _is_harmless(field, header, what):
                raise _refused(field, header, f"seems to hold {what}, by its name")


def sounds_private(header: str) -> bool:
    """Whether a column's name says that it holds something personal."""
    return any(pattern.search(header) for pattern, _ in _HEADERS)


def check_values(columns: Mapping[str, str], values: Mapping[str, Sequence[str]]) -> None:
    """Refuse a mapping that points at a column whose values look personal.

    `values`: the first cells of the column of each field, at most INSPECTED. Raises NotPossible.
    """
    for field, cells in values.items():
        filled = [cell.strip() for cell in cells if cell.strip()]
        if not filled:
            continue
        reasons = [reason for cell in filled if (reason := private(field, cell))]
        if len(reasons) >= min(_ENOUGH, max(1, _SHARE * len(filled))):
            most = max(set(reasons), key=lambda r: (reasons.count(r), r))
            raise _refused(field, columns[field], f"holds what looks like {most}")
        if field == "reference" and sum(any(c.isdigit() for c in cell) for cell in filled) < len(filled) / 2:
            raise _refused(field, columns[field], "holds words, not reference numbers: perhaps people's names")
        if field in _KINDS and len(filled) >= _MANY and len(set(filled)) > _MOSTLY * len(filled):
            raise _refused(field, columns[field], "holds a different value in nearly every row, as names and texts do")
        if field in ("date", "from") and _look_like_births(filled):
            raise _refused(
                field,
                columns[field],
                f"holds days spread over more than {_BIRTH_SPREAD_YEARS} years, as birth dates are",
            )


def private(field: str, cell: str) -> str:
    """What private thing a cell looks like; empty if none."""
    if field in _TIMES or field in _PLACES:
        return "long text" if len(cell) > LONGEST_LABEL else ""
    if _POSTCODE.search(cell):
        return "full postcodes"
    if _NUMBERS.search(cell):
        return "contact or identity numbers"
    if len(cell) > LONGEST_LABEL or len(cell.split()) > _MOST_WORDS:
        return "long text"
    if _STREET.search(cell):
        return "addresses"
    if _TITLED.search(cell):
        return "people's names"
    if _DATE.search(cell):
        return "dates"
    return ""


def _is_harmless(field: str, header: str, what: str) -> bool:
    """Headers that sound private and are not: 'Offence description', 'Place type (street)', 'Vulnerable person'."""
    if field in _MARKS:
        return True  # of these only yes, no or a strand is ever stored
    if field in _LABELS and what == "free text":
        return not re.search(r"notes?\b|comment|narrative|free|remark|circumstance", header, re.IGNORECASE)
    if field == "place_type" and what == "addresses or postcodes":
        return bool(re.search(r"\b(type|category|kind)\b", header, re.IGNORECASE))
    return False


def _look_like_births(cells: Sequence[str]) -> bool:
    years = [int(found[1]) for cell in cells if (found := _YEAR.search(cell))]
    years.sort()
    trimmed = years[len(years) // 20 : len(years) - len(years) // 20]  # a stray mistyped year is no birth date
    return len(trimmed) >= 5 and trimmed[-1] - trimmed[0] > _BIRTH_SPREAD_YEARS


def _refused(field: str, header: str, why: str) -> NotPossible:
    return NotPossible(
        f"The column '{header}' may not be mapped to {field}: it {why}.",
        "Take it out of the mapping, or map a column of labels, codes, days or grid references; nothing was stored.",
    )

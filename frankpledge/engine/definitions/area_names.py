"""Names of places as people and files write them: keys, LSOA-name prefixes, spellings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable


def slug(name: str) -> str:
    """The key that a name gives: lower case, words joined by hyphens, no apostrophes or full stops.

    >>> slug("King's Lynn & West Norfolk")
    'kings-lynn-and-west-norfolk'
    >>> slug("St. Helens")
    'st-helens'
    """
    plain = name.casefold().replace("&", " and ")
    return re.sub(r"[^\w]+|_", "-", re.sub(r"['’.]", "", plain)).strip("-")


def place_prefix(lsoa_name: str) -> str | None:
    """The part of an LSOA name that says the district: the text before its last word.

    None where there is no such text. The store splits names in the same way when it joins them to
    `Areas.place_table`.

    >>> place_prefix("Bournemouth, Christchurch and Poole 041F")
    'Bournemouth, Christchurch and Poole'
    >>> place_prefix("Redditch") is None
    True
    """
    before, _, last = lsoa_name.strip().rpartition(" ")
    return before.strip() or None if last else None


def nearest(word: str, known: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Up to `most` of the known keys that look like `word`, nearest first."""
    return tuple(difflib.get_close_matches(slug(word), list(known), n=most, cutoff=0.6))


def in_words(keys: Iterable[str], joined_by: str = "or") -> str:
    """Keys as a phrase: 'a', 'a or b', 'a, b or c'."""
    *first, last = (f"'{k}'" for k in keys)
    return f"{', '.join(first)} {joined_by} {last}" if first else last

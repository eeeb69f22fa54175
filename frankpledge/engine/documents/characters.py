"""Characters that a document may hold."""

from __future__ import annotations

import re

# XML 1.0 allows no control characters but tab, new line and carriage return, and no lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without characters that neither XML nor HTML may hold.

    >>> printable("a\\x00b\\x0bc")
    'abc'
    """
    return _FORBIDDEN.sub("", text)

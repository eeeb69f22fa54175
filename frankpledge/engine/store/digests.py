"""Digests of supplied files, and what one pass over their bytes tells for the checks of the reader."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

CHUNK: Final = 4 * 2**20


def file_digest(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass
class Tally:
    """Counts over the bytes of a text, independent of any CSV reader.

    A reader that skips, merges or splits lines without saying so is found out by them.
    """

    size: int = 0
    line_feeds: int = 0
    returns: int = 0
    commas: int = 0
    quotes: int = 0
    has_nul: bool = False
    spaced_quotes: bool = False  # a space between comma and quotation mark: readers differ on it
    last: bytes = b""
    _digest: Any = field(default_factory=hashlib.sha256)

    def add(self, chunk: bytes) -> None:
        """Take in the next bytes."""
        if not chunk:
            return
        self._digest.update(chunk)
        self.size += len(chunk)
        self.line_feeds += chunk.count(b"\n")
        self.returns += chunk.count(b"\r")
        self.commas += chunk.count(b",")
        self.has_nul = self.has_nul or b"\0" in chunk
        quotes = chunk.count(b'"')
        self.quotes += quotes
        if quotes and not self.spaced_quotes:
            seam = self.last[-2:] + chunk[:2]
            self.spaced_quotes = any(mark in text for mark in (b', "', b'" ,') for text in (chunk, seam))
        self.last = chunk[-2:]

    @property
    def sha256(self) -> str:
        """Digest (hex) of all bytes so far."""
        return str(self._digest.hexdigest())

    @property
    def lines(self) -> int:
        """Lines that end in a line feed, and the last one if it does not."""
        return self.line_feeds + (self.size > 0 and not self.last.endswith(b"\n"))


def tally_file(path: Path) -> Tally:
    """The tally of a file that is not compressed."""
    tally = Tally()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            tally.add(chunk)
    return tally

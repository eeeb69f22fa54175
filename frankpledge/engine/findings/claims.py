"""A sentence and what it claims, so that an independent checker can recompute it.

Every sentence written from figures carries one claim per assertion: which measure, which figures,
which direction, by which test, over which periods. Reversing, flattening, scaling or deleting the
series must change or remove the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from frankpledge.engine.documents.blocks import Words, plain

Direction = Literal[
    "rose",
    "fell",
    "no-clear-change",
    "too-few",
    "level",  # states a value without comparing it
    "higher",  # than peers
    "lower",
    "similar",
    "rising",  # trend over a series
    "falling",
    "no-clear-trend",
    "seasonal",
    "not-seasonal",
    "concentrated",
    "not-concentrated",
    "no-data",
    "definition-change",
    "not-consistent",  # a series said to rise every year that does not
    "consistent",
]


@dataclass(frozen=True)
class Claim:
    """What one sentence asserts of its figures."""

    sentence_id: str
    text: str
    measure: str
    figures: tuple[str, ...]
    direction: Direction
    test: str
    p: float | None
    periods: tuple[str, ...]
    adjusted_p: float | None = None  # Benjamini-Hochberg over the family; the direction follows this one
    family: str = ""  # the page of tests that p was adjusted over; empty: a single test
    estimate: float | None = None  # what the test estimates: ratio, yearly factor, rate over peers' mean, share
    area: str = ""


@dataclass(frozen=True)
class Sentence:
    """Words with the claims that they make."""

    words: Words
    claims: tuple[Claim, ...] = ()

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return plain(self.words)

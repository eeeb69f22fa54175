"""What a mutant is: files, and the account that an import of them must give.

Every class has mutants that must be refused, with a reason, and near twins that must pass whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tests.engine.hostile.tables import World


@dataclass
class Case:
    """Files to be imported and what must come of them.

    `rejected`: line number in an editor and words of the reason; `refused`: words of the reason why
    the file is left out unread; `uncounted`: all rows are rejected, but how many cannot be known from
    outside (the file was damaged); `kept`: the rows that must be found in the store.
    """

    files: dict[str, bytes]
    stored: int = 0
    rejected: dict[int, str] = field(default_factory=dict)
    unchanged: int = 0
    refused: str = ""
    uncounted: bool = False
    kept: list[dict[str, str]] | None = None
    given: list[str] | None = None  # what the person types; by default the folder of the files
    absent: tuple[str, ...] = ()  # names that must not come to be
    links: dict[str, str] = field(default_factory=dict)
    mutant: str = ""
    harmless: bool = False


Builder = Callable[["World", np.random.Generator], Case]


@dataclass
class MutantClass:
    """A way in which a file can be wrong."""

    name: str
    spoiled: list[Builder] = field(default_factory=list)
    spared: list[Builder] = field(default_factory=list)


CLASSES: dict[str, MutantClass] = {}


def must_fail(name: str) -> Callable[[Builder], Builder]:
    """Register a builder of mutants that must be refused or lose rows, each with a stated reason."""

    def register(builder: Builder) -> Builder:
        CLASSES.setdefault(name, MutantClass(name)).spoiled.append(builder)
        return builder

    return register


def must_pass(name: str) -> Callable[[Builder], Builder]:
    """Register a builder of near twins that must be stored whole."""

    def register(builder: Builder) -> Builder:
        CLASSES.setdefault(name, MutantClass(name)).spared.append(builder)
        return builder

    return register

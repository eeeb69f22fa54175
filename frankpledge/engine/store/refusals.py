"""The last import that brought nothing in, kept so that the site can tell the reader the next step.

A refused import leaves nothing in the manifest; without this a page could not tell "nobody has
tried" from "the folder was the wrong one".
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from frankpledge.engine.faults import Fault
from frankpledge.engine.store.store import Store

_NAME = "last-refusal.json"


@dataclass(frozen=True)
class Refusal:
    """What was refused and what to do next; never any row of the file."""

    source: str
    message: str
    remedy: str
    at: str


def keep_refusal(store: Store, source: str, fault: Fault, at: str) -> None:
    """Remember a refused import; the next that brings something in forgets it."""
    path = _path(store)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.new")
    beside.write_text(json.dumps(asdict(Refusal(source, fault.message, fault.remedy, at)), ensure_ascii=False))
    beside.replace(path)


def forget_refusal(store: Store) -> None:
    """An import has succeeded: the earlier refusal is no longer news."""
    _path(store).unlink(missing_ok=True)


def last_refusal(store: Store) -> Refusal | None:
    """The refusal that no import has followed, if there is one."""
    try:
        return Refusal(**json.loads(_path(store).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _path(store: Store) -> Path:
    return store.root / _NAME

"""Pages that take seconds to make, kept until what they were made from changes.

A page is kept in this process and, for the next one, as JSON in the home folder's `editions/`,
which is private to its owner. Each is stamped with a digest of its inputs: the snapshots of the
store, the definition files, the scores filled in and the program itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock

import frankpledge
from frankpledge.core.partnerships import Place, home
from frankpledge.core.patience import within_patience
from frankpledge.engine.measures.workspace import definition_roots
from frankpledge.engine.store.datasets import DATASETS

_KEPT: OrderedDict[Path, dict[str, Any]] = OrderedDict()
_MOST_KEPT = 12  # an assessment's pages are a few megabytes
_lock = threading.Lock()


def kept(place: Place, name: str, extra: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The page called `name`, made anew only where its inputs have changed.

    `extra` is whatever else the page depends on. Two requests at once make it once: the second
    waits for the first, also in another process. Raises `StillWorking` where that takes long.
    """
    digest = inputs_digest(place, extra)
    path = home().editions / name / "pages.json"
    found = _KEPT.get(path) or _read(path)
    if not found or found.get("digest") != digest:
        place.workspace.home.prepare()
        lock = home().locks / f"pages-{name}.lock"
        found = within_patience(f"{path} {digest}", lambda: _made(path, lock, digest, make))
    with _lock:
        _KEPT[path] = found
        _KEPT.move_to_end(path)
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return found


def _made(path: Path, lock: Path, digest: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Make a page and keep it, unless another process has done so while this one waited its turn."""
    with FileLock(lock):
        found = _read(path)
        if not found or found.get("digest") != digest:
            found = {**make(), "digest": digest}
            _write(path, found)
    return found


def keep_beside(name: str, file: str, text: str) -> None:
    """Write another file into the folder of a kept page."""
    _place_text(home().editions / name / file, text)


def inputs_digest(place: Place, extra: str = "") -> str:
    """A digest of everything that a page about this place is made from."""
    store = place.workspace.store
    lines = [f"{dataset}={store.manifest(dataset).snapshot}" for dataset in DATASETS]
    lines += [_stat_line(p) for root in definition_roots(home(), demo=place.demo) for p in sorted(root.rglob("*.*"))]
    return hashlib.sha256("\n".join((*lines, program_digest(), extra)).encode()).hexdigest()[:24]


@cache
def program_digest() -> str:
    """A digest of the program: a page made by an earlier version is made again."""
    root = Path(frankpledge.__file__).parent
    lines = [frankpledge.__version__, *(_stat_line(p) for p in sorted(root.rglob("*.py")))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _stat_line(path: Path) -> str:
    stat = path.stat()
    return f"{path.name} {stat.st_mtime_ns} {stat.st_size}"


def _read(path: Path) -> dict[str, Any] | None:
    try:
        read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return read


def _write(path: Path, page: dict[str, Any]) -> None:
    _place_text(path, json.dumps(page, ensure_ascii=False))


def _place_text(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)

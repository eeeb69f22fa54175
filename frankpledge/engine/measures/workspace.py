"""All that a measure needs in one hand: the store, the definitions in force and the areas."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from frankpledge.engine.definitions.areas import Areas, Partnership, load_areas
from frankpledge.engine.definitions.loader import SHIPPED, Definitions, load_definitions
from frankpledge.engine.faults import UsageFault
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.store import Store

DEMONSTRATION = SHIPPED.parent / "demo" / "definitions"

_Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, eq=False)
class Workspace:
    """A store with the definitions and areas that it is read by. `demo`: the demonstration's own store."""

    store: Store
    definitions: Definitions
    areas: Areas
    home: Home
    demo: bool


_opened: dict[tuple[Path, bool], tuple[_Signature, Workspace]] = {}
_lock = threading.Lock()


def open_workspace(home: Home, *, demo: bool = False) -> Workspace:
    """The workspace of a site, or of its demonstration.

    Definition files are read again when one of them changes; the store notices new imports by its
    manifests. Raises `DefinitionFault` where a file is faulty.
    """
    roots = definition_roots(home, demo=demo)
    signature = _signature(roots)
    with _lock:
        held = _opened.get((home.root, demo))
        if held and held[0] == signature:
            return held[1]
        store = held[1].store if held else Store(home.demo if demo else home.store)
        ws = Workspace(store, load_definitions(roots), load_areas(roots), home, demo)
        _opened[home.root, demo] = signature, ws
        return ws


def definition_roots(home: Home, *, demo: bool = False) -> tuple[Path, ...]:
    """The folders of definitions in force, in order: shipped, the demonstration's, the site's own."""
    between = (DEMONSTRATION,) if demo and DEMONSTRATION.is_dir() else ()
    own = (home.definitions,) if home.definitions.is_dir() else ()
    return (SHIPPED, *between, *own)


def workspace_for(home: Home, partnership_key: str) -> tuple[Workspace, Partnership]:
    """The workspace that holds a partnership, and the partnership; a key or an alias will do.

    A key of the demonstration opens the demonstration's store, so that invented rows never meet real
    ones. Raises `UsageFault`, with the nearest keys, for a word that is no partnership's.
    """
    ws = open_workspace(home)
    try:
        return ws, ws.areas.partnership(partnership_key)
    except UsageFault:
        demonstration = open_workspace(home, demo=True)
        if partnership_key in demonstration.areas.partnerships:
            return demonstration, demonstration.areas.partnerships[partnership_key]
        raise


def _signature(roots: tuple[Path, ...]) -> _Signature:
    """Name, time and size of every definition file: another signature means to read again."""
    found = []
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.suffix in (".toml", ".csv"):
                stat = path.stat()
                found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)

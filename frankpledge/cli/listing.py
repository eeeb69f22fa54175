"""`frankpledge partnerships`: the keys that other commands take."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from frankpledge.cli import clock


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command."""
    parser = verbs.add_parser("partnerships", help="list the partnerships and their keys")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, say: Callable[[str], None]) -> dict[str, Any]:
    """List the partnerships in force, and those of the demonstration."""
    from frankpledge.engine.measures.workspace import open_workspace

    home = clock.home()
    found = {**open_workspace(home).areas.partnerships, **open_workspace(home, demo=True).areas.partnerships}
    rows = [
        {"key": p.key, "name": p.name, "code": p.code, "force": p.force, "origin": p.origin}
        for p in sorted(found.values(), key=lambda p: p.key)
        if p.valid_to is None
    ]
    if options.json:
        return {"partnerships": rows}
    width = max(len(str(row["key"])) for row in rows)
    return {"text": "\n".join(f"{row['key']:<{width}}  {row['name']} ({row['force']})" for row in rows)}

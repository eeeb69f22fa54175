"""`frankpledge trace FIGURE-ID`: from a number to its definition, files and digests."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from frankpledge.cli import clock


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command."""
    parser = verbs.add_parser("trace", help="from a number to its definition, files and digests")
    parser.add_argument("figure", metavar="FIGURE-ID", help="as in figures.json and at the end of each document")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, say: Callable[[str], None]) -> dict[str, Any]:
    """Trace one figure."""
    from frankpledge.engine.measures.trace import trace

    found = trace(options.figure, clock.home())
    return found.to_json() if options.json else {"text": found.to_text()}

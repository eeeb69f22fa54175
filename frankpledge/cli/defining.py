"""`frankpledge definitions check`: every fault in every definition file at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from frankpledge.cli import clock


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command."""
    parser = verbs.add_parser("definitions", help="check the definition files")
    parser.add_argument("what", choices=["check"], help="check: list every fault in every file")
    parser.add_argument("--folder", type=Path, help="an overlay folder to check together with the shipped definitions")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, say: Callable[[str], None]) -> dict[str, Any]:
    """Check the shipped definitions with the site's own overlay, or with a given folder."""
    from frankpledge.engine.definitions.loader import SHIPPED, check_definitions

    roots = [SHIPPED, options.folder or clock.home().definitions]
    problems = check_definitions([root for root in roots if root.is_dir()])
    if options.json:
        return {"faults": [asdict(problem) for problem in problems], "exit_code": 2 if problems else 0}
    if not problems:
        return {"text": "Every definition file is in order."}
    lines = []
    for fault in problems:
        where = f"{fault.file}{f', line {fault.line}' if fault.line else ''}"
        lines.append(f"{where}: {fault.key}\n  found:   {fault.found}\n  allowed: {fault.allowed}")
        if fault.example:
            lines.append(f"  example: {fault.example}")
    return {"text": "\n".join(lines) + f"\n{len(problems)} faults.", "exit_code": 2}

"""Reads the command line, calls the verb, turns a fault into its message and exit code.

Exit codes: 0 done, also with rejected rows; 1 nothing could be read; 2 wrong use; 3 refused by rule.
With `--json` one object goes to standard output and everything else to standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from frankpledge import __version__
from frankpledge.cli import assessing, defining, importing, listing, tracing
from frankpledge.engine.faults import (
    DefinitionFault,
    Fault,
    NotPermitted,
    NotPossible,
    NotReadable,
    RowFaults,
    UsageFault,
)

VERBS = (importing, assessing, tracing, listing, defining)
EXIT_CODES: tuple[tuple[type[Fault], int], ...] = (
    (NotReadable, 1),
    (RowFaults, 1),
    (UsageFault, 2),
    (DefinitionFault, 2),
    (NotPossible, 3),
    (NotPermitted, 3),
)


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaints say what to do next."""

    def error(self, message: str) -> NoReturn:
        raise UsageFault(f"{message[:1].upper()}{message[1:]}.", f"See '{self.prog} --help' for what it takes.")


def build_parser() -> argparse.ArgumentParser:
    """The parser of all verbs; docs/reference/command-line.md is checked against it."""
    parser = _Parser(prog="frankpledge", description="The system that a community safety partnership runs on.")
    parser.add_argument("--version", action="version", version=f"frankpledge {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=_Parser)
    for module in VERBS:
        module.add_to(verbs)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given
    try:
        options = build_parser().parse_args(given)
        result: dict[str, Any] = options.run(options, _say)
        code = int(result.pop("exit_code", 0))
        if as_json:
            print(json.dumps(result, ensure_ascii=False, indent=1))
        elif result.get("text"):
            print(result["text"])
        return code
    except Fault as fault:
        return _report(fault, as_json)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        _say("Stopped. What was complete before is kept; run the same command again to go on.")
        return 130


def _report(fault: Fault, as_json: bool) -> int:
    code = next((code for kind, code in EXIT_CODES if isinstance(fault, kind)), 2)
    _say(f"{fault.message}\n{fault.remedy}")
    if as_json:
        print(json.dumps({"error": {"message": fault.message, "remedy": fault.remedy}}, ensure_ascii=False))
    return code


def _say(text: str) -> None:
    """Progress and explanations: always on standard error, so that --json stays one object."""
    print(text, file=sys.stderr, flush=True)

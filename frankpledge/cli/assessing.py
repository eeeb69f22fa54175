"""`frankpledge assess`: this year's strategic assessment as web page, Word and tagged PDF."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from frankpledge.cli import clock


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command."""
    parser = verbs.add_parser("assess", help="write the strategic assessment of a partnership")
    parser.add_argument("--partnership", required=True, metavar="KEY", help="see 'frankpledge partnerships'")
    parser.add_argument("--through", required=True, metavar="YYYY-MM", help="the last month of the twelve it is about")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the documents")
    parser.add_argument("--scores", type=Path, metavar="FILE", help="scoring.csv with the open cells filled in")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, say: Callable[[str], None]) -> dict[str, Any]:
    """Assess, write the documents, name them."""
    from frankpledge.engine.definitions.periods import month_number
    from frankpledge.engine.findings.assessment import assess
    from frankpledge.engine.findings.writing import write_assessment
    from frankpledge.engine.measures.workspace import workspace_for

    through = month_number(options.through)
    home = clock.home()
    workspace, partnership = workspace_for(home, options.partnership)
    say(f"Assessing {partnership.name} through {options.through}.")
    day = clock.today(demonstration=workspace.demo)
    assessment = assess(workspace, partnership, through, day=day, scores=options.scores)
    say("Writing the web page, Word, PDF and figures.")
    files = write_assessment(assessment, options.out, home)
    if options.json:
        return {
            "partnership": partnership.key,
            "through": options.through,
            "files": [str(path) for path in files],
            "figures": len(assessment.figures),
            "claims": len(assessment.claims),
        }
    return {"text": "Written:\n" + "\n".join(f"  {path}" for path in files)}

"""`frankpledge import SOURCE PATH...`: bring files in, with an account of every row."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from frankpledge.cli import clock
from frankpledge.engine.faults import Fault


def add_to(verbs: argparse._SubParsersAction[Any]) -> None:
    """Add the verb to the command."""
    parser = verbs.add_parser("import", help="bring files in, with an account of every row")
    parser.add_argument("source", metavar="SOURCE", help="what kind of file it is, for example police-uk")
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files, folders or archives")
    parser.add_argument("--as-of", metavar="YYYY-MM", help="how new the files are, where their names do not tell")
    parser.add_argument("--mapping", type=Path, help="which column of a partner's list is what (asked for once)")
    parser.add_argument("--json", action="store_true", help="one object on standard output")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, say: Callable[[str], None]) -> dict[str, Any]:
    """Import, then give the accounting."""
    from frankpledge.engine.measures.workspace import open_workspace
    from frankpledge.engine.store.importing import import_paths
    from frankpledge.engine.store.refusals import forget_refusal, keep_refusal

    home = clock.home()
    workspace = open_workspace(home)
    try:
        report = import_paths(
            options.source,
            options.paths,
            home_store=workspace.store,
            rejected=home.rejected,
            locks=home.locks,
            definitions=workspace.definitions,
            areas=workspace.areas,
            today=clock.now(),
            as_of=options.as_of,
            mapping=options.mapping,
            progress=say,
        )
    except Fault as fault:  # so that the area's page can tell the next step too
        keep_refusal(workspace.store, options.source, fault, clock.now().isoformat())
        raise
    forget_refusal(workspace.store)
    return report.to_json() if options.json else {"text": _account(report.to_json(), str(home.rejected))}


COLUMNS = ("rows_in", "stored", "rejected", "unchanged", "superseded")


def _account(report: dict[str, Any], rejected: str) -> str:
    """The accounting as a table: rows in = stored + rejected + unchanged + superseded."""
    lines = [f"{'File':<52}" + "".join(f"{c.replace('_', ' '):>12}" for c in COLUMNS)]
    for entry in report["files"]:
        name = Path(entry["path"]).name
        lines.append(f"{name[-52:]:<52}" + "".join(f"{entry[c]:>12,}" for c in COLUMNS))
        if entry.get("warning"):
            lines.append(f"  Note: {entry['warning']}")
    lines.append(f"{'All files':<52}" + "".join(f"{report[c]:>12,}" for c in COLUMNS))
    lines.append("Rows in = stored + rejected + unchanged + superseded, in every line.")
    if report["replaced"]:
        lines.append(
            f"{report['replaced']:,} rows of earlier supplies were replaced by newer ones; they stay recorded."
        )
    if report["rejected"]:
        lines.append(f"The rejected rows, each with its line and reason, are in {rejected}.")
    return "\n".join(lines)

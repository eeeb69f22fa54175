"""Homes to assess: raw police.uk files made up month by month, or real ones, brought in as a user brings them."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.documents.html import render_html
from frankpledge.engine.findings.assessment import assess
from frankpledge.engine.findings.figures_json import figures_record
from frankpledge.engine.measures.trace import trace_figure
from frankpledge.engine.measures.workspace import definition_roots, open_workspace, workspace_for
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.importing import import_paths

from .edition import Edition
from .wording import month_text

FIRST, MONTHS = month_number("2022-07"), 36
DAY = date(2025, 9, 1)
PLACES = tuple(
    (f"E0103{2000 + 100 * district + area}", f"{name} {area + 1:03d}A")
    for district, name in enumerate(("Bromsgrove", "Redditch", "Wyre Forest"))
    for area in range(4)
)
HEADER = (
    *("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location"),
    *("LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context"),
)
Series = Mapping[str, Sequence[int]]


def write_months(folder: Path, series: Series, *, left_out: Sequence[int] = (), seed: int = 5) -> Path:
    """Street files of West Mercia with so many rows of each type in each month, spread over twelve small areas.

    Where a row lies depends on its type and number in the month only, so that a mutated series moves no other.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for at in (n for n in range(MONTHS) if n not in left_out):
        month = month_text(FIRST + at)
        target = folder / month / f"{month}-west-mercia-street.csv"
        target.parent.mkdir(parents=True)
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(HEADER)
            for number, (kind, counts) in enumerate(sorted(series.items())):
                where = np.random.default_rng((seed, number, at)).integers(len(PLACES), size=counts[at])
                for row, place in enumerate(where):
                    identifier = "" if kind == "Anti-social behaviour" else f"{number:02d}{at:02d}{row:060d}"
                    force = "West Mercia Police"
                    code, name = PLACES[place]
                    street = "On or near High Street"
                    writer.writerow([identifier, month, force, force, "", "", street, code, name, kind, "", ""])
    return folder


def bring_in(home: Home, source: str, *paths: Path) -> None:
    """Import as `frankpledge import SOURCE PATH...` does."""
    home.prepare()
    ws = open_workspace(home)
    import_paths(
        source,
        paths,
        home_store=ws.store,
        rejected=home.rejected,
        locks=home.locks,
        definitions=ws.definitions,
        areas=ws.areas,
        today=datetime(2025, 9, 1, 12, tzinfo=UTC),
    )


def edition_of(home: Home, key: str, through: str, files: Path | None = None, *, page: bool = True) -> Edition:
    """An assessment as written: its figures.json read back, the trace of every figure, and the web page.

    `files` is the folder whose street files were brought in; their names tell the months that are held.
    """
    given = sorted(files.rglob("*-street.csv*")) if files else []
    ws, partnership = workspace_for(home, key)
    found = assess(ws, partnership, month_number(through), day=DAY)
    record = figures_record(partnership.key, found.through, found.figures.values(), found.claims)
    counted = [figure for figure in found.figures.values() if figure.numerator is not None]
    return Edition(
        record=json.loads(json.dumps(record)),
        traces={f.figure_id: json.loads(json.dumps(trace_figure(f, ws).to_json())) for f in counted},
        page=render_html(found.document) if page else "",
        roots=definition_roots(home, demo=ws.demo),
        held=frozenset(path.name[:7] for path in given),
        files=[str(path) for path in given],
    )

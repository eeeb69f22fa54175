"""Homes to assess: raw police.uk files made up month by month, or real ones, brought in as a user brings them."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.documents.html import render_html
from frankpledge.engine.findings.assessment import assess
from frankpledge.engine.findings.figures_json import figures_record
from frankpledge.engine.findings.writing import write_assessment
from frankpledge.engine.measures.results import MeasureResult
from frankpledge.engine.measures.trace import trace_figure
from frankpledge.engine.measures.workspace import definition_roots, open_workspace, workspace_for
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.importing import import_paths

from .edition import Edition
from .wording import month_text, months_of

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


def edition_of(
    home: Home, key: str, through: str, files: Sequence[Path] = (), *, page: bool = True, out: Path | None = None
) -> Edition:
    """An assessment as written: its figures.json read back, the trace of every figure, and the web page.

    `files` are the lists of incidents that were brought in. With `out` every document is written there and read back.
    """
    ws, partnership = workspace_for(home, key)
    found = assess(ws, partnership, month_number(through), day=DAY)
    if out is not None:
        write_assessment(found, out, home)
        record = json.loads((out / "figures.json").read_text(encoding="utf-8"))
        html = (out / "assessment.html").read_text(encoding="utf-8")
    else:
        record = figures_record(partnership.key, found.through, found.figures.values(), found.claims)
        html = render_html(found.document) if page else ""
    return edition_from(home, key, record, html, files, figures=found.figures.values())


def edition_from(
    home: Home,
    key: str,
    record: Mapping[str, Any],
    html: str,
    files: Sequence[Path],
    *,
    figures: Iterable[MeasureResult],
) -> Edition:
    """What a checker may look at: the record and the page, with the trace of every figure that counts rows."""
    ws, _ = workspace_for(home, key)
    counted = [figure for figure in figures if figure.numerator is not None]
    return Edition(
        record=json.loads(json.dumps(record)),
        traces={f.figure_id: json.loads(json.dumps(trace_figure(f, ws).to_json())) for f in counted},
        page=html,
        roots=definition_roots(home, demo=ws.demo),
        held=frozenset(month for path in files for month in months_named(path)),
        files=[str(path) for path in files],
    )


def months_named(path: Path) -> list[str]:
    """The months that a file's name tells: '2025-06-…' or, for a financial year, '…-2017-18.csv'."""
    if path.name[:4].isdigit():
        return [path.name[:7]]
    year = path.name.partition(".")[0][-7:]
    return months_of(f"{year[:4]}/{year[5:]}")

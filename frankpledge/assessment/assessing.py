"""Asking the engine for an assessment, with the scores that are in force."""

from __future__ import annotations

import csv
import threading
from io import StringIO
from pathlib import Path

from frankpledge.core.clock import today
from frankpledge.core.kept_pages import inputs_digest
from frankpledge.core.partnerships import Place, home
from frankpledge.engine.definitions.periods import month_text
from frankpledge.engine.findings.assessment import Assessment, assess
from frankpledge.engine.findings.score_sheet import RULE
from frankpledge.engine.measures.workspace import DEMONSTRATION

_last: list[tuple[str, Assessment]] = []  # the one just made: its pages and its documents are asked for in turn
_assessing = threading.Lock()


def assessed(place: Place, through: int) -> Assessment:
    """The assessment of a place through a month. It takes seconds; the last one made is remembered."""
    scores = scores_in_force(place, through)
    judged = inputs_digest(place, people_scored(place, through))
    named = f"{home().root} {edition_key(place, through)} {judged}"
    with _assessing:
        for key, assessment in _last:
            if key == named:
                return assessment
        day = today(demonstration=place.demo)
        made = assess(place.workspace, place.partnership, through, day=day, scores=scores)
        _last[:] = [(named, made)]
    return made


def edition_key(place: Place, through: int) -> str:
    """The name of an edition's folder: partnership and last month."""
    return f"{place.key}-{month_text(through)}"


def scores_in_force(place: Place, through: int) -> Path | None:
    """The sheet of scores: the edition's own, which somebody may have filled in, else the demonstration's."""
    own = home().editions / edition_key(place, through) / "scoring.csv"
    shipped = DEMONSTRATION.parent / "scoring.csv"
    if own.is_file():
        return own
    return shipped if place.demo and shipped.is_file() else None


def people_scored(place: Place, through: int) -> str:
    """What people wrote into the sheet in force: an assessment depends on that, not on cells that data fill."""
    sheet = scores_in_force(place, through)
    if sheet is None:
        return ""
    rows = list(csv.reader(StringIO(sheet.read_text(encoding="utf-8-sig"))))[1:]
    return "\n".join(sorted("|".join(row) for row in rows if any(row[2:]) and row[-1] != RULE))

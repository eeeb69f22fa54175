"""Asking the engine for an assessment, with the scores that are in force."""

from __future__ import annotations

import threading
from pathlib import Path

from frankpledge.core.clock import today
from frankpledge.core.kept_pages import inputs_digest
from frankpledge.core.partnerships import Place, home
from frankpledge.engine.definitions.periods import month_text
from frankpledge.engine.findings.assessment import Assessment, assess
from frankpledge.engine.measures.workspace import DEMONSTRATION

_last: list[tuple[str, Assessment]] = []  # the one just made: its pages and its documents are asked for in turn
_assessing = threading.Lock()


def assessed(place: Place, through: int) -> Assessment:
    """The assessment of a place through a month. It takes seconds; the last one made is remembered."""
    scores = scores_in_force(place, through)
    filled = scores.read_text(encoding="utf-8-sig") if scores else ""
    named = f"{home().root} {edition_key(place, through)} {inputs_digest(place, filled)}"
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

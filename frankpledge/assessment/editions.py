"""Assessments as the site shows them: one per partnership and last month.

A page is made on request and kept (see `kept_pages`); the documents for download are those that
`frankpledge assess` wrote, or are written here when they are asked for and the data have changed
since. Scores that somebody filled in stay in force: they are taken from the edition's own sheet.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frankpledge.core.blocks import rendered
from frankpledge.core.clock import today
from frankpledge.core.kept_pages import inputs_digest, kept
from frankpledge.core.partnerships import Place, home, opening_place, place_of
from frankpledge.engine.definitions.periods import month_number, month_text, month_words
from frankpledge.engine.documents.blocks import Document, Figure, runs
from frankpledge.engine.faults import NotPossible, UsageFault
from frankpledge.engine.findings.assessment import Assessment, assess
from frankpledge.engine.findings.opening import opening_findings
from frankpledge.engine.findings.writing import write_assessment
from frankpledge.engine.measures.workspace import DEMONSTRATION

# What an edition offers: file name, words, type that a browser is told.
DOWNLOADS = (
    ("assessment.html", "Web page that stands alone", "text/html; charset=utf-8"),
    ("assessment.docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("assessment.pdf", "PDF (tagged)", "application/pdf"),
    ("figures.json", "Every figure and claim (JSON)", "application/json"),
    ("scoring.csv", "Scoring sheet to fill in (CSV)", "text/csv; charset=utf-8"),
)


@dataclass(frozen=True)
class EditionLine:
    """One assessment that can be opened."""

    through: str
    words: str
    written: bool  # its documents lie ready


# --- Which months -----------------------------------------------------------------------------------


def months_held(place: Place) -> tuple[int, ...]:
    """Months that an assessment of the place can close with, latest first: those that its force supplied."""
    parts = place.workspace.store.manifest("incidents").parts
    held = {p.month for p in parts if p.month is not None and p.supplier == place.partnership.force}
    return tuple(sorted(held, reverse=True))


def edition_lines(place: Place) -> tuple[EditionLine, ...]:
    """The assessments of a place, latest first."""
    folder = home().editions
    return tuple(
        EditionLine(
            month_text(m), month_words(m), (folder / f"{place.key}-{month_text(m)}" / DOWNLOADS[2][0]).is_file()
        )
        for m in months_held(place)
    )


def month_asked_for(place: Place, text: str) -> int:
    """The month of an address; `UsageFault` for no month, `NotPossible` for one without data."""
    month = month_number(text)
    held = months_held(place)
    if not held:
        raise NotPossible(
            f"No data of {place.name} have been imported.",
            "Open 'Your area': it names the files to download and the command that brings them in.",
        )
    if month not in held:
        raise NotPossible(
            f"No data of {place.name} are held for {month_words(month)}.",
            f"Choose a month that is held, for example {month_words(held[0])}, or import that month's file.",
        )
    return month


# --- Pages ------------------------------------------------------------------------------------------


def opening_page(place: Place) -> dict[str, Any]:
    """The findings of the first screen: `findings` as HTML, `figure` that the second door follows."""

    def make() -> dict[str, Any]:
        findings = opening_findings(place.workspace, place.partnership)
        return {"findings": [rendered([finding]) for finding in findings], "figure": _first_figure(findings)}

    return kept(place, f"{place.key}-opening", str(today(demonstration=place.demo)), make)


def _first_figure(findings: Iterable[Any]) -> dict[str, str] | None:
    for finding in findings:
        shown = [run for run in runs(finding.meaning) if isinstance(run, Figure)]
        if shown:
            return {"id": shown[-1].figure_id, "text": shown[-1].text}
    return None


def edition_pages(place: Place, through: int) -> dict[str, Any]:
    """An assessment as pages: title, subtitle, and its sections in order with their HTML."""

    def make() -> dict[str, Any]:
        return _as_pages(_assessed(place, through).document)

    return kept(place, edition_key(place, through), _scores_stamp(place, through), make)


def _as_pages(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "day": document.day,
        "marking": document.marking,
        "sections": [
            {"key": s.key, "title": s.title, "group": s.group, "level": s.level, "html": rendered(s.blocks)}
            for s in document.sections
        ],
    }


def edition_key(place: Place, through: int) -> str:
    """The name of an edition's folder."""
    return f"{place.key}-{month_text(through)}"


# --- Documents --------------------------------------------------------------------------------------


def document_file(edition: str, name: str) -> tuple[Path, str]:
    """A document of an edition and its type, written now if the data have changed since it was."""
    kinds = {file: kind for file, _, kind in DOWNLOADS}
    key, through = edition[:-8], edition[-7:]
    if name not in kinds or edition[-8:-7] != "-":
        raise UsageFault(
            f"There is no document called '{name[:60]}' here.", "Choose one from the page of the assessment."
        )
    place = place_of(key)
    month = month_asked_for(place, through)
    path = home().editions / edition_key(place, month) / name
    if not path.is_file() or _stamp(path) != _fresh(place, month):
        _write(place, month)
    return path, kinds[name]


def _write(place: Place, through: int) -> None:
    home().prepare()
    folder = home().editions / edition_key(place, through)
    write_assessment(_assessed(place, through), folder, home())
    (folder / "inputs.txt").write_text(_fresh(place, through), encoding="ascii")


def _stamp(path: Path) -> str:
    stamp = path.with_name("inputs.txt")
    return stamp.read_text(encoding="ascii") if stamp.is_file() else ""


def _fresh(place: Place, through: int) -> str:
    return inputs_digest(place, _scores_stamp(place, through))


# --- Assessing --------------------------------------------------------------------------------------

_last: list[tuple[str, Assessment]] = []  # the one just assessed: its pages and its documents follow each other
_assessing = threading.Lock()


def _assessed(place: Place, through: int) -> Assessment:
    named = f"{home().root} {edition_key(place, through)} {_fresh(place, through)}"
    with _assessing:
        for key, assessment in _last:
            if key == named:
                return assessment
        day = today(demonstration=place.demo)
        made = assess(place.workspace, place.partnership, through, day=day, scores=_scores(place, through))
        _last[:] = [(named, made)]
    return made


def _scores(place: Place, through: int) -> Path | None:
    """The sheet of scores in force: the edition's own, else the one that the demonstration ships."""
    own = home().editions / edition_key(place, through) / "scoring.csv"
    shipped = DEMONSTRATION.parent / "scoring.csv"
    if own.is_file():
        return own
    return shipped if place.demo and shipped.is_file() else None


def _scores_stamp(place: Place, through: int) -> str:
    path = _scores(place, through)
    return path.read_text(encoding="utf-8-sig") if path else ""


def prepare_demonstration() -> bool:
    """Make the pages and documents of the demonstration's latest assessment; False if they lie ready."""
    place = opening_place()
    months = months_held(place) if place else ()
    if place is None or not months:
        return False
    opening_page(place)
    edition_pages(place, months[0])
    pdf = home().editions / edition_key(place, months[0]) / "assessment.pdf"
    if pdf.is_file() and _stamp(pdf) == _fresh(place, months[0]):
        return False
    _write(place, months[0])
    return True

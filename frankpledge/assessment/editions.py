"""The documents of an edition: those that `frankpledge assess` wrote, or written here when the data are newer."""

from __future__ import annotations

import threading
from pathlib import Path

from frankpledge.assessment.assessing import assessed, edition_key, scores_in_force
from frankpledge.assessment.edition_pages import edition_pages, month_asked_for, months_held, opening_page
from frankpledge.core.partnerships import Place, home, opening_place, place_of
from frankpledge.core.patience import patient
from frankpledge.engine.faults import UsageFault
from frankpledge.engine.findings.writing import write_assessment
from frankpledge.engine.measures.workspace import definition_roots
from frankpledge.engine.store.datasets import DATASETS
from frankpledge.engine.store.writing import MANIFEST

# File name, words, type that a browser is told.
DOWNLOADS = (
    ("assessment.html", "Web page that stands alone", "text/html; charset=utf-8"),
    ("assessment.docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("assessment.pdf", "PDF (tagged)", "application/pdf"),
    ("figures.json", "Every figure and claim (JSON)", "application/json"),
    ("scoring.csv", "Scoring sheet to fill in (CSV)", "text/csv; charset=utf-8"),
)
_KINDS = {name: kind for name, _, kind in DOWNLOADS}
_WRITTEN_TOGETHER = 10.0  # seconds within which the files of one edition are written
_writing = threading.Lock()


def document_file(edition: str, name: str) -> tuple[Path, str]:
    """A document of an edition and its type, written now if the data have changed since it was."""
    key, dash, through = edition[:-8], edition[-8:-7], edition[-7:]
    if name not in _KINDS or dash != "-":
        raise UsageFault(
            f"There is no document called '{name[:60]}' here.", "Choose one from the page of the assessment."
        )
    place = place_of(key)
    month = month_asked_for(place, through)
    path = home().editions / edition_key(place, month) / name
    with _writing:
        if not is_fresh(path, place, month):
            write_edition(place, month)
    return path, _KINDS[name]


def is_fresh(path: Path, place: Place, through: int) -> bool:
    """True where a document is there and nothing that it was made from is newer."""
    if not path.is_file():
        return False
    scores = scores_in_force(place, through)
    stores = [place.workspace.store.root / dataset / MANIFEST for dataset in DATASETS]
    definitions = [p for root in definition_roots(home(), demo=place.demo) for p in root.rglob("*.*")]
    written = path.stat().st_mtime
    newest = max(p.stat().st_mtime for p in (*stores, *definitions) if p.is_file())
    sheet = scores.stat().st_mtime - _WRITTEN_TOGETHER if scores else 0.0
    return written >= max(newest, sheet)


def write_edition(place: Place, through: int) -> None:
    """Write every document of an edition."""
    home().prepare()
    write_assessment(assessed(place, through), home().editions / edition_key(place, through), home())


def prepare_demonstration() -> bool:
    """Make the pages and documents of the demonstration's latest assessment; False if they lie ready."""
    place = opening_place()
    months = months_held(place) if place else ()
    if place is None or not months:
        return False
    with patient():
        opening_page(place)
        edition_pages(place, months[0])
    if is_fresh(home().editions / edition_key(place, months[0]) / "assessment.pdf", place, months[0]):
        return False
    write_edition(place, months[0])
    return True

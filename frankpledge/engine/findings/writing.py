"""Writes an assessment: web page, Word, PDF, figures.json and the sheet of scores."""

from __future__ import annotations

import os
from pathlib import Path

from frankpledge.engine.definitions.periods import month_text
from frankpledge.engine.documents.html import render_html
from frankpledge.engine.documents.pdf import render_pdf
from frankpledge.engine.documents.word import render_word
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.findings.assessment import Assessment
from frankpledge.engine.findings.figures_json import figures_record, figures_text
from frankpledge.engine.findings.score_sheet import sheet_text
from frankpledge.engine.store.home import PRIVATE, Home

# A mark at the front tells spreadsheets that the sheet is UTF-8; reading takes it off again.
_MARK = "\ufeff"


def write_assessment(assessment: Assessment, out: Path, home: Home | None) -> tuple[Path, ...]:
    """Write every file of an assessment into `out`, and again into the site's editions where a home is given.

    Each file takes the place of an earlier one by rename, so that nobody reads half of one. Returns the
    paths in `out`. Raises `NotPossible` where the folder cannot be written to or fonts are not built.
    """
    contents = documents_of(assessment)
    written = _write(contents, out)
    if home is not None:
        edition = home.editions / edition_name(assessment)
        if edition.resolve() != out.resolve():
            _write(contents, edition)
    return written


def edition_name(assessment: Assessment) -> str:
    """The folder of an edition: partnership and last month."""
    return f"{assessment.partnership.key}-{month_text(assessment.through)}"


def documents_of(assessment: Assessment) -> dict[str, bytes]:
    """Every file of an assessment by name."""
    record = figures_record(
        assessment.partnership.key, assessment.through, assessment.figures.values(), assessment.claims
    )
    return {
        "assessment.html": render_html(assessment.document).encode(),
        "assessment.docx": render_word(assessment.document),
        "assessment.pdf": render_pdf(assessment.document),
        "figures.json": figures_text(record).encode(),
        "scoring.csv": (_MARK + sheet_text(assessment.score_sheet)).encode(),
    }


def _write(contents: dict[str, bytes], folder: Path) -> tuple[Path, ...]:
    try:
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        paths = []
        for name, content in contents.items():
            fresh = folder / f".{name}.{os.getpid()}"
            fresh.write_bytes(content)
            paths.append(fresh.replace(folder / name))
    except OSError as error:
        raise NotPossible(
            f"The folder {folder} cannot be written to ({error.strerror}).",
            "Name another folder with --out, or make this one writable.",
        ) from error
    return tuple(paths)

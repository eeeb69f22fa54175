"""Assessments as pages: one per partnership and last month, made on request and kept until the data change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from frankpledge.assessment.assessing import assessed, edition_key, scores_in_force
from frankpledge.core.blocks import rendered
from frankpledge.core.kept_pages import keep_beside, kept
from frankpledge.core.partnerships import Place, home
from frankpledge.engine.definitions.periods import month_number, month_text, month_words
from frankpledge.engine.documents.blocks import Document, Figure, Finding, runs
from frankpledge.engine.documents.page_words import anchor
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.findings.figures_json import figures_record, figures_text
from frankpledge.engine.findings.opening import opening_findings


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
    return tuple(
        EditionLine(
            month_text(m), month_words(m), (home().editions / edition_key(place, m) / "assessment.pdf").is_file()
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

    return kept(place, f"{place.key}-opening", "", make)


def _first_figure(findings: Iterable[Finding]) -> dict[str, str] | None:
    """The last number of the first finding's meaning: where its sentence ends up."""
    for finding in findings:
        shown = [run for run in runs(finding.meaning) if isinstance(run, Figure)]
        if shown:
            return {"id": shown[-1].figure_id, "text": shown[-1].text}
    return None


def edition_pages(place: Place, through: int) -> dict[str, Any]:
    """An assessment as pages: title, subtitle, and its sections in order with their HTML.

    Its figures are kept beside them, so that each can be traced.
    """
    name = f"{edition_key(place, through)}-pages"

    def make() -> dict[str, Any]:
        made = assessed(place, through)
        record = figures_record(place.key, through, made.figures.values(), made.claims)
        keep_beside(name, "figures.json", figures_text(record))
        return _as_pages(made.document, place.key, month_text(through))

    scores = scores_in_force(place, through)
    return kept(place, name, scores.read_text(encoding="utf-8-sig") if scores else "", make)


def _as_pages(document: Document, key: str, through: str) -> dict[str, Any]:
    """The document cut into pages; links to another section lead to its page."""
    pages = {
        f'href="#{anchor(s.key)}"': f'href="{reverse("assessment:editions-theme", args=[key, through, s.key])}"'
        for s in document.sections
    }
    links = re.compile("|".join(map(re.escape, pages)))
    sections = []
    for section in document.sections:
        html = links.sub(lambda found: pages[found[0]], rendered(section.blocks))
        sections.append({"key": section.key, "title": section.title, "level": section.level, "html": html})
    return {"title": document.title, "subtitle": document.subtitle, "day": document.day, "sections": sections}

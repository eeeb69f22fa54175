"""Assessments as pages: one per partnership and last month, made on request and kept until the data change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from frankpledge.assessment.assessing import assessed, edition_key, people_scored
from frankpledge.core.blocks import figure_href, rendered
from frankpledge.core.kept_pages import keep_beside, kept
from frankpledge.core.partnerships import Place, home
from frankpledge.engine.definitions.periods import month_number, month_text, month_words
from frankpledge.engine.documents.blocks import Block, Document, Figure, Finding, Link, runs
from frankpledge.engine.documents.page_words import anchor
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.findings.figures_json import figures_record, figures_text
from frankpledge.engine.findings.opening import MOST, opening
from frankpledge.engine.measures.results import MeasureResult


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


def opening_is_named(place: Place) -> bool:
    """True where a definition names what the place's first screen opens with."""
    reports = place.workspace.definitions.reports.values()
    return any(place.key in report.partnerships and report.findings for report in reports)


def opening_page(place: Place) -> dict[str, Any]:
    """The findings of the first screen: `findings` as HTML, `figure` that the second door follows.

    Those that a definition names; else the first three of the latest assessment.
    """
    latest = months_held(place)[0]
    if not opening_is_named(place):
        return edition_pages(place, latest)
    name = f"{place.key}-opening"

    def make() -> dict[str, Any]:
        made = opening(place.workspace, place.partnership)
        record = figures_record(place.key, latest, made.figures.values(), made.claims)
        keep_beside(name, "figures.json", figures_text(record))
        return _as_opening(made.findings, _Site(place.key, latest, made.figures))

    return kept(place, name, "", make)


def edition_pages(place: Place, through: int) -> dict[str, Any]:
    """An assessment as pages: title, subtitle, and its sections in order with their HTML.

    Its figures are kept beside them, so that each can be traced.
    """
    name = f"{edition_key(place, through)}-pages"

    def make() -> dict[str, Any]:
        made = assessed(place, through)
        record = figures_record(place.key, through, made.figures.values(), made.claims)
        keep_beside(name, "figures.json", figures_text(record))
        site = _Site(place.key, through, made.figures, tuple(section.key for section in made.document.sections))
        return _as_pages(made.document, site) | _as_opening(made.opening[:MOST], site)

    return kept(place, name, people_scored(place, through), make)


@dataclass(frozen=True)
class _Site:
    """The document on this site: its sections are pages, and each finding has a way back to a file."""

    partnership: str
    through: int
    figures: Mapping[str, MeasureResult]
    sections: tuple[str, ...] = ()

    def page(self, blocks: Iterable[Block]) -> str:
        """Blocks as HTML; a link to a section leads to its page."""
        html = rendered(self._with_way_back(block) for block in blocks)
        pages = {f'href="#{anchor(key)}"': f'href="{self._address(key)}"' for key in self.sections}
        return re.sub(r'href="#[^"]*"', lambda found: pages.get(found[0], found[0]), html)

    def leading(self, finding: Finding) -> Figure | None:
        """The number that a finding is about: the largest of its own area's latest counts in its meaning."""
        shown = [run for run in runs(finding.meaning) if isinstance(run, Figure)]
        known = [(figure, run) for run in shown if (figure := self.figures.get(run.figure_id))]
        own = [(f.period.last, f.numerator or 0, at) for at, (f, _) in enumerate(known) if self._is_own(f)]
        return known[max(own)[2]][1] if own else None

    def _is_own(self, figure: MeasureResult) -> bool:
        return figure.area == self.partnership and figure.numerator is not None and not figure.derived_from

    def _with_way_back(self, block: Block) -> Block:
        figure = self.leading(block) if isinstance(block, Finding) else None
        if not isinstance(block, Finding) or figure is None:
            return block
        way_back = Link(f"Where does {figure.text} come from?", figure_href(figure.figure_id))
        return replace(block, links=(way_back, *block.links))

    def _address(self, key: str) -> str:
        return reverse("assessment:editions-theme", args=[self.partnership, month_text(self.through), key])


def _as_pages(document: Document, site: _Site) -> dict[str, Any]:
    """The document cut into pages."""
    sections = [
        {"key": part.key, "title": part.title, "level": part.level, "html": site.page(part.blocks)}
        for part in document.sections
    ]
    return {"title": document.title, "subtitle": document.subtitle, "day": document.day, "sections": sections}


def _as_opening(findings: Sequence[Finding], site: _Site) -> dict[str, Any]:
    """Findings one by one, and the number that a reader may follow to its file."""
    leading = (figure for finding in findings if (figure := site.leading(finding)))
    return {
        "findings": [site.page([finding]) for finding in findings],
        "figure": next(({"id": figure.figure_id, "text": figure.text} for figure in leading), None),
    }

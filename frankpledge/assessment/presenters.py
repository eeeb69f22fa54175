"""What the templates of this room are given."""

from __future__ import annotations

from typing import Any

from frankpledge.assessment import edition_pages as pages
from frankpledge.assessment.assessing import edition_key
from frankpledge.assessment.editions import DOWNLOADS
from frankpledge.core.partnerships import Place, real_workspace
from frankpledge.engine.definitions.periods import month_text, month_words
from frankpledge.engine.faults import UsageFault


def findings_context(place: Place) -> dict[str, Any]:
    """The first screen of a partnership; without data, what will be here and how to get it there."""
    held = pages.months_held(place)
    latest = {"latest": month_text(held[0]), "latest_words": month_words(held[0])} if held else {}
    page = pages.opening_page(place) if held else {"findings": [], "figure": None}
    return {
        "heading": _heading(place, len(page["findings"])),
        "findings": page["findings"],
        "figure": page["figure"],
        "areas": len(real_workspace().areas.partnerships_of("published")),
        **latest,
    }


def _heading(place: Place, findings: int) -> str:
    if not findings:
        return f"{place.name}: nothing to show yet"
    number = {1: "One thing", 2: "Two things", 3: "Three things"}.get(findings, f"{findings} things")
    if pages.opening_is_named(place):
        return f"{number} the yearly figures do not say by themselves"
    return f"{number} to know about recorded crime in {place.name}"


def contents(place: Place, through: int) -> dict[str, Any]:
    """The first page of an assessment: its opening section, contents in groups, downloads."""
    edition = pages.edition_pages(place, through)
    first = edition["sections"][0]
    return {
        "pages": edition,
        "first": first,
        "through": month_text(through),
        "contents": _nested(edition["sections"][1:]),
        "downloads": [
            {"edition": edition_key(place, through), "name": name, "words": words} for name, words, _ in DOWNLOADS
        ],
    }


def _nested(sections: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each section of level 2 with those of level 3 that follow it."""
    nested: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    for section in sections:
        if section["level"] > 2 and nested:
            nested[-1][1].append(section)
        else:
            nested.append((section, []))
    return nested


def section_page(place: Place, through: int, key: str) -> dict[str, Any]:
    """One section with its neighbours."""
    edition = pages.edition_pages(place, through)
    keys = [section["key"] for section in edition["sections"]]
    if key not in keys:
        raise UsageFault(
            f"The assessment has no section called '{key[:60]}'.", "Choose one from the contents of the assessment."
        )
    at = keys.index(key)
    sections = edition["sections"]
    nested = _nested(sections)
    return {
        "pages": edition,
        "section": sections[at],
        "parts": next((inner for section, inner in nested if section["key"] == key), []),
        "parent": next((outer for outer, inner in nested if sections[at] in inner), None),
        "through": month_text(through),
        "through_words": month_words(through),
        "previous": sections[at - 1] if at else None,
        "next": sections[at + 1] if at + 1 < len(sections) else None,
    }

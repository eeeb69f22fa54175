"""Where every number comes from: figures, and the files that they were counted in."""

from __future__ import annotations

from collections.abc import Mapping

from frankpledge.engine.definitions.vocabulary import CATEGORIES, OFFENCES
from frankpledge.engine.documents.blocks import FigureEntry, FigureRegister, FileEntry
from frankpledge.engine.findings.citing import source_name
from frankpledge.engine.findings.wording.composing import number_text
from frankpledge.engine.findings.wording.numbers import count_text
from frankpledge.engine.findings.wording.spans import short_span
from frankpledge.engine.measures.results import MeasureResult
from frankpledge.engine.measures.workspace import Workspace
from frankpledge.engine.store.manifest import Supply

WORDS = {
    "category": "type",
    "not category": "every type but",
    "offence": "offence",
    "outcome_group": "outcome",
    "hour": "hours",
    "alcohol": "marked alcohol:",
    "domestic_abuse": "marked domestic abuse:",
    "hate": "marked hate:",
    "vulnerable_adult": "marked vulnerable adult:",
    "youth": "marked youth:",
}


def register_of(figures: Mapping[str, MeasureResult], ws: Workspace) -> FigureRegister:
    """The register of the figures given: each names its files by a short key, each file stands once."""
    supplies = _supplies(figures, ws)
    keys = {name: f"F{number}" for number, name in enumerate(supplies, start=1)}
    entries = tuple(_entry(result, keys, ws) for result in figures.values())
    files = tuple(
        FileEntry(
            key=keys[name],
            path=supply.path,
            sha256=supply.sha256,
            rows=count_text(supply.rows_in),
            source=_title(supply.source, ws),
        )
        for name, supply in supplies.items()
    )
    return FigureRegister(entries, files)


def _supplies(figures: Mapping[str, MeasureResult], ws: Workspace) -> dict[str, Supply]:
    """The supplied files of all figures, sorted by source and path."""
    found: dict[str, Supply] = {}
    for result in figures.values():
        held = ws.store.manifest(result.provenance.dataset).supplies
        for rows in result.provenance.supplies:
            if rows.supply in held:
                found[rows.supply] = held[rows.supply]
    return dict(sorted(found.items(), key=lambda item: (item[1].source, item[1].path)))


def _entry(result: MeasureResult, keys: Mapping[str, str], ws: Workspace) -> FigureEntry:
    measures = ws.definitions.measures
    what = measures[result.measure].title if result.measure in measures else result.measure
    if result.variant:
        what = f"{what} ({result.variant.replace('-', ' ')})"
    counted = _counted(result, ws)
    return FigureEntry(
        figure_id=result.figure_id,
        what=what,
        shown=number_text(result),
        area=result.area_name,
        period=short_span(result.period),
        counted=counted,
        files=tuple(keys[rows.supply] for rows in result.provenance.supplies if rows.supply in keys),
    )


def _counted(result: MeasureResult, ws: Workspace) -> str:
    """What was counted, briefly: area, months and files stand in columns of their own."""
    provenance = result.provenance
    if result.derived_from:
        return f"{provenance.filter_words}; from {' and '.join(name[-8:] for name in result.derived_from)}"
    said = [
        f"{WORDS[field]} {', '.join(_value(value) for value in values)}"
        for field, values in provenance.filter
        if field in WORDS and values
    ]
    per = f"; {provenance.denominator_words}" if provenance.denominator_words else ""
    return f"{source_name(provenance, ws.definitions)}: {'; '.join(said) or 'every row'}{per}"


def _value(value: str) -> str:
    """A key of the vocabulary in words."""
    return (CATEGORIES.get(value) or OFFENCES.get(value) or value.replace("-", " ")).lower()


def _title(source: str, ws: Workspace) -> str:
    return ws.definitions.sources[source].title if source in ws.definitions.sources else source

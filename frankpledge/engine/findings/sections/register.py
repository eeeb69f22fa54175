"""Where every number comes from: figures, and the files that they were counted in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.vocabulary import CATEGORIES, OFFENCES
from frankpledge.engine.documents.blocks import FigureEntry, FigureRegister, FileEntry
from frankpledge.engine.findings.citing import source_name
from frankpledge.engine.findings.wording.composing import number_text
from frankpledge.engine.findings.wording.numbers import count_text, listed
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

_SPAN = re.compile(r"(\d{4}-\d\d)-to-(\d{4}-\d\d)")
# The periods of a change stand in its name and its id.
_PERIODS = re.compile(r": \d{4}[-/]\S+ to \d{4}\S+$")


def register_of(figures: Mapping[str, MeasureResult], ws: Workspace) -> FigureRegister:
    """The register of the figures given: each names its files by a short key, each file stands once."""
    supplies = _supplies(figures, ws)
    keys = {name: f"F{number}" for number, name in enumerate(supplies, start=1)}
    entries = tuple(_entry(result, keys, ws) for result in figures.values())
    files = tuple(
        FileEntry(
            key=keys[name],
            path=short_path(supply.path),
            sha256=supply.sha256,
            rows=count_text(supply.rows_in),
            source=_title(supply.source, ws),
        )
        for name, supply in supplies.items()
    )
    return FigureRegister(entries, files)


def short_path(path: str) -> str:
    """A file by its name and folder: a document that is handed on tells no more of the analyst's machine.

    `frankpledge trace` names the whole path.

    >>> short_path("/data/police/2025-01/2025-01-west-mercia-street.csv.gz")
    '2025-01/2025-01-west-mercia-street.csv.gz'
    """
    return "/".join(PurePath(path).parts[-2:]).lstrip("/")


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
        what = f"{what} ({_variant(result.variant)})"
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
        return f"{_PERIODS.sub('', provenance.filter_words)}; from {_origins(result.derived_from)}"
    said = [
        f"{WORDS[field]} {', '.join(_value(value) for value in values)}"
        for field, values in provenance.filter
        if field in WORDS and values
    ]
    # Every line has its area, so the words need not name it, and lines of several areas share them.
    people = provenance.denominator_words.replace(f" of {result.area_name}", "") if provenance.denominator_words else ""
    per = f"; per {people}" if people else ""
    return f"{source_name(provenance, ws.definitions)}: {'; '.join(said) or 'every row'}{per}"


def _origins(figure_ids: Sequence[str]) -> str:
    """The ends of the ids of the figures that a figure was worked out from; each end once."""
    ends = listed(list(dict.fromkeys(name[-8:] for name in figure_ids)))
    return f"the figure with id …{ends}" if len(figure_ids) == 1 else f"{len(figure_ids)} figures with ids …{ends}"


def _variant(variant: str) -> str:
    """What tells a figure from its like, in words; a period is written as one."""
    spelt = _SPAN.sub(lambda found: f" {short_span(Period.parse(f'{found[1]}..{found[2]}'))} ", variant)
    return " ".join(spelt.replace("-", " ").split())


def _value(value: str) -> str:
    """A key of the vocabulary in words."""
    return (CATEGORIES.get(value) or OFFENCES.get(value) or value.replace("-", " ")).lower()


def _title(source: str, ws: Workspace) -> str:
    return ws.definitions.sources[source].title if source in ws.definitions.sources else source

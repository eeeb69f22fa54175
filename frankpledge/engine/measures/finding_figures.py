"""Finds a figure by its lasting name: in a document's figures, or by working it out anew."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.faults import NotPossible, UsageFault
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.record import from_record
from frankpledge.engine.measures.results import MeasureResult
from frankpledge.engine.measures.tally import Pairs
from frankpledge.engine.measures.workspace import Workspace, open_workspace
from frankpledge.engine.store.home import Home

FIGURES = "figures.json"
_ID = re.compile(
    r"^(?P<measure>[a-z0-9-]+)\.(?P<area>[A-Za-z0-9-]+)\.(?P<span>[0-9a-z-]+)(\.(?P<variant>.+))?\.[0-9a-f]{8}$"
)
_CUTS = {"outcome": "outcome_group", "category": "category"}


@dataclass(frozen=True)
class FoundFigure:
    """A figure, the workspace that its rows lie in, and the document it was found in (or empty)."""

    result: MeasureResult
    workspace: Workspace
    edition: str


def find_figure(figure_id: str, home: Home, figures: Path | None = None) -> FoundFigure:
    """The figure of an id. Raises `UsageFault` for a word that is no id, `NotPossible` where it is gone."""
    wanted = figure_id.strip().removeprefix("figure-")
    match = _ID.match(wanted)
    if not match:
        raise UsageFault(
            f"'{figure_id[:80]}' is not the name of a figure.",
            "Copy the name from the end of a document or from figures.json: measure, area, period and 8 characters.",
        )
    ws = _workspace_of(match["area"], home)
    for path in _kept(home, figures):
        record = _record_in(path, wanted)
        if record is not None:
            return FoundFigure(from_record(record), ws, path.parent.name)
    return FoundFigure(_anew(wanted, match, ws), ws, "")


def _workspace_of(area: str, home: Home) -> Workspace:
    demonstration = open_workspace(home, demo=True)
    known = (demonstration.areas.partnerships, demonstration.areas.districts, demonstration.areas.forces)
    own = open_workspace(home)
    shipped = (own.areas.partnerships, own.areas.districts, own.areas.forces)
    name = area.removeprefix("force-")
    invented = any(name in there and name not in here for there, here in zip(known, shipped, strict=True))
    within = any(
        area.startswith(f"{code}-") and code not in own.areas.districts for code in demonstration.areas.districts
    )
    return demonstration if invented or within else own


def _kept(home: Home, figures: Path | None) -> Iterator[Path]:
    if figures is not None:
        yield figures
    elif home.editions.is_dir():
        yield from sorted(home.editions.glob(f"*/{FIGURES}"), reverse=True)


def _record_in(path: Path, figure_id: str) -> dict[str, Any] | None:
    """The record of a figure in a figures.json; None where it is not there or the file is no such file."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))["figures"]
        found: dict[str, Any] | None = next((record for record in held if record["figure_id"] == figure_id), None)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found


def _anew(figure_id: str, parts: re.Match[str], ws: Workspace) -> MeasureResult:
    measure = ws.definitions.measure(parts["measure"])
    variant, extra = _narrowing(parts["variant"] or "", figure_id)
    found = [compute(measure, parts["area"], p, ws, variant=variant, extra=extra) for p in _periods(parts["span"])]
    for result in found:
        if result.figure_id == figure_id:
            return result
    if not found:
        raise UsageFault(f"'{parts['span']}' is not a period.", "Copy the whole name of the figure.")
    raise NotPossible(
        "No document keeps this figure, and the store or its definition has changed since it was worked out.",
        f"The same figure is now {found[0].figure_id}.",
    )


def _narrowing(variant: str, figure_id: str) -> tuple[str, Pairs]:
    if not variant:
        return "", ()
    cut, _, key = variant.partition("-")
    if cut not in _CUTS:
        raise NotPossible(
            f"The figure {figure_id[:120]} is kept only in the document that it stands in.",
            "Name that document's figures.json, or write the assessment again.",
        )
    return variant, ((_CUTS[cut], (key,)),)


def _periods(span: str) -> Iterator[Period]:
    """The periods that a span in an id can mean: '2011-12' is a month and a financial year."""
    for text in (span.replace("-to-", ".."), "/".join(span.rsplit("-", 1))):
        try:
            yield Period.parse(text)
        except UsageFault:
            continue

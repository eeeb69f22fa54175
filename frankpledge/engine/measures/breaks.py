"""Known changes in recording, and which of them stand between two months of a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from frankpledge.engine.definitions.periods import Period, month_of, month_words
from frankpledge.engine.definitions.shapes import BreakDefinition, MeasureDefinition

if TYPE_CHECKING:
    from frankpledge.engine.measures.place import Place
    from frankpledge.engine.measures.workspace import Workspace


def breaks_of(measure: MeasureDefinition, place: Place, ws: Workspace) -> tuple[BreakDefinition, ...]:
    """The breaks that concern a measure in a place, in order of their day.

    A break of places (a new list of points, new small areas) concerns small areas only: counts by
    district are the same on both sides of it.
    """
    found = (ws.definitions.breaks[reference.partition(":")[2]] for reference in measure.breaks)
    concerning = (
        b for b in found if place.nation in (*b.nations, "") and (b.affects != "places" or place.kind == "lsoa")
    )
    return tuple(sorted(concerning, key=lambda b: (b.on, b.key)))


def breaks_within(
    measure: MeasureDefinition, place: Place, period: Period, ws: Workspace
) -> tuple[BreakDefinition, ...]:
    """The breaks that fall inside a period: its first months followed another rule than its last."""
    return tuple(b for b in breaks_of(measure, place, ws) if period.first < month_of(b.on) <= period.last)


def breaks_between(
    measure: MeasureDefinition, place: Place, before: Period, after: Period, ws: Workspace
) -> tuple[BreakDefinition, ...]:
    """The breaks after the beginning of one period and up to the end of a later one."""
    return breaks_within(measure, place, Period(before.first, max(before.last, after.last)), ws)


def break_words(found: BreakDefinition) -> str:
    """A break as a sentence: when, what, and what it does to the figures."""
    day = f"From {month_words(month_of(found.on))}: {found.title[:1].lower()}{found.title[1:]}."
    doubt = " (To be verified at the source.)" if found.certainty == "to be verified" else ""
    return f"{day} {found.effect}{doubt}"

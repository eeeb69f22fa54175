"""Rows of labels as even bands: bars, dots and breaks of yearly charts stand on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from frankpledge.engine.documents.charts.breaks import Breaks
from frankpledge.engine.documents.charts.frame import (
    CHARACTER,
    Layer,
    label,
    lookup,
    number,
    thinned,
    value_axis,
    value_scale,
)

_GAP = 0.32  # of a band, between two bars


@dataclass(frozen=True)
class Bands:
    """Where the bands of a row of labels stand, in pixels: Vega's band scale worked out here."""

    count: int
    width: float

    @property
    def step(self) -> float:
        """From one band to the next."""
        return self.width / max(self.count, 1)

    def middle(self, index: int) -> float:
        """The middle of a band."""
        return (index + 0.5) * self.step

    def before(self, index: int) -> float:
        """Half way between a band and the one before it: where a break stands."""
        return index * self.step


def band_x(labels: Sequence[str], room: float, shown: Mapping[str, str] | None = None) -> alt.X:
    """The labels as evenly spaced bands, thinned where they would touch; `shown` renames all of them."""
    axis = alt.Axis(title=None, values=thinned(labels, room), labelOverlap=False)
    if shown:
        axis = alt.Axis(title=None, values=list(labels), labelOverlap=False, labelExpr=lookup(shown))
    return alt.X(
        "label:O",
        scale=alt.Scale(domain=list(labels), type="band", paddingInner=_GAP, paddingOuter=_GAP / 2),
        axis=axis,
    )


def values_y(field: str, ticks: Sequence[float]) -> alt.Y:
    """Values upwards from zero."""
    return alt.Y(field, scale=value_scale(ticks), axis=value_axis(ticks), stack=None)


def left_room(ticks: Sequence[float]) -> int:
    """Room for the labels of an axis of values."""
    return round(max(len(number(tick)) for tick in ticks) * CHARACTER) + 16


def band_breaks(labels: Sequence[str], breaks: Sequence[tuple[str, str]], width: float) -> Breaks:
    """Breaks that stand before the labels named; a label that is not shown has none."""
    bands = Bands(len(labels), width)
    return Breaks(tuple((bands.before(labels.index(at)), why) for at, why in breaks if at in labels), width)


def absence(words: str, x: float, height: float) -> Layer:
    """Why a label has no value, written upright where its bar would stand."""
    return label(words, x, height - 6, angle=270, align="left", fontStyle="italic")

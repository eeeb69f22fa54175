"""Five named classes of one hue, and their key: for maps and for the grid of hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import altair as alt

from frankpledge.engine.documents.charts.frame import (
    LINE_HEIGHT,
    Layer,
    label,
    number,
    places_of,
    rows,
    wrapped,
    x_at,
    y_at,
)
from frankpledge.engine.documents.theme import CLASSES, SLATE, WHITE

NAMES = ("Fewest", "Few", "Middle", "Many", "Most")
# Which of the five names and colours serve where fewer classes are needed.
_SPREAD = {1: (2,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


@dataclass(frozen=True)
class ValueClass:
    """A class of values from `low` to `high`, both included, with its name and colour."""

    low: float
    high: float
    name: str
    colour: str
    places: int = 0

    @property
    def words(self) -> str:
        """Its range as people read it."""
        low, high = number(self.low, places=self.places), number(self.high, places=self.places)
        return low if low == high else f"{low} to {high}"


def five_classes(values: Iterable[float | None], names: Sequence[str] = NAMES) -> tuple[ValueClass, ...]:
    """At most five classes that hold the same number of different values, from low to high.

    Different values, since counts on a grid repeat: with plain fifths most classes would hold
    nothing but ones.
    """
    known = list(values)
    distinct = sorted({value for value in known if value is not None})
    if not distinct:
        return ()
    count, places = min(5, len(distinct)), places_of(known)
    edges = [round(index * len(distinct) / count) for index in range(count + 1)]
    return tuple(
        ValueClass(distinct[edges[i]], distinct[edges[i + 1] - 1], names[place], CLASSES[place], places)
        for i, place in enumerate(_SPREAD[count])
    )


def colour_of(value: float | None, classes: Sequence[ValueClass]) -> str:
    """The colour of a value; white where there is none."""
    return next((one.colour for one in classes if value is not None and one.low <= value <= one.high), WHITE)


@dataclass(frozen=True)
class Key:
    """The key of a chart in classes: the unit over swatches with names and ranges, highest first.

    `also` adds a white swatch (no data); the unit is broken into lines of `line` characters.
    """

    classes: Sequence[ValueClass]
    unit: str
    also: Sequence[str] = ()
    line: int = 22

    @property
    def height(self) -> int:
        """Its height in pixels."""
        unit = LINE_HEIGHT * len(wrapped(self.unit, self.line))
        return unit + (LINE_HEIGHT + 4) * (len(self.classes) + len(self.also)) + 4

    def layers(self, left: float, top: float) -> list[Layer]:
        """The key with its first line centred on `top`."""
        lines = wrapped(self.unit, self.line)
        layers = [label("\n".join(lines), left, top, fontWeight=600, fill=SLATE)]
        entries = [(one.colour, f"{one.name}: {one.words}") for one in reversed(self.classes)]
        entries += [(WHITE, words) for words in self.also]
        first = top + LINE_HEIGHT * (len(lines) - 1) + 2
        for index, (colour, words) in enumerate(entries):
            y = first + (index + 1) * (LINE_HEIGHT + 4)
            swatch = alt.Chart(rows([{"class": words}])).mark_square(
                size=200, fill=colour, opacity=1, stroke=SLATE, strokeWidth=0.5
            )
            layers += [swatch.encode(x=x_at(left + 7), y=y_at(y)), label(words, left + 22, y + 1)]
        return layers

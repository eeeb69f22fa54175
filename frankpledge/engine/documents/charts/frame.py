"""What all charts share: their words, two sizes, scales worked out here so that labels never collide."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import altair as alt
from altair.utils.schemapi import debug_mode

from frankpledge.engine.documents.blocks import Chart, Table, Words
from frankpledge.engine.documents.theme import INK, RULE, SLATE, TEXT_SIZE, chart_config

LINE_HEIGHT = 18
# Mean width of a character of Source Sans 3 at 14 px, measured over the alphabet and digits.
CHARACTER = 6.6


@dataclass(frozen=True)
class ChartWords:
    """What a chart says in words. `key` is unique in a document and becomes its anchor.

    The title states the finding; the subtitle measure, place, period. Where `alt` is empty it is
    worked out from the values; where `table` is None it is made from them. Give a table whose
    cells are figures wherever the values have figure ids.
    """

    key: str
    title: Words
    subtitle: str
    source: Words
    alt: str = ""
    note: Words = ""
    table: Table | None = None


@dataclass(frozen=True)
class Series:
    """Values beside their labels; None is a value that nobody has, and is never drawn as zero."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Frame:
    """The paper to draw on, in CSS pixels, padding included."""

    width: int
    height: int
    narrow: bool

    def taller(self, height: int) -> Frame:
        """The same width with another height."""
        return Frame(self.width, height, self.narrow)


WIDE = Frame(640, 320, False)
# 288 fits a screen of 320 px, so text of 14 px is never scaled below 14 px on a telephone.
NARROW = Frame(288, 330, True)


@dataclass(frozen=True)
class Padding:
    """Room around the plot for axis labels and direct labels."""

    left: int = 10
    right: int = 10
    top: int = 10
    bottom: int = 10

    def plot(self, frame: Frame) -> tuple[float, float]:
        """Width and height that are left for the plot."""
        return frame.width - self.left - self.right, frame.height - self.top - self.bottom


# An Altair chart; the library's chained methods carry no type.
Layer: TypeAlias = Any
Draw = Callable[[Frame], dict[str, Any]]


def finished(words: ChartWords, draw: Draw, *, alt_text: str, table: Table) -> Chart:
    """A chart block from a function that draws it at a size."""
    # Altair checks each object against the schema as it is made, which takes half the time of an
    # assessment; the specifications are our own, and a test checks each kind of chart whole.
    with debug_mode(False):
        wide, narrow = draw(WIDE), draw(NARROW)
    return Chart(
        key=words.key,
        title=words.title,
        subtitle=words.subtitle,
        spec=wide,
        narrow=narrow,
        alt=words.alt or alt_text,
        table=words.table or table,
        source=words.source,
        note=words.note,
    )


def specification(layers: Sequence[Layer], frame: Frame, padding: Padding) -> dict[str, Any]:
    """The layers as one Vega-Lite specification of exactly the frame's size, data inside."""
    chart = alt.layer(*layers).resolve_scale(color="independent")
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["autosize"] = {"type": "none"}
    spec["width"], spec["height"] = padding.plot(frame)
    spec["padding"] = {
        "left": padding.left,
        "right": padding.right,
        "top": padding.top,
        "bottom": padding.bottom,
    }
    spec["config"] = chart_config()
    return spec


def rows(values: Sequence[Mapping[str, Any]]) -> alt.Data:
    """Plain values as a chart's own data: inside the specification, never behind an address."""
    return alt.Data(values=[dict(row) for row in values])  # type: ignore[no-untyped-call]


def x_at(value: float) -> alt.XValue:
    """Pixels from the left. Altair turns a plain `alt.value` into this very slowly, so charts give it made."""
    return alt.XValue(value)  # type: ignore[no-untyped-call]


def y_at(value: float) -> alt.YValue:
    """Pixels from the top."""
    return alt.YValue(value)  # type: ignore[no-untyped-call]


def x2_at(value: float) -> alt.X2Value:
    """Pixels from the left, of the other end."""
    return alt.X2Value(value)  # type: ignore[no-untyped-call]


def y2_at(value: float) -> alt.Y2Value:
    """Pixels from the top, of the other end."""
    return alt.Y2Value(value)  # type: ignore[no-untyped-call]


def nice_ticks(largest: float, wanted: int = 4) -> list[float]:
    """Evenly spaced round numbers from zero to at least `largest`.

    >>> nice_ticks(2181)
    [0, 600, 1200, 1800, 2400]
    >>> nice_ticks(0)
    [0, 1]
    """
    if not math.isfinite(largest) or largest <= 0:
        return [0, 1]
    rough = largest / wanted
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(m * magnitude for m in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if m * magnitude >= rough * (1 - 1e-9))
    if largest >= wanted:
        step = max(1.0, step if float(step).is_integer() else math.ceil(step))
    ticks = [0.0]
    while ticks[-1] < largest * (1 - 1e-9):
        ticks.append(len(ticks) * step)
    return [int(tick) if float(tick).is_integer() else round(tick, 6) for tick in ticks]


def number(value: float | None, absent: str = "no data", places: int | None = None) -> str:
    """A value as people read it: thousands separated; `places` decimals, else as many as it needs.

    >>> number(2181), number(71.25), number(66, places=1), number(None)
    ('2,181', '71.2', '66.0', 'no data')
    """
    if value is None:
        return absent
    if places is None:
        whole = float(value).is_integer() or abs(value) >= 1000
        places = 0 if whole else 1 if abs(value) >= 1 else 2
    return f"{value:,.{places}f}"


def places_of(values: Iterable[float | None]) -> int:
    """The decimals that a column of values needs: none where all are whole or large, else one, or two below 1."""
    known = [abs(value) for value in values if value is not None]
    if not known or max(known) >= 1000 or all(float(value).is_integer() for value in known):
        return 0
    return 1 if max(known) >= 1 else 2


def value_axis(ticks: Sequence[float], *, grid: bool = True) -> alt.Axis:
    """A quiet axis of values: round numbers, pale grid lines, no line of its own."""
    labels = {str(tick): number(tick) for tick in ticks}
    expression = lookup(labels)
    return alt.Axis(title=None, values=list(ticks), grid=grid, gridColor=RULE, labelExpr=expression, labelFlush=False)


def lookup(labels: Mapping[str, str]) -> str:
    """A Vega expression that turns an axis value into its label."""
    return f"{json.dumps(dict(labels))}[datum.value]"


def value_scale(ticks: Sequence[float]) -> alt.Scale:
    """A scale from the first tick to the last: zero is always on it."""
    return alt.Scale(domain=[ticks[0], ticks[-1]], nice=False, zero=True, padding=0)


def thinned(labels: Sequence[str], room: float) -> list[str]:
    """The labels that fit side by side in `room` pixels: every one, every second, every third...

    The last one always stays, because the reader looks for the latest.
    """
    if not labels:
        return []
    needed = max(len(label) for label in labels) * CHARACTER + 4
    step = max(1, math.ceil(needed * len(labels) / max(room, 1)))
    return [label for index, label in enumerate(labels) if (len(labels) - 1 - index) % step == 0]


def apart(positions: Sequence[float], gap: float) -> list[float]:
    """Positions (pixels) moved as little as possible so that labels stand at least `gap` apart."""
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    moved = list(positions)
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + gap)
    if not order:
        return moved
    # Shift the whole column back by half of what it grew, so that no label is far from its point.
    growth = moved[order[-1]] - positions[order[-1]]
    return [position - growth / 2 for position in moved]


def wrapped(text: str, width: int) -> list[str]:
    """Words broken into lines of at most `width` characters (a longer word keeps its own line)."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines or [""]


def key_above(names: Sequence[str], colours: Sequence[str], padding: Padding, text: Sequence[str]) -> list[Layer]:
    """Swatches with names over a narrow plot, in the order of the data, where direct labels find no room."""
    layers: list[Layer] = []
    left = -padding.left + 10
    for index, (name, colour, ink) in enumerate(zip(names, colours, text, strict=True)):
        top = -padding.top + 14 + index * (LINE_HEIGHT + 2)
        swatch = alt.Chart(rows([{"name": name}])).mark_square(size=150, opacity=1, fill=colour, strokeWidth=0)
        layers.append(swatch.encode(x=x_at(left + 6), y=y_at(top)))
        layers.append(label(name, left + 20, top + 1, fontWeight=600, fill=ink))
    return layers


def label(text: str, x: float, y: float, **mark: Any) -> Layer:
    """One direct label at a place in the plot, in pixels from its upper left corner."""
    settings = {"align": "left", "baseline": "middle", "fontSize": TEXT_SIZE, "fill": SLATE, **mark}
    return (
        alt.Chart(rows([{"words": text}]))
        .mark_text(lineBreak="\n", lineHeight=LINE_HEIGHT, **settings)
        .encode(x=x_at(x), y=y_at(y), text=alt.Text("words:N"))
    )


def upright(x: float, height: float, *, dashed: bool = True, colour: str = INK, top: float = 0) -> Layer:
    """An upright line across the plot, in pixels."""
    mark: dict[str, Any] = {"stroke": colour, "strokeWidth": 1.5}
    if dashed:
        mark["strokeDash"] = [4, 3]
    return alt.Chart(rows([{"i": 0}])).mark_rule(**mark).encode(x=x_at(x), y=y_at(top), y2=y2_at(height))

"""Us on one line beside all our peers: their full range, their middle half, their middle, and us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any, Literal

import altair as alt

from frankpledge.engine.documents.blocks import Chart, Column, Table
from frankpledge.engine.documents.charts.frame import (
    CHARACTER,
    ChartWords,
    Frame,
    Layer,
    Padding,
    finished,
    label,
    number,
    places_of,
    rows,
    specification,
    upright,
    x2_at,
    x_at,
    y2_at,
    y_at,
)
from frankpledge.engine.documents.theme import INK, MIDDLE, PALE, TEAL, WHITE

Better = Literal["higher", "lower", "neutral"]


@dataclass(frozen=True)
class _Spine:
    """Where everything stands on the line."""

    us: float
    low: float
    first: float
    middle: float
    third: float
    high: float
    better: Better
    places: int

    def words(self, value: float) -> str:
        """A value in words, all with the same number of decimals."""
        return number(value, places=self.places)

    def place(self, value: float, width: float) -> float:
        """A value's pixel: higher to the right, or better to the right where lower is better.

        The middle of the peers always stands at the same pixel, so that rows under one another
        share one upright line.
        """
        reach = max(abs(self.low - self.middle), abs(self.high - self.middle), abs(self.us - self.middle)) or 1.0
        share = (value - self.middle) / reach
        return width * (0.5 + (-share if self.better == "lower" else share) * 0.48)


def peer_spine(
    words: ChartWords,
    *,
    us: float,
    peers: Sequence[float],
    better: Better = "neutral",
    us_name: str = "Us",
    unit: str = "Rate",
) -> Chart:
    """One row: pale the full range of the peers, dark their middle half, an upright line their middle, a circle us.

    Raises `ValueError` below four peers: so few make no range.
    """
    if len(peers) < 4:
        raise ValueError("A range of peers needs at least four of them.")
    first, _, third = quantiles(peers, n=4, method="inclusive")
    spine = _Spine(us, min(peers), first, median(peers), third, max(peers), better, places_of([us, *peers]))
    names = ("Lowest peer", "A quarter of peers are below", "Middle of the peers", "A quarter of peers are above")
    values = (spine.low, spine.first, spine.middle, spine.third, spine.high)
    body = [(us_name, spine.words(us)), *zip((*names, "Highest peer"), map(spine.words, values), strict=True)]
    columns = (Column("Place on the line", width=2.5), Column(unit, numeric=True))
    table = Table(caption=words.subtitle, columns=columns, rows=tuple(body), source=words.source)
    said = (
        f"{us_name} {spine.words(us)}; {len(peers)} peers from {spine.words(spine.low)} to {spine.words(spine.high)}, "
        f"their middle half {spine.words(first)} to {spine.words(third)}, their middle {spine.words(spine.middle)}."
    )
    return finished(words, lambda frame: _draw(frame, spine, us_name), alt_text=said, table=table)


def _draw(frame: Frame, spine: _Spine, us_name: str) -> dict[str, Any]:
    padding = Padding(26, 26, top=44, bottom=56)
    frame = frame.taller(padding.top + padding.bottom + 24)
    width, height = padding.plot(frame)

    def bar(low: float, high: float, colour: str) -> Layer:
        ends = sorted((spine.place(low, width), spine.place(high, width)))
        mark = alt.Chart(rows([{"from": low, "to": high}])).mark_rect(fill=colour, stroke=None)
        return mark.encode(x=x_at(ends[0]), x2=x2_at(ends[1]), y=y_at(2), y2=y2_at(height - 2))

    x = spine.place(spine.us, width)
    circle = alt.Chart(rows([{"us": spine.us}])).mark_point(
        filled=True, size=190, fill=TEAL, opacity=1, stroke=WHITE, strokeWidth=2
    )
    ours = f"{us_name} {spine.words(spine.us)}"
    half = len(ours) * CHARACTER / 2 + 4
    centre = min(max(x, half - padding.left), width + padding.right - half)
    layers = [
        bar(spine.low, spine.high, PALE),
        bar(spine.first, spine.third, MIDDLE),
        upright(spine.place(spine.middle, width), height + 4, dashed=False, colour=INK, top=-4),
        circle.encode(x=x_at(x), y=y_at(height / 2)),
        label(ours, centre, -20, align="center", fontWeight=600, fill=TEAL),
        label(f"middle of the peers {spine.words(spine.middle)}", width / 2, height + 18, align="center"),
    ]
    for value, other in ((spine.low, spine.high), (spine.high, spine.low)):
        left = spine.place(value, width) <= spine.place(other, width)
        layers.append(
            label(spine.words(value), spine.place(value, width), height + 38, align="left" if left else "right")
        )
    if spine.better != "neutral" and not frame.narrow:
        layers.append(label("better to the right", width, -20, align="right", fontStyle="italic"))
    return specification(layers, frame, padding)

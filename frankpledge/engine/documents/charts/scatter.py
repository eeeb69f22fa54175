"""Two measures of each area against one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from frankpledge.engine.documents.blocks import Chart, Column, Table
from frankpledge.engine.documents.charts.bands import left_room, values_y
from frankpledge.engine.documents.charts.frame import (
    CHARACTER,
    ChartWords,
    Frame,
    Padding,
    finished,
    label,
    nice_ticks,
    number,
    places_of,
    rows,
    specification,
    value_axis,
    value_scale,
    wrapped,
)
from frankpledge.engine.documents.theme import MIDDLE, SLATE, TEAL


@dataclass(frozen=True)
class Point:
    """An area with its two values."""

    name: str
    x: float
    y: float


def scatter(
    words: ChartWords,
    points: Sequence[Point],
    *,
    x_title: str,
    y_title: str,
    us: str = "",
    named: Sequence[str] = (),
) -> Chart:
    """Points from zero on both axes: us in teal, the rest pale; only us and the `named` carry their names."""
    x_places, y_places = places_of(p.x for p in points), places_of(p.y for p in points)
    body = tuple((p.name, number(p.x, places=x_places), number(p.y, places=y_places)) for p in points)
    columns = (Column("Area", width=2), Column(x_title, numeric=True), Column(y_title, numeric=True))
    table = Table(caption=words.subtitle, columns=columns, rows=body, source=words.source)
    ours = next((row for row in body if row[0] == us), None)
    said = f"Scatter of {len(points)} areas: {x_title} across, {y_title} upwards."
    said += f" {us}: {ours[1]} and {ours[2]}." if ours else ""

    def draw(frame: Frame) -> dict[str, Any]:
        return _draw(frame, points, (x_title, y_title), us=us, named=frozenset(named) | {us})

    return finished(words, draw, alt_text=said, table=table)


def _draw(
    frame: Frame, points: Sequence[Point], titles: tuple[str, str], *, us: str, named: frozenset[str]
) -> dict[str, Any]:
    x_ticks = nice_ticks(max((p.x for p in points), default=0) * 1.02, 3 if frame.narrow else 5)
    y_ticks = nice_ticks(max((p.y for p in points), default=0) * 1.02)
    above = wrapped(titles[1], 36 if frame.narrow else 80)
    padding = Padding(left_room(y_ticks), 24, top=18 + 18 * len(above), bottom=52)
    width, height = padding.plot(frame)
    data = [{"name": p.name, "x": p.x, "y": p.y, "ours": p.name == us} for p in points]
    colour = alt.condition("datum.ours", alt.value(TEAL), alt.value(MIDDLE))
    marks = (
        alt.Chart(rows(sorted(data, key=lambda row: bool(row["ours"]))))
        .mark_point(filled=True, size=70, opacity=1)
        .encode(
            x=alt.X("x:Q", scale=value_scale(x_ticks), axis=value_axis(x_ticks, grid=False)),
            y=values_y("y:Q", y_ticks),
            fill=colour,
        )
    )
    layers = [marks, label("\n".join(above), 0, -padding.top + 14), label(titles[0], width, height + 40, align="right")]
    for point in points:
        if point.name in named:
            x, y = point.x / x_ticks[-1] * width, height * (1 - point.y / y_ticks[-1])
            right = x + len(point.name) * CHARACTER + 12 > width
            layers.append(
                label(
                    point.name,
                    x - 9 if right else x + 9,
                    y,
                    align="right" if right else "left",
                    fontWeight=600,
                    fill=TEAL if point.name == us else SLATE,
                )
            )
    return specification(layers, frame, padding)

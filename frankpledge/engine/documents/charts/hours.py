"""When: a grid of weekdays and hours in five classes of one hue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from frankpledge.engine.documents.blocks import Chart, Column, Table
from frankpledge.engine.documents.charts.classes import Key, ValueClass, colour_of, five_classes
from frankpledge.engine.documents.charts.frame import (
    ChartWords,
    Frame,
    Layer,
    Padding,
    finished,
    label,
    number,
    rows,
    specification,
)
from frankpledge.engine.documents.theme import WHITE

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Hours = Sequence[Sequence[float | None]]


def hour_grid(words: ChartWords, counts: Hours, *, unit: str = "Incidents", absent: str = "–") -> Chart:
    """Counts by weekday (seven rows, Monday first) and hour (24 columns, midnight first).

    Raises `ValueError` for another shape.
    """
    if len(counts) != 7 or any(len(day) != 24 for day in counts):
        raise ValueError("A grid of hours has seven rows of 24 values.")
    classes = five_classes(value for day in counts for value in day)
    columns = (Column("Hour from", width=1.4), *(Column(day[:3], numeric=True) for day in WEEKDAYS))
    body = tuple((f"{hour:02d}:00", *(number(counts[day][hour], absent) for day in range(7))) for hour in range(24))
    table = Table(caption=words.subtitle, columns=columns, rows=body, source=words.source)
    return finished(
        words, lambda frame: _draw(frame, counts, classes, unit), alt_text=_in_words(counts, unit), table=table
    )


def _in_words(counts: Hours, unit: str) -> str:
    known = [
        (value, -day, -hour) for day, row in enumerate(counts) for hour, value in enumerate(row) if value is not None
    ]
    if not known:
        return "Grid of weekdays and hours without data."
    said = ", ".join(
        f"{WEEKDAYS[-day]} {-hour:02d}:00 to {(-hour + 1) % 24:02d}:00 ({number(value)})"
        for value, day, hour in sorted(known, reverse=True)[:3]
    )
    return f"Grid of weekdays and hours. {unit}: most in {said}; fewest in any hour {number(min(known)[0])}."


def _draw(frame: Frame, counts: Hours, classes: Sequence[ValueClass], unit: str) -> dict[str, Any]:
    key = Key(classes, unit, line=36 if frame.narrow else 17)
    if frame.narrow:
        cell, left, top = (34.0, 17.0), 42, 30 + key.height
        frame = frame.taller(round(top + 24 * cell[1] + 12))
        padding = Padding(left, frame.width - left - round(7 * cell[0]), top, 12)
    else:
        cell, left, top = (16.5, 26.0), 92, 30
        frame = frame.taller(round(top + max(7 * cell[1], key.height) + 16))
        padding = Padding(left, frame.width - left - round(24 * cell[0]), top, 16)
    squares = []
    for day, row in enumerate(counts):
        for hour, value in enumerate(row):
            across, down = (day, hour) if frame.narrow else (hour, day)
            squares.append({"x": across * cell[0], "y": down * cell[1], "value": value, "day": WEEKDAYS[day],
                            "hour": hour, "fill": colour_of(value, classes)})  # fmt: skip
    layers = [_squares(squares, cell, padding.plot(frame))]
    names = [(day[:3], (i + 0.5) * cell[0], -12.0) if frame.narrow else (day, -10.0, (i + 0.5) * cell[1])
             for i, day in enumerate(WEEKDAYS)]  # fmt: skip
    hours = [(f"{hour:02d}", -10.0, (hour + 0.5) * cell[1]) if frame.narrow else (f"{hour:02d}", hour * cell[0], -12.0)
             for hour in range(0, 24, 3)]  # fmt: skip
    layers += [label(name, x, y, align="center" if frame.narrow else "right") for name, x, y in names]
    layers += [label(name, x, y, align="right" if frame.narrow else "center") for name, x, y in hours]
    place = (0.0, 16.0 - top) if frame.narrow else (24 * cell[0] + 18, 2.0)
    layers += key.layers(*place)
    return specification(layers, frame, padding)


def _squares(squares: list[dict[str, Any]], cell: tuple[float, float], plot: tuple[float, float]) -> Layer:
    data = [{**one, "x2": one["x"] + cell[0], "y2": one["y"] + cell[1]} for one in squares]
    across = alt.Scale(domain=[0, plot[0]], nice=False, zero=False, padding=0)
    down = alt.Scale(domain=[plot[1], 0], nice=False, zero=False, padding=0)
    return (
        alt.Chart(rows(data))
        .mark_rect(stroke=WHITE, strokeWidth=1)
        .encode(
            x=alt.X("x:Q", scale=across, axis=None),
            x2="x2:Q",
            y=alt.Y("y:Q", scale=down, axis=None),
            y2="y2:Q",
            fill=alt.Fill("fill:N", scale=None),
        )
    )

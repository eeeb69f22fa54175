"""The usual year: one bar for each month of the calendar, beside the average of them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from frankpledge.engine.definitions.periods import MONTH_NAMES
from frankpledge.engine.documents.blocks import Chart, Column, Table
from frankpledge.engine.documents.charts.bands import Bands, absence, band_x, left_room, values_y
from frankpledge.engine.documents.charts.frame import (
    ChartWords,
    Frame,
    Padding,
    finished,
    label,
    nice_ticks,
    number,
    rows,
    specification,
    x2_at,
    x_at,
    y_at,
)
from frankpledge.engine.documents.theme import INK, MIDDLE, TEAL


def seasonal_bars(
    words: ChartWords,
    values: Sequence[float | None],
    *,
    lowers: Sequence[float | None] = (),
    uppers: Sequence[float | None] = (),
    average: float | None = None,
    highlighted: Sequence[int] = (),
    unit: str = "Average a month",
    absent: str = "no data",
) -> Chart:
    """Twelve values, January first, as bars from zero, with their intervals and the average as a line.

    `highlighted` are the calendar months (1 to 12) that differ from the average beyond chance: they
    alone are teal. With none, no month stands out.
    """
    if len(values) != 12:
        raise ValueError("A usual year has twelve values.")
    lowers = lowers or [None] * 12
    uppers = uppers or [None] * 12
    known = [value for value in values if value is not None]
    mean = average if average is not None else (sum(known) / len(known) if known else None)
    data = [
        {"at": i, "value": v, "low": low, "high": high, "fill": TEAL if i + 1 in highlighted else MIDDLE}
        for i, (v, low, high) in enumerate(zip(values, lowers, uppers, strict=True))
        if v is not None
    ]
    columns = (Column("Month"), Column(unit, numeric=True), Column("Could be by chance (95%)", numeric=True))
    body = tuple(
        (name, number(v, absent), f"{number(low)} to {number(high)}" if low is not None and high is not None else "")
        for name, v, low, high in zip(MONTH_NAMES, values, lowers, uppers, strict=True)
    )
    table = Table(caption=words.subtitle, columns=columns, rows=body, source=words.source)
    shown = ", ".join(f"{row[0]} {row[1]}" for row in body)
    said = f"Bar chart of the twelve months of the calendar. {shown}." + (f" Average {number(mean)}." if mean else "")

    def draw(frame: Frame) -> dict[str, Any]:
        missing = [i for i, v in enumerate(values) if v is None]
        return _draw(frame, data, mean, missing=missing, absent=absent)

    return finished(words, draw, alt_text=said, table=table)


def _draw(
    frame: Frame, data: list[dict[str, Any]], mean: float | None, *, missing: list[int], absent: str
) -> dict[str, Any]:
    frame = frame.taller(frame.height - 40)
    ticks = nice_ticks(max((row["high"] or row["value"] for row in data), default=0) * 1.02)
    padding = Padding(left_room(ticks), 12, top=34, bottom=30)
    width, height = padding.plot(frame)
    names = [name[: 1 if frame.narrow else 3] for name in MONTH_NAMES]
    # The first letters repeat (J, M, A), so each label carries its number and shows its name.
    keys = [f"{i:02d}" for i in range(12)]
    axis = band_x(keys, width, shown=dict(zip(keys, names, strict=True)))
    placed = [{**row, "label": keys[row["at"]]} for row in data]
    base = alt.Chart(rows(placed))
    layers = [
        base.mark_bar().encode(x=axis, y=values_y("value:Q", ticks), fill=alt.Fill("fill:N", scale=None)),
        alt.Chart(rows([row for row in placed if row["low"] is not None and row["high"] is not None]))
        .mark_rule(stroke=INK, strokeWidth=1.5)
        .encode(x=axis, y=values_y("low:Q", ticks), y2=alt.Y2("high:Q")),
    ]
    layers += [absence(absent, Bands(12, width).middle(index), height) for index in missing]
    if mean is not None:
        y = height * (1 - mean / ticks[-1])
        line = alt.Chart(rows([{"average": mean}])).mark_rule(stroke=INK, strokeDash=[4, 3], strokeWidth=1.5)
        layers.append(line.encode(x=x_at(0), x2=x2_at(width), y=y_at(y)))
        layers.append(label(f"dashed: average {number(mean)}", 0, -padding.top + 14, fontStyle="italic"))
    return specification(layers, frame, padding)

"""Horizontal rows: ranked bars and the peer group, each with its interval; long names fit, also on a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
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
    nice_ticks,
    number,
    places_of,
    rows,
    specification,
    upright,
    value_axis,
    value_scale,
)
from frankpledge.engine.documents.theme import BAND, INK, MIDDLE, PALE, SLATE, TEAL, WHITE

_LONGEST_NAME = 34


@dataclass(frozen=True)
class _Rows:
    """What a chart of rows shows, top row first."""

    names: Sequence[str]
    values: Sequence[float | None]
    lowers: Sequence[float | None]
    uppers: Sequence[float | None]
    ours: frozenset[str]
    mark: Literal["bar", "dot"]
    line: tuple[float, str] | None
    absent: str

    def shown(self, value: float | None) -> str:
        """A value in words, all values of the chart with the same number of decimals."""
        return number(value, self.absent, places_of(self.values))

    @property
    def data(self) -> list[dict[str, Any]]:
        """One entry a row, with its place from the top."""
        return [
            {"row": i, "name": name, "value": value, "low": low, "high": high, "ours": name in self.ours}
            for i, (name, value, low, high) in enumerate(
                zip(self.names, self.values, self.lowers, self.uppers, strict=True)
            )
        ]


def ranked_bars(
    words: ChartWords,
    names: Sequence[str],
    values: Sequence[float | None],
    *,
    lowers: Sequence[float | None] = (),
    uppers: Sequence[float | None] = (),
    highlighted: Sequence[str] = (),
    unit: str = "Count",
    first_column: str = "Area",
    absent: str = "no data",
) -> Chart:
    """Horizontal bars from zero in the order given, with intervals where they are known.

    `highlighted` rows are teal and the rest slate; with none highlighted all are teal, since then
    no row is said to differ from another.
    """
    ours = frozenset(highlighted) or frozenset(names)
    empty: list[float | None] = [None] * len(names)
    chart = _Rows(names, values, lowers or empty, uppers or empty, ours, "bar", None, absent)
    return _chart(words, chart, unit, first_column)


def peer_dots(
    words: ChartWords,
    names: Sequence[str],
    values: Sequence[float | None],
    *,
    us: str,
    lowers: Sequence[float | None] = (),
    uppers: Sequence[float | None] = (),
    unit: str = "Rate",
    absent: str = "no data",
) -> Chart:
    """Our rate among its peers, highest first, each a dot on its interval; the middle of the peers upright.

    No ranks are given: where intervals overlap the order may be chance.
    """
    empty: list[float | None] = [None] * len(names)
    columns = zip(names, values, lowers or empty, uppers or empty, strict=True)
    ordered = sorted(columns, key=lambda row: (row[1] is None, -(row[1] or 0.0), row[0]))
    others = [value for name, value, *_ in ordered if value is not None and name != us]
    middle = median(others) if others else None
    line = (middle, f"middle of the peers {number(middle, places=places_of(values))}") if middle is not None else None
    parts = [list(part) for part in zip(*ordered, strict=True)] if ordered else [[], [], [], []]
    chart = _Rows(parts[0], parts[1], parts[2], parts[3], frozenset({us}), "dot", line, absent)
    return _chart(words, chart, unit, "Area")


def _chart(words: ChartWords, chart: _Rows, unit: str, first_column: str) -> Chart:
    intervals = any(low is not None for low in chart.lowers)
    columns = [Column(first_column, width=2.5), Column(unit, numeric=True)]
    if intervals:
        columns.append(Column("Could be by chance (95%)", numeric=True))
    body = []
    for row in chart.data:
        cells = [row["name"], chart.shown(row["value"])]
        if intervals:
            known = row["low"] is not None and row["high"] is not None
            cells.append(f"{chart.shown(row['low'])} to {chart.shown(row['high'])}" if known else "")
        body.append(tuple(cells))
    table = Table(caption=words.subtitle, columns=tuple(columns), rows=tuple(body), source=words.source)
    shown = ", ".join(f"{cells[0]} {cells[1]}" for cells in body)
    kind = "Bars" if chart.mark == "bar" else "Dots with bands"
    said = f"{kind}, from top to bottom: {shown}." + (f" Upright line: {chart.line[1]}." if chart.line else "")
    return finished(words, lambda frame: _draw(frame, chart), alt_text=said, table=table)


def _draw(frame: Frame, chart: _Rows) -> dict[str, Any]:
    largest = max((v for row in chart.data for v in (row["value"], row["high"]) if v is not None), default=0)
    ticks = nice_ticks(largest * (1.02 if chart.mark == "dot" else 1.0), 4 if not frame.narrow else 3)
    step = 46 if frame.narrow else 30 if len(chart.names) <= 8 else 22
    longest = max((min(len(name), _LONGEST_NAME) for name in chart.names), default=0)
    left = 12 if frame.narrow else round(longest * CHARACTER * 1.05) + 20
    room = round(max((len(chart.shown(row["value"])) for row in chart.data), default=0) * CHARACTER) + 14
    padding = Padding(left, max(20, room), top=26 if chart.line else 8, bottom=30)
    frame = frame.taller(padding.top + padding.bottom + step * max(len(chart.names), 1))
    width, height = padding.plot(frame)
    layers = _marks(chart, ticks, step=step, narrow=frame.narrow)
    if chart.line:
        x = chart.line[0] / ticks[-1] * width
        layers.insert(0, upright(x, height, top=-8))
        layers.append(_line_words(chart.line[1], x, padding.left, width + padding.right))
    for row in chart.data:
        middle = (row["row"] + 0.5) * step
        ink = {"fontWeight": 600, "fill": TEAL if chart.mark == "dot" else INK} if row["ours"] else {"fill": SLATE}
        name = row["name"] if len(row["name"]) <= _LONGEST_NAME else f"{row['name'][: _LONGEST_NAME - 1]}…"
        if frame.narrow:
            # The upright line may cross a name: a halo keeps it legible.
            layers.append(label(name, 0, middle - 13, **{**ink, "stroke": WHITE, "strokeWidth": 4, "fill": WHITE}))
            layers.append(label(name, 0, middle - 13, **ink))
        else:
            layers.append(label(name, -12, middle, align="right", **ink))
    return specification(layers, frame, padding)


def _line_words(text: str, x: float, left: float, right: float) -> Layer:
    """The words of the upright line on the side where they find room, else as far left as the paper goes."""
    length = len(text) * CHARACTER
    if x + 6 + length <= right:
        return label(text, x + 6, -14, align="left", fontStyle="italic")
    if x - 6 - length >= -left:
        return label(text, x - 6, -14, align="right", fontStyle="italic")
    return label(text, max(-left + 2, right - length), -18, align="left", fontStyle="italic")


def _marks(chart: _Rows, ticks: Sequence[float], *, step: int, narrow: bool) -> list[Layer]:
    axis = value_axis(ticks)
    shift = 10 if narrow else 0
    placed = [{**row, "y": (row["row"] + 0.5) * step + shift} for row in chart.data]
    known = [row for row in placed if row["value"] is not None]
    banded = [row for row in known if row["low"] is not None and row["high"] is not None]
    y = alt.Y("y:Q", scale=alt.Scale(domain=[len(placed) * step or 1, 0], nice=False, zero=False, padding=0), axis=None)

    def x(field: str) -> alt.X:
        return alt.X(field, scale=value_scale(ticks), axis=axis, stack=None)

    colour = alt.condition("datum.ours", alt.value(TEAL), alt.value(MIDDLE if chart.mark == "bar" else SLATE))
    layers: list[Layer] = []
    if chart.mark == "bar":
        layers.append(
            alt.Chart(rows(known)).mark_bar(height=16, orient="horizontal").encode(x=x("value:Q"), y=y, fill=colour)
        )
        layers.append(
            alt.Chart(rows(banded))
            .mark_rule(stroke=INK, strokeWidth=1.5)
            .encode(x=x("low:Q"), x2=alt.X2("high:Q"), y=y)
        )
    else:
        band = alt.condition("datum.ours", alt.value(BAND), alt.value(PALE))
        layers.append(
            alt.Chart(rows(banded))
            .mark_bar(height=12, orient="horizontal")
            .encode(x=x("low:Q"), x2=alt.X2("high:Q"), y=y, fill=band)
        )
        layers.append(
            alt.Chart(rows(known)).mark_point(filled=True, size=80, opacity=1).encode(x=x("value:Q"), y=y, fill=colour)
        )
    ended = [{**row, "end": max(row["value"], row["high"] or 0), "words": chart.shown(row["value"])} for row in known]
    halos: tuple[dict[str, Any], ...] = ({"stroke": WHITE, "strokeWidth": 4, "fill": WHITE}, {})
    for halo in halos:
        text = alt.Chart(rows(ended)).mark_text(align="left", dx=7, fontWeight=600, **halo)
        layers.append(text.encode(x=x("end:Q"), y=y, text=alt.Text("words:N")))
    missing = [{**row, "zero": 0, "words": chart.absent} for row in placed if row["value"] is None]
    layers.append(
        alt.Chart(rows(missing))
        .mark_text(align="left", dx=4, fontStyle="italic", fill=SLATE)
        .encode(x=x("zero:Q"), y=y, text=alt.Text("words:N"))
    )
    return layers

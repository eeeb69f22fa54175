"""Charts of yearly figures: stacked bars over a break, counts with their bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from frankpledge.engine.documents.blocks import Chart, Column, Table
from frankpledge.engine.documents.charts.bands import (
    Bands,
    absence,
    band_breaks,
    band_x,
    left_room,
    values_y,
)
from frankpledge.engine.documents.charts.frame import (
    CHARACTER,
    ChartWords,
    Frame,
    Layer,
    Padding,
    Series,
    apart,
    finished,
    key_above,
    label,
    nice_ticks,
    number,
    rows,
    specification,
    wrapped,
)
from frankpledge.engine.documents.theme import BAND, CATEGORIES, INK, MIDDLE, SLATE, TEAL, WHITE


@dataclass(frozen=True)
class _Stack:
    """What a chart of stacked bars shows."""

    years: Sequence[str]
    series: Sequence[Series]
    breaks: Sequence[tuple[str, str]]
    provisional: frozenset[str]
    absent: str

    @property
    def totals(self) -> list[float | None]:
        """Each year's total; None where any part is missing, since a total of some parts would mislead."""
        totals: list[float | None] = []
        for index in range(len(self.years)):
            parts = [one.values[index] for one in self.series]
            known = [part for part in parts if part is not None]
            totals.append(sum(known) if len(known) == len(parts) else None)
        return totals

    @property
    def colours(self) -> list[str]:
        """Us in teal, then pale slate, then the first strong categories."""
        return [TEAL, MIDDLE, CATEGORIES[0], CATEGORIES[3]][: len(self.series)]

    @property
    def inks(self) -> list[str]:
        """The colours of names beside shapes: light colours are no text, so they take slate."""
        return [colour if colour in {TEAL, CATEGORIES[0]} else SLATE for colour in self.colours]


def year_bars(
    words: ChartWords,
    years: Sequence[str],
    series: Sequence[Series],
    *,
    breaks: Sequence[tuple[str, str]] = (),
    provisional: Sequence[str] = (),
    absent: str = "no data",
) -> Chart:
    """Stacked bars by year, their total above each; one series gives plain bars.

    The first series stands at the bottom in teal, the second in pale slate; at most four. `breaks`
    are (year that opens the new series, reason). A year in which any part is missing has no bar.
    Provisional years are drawn hollow.
    """
    if not 1 <= len(series) <= 4:
        raise ValueError("Stacked bars show one to four parts.")
    stack = _Stack(years, series, breaks, frozenset(provisional), absent)
    columns = (Column("Year"), *(Column(one.name, numeric=True) for one in series))
    body = [[year, *(number(one.values[i], absent) for one in series)] for i, year in enumerate(years)]
    if len(series) > 1:
        columns = (*columns, Column("Total", numeric=True))
        body = [[*row, number(total, absent)] for row, total in zip(body, stack.totals, strict=True)]
    table = Table(caption=words.subtitle, columns=columns, rows=tuple(tuple(row) for row in body), source=words.source)
    return finished(words, lambda frame: _draw_bars(frame, stack), alt_text=_bars_in_words(stack), table=table)


def _draw_bars(frame: Frame, stack: _Stack) -> dict[str, Any]:
    ticks = nice_ticks(max((total for total in stack.totals if total is not None), default=0) * 1.02)
    named = len(stack.series) > 1
    keyed = named and frame.narrow
    left, right = left_room(ticks), 132 if named and not keyed else 12
    breaks = band_breaks(stack.years, stack.breaks, frame.width - left - right)
    frame = frame.taller(frame.height + max(0, breaks.room - 24))
    padding = Padding(left, right, top=20 + breaks.room + (20 * len(stack.series) + 6 if keyed else 0), bottom=30)
    width, height = padding.plot(frame)
    layers = [_bars(stack, ticks, width), _totals_above(stack, ticks, width)]
    for index, total in enumerate(stack.totals):
        if total is None:
            layers.append(absence(stack.absent, Bands(len(stack.years), width).middle(index), height))
    layers += breaks.layers(height)
    if keyed:
        layers += key_above([one.name for one in stack.series], stack.colours, padding, stack.inks)
    elif named:
        layers += _names_beside(stack, ticks, (width, height))
    return specification(layers, frame, padding)


def _bars(stack: _Stack, ticks: Sequence[float], width: float) -> Layer:
    data = []
    for index, (year, total) in enumerate(zip(stack.years, stack.totals, strict=True)):
        base = 0.0
        for one, colour in zip(stack.series, stack.colours, strict=True):
            value = one.values[index]
            if total is None or value is None:
                continue
            fill = WHITE if year in stack.provisional else colour
            data.append(
                {"label": year, "part": one.name, "from": base, "to": base + value, "fill": fill, "line": colour}
            )
            base += value
    return (
        alt.Chart(rows(data))
        .mark_bar(strokeWidth=1.5)
        .encode(
            x=band_x(stack.years, width),
            y=values_y("from:Q", ticks),
            y2=alt.Y2("to:Q"),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("line:N", scale=None),
        )
    )


def _totals_above(stack: _Stack, ticks: Sequence[float], width: float) -> Layer:
    """Totals over the bars: all of them where there is room, else the latest, the first, those beside a break."""
    words = [number(total) if total is not None else "" for total in stack.totals]
    room = max((len(text) for text in words), default=0) * CHARACTER + 2
    step = Bands(len(stack.years), width).step
    opened = [stack.years.index(year) for year, _ in stack.breaks if year in stack.years]
    wanted = [len(words) - 1, 0, *(place for at in opened for place in (at - 1, at)), *reversed(range(len(words)))]
    shown: list[int] = []
    for place in wanted:
        if 0 <= place < len(words) and words[place] and all(abs(place - other) * step >= room for other in shown):
            shown.append(place)
    data = [{"label": stack.years[i], "total": stack.totals[i], "words": words[i]} for i in sorted(shown)]
    return (
        alt.Chart(rows(data))
        .mark_text(dy=-10, fontWeight=600, fill=INK)
        .encode(x=alt.X("label:O"), y=values_y("total:Q", ticks), text="words:N")
    )


def _names_beside(stack: _Stack, ticks: Sequence[float], plot: tuple[float, float]) -> list[Layer]:
    """Each part's name beside the middle of its piece of the last bar that is drawn."""
    width, height = plot
    last = max((index for index, total in enumerate(stack.totals) if total is not None), default=None)
    if last is None:
        return []
    base, middles = 0.0, []
    for one in stack.series:
        value = one.values[last] or 0.0
        middles.append(height * (1 - (base + value / 2) / ticks[-1]))
        base += value
    lines = [wrapped(one.name, 17) for one in stack.series]
    gap = 18.0 * max(len(words) for words in lines) + 4
    return [
        label("\n".join(words), width + 8, y - 9 * (len(words) - 1), fontWeight=600, fill=ink)
        for words, y, ink in zip(lines, apart(middles, gap), stack.inks, strict=True)
    ]


def _bars_in_words(stack: _Stack) -> str:
    shown = ", ".join(
        f"{year} {number(total, stack.absent)}" for year, total in zip(stack.years, stack.totals, strict=True)
    )
    several = len(stack.series) > 1
    parts = [f"Bar chart of {len(stack.years)} years.", f"Totals: {shown}." if several else f"{shown}."]
    if several and stack.years:
        last = ", ".join(f"{one.name} {number(one.values[-1], stack.absent)}" for one in stack.series)
        parts.append(f"Parts in {stack.years[-1]}: {last}.")
    parts += [f"Break before {year}: {reason}." for year, reason in stack.breaks]
    return " ".join(parts)


@dataclass(frozen=True)
class _Dots:
    """What a chart of counts with bands shows."""

    labels: Sequence[str]
    values: Sequence[float | None]
    lowers: Sequence[float | None]
    uppers: Sequence[float | None]
    band_words: str
    breaks: Sequence[tuple[str, str]]
    absent: str

    @property
    def known(self) -> list[dict[str, Any]]:
        """The labels that have a value."""
        return [
            {"label": name, "value": value, "low": low, "high": high, "words": number(value)}
            for name, value, low, high in zip(self.labels, self.values, self.lowers, self.uppers, strict=True)
            if value is not None
        ]


def interval_dots(
    words: ChartWords,
    labels: Sequence[str],
    values: Sequence[float | None],
    *,
    lowers: Sequence[float | None],
    uppers: Sequence[float | None],
    band_words: str = "bands: what chance alone would allow around each count (95%)",
    breaks: Sequence[tuple[str, str]] = (),
    unit: str = "Count",
    absent: str = "no data",
) -> Chart:
    """Counts as dots, each on a pale band of what chance alone would allow around it."""
    dots = _Dots(labels, values, lowers, uppers, band_words, breaks, absent)
    body = tuple(
        (name, number(value, absent), _range(low, high))
        for name, value, low, high in zip(labels, values, lowers, uppers, strict=True)
    )
    columns = (Column("Period"), Column(unit, numeric=True), Column("Could be by chance (95%)", numeric=True))
    table = Table(caption=words.subtitle, columns=columns, rows=body, source=words.source)
    shown = ", ".join(f"{name} {value} (range {band})" if band else f"{name} {value}" for name, value, band in body)
    alt_text = f"Dots with bands. {shown}."
    return finished(words, lambda frame: _draw_dots(frame, dots), alt_text=alt_text, table=table)


def _range(low: float | None, high: float | None) -> str:
    return f"{number(low)} to {number(high)}" if low is not None and high is not None else ""


def _draw_dots(frame: Frame, dots: _Dots) -> dict[str, Any]:
    frame = frame.taller(frame.height - 40)
    ticks = nice_ticks(max((value for value in (*dots.values, *dots.uppers) if value is not None), default=0))
    note = wrapped(dots.band_words, 38 if frame.narrow else 90)
    left, right = left_room(ticks), 24
    breaks = band_breaks(dots.labels, dots.breaks, frame.width - left - right)
    frame = frame.taller(frame.height + breaks.room)
    padding = Padding(left, right, top=18 + 18 * len(note) + breaks.room, bottom=30)
    width, height = padding.plot(frame)
    banded = [row for row in dots.known if row["low"] is not None and row["high"] is not None]
    base = alt.Chart(rows(dots.known))
    x, thick = band_x(dots.labels, width), min(26.0, Bands(len(dots.labels), width).step * 0.5)
    layers = [
        alt.Chart(rows(banded))
        .mark_bar(width=thick, fill=BAND)
        .encode(x=x, y=values_y("low:Q", ticks), y2=alt.Y2("high:Q")),
        base.mark_point(filled=True, size=90, fill=TEAL, opacity=1).encode(x=x, y=values_y("value:Q", ticks)),
        base.mark_text(align="left", dx=thick / 2 + 3, fontWeight=600).encode(
            x=x, y=values_y("value:Q", ticks), text=alt.Text("words:N")
        ),
        label("\n".join(note), 0, -padding.top + 14, fontStyle="italic"),
    ]
    for index, value in enumerate(dots.values):
        if value is None:
            layers.append(absence(dots.absent, Bands(len(dots.labels), width).middle(index), height))
    return specification([*layers, *breaks.layers(height)], frame, padding)

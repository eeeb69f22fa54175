"""A measure month by month: gaps stay gaps, provisional months are hollow, a break cuts the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from frankpledge.engine.definitions.periods import MONTH_NAMES, month_words
from frankpledge.engine.documents.blocks import Chart, Column, Table
from frankpledge.engine.documents.charts.bands import left_room, values_y
from frankpledge.engine.documents.charts.breaks import Breaks
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
    lookup,
    nice_ticks,
    number,
    rows,
    specification,
    wrapped,
    x2_at,
    x_at,
    y2_at,
    y_at,
)
from frankpledge.engine.documents.theme import BAND, INK, MIDDLE, PAPER, SLATE, TEAL, WHITE

_SHORT = tuple(name[:3] for name in MONTH_NAMES)


@dataclass(frozen=True)
class _Months:
    """What a monthly line shows."""

    months: Sequence[int]
    us: Series
    comparator: Series | None
    provisional: frozenset[int]
    breaks: Sequence[tuple[int, str]]
    band: Sequence[tuple[float, float] | None]
    absent: str

    @property
    def lines(self) -> tuple[Series, ...]:
        """Us first."""
        return (self.us, self.comparator) if self.comparator else (self.us,)

    @property
    def largest(self) -> float:
        """The largest value that is drawn."""
        highs = [pair[1] for pair in self.band if pair]
        return max([*(v for one in self.lines for v in one.values if v is not None), *highs], default=0.0)

    def runs(self, one: Series) -> list[dict[str, Any]]:
        """Points of a line with the run that they belong to: a gap or a break starts a new run."""
        cuts = {month for month, _ in self.breaks}
        run, points = 0, []
        for month, value in zip(self.months, one.values, strict=True):
            if value is None or month in cuts:
                run += 1
            if value is not None:
                points.append({"month": month, "value": value, "run": run})
        return points

    @property
    def gaps(self) -> list[tuple[int, int]]:
        """First and last month of each stretch without data, ends of the chart included."""
        found: list[tuple[int, int]] = []
        for month, value in zip(self.months, self.us.values, strict=True):
            if value is not None:
                continue
            if found and found[-1][1] == month - 1:
                found[-1] = (found[-1][0], month)
            else:
                found.append((month, month))
        return found


def month_line(
    words: ChartWords,
    months: Sequence[int],
    us: Series,
    *,
    comparator: Series | None = None,
    provisional: Sequence[int] = (),
    breaks: Sequence[tuple[int, str]] = (),
    band: Sequence[tuple[float, float] | None] = (),
    absent: str = "no data",
) -> Chart:
    """A line by month from zero. `months` are consecutive month numbers; None is a month without data.

    A gap is shaded and named, never bridged. `breaks` are (month that opens the new series,
    reason) and cut the line; provisional months are hollow points; `band` holds (lower, upper)
    beside each month; the comparator is drawn in slate.
    """
    if list(months) != list(range(months[0], months[0] + len(months))) if months else False:
        raise ValueError("A line by month needs consecutive months; give None where there is no data.")
    chart = _Months(months, us, comparator, frozenset(provisional), breaks, band, absent)
    return finished(words, lambda frame: _draw(frame, chart), alt_text=_in_words(chart), table=_table(words, chart))


def _table(words: ChartWords, chart: _Months) -> Table:
    """Years down, months across: six years fit one small table."""
    years = sorted({month // 12 for month in chart.months})
    several = len(chart.lines) > 1
    body = []
    for one in chart.lines:
        values = dict(zip(chart.months, one.values, strict=True))
        for year in years:
            cells = [_cell(values, year * 12 + m, chart) if year * 12 + m in values else "" for m in range(12)]
            body.append((f"{one.name} {year}" if several else str(year), *cells))
    columns = (Column("Year", width=2.4 if several else 1.3), *(Column(name, numeric=True) for name in _SHORT))
    marks = [f"“–” means {chart.absent}."]
    if chart.provisional & set(chart.months):
        marks.append("“p” marks a provisional count.")
    marks += [f"Break in {month_words(month)}: {reason}." for month, reason in chart.breaks]
    return Table(
        caption=words.subtitle,
        columns=columns,
        rows=tuple(body),
        source=words.source,
        note=" ".join(marks),
        wide=several,
    )


def _cell(values: dict[int, float | None], month: int, chart: _Months) -> str:
    text = number(values[month], "–")
    return f"{text} p" if month in chart.provisional and text != "–" else text


def _in_words(chart: _Months) -> str:
    if not chart.months:
        return f"Line chart by month: {chart.absent}."
    parts = [f"Line chart by month, {month_words(chart.months[0])} to {month_words(chart.months[-1])}."]
    for one in chart.lines:
        known = [(v, m) for m, v in zip(chart.months, one.values, strict=True) if v is not None]
        if known:
            low, high, last = min(known), max(known), known[-1]
            parts.append(
                f"{one.name}: lowest {number(low[0])} in {month_words(low[1])}, highest {number(high[0])} in "
                f"{month_words(high[1])}, latest {number(last[0])} in {month_words(last[1])}."
            )
    for first, last_month in chart.gaps:
        span = month_words(first) if first == last_month else f"{month_words(first)} to {month_words(last_month)}"
        parts.append(f"{chart.absent.capitalize()} for {span}.")
    parts += [f"Break in {month_words(month)}: {reason}." for month, reason in chart.breaks]
    return " ".join(parts)


def _draw(frame: Frame, chart: _Months) -> dict[str, Any]:
    ticks = nice_ticks(chart.largest * 1.03, 3)
    names, ends = _end_names(chart)
    inks = [TEAL, SLATE][: len(names)]
    keyed = frame.narrow
    longest = max((len(line) for name in names for line in wrapped(name, 17)), default=0)
    left, right = left_room(ticks), 16 if keyed else round(longest * CHARACTER * 1.08) + 24
    breaks = Breaks(tuple((_x(m - 0.5, chart, frame.width - left - right), why) for m, why in chart.breaks),
                    frame.width - left - right)  # fmt: skip
    frame = frame.taller(frame.height + max(0, breaks.room - 24))
    padding = Padding(left, right, top=14 + breaks.room + (20 * len(names) + 8 if keyed else 0), bottom=30)
    width, height = padding.plot(frame)
    layers = _gap_layers(chart, width, height)
    if chart.band:
        layers.append(_band_layer(chart, width, ticks))
    for one, colour in reversed(list(zip(chart.lines, [TEAL, MIDDLE], strict=False))):
        layers += _line_layers(chart, one, ticks, colour=colour, width=width)
    layers += breaks.layers(height)
    if keyed:
        return specification([*layers, *key_above(names, [TEAL, MIDDLE][: len(names)], padding, inks)], frame, padding)
    places = apart([height * (1 - end / ticks[-1]) for end in ends], 22)
    for name, ink, y in zip(names, inks, places, strict=True):
        layers.append(label("\n".join(wrapped(name, 17)), width + 10, y, fontWeight=600, fill=ink))
    return specification(layers, frame, padding)


def _end_names(chart: _Months) -> tuple[list[str], list[float]]:
    names, ends = [], []
    for one in chart.lines:
        last = next((value for value in reversed(one.values) if value is not None), None)
        if last is not None:
            names.append(f"{one.name} {number(last)}")
            ends.append(float(last))
    return names, ends


def _domain(chart: _Months) -> tuple[float, float]:
    if not chart.months:
        return (0.0, 1.0)
    return (chart.months[0] - 0.5, chart.months[-1] + 0.5)


def _x(month: float, chart: _Months, width: float) -> float:
    first, last = _domain(chart)
    return (month - first) / (last - first) * width


def _month_axis(chart: _Months, width: float) -> alt.X:
    """Years under each January; months where the chart is no longer than fourteen of them."""
    short = len(chart.months) <= 14
    if short:
        shown = {m: f"{_SHORT[m % 12]} {m // 12 % 100:02d}" for m in chart.months}
        step = max(1, -(-len(shown) * 50 // max(1, int(width))))
        shown = {m: text for i, (m, text) in enumerate(shown.items()) if (len(shown) - 1 - i) % step == 0}
    else:
        januaries = [m for m in chart.months if m % 12 == 0]
        step = max(1, -(-len(januaries) * 42 // max(1, int(width))))
        shown = {m: str(m // 12) for m in januaries if (januaries[-1] - m) // 12 % step == 0}
    scale = alt.Scale(domain=list(_domain(chart)), nice=False, zero=False, padding=0)
    axis = alt.Axis(
        title=None,
        values=list(shown),
        labelExpr=lookup({str(month): text for month, text in shown.items()}),
        ticks=True,
        tickColor=MIDDLE,
        labelFlush=False,
        labelOverlap=False,
        labelPadding=4,
    )
    return alt.X("month:Q", scale=scale, axis=axis)


def _line_layers(chart: _Months, one: Series, ticks: Sequence[float], *, colour: str, width: float) -> list[Layer]:
    points = chart.runs(one)
    ours = one is chart.us
    sizes: dict[int, int] = {}
    for point in points:
        sizes[point["run"]] = sizes.get(point["run"], 0) + 1
    x, y = _month_axis(chart, width), values_y("value:Q", ticks)
    thick = (2.5 if len(chart.months) > 40 else 3) if ours else 2
    layers = [
        alt.Chart(rows(points)).mark_line(stroke=colour, strokeWidth=thick).encode(x=x, y=y, detail=alt.Detail("run:N"))
    ]
    # A month alone between two gaps has no line, so it is drawn as a point; so is the latest month.
    alone = [p for i, p in enumerate(points) if sizes[p["run"]] == 1 or (ours and i == len(points) - 1)]
    hollow = [p for p in points if ours and p["month"] in chart.provisional]
    solid = [p for p in alone if p not in hollow]
    mark: dict[str, Any] = {"size": 45, "opacity": 1, "stroke": colour, "strokeWidth": 2}
    layers.append(alt.Chart(rows(solid)).mark_point(fill=colour, **mark).encode(x=x, y=y))
    layers.append(alt.Chart(rows(hollow)).mark_point(fill=WHITE, **mark).encode(x=x, y=y))
    return layers


def _band_layer(chart: _Months, width: float, ticks: Sequence[float]) -> Layer:
    data = [
        {"month": month, "low": pair[0], "high": pair[1]}
        for month, pair in zip(chart.months, chart.band, strict=True)
        if pair
    ]
    return (
        alt.Chart(rows(data))
        .mark_bar(orient="vertical", width=max(1.0, width / max(len(chart.months), 1) - 1), fill=BAND)
        .encode(x=_month_axis(chart, width), y=values_y("low:Q", ticks), y2=alt.Y2("high:Q"))
    )


def _gap_layers(chart: _Months, width: float, height: float) -> list[Layer]:
    """Shade and name what nobody has supplied."""
    layers: list[Layer] = []
    for first, last in chart.gaps:
        left, right = _x(first - 0.5, chart, width), _x(last + 0.5, chart, width)
        shade = alt.Chart(rows([{"gap": chart.absent}])).mark_rect(fill=PAPER, stroke=None)
        layers.append(shade.encode(x=x_at(left), x2=x2_at(right), y=y_at(0), y2=y2_at(height)))
        room = right - left
        settings: dict[str, Any] = {"align": "center", "fontStyle": "italic", "fill": INK}
        middle = (left + right) / 2
        if room >= len(chart.absent) * CHARACTER + 6:
            layers.append(label(chart.absent, middle, height / 2, **settings))
        elif room >= 16:
            layers.append(label(chart.absent, middle, height / 2, angle=270, **settings))
    return layers

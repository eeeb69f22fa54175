"""Lines by year: us beside one or two others, named at their ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from frankpledge.engine.documents.blocks import Chart, Column, Table
from frankpledge.engine.documents.charts.bands import left_room, values_y
from frankpledge.engine.documents.charts.frame import (
    CHARACTER,
    LINE_HEIGHT,
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
    thinned,
    wrapped,
)
from frankpledge.engine.documents.theme import CATEGORIES, MIDDLE, SLATE, TEAL

POINT_MARGIN = 0.3  # of a step, before the first and after the last point


def point_x(labels: Sequence[str], room: float) -> alt.X:
    """The labels as evenly spaced points, thinned where they would touch."""
    return alt.X(
        "label:O",
        scale=alt.Scale(domain=list(labels), type="point", padding=POINT_MARGIN),
        axis=alt.Axis(title=None, values=thinned(labels, room), labelOverlap=False),
    )


def year_lines(
    words: ChartWords, years: Sequence[str], us: Series, others: Sequence[Series] = (), *, absent: str = "no data"
) -> Chart:
    """Lines by year from zero: us in teal with points, up to two others in slate, names at the ends.

    A missing year breaks the line.
    """
    if len(others) > 2:
        raise ValueError("A line chart shows us and at most two others.")
    lines = (us, *others)

    def draw(frame: Frame) -> dict[str, Any]:
        return _draw_lines(frame, years, lines)

    columns = (Column("Year"), *(Column(one.name, numeric=True) for one in lines))
    body = tuple((year, *(number(one.values[i], absent) for one in lines)) for i, year in enumerate(years))
    table = Table(caption=words.subtitle, columns=columns, rows=body, source=words.source)
    said = [f"{one.name}: {', '.join(number(value, absent) for value in one.values)}." for one in lines]
    span = f"from {years[0]} to {years[-1]}" if years else ""
    return finished(words, draw, alt_text=" ".join([f"Line chart {span}.".replace(" .", "."), *said]), table=table)


def _draw_lines(frame: Frame, years: Sequence[str], lines: Sequence[Series]) -> dict[str, Any]:
    ticks = nice_ticks(max((v for one in lines for v in one.values if v is not None), default=0), 3)
    ends = [next((v for v in reversed(one.values) if v is not None), None) for one in lines]
    names = [f"{one.name} {number(end)}" for one, end in zip(lines, ends, strict=True)]
    colours = [TEAL, MIDDLE, CATEGORIES[0]][: len(lines)]
    inks = [TEAL, SLATE, CATEGORIES[0]][: len(lines)]
    keyed = frame.narrow
    beside = round(max(len(line) for name in names for line in wrapped(name, 17)) * CHARACTER * 1.08) + 20
    padding = Padding(
        left=left_room(ticks),
        right=14 if keyed else max(40, beside),
        top=18 + (20 * len(lines) + 6 if keyed else 0),
        bottom=30,
    )
    width, height = padding.plot(frame)
    layers: list[Layer] = []
    for one, colour in reversed(list(zip(lines, colours, strict=True))):
        layers += _one_line(one, years, ticks, colour=colour, width=width, points=one is lines[0])
    if keyed:
        return specification([*layers, *key_above(names, colours, padding, inks)], frame, padding)
    heights = [height * (1 - (end or 0) / ticks[-1]) for end in ends]
    beyond = width - POINT_MARGIN * width / max(len(years), 1) + 12
    lines_of = [wrapped(name, 17) for name in names]
    # A name of several lines needs their room; it stands around its point, not below it.
    gap = LINE_HEIGHT * max(len(words) for words in lines_of) + 4.0
    for words, ink, y in zip(lines_of, inks, apart(heights, gap), strict=True):
        top = y - LINE_HEIGHT * (len(words) - 1) / 2
        layers.append(label("\n".join(words), beyond, top, fontWeight=600, fill=ink))
    return specification(layers, frame, padding)


def _one_line(
    one: Series, years: Sequence[str], ticks: Sequence[float], *, colour: str, width: float, points: bool
) -> list[Layer]:
    run, data = 0, []
    for year, value in zip(years, one.values, strict=True):
        if value is None:
            run += 1
        else:
            data.append({"label": year, "value": value, "run": run})
    base = alt.Chart(rows(data))
    x, y = point_x(years, width), values_y("value:Q", ticks)
    line = base.mark_line(stroke=colour, strokeWidth=3.5 if points else 2.5).encode(
        x=x, y=y, detail=alt.Detail("run:N")
    )
    dots = base.mark_point(filled=True, fill=colour, opacity=1, size=70 if points else 24).encode(x=x, y=y)
    return [line, dots]

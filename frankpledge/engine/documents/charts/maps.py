"""Where: counts on a grid of squares, or values by area, in five named classes of one hue. Never dots for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
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
    places_of,
    rows,
    specification,
    wrapped,
    x2_at,
    x_at,
    y_at,
)
from frankpledge.engine.documents.theme import INK, SLATE, WHITE

Ring = Sequence[tuple[float, float]]

_KEY_WIDTH = 176
_SMALLEST_STEP = 0.3  # pixels: points of an outline nearer than this to the last one are left out


@dataclass(frozen=True)
class Square:
    """A square of a grid: its lower left corner in metres of the National Grid, and how many."""

    easting: float
    northing: float
    count: float


@dataclass(frozen=True)
class MapArea:
    """An area with its value and its polygons as in GeoJSON: of each the outer ring first, then its holes."""

    name: str
    value: float | None
    polygons: Sequence[Sequence[Ring]]


@dataclass(frozen=True)
class _View:
    """From ground to pixels: the same scale both ways, north up."""

    west: float
    north: float
    scale: float
    stretch: float

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        return ((point[0] - self.west) * self.stretch * self.scale, (self.north - point[1]) * self.scale)


def grid_map(
    words: ChartWords,
    squares: Sequence[Square],
    *,
    size: float = 500.0,
    outlines: Sequence[Ring] = (),
    unit: str = "Incidents",
    listed: int = 15,
) -> Chart:
    """Counts in squares of `size` metres over the outlines of the area, with a scale bar.

    A square without incidents is not drawn. The table lists the `listed` squares with most.
    """
    classes = five_classes(square.count for square in squares)
    most = sorted(squares, key=lambda square: (-square.count, square.easting, square.northing))[:listed]
    columns = (Column("Square (easting, northing)", width=2.5), Column(unit, numeric=True))
    body = tuple((f"{s.easting:,.0f}, {s.northing:,.0f}", number(s.count)) for s in most)
    table = Table(caption=words.subtitle, columns=columns, rows=body, source=words.source)
    corners = [(s.easting + i * size, s.northing + i * size) for s in squares for i in (0, 1)]
    ground = corners + [point for ring in outlines for point in ring]
    total = sum(square.count for square in squares)
    said = f"Map of {number(len(squares))} squares of {number(size)} metres with {number(total)} in all."
    if most:
        said += f" Most in one square: {number(most[0].count)}."

    def draw(frame: Frame) -> dict[str, Any]:
        return _draw_grid(frame, squares, size, (ground, outlines), classes, unit=unit)

    return finished(words, draw, alt_text=said, table=table)


def outline_map(
    words: ChartWords,
    areas: Sequence[MapArea],
    *,
    degrees: bool = False,
    unit: str = "Rate",
    class_names: Sequence[str] = ("Lowest", "Low", "Middle", "High", "Highest"),
    named: int = 6,
    absent: str = "no data",
) -> Chart:
    """Areas filled by class. `degrees` says that outlines are longitude and latitude, not metres.

    Names are written on the map where there are at most `named` areas; the table always has them.
    """
    classes = five_classes((area.value for area in areas), class_names)
    places = places_of(area.value for area in areas)
    ordered = sorted(areas, key=lambda area: (area.value is None, -(area.value or 0.0), area.name))
    body = tuple((area.name, number(area.value, absent, places)) for area in ordered)
    columns = (Column("Area", width=2.5), Column(unit, numeric=True))
    table = Table(caption=words.subtitle, columns=columns, rows=body, source=words.source)
    shown = ", ".join(f"{name} {value}" for name, value in body[:5])
    said = f"Map of {len(areas)} areas. Highest first: {shown}{'' if len(body) <= 5 else ' and others'}."

    def draw(frame: Frame) -> dict[str, Any]:
        also = (absent.capitalize(),) if any(area.value is None for area in areas) else ()
        return _draw_areas(frame, areas, classes, degrees=degrees, unit=unit, named=len(areas) <= named, also=also)

    return finished(words, draw, alt_text=said, table=table)


def _fitted(
    frame: Frame, ground: Sequence[tuple[float, float]], key: int, *, degrees: bool = False
) -> tuple[_View, Padding, Frame]:
    """The view that fits the ground into the frame, beside the key or under it."""
    xs, ys = [x for x, _ in ground] or [0.0], [y for _, y in ground] or [0.0]
    stretch = cos(radians((min(ys) + max(ys)) / 2)) if degrees else 1.0
    width, height = (max(xs) - min(xs)) * stretch or 1.0, (max(ys) - min(ys)) or 1.0
    room = (frame.width - 20, 380) if frame.narrow else (frame.width - 30 - _KEY_WIDTH, 460)
    scale = min(room[0] / width, room[1] / height)
    drawn = max(round(height * scale), 60)
    if frame.narrow:
        padding = Padding(10, 10, 10 + key, 34)
        return _View(min(xs), max(ys), scale, stretch), padding, frame.taller(drawn + 44 + key)
    padding = Padding(10, 20 + _KEY_WIDTH, 10, 34)
    return _View(min(xs), max(ys), scale, stretch), padding, frame.taller(max(drawn, key + 20) + 44)


def _draw_grid(
    frame: Frame,
    squares: Sequence[Square],
    size: float,
    ground: tuple[Sequence[tuple[float, float]], Sequence[Ring]],
    classes: Sequence[ValueClass],
    *,
    unit: str,
) -> dict[str, Any]:
    key = Key(classes, unit, line=36 if frame.narrow else 22)
    view, padding, frame = _fitted(frame, ground[0], key.height + 8)
    plot = padding.plot(frame)
    data = []
    for square in squares:
        left, bottom = view.place((square.easting, square.northing))
        right, top = view.place((square.easting + size, square.northing + size))
        data.append({"x": left, "x2": right, "y": top, "y2": bottom, "count": square.count,
                     "fill": colour_of(square.count, classes)})  # fmt: skip
    layers = [_shapes([_feature("", [[ring]], WHITE, view) for ring in ground[1]], stroke=SLATE)]
    across = alt.Scale(domain=[0, plot[0]], nice=False, zero=False, padding=0)
    down = alt.Scale(domain=[plot[1], 0], nice=False, zero=False, padding=0)
    layers.append(
        alt.Chart(rows(data))
        .mark_rect(stroke=WHITE, strokeWidth=0.4)
        .encode(
            x=alt.X("x:Q", scale=across, axis=None),
            x2="x2:Q",
            y=alt.Y("y:Q", scale=down, axis=None),
            y2="y2:Q",
            fill=alt.Fill("fill:N", scale=None),
        )
    )
    layers += _scale_bar(view.scale, plot[1])
    return specification([*layers, *_placed(key, frame, padding)], frame, padding)


def _draw_areas(
    frame: Frame,
    areas: Sequence[MapArea],
    classes: Sequence[ValueClass],
    *,
    degrees: bool,
    unit: str,
    named: bool,
    also: Sequence[str],
) -> dict[str, Any]:
    ground = [point for area in areas for polygon in area.polygons for ring in polygon for point in ring]
    key = Key(classes, unit, also, line=36 if frame.narrow else 22)
    view, padding, frame = _fitted(frame, ground, key.height + 8, degrees=degrees)
    features = [_feature(area.name, area.polygons, colour_of(area.value, classes), view) for area in areas]
    layers = [_shapes(features, stroke=WHITE if len(areas) > 30 else SLATE)]
    if named:
        for area in areas:
            layers += _name(area, view)
    metres = view.scale / 111_320 if degrees else view.scale
    layers += _scale_bar(metres, padding.plot(frame)[1])
    return specification([*layers, *_placed(key, frame, padding)], frame, padding)


def _placed(key: Key, frame: Frame, padding: Padding) -> list[Layer]:
    """The key over a narrow map, beside a wide one."""
    return key.layers(0, 14 - padding.top) if frame.narrow else key.layers(padding.plot(frame)[0] + 20, 6)


def _feature(name: str, polygons: Sequence[Sequence[Ring]], fill: str, view: _View) -> dict[str, Any]:
    """An outline in pixels."""
    drawn = []
    for polygon in polygons:
        rings = [_ring(ring, view, clockwise=index == 0) for index, ring in enumerate(polygon)]
        if rings and rings[0]:
            drawn.append([ring for ring in rings if ring])
    return {"type": "Feature", "name": name, "fill": fill, "geometry": {"type": "MultiPolygon", "coordinates": drawn}}


def _ring(ring: Ring, view: _View, *, clockwise: bool) -> list[list[float]]:
    """A ring in pixels without the points that no screen can show; holes run against their outer ring,
    whichever way they were supplied, so that they stay open.
    """
    points: list[list[float]] = []
    for point in ring:
        x, y = view.place(point)
        if not points or abs(x - points[-1][0]) + abs(y - points[-1][1]) >= _SMALLEST_STEP:
            points.append([round(x, 1), round(y, 1)])
    if len(points) < 3:
        return []
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))
    if (doubled > 0) != clockwise:
        points.reverse()
    return [*points, points[0]]


def _shapes(features: Sequence[dict[str, Any]], *, stroke: str) -> Layer:
    return (
        alt.Chart(rows(features))
        .mark_geoshape(clip=False, stroke=stroke, strokeWidth=0.7)
        .project(type="identity", scale=1, translate=[0, 0])
        .encode(fill=alt.Fill("fill:N", scale=None))
    )


def _name(area: MapArea, view: _View) -> list[Layer]:
    points = [
        view.place(point) for point in max((polygon[0] for polygon in area.polygons if polygon), key=len, default=())
    ]
    if not points:
        return []
    x = (min(p[0] for p in points) + max(p[0] for p in points)) / 2
    y = (min(p[1] for p in points) + max(p[1] for p in points)) / 2
    lines = wrapped(area.name, 14)
    text, top = "\n".join(lines), y - 9 * (len(lines) - 1)
    halo = label(text, x, top, align="center", fontWeight=600, fill=WHITE, stroke=WHITE, strokeWidth=4)
    return [halo, label(text, x, top, align="center", fontWeight=600, fill=INK)]


def _scale_bar(pixels_a_metre: float, height: float) -> list[Layer]:
    """A bar of a round length, at most a hundred pixels long."""
    lengths = [m * 10**e for e in range(1, 6) for m in (1, 2, 5)]
    length = max((one for one in lengths if one * pixels_a_metre <= 100), default=lengths[0])
    words = f"{length // 1000} km" if length >= 1000 else f"{length} m"
    bar = alt.Chart(rows([{"metres": length}])).mark_rule(stroke=INK, strokeWidth=2)
    drawn = bar.encode(x=x_at(0), x2=x2_at(length * pixels_a_metre), y=y_at(height + 16))
    return [drawn, label(f"{words}, north is up", length * pixels_a_metre + 8, height + 16)]

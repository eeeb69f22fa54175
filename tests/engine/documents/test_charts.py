"""Charts say what the values say: gaps stay gaps, breaks cut, nothing is ranked, no text is too small to read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import altair
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.documents.blocks import Chart
from frankpledge.engine.documents.charts.across import peer_dots, ranked_bars
from frankpledge.engine.documents.charts.classes import colour_of, five_classes
from frankpledge.engine.documents.charts.drawing import png, size, svg
from frankpledge.engine.documents.charts.frame import ChartWords, Series, apart, nice_ticks, number, thinned
from frankpledge.engine.documents.charts.hours import hour_grid
from frankpledge.engine.documents.charts.maps import MapArea, Square, grid_map, outline_map
from frankpledge.engine.documents.charts.months import month_line
from frankpledge.engine.documents.charts.scatter import Point, scatter
from frankpledge.engine.documents.charts.seasonal import seasonal_bars
from frankpledge.engine.documents.charts.spine import peer_spine
from frankpledge.engine.documents.charts.year_lines import year_lines
from frankpledge.engine.documents.charts.years import interval_dots, year_bars

WORDS = ChartWords("key", "Burglary fell", "Burglaries a month, Some Place", "Source: a file.")
YEARS = ["2012/13", "2013/14", "2014/15", "2015/16", "2016/17", "2017/18"]
JANUARY = 2024 * 12
SQUARE = [(0.0, 0.0), (0.0, 9000.0), (9000.0, 9000.0), (9000.0, 0.0)]
HOLE = [(3000.0, 3000.0), (3000.0, 6000.0), (6000.0, 6000.0), (6000.0, 3000.0)]


def monthly(values: list[float | None], **options: Any) -> Chart:
    return month_line(WORDS, range(JANUARY, JANUARY + len(values)), Series("Some Place", values), **options)


CHARTS: dict[str, Callable[[], Chart]] = {
    "months": lambda: monthly([30, None, 31, 33, None, None, 28, 30, 31, 30, 29, 28] * 4, provisional=[JANUARY + 47]),
    "months with a comparator": lambda: monthly(
        [30.0] * 20,
        comparator=Series("Peers", [20.5] * 20),
        breaks=[(JANUARY + 3, "new system")],
        band=[(20.0, 40.0)] * 20,
    ),
    "no month known": lambda: monthly([None] * 6),
    "year bars": lambda: year_bars(
        WORDS, YEARS, [Series("Residential", [627, 734, 690, None, 950, 1635]), Series("Business", [1052] * 6)],
        breaks=[("2017/18", "definition changed, April 2017")], provisional=["2017/18"],
    ),
    "one series of bars": lambda: year_bars(WORDS, YEARS, [Series("All", [1, 2, 3, 4, 5, 0])]),
    "dots with bands": lambda: interval_dots(
        WORDS, YEARS, [5, 2, None, 2, 3, 7], lowers=[1.6, 0.2, None, 0.2, 0.6, 2.8],
        uppers=[11.7, 7.2, None, 7.2, 8.8, 14.4], breaks=[("2016/17", "recording")],
    ),
    "year lines": lambda: year_lines(WORDS, YEARS, Series("Us", [9, None, 1, 2, 3, 4]), [Series("South", [1.0] * 6)]),
    "usual year": lambda: seasonal_bars(WORDS, [*[10.0] * 11, None], lowers=[9.0] * 12, uppers=[11.0] * 12),
    "ranked": lambda: ranked_bars(WORDS, ["A" * 60, "B"], [3, None], lowers=[1.0, None], uppers=[5.0, None]),
    "peers": lambda: peer_dots(
        WORDS, ["Us", "A", "B"], [66, 71.2, None], us="Us", lowers=[60, 70, None], uppers=[70, 75, None]
    ),
    "spine": lambda: peer_spine(WORDS, us=75.2, peers=[50.0, 60, 66, 80], better="lower"),
    "hours": lambda: hour_grid(WORDS, [[day * hour for hour in range(24)] for day in range(7)]),
    "grid": lambda: grid_map(WORDS, [Square(1000, 1000, 3), Square(1500, 1000, 9)], outlines=[SQUARE]),
    "areas": lambda: outline_map(WORDS, [MapArea("A", 3.5, [[SQUARE, HOLE]]), MapArea("B", None, [[HOLE]])]),
    "scatter": lambda: scatter(WORDS, [Point("Us", 1, 2), Point("A", 3, 4.5)], x_title="x", y_title="y", us="Us"),
}  # fmt: skip


@pytest.fixture(params=CHARTS, scope="module")
def drawn(request: pytest.FixtureRequest) -> Chart:
    return CHARTS[request.param]()


def both(chart: Chart) -> list[dict[str, Any]]:
    assert chart.narrow is not None
    return [chart.spec, chart.narrow]


def test_it_is_a_valid_specification_with_its_data_inside(drawn: Chart) -> None:
    for spec in both(drawn):
        altair.LayerChart.from_dict(spec).to_dict()
        assert '"url"' not in json.dumps(spec)


def test_it_passes_a_strict_content_security_policy(drawn: Chart) -> None:
    for spec in both(drawn):
        root = ElementTree.fromstring(svg(spec, "k"))
        for element in root.iter():
            assert element.tag.rsplit("}")[-1] in {"svg", "g", "path", "rect", "line", "text", "tspan", "circle"}
            assert not {"style", "class", "role", "href"} & set(element.attrib)
            assert not [name for name in element.attrib if name.startswith("on")]


def test_no_text_is_under_fourteen_pixels_even_on_the_narrowest_screen(drawn: Chart) -> None:
    narrow = drawn.narrow
    assert narrow is not None
    assert size(narrow)[0] == 288, "fits 320 px less the page's margins, so that it is never scaled down"
    for spec in both(drawn):
        sizes = [float(value) for value in re.findall(r'font-size="([\d.]+)px"', svg(spec))]
        assert sizes
        assert min(sizes) >= 14


def test_labels_stay_on_the_paper(drawn: Chart) -> None:
    """Text begins within the drawing (its width is worked out generously when the room is set aside)."""
    for spec in both(drawn):
        width, height = size(spec)
        for x, y, anchor in places_of_text(svg(spec)):
            assert -1 <= x <= width + 1, anchor
            assert -1 <= y <= height + 4, anchor


def places_of_text(drawing: str) -> list[tuple[float, float, str]]:
    """Where each text stands, its groups' shifts added up."""
    found = []

    def walk(element: ElementTree.Element, x: float, y: float) -> None:
        shift = re.search(r"translate\(([-\d.]+),([-\d.]+)\)", element.get("transform", ""))
        if shift:
            x, y = x + float(shift[1]), y + float(shift[2])
        if element.tag.endswith("}text"):
            found.append((x, y, "".join(element.itertext())))
        for child in element:
            walk(child, x, y)

    walk(ElementTree.fromstring(drawing), 0, 0)
    return found


def words_in(spec: dict[str, Any]) -> str:
    return " | ".join(text for *_, text in places_of_text(svg(spec)))


def test_it_has_alternative_text_a_table_and_a_source(drawn: Chart) -> None:
    assert drawn.alt.endswith(".")
    assert drawn.table.rows
    assert drawn.source == "Source: a file."
    assert drawn.table.source == "Source: a file."


def lines_of(chart: Chart) -> list[int]:
    """How many points each path of a line has: one subpath a run."""
    paths = re.findall(r'<path [^>]*d="([^"]+)"[^>]*stroke="#0f6b6b"[^>]*>', svg(chart.spec))
    return [1 + path.count("L") for path in paths if "A" not in path]


def test_no_line_crosses_a_gap() -> None:
    assert lines_of(monthly([1, 2, 3, None, None, 6, 7])) == [3, 2]


def test_no_line_crosses_a_break() -> None:
    assert lines_of(monthly([1, 2, 3, 4, 5, 6, 7], breaks=[(JANUARY + 3, "new rule")])) == [3, 4]


def test_a_gap_says_no_data_and_the_table_does_not_say_nought() -> None:
    chart = monthly([30, None, None, None, None, None, None, None, 0, 31, 32, 33])
    assert "no data" in words_in(chart.spec)
    assert "No data for February 2024 to August 2024." in chart.alt
    assert chart.table.rows[0][1:10] == ("30", "–", "–", "–", "–", "–", "–", "–", "0")


def test_a_provisional_month_is_hollow_and_marked() -> None:
    chart = monthly([30, 31, 32], provisional=[JANUARY + 2])
    assert re.search(
        r'fill="(#ffffff|white)"[^>]*stroke="#0f6b6b"|stroke="#0f6b6b"[^>]*fill="#ffffff"', svg(chart.spec)
    )
    assert chart.table.rows[0][3] == "32 p"


def test_months_must_follow_one_another() -> None:
    with pytest.raises(ValueError, match="consecutive"):
        month_line(WORDS, [JANUARY, JANUARY + 2], Series("x", [1, 2]))


def test_a_year_with_a_missing_part_has_no_total() -> None:
    chart = CHARTS["year bars"]()
    assert chart.table.rows[3] == ("2015/16", "no data", "1,052", "no data")
    assert "no data" in words_in(chart.spec)


def test_a_break_is_dashed_and_gives_its_reason() -> None:
    chart = CHARTS["year bars"]()
    assert "definition changed, April 2017" in words_in(chart.spec)
    assert "stroke-dasharray" in svg(chart.spec)
    assert "Break before 2017/18" in chart.alt


def test_labels_beside_the_last_bar_do_not_touch() -> None:
    assert apart([100, 104, 101], 20) == [82.0, 122.0, 102.0]


def test_peers_stand_from_high_to_low_without_ranks() -> None:
    chart = CHARTS["peers"]()
    assert [row[0] for row in chart.table.rows] == ["A", "Us", "B"]
    assert not re.search(r"\b(rank|first|worst|best|1st|2nd)\b", chart.alt, re.I)


def test_fewer_than_four_peers_make_no_range() -> None:
    with pytest.raises(ValueError, match="at least four"):
        peer_spine(WORDS, us=1, peers=[1, 2, 3])


def test_better_is_to_the_right_where_lower_is_better() -> None:
    def place(better: Any) -> float:
        circle = peer_spine(WORDS, us=50, peers=[60, 66, 70, 80], better=better).spec
        return next(x for x, _, text in places_of_text(svg(circle)) if text.startswith("Us"))

    assert place("lower") > 320 > place("neutral")


def test_a_hole_in_an_area_stays_open_whichever_way_it_was_supplied() -> None:
    for hole in (HOLE, HOLE[::-1]):
        spec = outline_map(WORDS, [MapArea("A", 3, [[SQUARE, hole]])]).spec
        feature = next(v for layer in spec["layer"] for v in layer["data"]["values"] if v.get("type") == "Feature")
        outer, inner = feature["geometry"]["coordinates"][0]
        assert area(outer) > 0 > area(inner)


def area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def test_months_of_the_usual_year_stand_out_only_where_told() -> None:
    plain = svg(seasonal_bars(WORDS, [float(i) for i in range(1, 13)]).spec)
    assert "#0f6b6b" not in plain
    assert svg(seasonal_bars(WORDS, [1.0] * 12, highlighted=[12]).spec).count("#0f6b6b") == 1


@given(st.lists(st.integers(0, 500), max_size=60))
@settings(max_examples=50)
def test_every_value_falls_into_one_class(values: list[int]) -> None:
    classes = five_classes(values)
    assert len(classes) == min(5, len(set(values)))
    assert all(sum(one.low <= value <= one.high for one in classes) == 1 for value in values)
    assert [one.low for one in classes] == sorted(one.low for one in classes)
    assert colour_of(None, classes) == "#ffffff"


@given(st.floats(0.001, 1e7), st.integers(2, 6))
@settings(max_examples=50)
def test_ticks_start_at_nought_and_reach_the_largest_value(largest: float, wanted: int) -> None:
    ticks = nice_ticks(largest, wanted)
    assert ticks[0] == 0
    assert ticks[-1] >= largest * 0.999999
    assert ticks[-2] < largest
    assert len(ticks) <= wanted + 2


def test_numbers_as_people_read_them() -> None:
    assert [number(v) for v in (0, 2181, 71.25, 0.034, 1234.5, None)] == [
        "0",
        "2,181",
        "71.2",
        "0.03",
        "1,234",
        "no data",
    ]


def test_labels_are_thinned_from_the_latest_back() -> None:
    assert thinned(["2012/13", "2013/14", "2014/15"], 120) == ["2012/13", "2014/15"]
    assert thinned([], 100) == []


def test_control_characters_do_not_end_the_process() -> None:
    assert "Some" in svg(monthly([1, 2, 3], breaks=[(JANUARY + 1, "nu\x00ll \x07bell")]).spec)


def test_a_picture_for_word_is_sharp() -> None:
    data = png(monthly([1, 2, 3]).spec, 2.0)
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(data[16:20]) == 1280


def test_the_same_chart_gives_the_same_drawing() -> None:
    assert svg(CHARTS["areas"]().spec) == svg(CHARTS["areas"]().spec)

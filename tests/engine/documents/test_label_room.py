"""Names at the ends of lines keep clear of one another, however close the lines end."""

from __future__ import annotations

from typing import Any

import pytest

from frankpledge.engine.documents.charts.frame import LINE_HEIGHT, ChartWords, Series
from frankpledge.engine.documents.charts.year_lines import year_lines


def blocks_of_text(spec: dict[str, Any]) -> list[tuple[float, float]]:
    """Top and bottom of each name beside the lines, in pixels."""
    found = []
    for layer in spec["layer"]:
        words = layer.get("data", {}).get("values", [{}])[0].get("words")
        if words:
            first = layer["encoding"]["y"]["value"]
            found.append((first - LINE_HEIGHT / 2, first + LINE_HEIGHT * (words.count("\n") + 0.5)))
    return sorted(found)


@pytest.mark.parametrize("end", [20_360.0, 20_751.0, 15_000.0])
def test_two_long_names_at_nearly_the_same_height_do_not_touch(end: float) -> None:
    chart = year_lines(
        ChartWords("lines", "Two areas", "Crimes a year", "Source"),
        ["2016/17", "2017/18"],
        Series("North Exampleshire", [19_546.0, 20_751.0]),
        [Series("South Exampleshire", [21_045.0, end])],
    )
    (_, upper), (lower, _) = blocks_of_text(chart.spec)
    assert lower >= upper

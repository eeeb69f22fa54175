"""Figures of the demonstration counted again, by a script of a few lines, in the files that trace names."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from demo.printed import APPENDIX_C
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.trace import trace
from frankpledge.engine.measures.workspace import workspace_for
from frankpledge.engine.store.home import Home

AREAS = ("demo-north-worcestershire", "demo-south-worcestershire", "DEMO-REDDITCH", "DEMO-WORCESTER-020")
MONTHLY = (
    "recorded-crime",
    "anti-social-behaviour",
    "burglary",
    "residential-burglary",
    "night-time-crimes",
    "hate-crimes",
    "domestic-abuse-crimes",
    "alcohol-related-crimes",
    "vulnerable-adult-crimes",
    "youth-related-anti-social-behaviour",
    "recorded-crime-rate",
)
YEARLY = ("official-total", "official-homicide", "official-burglary", "official-residential-burglary", "official-rape")


def rows_of(path: str) -> Iterator[dict[str, str]]:
    raw = Path(path).read_bytes()
    text = (gzip.decompress(raw) if path.endswith(".gz") else raw).decode("utf-8")
    yield from csv.DictReader(text.splitlines())


def taken(cell: str, take: str) -> str:
    match take:
        case "value":
            return cell.strip()
        case "year and month":
            return cell[:7]
        case "whether it is filled":
            return "yes" if cell.strip() else "no"
        case "text before the last word":
            return " ".join(cell.split()[:-1])
    raise AssertionError(take)


def count_again(told: dict[str, Any]) -> int:
    total = 0
    for file in told["files"]:
        assert file["state"] == "as imported"
        assert file["not_in_this_file"] == []
        for row in rows_of(file["path"]):
            if all(taken(row[c["column"]], c["take"]) in c["one_of"] for c in file["filter"]):
                total += sum(int(row[name]) for name in file["sum_of"]) if file["sum_of"] else 1
    return total


def sample() -> list[tuple[str, str, str]]:
    rng = np.random.default_rng(5)
    found = []
    for measure in MONTHLY:
        first = int(rng.integers(Period.parse("2012/13").first, Period.parse("2017/18").last - 3))
        period = str(rng.choice(["2013/14", "2017/18", str(Period(first, first + 2))]))
        found.append((measure, str(rng.choice(AREAS)), period))
    return found


@pytest.mark.parametrize(("measure", "area", "period"), sample())
def test_an_invented_count_is_found_again_in_the_supplied_lists(
    built: Home, measure: str, area: str, period: str
) -> None:
    ws, _ = workspace_for(built, "demo-north-worcestershire")
    result = compute(ws.definitions.measure(measure), area, Period.parse(period), ws)
    assert result.provenance.origin == "synthetic"
    told = trace(result.figure_id, built).to_json()
    assert count_again(told) == told["numerator"] == result.numerator
    assert result.numerator or measure in {
        "hate-crimes",
        "vulnerable-adult-crimes",
        "youth-related-anti-social-behaviour",
    }


@pytest.mark.parametrize("measure", YEARLY)
@pytest.mark.parametrize("area", AREAS[:2])
def test_a_printed_count_is_found_again_in_the_printed_table(built: Home, measure: str, area: str) -> None:
    ws, _ = workspace_for(built, area)
    for year in ("2012/13", "2017/18"):
        result = compute(ws.definitions.measure(measure), area, Period.parse(year), ws)
        assert result.provenance.origin == "published"
        told = trace(result.figure_id, built).to_json()
        assert [file["path"] for file in told["files"]] == [str(APPENDIX_C)]
        assert count_again(told) == told["value"] == result.value

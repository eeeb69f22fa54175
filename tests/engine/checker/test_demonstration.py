"""The demonstration as written: every claim checked, Appendix C to the last unit, the three first findings."""

from __future__ import annotations

import csv

import pytest

from demo.__main__ import build_demonstration
from demo.printed import APPENDIX_C
from frankpledge.engine.documents.html import render_page
from frankpledge.engine.findings.figures_json import figures_record
from frankpledge.engine.findings.opening import opening
from frankpledge.engine.measures.workspace import workspace_for
from frankpledge.engine.store.home import Home

from .checker import check
from .edition import Edition
from .page import Page
from .supplying import edition_from, edition_of

pytestmark = pytest.mark.slow
NORTH, SOUTH = "demo-north-worcestershire", "demo-south-worcestershire"
AREAS = {"E22000368": NORTH, "E22000332": SOUTH}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("demonstration"))
    assert build_demonstration(home)
    return home


@pytest.fixture(scope="module")
def edition(home: Home) -> Edition:
    return edition_of(home, NORTH, "2018-03", sorted((home.demo / "supplies").glob("incidents-*")))


@pytest.fixture(scope="module")
def first_screen(home: Home) -> Edition:
    """The findings that the first screen opens with, as an edition of their own."""
    ws, partnership = workspace_for(home, NORTH)
    found = opening(ws, partnership)
    record = figures_record(NORTH, 24218, found.figures.values(), found.claims)
    page = render_page(found.findings, figure_href=lambda name: f"#figure-{name}")
    return edition_from(home, NORTH, record, page, (), figures=found.figures.values())


def test_every_claim_of_every_sentence_is_borne_out(edition: Edition) -> None:
    assert len(edition.claims) > 30
    assert check(edition) == []


def test_every_claim_of_the_first_screen_is_borne_out(first_screen: Edition) -> None:
    assert check(first_screen) == []


def test_the_published_years_are_printed_to_the_last_unit_with_their_totals(edition: Edition) -> None:
    """All 204 cells of the printed table, North and South, sixteen offences and the total, six years."""
    offences = {
        key: edition.definition("measures", key)["numerator"]["offences"]
        for key in {f["measure"] for f in edition.figures.values() if f["provenance"]["dataset"] == "counts"}
    }
    shown: dict[tuple[str, str, str], set[str]] = {}
    for passage in Page(edition.page).passages:
        for name, text in passage.figures:
            figure = edition.figures[name]
            if passage.tag == "td" and len(offences.get(figure["measure"], ())) == 1 and not figure["derived_from"]:
                key = figure["area"], offences[figure["measure"]][0], figure["period"]
                if figure["denominator"] is None:
                    shown.setdefault(key, set()).add(text)
    with APPENDIX_C.open(encoding="utf-8", newline="") as file:
        printed = list(csv.DictReader(file))
    assert len(printed) == 204
    for row in printed:
        assert shown.get((AREAS[row["area_code"]], row["offence"], row["year"])) == {f"{int(row['count']):,}"}, row


def test_printed_totals_are_held_against_the_rows(edition: Edition) -> None:
    for name in ("North Worcestershire", "South Worcestershire"):
        assert f"rows of {name} add up to the printed total in every year" in edition.page


def test_homicide_from_three_to_seven_could_be_chance(first_screen: Edition) -> None:
    claim = next(c for c in first_screen.claims if c["measure"] == "official-homicide")
    assert [first_screen.figures[name]["value"] for name in claim["figures"]] == [3, 7]
    assert claim["direction"] == "no-clear-change"
    assert claim["p"] == pytest.approx(0.34375)
    assert "p = 0.34" in claim["text"]


def test_the_burglary_break_is_shown_and_no_direction_is_claimed_across_it(first_screen: Edition) -> None:
    told = {c["measure"]: c for c in first_screen.claims if "burglary" in c["measure"]}
    assert told["official-residential-burglary"]["direction"] == "definition-change"
    assert told["official-burglary"]["direction"] == "no-clear-change"
    assert "950 to 1,635" in told["official-residential-burglary"]["text"]
    assert "2,181 in 2016/17 to 2,155 in 2017/18" in told["official-burglary"]["text"]
    assert any("April 2017" in label for _, label in Page(first_screen.page).labels)


def test_the_total_rose_six_per_cent_by_more_than_counting_chance(first_screen: Edition) -> None:
    claim = next(c for c in first_screen.claims if (c["measure"], c["area"]) == ("official-total", NORTH))
    assert claim["direction"] == "rose"
    assert "from 19,546 in 2016/17 to 20,751 in 2017/18, up 6 per cent: more than counting chance" in claim["text"]
    assert "It need not mean more crime" in first_screen.page


def test_no_steady_rise_is_claimed_of_a_series_that_once_fell(edition: Edition) -> None:
    told = [c for c in edition.claims if c["sentence_id"].startswith("years.official-total")]
    assert {c["direction"] for c in told} == {"not-consistent"}

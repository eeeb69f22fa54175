"""Organisations are real, people are invented, and every fact says where it comes from."""

from __future__ import annotations

import csv
import hashlib
import itertools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import DEFINITIONS, FOLDER
from demo.generate import SEED
from demo.printed import TOTAL, read_appendix_c, read_asb
from frankpledge.engine.definitions.areas import load_areas
from frankpledge.engine.definitions.loader import SHIPPED, check_definitions, load_definitions
from frankpledge.engine.findings.score_sheet import read_sheet

FACTS = FOLDER / "facts"

# First 16 hex digits of the SHA-256 of every name of a person that the published documents print, in lower
# case: the names themselves have no place in this repository.
PRINTED_NAMES = frozenset(
    [
        "03755982a72122df",
        "185beebb5dd0d712",
        "247e6a3f2b346bf5",
        "2a0c5da5e4e08c13",
        "32ddaf65cc3aa8d3",
        "3caf9fa1071acb74",
        "439030781a70a728",
        "45e0fbe963436102",
        "4a98796428a0ee55",
        "6aba1332322f70a6",
        "6d93847a920c44cb",
        "6e4dc590ad9d8560",
        "7249276fd73d498f",
        "7c0be606382049be",
        "814c6878b5338a15",
        "87749ce0c95151ef",
        "99ada55bf9fe69b6",
        "afbcf17d801bfa6e",
        "b74cef2c20e156bb",
        "c9e2e1f737edf556",
        "cea8cf9fb08d1a52",
        "d4304fed57267ac4",
        "daa73117ce994195",
        "ebd17f61eef88fc1",
        "ec88872e60bf9c1a",
    ]
)


def table(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pairs_of_words(text: str) -> Iterator[str]:
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    for first, second in itertools.pairwise(words):
        yield f"{first} {second}".lower()


def names_in(text: str) -> set[str]:
    digests = {hashlib.sha256(pair.encode()).hexdigest()[:16]: pair for pair in pairs_of_words(text)}
    return {digests[digest] for digest in PRINTED_NAMES & digests.keys()}


def texts() -> Iterator[tuple[str, str]]:
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in {".py", ".csv", ".toml", ".md"}:
            yield str(path.relative_to(FOLDER)), path.read_text(encoding="utf-8")


# --- People ----------------------------------------------------------------------------------------


def test_no_name_of_a_real_post_holder_occurs_in_the_demonstration() -> None:
    assert {name: found for name, text in texts() if (found := names_in(text))} == {}


def test_the_list_of_names_is_of_those_that_the_documents_print(shared_data: Path) -> None:
    seeds = " ".join(path.read_text(encoding="utf-8") for path in sorted((shared_data / "seeds").glob("*.txt")))
    assert len(names_in(seeds)) == len(PRINTED_NAMES)


def test_every_post_that_a_body_names_is_held_by_an_invented_person() -> None:
    people = {row["post"]: row for row in table("people.csv")}
    assert {row["source"] for row in people.values()} == {"invented"}
    assert len({row["name"] for row in people.values()}) == len(people)
    assert {row["chair"] for row in table("bodies.csv") if row["chair"]} <= set(people)


# --- Facts -----------------------------------------------------------------------------------------


def test_every_fact_names_its_source() -> None:
    for path in sorted(FACTS.glob("*.csv")):
        rows = table(path.name)
        assert rows, path.name
        assert all(row["source"].strip() for row in rows), path.name
        assert all(None not in row and None not in row.values() for row in rows), path.name
    for path in sorted((FOLDER / "assumptions").glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        assert content.get("source") or all(mark["source"] for mark in content["marks"]), path.name


def test_organisations_are_succeeded_by_organisations_that_begin_no_earlier() -> None:
    organisations = {row["key"]: row for row in table("organisations.csv")}
    assert len(organisations) == len(table("organisations.csv"))
    ended = [row for row in organisations.values() if row["to"]]
    assert ended
    for row in organisations.values():
        for key in filter(None, row["succeeded_by"].split(";")):
            successor = organisations[key]
            assert not (row["to"] and successor["from"]) or row["to"] < successor["from"]


def test_bodies_report_to_bodies_and_never_in_a_circle() -> None:
    bodies = {row["key"]: row for row in table("bodies.csv")}
    for key in bodies:
        seen, above = {key}, bodies[key]["reports_to"]
        while above:
            assert above in bodies
            assert above not in seen
            seen.add(above)
            above = bodies[above]["reports_to"]


def test_the_areas_add_up_to_the_printed_profile() -> None:
    areas = load_areas([DEFINITIONS])
    north = areas.partnership("demo-north-worcestershire")
    printed = {row["indicator"]: float(row["value"]) for row in table("area_profile.csv")}
    assert areas.residents(north) == printed["Residents"]
    assert areas.households(north) == printed["Households"]
    assert areas.hectares(north) == pytest.approx(printed["Land area"] * 258.9988, abs=1)
    ages = areas.population_by_age(north)
    assert ages["0-15"] / areas.residents(north) == pytest.approx(printed["Aged under 16"] / 100, abs=0.001)
    assert ages["65+"] / areas.residents(north) == pytest.approx(printed["Aged 65 and over"] / 100, abs=0.001)


# --- Definitions -----------------------------------------------------------------------------------


def test_the_demonstrations_definitions_are_in_order_and_add_only_synthetic_areas() -> None:
    assert check_definitions([SHIPPED, DEFINITIONS]) == ()
    shipped, both = load_areas([SHIPPED]), load_areas([SHIPPED, DEFINITIONS])
    added = set(both.partnerships) - set(shipped.partnerships)
    assert added == {"demo-north-worcestershire", "demo-south-worcestershire"}
    for key in added:
        partnership = both.partnerships[key]
        assert partnership.origin == "synthetic"
        assert "(demonstration)" in partnership.name
        assert all("(demo)" in both.districts[code].name for code in partnership.districts)


def test_the_first_screen_opens_with_a_redefinition_a_small_count_and_a_total() -> None:
    opening = load_definitions([SHIPPED, DEFINITIONS]).reports["opening"]
    assert [finding.kind for finding in opening.findings] == ["definition-change", "small-count", "total"]
    assert opening.findings[2].beside == "demo-south-worcestershire"


def test_the_filled_sheet_is_taken_whole_and_every_score_is_marked_illustrative() -> None:
    definitions = load_definitions([SHIPPED, DEFINITIONS])
    themes, scoring = definitions.reports["strategic-assessment"].themes, definitions.scoring["priorities"]
    sheet = read_sheet(FOLDER / "scoring.csv", themes, scoring)
    people_score = {c.key for c in scoring.criteria if c.rule is None}
    assert set(sheet.cells) == {(theme.key, key) for theme in themes for key in people_score}
    for cell in sheet.cells.values():
        assert cell.score is not None
        assert cell.reason.startswith("Illustrative: ")
        assert cell.scored_by.startswith("illustrative")
        assert cell.evidence
        assert cell.confidence
        assert not cell.by_rule


def test_the_story_names_every_file_of_facts_and_assumptions() -> None:
    story = (FOLDER / "story.md").read_text(encoding="utf-8")
    for path in (*FACTS.glob("*.csv"), *(FOLDER / "assumptions").glob("*.toml"), FOLDER / "appendix_c.csv"):
        assert path.name in story, path.name


def test_the_story_tells_the_right_numbers() -> None:
    story = (FOLDER / "story.md").read_text(encoding="utf-8")
    crimes = sum(c.count for c in read_appendix_c() if c.offence == TOTAL)
    asb = read_asb()
    assert f"{crimes:,} of them crimes" in story
    assert f"about {round(crimes + sum(c.count for c in asb), -3):,} rows" in story
    assert f"{len(read_appendix_c())} numbers" in story
    assert f"{asb[0].count:,}" in story
    assert f"seed {SEED}" in story

"""The loader names every fault of every file at once: file, line, key, found, allowed, example."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.engine.definitions.lines import line_of, lines_of_keys
from frankpledge.engine.definitions.loader import SHIPPED, check_definitions, load_definitions
from frankpledge.engine.faults import DefinitionFault, DefinitionProblem, UsageFault

BAD = Path(__file__).parent / "bad"

# What each file in bad/ must be told: line, key, found, allowed.
MESSAGES: dict[str, tuple[int | None, str, str, str]] = {
    "Bad_Key": (1, "key", "'Bad_Key'", "small letters, digits and single hyphens"),
    "category-of-a-table": (18, "numerator.categories", "'categories'", "for the dataset counts only offences"),
    "count-per-resident": (13, "denominator", "a denominator of a count", "none, or kind = rate or share"),
    "key-is-not-the-file-name": (
        1,
        "key",
        "'another-name'",
        "'key-is-not-the-file-name', as the file is named",
    ),
    "missing-owner": (None, "owner", "nothing", "the post or body that answers for this definition"),
    "missing-review-dates": (None, "reviewed_on", "nothing", "a date"),
    "monthly-table": (None, "frequency", "'monthly'", "yearly for the dataset counts, monthly for every other"),
    "no-toml": (10, "", "Invalid value (at line 10, column 8)", "TOML"),
    "not-a-date": (5, "reviewed_on", "'last year'", "a date, as in 2026-01-31"),
    "not-a-reference": (13, "breaks", "'covid-2020'", "one of break:covid-2020"),
    "not-utf-8": (8, "", "bytes that are not UTF-8", "UTF-8 text"),
    "rate-of-nothing": (None, "denominator", "nothing", "residents or households"),
    "review-before-review": (6, "review_by", "'2025-01-31', not after reviewed_on", "a day after reviewed_on"),
    "share-of-residents": (
        13,
        "denominator",
        "'residents'",
        "a table that selects the rows to take a share of",
    ),
    "some-sql": (
        17,
        "numerator.where",
        "the unknown key 'where'",
        "only dataset, sources, categories, except_categories, offences, outcome_groups, flags, hours",
    ),
    "table-of-rows": (
        15,
        "numerator.sources",
        "nothing",
        "the keys of the sources that publish yearly counts, in order of preference",
    ),
    "unknown-break": (
        13,
        "breaks",
        "'break:burglary-redefinition-2018'",
        "one of break:burglary-redefinition-2017",
    ),
    "unknown-category": (16, "numerator.categories", "'burglry'", "one of burglary"),
    "unknown-key": (10, "colour", "the unknown key 'colour'", "only key, title, owner"),
    "unknown-key-in-table": (17, "numerator.datasett", "the unknown key 'datasett'", "only dataset, sources"),
    "unknown-offence": (18, "numerator.offences", "'burglary-dwelling'", "one of burglary-residential, burglary"),
    "wrong-choice": (12, "polarity", "'down'", "lower, higher, range or neutral"),
    "wrong-denominator": (13, "denominator", "'dwellings'", "residents or households"),
}


def overlay(folder: Path, *names: str) -> Path:
    (folder / "measures").mkdir(parents=True)
    for name in names:
        shutil.copy(BAD / f"{name}.toml", folder / "measures")
    return folder


def test_every_bad_file_has_its_message() -> None:
    assert {path.stem for path in BAD.glob("*.toml")} == set(MESSAGES)


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_a_bad_file_is_told_what_is_wrong(tmp_path: Path, name: str) -> None:
    found = check_definitions([SHIPPED, overlay(tmp_path, name)])
    line, key, what, allowed = MESSAGES[name]
    first = found[0]
    assert first.file.endswith(f"measures/{name}.toml")
    assert (first.line, first.key, first.found) == (line, key, what)
    assert first.allowed.startswith(allowed)
    assert {problem.file for problem in found} == {first.file}


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    root = overlay(tmp_path, "missing-owner", "missing-review-dates", "wrong-choice")
    with pytest.raises(DefinitionFault) as fault:
        load_definitions([SHIPPED, root])
    assert [p.key for p in fault.value.problems] == ["owner", "reviewed_on", "review_by", "polarity"]
    assert "4 faults" in fault.value.message and "definitions check" in fault.value.remedy


def test_an_example_shows_how_to_mend_it(tmp_path: Path) -> None:
    (problem,) = check_definitions([SHIPPED, overlay(tmp_path, "missing-owner")])
    assert problem == DefinitionProblem(
        problem.file, None, "owner", "nothing", problem.allowed, 'owner = "Community safety analyst"'
    )


def test_no_message_gives_away_the_folders_of_this_machine(tmp_path: Path) -> None:
    for problem in check_definitions([SHIPPED, overlay(tmp_path, *MESSAGES)]):
        assert str(tmp_path) not in problem.file


def test_a_misspelt_folder_is_a_fault_and_not_silence(tmp_path: Path) -> None:
    (tmp_path / "measure").mkdir()
    (tmp_path / "measure" / "x.toml").write_text("")
    (problem,) = check_definitions([SHIPPED, tmp_path])
    assert problem.found == "a folder 'measure'" and "measures" in problem.allowed


def test_faults_of_areas_are_listed_with_the_others(tmp_path: Path) -> None:
    root = overlay(tmp_path, "missing-owner")
    (root / "areas").mkdir()
    (root / "areas" / "partnerships.toml").write_text("[partnerships.nowhere]\nname = 3\n", "utf-8")
    found = check_definitions([SHIPPED, root])
    assert found[0].key == "owner"
    assert any(problem.file.endswith("partnerships.toml") for problem in found[1:])


def test_an_overlay_replaces_and_adds_by_key(tmp_path: Path) -> None:
    shipped = load_definitions([SHIPPED])
    text = (SHIPPED / "measures" / "burglary.toml").read_text(encoding="utf-8")
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "burglary.toml").write_text(text.replace("Recorded burglary", "Our burglary"), "utf-8")
    (tmp_path / "measures" / "ours.toml").write_text(text.replace('key = "burglary"', 'key = "ours"'), "utf-8")
    found = load_definitions([SHIPPED, tmp_path, tmp_path / "absent"])
    assert found.measure("burglary").title.startswith("Our burglary")
    assert set(found.measures) == {*shipped.measures, "ours"}
    assert found.digest("measure:burglary") != shipped.digest("measure:burglary")
    assert found.digest("measure:robbery") == shipped.digest("measure:robbery")


def test_a_digest_follows_content_and_not_layout(tmp_path: Path) -> None:
    text = (SHIPPED / "measures" / "burglary.toml").read_text(encoding="utf-8")
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "burglary.toml").write_text(f"# a comment\n\n{text}", "utf-8")
    assert load_definitions([SHIPPED, tmp_path]).digest("measure:burglary") == load_definitions([SHIPPED]).digest(
        "measure:burglary"
    )


def test_an_unknown_reference_names_the_nearest() -> None:
    definitions = load_definitions([SHIPPED])
    with pytest.raises(UsageFault, match="burglary"):
        definitions.resolve("measure:burglery")
    with pytest.raises(UsageFault, match="not a kind"):
        definitions.resolve("measures:burglary")


def test_definitions_are_kept_as_frozen_objects() -> None:
    measure = load_definitions([SHIPPED]).measure("burglary")
    with pytest.raises(ValueError, match="frozen"):
        measure.title = "Something else"  # type: ignore[misc]


TOML = """\
plain = 1
"two words" = 2
a.b = 3
long = '''
not = here
[nor.here]
'''
list = [
    "x = 1",
    "y",
]

[table]
inner = 1

[[rows]]
first = 1

[[rows]]
first = 2

[[rows.cells]]
deep = true
"""


def test_lines_are_found_past_long_strings_and_lists() -> None:
    assert lines_of_keys(TOML) == {
        ("plain",): 1,
        ("two words",): 2,
        ("a", "b"): 3,
        ("long",): 4,
        ("list",): 8,
        ("table",): 13,
        ("table", "inner"): 14,
        ("rows", 0): 16,
        ("rows", 0, "first"): 17,
        ("rows", 1): 19,
        ("rows", 1, "first"): 20,
        ("rows", 1, "cells", 0): 22,
        ("rows", 1, "cells", 0, "deep"): 23,
    }


def test_a_missing_key_is_placed_at_its_table() -> None:
    assert line_of(TOML, ("rows", 1, "nothing")) == 19
    assert line_of(TOML, ("nothing",)) is None


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.lists(st.integers(0, 9)), max_size=6))
def test_every_top_key_is_found_on_its_own_line(values: dict[str, list[int]]) -> None:
    lines = [f"{key} = [\n" + "".join(f"  {v},\n" for v in listed) + "]" for key, listed in values.items()]
    text = "\n".join(lines)
    assert tomllib.loads(text) == values
    for key, line in lines_of_keys(text).items():
        assert text.splitlines()[line - 1].startswith(f"{key[0]} =")

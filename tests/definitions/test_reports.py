"""The assessment's own definitions: every theme leads somewhere, every rule can score."""

from __future__ import annotations

import pytest

from frankpledge.engine.definitions.loader import SHIPPED, Definitions, load_definitions
from frankpledge.engine.definitions.shapes import MeasureDefinition

SECTIONS = {
    "summary",
    "coverage",
    "area",
    "themes",
    "people-and-plan",
    "data-quality",
    "scoring",
    "priorities",
    "gaps",
    "method",
    "register",
}


@pytest.fixture(scope="module")
def shipped() -> Definitions:
    return load_definitions([SHIPPED])


def measure(shipped: Definitions, reference: str) -> MeasureDefinition:
    return shipped.measure(reference.partition(":")[2])


def test_the_sections_are_those_that_the_engine_writes(shipped: Definitions) -> None:
    keys = [section.key for section in shipped.reports["strategic-assessment"].sections]

    assert set(keys) == SECTIONS and len(keys) == len(SECTIONS)
    assert keys[0] == "summary" and keys[-1] == "register"


def test_what_the_regulations_ask_for_names_its_paragraph(shipped: Definitions) -> None:
    duties = " ".join(section.duty for section in shipped.reports["strategic-assessment"].sections)

    for paragraph in ("7(a)", "7(d)", "7(e)"):
        assert paragraph in duties


def test_a_theme_leads_with_a_monthly_count_and_official_ones_are_yearly(shipped: Definitions) -> None:
    themes = shipped.reports["strategic-assessment"].themes

    assert len({theme.key for theme in themes}) == len(themes)
    for theme in themes:
        lead = measure(shipped, theme.lead)
        assert lead.kind == "count" and lead.frequency == "monthly"
        assert all(measure(shipped, ref).frequency == "yearly" for ref in theme.official)
        assert all(measure(shipped, ref).frequency == "monthly" for ref in theme.measures)


def test_every_theme_has_words_for_a_rise_a_fall_and_neither(shipped: Definitions) -> None:
    for theme in shipped.reports["strategic-assessment"].themes:
        assert set(theme.means) == {"rose", "fell"}
        assert {"rose", "fell", "no-clear-change"} <= set(theme.ask)
        assert all(question.endswith("?") for question in theme.ask.values())
        assert all(said.endswith(".") for said in theme.means.values())


def test_only_the_total_is_left_out_of_the_priorities(shipped: Definitions) -> None:
    themes = shipped.reports["strategic-assessment"].themes

    assert [theme.key for theme in themes if theme.overall] == ["all-crime"]


def test_every_criterion_has_five_anchors_and_every_rule_four_bands(shipped: Definitions) -> None:
    for criterion in shipped.scoring["priorities"].criteria:
        assert [anchor.score for anchor in criterion.anchors] == [0, 1, 2, 3, 4]
        assert (criterion.rule is None) == (not criterion.bands)
        assert list(criterion.bands) == sorted(criterion.bands)
        assert len(criterion.bands) in (0, 4)


def test_every_section_of_the_matrix_has_criteria(shipped: Definitions) -> None:
    sections = {criterion.section for criterion in shipped.scoring["priorities"].criteria}

    assert sections == {"harm", "likelihood", "organisation"}

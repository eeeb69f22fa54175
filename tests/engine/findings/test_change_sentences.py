"""What is said of a change: a direction only where a test supports it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.analysis.change import compare_counts
from frankpledge.engine.documents.blocks import Figure, plain, runs
from frankpledge.engine.findings.claims import Sentence
from frankpledge.engine.findings.wording.change import (
    change_sentence,
    change_title,
    direction_of,
    interval_sentence,
    may_mean,
    sureness,
)
from frankpledge.engine.findings.wording.redefinition import (
    Part,
    moved_between,
    redefinition_sentences,
    redefinition_title,
)
from tests.engine.findings.builders import a_break, a_figure, a_measure, two_counts, two_runs

MEASURE = a_measure()
DIRECTION_WORDS = re.compile(r"\b(rose|fell|rise|fall|up|down|increase[ds]?|decrease[ds]?|more crime)\b")


@pytest.mark.parametrize(
    ("before", "after", "direction", "said"),
    [
        (
            950,
            1635,
            "rose",
            "Recorded burglaries in Anytown rose from 950 in 2016/17 to 1,635 in 2017/18, up 72 per cent: "
            "more than counting chance explains.",
        ),
        (
            1635,
            950,
            "fell",
            "Recorded burglaries in Anytown fell from 1,635 in 2016/17 to 950 in 2017/18, down 42 per cent: "
            "more than counting chance explains.",
        ),
        (
            3,
            7,
            "no-clear-change",
            "Anytown had 7 recorded burglaries in 2017/18 and 3 in 2016/17: no clear change. Luck alone would "
            "bring a difference of this size or larger about one time in three (p = 0.34).",
        ),
        (
            1,
            3,
            "too-few",
            "Anytown had 3 recorded burglaries in 2017/18 and 1 in 2016/17: too few to tell a change from chance.",
        ),
        (50, 50, "no-clear-change", "Anytown had 50 recorded burglaries in 2017/18 and 50 in 2016/17: no change."),
    ],
)
def test_two_counts_in_words(before: int, after: int, direction: str, said: str) -> None:
    sentence = change_sentence(two_counts(before, after), MEASURE)

    assert sentence.text == said
    assert sentence.claims[0].direction == direction


def test_a_claim_names_figures_before_and_after_its_test_and_its_periods() -> None:
    comparison = two_counts(950, 1635)

    (claim,) = change_sentence(comparison, MEASURE).claims

    assert claim.figures == (comparison.before.figure_id, comparison.after.figure_id)
    assert claim.periods == ("2016/17", "2017/18")
    assert claim.test == "exact conditional test of two Poisson counts"
    assert claim.p == pytest.approx(comparison.change.p if comparison.change else None)
    assert claim.text == change_sentence(comparison, MEASURE).text


def test_months_that_scatter_take_the_direction_away() -> None:
    steady = change_sentence(two_runs([100, 110, 90, 100], [140, 150, 130, 140]), MEASURE)
    scattered = change_sentence(two_runs([40, 200, 60, 100], [250, 80, 170, 60]), MEASURE)

    assert steady.claims[0].direction == "rose"
    assert scattered.claims[0].direction == "no-clear-change"
    assert not DIRECTION_WORDS.search(scattered.text)


def test_a_difference_that_a_page_of_tests_explains_is_no_clear_change() -> None:
    alone = two_runs([100, 104, 96, 101], [120, 125, 118, 122])
    among_many = two_runs([100, 104, 96, 101], [120, 125, 118, 122], adjusted_p=0.11)

    assert direction_of(alone) == "rose"
    sentence = change_sentence(among_many, MEASURE, family="page")
    assert sentence.claims[0].direction == "no-clear-change"
    assert sentence.claims[0].adjusted_p == 0.11
    assert "p = 0.11 allowing for the number of tests" in sentence.text
    assert not DIRECTION_WORDS.search(sentence.text)


@given(before=st.integers(0, 4000), after=st.integers(0, 4000))
@settings(max_examples=50, deadline=None)
def test_no_direction_word_without_a_test_that_supports_it(before: int, after: int) -> None:
    comparison = two_counts(before, after)
    text = change_sentence(comparison, MEASURE).text + plain(change_title(comparison, MEASURE))

    if compare_counts(before, after, method="exact").verdict in ("rose", "fell"):
        assert ("rose" in text) == (after > before)
        assert ("fell" in text) == (after < before)
    else:
        assert not DIRECTION_WORDS.search(text)
        assert may_mean(comparison) is None


@given(before=st.integers(0, 3000), after=st.integers(0, 3000))
@settings(max_examples=50, deadline=None)
def test_reversing_a_series_reverses_or_removes_what_is_said(before: int, after: int) -> None:
    forward, backward = two_counts(before, after), two_counts(after, before)
    opposite = {"rose": "fell", "fell": "rose"}

    assert direction_of(backward) == opposite.get(direction_of(forward), direction_of(forward))


@given(before=st.integers(0, 3000), after=st.integers(0, 3000))
@settings(max_examples=50, deadline=None)
def test_a_title_has_at_most_fifteen_words(before: int, after: int) -> None:
    measure = a_measure(noun="recorded offences of criminal damage and arson")

    assert len(plain(change_title(two_counts(before, after), measure)).split()) <= 15


def test_every_number_of_a_sentence_leads_to_a_figure() -> None:
    sentence = change_sentence(two_counts(950, 1635), MEASURE)

    shown = [run.text for run in runs(sentence.words) if isinstance(run, Figure)]
    assert shown == ["950", "1,635", "72 per cent"]


def test_a_small_count_gets_no_percentage() -> None:
    assert "per cent" not in change_sentence(two_counts(2, 14), MEASURE).text
    assert interval_sentence(two_counts(2, 14)) is None


def test_how_sure_we_are_follows_the_test() -> None:
    assert sureness(two_counts(19546, 20751)) == ("Real in the records; cause not known", "concern")
    assert sureness(two_counts(3, 7)) == ("Too few to tell", "too-few")
    assert sureness(two_counts(2181, 2155)) == ("Tested: chance could explain it", "unknown")


def test_a_figure_that_is_missing_is_told_and_not_counted_as_zero() -> None:
    known = two_counts(10, 12)
    missing = type(known)(
        before=known.before,
        after=a_figure(None, "2017/18"),
        change=None,
        reason="no file has been supplied for this period",
    )

    sentence = change_sentence(missing, MEASURE)

    assert sentence.text == (
        "No change in recorded burglaries in Anytown can be stated: for 2017/18 no file has been supplied for "
        "this period."
    )
    assert sentence.claims[0].direction == "no-data"


class TestRedefinition:
    """Residential burglary 950 to 1,635 is a change of definition: the sum hardly moved."""

    homes = a_measure("homes", "residential burglaries")
    others = a_measure("others", "business and community burglaries")
    both = a_measure("both", "burglaries")

    def parts(self, homes: tuple[int, int], others: tuple[int, int]) -> tuple[list[Part], Part]:
        def part(measure: object, key: str, counts: tuple[int, int]) -> Part:
            before, after = (
                a_figure(count, period, measure=key)
                for count, period in zip(counts, ("2016/17", "2017/18"), strict=True)
            )
            return Part(measure, before, after)  # type: ignore[arg-type]

        total = (homes[0] + others[0], homes[1] + others[1])
        return [part(self.homes, "homes", homes), part(self.others, "others", others)], part(self.both, "both", total)

    def test_the_demonstration_in_words(self) -> None:
        parts, total = self.parts((950, 1635), (1231, 520))

        assert moved_between(parts, total, a_break())
        assert plain(redefinition_title(parts, total)) == (
            "Burglaries hardly changed: the 72 per cent rise is a new definition"
        )
        assert redefinition_sentences(parts, total, a_break()).text == (
            "The rule changed in April 2017. The boundary of a home was drawn wider. Residential burglaries went from "
            "950 to 1,635 and "
            "business and community burglaries went from 1,231 to 520: the records moved between them with the new "
            "rule. Together they went from 2,181 in 2016/17 to 2,155 in 2017/18, which chance alone explains."
        )

    def test_its_claims_say_what_is_a_definition_and_what_is_chance(self) -> None:
        parts, total = self.parts((950, 1635), (1231, 520))

        said: Sentence = redefinition_sentences(parts, total, a_break())

        assert [claim.direction for claim in said.claims] == [
            "definition-change",
            "definition-change",
            "no-clear-change",
        ]
        assert said.claims[2].p == pytest.approx(0.70, abs=0.02)

    @pytest.mark.parametrize(
        ("homes", "others"),
        [
            ((950, 1635), (1231, 1240)),  # nothing left the other part
            ((950, 955), (1231, 1220)),  # nothing moved
            ((950, 1635), (1231, 900)),  # the sum rose too
            ((0, 1635), (1231, 0)),  # a part that was never counted before
        ],
    )
    def test_it_is_not_said_of_other_changes(self, homes: tuple[int, int], others: tuple[int, int]) -> None:
        parts, total = self.parts(homes, others)

        assert not moved_between(parts, total, a_break())

    def test_it_is_not_said_where_the_rule_changed_at_another_time(self) -> None:
        from datetime import date

        parts, total = self.parts((950, 1635), (1231, 520))

        assert not moved_between(parts, total, a_break(on=date(2015, 4, 1)))

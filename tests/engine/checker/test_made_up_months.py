"""A series reversed, flattened, scaled or deleted changes or removes its sentences, and the checker still agrees."""

from __future__ import annotations

import pytest

from .checker import check
from .conftest import Written, made_up
from .edition import Edition
from .supplying import MONTHS
from .wording import months_of

pytestmark = pytest.mark.slow
MEASURE = "burglary"


def said_of(edition: Edition, measure: str) -> dict[str, str]:
    """Direction by aspect of the sentences about a measure's count."""
    return {
        claim["sentence_id"].partition(".")[0]: claim["direction"]
        for claim in edition.claims
        if claim["measure"] == measure and claim["area"] == edition.area
    }


def texts_of(edition: Edition, measure: str) -> set[str]:
    """Sentences that show a number of the measure or its movement."""
    told = ("change", "level", "trend", "steady")
    claims = [c for c in edition.claims if c["sentence_id"].partition(".")[0] in told]
    return {claim["text"] for claim in claims if claim["measure"] == measure}


def test_the_made_up_area_has_every_kind_of_sentence_and_each_is_true(base: Edition) -> None:
    assert check(base) == []
    assert said_of(base, MEASURE)["change"] == "rose"
    assert said_of(base, MEASURE)["trend"] == "rising"
    assert said_of(base, "anti-social-behaviour")["change"] == "fell"
    assert said_of(base, "anti-social-behaviour")["trend"] == "falling"
    assert said_of(base, "shoplifting")["season"] == "seasonal"
    assert said_of(base, "vehicle-crime")["trend"] == "no-clear-trend"
    assert said_of(base, "vehicle-crime")["season"] == "not-seasonal"
    assert said_of(base, "robbery")["change"] == "too-few"


def test_reversed_it_falls(base: Edition, written: Written) -> None:
    series = made_up()
    found = written(series | {"Burglary": series["Burglary"][::-1]})
    assert check(found) == []
    assert (said_of(found, MEASURE)["change"], said_of(found, MEASURE)["trend"]) == ("fell", "falling")
    assert not texts_of(base, MEASURE) & texts_of(found, MEASURE)


def test_flattened_it_does_neither(base: Edition, written: Written) -> None:
    series = made_up()
    level = round(sum(series["Burglary"]) / MONTHS)
    found = written(series | {"Burglary": [level] * MONTHS})
    assert check(found) == []
    assert said_of(found, MEASURE)["change"] == "no-clear-change"
    assert said_of(found, MEASURE)["trend"] == "no-clear-trend"
    assert not texts_of(base, MEASURE) & texts_of(found, MEASURE)


def test_scaled_its_numbers_follow(base: Edition, written: Written) -> None:
    series = made_up()
    found = written(series | {"Burglary": [3 * count for count in series["Burglary"]]})
    assert check(found) == []
    assert said_of(found, MEASURE)["change"] == "rose"
    before, after = (
        next(c for c in edition.claims if c["sentence_id"].startswith("change.burglary."))["figures"]
        for edition in (base, found)
    )
    assert [3 * base.figures[n]["value"] for n in before] == [found.figures[n]["value"] for n in after]


def test_deleted_it_is_a_true_zero_and_nothing_is_said_of_its_change(base: Edition, written: Written) -> None:
    series = made_up()
    found = written(series | {"Burglary": [0] * MONTHS})
    assert check(found) == []
    assert {"rose", "fell", "rising", "falling"}.isdisjoint(said_of(found, MEASURE).values())
    assert any("a true zero" in text for text in texts_of(found, MEASURE))


def test_months_without_a_file_are_no_zeros_and_no_year_is_made_of_the_rest(written: Written) -> None:
    found = written(made_up(), left_out=range(20, 27), page=True)
    assert check(found) == []
    compared = {tuple(c["periods"]) for c in found.claims if c["sentence_id"].startswith("change.")}
    assert compared == {("2023-10..2024-02", "2024-10..2025-02")}
    assert not any(len(months_of(period)) == 12 for claim in found.claims for period in claim["periods"])
    assert "No file is held for March to September 2024" in found.page
    assert "the year to June 2025" not in " ".join(claim["text"] for claim in found.claims)


def test_others_hold_still_while_one_moves(base: Edition, written: Written) -> None:
    series = made_up()
    found = written(series | {"Burglary": series["Burglary"][::-1]})
    same = {"level.shoplifting", "level.vehicle-crime", "level.anti-social-behaviour"}
    for kept in same:
        one, other = (
            next(c["text"] for c in e.claims if c["sentence_id"].startswith(f"{kept}.")) for e in (base, found)
        )
        assert one == other

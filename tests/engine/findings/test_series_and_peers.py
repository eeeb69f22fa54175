"""Trend, season, peers and places: said only where a test bears them, and of the right months."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.documents.blocks import Chart, plain
from frankpledge.engine.findings.evidence import adjust
from frankpledge.engine.findings.wording.series import is_seasonal, trend_direction
from frankpledge.engine.findings.wording.times import busiest_hours
from tests.engine.findings.conftest import BROMSGROVE, NORTH, REDDITCH, MakeWorkspace, assessed, months, some
from tests.engine.findings.test_assessment import all_text, said_of

THREE_YEARS = months("2022-07", "2025-06")


def by_month(level: float, growth: float = 0.0, season: float = 0.0) -> list[int]:
    """36 counts from July 2022: a level, a yearly growth, and a season that is highest in July."""
    return [
        round(level * (1 + growth) ** (n / 12) * (1 + season * math.cos(2 * math.pi * (n % 12) / 12)))
        for n in range(len(THREE_YEARS))
    ]


def store_of(ws_of: MakeWorkspace, counts: list[int]):  # type: ignore[no-untyped-def]
    rows = [row for month, count in zip(THREE_YEARS, counts, strict=True) for row in some(count, month)]
    return ws_of(rows)


class TestTrendAndSeason:
    def test_a_rising_series_is_said_to_rise_over_the_months_it_was_tested_on(
        self, workspace_of: MakeWorkspace
    ) -> None:
        found = assessed(store_of(workspace_of, by_month(40, growth=0.25)), "2025-06")

        (claim,) = [c for c in found.claims if c.sentence_id.startswith("trend.") and c.measure == "burglary"]
        assert claim.direction == "rising"
        assert claim.periods == ("2022-07..2025-06",)
        total = found.figures[claim.figures[0]]
        assert total.value == sum(by_month(40, growth=0.25))
        assert "July 2022 to June 2025" in claim.text

    def test_the_same_series_reversed_falls(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(store_of(workspace_of, by_month(40, growth=0.25)[::-1]), "2025-06")

        directions = {c.direction for c in found.claims if c.sentence_id.startswith("trend.")}
        assert directions == {"falling"}

    def test_a_season_names_its_months(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(store_of(workspace_of, by_month(40, season=0.6)), "2025-06")

        (claim,) = [c for c in found.claims if c.sentence_id.startswith("season.") and c.measure == "burglary"]
        assert claim.direction == "seasonal"
        assert "July" in claim.text.partition("They are highest in ")[2].partition("They are lowest")[0]
        assert "January" in claim.text.partition("They are lowest in ")[2]
        titles = [plain(b.title) for b in found.sections["burglary"].blocks if isinstance(b, Chart)]
        assert "Recorded burglaries follow the season" in titles

    def test_noise_has_neither(self, workspace_of: MakeWorkspace) -> None:
        rng = np.random.default_rng(3)
        found = assessed(store_of(workspace_of, rng.poisson(30, 36).tolist()), "2025-06")

        directions = {c.direction for c in found.claims if c.sentence_id.partition(".")[0] in ("trend", "season")}
        assert directions <= {"no-clear-trend", "not-seasonal"}

    def test_a_year_is_compared_with_the_year_before(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(store_of(workspace_of, by_month(40, growth=0.25)), "2025-06")

        (claim,) = [c for c in found.claims if c.sentence_id.startswith("change.burglary.")]
        assert claim.periods == (str(Period.parse("2023-07..2024-06")), "2024-07..2025-06")


class TestManyTests:
    def test_adjusting_leaves_a_single_test_alone(self) -> None:
        assert adjust([0.03, None]) == [None, None]

    def test_one_small_p_among_many_large_ones_is_no_discovery(self) -> None:
        adjusted = adjust([0.03, *[0.5 + n / 40 for n in range(19)]])

        assert adjusted[0] is not None and adjusted[0] > 0.05

    def test_a_verdict_that_does_not_survive_is_withdrawn(self) -> None:
        from frankpledge.engine.analysis.seasonality import seasonality
        from frankpledge.engine.analysis.trend import trend

        numbers, values = range(24301, 24337), by_month(40, growth=0.25, season=0.6)

        assert trend_direction(trend(numbers, values)) == "rising"
        assert trend_direction(trend(numbers, values), adjusted_p=0.2) == "no-clear-trend"
        assert is_seasonal(seasonality(numbers, values))
        assert not is_seasonal(seasonality(numbers, values), adjusted_p=0.2)

    def test_claims_name_their_family_and_both_p_values(self, workspace_of: MakeWorkspace) -> None:
        rows = [row for m in months("2024-01", "2025-06") for row in (*some(9, m), *some(8, m, "robbery"))]
        found = assessed(workspace_of(rows), "2025-06")

        changes = [c for c in found.claims if c.sentence_id.startswith("change.")]
        assert len(changes) > 1
        assert all(c.family == "changes of this assessment" and c.adjusted_p is not None for c in changes)
        assert all((c.adjusted_p or 0) >= (c.p or 0) - 1e-12 for c in changes)


class TestPeers:
    def table(self, areas: Areas, own: float, others: float) -> Iterator[dict[str, object]]:
        """Official counts of every English partnership at one rate, and of this one at its own."""
        for partnership in areas.partnerships_of("published"):
            rate = own if partnership.key == NORTH else others
            for code in partnership.c2_codes[:1]:
                for offence in ("all", "burglary-residential"):
                    count = round(rate * areas.residents(partnership) / 1000)
                    yield {
                        "first": "2024-07",
                        "last": "2025-06",
                        "offence": offence,
                        "count": count,
                        "area_code": code,
                    }

    @pytest.mark.parametrize(
        ("own", "direction", "said"),
        [
            (120.0, "higher", "higher than in most of the"),
            (50.0, "lower", "lower than in most of the"),
            (80.0, "similar", "are in line with the"),
        ],
    )
    def test_a_place_is_stated_beside_the_peers(
        self, workspace_of: MakeWorkspace, areas: Areas, own: float, direction: str, said: str
    ) -> None:
        ws = workspace_of(some(3, "2025-06"), counts=self.table(areas, own, 80.0))
        found = assessed(ws, "2025-06")

        claims = [c for c in found.claims if c.sentence_id.startswith("peers.official-total-rate")]
        assert {c.direction for c in claims} == {direction}
        assert said in said_of(found.sections["all-crime"])
        mean = found.figures[claims[0].figures[0]]
        assert mean.value == pytest.approx(80.0, abs=0.1)
        assert len(mean.derived_from) >= 14
        assert claims[0].figures[1] not in mean.derived_from

    def test_without_peers_no_place_is_stated(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(workspace_of(some(30, "2025-06")), "2025-06")

        assert not [c for c in found.claims if c.sentence_id.partition(".")[0] in ("peers", "alike")]
        assert "No similar partnership has figures here" in all_text(found)


class TestPlaces:
    def rows(self, spread: list[int]) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = []
        for number, count in enumerate(spread):
            rows += some(
                count,
                "2025-06",
                lsoa_code=f"E0103{number:04d}",
                lsoa_name=f"Bromsgrove {number:03d}A",
                lsoa_vintage=2021,
            )
        return rows

    def test_what_gathers_is_said_to_gather(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(workspace_of(self.rows([40, 30, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1])), "2025-06")

        claims = [c for c in found.claims if c.sentence_id.startswith("concentration.burglary")]
        assert {c.direction for c in claims} == {"concentrated"}
        assert "lie in 2 of 12 small areas" in claims[0].text

    def test_what_chance_spreads_is_not(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(workspace_of(self.rows([5, 7, 6, 4, 8, 6, 5, 7, 6, 5, 6, 6])), "2025-06")

        claims = [c for c in found.claims if c.sentence_id.startswith("concentration.burglary")]
        assert {c.direction for c in claims} == {"not-concentrated"}
        assert "lie in" not in claims[0].text

    def test_an_area_known_from_another_theme_counts_as_empty_here(self, workspace_of: MakeWorkspace) -> None:
        rows = self.rows([12, 12])
        rows += [row | {"category": "robbery"} for row in self.rows([2] * 14)]

        found = assessed(workspace_of(rows), "2025-06")

        (claim,) = [c for c in found.claims if c.sentence_id.startswith("concentration.burglary")]
        assert found.figures[claim.figures[1]].value == 14

    def test_the_districts_are_told_apart_only_beyond_chance(self, workspace_of: MakeWorkspace) -> None:
        def rows(one: int, other: int) -> list[dict[str, object]]:
            held = months("2025-01", "2025-06")
            return [
                row
                for m in held
                for row in (*some(one, m), *some(other, m, district=REDDITCH), *some(one, m, district="E07000239"))
            ]

        apart = assessed(workspace_of(rows(10, 40)), "2025-06")
        alike = assessed(workspace_of(rows(10, 10)), "2025-06")

        assert "Redditch had the highest rate of recorded burglaries" in said_of(apart.sections["burglary"])
        assert {c.direction for c in alike.claims if c.sentence_id.startswith("districts.burglary")} == {"similar"}


class TestHours:
    def test_the_busiest_hours_may_pass_midnight(self) -> None:
        found = busiest_hours([20.0] * 4 + [1.0] * 16 + [20.0] * 4)

        assert found is not None and (found.first, found.last) == (20, 3)
        assert found.p < 0.001

    def test_even_hours_have_no_busiest(self) -> None:
        found = busiest_hours([10.0] * 24)

        assert found is not None and found.p > 0.5

    def test_too_few_hours_say_nothing(self) -> None:
        assert busiest_hours([1.0] * 24) is None

    def test_rows_of_a_partners_list_show_when(self, workspace_of: MakeWorkspace) -> None:
        rows = [
            {
                "month": "2025-06",
                "district": BROMSGROVE,
                "source": "incidents",
                "supplier": "council",
                "origin": "supplied",
                "date": f"2025-06-{day:02d}",
                "hour": hour,
                "weekday": (day + 6) % 7,
            }
            for day in range(2, 28)
            for hour in (19, 20, 21, 22, 23, 9)
        ]
        found = assessed(workspace_of(rows), "2025-06")

        claims = [c for c in found.claims if c.sentence_id.startswith("hours.burglary")]
        assert {c.direction for c in claims} == {"concentrated"}
        assert "hold 83 per cent of those recorded burglaries that carry a time" in claims[0].text

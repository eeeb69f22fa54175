"""What stands on the first page, in which order, and what a first screen opens with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from frankpledge.engine.definitions.shapes import ReportDefinition
from frankpledge.engine.documents.blocks import Chart, Finding, figures_in, plain
from frankpledge.engine.findings.opening import opening, opening_findings
from frankpledge.engine.findings.ranking import Candidate, chosen, weight
from tests.engine.findings.conftest import NORTH, REDDITCH, MakeWorkspace, assessed, months, some

DEMONSTRATION = {
    "burglary-residential": (950, 1635),
    "burglary-business-and-community": (1231, 520),
    "homicide": (3, 7),
    "all": (19546, 20751),
}


def published_years() -> list[dict[str, object]]:
    return [
        {"first": f"{year}-04", "last": f"{year + 1}-03", "offence": offence, "count": count}
        for offence, counts in DEMONSTRATION.items()
        for year, count in zip((2016, 2017), counts, strict=True)
    ]


def opening_definition(**findings: object) -> ReportDefinition:
    return ReportDefinition.model_validate(
        {
            "key": "opening",
            "title": "What the first screen opens with",
            "owner": "the tests",
            "reviewed_on": date(2026, 1, 1),
            "review_by": date(2027, 1, 1),
            "source": "made by hand",
            "findings": [
                {
                    "kind": "definition-change",
                    "measures": [
                        "measure:official-residential-burglary",
                        "measure:official-business-and-community-burglary",
                    ],
                    "total": "measure:official-burglary",
                    "break": "break:burglary-redefinition-2017",
                },
                {"kind": "small-count", "measure": "measure:official-homicide"},
                {"kind": "total", "measure": "measure:official-total"},
            ],
        }
        | findings
    )


class TestTheFirstScreen:
    def opened(self, workspace_of: MakeWorkspace, **findings: object) -> tuple[Finding, ...]:
        ws = workspace_of(some(3, "2018-03"), counts=published_years())
        reports = {**ws.definitions.reports, "opening": opening_definition(**findings)}
        ws = replace(ws, definitions=replace(ws.definitions, reports=reports))
        return opening_findings(ws, ws.areas.partnerships[NORTH])

    def test_it_opens_with_what_the_definition_names_in_words_of_the_engine(self, workspace_of: MakeWorkspace) -> None:
        first, second, third = self.opened(workspace_of)

        assert plain(first.title) == "Burglaries hardly changed: the 72 per cent rise is a new definition"
        assert "went from 2,181 in 2016/17 to 2,155 in 2017/18, which chance alone explains" in plain(first.meaning)
        assert first.sureness_mark == "sure"
        assert plain(second.title) == "Seven homicides after three: this could be chance"
        assert "about one time in three (p = 0.34)" in plain(second.meaning)
        assert second.sureness_mark == "too-few"
        assert plain(third.title) == "Recorded crimes rose 6 per cent"
        assert "more than counting chance explains" in plain(third.meaning)
        assert "It need not mean more crime" in plain(third.meaning)

    def test_each_has_a_chart_with_a_table_and_fifteen_words_at_most(self, workspace_of: MakeWorkspace) -> None:
        for finding in self.opened(workspace_of):
            assert isinstance(finding.chart, Chart) and finding.chart.table.rows
            assert len(plain(finding.title).split()) <= 15
            assert finding.question

    def test_a_definition_for_another_partnership_is_not_used(self, workspace_of: MakeWorkspace) -> None:
        titles = [plain(f.title) for f in self.opened(workspace_of, partnerships=["south-worcestershire"])]

        assert "Seven homicides after three: this could be chance" not in titles

    def test_a_finding_that_the_figures_do_not_bear_is_left_out(self, workspace_of: MakeWorkspace) -> None:
        ws = workspace_of(some(3, "2018-03"), counts=[])
        reports = {**ws.definitions.reports, "opening": opening_definition()}
        ws = replace(ws, definitions=replace(ws.definitions, reports=reports))

        titles = [plain(f.title) for f in opening_findings(ws, ws.areas.partnerships[NORTH])]

        assert titles and not any("new definition" in title for title in titles)

    def test_every_figure_comes_with_it(self, workspace_of: MakeWorkspace) -> None:
        ws = workspace_of(some(3, "2018-03"), counts=published_years())

        found = opening(ws, ws.areas.partnerships[NORTH])

        assert set(figures_in(found.findings)) <= set(found.figures)

    def test_an_empty_store_opens_with_nothing(self, workspace_of: MakeWorkspace) -> None:
        ws = workspace_of()

        assert opening_findings(ws, ws.areas.partnerships[NORTH]) == ()


class TestTheFirstPage:
    def test_more_volume_and_more_harm_weigh_more(self) -> None:
        assert weight(0.5, 0) > weight(0.1, 0)
        assert weight(0.1, 4) == 2 * weight(0.1, 0)
        assert weight(0, 0) > 0

    def test_few_of_one_kind_stand_on_it(self) -> None:
        page = chosen(tuple(Candidate("peers", 1.0 / n) for n in range(1, 6)), 5)

        assert len(page) == 2

    def test_what_differs_beyond_chance_comes_before_what_does_not(self, workspace_of: MakeWorkspace) -> None:
        rows = []
        for year, burglaries in (("2023", 30), ("2024", 60)):
            for month in months(f"{year}-07", f"{int(year) + 1}-06"):
                rows += some(burglaries, month) + some(80, month, "robbery", REDDITCH)
        found = assessed(workspace_of(rows), "2025-06")

        first = found.opening[0]
        assert plain(first.title) in ("Recorded burglaries rose 100 per cent", "Recorded crimes rose 27 per cent")
        assert [finding.number for finding in found.opening] == list(range(1, len(found.opening) + 1))

    def test_months_that_are_missing_are_a_finding(self, workspace_of: MakeWorkspace) -> None:
        rows = [row for month in months("2025-01", "2025-06") for row in some(20, month)]

        titles = [plain(f.title) for f in assessed(workspace_of(rows), "2025-06").opening]

        assert "Six months of the 12 cannot be counted" in titles

    def test_on_paper_the_first_page_has_no_charts(self, workspace_of: MakeWorkspace) -> None:
        rows = [row for month in months("2024-01", "2025-06") for row in some(20, month)]
        found = assessed(workspace_of(rows), "2025-06")

        summary = [block for block in found.sections["summary"].blocks if isinstance(block, Finding)]
        assert len(summary) == len(found.opening) <= 5
        assert all(finding.chart is None for finding in summary)

    def test_titles_state_a_finding_in_fifteen_words(self, workspace_of: MakeWorkspace) -> None:
        rows = [row for month in months("2024-01", "2025-06") for row in (*some(20, month), *some(9, month, "drugs"))]
        found = assessed(workspace_of(rows), "2025-06")

        for finding in found.opening:
            assert len(plain(finding.title).split()) <= 15


@pytest.mark.parametrize("word", ["alarming", "shocking", "soared", "plummeted", "epidemic", "plagued", "crisis"])
def test_no_sentence_of_the_engine_alarms(word: str) -> None:
    from frankpledge.engine.definitions.loader import SHIPPED

    folder = SHIPPED.parent / "frankpledge" / "engine" / "findings"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted((SHIPPED / "reports").glob("*.toml"))]

    assert texts and not any(word in text.lower() for text in texts)

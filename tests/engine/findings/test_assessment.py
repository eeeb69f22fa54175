"""A whole assessment on stores of many shapes: every number has a source, every claim a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.documents.blocks import (
    Block,
    Chart,
    Figure,
    Finding,
    Items,
    Notice,
    Paragraph,
    Section,
    Table,
    figures_in,
    plain,
    runs,
)
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.findings.assessment import Assessment
from frankpledge.engine.findings.figures_json import figures_record, figures_schema
from frankpledge.engine.measures.workspace import Workspace
from tests.engine.findings.conftest import (
    BROMSGROVE,
    REDDITCH,
    WYRE_FOREST,
    MakeWorkspace,
    assessed,
    maker,
    months,
    some,
)

DIRECTIONS = re.compile(r"\b(rose|fell|rising|falling|increased|decreased)\b", re.IGNORECASE)


def text_of(block: Block) -> str:
    match block:
        case Paragraph(words=words) | Notice(words=words):
            return plain(words)
        case Items(items=items):
            return " ".join(plain(item) for item in items)
        case Finding(title=title, meaning=meaning, question=question):
            return f"{plain(title)} {plain(meaning)} {plain(question)}"
        case Chart(title=title, table=table):
            return f"{plain(title)} {text_of(table)}"
        case Table(caption=caption, rows=rows):
            return " ".join([caption, *(plain(cell) for row in rows for cell in row)])
        case _:
            return ""


def all_text(assessment: Assessment) -> str:
    return " ".join(text_of(block) for block in assessment.document.blocks)


def said_of(section: Section) -> str:
    return " ".join(text_of(block) for block in section.blocks)


def burglaries(ws_of: MakeWorkspace, before: list[int], after: list[int]) -> Workspace:
    """Burglaries of January to June 2024 and 2025, and as many thefts each month throughout."""
    rows: list[dict[str, object]] = []
    for year, counts in (("2024", before), ("2025", after)):
        for number, count in enumerate(counts, start=1):
            rows += some(count, f"{year}-{number:02d}", district=(BROMSGROVE, REDDITCH)[number % 2])
            rows += some(40, f"{year}-{number:02d}", "shoplifting", WYRE_FOREST)
    return ws_of(rows)


LOW, HIGH = [50, 52, 49, 51, 50, 48], [75, 78, 74, 76, 77, 73]


def burglary_claims(assessment: Assessment) -> dict[str, str]:
    return {
        claim.sentence_id.partition(".")[0]: claim.direction
        for claim in assessment.claims
        if claim.measure == "burglary"
    }


class TestAChangedSeriesChangesItsSentences:
    """Reversing, flattening, scaling or deleting a series changes or removes what is said of it."""

    def test_as_it_is(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(burglaries(workspace_of, LOW, HIGH), "2025-06")

        assert burglary_claims(found)["change"] == "rose"
        assert "Recorded burglaries in North Worcestershire rose from 300 in January to June 2024 to 453" in all_text(
            found
        )

    def test_reversed(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(burglaries(workspace_of, HIGH, LOW), "2025-06")

        assert burglary_claims(found)["change"] == "fell"
        assert "burglaries in North Worcestershire rose" not in all_text(found)

    def test_flattened(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(burglaries(workspace_of, [60] * 6, [60] * 6), "2025-06")

        assert burglary_claims(found)["change"] == "no-clear-change"
        assert not DIRECTIONS.search(said_of(found.sections["burglary"]))

    def test_scaled_to_a_tenth(self, workspace_of: MakeWorkspace) -> None:
        tenth = [[round(v / 10) for v in values] for values in (LOW, HIGH)]
        found = assessed(burglaries(workspace_of, *tenth), "2025-06")

        assert burglary_claims(found)["change"] == "no-clear-change"

    def test_deleted(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(burglaries(workspace_of, LOW, [0] * 6), "2025-03")
        gone = assessed(burglaries(workspace_of, [0] * 6, [0] * 6), "2025-06")

        assert burglary_claims(found)["change"] == "fell"
        assert "change" in burglary_claims(gone)
        assert burglary_claims(gone)["level"] == "level"
        assert "a true zero" in said_of(gone.sections["burglary"])


@pytest.fixture(scope="module")
def found(definitions: Definitions, areas: Areas, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """One assessment of burglaries that rose."""
    make = maker(tmp_path_factory.mktemp("stores"), definitions, areas)
    return assessed(burglaries(make, LOW, HIGH), "2025-06")


class TestEveryNumberHasASource:
    def test_every_figure_shown_is_in_the_record_and_in_the_register(self, found: Assessment) -> None:
        shown = set(figures_in((*found.opening, *found.document.blocks)))

        assert shown and shown <= set(found.figures)
        register = found.sections["register"].blocks[-1]
        assert {entry.figure_id for entry in register.figures} == set(found.figures)  # type: ignore[union-attr]

    def test_every_figure_names_its_files_or_is_worked_out_from_some_that_do(self, found: Assessment) -> None:
        for figure in found.figures.values():
            assert figure.provenance.supplies or figure.derived_from or figure.value == 0
            assert set(figure.derived_from) <= set(found.figures)

    def test_a_number_in_words_is_the_figures_own(self, found: Assessment) -> None:
        for finding in found.opening:
            for run in runs(finding.meaning):
                if isinstance(run, Figure) and re.fullmatch(r"[\d,]+", run.text):
                    assert int(run.text.replace(",", "")) == found.figures[run.figure_id].value

    def test_every_claim_is_a_sentence_of_the_document(self, found: Assessment) -> None:
        text = all_text(found) + " ".join(text_of(finding) for finding in found.opening)

        assert found.claims
        for claim in found.claims:
            assert claim.text in text
            assert set(claim.figures) <= set(found.figures)
            if claim.direction in ("rose", "fell", "no-clear-change", "rising", "falling"):
                assert claim.test and claim.p is not None

    def test_ids_of_sentences_do_not_repeat_for_different_words(self, found: Assessment) -> None:
        texts: dict[tuple[str, tuple[str, ...]], str] = {}
        for claim in found.claims:
            assert texts.setdefault((claim.sentence_id, claim.figures), claim.text) == claim.text

    def test_figures_json_keeps_to_its_schema(self, found: Assessment) -> None:
        record = figures_record(found.partnership.key, found.through, found.figures.values(), found.claims)

        jsonschema.Draft202012Validator.check_schema(figures_schema())
        jsonschema.validate(record, figures_schema(), cls=jsonschema.Draft202012Validator)

    def test_a_record_with_a_number_where_there_is_no_data_breaks_the_schema(self, found: Assessment) -> None:
        record = figures_record(found.partnership.key, found.through, found.figures.values(), found.claims)
        record["figures"][0] |= {"status": "no-data", "value": 0}

        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(record, figures_schema(), cls=jsonschema.Draft202012Validator)


class TestIncompleteYears:
    def test_gaps_are_named_and_no_yearly_total_is_made(self, workspace_of: MakeWorkspace) -> None:
        held = [*months("2018-10", "2018-12"), *months("2024-01", "2024-04"), *months("2025-01", "2025-06")]
        rows = [row for month in held for row in some(30, month)]

        found = assessed(workspace_of(rows), "2025-06")

        text = all_text(found)
        assert "No file is held for January 2019 to December 2023 and May to December 2024" in text
        assert "that is no data, not zero, and no line or total reaches across it" in text
        assert "January to April 2025" in text
        for figure in found.figures.values():
            assert len(figure.period) < 12
            assert set(figure.period.months) <= set(map(month_number, held))

    def test_no_line_is_drawn_across_a_gap(self, workspace_of: MakeWorkspace) -> None:
        rows = [
            row for month in (*months("2024-01", "2024-04"), *months("2025-01", "2025-04")) for row in some(9, month)
        ]

        found = assessed(workspace_of(rows), "2025-04")

        chart = next(b for b in found.sections["burglary"].blocks if isinstance(b, Chart))
        assert "No data for May 2024 to December 2024" in chart.alt

    def test_a_trend_and_a_season_say_what_is_missing(self, workspace_of: MakeWorkspace) -> None:
        rows = [row for month in months("2025-01", "2025-05") for row in some(9, month)]

        found = assessed(workspace_of(rows), "2025-05")

        assert "the longest unbroken stretch has five months; a trend needs 12 in a row, a season 24" in all_text(found)


class TestHostileStores:
    """Whatever is held, the assessment is a document and not a fault; where nothing is, it says what to do."""

    def test_nothing_at_all(self, workspace_of: MakeWorkspace) -> None:
        with pytest.raises(NotPossible, match="Nothing is held of North Worcestershire") as raised:
            assessed(workspace_of(), "2025-06")
        assert "frankpledge import police-uk" in raised.value.remedy

    def test_only_another_force(self, workspace_of: MakeWorkspace) -> None:
        with pytest.raises(NotPossible):
            assessed(workspace_of([{"month": "2025-01", "supplier": "kent", "district": "E07000105"}]), "2025-06")

    def test_only_later_months(self, workspace_of: MakeWorkspace) -> None:
        with pytest.raises(NotPossible, match="up to December 2024"):
            assessed(workspace_of(some(5, "2025-01")), "2024-12")

    def test_one_month(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(workspace_of(some(7, "2025-06")), "2025-06")

        assert not DIRECTIONS.search(" ".join(text_of(f) for f in found.opening))
        assert found.opening

    def test_a_file_without_one_row_of_the_area_is_zero(self, workspace_of: MakeWorkspace) -> None:
        elsewhere = [{"month": m, "district": "E07000235"} for m in months("2025-01", "2025-06")]

        found = assessed(workspace_of(elsewhere), "2025-06")

        assert "a true zero" in all_text(found)
        assert found.document.sections

    def test_rows_without_any_place(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(workspace_of([{"month": "2025-06", "district": None}] * 5), "2025-06")

        assert "have no place" in said_of(found.sections["data-quality"])

    def test_a_window_without_a_month_but_an_earlier_one_held(self, workspace_of: MakeWorkspace) -> None:
        found = assessed(workspace_of(some(7, "2020-06")), "2025-06")

        assert "no month has been supplied" in said_of(found.sections["coverage"])
        assert "None of the 12 months is held" in said_of(found.sections["summary"])
        assert "The last month held is June 2020" in said_of(found.sections["summary"])

    @pytest.mark.parametrize("key", ["city-of-london", "cardiff"])
    def test_areas_of_one_district_and_of_wales(self, workspace_of: MakeWorkspace, areas: Areas, key: str) -> None:
        partnership = areas.partnerships[key]
        rows = [
            {"month": m, "district": partnership.districts[0], "supplier": partnership.force}
            for m in months("2025-01", "2025-02")
        ]

        found = assessed(workspace_of(rows), "2025-02", key)

        assert "covers the district of" in said_of(found.sections["area"])
        regulations = "SI 2007/3076" if partnership.nation == "wales" else "SI 2007/1830"
        assert regulations in said_of(found.sections["people-and-plan"])


class TestOfficialYears:
    def table(self, counts: dict[str, list[int]], first: int = 2012) -> Iterator[dict[str, object]]:
        for offence, values in counts.items():
            for number, value in enumerate(values):
                year = first + number
                yield {"first": f"{year}-04", "last": f"{year + 1}-03", "offence": offence, "count": value}

    def test_a_rise_in_every_year_is_not_claimed_where_one_fell(self, workspace_of: MakeWorkspace) -> None:
        totals = [14761, 14068, 15270, 17467, 19546, 20751]
        found = assessed(workspace_of(some(3, "2018-03"), counts=self.table({"all": totals})), "2018-03")

        claims = {c.text: c for c in found.claims if c.sentence_id.startswith("years.")}
        (claim,) = claims.values()
        assert claim.direction == "not-consistent"
        assert "they rose in 2016/17 and 2017/18 and fell in 2013/14" in claim.text
        assert "what is recorded changed, so nothing is said of 2014/15 and 2015/16" in claim.text
        assert len(claim.figures) == 6

    def test_a_rise_in_every_year_is_said_where_it_is_one(self, workspace_of: MakeWorkspace) -> None:
        counts = self.table({"all": [16000, 17000, 18000]}, 2016)
        found = assessed(workspace_of(some(3, "2019-03"), counts=counts), "2019-03")

        assert {c.direction for c in found.claims if c.sentence_id.startswith("years.")} == {"consistent"}

    def test_a_new_definition_is_found_without_being_told(self, workspace_of: MakeWorkspace) -> None:
        counts = self.table(
            {"burglary-residential": [720, 950, 1635], "burglary-business-and-community": [1086, 1231, 520]}, 2015
        )
        found = assessed(workspace_of(some(3, "2018-03"), counts=counts), "2018-03")

        titles = [plain(finding.title) for finding in found.opening]
        assert "Burglaries hardly changed: the 72 per cent rise is a new definition" in titles

    def test_rows_are_held_against_the_printed_total(self, workspace_of: MakeWorkspace) -> None:
        good = {"homicide": [2, 3], "personal-robbery": [10, 20], "all": [12, 23]}
        bad = good | {"all": [12, 24]}
        for counts, said in (
            (good, "add up to the printed total in every year"),
            (bad, "do not add up to the printed total in 2013/14 (sum 23)"),
        ):
            found = assessed(workspace_of(some(3, "2014-03"), counts=self.table(counts)), "2014-03")
            assert said in said_of(found.sections["published-years"])


def test_a_filled_sheet_changes_the_recommendation_and_no_cell_is_lost(
    workspace_of: MakeWorkspace, tmp_path: Path
) -> None:
    ws = burglaries(workspace_of, LOW, HIGH)
    empty = assessed(ws, "2025-06")
    assert "Nobody has scored harm yet" in said_of(empty.sections["priorities"])

    lines = ["theme,criterion,score,reason,evidence,confidence,scored_by"]
    for theme in ("burglary", "robbery-and-weapons"):
        score = 4 if theme == "robbery-and-weapons" else 1
        for criterion in ("harm-to-person", "financial-harm", "harm-to-community", "public-expectation"):
            lines.append(f"{theme},{criterion},{score},agreed at the workshop,minutes of May,medium,analyst")
    sheet = tmp_path / "scoring.csv"
    sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")

    filled = assessed(ws, "2025-06", scores=sheet)

    text = said_of(filled.sections["priorities"])
    assert "Nobody has scored harm yet" not in text
    assert filled.score_sheet.cell("robbery-and-weapons", "harm-to-person").score == 4
    assert filled.score_sheet.by_people == 8
    assert "cells are open" in text

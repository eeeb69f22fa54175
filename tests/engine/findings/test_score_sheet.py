"""The sheet of scores: written, filled by people, taken back without losing a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.definitions.loader import SHIPPED, load_definitions
from frankpledge.engine.faults import NotReadable, RowFaults
from frankpledge.engine.findings.score_sheet import ScoreCell, ScoreSheet, merged, read_sheet, sheet_text

DEFINITIONS = load_definitions([SHIPPED])
SCORING = DEFINITIONS.scoring["priorities"]
THEMES = DEFINITIONS.reports["strategic-assessment"].themes
HEADER = "theme,criterion,score,reason,evidence,confidence,scored_by\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "scoring.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_sheet_has_every_theme_under_every_criterion() -> None:
    sheet = merged(THEMES, SCORING, {}, ScoreSheet())

    assert len(sheet.cells) == len(THEMES) * len(SCORING.criteria)
    assert sheet.open_cells == len(sheet.cells)
    assert not any(cell.score == 0 for cell in sheet.cells.values())


text_of_people = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\0"), max_size=40).map(
    str.strip
)


@given(
    scores=st.lists(st.integers(0, 4), min_size=5, max_size=5),
    reason=text_of_people.filter(bool),
    evidence=text_of_people,
    name=text_of_people.filter(lambda name: name and name != "rule"),
)
@settings(max_examples=40, deadline=None)
def test_a_filled_sheet_never_loses_a_cell(
    tmp_path_factory: pytest.TempPathFactory, scores: list[int], reason: str, evidence: str, name: str
) -> None:
    empty = merged(THEMES, SCORING, {}, ScoreSheet())
    cells = dict(empty.cells)
    for place, score in zip(cells, scores, strict=False):
        cells[place] = ScoreCell(*place, score, reason, evidence, "low", name)
    path = tmp_path_factory.mktemp("sheet") / "scoring.csv"
    path.write_bytes(sheet_text(ScoreSheet(cells)).encode())

    read = read_sheet(path, THEMES, SCORING)
    ruled = {place: ScoreCell(*place, 4, "counted", "figures", "high", "rule") for place in cells}
    again = merged(THEMES, SCORING, ruled, read)

    for place in list(cells)[:5]:
        assert again.cells[place] == cells[place]
    for place in list(cells)[5:]:
        assert again.cells[place].by_rule


def test_a_cell_that_a_rule_filled_is_worked_out_anew(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "burglary,volume,4,last year's count,,high,rule\n")

    sheet = merged(THEMES, SCORING, {}, read_sheet(path, THEMES, SCORING))

    assert sheet.cell("burglary", "volume").score is None


def test_a_remark_without_a_score_is_kept_and_stays_open(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "burglary,outlook,,ask the board in May,,,\n")

    sheet = merged(THEMES, SCORING, {}, read_sheet(path, THEMES, SCORING))

    assert sheet.cell("burglary", "outlook").reason == "ask the board in May"
    assert sheet.cell("burglary", "outlook").score is None


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("burglry,volume,3,many,,high,A. Analyst", "theme", "'burglry' is not one of"),
        ("burglary,vollume,3,many,,high,A. Analyst", "criterion", "'vollume' is not one of"),
        ("burglary,outlook,5,many,,high,A. Analyst", "score", "not a whole number from 0 to 4"),
        ("burglary,outlook,-1,many,,high,A. Analyst", "score", "not a whole number from 0 to 4"),
        ("burglary,outlook,2.5,many,,high,A. Analyst", "score", "not a whole number from 0 to 4"),
        ("burglary,outlook,3,,,high,A. Analyst", "reason", "a score needs a reason"),
        ("burglary,outlook,3,many,,high,", "scored_by", "a score needs who gave it"),
        ("burglary,outlook,3,many,,certain,A. Analyst", "confidence", "'certain' is not one of high, medium, low"),
        ("burglary,outlook,3,many,,high,A. Analyst,more", "scored_by", "more than seven values"),
    ],
)
def test_faults_carry_the_line_that_the_user_sees(tmp_path: Path, row: str, column: str, reason: str) -> None:
    path = written(tmp_path, HEADER + 'burglary,volume,3,"two\nlines",,high,A. Analyst\n\n' + row + "\n")

    with pytest.raises(RowFaults) as raised:
        read_sheet(path, THEMES, SCORING)

    (fault,) = raised.value.faults
    assert (fault.line, fault.column) == (5, column)
    assert reason in fault.reason


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "x,volume,3,a,,,b\nburglary,y,3,a,,,b\nburglary,volume,9,a,,,b\n")

    with pytest.raises(RowFaults) as raised:
        read_sheet(path, THEMES, SCORING)

    assert [fault.line for fault in raised.value.faults] == [2, 3, 4]


def test_a_theme_scored_twice_is_a_fault_not_a_loss(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "burglary,volume,3,a,,,b\nburglary,volume,4,c,,,d\n")

    with pytest.raises(RowFaults, match="already stand on line 2"):
        read_sheet(path, THEMES, SCORING)


@pytest.mark.parametrize("content", [b"", b"a,b,c\n", b"\xff\xfe\x00", HEADER.encode() + b'burglary,"x', b"PK\x03\x04"])
def test_what_is_not_a_sheet_is_refused_with_the_next_step(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scoring.csv"
    path.write_bytes(content)

    with pytest.raises(NotReadable) as raised:
        read_sheet(path, THEMES, SCORING)

    assert raised.value.remedy


def test_a_missing_sheet_is_refused_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="cannot be read"):
        read_sheet(tmp_path / "none.csv", THEMES, SCORING)

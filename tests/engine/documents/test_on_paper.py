"""What Word and PDF share: the annex of tables, turned pages only where needed, the file's day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from frankpledge.engine.documents.blocks import Column, Paragraph, Section, Table
from frankpledge.engine.documents.paper import ANNEX_KEY, Numbers, day_of, needs_landscape, on_paper
from tests.engine.documents.samples import chart, document_of, register, whole_document


def test_charts_leave_their_tables_in_an_annex_before_the_register() -> None:
    document = on_paper(whole_document())
    assert [section.key for section in document.sections] == ["opening", ANNEX_KEY, "sources"]
    captions = [block.caption for block in document.sections[1].blocks if isinstance(block, Table)]
    assert [caption[:8] for caption in captions] == ["Chart 1:", "Chart 2:"]


def test_the_annex_never_parts_a_section_from_its_subsections() -> None:
    document = document_of(chart("x"))
    parts = (
        document.sections[0],
        Section("method", "Method", ()),
        Section("files", "Files", (register("x"),), level=3),
    )
    assert [section.key for section in on_paper(replace(document, sections=parts)).sections] == [
        "opening", ANNEX_KEY, "method", "files",
    ]  # fmt: skip


def test_without_charts_there_is_no_annex() -> None:
    document = document_of(Paragraph("x"))
    assert on_paper(document) == document


def test_charts_are_numbered_in_the_order_in_which_they_stand() -> None:
    assert Numbers.of(document_of(chart("a", "second"), chart("b", "first"))).charts == {"second": 1, "first": 2}


@pytest.mark.parametrize(
    ("columns", "cell", "turned"),
    [(8, "1,234", False), (14, "123,456", True), (5, "a longer sentence of words in a cell " * 2, True)],
    ids=["numbers fit upright", "many columns", "long rows"],
)
def test_a_page_is_turned_only_for_what_would_be_cramped(columns: int, cell: str, turned: bool) -> None:
    table = Table("t", tuple(Column(f"C{i}") for i in range(columns)), ((cell,) * columns,), wide=True)
    assert needs_landscape(table) is turned
    assert not needs_landscape(replace(table, wide=False))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("30 June 2018", date(2018, 6, 30)),
        ("2018-06-30", date(2018, 6, 30)),
        ("midsummer", date(1980, 1, 1)),
    ],
)
def test_the_documents_day_dates_its_file(written: str, day: date) -> None:
    assert day_of(replace(whole_document(), day=written)) == day

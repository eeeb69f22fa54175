"""The register of figures: short lines, files in order, what was counted said once."""

from __future__ import annotations

from frankpledge.engine.documents.blocks import FigureEntry, FigureRegister, FileEntry, plain
from frankpledge.engine.documents.registers import register_tables

FILES = tuple(FileEntry(f"F{n}", f"month-{n}.csv", "0" * 64, "10", "Street-level crime") for n in range(1, 8))


def entry(figure_id: str, files: tuple[str, ...], counted: str = "every row") -> FigureEntry:
    return FigureEntry(figure_id, "Recorded crime", "1", "An area", "Jan 2025", counted, files)


def files_of(*keys: str) -> str:
    figures, *_ = register_tables(FigureRegister((entry("a", keys),), FILES))
    return plain(figures.rows[0][4])


def test_files_stand_in_the_order_of_their_table_and_runs_are_shortened() -> None:
    assert files_of("F3", "F1", "F2") == "F1 to F3"
    assert files_of("F7", "F4", "F3", "F2") == "F2 to F4, F7"


def test_two_neighbours_are_both_named() -> None:
    assert files_of("F2", "F1") == "F1, F2"


def test_a_file_that_the_table_does_not_hold_is_still_named() -> None:
    assert files_of("F9", "F1") == "F1, F9"


def test_what_was_counted_is_written_once_and_named_by_each_figure() -> None:
    register = FigureRegister((entry("a", ("F1",)), entry("b", ("F2",)), entry("c", (), "other rows")), FILES)
    figures, counted, _ = register_tables(register)
    assert [plain(row[3]) for row in figures.rows] == ["C1", "C1", "C2"]
    assert [tuple(map(plain, row)) for row in counted.rows] == [("C1", "every row"), ("C2", "other rows")]

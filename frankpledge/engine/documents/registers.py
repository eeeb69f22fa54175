"""The register of figures as two plain tables, the same in every renderer."""

from __future__ import annotations

from collections.abc import Iterable

from frankpledge.engine.documents.blocks import Block, Column, FigureRegister, Link, Table, Text, Words


def figure_anchor(figure_id: str) -> str:
    """Where a figure stands in the register: the same anchor on page and in PDF."""
    return f"figure-{figure_id}"


def file_anchor(key: str) -> str:
    """Where a file stands in the register."""
    return f"file-{key}"


def registered(blocks: Iterable[Block]) -> frozenset[str]:
    """The ids of all figures that the registers among the blocks explain."""
    return frozenset(
        entry.figure_id for block in blocks if isinstance(block, FigureRegister) for entry in block.figures
    )


def figures_table(register: FigureRegister) -> Table:
    """One row for each figure; its files are links to the table of files."""
    known = {entry.key for entry in register.files}
    rows: list[tuple[Words, ...]] = []
    for entry in register.figures:
        files: list[Text | Link] = []
        for key in entry.files:
            files += [Text(", ")] if files else []
            files.append(Link(key, f"#{file_anchor(key)}") if key in known else Text(key))
        place = f"{entry.area}, {entry.period}" if entry.area and entry.period else entry.area or entry.period
        rows.append((entry.shown, entry.what, place, entry.counted, tuple(files) or "", entry.figure_id))
    return Table(
        caption="Figures and where they come from",
        columns=(
            Column("Figure", width=1.1),
            Column("What it is", width=2.2),
            Column("Area and period", width=2),
            Column("What was counted", width=2.6),
            Column("Files", width=1.3),
            Column("Figure id", width=2.4),
        ),
        rows=tuple(rows),
        row_anchors=tuple(figure_anchor(entry.figure_id) for entry in register.figures),
        wide=True,
    )


def files_table(register: FigureRegister) -> Table:
    """One row for each supplied file, with the digest that proves which file it was."""
    return Table(
        caption="Files",
        columns=(
            Column("Key", width=0.6),
            Column("File", width=3.4),
            Column("Source", width=1.8),
            Column("Rows", numeric=True, width=0.9),
            Column("SHA-256 digest", width=4),
        ),
        rows=tuple((entry.key, entry.path, entry.source, entry.rows, entry.sha256) for entry in register.files),
        row_anchors=tuple(file_anchor(entry.key) for entry in register.files),
        wide=True,
    )


def register_tables(register: FigureRegister) -> tuple[Table, Table]:
    """Both tables: the figures, then the files."""
    return figures_table(register), files_table(register)

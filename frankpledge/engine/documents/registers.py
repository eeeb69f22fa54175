"""The register of figures as plain tables, the same in every renderer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from frankpledge.engine.documents.blocks import Block, Column, FigureRegister, Link, Table, Text, Words


def figure_anchor(figure_id: str) -> str:
    """Where a figure stands in the register: the same anchor on page and in PDF."""
    return f"figure-{figure_id}"


def file_anchor(key: str) -> str:
    """Where a file stands in the register."""
    return f"file-{key}"


def counted_anchor(key: str) -> str:
    """Where a shared description of what was counted stands in the register."""
    return f"counted-{key}"


def registered(blocks: Iterable[Block]) -> frozenset[str]:
    """The ids of all figures that the registers among the blocks explain."""
    return frozenset(
        entry.figure_id for block in blocks if isinstance(block, FigureRegister) for entry in block.figures
    )


def register_tables(register: FigureRegister) -> tuple[Table, ...]:
    """The figures; what was counted, where that is said of several figures; and the files.

    A filter that many figures share is written once and named (C1, C2...), like the files.
    """
    shared = _shared(register)
    tables = [_figures_table(register, shared)]
    if shared:
        tables.append(_counted_table(shared))
    return (*tables, _files_table(register))


def _shared(register: FigureRegister) -> dict[str, str]:
    """Each description of what was counted that several figures share, with its short key."""
    times = Counter(entry.counted for entry in register.figures)
    return {text: f"C{number}" for number, text in enumerate((t for t, n in times.items() if n > 1 and t), start=1)}


def _figures_table(register: FigureRegister, shared: Mapping[str, str]) -> Table:
    """One row for each figure, with links to its files and to what was counted."""
    known = {entry.key for entry in register.files}
    rows: list[tuple[Words, ...]] = []
    for entry in register.figures:
        files: list[Text | Link] = []
        for key in entry.files:
            files += [Text(", ")] if files else []
            files.append(Link(key, f"#{file_anchor(key)}") if key in known else Text(key))
        place = f"{entry.area}, {entry.period}" if entry.area and entry.period else entry.area or entry.period
        once = shared.get(entry.counted)
        counted: Words = (Link(once, f"#{counted_anchor(once)}"),) if once else entry.counted
        rows.append((entry.shown, entry.what, place, counted, tuple(files) or "", entry.figure_id))
    return Table(
        caption="Figures and where they come from",
        columns=(
            Column("Figure", width=0.9),
            Column("What it is", width=2.2),
            Column("Area and period", width=2),
            Column("What was counted", width=3.2),
            Column("Files", width=0.8),
            Column("Figure id", width=2.6),
        ),
        rows=tuple(rows),
        row_anchors=tuple(figure_anchor(entry.figure_id) for entry in register.figures),
        wide=True,
    )


def _counted_table(shared: Mapping[str, str]) -> Table:
    """What was counted, once for all figures that it is said of."""
    return Table(
        caption="What was counted",
        columns=(Column("Key", width=0.6), Column("What was counted", width=10)),
        rows=tuple((key, text) for text, key in shared.items()),
        row_anchors=tuple(counted_anchor(key) for key in shared.values()),
        wide=True,
    )


def _files_table(register: FigureRegister) -> Table:
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

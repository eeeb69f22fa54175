"""The register of figures as plain tables, the same in every renderer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
    """The figures; what was counted; and the files.

    What was counted is written once and named (C1, C2...), like the files, so that a figure takes a line or two.
    """
    named = _named(register)
    tables = [_figures_table(register, named)]
    if named:
        tables.append(_counted_table(named))
    return (*tables, _files_table(register))


def _named(register: FigureRegister) -> dict[str, str]:
    """Each description of what was counted with its short key, in the order of the figures."""
    texts = dict.fromkeys(entry.counted for entry in register.figures if entry.counted)
    return {text: f"C{number}" for number, text in enumerate(texts, start=1)}


def _file_links(keys: Sequence[str], known: Mapping[str, int]) -> Words:
    """Links to files in the order of their table; three or more in a row as *first to last*."""
    ordered = sorted(set(keys), key=lambda key: (known.get(key, len(known)), key))
    runs: list[list[str]] = []
    for key in ordered:
        if runs and key in known and known[key] == known.get(runs[-1][-1], -2) + 1:
            runs[-1].append(key)
        else:
            runs.append([key])
    words: list[Text | Link] = []
    for run in runs:
        shown = run if len(run) < 3 else [run[0], run[-1]]
        for place, key in enumerate(shown):
            words += [Text(" to " if place and len(run) > 2 else ", ")] if words else []
            words.append(Link(key, f"#{file_anchor(key)}") if key in known else Text(key))
    return tuple(words) or ""


def _figures_table(register: FigureRegister, named: Mapping[str, str]) -> Table:
    """One row for each figure, with links to its files and to what was counted."""
    known = {entry.key: place for place, entry in enumerate(register.files)}
    rows: list[tuple[Words, ...]] = []
    for entry in register.figures:
        files = _file_links(entry.files, known)
        place = f"{entry.area}, {entry.period}" if entry.area and entry.period else entry.area or entry.period
        key = named.get(entry.counted, "")
        counted: Words = (Link(key, f"#{counted_anchor(key)}"),) if key else ""
        rows.append((entry.shown, entry.what, place, counted, files, entry.figure_id))
    return Table(
        caption="Figures and where they come from",
        columns=(
            Column("Figure", width=0.75),
            Column("What it is", width=3),
            Column("Area and period", width=2.3),
            Column("Counted", width=0.6),
            Column("Files", width=0.9),
            Column("Figure id", width=4.4),
        ),
        rows=tuple(rows),
        row_anchors=tuple(figure_anchor(entry.figure_id) for entry in register.figures),
        wide=True,
    )


def _counted_table(named: Mapping[str, str]) -> Table:
    """What was counted, once for all figures that it is said of."""
    return Table(
        caption="What was counted",
        columns=(Column("Key", width=0.6), Column("What was counted", width=10)),
        rows=tuple((key, text) for text, key in named.items()),
        row_anchors=tuple(counted_anchor(key) for key in named.values()),
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

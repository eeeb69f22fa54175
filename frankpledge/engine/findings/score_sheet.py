"""The sheet of scores: written for people to fill in, and taken back with every cell that they filled.

One row per theme and criterion: theme, criterion, score, reason, evidence, confidence, scored_by.
A row without a score is open: *not scored*, which is not the same as scored 0.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from frankpledge.engine.definitions.shapes import ScoringDefinition, Theme
from frankpledge.engine.faults import NotReadable, RowFault, RowFaults

COLUMNS = ("theme", "criterion", "score", "reason", "evidence", "confidence", "scored_by")
CONFIDENCES = ("high", "medium", "low")
RULE = "rule"  # what stands in scored_by where data scored the cell
LONGEST = 2000  # characters in one cell; anything longer belongs in a paper that the cell names


@dataclass(frozen=True)
class ScoreCell:
    """One theme under one criterion. `score` is 0 to 4, or None: not scored."""

    theme: str
    criterion: str
    score: int | None = None
    reason: str = ""
    evidence: str = ""
    confidence: str = ""
    scored_by: str = ""

    @property
    def by_rule(self) -> bool:
        """Whether data scored it."""
        return self.scored_by == RULE

    @property
    def filled(self) -> bool:
        """Whether anybody wrote anything into it."""
        return self.score is not None or bool(self.reason or self.evidence or self.confidence or self.scored_by)


@dataclass(frozen=True)
class ScoreSheet:
    """All cells, in the order of themes and criteria."""

    cells: Mapping[tuple[str, str], ScoreCell] = field(default_factory=dict)

    def cell(self, theme: str, criterion: str) -> ScoreCell:
        """The cell of a theme and a criterion; an open one where the sheet has none."""
        return self.cells.get((theme, criterion), ScoreCell(theme, criterion))

    @property
    def open_cells(self) -> int:
        """How many cells are not scored."""
        return sum(cell.score is None for cell in self.cells.values())

    @property
    def by_people(self) -> int:
        """How many cells people scored."""
        return sum(cell.score is not None and not cell.by_rule for cell in self.cells.values())

    @property
    def illustrative(self) -> bool:
        """Whether some scores are marked as an illustration rather than a judgement."""
        return any("illustrative" in f"{cell.scored_by} {cell.reason}".lower() for cell in self.cells.values())


def merged(
    themes: Iterable[Theme], scoring: ScoringDefinition, ruled: Mapping[tuple[str, str], ScoreCell], filled: ScoreSheet
) -> ScoreSheet:
    """Every theme under every criterion: what people wrote stands, then what data say, else open.

    A cell that an earlier run filled by rule is worked out anew; one that a person filled is kept,
    also where a rule could have scored it.
    """
    cells: dict[tuple[str, str], ScoreCell] = {}
    for theme in themes:
        for criterion in scoring.criteria:
            place = (theme.key, criterion.key)
            written = filled.cells.get(place)
            if written is not None and written.filled and not written.by_rule:
                cells[place] = written
            else:
                cells[place] = ruled.get(place, ScoreCell(*place))
    return ScoreSheet(cells)


def sheet_text(sheet: ScoreSheet) -> str:
    """The sheet as CSV: one header line, one line per cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for cell in sheet.cells.values():
        score = "" if cell.score is None else str(cell.score)
        writer.writerow(
            (cell.theme, cell.criterion, score, cell.reason, cell.evidence, cell.confidence, cell.scored_by)
        )
    return out.getvalue()


def read_sheet(path: Path, themes: Sequence[Theme], scoring: ScoringDefinition) -> ScoreSheet:
    """Read a filled sheet.

    Raises `NotReadable` where the file is not such a sheet, and `RowFaults` with every fault and the
    line it stands on: an unknown theme or criterion, one given twice, a score that is not 0 to 4, a
    score without a reason or a name, an unknown confidence.
    """
    rows = _rows(path)
    allowed = ({theme.key for theme in themes}, {criterion.key for criterion in scoring.criteria})
    cells: dict[tuple[str, str], ScoreCell] = {}
    faults: list[RowFault] = []
    first_line: dict[tuple[str, str], int] = {}
    for line, row in rows:
        found = _faults(path.name, line, row, allowed)
        place = (row["theme"], row["criterion"])
        if not found and place in first_line:
            reason = f"this theme and criterion already stand on line {first_line[place]}"
            found = [RowFault(path.name, line, "criterion", reason, row["criterion"])]
        first_line.setdefault(place, line)
        faults += found
        if not found:
            score = int(row["score"]) if row["score"] else None
            cells[place] = ScoreCell(
                *place, score, row["reason"], row["evidence"], row["confidence"].lower(), row["scored_by"]
            )
    if faults:
        lines = "; ".join(f"line {f.line}, {f.column}: {f.reason}" for f in faults[:10])
        more = f"; and {len(faults) - 10} more" if len(faults) > 10 else ""
        raise RowFaults(
            f"The score sheet {path.name} has {len(faults)} faults: {lines}{more}.",
            "Mend these lines and give the sheet again; nothing of it has been taken.",
            tuple(faults),
        )
    return ScoreSheet(cells)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of the file with the line that each begins on."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise NotReadable(
            f"The score sheet {path.name} cannot be read.", "Give the path of a scoring.csv that 'assess' wrote."
        ) from error
    except UnicodeDecodeError as error:
        raise NotReadable(
            f"The score sheet {path.name} is not UTF-8 text.", "Save it as 'CSV UTF-8' and give it again."
        ) from error
    if "\0" in text:
        raise NotReadable(f"{path.name} holds binary data.", "Save the sheet as 'CSV UTF-8' and give it again.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        header = tuple(name.strip().lower().replace(" ", "_") for name in next(reader, []))
        if header != COLUMNS:
            raise NotReadable(
                f"{path.name} is not a score sheet: its first line must be {','.join(COLUMNS)}.",
                "Run 'assess' without --scores: it writes the sheet to fill in.",
            )
        line = reader.line_num + 1
        for values in reader:
            if any(value.strip() for value in values):
                padded = [value.strip() for value in values] + [""] * (len(COLUMNS) - len(values))
                rows.append((line, dict(zip(COLUMNS, padded, strict=False)) | {"extra": " ".join(padded[7:])}))
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotReadable(
            f"{path.name} is not well-formed CSV from line {reader.line_num}: {error}.",
            "Save the sheet again as CSV, values with commas in double quotes.",
        ) from error
    return rows


def _faults(file: str, line: int, row: Mapping[str, str], allowed: tuple[set[str], set[str]]) -> list[RowFault]:
    found: list[RowFault] = []

    def fault(column: str, reason: str) -> None:
        found.append(RowFault(file, line, column, reason, row.get(column, "")[:60]))

    for column, known in zip(("theme", "criterion"), allowed, strict=True):
        if row[column] not in known:
            fault(column, f"'{row[column][:60]}' is not one of {', '.join(sorted(known))}")
    if row["score"] not in {"", "0", "1", "2", "3", "4"}:
        fault("score", f"'{row['score'][:20]}' is not a whole number from 0 to 4, nor empty for not scored")
    elif row["score"]:
        for column, what in (("reason", "a reason"), ("scored_by", "who gave it")):
            if not row[column]:
                fault(column, f"a score needs {what}")
    if row["confidence"].lower() not in {"", *CONFIDENCES}:
        fault("confidence", f"'{row['confidence'][:20]}' is not one of {', '.join(CONFIDENCES)}")
    if any(len(row[column]) > LONGEST for column in COLUMNS):
        fault("reason", f"a cell is longer than {LONGEST} characters")
    if row["extra"].strip():
        fault("scored_by", "the line has more than seven values")
    return found

"""The scoring matrix as it stands: every theme under every criterion, with what is open."""

from __future__ import annotations

from frankpledge.engine.documents.blocks import Block, Column, Heading, Items, Notice, Paragraph, Table, Words
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.recommending import Recommendation
from frankpledge.engine.findings.score_sheet import ScoreCell, ScoreSheet
from frankpledge.engine.findings.wording.numbers import capital, decimal_text, number_of

SECTION_TITLES = {"harm": "Harm", "likelihood": "Likelihood", "organisation": "Organisational position"}
OPEN = "not scored"


def scoring_blocks(sheet: ScoreSheet, found: Recommendation, context: Context) -> list[Block]:
    """How it is scored, the matrix, and the reason behind every score."""
    blocks: list[Block] = [Paragraph(_how(found)), Items(_sections_words(context))]
    if sheet.illustrative:
        blocks.append(
            Notice(
                "Illustrative",
                "Scores by people on this sheet are examples to show the method: nobody's judgement.",
                "demonstration",
            )
        )
    blocks.append(Paragraph(_state(sheet)))
    blocks += [_matrix(section, sheet, context) for section in SECTION_TITLES]
    blocks += [Heading("Why each cell stands as it does", 3), _reasons(sheet, context)]
    blocks += [Heading("What the scores mean", 3), *_anchors(context)]
    return blocks


def _how(found: Recommendation) -> str:
    return (
        "Each cell takes 0 to 4 against words agreed beforehand. A theme's score is its harm times its likelihood, "
        "each the weighted mean of its scored cells, moved up or down by a fifth at most by organisational position, "
        "on a scale from 0 to 100. A cell that nobody has scored is open: it counts as unknown, never as 0, and the "
        "score becomes a range. The matrix is ours, to be agreed locally; it is no national standard."
    )


def _sections_words(context: Context) -> tuple[Words, ...]:
    """The criteria of each section with their weights."""
    said: list[Words] = []
    for key, title in SECTION_TITLES.items():
        criteria = [c for c in context.scoring.criteria if c.section == key]
        listed = ", ".join(
            f"{c.title[:1].lower()}{c.title[1:]} (weight {c.weight:g}{', by rule from data' if c.rule else ''})"
            for c in criteria
        )
        said.append(f"{title}: {listed}.")
    return tuple(said)


def _state(sheet: ScoreSheet) -> str:
    by_rule = sum(cell.by_rule for cell in sheet.cells.values())
    return (
        f"Of {len(sheet.cells)} cells, data scored {by_rule}, people scored {sheet.by_people} and "
        f"{sheet.open_cells} are open. The sheet scoring.csv beside this document holds them all: fill in the open "
        "ones with a score, a reason, the evidence, how confident you are and who you are, and give it back with "
        "--scores."
    )


def _matrix(section: str, sheet: ScoreSheet, context: Context) -> Table:
    """Themes down, the criteria of one section across."""
    criteria = [c for c in context.scoring.criteria if c.section == section]
    columns = (Column("Theme", width=2), *(Column(c.title, numeric=True) for c in criteria))
    rows = [(theme.title, *(_shown(sheet.cell(theme.key, c.key)) for c in criteria)) for theme in context.themes]
    return Table(
        f"{SECTION_TITLES[section]}: scores from 0 to 4",
        columns,
        tuple(rows),
        note="* scored by rule from data; “–” not scored.",
    )


def _shown(cell: ScoreCell) -> str:
    if cell.score is None:
        return "–"
    return f"{cell.score}{'*' if cell.by_rule else ''}"


def _reasons(sheet: ScoreSheet, context: Context) -> Table:
    """Every scored cell with its reason, evidence and confidence."""
    titles = {c.key: c.title for c in context.scoring.criteria}
    rows: list[tuple[Words, ...]] = []
    for theme in context.themes:
        for criterion in context.scoring.criteria:
            cell = sheet.cell(theme.key, criterion.key)
            if cell.score is None and not cell.filled:
                continue
            score = OPEN if cell.score is None else str(cell.score)
            rows.append(
                (
                    theme.title,
                    titles[criterion.key],
                    score,
                    _evidence(cell, context),
                    cell.confidence or "–",
                    cell.scored_by or "–",
                )
            )
    columns = (
        Column("Theme", width=1.5),
        Column("Criterion", width=1.3),
        Column("Score", numeric=True, width=0.6),
        Column("Reason and evidence", width=3),
        Column("Confidence", width=0.9),
        Column("Scored by", width=1.2),
    )
    return Table("The reason behind each score", columns, tuple(rows), wide=True)


def _evidence(cell: ScoreCell, context: Context) -> Words:
    """The reason, and for a rule's cell the way to its figure; a person's evidence as written."""
    reason = f"{capital(cell.reason)}." if cell.reason and not cell.reason.endswith(".") else cell.reason
    if cell.by_rule or not cell.evidence:
        return reason
    return f"{reason} Evidence: {cell.evidence}"


def _anchors(context: Context) -> list[Block]:
    """The words that each score is held against."""
    columns = (Column("Criterion", width=1.4), *(Column(str(score), width=1.5) for score in range(5)))
    rows = []
    for criterion in context.scoring.criteria:
        words = {anchor.score: anchor.words for anchor in criterion.anchors}
        rows.append((criterion.title, *(words.get(score, "–") for score in range(5))))
    return [Table("Anchors of the scores", columns, tuple(rows), wide=True)]


def score_words(found: Recommendation, index: int) -> str:
    """A theme's score, or its range while cells are open."""
    score = found.scores.themes[index]
    if score.estimate is None:
        return f"open ({decimal_text(score.lower, 0)} to {decimal_text(score.upper, 0)})"
    if not score.open_cells:
        return decimal_text(score.estimate, 0)
    return f"{decimal_text(score.estimate, 0)} ({decimal_text(score.lower, 0)} to {decimal_text(score.upper, 0)})"


def open_words(count: int) -> str:
    """How many cells are open."""
    return f"{number_of(count, 'cell')} {'is' if count == 1 else 'are'} open"

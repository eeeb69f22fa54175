"""Recommended priorities, how far they hold, and what was considered and not chosen."""

from __future__ import annotations

from frankpledge.engine.documents.blocks import Block, Column, Heading, Notice, Paragraph, Table, Words
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.recommending import Recommendation
from frankpledge.engine.findings.score_sheet import ScoreSheet
from frankpledge.engine.findings.sections.scoring import score_words
from frankpledge.engine.findings.wording.numbers import capital, listed, small_number


def priority_blocks(sheet: ScoreSheet, found: Recommendation, context: Context) -> list[Block]:
    """The recommendation first, then how far it depends on open cells and weights, then the others."""
    if not found.order:
        return [
            Notice(
                "No recommendation",
                "No theme has a score for likelihood, so none can be put before another. Import more months, or fill "
                "in scoring.csv and give it back with --scores.",
                "warning",
            )
        ]
    names = [found.themes[i].title for i in found.recommended]
    blocks: list[Block] = [Paragraph(_lead(found, names), "lead"), Paragraph(_depends(found))]
    if found.provisional:
        blocks.insert(
            0,
            Notice(
                "Provisional",
                "Nobody has scored harm yet, so this order follows likelihood alone, with every open harm cell taken "
                "as the middle score. It must not be adopted as it stands.",
                "warning",
            ),
        )
    if sheet.illustrative:
        blocks.insert(0, Notice("Illustrative", "Follows from example scores: nobody's judgement.", "demonstration"))
    blocks.append(_table(found))
    rest = [i for i in range(len(found.themes)) if i not in found.recommended]
    if rest:
        blocks += [Heading("Considered and not chosen", 3), _others(found, rest, sheet, context)]
    return blocks


def _lead(found: Recommendation, names: list[str]) -> str:
    verb = "is put first" if len(names) == 1 else "are put first"
    what = "By likelihood alone" if found.provisional else "By score"
    return f"{what}, {listed([_lower(name) for name in names])} {verb}."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _depends(found: Recommendation) -> str:
    """How far the recommendation rests on open cells and on the weights."""
    if not found.open_cells:
        opening = "Every cell is scored, so the order rests on the scores and the weights alone. "
    elif found.certain:
        sure = listed([_lower(found.themes[i].title) for i in found.certain])
        opening = (
            f"{capital(small_number(found.open_cells))} of {found.all_cells} cells are open. However they are filled, "
            f"{sure} would stay among the first {small_number(found.chosen)}; the others could change places. "
        )
    else:
        opening = (
            f"{capital(small_number(found.open_cells))} of {found.all_cells} cells are open. Depending on how they are "
            "filled, any of the recommended themes could drop out: none is certain. "
        )
    return opening + _stability(found)


def _stability(found: Recommendation) -> str:
    weights, fills = found.stability.weights.same_top, found.stability.fills.same_top
    said = ""
    if weights is not None:
        said = (
            f"The same {small_number(found.chosen)} come first under {_share(weights)} of plausible weights (each "
            "weight varied by up to half, up and down)"
        )
    if fills is not None and found.open_cells:
        said += f", and under {_share(fills)} of random ways to fill the open cells"
    return f"{said}." if said else ""


def _share(value: float) -> str:
    if 0 < value < 0.005:
        return "less than 1 per cent"
    return f"{round(100 * value)} per cent"


def _table(found: Recommendation) -> Table:
    """Recommended themes with their score, the places that open cells leave, and how often they stay."""
    rows: list[tuple[Words, ...]] = []
    for place, index in enumerate(found.recommended, start=1):
        score = found.scores.themes[index]
        stays = found.stability.both.in_top[index] if found.open_cells else found.stability.weights.in_top[index]
        rows.append(
            (
                str(place),
                found.themes[index].title,
                score_words(found, index),
                _places(score.rank_best, score.rank_worst),
                _share(stays),
            )
        )
    columns = (
        Column("Place", numeric=True, width=0.6),
        Column("Theme", width=2.2),
        Column("Score", numeric=True, width=1.2),
        Column("Places possible", numeric=True),
        Column(f"Stays in the first {small_number(found.chosen)} under", numeric=True, width=1.6),
    )
    return Table(
        "Recommended priorities",
        columns,
        tuple(rows),
        row_headers=False,
        note="Score from 0 to 100, with its range over every way to fill the open cells; last column: share of draws "
        "that vary the weights and fill the open cells.",
    )


def _places(best: int, worst: int) -> str:
    return str(best) if best == worst else f"{best} to {worst}"


def _others(found: Recommendation, rest: list[int], sheet: ScoreSheet, context: Context) -> Table:
    """Themes that were not chosen, with the reason."""
    ordered = sorted(rest, key=lambda i: found.order.index(i) if i in found.order else len(found.order) + i)
    rows = [(found.themes[i].title, score_words(found, i), _reason(found, i, sheet, context)) for i in ordered]
    columns = (Column("Theme", width=1.6), Column("Score", numeric=True), Column("Why not", width=3))
    return Table("Why these themes were not chosen", columns, tuple(rows))


def _reason(found: Recommendation, index: int, sheet: ScoreSheet, context: Context) -> str:
    score, theme = found.scores.themes[index], found.themes[index]
    if index not in found.order:
        return "No cell of its likelihood is scored: no data are held, so it was not compared. That is a gap, not a no."
    lowest = sorted(
        (
            (c.title, sheet.cell(theme.key, c.key).score)
            for c in context.scoring.criteria
            if c.section != "organisation"
        ),
        key=lambda found: 9 if found[1] is None else found[1],
    )[:2]
    low = listed([f"{_lower(title)} ({value})" for title, value in lowest if value is not None and value <= 1])
    said = f"Its score is below those chosen{f'; lowest on {low}' if low else ''}."
    if score.rank_best <= found.chosen and score.open_cells:
        said += " Open cells could still bring it in."
    return said

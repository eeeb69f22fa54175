"""Gaps in what we know: what is missing, why it matters, and the step that would close it."""

from __future__ import annotations

from itertools import pairwise

from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.documents.blocks import Block, Column, Paragraph, Table, Words
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.deprivation import deprivation_of
from frankpledge.engine.findings.readings import Readings
from frankpledge.engine.findings.recommending import Recommendation
from frankpledge.engine.findings.wording.numbers import count_text
from frankpledge.engine.findings.wording.spans import months_text, runs_of

Gap = tuple[str, str, str]


def gap_blocks(readings: Readings, found: Recommendation, context: Context) -> list[Block]:
    """One table of gaps, the closable ones with their command."""
    gaps: list[Gap] = [*_months(context), *_files(readings, context), *_always(context)]
    if found.open_cells:
        gaps.append(
            (
                f"{count_text(found.open_cells)} cells of the scoring matrix",
                "The recommended priorities depend on them",
                "Fill in scoring.csv and run 'assess' again with --scores",
            )
        )
    rows: tuple[tuple[Words, ...], ...] = tuple(gaps)
    columns = (
        Column("What is not known", width=1.8),
        Column("Why it matters", width=2.2),
        Column("What would close the gap", width=2.2),
    )
    return [
        Paragraph("What follows is not known here. Each line says what would change that."),
        Table("Gaps in what we know", columns, rows),
    ]


def _months(context: Context) -> list[Gap]:
    """Months of the window, and runs between months held, without a file."""
    missing = set(context.window.months) - set(context.held)
    runs = runs_of(context.held)
    for gap in (Period(a.last + 1, b.first - 1) for a, b in pairwise(runs)):
        missing |= set(gap.months)
    if not missing:
        return []
    return [
        (
            f"Incidents of {months_text(missing)}",
            "No total, trend or season reaches across months without a file",
            "Download these months and run 'frankpledge import police-uk FOLDER'",
        )
    ]


def _files(readings: Readings, context: Context) -> list[Gap]:
    """Kinds of file that are not held and what each would add."""
    gaps: list[Gap] = []
    if not any(evidence.official for evidence in readings.evidences):
        gaps.append(
            (
                "Official yearly counts",
                "They split burglary, robbery and violence, and give every similar partnership's rate",
                "Run 'frankpledge import ons-csp-crime FILE' with Table C2 of the Office for National Statistics",
            )
        )
    if not any(e.measure.numerator.sources == ("incidents",) and e.known for e in readings.evidences):
        gaps.append(
            (
                "Domestic abuse, hate crime, alcohol and vulnerable people, and the hours of the day",
                "Police open data carry no such marks and no time",
                "Run 'frankpledge import incidents FILE' with a partner's own list",
            )
        )
    if deprivation_of(context) is None and context.partnership.nation == "england":
        gaps.append(
            (
                "Deprivation by small area",
                "Shows where disadvantage and crime coincide",
                "Run 'frankpledge import imd FILE'",
            )
        )
    return gaps


def _always(context: Context) -> list[Gap]:
    """What recorded crime can never tell."""
    weighed = context.ws.store.has("severity-weights")
    return [
        (
            "Crime that nobody reported",
            "Most domestic and sexual violence, and much shop theft, never reaches the police",
            "Local surveys; hospital, ambulance and helpline counts",
        ),
        (
            "Harm",
            "A count treats a stolen bicycle and a stabbing alike; open police data cannot be weighed, because one "
            "type joins slight and grave offences",
            "Offence-level counts from the police would narrow the range shown"
            if weighed
            else "Run 'frankpledge import severity-weights FILE': with official counts by group, harm is shown as a "
            "range",
        ),
        (
            "Victims and offenders: who, how often, how old",
            "Repeat harm to few people is what partners can prevent best",
            "The police analyst's own figures, without names",
        ),
    ]

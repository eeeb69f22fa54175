"""What people said and what the last plan did: data cannot know, so the section says who must add it."""

from __future__ import annotations

from frankpledge.engine.documents.blocks import Block, Column, Notice, Paragraph, Table
from frankpledge.engine.findings.context import Context


def people_blocks(context: Context) -> list[Block]:
    """The parts that the Regulations ask for and that no file of incidents holds, with who can supply each."""
    regulations = "SI 2007/3076" if context.partnership.nation == "wales" else "SI 2007/1830"
    columns = (
        Column("What the assessment must say", width=2.2),
        Column("What to add here", width=2.6),
        Column("Who can supply it", width=1.8),
    )
    rows = (
        (
            "What people who live and work in the area think should come first (reg 7(e))",
            "Results of this year's surveys, ward panels and the yearly public meeting: how many took part, from which "
            "groups and places, what they named, and who was not heard",
            "Community engagement leads of the councils and the police; housing providers",
        ),
        (
            "How far last year's plan was carried out (reg 7(f))",
            "Each action of the plan: done, under way or dropped, with its measure, its result and what was learned",
            "The owner of each action; the partnership's manager",
        ),
        (
            "Re-offending and substance misuse (reg 7(a))",
            "Re-offending of adults and young people; people in treatment; drug and alcohol deaths and admissions",
            "Probation; youth justice service; public health; the integrated care board or local health board",
        ),
        (
            "Why levels changed (reg 7(c))",
            "What partners know behind each change on the first page: operations, closures, new services, recording",
            "The officers who work on each theme",
        ),
        (
            "Matters for the county strategy group (reg 7(g))",
            "What only the county can settle, where the area has a county above it",
            "The strategy group",
        ),
    )
    return [
        Notice(
            "To be added by people",
            "No file of incidents can answer these. Until they are added the assessment is incomplete under "
            f"{regulations}.",
            "warning",
        ),
        Paragraph("What must be added, and who can add it:"),
        Table("What this assessment still lacks", columns, rows, row_headers=True),
    ]

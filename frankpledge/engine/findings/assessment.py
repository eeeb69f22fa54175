"""The strategic assessment: from a store and a month to a document in which every number has a source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from frankpledge.engine.definitions.areas import Partnership
from frankpledge.engine.definitions.periods import Period, month_words
from frankpledge.engine.documents.blocks import Block, Document, Finding, PageBreak, Paragraph, Section, figures_in
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.findings.claims import Claim
from frankpledge.engine.findings.context import Context, report_of, scoring_of
from frankpledge.engine.findings.ledger import Ledger
from frankpledge.engine.findings.ranking import ranked
from frankpledge.engine.findings.readings import Readings, read
from frankpledge.engine.findings.recommending import recommend
from frankpledge.engine.findings.score_rules import ruled_cells
from frankpledge.engine.findings.score_sheet import ScoreSheet, merged, read_sheet
from frankpledge.engine.findings.sections.area import area_blocks
from frankpledge.engine.findings.sections.coverage import coverage_blocks
from frankpledge.engine.findings.sections.gaps import gap_blocks
from frankpledge.engine.findings.sections.harm import harm_section
from frankpledge.engine.findings.sections.method import method_blocks
from frankpledge.engine.findings.sections.people import people_blocks
from frankpledge.engine.findings.sections.priorities import priority_blocks
from frankpledge.engine.findings.sections.published import published_section
from frankpledge.engine.findings.sections.quality import quality_blocks
from frankpledge.engine.findings.sections.register import register_of
from frankpledge.engine.findings.sections.scoring import scoring_blocks
from frankpledge.engine.findings.sections.summary import summary_findings
from frankpledge.engine.findings.sections.theme import theme_section
from frankpledge.engine.measures.monthly import held_period, monthly
from frankpledge.engine.measures.results import MeasureResult
from frankpledge.engine.measures.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Assessment:
    """A finished assessment. `figures` holds every figure shown or claimed, by id."""

    partnership: Partnership
    through: int
    document: Document
    opening: tuple[Finding, ...]
    figures: Mapping[str, MeasureResult]
    claims: tuple[Claim, ...]
    score_sheet: ScoreSheet

    @property
    def sections(self) -> Mapping[str, Section]:
        """The sections by key."""
        return {section.key: section for section in self.document.sections}


def assess(
    ws: Workspace, partnership: Partnership, through: int, *, day: date, scores: Path | None = None
) -> Assessment:
    """Write the assessment of a partnership for the twelve months that end with `through`.

    `day` is printed on it. `scores` is a filled scoring.csv. Raises `NotPossible` where no month of
    the area is held up to `through`, and `RowFaults` or `NotReadable` for a faulty score sheet.
    """
    context = make_context(ws, partnership, through, day)
    filled = read_sheet(scores, context.themes, context.scoring) if scores is not None else ScoreSheet()
    readings = read(context)
    sheet = merged(context.themes, context.scoring, ruled_cells(readings, context), filled)
    opening = summary_findings(ranked(readings, sheet, context), context)
    sections = _sections(context, readings, sheet, opening)
    shown = figures_in((*opening, *(block for section in sections for block in section.blocks)))
    figures = context.ledger.figures_for(shown)
    sections = tuple(_with_register(section, figures, context) for section in sections)
    return Assessment(
        partnership=partnership,
        through=through,
        document=_document(context, sections),
        opening=opening,
        figures=figures,
        claims=context.ledger.claims,
        score_sheet=sheet,
    )


def make_context(ws: Workspace, partnership: Partnership, through: int, day: date) -> Context:
    """The context of an assessment. Raises `NotPossible` where nothing is held to assess."""
    report = report_of(ws.definitions)
    lead = ws.definitions.measure(report.themes[0].lead.partition(":")[2])
    held = held_period(lead, partnership.key, ws)
    months: tuple[int, ...] = ()
    synthetic = False
    if held is not None and held.first <= through:
        series = monthly(lead, partnership.key, ws, Period(held.first, min(held.last, through)))
        months = series.known_months
        synthetic = series.provenance.origin == "synthetic"
    if not months:
        raise NotPossible(
            f"Nothing is held of {partnership.name} up to {month_words(through)}, so there is nothing to assess.",
            f"Download the months of {_force_name(ws, partnership)} from data.police.uk and run "
            "'frankpledge import police-uk FOLDER'.",
        )
    return Context(
        ws=ws,
        partnership=partnership,
        through=through,
        day=day,
        report=report,
        scoring=scoring_of(ws.definitions),
        held=months,
        synthetic=synthetic,
        ledger=Ledger(),
    )


def _force_name(ws: Workspace, partnership: Partnership) -> str:
    force = ws.areas.forces.get(partnership.force)
    return force.name if force is not None else partnership.force


def _sections(
    context: Context, readings: Readings, sheet: ScoreSheet, opening: tuple[Finding, ...]
) -> tuple[Section, ...]:
    """Every section in the order of the report; themes follow their own heading."""
    recommendation = recommend(context.themes, context.scoring, sheet)
    written: dict[str, Sequence[Block]] = {
        "summary": _one_page(opening),
        "coverage": coverage_blocks(readings, context),
        "area": area_blocks(context),
        "themes": (),
        "people-and-plan": people_blocks(context),
        "data-quality": quality_blocks(context),
        "scoring": scoring_blocks(sheet, recommendation, context),
        "priorities": priority_blocks(sheet, recommendation, context),
        "gaps": gap_blocks(readings, recommendation, context),
        "method": method_blocks(context),
        "register": (),
    }
    sections: list[Section] = []
    for part in context.report.sections:
        if part.key not in written:
            continue
        intro: tuple[Block, ...] = (Paragraph(part.intro, "lead"),) if part.intro else ()
        sections.append(Section(part.key, part.title, (*intro, *written[part.key])))
        if part.key == "themes":
            sections += [theme_section(evidence, readings, context) for evidence in readings.evidences]
            sections += [s for s in (published_section(context), harm_section(context)) if s is not None]
    return tuple(sections)


def _one_page(opening: tuple[Finding, ...]) -> tuple[Block, ...]:
    """The findings without their charts, which stand in the themes: five fit one page of paper."""
    return (*(replace(finding, chart=None) for finding in opening), PageBreak())


def _with_register(section: Section, figures: Mapping[str, MeasureResult], context: Context) -> Section:
    if section.key != "register":
        return section
    return Section(section.key, section.title, (*section.blocks, register_of(figures, context.ws)), section.group)


def _document(context: Context, sections: tuple[Section, ...]) -> Document:
    notice = ""
    if context.synthetic:
        notice = "Yearly counts are as published; incidents and people are invented."
    return Document(
        title=f"Strategic assessment: {context.place}",
        subtitle=f"Crime and disorder in the twelve months to {month_words(context.through)}",
        author=f"{context.place} community safety partnership",
        day=f"{context.day.day} {month_words(context.day.year * 12 + context.day.month - 1)}",
        sections=sections,
        marking="OFFICIAL",
        origin_notice=notice,
        licence="Contains public sector information licensed under the Open Government Licence v3.0.",
        keywords=("strategic assessment", "community safety", context.place),
    )

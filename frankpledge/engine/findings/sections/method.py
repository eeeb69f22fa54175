"""How it was done: tests, false alarms, peers, intervals, sources and licences."""

from __future__ import annotations

from frankpledge.engine.documents.blocks import Block, Column, Heading, Items, Paragraph, Table
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import CHANGES, OFFICIAL_CHANGES, SEASONS, TRENDS
from frankpledge.engine.findings.places import DISTRICTS, PLACES
from frankpledge.engine.measures.peers import ALIKE

METHODS = (
    "Change. Like months are set beside like months, because crime follows the season. Where months are counted "
    "from supplied rows, a quasi-Poisson test allows for how much months vary beyond counting chance. Where counts "
    "are known by the year only, or rows are invented, the exact test of two counts is used: it covers counting "
    "chance only.",
    "Many tests. Where many things are tested, some differ by chance. The rate of false discoveries is held at 5 "
    "per cent (Benjamini and Hochberg 1995) within each family: {families}.",
    "Trend. A quasi-Poisson line beside months of the year over the longest stretch of months without a gap or a "
    "known change in recording, from 24 months on; Kendall's tau with the Theil-Sen slope from 12 to 23; none below.",
    "Season. An F test of the twelve months beside a trend; it needs 24 months in a row.",
    "Peers. {alike} A rate is called higher or lower only outside 95 per cent funnel limits that allow for how much "
    "peers differ anyway (Spiegelhalter 2005), and stands on the first page only outside 99.8 per cent limits. No "
    "place is stated among fewer than four.",
    "Places. Counts by small area are tested against an even spread (index of dispersion). The highest and lowest "
    "district are compared month by month, and the test allows for having picked that pair.",
    "Intervals. Counts and rates carry Byar's 95 per cent interval, shares Wilson's: what chance alone would allow.",
    "Small numbers. Below ten no percentage is shown; below five on both sides nothing is tested.",
    "Importance. Findings on the first page are ordered by how far a change or a difference lies beyond chance, "
    "times the volume and harm of the theme; the whole rule stands in the program's module 'ranking'.",
    "No total of twelve months, no rolling year and no yearly rate is ever made from fewer than twelve months.",
)


def method_blocks(context: Context) -> list[Block]:
    """Methods, then the sources held with licence and caveats."""
    families = "; ".join((CHANGES, OFFICIAL_CHANGES, TRENDS, SEASONS, PLACES, DISTRICTS))
    methods = tuple(text.format(families=families, alike=ALIKE) for text in METHODS)
    blocks: list[Block] = [Heading("How it was done", 3), Items(methods), Heading("Sources", 3)]
    held = _sources_held(context)
    if held:
        blocks.append(_sources_table(held, context))
    blocks.append(
        Paragraph(
            "Areas, residents, households and land: "
            + "; ".join(f"{s.title} ({s.source})" for s in context.ws.areas.sources.values())
            + ".",
            "small",
        )
    )
    rules = tuple(context.ws.definitions.breaks.values())
    if rules:
        columns = (Column("From", width=0.9), Column("What changed", width=3), Column("Certainty", width=1.1))
        rows = tuple(
            (f"{b.on:%B %Y}", f"{b.title}. {b.effect}", b.certainty) for b in sorted(rules, key=lambda b: b.on)
        )
        blocks += [Heading("Known changes in recording", 3), Table("No trend is drawn across these", columns, rows)]
    return blocks


def _sources_held(context: Context) -> list[str]:
    """Keys of the sources from which anything is held, in order."""
    found: dict[str, None] = {}
    for dataset in ("incidents", "counts", "outcomes", "stops", "area-facts"):
        for part in context.ws.store.manifest(dataset).parts:
            found.setdefault(part.source)
    return list(found)


def _sources_table(held: list[str], context: Context) -> Table:
    known = context.ws.definitions.sources
    rows = tuple(
        (
            known[key].title if key in known else key,
            known[key].publisher if key in known else "–",
            known[key].licence if key in known else "–",
            " ".join(known[key].caveats) if key in known else "–",
        )
        for key in held
    )
    columns = (
        Column("Source", width=1.6),
        Column("Published by", width=1.2),
        Column("Licence", width=1.2),
        Column("To bear in mind", width=3.2),
    )
    return Table("What was imported", columns, rows, wide=True)

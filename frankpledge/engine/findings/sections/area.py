"""The area and its people, from the tables that the project ships and what the user imported."""

from __future__ import annotations

from frankpledge.engine.definitions.areas_shapes import AGE_BANDS
from frankpledge.engine.documents.blocks import Block, Column, Heading, Items, Paragraph, Table, Words
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.deprivation import deprivation_of
from frankpledge.engine.findings.wording.numbers import capital, count_text, decimal_text, listed, number_of
from frankpledge.engine.measures.peers import ALIKE, LIMITS, most_similar_partnerships

CENSUS = "Source: Office for National Statistics, Census 2021; land area worked out from generalised boundaries."


def area_blocks(context: Context) -> list[Block]:
    """Residents, households, density, ages, districts, deprivation where imported, and the peers."""
    areas, partnership = context.ws.areas, context.partnership
    residents, households = areas.residents(partnership), areas.households(partnership)
    hectares = areas.hectares(partnership)
    districts = areas.districts_of(partnership)
    names = listed([district.name for district in districts])
    blocks: list[Block] = [
        Paragraph(
            f"{context.place} is made of {number_of(len(districts), 'district')}: {names}."
            if len(districts) > 1
            else f"{context.place} covers the district of {names}."
        )
    ]
    if residents > 0 and hectares > 0 and households > 0:
        blocks.append(
            Paragraph(
                f"It has {count_text(residents)} residents in {count_text(households)} households, "
                f"{decimal_text(residents / households)} to a household, on about {count_text(hectares / 100)} square "
                f"kilometres: {count_text(100 * residents / hectares)} residents to the square kilometre."
            )
        )
    blocks += [_districts(context), _ages(context), *_deprivation(context)]
    return [*blocks, *_peers(context)]


def _source(context: Context) -> str:
    if context.partnership.origin == "synthetic":
        return "Source: the demonstration's own tables; see its story of what is real and what is invented."
    return CENSUS


def _districts(context: Context) -> Table:
    rows: list[tuple[Words, ...]] = []
    for district in context.ws.areas.districts_of(context.partnership):
        rows.append(
            (
                district.name,
                count_text(district.residents),
                count_text(district.households),
                count_text(district.hectares / 100),
                count_text(100 * district.residents / district.hectares),
            )
        )
    columns = (
        Column("District", width=1.6),
        Column("Residents", numeric=True),
        Column("Households", numeric=True),
        Column("Square kilometres", numeric=True),
        Column("Residents per square kilometre", numeric=True),
    )
    return Table("The districts", columns, tuple(rows), source=_source(context))


def _ages(context: Context) -> Table:
    ages = context.ws.areas.population_by_age(context.partnership)
    total = sum(ages.values())
    rows = [
        (band.replace("-", " to "), count_text(ages[band]), f"{100 * ages[band] / total:.0f}%" if total else "–")
        for band in AGE_BANDS
    ]
    columns = (Column("Age"), Column("Residents", numeric=True), Column("Share", numeric=True))
    return Table("Residents by age", columns, tuple(rows), source=_source(context))


def _deprivation(context: Context) -> list[Block]:
    """Small areas by national tenth of deprivation; what importing would add where there is none."""
    found = deprivation_of(context)
    if context.partnership.origin == "synthetic":
        return []
    if found is None:
        nation = context.partnership.nation
        text = "Deprivation by small area is not held. "
        text += (
            "Importing the English Indices of Deprivation (frankpledge import imd FILE) would show where "
            "disadvantage and crime coincide."
            if nation == "england"
            else "The English indices do not cover Wales, and the Welsh index cannot be compared with them."
        )
        return [Paragraph(text)]
    rows = [(f"{tenth}" + (" (most deprived)" if tenth == 1 else " (least deprived)" if tenth == 10 else ""),
             count_text(found.by_tenth.get(tenth, 0))) for tenth in range(1, 11)]  # fmt: skip
    first = found.by_tenth.get(1, 0)
    verb = "is" if first == 1 else "are"
    return [
        Paragraph(
            f"{capital(number_of(first, 'small area'))} of {count_text(found.areas)} {verb} among the tenth most "
            "deprived in the country."
        ),
        Table(
            f"Small areas by national tenth of deprivation, {found.as_at}",
            (Column("Tenth", width=2), Column("Small areas", numeric=True)),
            tuple(rows),
            source="Source: English Indices of Deprivation, as imported.",
        ),
    ]


def _peers(context: Context) -> list[Block]:
    """The partnerships most alike, with how they were chosen."""
    if context.partnership.origin == "synthetic":
        return []
    chosen = most_similar_partnerships(context.partnership, context.ws.areas)
    if not chosen:
        return []
    names = [partnership.name for partnership, _ in chosen]
    return [
        Heading("The most similar partnerships", 3),
        Paragraph(f"Nearest first: {listed(names)}."),
        Paragraph(f"How they were chosen: {ALIKE[:1].lower()}{ALIKE[1:]}"),
        Items(LIMITS),
    ]

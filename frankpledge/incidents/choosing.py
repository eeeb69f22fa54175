"""The list of partnerships, found by any name that people know them by and grouped for the eye."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from frankpledge.engine.definitions.area_names import slug
from frankpledge.engine.definitions.areas import Areas, Partnership
from frankpledge.engine.measures.workspace import Workspace
from frankpledge.incidents.loading import SOURCE

MOST_WITHOUT_LETTERS = 30  # a list that the eye takes in at once
NATIONS = {"england": "England", "wales": "Wales"}


@dataclass(frozen=True)
class AreaLine:
    """One partnership in the list."""

    key: str
    name: str
    force: str
    districts: str  # only where the partnership is more than one of them


@dataclass(frozen=True)
class AreaGroup:
    """Partnerships under one heading: a letter, or a force."""

    anchor: str
    heading: str
    nation: str
    areas: tuple[AreaLine, ...]


def area_list(workspace: Workspace, words: str, view: str) -> dict[str, Any]:
    """What the list page shows: the areas found for the words, grouped, and those whose data are in."""
    areas = workspace.areas
    found = matching(areas, words)
    coming_from = {
        part.supplier for part in workspace.store.manifest("incidents").parts if part.source == SOURCE and part.month
    }
    return {
        "words": words,
        "view": view,
        "total": len(published(areas)),
        "found": len(found),
        "groups": _grouped(areas, found, view if not words or len(found) > MOST_WITHOUT_LETTERS else "one"),
        "held": tuple(_line(areas, p) for p in found if p.force in coming_from),
    }


def _grouped(areas: Areas, found: tuple[Partnership, ...], view: str) -> tuple[AreaGroup, ...]:
    if view == "one":
        return (AreaGroup("found", "", "", tuple(_line(areas, p) for p in found)),)
    return by_force(areas, found) if view == "force" else by_letter(areas, found)


def published(areas: Areas) -> tuple[Partnership, ...]:
    """The partnerships in force, by name."""
    return areas.partnerships_of("published")


def matching(areas: Areas, words: str) -> tuple[Partnership, ...]:
    """Partnerships of which a name, a district (past or present) or the force holds the words; all, if none given."""
    wanted = slug(words)
    return tuple(p for p in published(areas) if not wanted or any(wanted in name for name in _names(areas, p)))


def by_letter(areas: Areas, found: tuple[Partnership, ...]) -> tuple[AreaGroup, ...]:
    """Groups A to Z."""
    return tuple(
        AreaGroup(f"letter-{letter}", letter.upper(), "", tuple(_line(areas, p) for p in members))
        for letter, members in groupby(found, key=lambda p: slug(p.name)[:1])
    )


def by_force(areas: Areas, found: tuple[Partnership, ...]) -> tuple[AreaGroup, ...]:
    """Groups by police force, England before Wales."""
    order = sorted(found, key=lambda p: (p.nation, areas.forces[p.force].name, slug(p.name)))
    return tuple(
        AreaGroup(f"force-{force}", areas.forces[force].name, NATIONS[nation], tuple(_line(areas, p) for p in members))
        for (nation, force), members in groupby(order, key=lambda p: (p.nation, p.force))
    )


def _line(areas: Areas, partnership: Partnership) -> AreaLine:
    districts = [d.name for d in areas.districts_of(partnership)]
    shown = ", ".join(districts) if len(districts) > 1 else ""
    return AreaLine(partnership.key, partnership.name, areas.forces[partnership.force].name, shown)


def _names(areas: Areas, partnership: Partnership) -> tuple[str, ...]:
    force = areas.forces[partnership.force]
    former = (slug(f.name) for f in areas.former.values() if f.successor in partnership.districts)
    districts = (slug(d.name) for d in areas.districts_of(partnership))
    return (partnership.key, slug(partnership.name), *partnership.aliases, *districts, *former, *map(slug, force.names))

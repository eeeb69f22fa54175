"""The area that a figure is of: a partnership, one of its districts, a small area or a whole force."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from frankpledge.engine.definitions.areas import Areas, Partnership
from frankpledge.engine.faults import UsageFault

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace

PlaceKind = Literal["partnership", "district", "lsoa", "force"]
_LSOA = re.compile(r"^[EW]01\d{6}$")
CENSUS = "Census of March 2021"
INVENTED = "the demonstration's own table of areas"
FORCE_PREFIX = "force-"  # several forces share their name with a partnership


@dataclass(frozen=True)
class Place:
    """An area and what decides which rows are its own.

    `districts` are codes in force and former; `force` is the slug whose police rows count;
    `partnership` is the one whose rows are read together; `count_codes` are the area codes that add
    up to it in yearly tables. `residents` and `households` are None where none is held;
    `people_source` says what they come from.
    """

    key: str
    name: str
    kind: PlaceKind
    force: str
    nation: str
    districts: tuple[str, ...]
    partnership: str | None
    lsoa: str | None
    count_codes: tuple[str, ...]
    residents: int | None
    households: int | None
    people_source: str = CENSUS

    @property
    def scope(self) -> tuple[str, str]:
        """The rows that are read together to count this place."""
        if self.partnership:
            return "small-areas" if self.lsoa else "partnership", self.partnership
        return "force", self.force


def find_place(area: str, ws: Workspace) -> Place:
    """The place that a word means: partnership key or alias, district code, LSOA code, force slug.

    A force is also `force-SLUG`, which tells it from a partnership of the same name. Raises
    `UsageFault` for anything else.
    """
    areas = ws.areas
    if area in areas.partnerships:
        return _of_partnership(areas.partnerships[area], areas)
    code = area.upper()
    current = areas.current_code(code)
    if current is not None:
        return _of_district(current, areas)
    if _LSOA.match(code) or any(code.startswith(f"{district}-") for district in areas.districts):
        return _of_lsoa(code, ws)
    slug = area.removeprefix(FORCE_PREFIX)
    if slug in areas.forces:
        return _of_force(slug, areas)
    return _of_partnership(areas.partnership(area), areas)


def _codes_over_time(current: str, areas: Areas) -> tuple[str, ...]:
    former = (f.code for f in areas.former.values() if f.successor == current)
    return (current, *sorted(former))


def _of_partnership(partnership: Partnership, areas: Areas) -> Place:
    return Place(
        key=partnership.key,
        name=partnership.name,
        kind="partnership",
        force=partnership.force,
        nation=partnership.nation,
        districts=tuple(sorted(areas.district_codes_over_time(partnership))),
        partnership=partnership.key,
        lsoa=None,
        count_codes=partnership.c2_codes or (partnership.key,),
        residents=areas.residents(partnership),
        households=areas.households(partnership),
        people_source=INVENTED if partnership.origin == "synthetic" else CENSUS,
    )


def _of_district(code: str, areas: Areas) -> Place:
    district = areas.districts[code]
    return Place(
        key=code,
        name=district.name,
        kind="district",
        force=district.force,
        nation=district.nation,
        districts=_codes_over_time(code, areas),
        partnership=district.partnership,
        lsoa=None,
        count_codes=(code,),
        residents=district.residents,
        households=district.households,
        people_source=INVENTED if areas.partnerships[district.partnership].origin == "synthetic" else CENSUS,
    )


def _of_force(slug: str, areas: Areas) -> Place:
    force = areas.forces[slug]
    inside = areas.districts_of_force(slug)
    return Place(
        key=FORCE_PREFIX + slug,
        name=force.name,
        kind="force",
        force=slug,
        nation=force.nation,
        districts=(),
        partnership=None,
        lsoa=None,
        count_codes=(force.code,) if force.code else (),
        residents=sum(d.residents for d in inside) or None,
        households=sum(d.households for d in inside) or None,
    )


def _of_lsoa(code: str, ws: Workspace) -> Place:
    named = _named_in_rows(code, ws)
    district = _of_district(ws.areas.current_code(named.district) or named.district, ws.areas)
    return lsoa_place(code, named.name, district, ws)


def lsoa_place(code: str, name: str, district: Place, ws: Workspace) -> Place:
    """A small area within a district, with its residents where LSOA populations were imported."""
    return replace(
        district,
        key=code,
        name=name or code,
        kind="lsoa",
        lsoa=code,
        count_codes=(),
        residents=_area_fact(code, "residents", ws),
        households=_area_fact(code, "households", ws),
    )


@dataclass(frozen=True)
class _Named:
    name: str
    district: str


_names: dict[tuple[str, str, str], _Named] = {}


def _named_in_rows(code: str, ws: Workspace) -> _Named:
    """The name and district that imported rows give to a small area; kept until the snapshot changes."""
    key = (str(ws.store.root), ws.store.manifest("incidents").snapshot, code)
    if key not in _names:
        rows = ws.store.scan("incidents")
        held = rows.filter(rows.lsoa_code == code, rows.district.notnull())
        named = ws.store.run(held.group_by(["lsoa_name", "district"]).agg(n=held.count())).to_pylist()
        if not named:
            raise UsageFault(
                f"No imported row lies in the small area {code}.", "Check the code, or import files that cover it."
            )
        most = max(named, key=lambda row: (int(row["n"]), str(row["lsoa_name"])))
        if len(_names) > 5000:
            _names.clear()
        _names[key] = _Named(most["lsoa_name"] or code, most["district"])
    return _names[key]


def _area_fact(code: str, fact: str, ws: Workspace) -> int | None:
    if not ws.store.has("area-facts"):
        return None
    facts = ws.store.scan("area-facts")
    wanted = facts.filter(facts.area_code == code, facts.fact == fact)
    found = ws.store.run(wanted.order_by(wanted.as_at.desc()).select("value").limit(1)).to_pylist()
    return int(found[0]["value"]) if found and found[0]["value"] is not None else None

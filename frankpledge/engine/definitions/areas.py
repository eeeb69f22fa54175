"""Partnerships, districts and forces: the small facts about places that the project ships.

`load_areas` reads `areas/` of the shipped definitions and of overlays; `Areas` answers which
districts a partnership covers, which district a place name means, and how many people live there.
Residents and households are Census 2021 counts; hectares are approximate (see `District`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from frankpledge.engine.definitions.area_names import in_words, nearest, place_prefix, slug
from frankpledge.engine.definitions.areas_checks import check_areas
from frankpledge.engine.definitions.areas_reading import read_roots
from frankpledge.engine.definitions.areas_shapes import (
    AGE_BANDS,
    AreaSource,
    District,
    Force,
    FormerDistrict,
    Partnership,
    PlaceName,
)
from frankpledge.engine.definitions.shapes import Origin
from frankpledge.engine.faults import DefinitionFault, UsageFault


@dataclass(frozen=True, eq=False)  # compared and hashed by identity: it is loaded once and passed about
class Areas:
    """Every partnership, district and force that is known, and what can be asked of them."""

    partnerships: Mapping[str, Partnership]
    districts: Mapping[str, District]
    forces: Mapping[str, Force]
    former: Mapping[str, FormerDistrict] = field(default_factory=dict)
    places: Mapping[str, PlaceName] = field(default_factory=dict)
    sources: Mapping[str, AreaSource] = field(default_factory=dict)

    # --- Partnerships

    def partnership(self, key_or_alias: str) -> Partnership:
        """The partnership of a key, an alias, a name or an ONS code.

        Raises UsageFault, with the nearest keys, if there is none. A name that several bear (a real
        partnership and its example) means the published one; the other has its key.
        """
        found = self._partnership_by_slug.get(slug(key_or_alias))
        if found is None:
            raise UsageFault(f"No partnership is called '{key_or_alias}'.", self._instead_of(key_or_alias))
        return self.partnerships[found]

    def partnerships_of(self, origin: Origin | None = None) -> tuple[Partnership, ...]:
        """Partnerships of one origin, or all, sorted by name."""
        kept = (p for p in self.partnerships.values() if origin in (None, p.origin))
        return tuple(sorted(kept, key=lambda p: (slug(p.name), p.key)))

    def partnership_of_district(self, code: str) -> Partnership | None:
        """The partnership that covers a district, given a code in force or a former one."""
        current = self.current_code(code)
        return self.partnerships[self.districts[current].partnership] if current else None

    def partnership_of_c2(self, code: str) -> Partnership | None:
        """The partnership that a row of ONS Table C2 belongs to, given the row's partnership code."""
        key = self._partnership_by_c2.get(code.strip())
        return self.partnerships[key] if key else None

    def district_codes_over_time(self, partnership: Partnership) -> frozenset[str]:
        """Codes of the partnership's districts, in force and former, since 2011."""
        before = (f.code for f in self.former.values() if f.successor in partnership.districts)
        return frozenset(partnership.districts) | frozenset(before)

    def districts_of(self, partnership: Partnership) -> tuple[District, ...]:
        """The partnership's districts, sorted by name."""
        return tuple(sorted((self.districts[c] for c in partnership.districts), key=lambda d: d.name))

    # --- Districts and places

    def current_code(self, code: str) -> str | None:
        """The district code in force that a code since 2011 leads to; None for a code that is not known."""
        if code in self.districts:
            return code
        former = self.former.get(code)
        return former.successor if former else None

    def district_for_place(self, lsoa_name: str) -> str | None:
        """The code in force of the district that an LSOA name begins with, in either vintage of LSOA.

        None for names outside England and Wales and for no name: such rows belong to no district.
        """
        return self._district_by_prefix.get(place_prefix(lsoa_name) or "")

    def place_table(self) -> list[tuple[str, str]]:
        """(LSOA name less its last word, code in force), sorted: for joining in the store."""
        return sorted(self._district_by_prefix.items())

    # --- Forces

    def force_by_slug(self, file_slug: str) -> Force | None:
        """The force of a police.uk file name such as '2025-01-west-mercia-street.csv' (its part 'west-mercia')."""
        return self.forces.get(file_slug)

    def force_by_name(self, reported_by: str) -> Force | None:
        """The force of a name as in the column 'Reported by' or as ONS writes it."""
        key = self._force_by_name.get(slug(reported_by))
        return self.forces[key] if key else None

    def districts_of_force(self, file_slug: str) -> tuple[District, ...]:
        """Published districts inside a force's area, sorted by code."""
        return tuple(d for _, d in sorted(self.districts.items()) if d.force == file_slug and not self._invented(d))

    # --- People and land

    def residents(self, partnership: Partnership) -> int:
        """Usual residents, Census 2021."""
        return sum(self.districts[c].residents for c in partnership.districts)

    def households(self, partnership: Partnership) -> int:
        """Households, Census 2021."""
        return sum(self.districts[c].households for c in partnership.districts)

    def hectares(self, partnership: Partnership) -> float:
        """Land area in hectares, approximate."""
        return sum(self.districts[c].hectares for c in partnership.districts)

    def population_by_age(self, partnership: Partnership) -> dict[str, int]:
        """Usual residents in each of AGE_BANDS, Census 2021."""
        ages = [self.districts[c].ages for c in partnership.districts]
        return {band: sum(column) for band, column in zip(AGE_BANDS, zip(*ages, strict=True), strict=True)}

    # --- Inside

    def _invented(self, district: District) -> bool:
        return self.partnerships[district.partnership].origin == "synthetic"

    @cached_property
    def _partnership_by_slug(self) -> dict[str, str]:
        found: dict[str, str] = {}
        ordered = sorted(self.partnerships.values(), key=lambda p: p.origin != "published")
        for partnership in ordered:
            found.setdefault(partnership.key, partnership.key)
        for partnership in ordered:
            for name in (*partnership.aliases, slug(partnership.name), *(slug(c) for c in _codes(partnership))):
                found.setdefault(name, partnership.key)
        return found

    @cached_property
    def _partnership_by_c2(self) -> dict[str, str]:
        return {c: p.key for p in self.partnerships.values() if p.origin != "synthetic" for c in p.c2_codes}

    @cached_property
    def _district_by_prefix(self) -> dict[str, str]:
        codes = ((name, self.current_code(place.district)) for name, place in self.places.items())
        return {name: code for name, code in codes if code}

    @cached_property
    def _force_by_name(self) -> dict[str, str]:
        return {slug(name): f.slug for f in self.forces.values() for name in (*f.names, f.slug)}

    def _instead_of(self, word: str) -> str:
        """What to type instead of a key that is not known."""
        see_all = "'frankpledge partnerships' lists every key."
        named: dict[str, str] = {}
        for name, code in (
            *((d.name, d.code) for d in self.districts.values() if not self._invented(d)),
            *((f.name, f.successor) for f in self.former.values()),
            *self._district_by_prefix.items(),
        ):
            named.setdefault(slug(name), code)
        inside = self.partnership_of_district(named.get(slug(word), ""))
        if inside:
            return f"That district is in {inside.name}: use '{inside.key}'. {see_all}"
        near = nearest(word, self._partnership_by_slug)
        keys = tuple(dict.fromkeys(self._partnership_by_slug[n] for n in near))
        return f"Did you mean {in_words(keys)}? {see_all}" if keys else f"Use a key from the list: {see_all}"


def _codes(partnership: Partnership) -> tuple[str, ...]:
    return (partnership.code, *partnership.c2_codes) if partnership.code else partnership.c2_codes


# --- Loading ---------------------------------------------------------------------------------------


def load_areas(roots: Sequence[Path]) -> Areas:
    """Read the areas of definitions folders: the shipped one first, then overlays that replace or add by key.

    Raises DefinitionFault with every fault of every file.
    """
    files = read_roots(list(roots))
    check_areas(files)
    if files.problems:
        raise DefinitionFault(tuple(files.problems))
    return Areas(
        partnerships=MappingProxyType(files.partnerships),
        districts=MappingProxyType(files.districts),
        forces=MappingProxyType(files.forces),
        former=MappingProxyType(files.former),
        places=MappingProxyType(files.places),
        sources=MappingProxyType(files.sources),
    )


__all__ = [
    "AGE_BANDS",
    "AreaSource",
    "Areas",
    "District",
    "Force",
    "FormerDistrict",
    "Partnership",
    "PlaceName",
    "load_areas",
]

"""Where a partner's incidents happened: a district by name, a small area by code or name, or a point.

Where a row says both, the small area or the point decides and the named district is kept beside it, so
that rows placed outside the district that they name can be counted apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

import numpy as np

from frankpledge.engine.definitions.area_names import slug
from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.store.datasets import CELL_METRES
from frankpledge.engine.store.importers.grid import to_grid

WEST, EAST, SOUTH, NORTH = -9.0, 3.0, 49.0, 62.0  # the British Isles, degrees
MOST_EAST, MOST_NORTH = 700_000, 1_300_000  # the National Grid, metres
_LSOA: Final = re.compile(r"[EW]01[0-9]{6}", re.ASCII)
_LSOA_NAME: Final = re.compile(r".{2,60} [0-9]{3}[A-Z]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,7}(?:\.[0-9]{1,15})?", re.ASCII)
_FIRST_ONLY_2021 = {"E": "E01033768", "W": "W01001958"}  # codes from here on are of 2021 alone

Point = tuple[int, int]
"""Easting and northing in metres."""


class NotPlace(ValueError):
    """A cell that cannot be understood as a place; `field` says which."""

    def __init__(self, field_name: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field_name


@dataclass(frozen=True)
class Where:
    """The fields of a row that say where: see datasets.INCIDENTS."""

    longitude: float | None = None
    latitude: float | None = None
    easting: int | None = None
    northing: int | None = None
    cell: int | None = None
    lsoa_code: str | None = None
    lsoa_name: str | None = None
    lsoa_vintage: int | None = None
    district: str | None = None
    district_supplied: str | None = None
    code_contradicts_name: bool | None = None


@dataclass(frozen=True)
class Around:
    """What a look-up of points in boundaries found: the small area, where that layer is in, and the district."""

    lsoa_code: str | None = None
    lsoa_name: str | None = None
    lsoa_vintage: int | None = None
    district: str | None = None


@dataclass
class Gazetteer:
    """Finds the places of one list, and counts what was odd about them.

    `words` are the district words of the mapping; `code_districts` is the district of each LSOA code
    where a look-up was imported; `around` finds areas around a point where boundaries were.
    """

    areas: Areas
    words: Mapping[str, str] = field(default_factory=dict)
    fixed: str | None = None
    code_districts: Mapping[str, str] | None = None
    around: Callable[[Point], Around] | None = None
    odd: Counter[str] = field(default_factory=Counter)

    def where(self, cells: Mapping[str, str]) -> Where:
        """The place of a row, from the mapped cells. Raises NotPlace."""
        supplied = self._district(cells.get("district", ""))
        easting, northing, longitude, latitude = self._point(cells)
        code, name = self._small_area(cells)
        found = Around()
        if easting is not None and northing is not None and not code and not name and self.around:
            found = self.around((easting, northing))
            self.odd["found" if found.lsoa_code or found.district else "not-found"] += 1
        by_name = self.areas.district_for_place(name) if name else None
        by_code = self._district_of_code(code) if code else None
        placed = by_name or by_code or found.district
        if placed and supplied and placed != supplied:
            self.odd["elsewhere"] += 1
        code = code or found.lsoa_code
        return Where(
            longitude=longitude,
            latitude=latitude,
            easting=easting,
            northing=northing,
            cell=(easting // CELL_METRES) * 10_000 + northing // CELL_METRES
            if easting is not None and northing is not None
            else None,
            lsoa_code=code,
            lsoa_name=name or found.lsoa_name,
            lsoa_vintage=found.lsoa_vintage or (2021 if code and code >= _FIRST_ONLY_2021[code[0]] else None),
            district=placed or supplied,
            district_supplied=supplied,
            code_contradicts_name=by_name != by_code if by_name and by_code else None,
        )

    def notes(self) -> list[str]:
        """What was odd, in words."""
        return [f"{_WORDS[key]}: {n:,} rows." for key, n in sorted(self.odd.items())]

    def _district(self, text: str) -> str | None:
        text = self.words.get(text, text) or (self.fixed or "")
        if not text:
            return None
        code = self.areas.current_code(text.upper()) or self._by_name.get(slug(text))
        if code is None:
            raise NotPlace("district", "no district of this name or code; add it under [values.district]")
        return code

    def _point(self, cells: Mapping[str, str]) -> tuple[int | None, int | None, float | None, float | None]:
        if "easting" in cells or "northing" in cells:
            east, north = _pair(cells, "easting", "northing", (0, MOST_EAST), (0, MOST_NORTH))
            if east is None or north is None:
                self.odd["no-point"] += 1
                return None, None, None, None
            return round(east), round(north), None, None  # the grid reference is kept as it came
        if "longitude" in cells or "latitude" in cells:
            lon, lat = _pair(cells, "longitude", "latitude", (WEST, EAST), (SOUTH, NORTH))
            if lon is None or lat is None:
                self.odd["no-point"] += 1
                return None, None, None, None
            return *_on_grid(lon, lat), lon, lat
        return None, None, None, None

    def _small_area(self, cells: Mapping[str, str]) -> tuple[str | None, str | None]:
        code, name = cells.get("lsoa_code", "").upper(), cells.get("lsoa_name", "")
        if code and not _LSOA.fullmatch(code):
            raise NotPlace("lsoa_code", "not the code of a small area, as E01032122")
        if name and not _LSOA_NAME.fullmatch(name):
            raise NotPlace("lsoa_name", "not the name of a small area, as Bromsgrove 009A")
        return code or None, name or None

    def _district_of_code(self, code: str) -> str | None:
        found = self.code_districts.get(code) if self.code_districts else None
        return self.areas.current_code(found) if found else None

    @cached_property
    def _by_name(self) -> dict[str, str]:
        found = {slug(f.name): f.successor for f in self.areas.former.values()}
        found |= {slug(name): code for name, code in self.areas.place_table()}
        return found | {slug(d.name): code for code, d in self.areas.districts.items()}


_WORDS: Final = {
    "elsewhere": "Placed outside the district that the row names",
    "found": "The area was found from the point, by imported boundaries",
    "not-found": "The point lies in none of the imported boundaries",
    "no-point": "Without a grid reference or coordinates",
}


@lru_cache(maxsize=200_000)
def _on_grid(longitude: float, latitude: float) -> Point:
    easting, northing = to_grid(np.array([longitude]), np.array([latitude]))
    return int(easting[0]), int(northing[0])


def _pair(
    cells: Mapping[str, str], one: str, other: str, first: tuple[float, float], second: tuple[float, float]
) -> tuple[float | None, float | None]:
    x, y = _number(cells, one), _number(cells, other)
    if (x is None) != (y is None):
        raise NotPlace(one if x is None else other, f"{one} and {other} are not both given")
    if x is None or y is None or (x == 0 and y == 0):  # 0, 0 is where systems put what has no place
        return None, None
    for name, value, (least, most) in ((one, x, first), (other, y, second)):
        if not least <= value <= most:
            raise NotPlace(name, f"{name} lies outside Great Britain ({least:,} to {most:,})")
    return x, y


def _number(cells: Mapping[str, str], name: str) -> float | None:
    text = cells.get(name, "").replace(",", "")
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise NotPlace(name, f"{name} is not a number")
    return float(text)

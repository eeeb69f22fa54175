"""The small area and the district around a partner's points, where boundaries were imported.

Outlines are generalised and points are projected to about two metres, so that a point on an edge may
fall on its other side: good for counts of areas, not for saying in whose garden something happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from pyproj import Transformer

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.store.boundaries import Boundaries, boundaries
from frankpledge.engine.store.importers.partner_places import Around, Point
from frankpledge.engine.store.store import Store

SMALL_AREAS = "lsoa-2021"
DISTRICTS = "district"


@dataclass
class AreaFinder:
    """Finds the areas around points, each point once."""

    areas: Areas
    small: Boundaries | None
    districts: Boundaries | None
    _found: dict[Point, Around] = field(default_factory=dict)

    def __call__(self, point: Point) -> Around:
        """The areas around a point of the National Grid."""
        if point not in self._found:
            self._found[point] = self._find(point)
        return self._found[point]

    def _find(self, point: Point) -> Around:
        longitude, latitude = _to_degrees().transform(*point)
        if self.small:
            (held,) = self.small.around([longitude], [latitude])
            if held is not None:
                code, name = self.small.codes[held], self.small.names[held]
                return Around(code, name, 2021, self.areas.district_for_place(name or ""))
        if self.districts:
            (held,) = self.districts.around([longitude], [latitude])
            if held is not None:
                return Around(district=self.areas.current_code(self.districts.codes[held]))
        return Around()


def area_finder(store: Store | None, areas: Areas) -> AreaFinder | None:
    """A finder over the boundaries of a store; None where none were imported."""
    if store is None:
        return None
    small, districts = boundaries(store, SMALL_AREAS), boundaries(store, DISTRICTS)
    return AreaFinder(areas, small, districts) if small or districts else None


@cache
def _to_degrees() -> Transformer:
    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)

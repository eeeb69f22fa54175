"""Outlines of areas from imported boundaries: for maps, and to find the area around a point."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from frankpledge.engine.store.store import Store

ATTRIBUTION: Final = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0."
    " Contains OS data © Crown copyright and database right 2025."
)
_METRES_OF_A_DEGREE: Final = 111_320.0  # of latitude
_DECIMALS: Final = 5  # a metre; more would only make pages longer


@dataclass(frozen=True, eq=False)
class Boundaries:
    """The areas of one layer, sorted by code: `codes`, `names` (or None) and `shapes` go together.

    Shapes are polygons in longitude and latitude (WGS 84).
    """

    layer: str
    codes: tuple[str, ...]
    names: tuple[str | None, ...]
    shapes: tuple[BaseGeometry, ...]
    attribution: str = ATTRIBUTION

    def only(self, codes: Collection[str]) -> Boundaries:
        """The areas of these codes; codes that the layer lacks are passed over."""
        kept = [n for n, code in enumerate(self.codes) if code in codes]
        return Boundaries(
            self.layer,
            tuple(self.codes[n] for n in kept),
            tuple(self.names[n] for n in kept),
            tuple(self.shapes[n] for n in kept),
            self.attribution,
        )

    def simplified(self, metres: float) -> Boundaries:
        """The same areas with fewer corners: edges that two areas share stay shared. `metres` above zero."""
        if not self.codes:
            return self
        shapes = shapely.coverage_simplify(list(self.shapes), metres / _METRES_OF_A_DEGREE)
        return Boundaries(self.layer, self.codes, self.names, tuple(shapes), self.attribution)

    def features(self) -> list[dict[str, Any]]:
        """GeoJSON features with `code` and `name`, rounded to about a metre."""
        rounded = shapely.set_precision(list(self.shapes), 10.0**-_DECIMALS, mode="pointwise")
        return [
            {
                "type": "Feature",
                "properties": {"code": code, "name": name or code},
                "geometry": shapely.geometry.mapping(outline),
            }
            for code, name, outline in zip(self.codes, self.names, rounded, strict=True)
        ]

    def around(self, longitude: Sequence[float], latitude: Sequence[float]) -> list[int | None]:
        """For each point the place in `codes` of the area that holds it; None where none does.

        A point on an edge goes to the first of its areas by code.
        """
        points = shapely.points(np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float))
        at, held = self._tree.query(points, predicate="intersects")
        found: list[int | None] = [None] * len(points)
        for point, area in zip(at.tolist(), held.tolist(), strict=True):
            before = found[point]
            found[point] = area if before is None else min(before, area)
        return found

    @property
    def bounds(self) -> NDArray[np.float64]:
        """West, south, east and north of all areas, shape (4,)."""
        return np.asarray(shapely.total_bounds(list(self.shapes)), dtype=np.float64)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(list(self.shapes))


_held: dict[Path, tuple[str, dict[str, Boundaries]]] = {}
_lock = threading.Lock()


def layers(store: Store) -> tuple[str, ...]:
    """The layers that were imported, as `lsoa-2021`, sorted."""
    manifest = store.manifest("boundaries")
    return tuple(sorted({part.supplier.rpartition("-")[0] for part in manifest.parts}))


def boundaries(store: Store, layer: str) -> Boundaries | None:
    """A layer by its name (`lsoa-2021`), or the newest of a kind (`district`); None where none was imported.

    Where files overlap, an area is drawn as the file says that was imported last.
    """
    there = layers(store)
    wanted = layer if layer in there else next((name for name in reversed(there) if name.startswith(f"{layer}-")), None)
    if wanted is None:
        return None
    snapshot = store.manifest("boundaries").snapshot
    with _lock:
        held = _held.get(store.root)
        if held is None or held[0] != snapshot:
            held = _held[store.root] = (snapshot, {})
        if wanted not in held[1]:
            held[1][wanted] = _read(store, wanted)
        return held[1][wanted]


def _read(store: Store, layer: str) -> Boundaries:
    rows = store.scan("boundaries")
    names = ("supply", "area_code", "area_name", "geometry")
    supplies = store.manifest("boundaries").supplies
    found = store.run(rows.filter(rows.layer == layer).select(*names)).to_pylist()
    found.sort(
        key=lambda row: (supplies[row["supply"]].imported_at if row["supply"] in supplies else "", row["supply"])
    )
    latest = {row["area_code"]: row for row in found}
    ordered = [latest[code] for code in sorted(latest)]
    return Boundaries(
        layer,
        tuple(row["area_code"] for row in ordered),
        tuple(row["area_name"] for row in ordered),
        tuple(shapely.from_wkb([row["geometry"] for row in ordered])),
    )

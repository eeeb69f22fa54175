"""Outlines of the area's districts in metres, where boundaries were imported: the ground under a map of squares."""

from __future__ import annotations

import numpy as np
from shapely.geometry import MultiPolygon, Polygon

from frankpledge.engine.findings.context import Context
from frankpledge.engine.store.boundaries import boundaries
from frankpledge.engine.store.importers.grid import to_grid

DETAIL_METRES = 200.0  # finer corners would not show on a page

Ring = tuple[tuple[float, float], ...]


def district_outlines(context: Context) -> tuple[Ring, ...]:
    """Outer rings of the partnership's districts on the National Grid; empty where no boundaries are held."""
    held = boundaries(context.ws.store, "district")
    if held is None:
        return ()
    areas = held.only(context.ws.areas.district_codes_over_time(context.partnership)).simplified(DETAIL_METRES)
    rings: list[Ring] = []
    for shape in areas.shapes:
        parts = shape.geoms if isinstance(shape, MultiPolygon) else (shape,)
        rings += [_on_grid(part) for part in parts if isinstance(part, Polygon)]
    return tuple(ring for ring in rings if len(ring) > 3)


def _on_grid(polygon: Polygon) -> Ring:
    corners = np.asarray(polygon.exterior.coords, dtype=np.float64)
    easting, northing = to_grid(corners[:, 0], corners[:, 1])
    return tuple((float(e), float(n)) for e, n in zip(easting, northing, strict=True) if np.isfinite(e + n))

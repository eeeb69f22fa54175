"""Boundaries of ONS: GeoJSON or TopoJSON, the layer recognised by the properties of its features.

A row of the account is a feature. Files of different counties stand beside each other; a file of the
same areas takes the place of the earlier one.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from frankpledge.engine.definitions.shapes import SourceDefinition
from frankpledge.engine.faults import NotReadable
from frankpledge.engine.store.importers.arriving import Arriving, arriving, definition_of, unreadable_as_reason
from frankpledge.engine.store.importers.layouts import Layout, lay_out
from frankpledge.engine.store.importers.map_files import Feature, features_of
from frankpledge.engine.store.importers.partner_places import EAST, NORTH, SOUTH, WEST
from frankpledge.engine.store.staging import ImportContext, Staged
from frankpledge.engine.store.supplied import SuppliedFile

SOURCE: Final = "ons-boundaries"
ENDINGS: Final = (".geojson", ".geojson.gz", ".topojson", ".topojson.gz", ".json", ".json.gz", ".zip")
_MENDED_SHARE: Final = 0.001  # of an area: mending a self-touching outline must not change it by more


@dataclass
class _Outlines:
    """The features of a file that can be drawn."""

    codes: list[str] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    shapes: list[bytes] = field(default_factory=list)
    mended: int = 0


def bring_in_boundaries(file: SuppliedFile, context: ImportContext) -> Staged:
    """Stage the boundaries of one layer."""
    definition = definition_of(context, SOURCE)
    taken = arriving(file, context)
    if isinstance(taken, Staged):
        return taken
    try:
        features = features_of(taken.received.plain)
        first = next(features, None)
        layout = lay_out(tuple(first.properties), definition) if first else None
        if first is None or layout is None:
            return taken.unread("its features name no areas of ONS (as LSOA21CD or LAD25CD do)")
        found = _read(taken, layout, _again(first, features))
    except NotReadable as fault:
        return taken.unread(unreadable_as_reason(fault))
    if found.codes:
        _store(taken, definition, layout, found)
    return taken.staged()


def layer_of(layout: Layout) -> str:
    """The name of a layer: `lsoa-2021`."""
    code = layout.column("code")
    return f"{layout.kind.key}-{code.year}" if code else layout.kind.key


def _again(first: Feature, others: Iterator[Feature]) -> Iterator[Feature]:
    yield first
    yield from others


def _store(taken: Arriving, definition: SourceDefinition, layout: Layout, found: _Outlines) -> None:
    layer, count = layer_of(layout), len(found.codes)
    areas = hashlib.sha256("\n".join(sorted(found.codes)).encode()).hexdigest()[:8]
    columns: dict[str, Sequence[Any]] = {
        "layer": [layer] * count,
        "area_code": found.codes,
        "area_name": found.names,
        "geometry": found.shapes,
    }
    taken.add_part(definition, layout.kind, columns, supplier=f"{layer}-{areas}", rows=count)
    taken.notes.append(f"Layer {layer}: {count:,} areas.")
    if found.mended:
        taken.notes.append(f"Outlines that touched themselves and were mended: {found.mended:,}.")


def _read(taken: Arriving, layout: Layout, features: Iterator[Feature]) -> _Outlines:
    code_at, name_at = layout.column("code"), layout.column("name")
    assert code_at is not None, "a required column"
    found = _Outlines()
    seen: set[str] = set()
    for feature in features:
        taken.rows_in += 1
        code = str(feature.properties.get(code_at.header) or "").strip()
        reason = "" if code and code not in seen else ("it names no area" if not code else "its area came before")
        outline = reason or _outline(feature.geometry)
        if isinstance(outline, str):
            taken.reject(
                feature.number, code_at.header if reason else "geometry", f"feature {feature.number}: {outline}", code
            )
            continue
        seen.add(code)
        mended = _mended(outline)
        if mended is None:
            taken.reject(feature.number, "geometry", f"feature {feature.number}: its outline crosses itself", code)
            continue
        found.mended += mended is not outline
        found.codes.append(code)
        found.names.append(str(feature.properties.get(name_at.header) or "").strip() or None if name_at else None)
        found.shapes.append(shapely.to_wkb(mended))
    return found


def _outline(geometry: dict[str, Any] | None) -> BaseGeometry | str:
    """The shape of a feature, or why it has none."""
    if geometry is None:
        return "it has no geometry"
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return "its geometry is no polygon"
    try:
        outline = shape(geometry)
    except (ValueError, TypeError, IndexError, KeyError, shapely.errors.ShapelyError):
        return "its geometry is malformed"
    if outline.is_empty:
        return "its geometry is empty"
    west, south, east, north = outline.bounds
    if not all(math.isfinite(edge) for edge in (west, south, east, north)):
        return "a coordinate is no number"
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        return "its coordinates are not longitude and latitude (National Grid metres?); download it in WGS 84"
    if west < WEST or east > EAST or south < SOUTH or north > NORTH:
        return "it lies outside the British Isles"
    return outline


def _mended(outline: BaseGeometry) -> BaseGeometry | None:
    """The outline, mended if it touches itself as generalised ones do; None if mending would change it."""
    if outline.is_valid:
        return outline
    mended = shapely.make_valid(outline, method="structure", keep_collapsed=False)
    if mended.geom_type not in ("Polygon", "MultiPolygon") or not outline.area:
        return None
    return mended if abs(mended.area - outline.area) <= _MENDED_SHARE * outline.area else None

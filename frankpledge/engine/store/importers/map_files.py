"""Features of a GeoJSON or TopoJSON file, one at a time.

A GeoJSON file of all small areas of a nation is larger than the memory an import may use, so that its
features are decoded one after another. TopoJSON shares its lines between areas and must be read whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from frankpledge.engine.faults import NotReadable

LARGEST_TOPOLOGY: Final = 80 * 2**20
LARGEST_FEATURE: Final = 32 * 2**20
_CHUNK: Final = 2**20
_TOPOLOGY = re.compile(r'"type"\s*:\s*"Topology"')
_FEATURES = re.compile(r'"features"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


@dataclass(frozen=True)
class Feature:
    """One feature: its number in the file (from 1), its properties and its geometry as in GeoJSON."""

    number: int
    properties: dict[str, Any]
    geometry: dict[str, Any] | None


def features_of(path: Path) -> Iterator[Feature]:
    """The features of a file, in order. Raises NotReadable for one that is neither GeoJSON nor TopoJSON."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            start = file.read(65_536)
            if _TOPOLOGY.search(start):
                raw = _features_of_topology(start + file.read(LARGEST_TOPOLOGY), whole=not file.read(1))
            elif _FEATURES.search(start):
                raw = _features_of_collection(start, file)
            else:
                raise NotReadable("The file is neither GeoJSON nor TopoJSON.", _REMEDY)
            for number, feature in enumerate(raw, start=1):
                properties, geometry = feature.get("properties"), feature.get("geometry")
                yield Feature(
                    number,
                    properties if isinstance(properties, dict) else {},
                    geometry if isinstance(geometry, dict) else None,
                )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotReadable("The file is damaged: its JSON breaks off or is malformed.", _REMEDY) from error


_REMEDY: Final = "Download the boundaries again as GeoJSON with longitude and latitude, and import that."


def _features_of_collection(start: str, file: IO[str]) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    found = _FEATURES.search(start)
    assert found is not None, "the caller looked"
    text, at = start, found.end()
    while True:
        at = _skip(text, at)
        while at >= len(text):
            more = file.read(_CHUNK)
            if not more or len(text) - at > LARGEST_FEATURE:
                raise NotReadable("The file is damaged: it breaks off inside a feature, or one is too large.", _REMEDY)
            text, at = text[at:] + more, 0
            at = _skip(text, at)
        if text[at] == "]":
            return
        try:
            feature, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            more = file.read(_CHUNK)
            if not more or len(text) - at > LARGEST_FEATURE:
                raise
            text, at = text[at:] + more, 0
            continue
        if not isinstance(feature, dict):
            raise NotReadable("The file holds something that is no feature.", _REMEDY)
        yield feature


def _skip(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


# --- TopoJSON --------------------------------------------------------------------------------------------


def _features_of_topology(text: str, *, whole: bool) -> Iterator[dict[str, Any]]:
    if not whole:
        raise NotReadable("The TopoJSON file is too large.", _REMEDY)
    topology = json.loads(text)
    arcs = _arcs(topology)
    objects = topology.get("objects")
    if not isinstance(objects, dict) or len(objects) != 1:
        raise NotReadable("The TopoJSON file does not hold exactly one layer.", _REMEDY)
    (layer,) = objects.values()
    for geometry in layer.get("geometries", ()) if isinstance(layer, dict) else ():
        yield {"properties": geometry.get("properties"), "geometry": _geometry(geometry, arcs)}


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """The lines of a topology as longitude and latitude. With a transform, points are steps from the last one."""
    transform = topology.get("transform")
    found = []
    try:
        for arc in topology["arcs"]:
            if transform is None:
                found.append([(float(x), float(y)) for x, y, *_ in arc])
                continue
            (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
            x = y = 0
            line = []
            for step_x, step_y, *_ in arc:
                x, y = x + step_x, y + step_y
                line.append((x * scale_x + move_x, y * scale_y + move_y))
            found.append(line)
    except (KeyError, TypeError, ValueError) as error:
        raise NotReadable("The lines of the TopoJSON file are malformed.", _REMEDY) from error
    return found


def _geometry(geometry: dict[str, Any], arcs: Sequence[list[tuple[float, float]]]) -> dict[str, Any] | None:
    try:
        if geometry["type"] == "Polygon":
            return {"type": "Polygon", "coordinates": [_ring(ring, arcs) for ring in geometry["arcs"]]}
        if geometry["type"] == "MultiPolygon":
            polygons = [[_ring(ring, arcs) for ring in polygon] for polygon in geometry["arcs"]]
            return {"type": "MultiPolygon", "coordinates": polygons}
    except (KeyError, TypeError, IndexError):
        return None
    return None


def _ring(numbers: Sequence[int], arcs: Sequence[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """A ring put together from lines; ~n means line n backwards. Each begins where the last one ended."""
    ring: list[tuple[float, float]] = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(line[1:] if ring else line)
    return ring

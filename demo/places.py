"""Invented geography: 500 m squares inside hand-drawn outlines, cut into illustrative neighbourhoods.

Rows lie at the middle of a square and are marked as snapped: nobody may read an address into them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon, contains_xy

from demo.assumptions import Assumptions, DistrictShape
from frankpledge.engine.store.datasets import CELL_METRES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HOME_SCATTER = 0.45  # spread of the luck (log scale) of neighbourhoods, so that some have more than others
CENTRE_RADIUS_KM = 0.45


@dataclass(frozen=True)
class District:
    """Squares of one district. Arrays of one entry per square; `neighbourhood` counts from 0."""

    code: str
    name: str
    easting: Ints
    northing: Ints
    neighbourhood: Ints
    homes: Floats
    surfaces: Mapping[str, Floats]  # siting -> chance of each square

    def neighbourhood_code(self, number: int) -> str:
        """For example DEMO-SOMEWHERE-012."""
        return f"{self.code}-{number + 1:03d}"

    def neighbourhood_name(self, number: int) -> str:
        """The district's name and a number, as LSOA names are built."""
        return f"{self.name} {number + 1:03d}"


def draw_districts(assumptions: Assumptions, names: Mapping[str, str], seed: int) -> dict[str, District]:
    """Every district of the assumptions; a square belongs to the first outline that holds its middle."""
    taken: set[tuple[int, int]] = set()
    districts = {}
    for number, shape in enumerate(assumptions.districts.values()):
        rng = np.random.default_rng([seed, number])
        easting, northing = _squares(shape, taken)
        taken.update(zip(easting.tolist(), northing.tolist(), strict=True))
        homes, centre = _surfaces(shape, easting, northing)
        neighbourhood = _cut(easting, northing, homes, shape.neighbourhoods)
        luck = np.exp(rng.normal(0, HOME_SCATTER, shape.neighbourhoods))[neighbourhood]
        mixed = {"centre": centre, "homes": homes * luck, "anywhere": np.ones(len(easting))}
        surfaces = {
            siting: _chances(np.array([share * _chances(mixed[name]) for name, share in shares.items()]).sum(axis=0))
            for siting, shares in assumptions.sitings.items()
        }
        districts[shape.code] = District(
            shape.code, names[shape.code], easting, northing, neighbourhood, homes, surfaces
        )
    return districts


def _squares(shape: DistrictShape, taken: set[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Middles of the squares inside the outline that no earlier district holds."""
    corners = np.array(shape.outline) * 1000
    low, high = corners.min(axis=0), corners.max(axis=0)
    half = CELL_METRES // 2
    across = np.arange(low[0] + half, high[0], CELL_METRES, dtype=np.int64)
    up = np.arange(low[1] + half, high[1], CELL_METRES, dtype=np.int64)
    easting, northing = (grid.ravel() for grid in np.meshgrid(across, up))
    inside = contains_xy(Polygon(corners), easting, northing)
    free = np.array([(e, n) not in taken for e, n in zip(easting.tolist(), northing.tolist(), strict=True)])
    return easting[inside & free], northing[inside & free]


def _surfaces(shape: DistrictShape, easting: Ints, northing: Ints) -> tuple[Floats, Floats]:
    """Weight of homes and of town centres in each square: hills around the towns."""
    homes, centre = np.zeros(len(easting)), np.zeros(len(easting))
    for town in shape.towns:
        distance = np.hypot(easting / 1000 - town.at[0], northing / 1000 - town.at[1])
        hill = np.exp(-(distance**2) / (2 * town.radius**2))
        homes += town.residents * hill / hill.sum()
        peak = np.exp(-(distance**2) / (2 * CENTRE_RADIUS_KM**2))
        centre += town.draw * peak / peak.sum()
    return homes + 0.1 * homes.sum() / len(homes), centre  # a tenth of the homes lies in the open country


def _cut(easting: Ints, northing: Ints, homes: Floats, pieces: int) -> Ints:
    """Cut the squares into `pieces` of about as many homes each, always across the longer side."""
    numbers = np.zeros(len(easting), dtype=np.int64)
    waiting, done = [(np.arange(len(easting)), pieces)], 0
    while waiting:
        squares, count = waiting.pop()
        if count == 1:
            numbers[squares] = done
            done += 1
            continue
        e, n = easting[squares], northing[squares]
        order = np.lexsort((n, e)) if np.ptp(e) >= np.ptp(n) else np.lexsort((e, n))
        ordered, first = squares[order], count // 2
        at = int(np.searchsorted(np.cumsum(homes[ordered]), homes[ordered].sum() * first / count)) + 1
        at = min(max(at, first), len(ordered) - (count - first))
        waiting += [(ordered[at:], count - first), (ordered[:at], first)]
    return numbers


def _chances(weights: Floats) -> Floats:
    chances: Floats = weights / weights.sum()
    return chances

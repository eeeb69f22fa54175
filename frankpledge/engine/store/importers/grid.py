"""Longitude and latitude to the National Grid."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]

from frankpledge.engine.store.datasets import CELL_METRES


@cache
def _transformer() -> Transformer:
    set_network_enabled(active=False)  # the same answer on every machine, whatever its surroundings ask for
    return Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)


def to_grid(longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Easting and northing in whole metres (NaN where the point has none).

    Without the OSTN15 grid file, which is not shipped, the seven-parameter transformation is used. It
    is good to about two metres on the mainland and five in the Isles of Scilly: enough for 500 m squares,
    not for boundaries at law.
    """
    easting, northing = _transformer().transform(longitude, latitude)
    outside = ~(np.isfinite(easting) & np.isfinite(northing))
    easting, northing = np.round(easting), np.round(northing)
    easting[outside] = np.nan
    northing[outside] = np.nan
    return easting, northing


def to_cell(easting: NDArray[np.float64], northing: NDArray[np.float64]) -> NDArray[np.float64]:
    """The number of the 500 m square of each point: (easting // 500) * 10000 + northing // 500."""
    return np.floor(easting / CELL_METRES) * 10_000 + np.floor(northing / CELL_METRES)

"""Peers: which areas are most alike, and where an area stands among them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from frankpledge.engine.analysis.arguments import (
    FloatArray,
    require_count,
    require_counts,
    require_positive,
    require_vector,
)
from frankpledge.engine.analysis.funnel import standard_errors, winsorised_dispersion
from frankpledge.engine.analysis.intervals import Interval, rate_interval

PeerPosition = Literal["higher", "lower", "similar", "too-few-peers", "too-few"]

FEWEST_PEERS = 4  # no rank and no position below this (design: peer comparison)
FEWEST_EXPECTED = 5.0  # incidents that the peers' rate leads one to expect here

TOO_FEW_PEERS = "Fewer than four peers have data: no rank and no position."
TOO_FEW_EXPECTED = "At the peers' rate fewer than five incidents would be expected here: too few to place."
LEFT_OUT = "Areas with a missing characteristic cannot be compared and were left out."
PEERS_WITHOUT_DATA = "Peers without data were left out."
REAL_DIFFERENCES = "Peers differ by more than counting chance; the limits allow for it."


@dataclass(frozen=True)
class PeerGroup:
    """The most similar areas, nearest first, without the area itself.

    `indices` are rows of the features given; `distances` are in standard deviations. `n` is how many
    areas could have been chosen.
    """

    indices: tuple[int, ...]
    distances: tuple[float, ...]
    n: int
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class PeerComparison:
    """An area's rate beside its peers' (all rates per `per`).

    `rate` with `lower`, `upper` (Byar limits at `level`); `peer_mean` is the plain mean of the
    peers' rates, without the area itself; `peer_lowest`, `peer_highest` and `quartiles` (25, 50 and
    75 per cent) describe the peers. `funnel_95` and `funnel_998` are the limits within which an area
    of this size would lie if it were one more peer. `position` is `higher` or `lower` only outside
    the first of them. `rank` counts from the lowest rate (1) among `n` + 1 areas; `rank_range` holds
    the ranks that the intervals of the rates leave open. None means not stated; `caveats` say why.
    """

    rate: float | None
    lower: float | None
    upper: float | None
    level: float
    per: float
    n: int
    peer_mean: float | None
    peer_lowest: float | None
    peer_highest: float | None
    quartiles: tuple[float, float, float] | None
    dispersion: float | None
    funnel_95: tuple[float, float] | None
    funnel_998: tuple[float, float] | None
    position: PeerPosition
    rank: int | None
    rank_range: tuple[int, int] | None
    caveats: tuple[str, ...] = ()

    @property
    def estimate(self) -> float | None:
        """The rate, under the name that every result of this package uses."""
        return self.rate


def most_similar(features: npt.ArrayLike, index: int, size: int = 15) -> PeerGroup:
    """The `size` areas nearest to the area in row `index`, on standardised features.

    `features` is (areas, k), one row per area of the same nation; take logarithms of skewed ones
    first. Each column is divided by its standard deviation over the complete rows (a column that
    never varies tells nothing and is ignored); distance is Euclidean, as in the most similar groups
    of police forces (HMICFRS). Nearness is not mutual: B may be a peer of A without A being one of B.
    Rows with NaN cannot be chosen; ties go to the earlier row.

    Raises ValueError for features that are not two-dimensional, an index outside them or on a row
    with NaN, or a size below 1.

    >>> most_similar([[1, 10], [2, 10], [9, 30], [1, 12]], 0, size=2).indices
    (3, 1)
    """
    table = np.asarray(features, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"features must be two-dimensional, not of shape {table.shape}.")
    if not 0 <= index < table.shape[0]:
        raise ValueError(f"index must be a row of features (0 to {table.shape[0] - 1}), not {index}.")
    if size < 1:
        raise ValueError(f"size must be at least 1, not {size}.")
    complete = np.asarray(np.isfinite(table).all(axis=1))
    if not complete[index]:
        raise ValueError(f"index must be a row with every feature; row {index} lacks one.")
    spread = table[complete].std(axis=0)
    varies = spread > 1e-12 * np.maximum(np.abs(table[complete]).max(axis=0), 1e-300)
    scaled = table[:, varies] / spread[varies]
    distance = np.sqrt(((scaled - scaled[index]) ** 2).sum(axis=1))
    others = np.flatnonzero(complete & (np.arange(table.shape[0]) != index))
    nearest = others[np.argsort(distance[others], kind="stable")][:size]
    return PeerGroup(
        indices=tuple(int(i) for i in nearest),
        distances=tuple(float(distance[i]) for i in nearest),
        n=int(others.size),
        caveats=() if complete.all() else (LEFT_OUT,),
    )


def compare_with_peers(
    count: float,
    exposure: float,
    peer_counts: npt.ArrayLike,
    peer_exposures: npt.ArrayLike,
    *,
    per: float = 1000.0,
    level: float = 0.95,
) -> PeerComparison:
    """Place an area's rate among its peers' rates.

    `count` over `exposure` (residents, households; above 0) is the area; `peer_counts` and
    `peer_exposures` (n,) are its peers without itself, NaN for a peer without data. The yardstick is
    the plain mean of the peers' rates, so that one large city does not set it, and leaves the area
    out, so that its own figure does not pull it (HMICFRS averages include the area; say so when the
    two are compared). Limits are multiplicative funnel limits around it (Spiegelhalter 2005):
    Poisson error of an area of this size, times the root of the peers' winsorised dispersion, times
    the root of 1 + 1/n for the error of the mean, with Student's t on n - 1 degrees of freedom because
    the dispersion is estimated. Simulated false alarms at 5 per cent: 0 to 3 per cent where peers
    differ by chance alone, 4 to 7 where they differ in truth.

    Raises ValueError for a count that is not whole, exposures not above zero, arrays of different
    length or negative counts.

    >>> found = compare_with_peers(900, 100_000, [480, 520, 610, 450], [100_000, 98_000, 120_000, 91_000])
    >>> found.position, found.rank, found.rank_range
    ('higher', 5, (5, 5))
    >>> compare_with_peers(900, 100_000, [480, 520], [100_000, 98_000]).position
    'too-few-peers'
    """
    require_positive("exposure", exposure)
    own = rate_interval(require_count("count", count), exposure, per=per, level=level)
    counts, sizes, dropped = _known_peers(peer_counts, peer_exposures)
    rates = per * counts / sizes
    described = PeerComparison(
        rate=own.estimate,
        lower=own.lower,
        upper=own.upper,
        level=level,
        per=per,
        n=int(rates.size),
        peer_mean=float(rates.mean()) if rates.size else None,
        peer_lowest=float(rates.min()) if rates.size else None,
        peer_highest=float(rates.max()) if rates.size else None,
        quartiles=_quartiles(rates),
        dispersion=None,
        funnel_95=None,
        funnel_998=None,
        position="too-few-peers",
        rank=None,
        rank_range=None,
        caveats=(PEERS_WITHOUT_DATA,) if dropped else (),
    )
    if rates.size < FEWEST_PEERS:
        return replace(described, caveats=(*described.caveats, TOO_FEW_PEERS))
    placed = _placed(described, rates, sizes, exposure)
    return replace(placed, rank_range=_rank_range(own, counts, sizes, per))


def _placed(found: PeerComparison, rates: FloatArray, sizes: FloatArray, exposure: float) -> PeerComparison:
    """The comparison with its limits, position and rank."""
    assert found.rate is not None and found.peer_mean is not None
    mean, caveats = found.peer_mean, list(found.caveats)
    dispersion = None
    if mean > 0:
        dispersion = winsorised_dispersion((rates - mean) / standard_errors(mean, sizes, per=found.per))
    error = _predicted_error(mean, exposure, found.per, dispersion or 1.0, found.n)
    funnel_95, funnel_998 = (_limits(mean, error, found.n, coverage) for coverage in (0.95, 0.998))
    position = _position(found.rate, funnel_95, mean * exposure / found.per)
    if position == "too-few":
        caveats.append(TOO_FEW_EXPECTED)
    if (dispersion or 1.0) > 1:
        caveats.append(REAL_DIFFERENCES)
    return replace(
        found,
        dispersion=dispersion,
        funnel_95=funnel_95,
        funnel_998=funnel_998,
        position=position,
        rank=1 + int((rates < found.rate).sum()),
        caveats=tuple(caveats),
    )


def _known_peers(peer_counts: npt.ArrayLike, peer_exposures: npt.ArrayLike) -> tuple[FloatArray, FloatArray, bool]:
    counts, sizes = require_counts("peer_counts", peer_counts), require_vector("peer_exposures", peer_exposures)
    if counts.shape != sizes.shape:
        raise ValueError(f"peer_counts and peer_exposures must be equally long, not {counts.size} and {sizes.size}.")
    if (sizes <= 0).any():
        raise ValueError("peer_exposures must all be above zero, or NaN for no data.")
    known = ~(np.isnan(counts) | np.isnan(sizes))
    if (counts[known] != np.round(counts[known])).any():
        raise ValueError("peer_counts must hold whole numbers of incidents.")
    return counts[known], sizes[known], not bool(known.all())


def _quartiles(rates: FloatArray) -> tuple[float, float, float] | None:
    if rates.size < FEWEST_PEERS:
        return None
    low, middle, high = np.quantile(rates, [0.25, 0.5, 0.75])
    return float(low), float(middle), float(high)


def _predicted_error(mean: float, exposure: float, per: float, dispersion: float, peers: int) -> float:
    return math.sqrt(mean * per / exposure * dispersion * (1 + 1 / peers))


def _limits(mean: float, error: float, peers: int, coverage: float) -> tuple[float, float]:
    reach = error * float(stats.t.isf((1 - coverage) / 2, peers - 1))
    return max(mean - reach, 0.0), mean + reach


def _position(rate: float, limits: tuple[float, float], expected: float) -> PeerPosition:
    if expected < FEWEST_EXPECTED:
        return "too-few"
    if rate > limits[1]:
        return "higher"
    return "lower" if rate < limits[0] else "similar"


def _rank_range(own: Interval, counts: FloatArray, sizes: FloatArray, per: float) -> tuple[int, int]:
    """Ranks from the lowest rate that overlapping intervals leave open."""
    below = above = 0
    for count, size in zip(counts.tolist(), sizes.tolist(), strict=True):
        peer = rate_interval(count, size, per=per, level=own.level)
        assert peer.lower is not None and peer.upper is not None and own.lower is not None and own.upper is not None
        below += peer.upper < own.lower
        above += peer.lower > own.upper
    return 1 + below, counts.size + 1 - above

"""Harm as a range, because counts by group do not tell the mix of offences inside each group."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

MIX_ASSUMED = (
    "Each group is weighted as if all its offences were of its light, middle or severe kind; "
    "the true mix lies somewhere between."
)


@dataclass(frozen=True)
class GroupHarm:
    """One group's harm (in the weights' unit) and its share of the total (0 to 1), low to high.

    The lowest share sets this group light and every other severe, the highest the reverse.
    """

    group: str
    count: int
    lower: float
    estimate: float
    upper: float
    share_lower: float | None
    share_estimate: float | None
    share_upper: float | None


@dataclass(frozen=True)
class HarmRange:
    """Total harm between `lower` (all offences of the light kind) and `upper` (all severe).

    `estimate` uses the middle weights. It is a range of assumptions, not a confidence interval:
    `level` is None. `without_weight` are groups that have a count but no weight (antisocial behaviour
    has none), `without_count` those whose count is not known; neither adds to the total. `n` counts
    the weighted offences.
    """

    estimate: float
    lower: float
    upper: float
    level: None
    n: int
    groups: tuple[GroupHarm, ...]
    without_weight: tuple[str, ...]
    without_count: tuple[str, ...]
    mix: str
    caveats: tuple[str, ...] = ()


def _weights(
    group: str, low: Mapping[str, float], middle: Mapping[str, float], high: Mapping[str, float]
) -> tuple[float, float, float]:
    found = (low[group], middle[group], high[group])
    if not all(math.isfinite(x) and x >= 0 for x in found) or not found[0] <= found[1] <= found[2]:
        raise ValueError(f"weights of {group!r} must be at least zero with low <= middle <= high, not {found}.")
    return found


def harm_range(
    counts_by_group: Mapping[str, float | None],
    weights_low: Mapping[str, float],
    weights_mid: Mapping[str, float],
    weights_high: Mapping[str, float],
    *,
    mix: str = MIX_ASSUMED,
) -> HarmRange:
    """Harm of counted offences under light, middle and severe assumptions about their mix.

    `counts_by_group` maps a group to its whole count (None: not known, never zero); the three weights
    map a group to a severity per offence, all in one unit and edition (for instance the ONS Crime
    Severity Score or the Cambridge Crime Harm Index), low <= mid <= high. A group missing from any of
    the three is left without weight and named. Only code-level counts, or groups whose codes are
    known, deserve this; police.uk's fourteen types mix homicide with common assault.

    Raises ValueError for negative or fractional counts and weights out of order.

    >>> found = harm_range({"robbery": 10, "asb": 50}, {"robbery": 500}, {"robbery": 900}, {"robbery": 1000})
    >>> found.lower, found.estimate, found.upper, found.without_weight
    (5000.0, 9000.0, 10000.0, ('asb',))
    """
    weighted: dict[str, tuple[int, tuple[float, float, float]]] = {}
    without_weight, without_count = [], []
    for group, count in counts_by_group.items():
        if count is None or math.isnan(count):
            without_count.append(group)
            continue
        if count < 0 or count != int(count):
            raise ValueError(f"counts_by_group must hold whole numbers of at least zero; {group!r} has {count!r}.")
        if not all(group in weights for weights in (weights_low, weights_mid, weights_high)):
            without_weight.append(group)
            continue
        weights = _weights(group, weights_low, weights_mid, weights_high)
        weighted[group] = (int(count), weights)
    totals = [math.fsum(count * weights[i] for count, weights in weighted.values()) for i in range(3)]
    caveats = [mix]
    if without_weight:
        caveats.append(f"No weight exists for: {', '.join(without_weight)}.")
    if without_count:
        caveats.append(f"No count is known for: {', '.join(without_count)}.")
    return HarmRange(
        estimate=totals[1],
        lower=totals[0],
        upper=totals[2],
        level=None,
        n=sum(count for count, _ in weighted.values()),
        groups=tuple(_group(name, *found, totals) for name, found in weighted.items()),
        without_weight=tuple(without_weight),
        without_count=tuple(without_count),
        mix=mix,
        caveats=tuple(caveats),
    )


def _group(name: str, count: int, weights: tuple[float, float, float], totals: list[float]) -> GroupHarm:
    low, middle, high = (count * weight for weight in weights)
    return GroupHarm(
        group=name,
        count=count,
        lower=low,
        estimate=middle,
        upper=high,
        share_lower=_share(low, totals[2] - high),
        share_estimate=_share(middle, totals[1] - middle),
        share_upper=_share(high, totals[0] - low),
    )


def _share(own: float, others: float) -> float | None:
    whole = own + max(others, 0.0)
    return own / whole if whole > 0 else None

"""Harm of official counts as a range, where severity weights were imported."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import quantiles

from frankpledge.engine.analysis.harm import HarmRange, harm_range
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.official import OfficialSeries, official
from frankpledge.engine.findings.published_table import single_offences

GROUPS = (
    "violence-against-the-person",
    "sexual-offences",
    "robbery",
    "theft-offences",
    "criminal-damage-and-arson",
    "drug-offences",
    "possession-of-weapons",
    "public-order",
    "miscellaneous-crimes-against-society",
)
NEEDED = GROUPS[:5]  # without one of these a share of the whole would mislead
FEWEST_CODES = 2  # with one code only there is no mix to take a range over
MIX = (
    "The mix of offences inside each group is not known. The light end takes every offence of a group at the lower "
    "quarter of its codes' weights, the severe end at the upper quarter, as if each code were as common as another."
)


@dataclass(frozen=True)
class Harm:
    """Official counts of one year by group, and the range of harm that they could hold."""

    groups: tuple[OfficialSeries, ...]
    found: HarmRange
    edition: str


def harm_of_official(context: Context) -> Harm | None:
    """The range for the latest official year; None without weights or without counts by group."""
    weights, edition = _weights(context)
    if not weights:
        return None
    measures = single_offences(context)
    series = {key: official(measures[key], context) for key in GROUPS if key in measures}
    held = {key: one for key, one in series.items() if one is not None and one.latest is not None}
    if any(key not in held or key not in weights for key in NEEDED):
        return None
    counts = {key: None if one.latest is None else one.latest.value for key, one in held.items()}
    low, middle, high = ({key: found[end] for key, found in weights.items()} for end in range(3))
    return Harm(tuple(held.values()), harm_range(counts, low, middle, high, mix=MIX), edition)


def _weights(context: Context) -> tuple[dict[str, tuple[float, float, float]], str]:
    """Lower quarter, middle and upper quarter of the codes' weights by group, of the latest edition held."""
    store = context.ws.store
    if not store.has("severity-weights"):
        return {}, ""
    table = store.scan("severity-weights")
    rows = store.run(table.select("edition", "group", "weight")).to_pylist()
    edition = max((row["edition"] or "" for row in rows), default="")
    by_group: dict[str, list[float]] = {}
    for row in rows:
        if row["edition"] == edition and row["group"] is not None and row["weight"] is not None:
            by_group.setdefault(row["group"], []).append(float(row["weight"]))
    found: dict[str, tuple[float, float, float]] = {}
    for group, values in by_group.items():
        if len(values) >= FEWEST_CODES:
            first, middle, third = quantiles(values, n=4, method="inclusive")
            found[group] = (first, middle, third)
    return found, edition

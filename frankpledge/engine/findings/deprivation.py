"""Deprivation of small areas, where the user imported it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from frankpledge.engine.findings.context import Context

FACT = "imd-decile"


@dataclass(frozen=True)
class Deprivation:
    """How many small areas lie in each national tenth; 1 is the most deprived."""

    by_tenth: Mapping[int, int]
    areas: int
    as_at: str


def deprivation_of(context: Context) -> Deprivation | None:
    """The latest deciles held of the area's small areas; None where none are."""
    store, areas = context.ws.store, context.ws.areas
    if not store.has("area-facts"):
        return None
    facts = store.scan("area-facts")
    held = facts.filter(facts.area_kind == "lsoa", facts.fact == FACT).select("area_name", "value", "as_at")
    districts = areas.district_codes_over_time(context.partnership)
    rows = [
        row
        for row in store.run(held).to_pylist()
        if row["value"] is not None and areas.district_for_place(row["area_name"] or "") in districts
    ]
    if not rows:
        return None
    latest = max(str(row["as_at"]) for row in rows)
    by_tenth: dict[int, int] = {}
    for row in rows:
        if str(row["as_at"]) == latest:
            by_tenth[int(row["value"])] = by_tenth.get(int(row["value"]), 0) + 1
    return Deprivation(dict(sorted(by_tenth.items())), sum(by_tenth.values()), latest)

"""What imported look-ups and tables of small areas tell: which codes exist, and in which district they lie."""

from __future__ import annotations

from collections.abc import Mapping

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.store.store import Store


def known_lsoas(store: Store) -> Mapping[int, frozenset[str]]:
    """The LSOA codes of each vintage (2011, 2021) that imported tables name; empty where none was imported.

    A look-up need not name every code: the best-fit one of ONS lacks 1,044 of those of 2021, which the
    Census table of residents has.
    """
    found: dict[int, set[str]] = {}
    lookups, facts = store.scan("lookups"), store.scan("area-facts")
    for kind, code, vintage in (
        ("area_kind", "area_code", "vintage"),
        ("in_kind", "in_code", "in_vintage"),
    ):
        rows = lookups.filter(lookups[kind] == "lsoa", lookups[vintage].notnull())
        for row in store.run(rows.select(code=rows[code], vintage=rows[vintage]).distinct()).to_pylist():
            found.setdefault(row["vintage"], set()).add(row["code"])
    rows = facts.filter(facts.area_kind == "lsoa", facts.vintage.notnull())
    for row in store.run(rows.select(code=rows.area_code, vintage=rows.vintage).distinct()).to_pylist():
        found.setdefault(row["vintage"], set()).add(row["code"])
    return {vintage: frozenset(codes) for vintage, codes in found.items()}


def code_districts(store: Store, areas: Areas) -> Mapping[str, str] | None:
    """The district in force of each LSOA code that imported tables name; None where none was imported.

    Look-ups say it by code, the newest first; tables of small areas by the name of the area.
    """
    if not (store.has("area-facts") or store.has("lookups")):
        return None
    found: dict[str, str] = {}
    facts = store.scan("area-facts")
    named = facts.filter(facts.area_kind == "lsoa", facts.area_name.notnull())
    for row in store.run(named.select(code=named.area_code, name=named.area_name).distinct()).to_pylist():
        district = areas.district_for_place(row["name"])
        if district:
            found[row["code"]] = district
    lookups = store.scan("lookups")
    rows = lookups.filter(lookups.area_kind == "lsoa", lookups.in_kind.isin(["district", "district-in-force"]))
    listed = rows.select(code=rows.area_code, district=rows.in_code, vintage=rows.in_vintage).distinct()
    for row in sorted(store.run(listed).to_pylist(), key=lambda r: (r["vintage"] or 0, r["code"], r["district"])):
        district = areas.current_code(row["district"])
        if district:
            found[row["code"]] = district
    return found or None

"""A figure counted from a partner's list leads back to the list by the mapping that read it."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from frankpledge.engine.definitions.periods import Period, month_number
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.trace import trace
from frankpledge.engine.measures.workspace import Workspace, open_workspace
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.importers.partner_mapping import load_mapping
from frankpledge.engine.store.manifest import Manifest, Part, Supply
from frankpledge.engine.store.writing import part_name, replace_manifest

from .conftest import BROMSGROVE, REDDITCH, table_of
from .recount import recount

MAPPING = """\
key = "police-list"
title = "Monthly list of crimes"
partner = "West Mercia Police"

[columns]
from = "Committed from"
category = "Kind"
offence = "Offence"
district = "Council"
alcohol = "Alcohol?"
hate = "Strand"

[values.category]
"Burgs" = "burglary"
"ASB" = "anti-social-behaviour"

[values.alcohol]
"Drink" = true
"-" = false
"""

# The list as supplied, and what its importer stored of each line.
LINES: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (("05/01/2025 22:10", "Burgs", "Residential burglary", "Bromsgrove", "Drink", ""), {}),
    (("2025-01-30 09:00", "Burglary", "burglary-residential", "REDDITCH", "-", "Race"), {"hate": "race"}),
    (("31/01/2025", "burglary", "burglary", "Redditch", "yes", ""), {}),
    (("01/02/2025 01:00", "Burgs", "burglary-residential", "Bromsgrove", "no", ""), {}),
    (("07/01/2025 12:00", "ASB", "", "Bromsgrove", "-", ""), {}),
    (("07/01/2025 12:00", "Burgs", "burglary-residential", "Malvern Hills", "Drink", ""), {}),
]
CATEGORY = {"Burgs": "burglary", "Burglary": "burglary", "burglary": "burglary", "ASB": "anti-social-behaviour"}
DISTRICT = {"Bromsgrove": BROMSGROVE, "Redditch": REDDITCH, "REDDITCH": REDDITCH, "Malvern Hills": "E07000235"}
OFFENCE = {"Residential burglary": "burglary-residential", "": None}
ALCOHOL = {"Drink": True, "yes": True, "-": False, "no": False}


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    home = Home(tmp_path / "site")
    home.prepare()
    given = tmp_path / "police-list.toml"
    given.write_text(MAPPING, encoding="utf-8")
    kind = load_mapping(given).kind
    kept = home.store / "incidents" / "mappings" / f"{kind}.toml"  # where the importer keeps what it read by
    kept.parent.mkdir(parents=True)
    given.replace(kept)
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Committed from", "Kind", "Offence", "Council", "Alcohol?", "Strand"])
        writer.writerows(cells for cells, _ in LINES)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    supply = Supply(
        supply=digest[:12],
        source="incidents",
        kind=kind,
        supplier="police-list",
        path=str(path),
        sha256=digest,
        sha256_raw=digest,
        rows_in=len(LINES),
        stored=len(LINES),
        rejected=0,
        as_of="2025-03",
        imported_at="2025-03-01T00:00:00",
        origin="supplied",
        disclosure="open",
    )
    parts = []
    for month in ("2025-01", "2025-02"):
        rows = [row(cells, more, supply.supply) for cells, more in LINES if month_in(cells[0]) == month]
        name = part_name("incidents", "police-list", month_number(month), supply.supply)
        target = home.store / "incidents" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table_of("incidents", rows), target)
        parts.append(Part("incidents", "police-list", month_number(month), name, len(rows), supply.supply))
    replace_manifest(
        home.store / "incidents", Manifest("incidents", parts=tuple(parts), supplies={supply.supply: supply})
    )
    return open_workspace(home)


def month_in(cell: str) -> str:
    return cell[:7] if cell[4] == "-" else f"{cell[6:10]}-{cell[3:5]}"


def row(cells: tuple[str, ...], more: dict[str, Any], supply: str) -> dict[str, Any]:
    return {
        "supply": supply,
        "source": "incidents",
        "supplier": "police-list",
        "origin": "supplied",
        "month": month_number(month_in(cells[0])),
        "category": CATEGORY[cells[1]],
        "offence": OFFENCE.get(cells[2], cells[2]),
        "district": DISTRICT[cells[3]],
        "alcohol": ALCOHOL[cells[4]],
        **more,
    }


@pytest.mark.parametrize(
    ("key", "area", "count"),
    [
        ("burglary", "north-worcestershire", 3),
        ("burglary", REDDITCH, 2),
        ("recorded-crime", "north-worcestershire", 3),
        ("anti-social-behaviour", "north-worcestershire", 1),
        ("residential-burglary", "north-worcestershire", 2),
        ("alcohol-related-crimes", "north-worcestershire", 2),
        ("hate-crimes", "north-worcestershire", 1),
    ],
)
def test_the_list_counts_to_the_figure(ws: Workspace, key: str, area: str, count: int) -> None:
    figure = compute(ws.definitions.measure(key), area, Period.parse("2025-01"), ws)
    assert figure.numerator == count
    found = trace(figure.figure_id, ws.home)
    (file,) = found.files
    assert file.filter.unknown == () and file.state == "as imported"
    assert recount(found.to_json()) == count


def test_what_a_list_cannot_be_asked_is_named(ws: Workspace) -> None:
    figure = compute(
        ws.definitions.measure("burglary"),
        "north-worcestershire",
        Period.parse("2025-01"),
        ws,
        variant="outcome-charged",
        extra=(("outcome_group", ("charged",)),),
    )
    assert figure.reason == "not-in-source"  # the list has no outcomes at all


def test_a_list_whose_mapping_is_gone_says_that_it_cannot_be_followed(ws: Workspace) -> None:
    figure = compute(ws.definitions.measure("burglary"), "north-worcestershire", Period.parse("2025-01"), ws)
    (kept,) = (ws.home.store / "incidents" / "mappings").iterdir()
    kept.unlink()
    (file,) = trace(figure.figure_id, ws.home).files
    assert file.filter.conditions == () and "category" in file.filter.unknown

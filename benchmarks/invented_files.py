"""Invented police.uk street-level files of any number of rows, for measuring speed and nothing else.

Sizes and cardinalities follow the real files: 220 bytes a row, a fifth of the rows anti-social
behaviour without an id or outcome, two in a hundred without a place, points from a list of which a
few hundred are used most, some street names with a comma and so in quotation marks. Names of forces
and districts come from the definitions; all else is drawn with a fixed seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa

from frankpledge.engine.definitions.areas import Areas, Force
from frankpledge.engine.definitions.periods import Period, month_number, month_text
from frankpledge.engine.definitions.shapes import SourceDefinition

HEADER: Final = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
MONTHS: Final = Period(month_number("2020-07"), month_number("2025-06"))
ROWS_OF_A_FORCE: Final = 5_000_000  # over the 60 months: 83,333 rows a file, the size of the largest force's
POINTS, SMALL_AREAS, STREETS = 30_000, 1_200, 8_000  # of one force
SEED: Final = 20250630
_FIRST = (
    "Station",
    "Church",
    "Mill",
    "Victoria",
    "Albert",
    "Park",
    "Oak",
    "Elm",
    "Bridge",
    "Castle",
    "Orchard",
    "Hill",
)
_LAST = ("Road", "Street", "Lane", "Close", "Avenue", "Drive", "Way", "Gardens", "Crescent", "Court")
_ANYWHERE = ("Parking Area", "Supermarket", "Shopping Area", "Petrol Station", "Park/Open Space")


@dataclass(frozen=True)
class Written:
    """What was written."""

    folder: Path
    forces: tuple[str, ...]
    files: int
    rows: int
    bytes: int


def write_files(folder: Path, rows: int, areas: Areas, source: SourceDefinition) -> Written:
    """One file per force and month under `folder`, `rows` rows in all.

    As many forces as `ROWS_OF_A_FORCE` asks for, those with the most districts first but never the
    largest (where every partnership is one district).
    """
    forces = chosen_forces(areas, max(1, rows // ROWS_OF_A_FORCE))
    rng = np.random.default_rng(SEED)
    months = MONTHS.months
    sizes = np.full(len(forces) * len(months), rows // (len(forces) * len(months)))
    sizes[: rows - int(sizes.sum())] += 1
    written = 0
    with duckdb.connect() as database:
        database.execute("SET threads = 2")
        database.execute("SET enable_progress_bar = false")
        for place, force in enumerate(forces):
            spots = _spots(rng, areas, force)
            for at, month in enumerate(months):
                target = folder / month_text(month) / f"{month_text(month)}-{force.slug}-street.csv"
                target.parent.mkdir(parents=True, exist_ok=True)
                count = int(sizes[place * len(months) + at])
                _write(database, target, _rows(rng, spots, count, source), force, month_text(month))
                written += target.stat().st_size
    return Written(folder, tuple(f.slug for f in forces), len(sizes), rows, written)


def chosen_forces(areas: Areas, number: int) -> list[Force]:
    """Forces of England with many districts; the one with the most is passed over."""
    english = [f for f in areas.forces.values() if f.nation == "england"]
    english.sort(key=lambda f: (-len(areas.districts_of_force(f.slug)), -len(f.name), f.slug))
    return english[1 : 1 + number]


def _spots(rng: np.random.Generator, areas: Areas, force: Force) -> dict[str, Any]:
    """The points of a force: texts of longitude and latitude, street and small area of each, and how often used."""
    own = {district.code for district in areas.districts_of_force(force.slug)}
    names = [name for name, code in areas.place_table() if code in own]
    small = [
        f"{names[i % len(names)]} {i // len(names) // 5 + 1:03d}{'ABCDE'[i // len(names) % 5]}"
        for i in range(SMALL_AREAS)
    ]
    first_code = 1_000_000 + int(rng.integers(0, 30_000))
    codes = [f"E0{first_code + i}" for i in range(SMALL_AREAS)]
    streets = [_street(rng, i) for i in range(STREETS)]
    west, south = rng.uniform(-2.5, 0.0), rng.uniform(51.2, 53.2)
    area = rng.integers(0, SMALL_AREAS, POINTS)
    weights = 1.0 / (np.arange(POINTS) + 60.0) ** 0.9
    return {
        "longitude": pa.array([f"{degrees:.6f}" for degrees in west + 0.9 * rng.random(POINTS)]),
        "latitude": pa.array([f"{degrees:.6f}" for degrees in south + 0.6 * rng.random(POINTS)]),
        "street": pa.array(streets).take(pa.array(rng.integers(0, STREETS, POINTS))),
        "code": pa.array(codes).take(pa.array(area)),
        "name": pa.array(small).take(pa.array(area)),
        "often": np.cumsum(weights) / weights.sum(),
    }


def _street(rng: np.random.Generator, number: int) -> str:
    if number % 40 == 0:
        return f"On or near {_ANYWHERE[number // 40 % len(_ANYWHERE)]}"
    first, last = _FIRST[int(rng.integers(len(_FIRST)))], _LAST[int(rng.integers(len(_LAST)))]
    syllables = "".join(("ba", "den", "wick", "ton", "ley", "ham", "mor", "ash")[int(k)] for k in rng.integers(0, 8, 2))
    comma = ", North Side" if number % 50 == 7 else ""
    return f"On or near {first} {syllables.capitalize()} {last}{comma}"


def _rows(rng: np.random.Generator, spots: dict[str, Any], count: int, source: SourceDefinition) -> pa.Table:
    """The drawn columns of one file."""
    types, outcomes = list(source.categories), list(source.outcomes)
    asb = next(i for i, words in enumerate(types) if source.categories[words] == "anti-social-behaviour")
    weights = 1.0 / (1.0 + np.arange(len(types)))
    weights[asb] = 0.25 * (weights.sum() - weights[asb])  # a fifth of all rows
    kind = rng.choice(len(types), count, p=weights / weights.sum())
    often = 1.0 / (1.0 + np.arange(len(outcomes)))
    found = rng.choice(len(outcomes), count, p=often / often.sum())
    at = np.minimum(np.searchsorted(spots["often"], rng.random(count)), POINTS - 1)
    placed, no_id = pa.array(at, mask=rng.random(count) < 0.02), kind == asb
    return pa.table(
        {
            "longitude": spots["longitude"].take(placed),
            "latitude": spots["latitude"].take(placed),
            "code": spots["code"].take(placed),
            "name": spots["name"].take(placed),
            "street": spots["street"].take(placed).fill_null("No Location"),
            "type": pa.array(types).take(pa.array(kind)),
            "outcome": pa.array(outcomes).take(pa.array(found, mask=no_id)),
            "number": pa.array(rng.integers(0, 2**62, count), mask=no_id),
        }
    )


def _write(database: duckdb.DuckDBPyConnection, target: Path, rows: pa.Table, force: Force, month: str) -> None:
    database.register("drawn", rows)
    given = (
        "sha256(number::VARCHAR)", f"'{month}'", "$force", "$force", "longitude", "latitude", "street", "code", "name",
        "type", "outcome", "NULL",
    )  # fmt: skip
    listed = ", ".join(f'{value} AS "{name}"' for value, name in zip(given, HEADER, strict=True))
    database.execute(
        f"COPY (SELECT {listed} FROM drawn) TO '{target}' (FORMAT csv, HEADER, DELIMITER ',')", {"force": force.name}
    )
    database.unregister("drawn")

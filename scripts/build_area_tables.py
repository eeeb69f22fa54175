"""Derive definitions/areas/ from the published look-ups, so that the shipped tables can be rebuilt and checked.

    python scripts/build_area_tables.py FOLDER [--out definitions/areas]

FOLDER holds `lookups/`, `csp/` and `boundaries/` as described in definitions/areas/README.md. Everything
that is editorial (which order merged which councils, spellings that people use) stands in the
constants below; everything else is computed from the files. Nothing is written unless every check holds.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import area_editorial as editorial
from area_writing import write_districts, write_forces, write_former, write_partnerships, write_places
from pyproj import Transformer

ONS_CODE = re.compile(r"^[EW]\d{8}$")
BANDS = (
    "Aged 15 years and under",
    "Aged 16 to 24 years",
    "Aged 25 to 34 years",
    "Aged 35 to 49 years",
    "Aged 50 to 64 years",
    "Aged 65 years and over",
)


@dataclass(frozen=True)
class Published:
    """The published tables that the build reads, as lists of rows."""

    all_codes: list[dict[str, str]]
    csp_names: dict[str, str]
    district_csp_force: list[dict[str, str]]
    c2_codes: frozenset[str]
    population: list[dict[str, str]]
    households: dict[str, int]
    best_fit: list[dict[str, str]]
    hectares: dict[str, float]

    @property
    def current(self) -> dict[str, dict[str, str]]:
        """Districts of England and Wales in force, by code."""
        return {r["LADCD"]: r for r in self.all_codes if r["Current"] == "TRUE" and ONS_CODE.match(r["LADCD"])}

    @property
    def active(self) -> dict[str, str]:
        """Every district code since 2011 -> the code in force now."""
        return {r["LADCD"]: r["LADCD_ACTIVE"] for r in self.all_codes}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV or CSV.gz file; one of them starts with a byte order mark."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))


def c2_codes(path: Path) -> frozenset[str]:
    """Partnership codes with a row in Table C2 (its title lines and force totals have none)."""
    table = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    return frozenset(r[2].strip() for r in table if len(r) > 6 and ONS_CODE.match(r[2].strip()))


def read_published(folder: Path) -> Published:
    """Read everything the build needs from `folder`."""
    lookups = folder / "lookups"
    return Published(
        all_codes=list(rows(lookups / "la_all_codes.csv")),
        csp_names={r["CSP19CD"]: r["CSP19NM"] for r in rows(lookups / "csp19_names_codes_ew.csv")},
        district_csp_force=list(rows(lookups / "lad19_csp19_pfa19_ew.csv")),
        c2_codes=c2_codes(next((folder / "csp").glob("pfa_table_c2_*.csv"))),
        population=list(rows(lookups / "census2021_population_lsoa21_by_age_band.csv.gz")),
        households={
            r["lsoa21_code"]: int(r["households"]) for r in rows(lookups / "census2021_households_lsoa21.csv.gz")
        },
        best_fit=list(rows(lookups / "lsoa11_lsoa21_lad22_bestfit_ew_v2.csv.gz")),
        hectares=hectares_by_district(folder / "boundaries" / "lad25_uk_bgc.topojson.gz"),
    )


# --- Land area -------------------------------------------------------------------------------------


def ring_area(ring: list[tuple[float, float]]) -> float:
    """Unsigned area of a closed ring (shoelace), in the square of its unit."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def hectares_by_district(path: Path) -> dict[str, float]:
    """Hectares of each district from a quantised TopoJSON, projected to the British National Grid."""
    topology = json.loads(gzip.decompress(path.read_bytes()))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    grid = Transformer.from_crs(4326, 27700, always_xy=True)
    arcs: list[list[tuple[float, float]]] = []
    for arc in topology["arcs"]:
        x = y = 0
        lon, lat = [], []
        for dx, dy in arc:  # positions are delta-encoded
            x, y = x + dx, y + dy
            lon.append(x * sx + tx)
            lat.append(y * sy + ty)
        arcs.append(list(zip(*grid.transform(lon, lat), strict=True)))

    def ring(indices: Iterable[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for i in indices:  # a negative index is the arc ~i, backwards; neighbouring arcs share one point
            points.extend((arcs[i] if i >= 0 else arcs[~i][::-1])[1 if points else 0 :])
        return points

    areas = {}
    (layer,) = topology["objects"].values()
    for shape in layer["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        square_metres = sum(ring_area(ring(p[0])) - sum(ring_area(ring(hole)) for hole in p[1:]) for p in polygons)
        areas[shape["properties"]["LAD25CD"]] = square_metres / 10_000
    return areas


# --- Names -----------------------------------------------------------------------------------------


def prefix(lsoa_name: str) -> str:
    """The district part of an LSOA name: the text before its last word."""
    return lsoa_name.rsplit(" ", 1)[0]


def place_names(published: Published) -> dict[str, tuple[str, str]]:
    """LSOA-name prefix -> (district code at the time of that name, vintage)."""
    by_name = {}
    for row in published.all_codes:
        # the code in force wins over a former one of the same name (Barnsley)
        if ONS_CODE.match(row["LADCD"]) and (row["LADNM"] not in by_name or row["Current"] == "TRUE"):
            by_name[row["LADNM"]] = row["LADCD"]
    by_name |= {alias: by_name[name] for alias, name in editorial.PLACE_VARIANTS.items()}
    names21 = {prefix(r["lsoa21_name"]) for r in published.population}
    names11 = {prefix(r["LSOA11NM"]) for r in published.best_fit}
    missing = (names11 | names21) - set(by_name)
    if missing:
        sys.exit(f"LSOA names without a district: {sorted(missing)}")
    spoken = {11: "LSOA 2011", 21: "LSOA 2021"}
    return {
        name: (
            code,
            "; ".join(w for n, w in spoken.items() if name in (names11 if n == 11 else names21)) or "district name",
        )
        for name, code in by_name.items()
    }


# --- Partnerships ----------------------------------------------------------------------------------


def partnership_groups(published: Published) -> list[tuple[list[str], list[str]]]:
    """Groups (C2 codes, current districts) that make the partnerships in force.

    Rule: two partnerships of the ONS list are one today if the districts they covered are now one
    district; a partnership that the list gives only a part of a district (PART_OF_DISTRICT) does not
    take that district. Every current district ends in exactly one group, or the build stops.
    """
    districts_of: dict[str, set[str]] = defaultdict(set)
    for row in published.district_csp_force:
        current = published.active[row["LAD19CD"]]
        if (row["CSP19CD"], current) not in editorial.PART_OF_DISTRICT:
            districts_of[row["CSP19CD"]].add(current)
    groups: list[tuple[set[str], set[str]]] = []
    for code, districts in sorted(districts_of.items()):
        touching = [g for g in groups if g[1] & districts]
        groups = [g for g in groups if g not in touching]
        groups.append(
            (
                {code}.union(*(g[0] for g in touching)),
                districts.union(*(g[1] for g in touching)),
            )
        )
    covered = [d for _, ds in groups for d in ds]
    if sorted(covered) != sorted(published.current):
        sys.exit("The groups do not cover every current district exactly once.")
    if {c for cs, _ in groups for c in cs} != set(published.csp_names) or published.c2_codes != set(
        published.csp_names
    ):
        sys.exit("The groups, the ONS list and Table C2 do not hold the same partnership codes.")
    return [(sorted(cs), sorted(ds)) for cs, ds in groups]


def partnerships(published: Published) -> list[dict[str, object]]:
    """One dictionary per partnership in force, sorted by key."""
    force_of = {r["CSP19CD"]: editorial.FORCE_BY_PFA[r["PFA19CD"]] for r in published.district_csp_force}
    current = published.current
    found = []
    for codes, districts in partnership_groups(published):
        ons_name = published.csp_names[codes[0]]
        merged = editorial.MERGERS.get(districts[0]) if len(districts) == 1 else None
        if len(codes) > 1 and merged is None:
            sys.exit(f"No order is recorded for the merger of {codes} into {districts}.")
        name = current[districts[0]]["LADNM"] if len(districts) == 1 else ons_name
        name = editorial.PLAIN_NAMES.get(name, name)
        key = editorial.slug(name)
        former = [editorial.slug(published.csp_names[c]) for c in codes] if len(codes) > 1 else []
        aliases = {editorial.slug(published.csp_names[c]) for c in codes}
        aliases |= {editorial.slug(current[d]["LADNM"]) for d in districts if len(districts) == 1}
        aliases |= set(editorial.MORE_ALIASES.get(key, ()))
        found.append(
            {
                "key": key,
                "name": name,
                "code": codes[0] if len(codes) == 1 else None,
                "nation": "wales" if codes[0].startswith("W") else "england",
                "force": force_of[codes[0]],
                "districts": districts,
                "c2_codes": codes,
                "aliases": sorted(aliases - {key}),
                "valid_from": merged.on if merged else None,
                "successor_of": former,
                "note": merged.note if merged else editorial.NOTES.get(key, ""),
                "c2_note": editorial.C2_NOTES.get(key, ""),
            }
        )
    return sorted(found, key=lambda p: str(p["key"]))


# --- Districts -------------------------------------------------------------------------------------


def districts(published: Published, in_force: list[dict[str, object]]) -> list[dict[str, object]]:
    """One dictionary per current district, sorted by code."""
    places = place_names(published)
    people: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BANDS) + 1))
    homes: dict[str, int] = defaultdict(int)
    for row in published.population:
        district = published.active[places[prefix(row["lsoa21_name"])][0]]
        counts = [int(row["all_ages"]), *(int(row[b]) for b in BANDS)]
        people[district] = [a + b for a, b in zip(people[district], counts, strict=True)]
        homes[district] += published.households[row["lsoa21_code"]]
    of = {str(d): p for p in in_force for d in p["districts"]}  # type: ignore[attr-defined]
    return [
        {
            "code": code,
            "name": row["LADNM"],
            "nation": row["CTRYNM"].lower(),
            "region": row["RGNNM"] or "Wales",  # ONS has no regions in Wales
            "force": of[code]["force"],
            "partnership": of[code]["key"],
            "people": people[code],
            "households": homes[code],
            "hectares": round(published.hectares[code]),
        }
        for code, row in sorted(published.current.items())
    ]


def main() -> None:
    """Build the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path("definitions/areas"))
    given = parser.parse_args()
    published = read_published(given.folder)
    in_force = partnerships(published)
    current = districts(published, in_force)
    given.out.mkdir(parents=True, exist_ok=True)
    write_partnerships(given.out / "partnerships.toml", in_force)
    write_districts(given.out / "districts.csv", current)
    write_former(given.out / "former-districts.csv", published.all_codes)
    write_places(given.out / "place-names.csv", place_names(published))
    write_forces(given.out / "forces.toml", published.district_csp_force)
    print(f"{len(in_force)} partnerships, {len(current)} districts written to {given.out}")


if __name__ == "__main__":
    main()

"""Write the area tables as TOML and CSV. Used by build_area_tables.py."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import area_editorial as editorial

_OWNER = "The project's maintainers"
_LICENCE = "Open Government Licence v3.0"
_ONS_LIST = (
    "Office for National Statistics: Local Authority District to Community Safety Partnerships to Police Force Areas "
    "(December 2019); Community Safety Partnerships (December 2019) Names and Codes; "
    "Local Authority Districts, all codes since 2011"
)

_PARTNERSHIPS_HEAD = """\
# The community safety partnerships of England and Wales in force. Built by scripts/build_area_tables.py;
# README.md beside this file says by which rule {codes} codes make {n} partnerships. Sorted by key.
#
# c2_codes: the rows of ONS Table C2 that add up to the partnership; c2_note: where they do not quite.
# valid_from: left out where the start is earlier than these tables know.
# code: left out where ONS has given the merged partnership no code of its own.

"""


def toml_value(value: object) -> str:
    """A TOML value. JSON strings are TOML basic strings for the characters that occur here."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml_value(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def about(title: str, source: str, notes: str, table: str = "about") -> str:
    """The table that says where a file comes from."""
    facts = {
        "title": title,
        "owner": _OWNER,
        "reviewed_on": editorial.REVIEWED_ON,
        "review_by": editorial.REVIEW_BY,
        "source": source,
        "licence": _LICENCE,
        "notes": notes,
    }
    return "\n".join([f"[{table}]", *(f"{k} = {toml_value(v)}" for k, v in facts.items())]) + "\n"


def table(name: str, facts: dict[str, object]) -> str:
    """One TOML table; what is empty or unknown is left out."""
    kept = {k: v for k, v in facts.items() if v not in (None, "", [], ())}
    return "\n".join([f"[{name}]", *(f"{k} = {toml_value(v)}" for k, v in kept.items())]) + "\n"


def write_partnerships(path: Path, in_force: Sequence[dict[str, object]]) -> None:
    """Write partnerships.toml."""
    codes = {c for p in in_force for c in p["c2_codes"]}  # type: ignore[attr-defined]
    parts = [
        _PARTNERSHIPS_HEAD.format(codes=len(codes), n=len(in_force))
        + about(
            "Community safety partnerships in force",
            _ONS_LIST,
            "Councils that merged since 2019 are one partnership. ONS calls South Worcestershire 'South Worcester'.",
        )
    ]
    parts += [table(f"partnerships.{p['key']}", {k: v for k, v in p.items() if k != "key"}) for p in in_force]
    path.write_text("\n".join(parts), encoding="utf-8")


def write_forces(path: Path, district_csp_force: Iterable[dict[str, str]]) -> None:
    """Write forces.toml; every police force area of the ONS list must have its force."""
    ons_names = {r["PFA19CD"]: r["PFA19NM"] for r in district_csp_force}
    missing = set(ons_names) - set(editorial.FORCE_BY_PFA)
    if missing:
        raise SystemExit(f"No police.uk name is recorded for {sorted(missing)}.")
    parts = [
        about(
            "Police forces",
            "data.police.uk file names and 'Reported by' column; ONS police force areas (December 2019)",
            "The key is the force's part of a police.uk file name. The first name is the one in 'Reported by'; "
            "the last is the ONS name of the area where that differs. British Transport Police and the Police "
            "Service of Northern Ireland publish on police.uk too but answer for no partnership here.",
        )
    ]
    outside = {"btp": "great-britain", "northern-ireland": "northern-ireland"}
    for key, (code, name, others) in sorted(editorial.FORCES.items()):
        names = list(dict.fromkeys(n for n in (name, *others, ons_names.get(code or "", "")) if n))
        nation = outside.get(key) or ("wales" if (code or "").startswith("W") else "england")
        parts.append(table(f"forces.{key}", {"names": names, "code": code, "nation": nation}))
    path.write_text("\n".join(parts), encoding="utf-8")


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file with LF line ends."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_districts(path: Path, districts: Iterable[dict[str, object]]) -> None:
    """Write districts.csv and, beside it, districts.toml with the provenance of all three CSV files."""
    bands = ("0_15", "16_24", "25_34", "35_49", "50_64", "65_plus")
    plain = ("code", "name", "nation", "region", "force", "partnership")
    header = [*plain, "residents", *(f"residents_{b}" for b in bands), "households", "hectares"]
    write_rows(
        path,
        header,
        ([*(d[k] for k in plain), *d["people"], d["households"], d["hectares"]] for d in districts),  # type: ignore[misc]
    )
    census = "Office for National Statistics: Census 2021"
    parts = [
        about(
            "Districts in force with residents, households and land area",
            f"{census}, usual residents by age band and households by LSOA; Local Authority Districts (May 2025) "
            "Boundaries UK BGC. Contains OS data © Crown copyright and database right 2025.",
            "Residents and households are sums of LSOA 2021 tables, whose cells ONS alters slightly to protect people, "
            "so they differ from published district totals by a few. Hectares are computed from generalised clipped "
            "boundaries on the British National Grid, to the nearest hectare: they approximate the ONS Standard Area "
            "Measurements and include inland water. Small boundary changes after the Census are not in the residents.",
            "districts",
        ),
        about(
            "District codes no longer in force",
            "Office for National Statistics: Local Authority Districts, all codes since 2011; the orders named",
            "ended: the last day on which the code was in force; blank where it is not known.",
            "former-districts",
        ),
        about(
            "Names of places in LSOA names",
            "Office for National Statistics: LSOA 2011 and LSOA 2021 names; Local Authority Districts since 2011",
            "prefix: an LSOA name less its last word. district: the code of the district of that name, the newest "
            "where it was recoded; if it is no longer in force, former-districts.csv leads to the one that is. "
            "used_in: where the name occurs; 'district name' is a name or spelling that no LSOA bears yet.",
            "place-names",
        ),
    ]
    path.with_suffix(".toml").write_text("\n".join(parts), encoding="utf-8")


def write_former(path: Path, all_codes: Iterable[dict[str, str]]) -> None:
    """Write former-districts.csv."""
    former = [r for r in all_codes if r["Current"] != "TRUE" and r["LADCD"][0] in "EW"]
    rows = []
    for r in sorted(former, key=lambda r: r["LADCD"]):
        ended, reason = editorial.ENDED[r["LADCD"]]
        rows.append((r["LADCD"], r["LADNM"], r["LADCD_ACTIVE"], ended.isoformat() if ended else "", reason))
    write_rows(path, ("code", "name", "successor", "ended", "reason"), rows)


def write_places(path: Path, places: dict[str, tuple[str, str]]) -> None:
    """Write place-names.csv."""
    rows = ((name, code, used_in) for name, (code, used_in) in sorted(places.items()))
    write_rows(path, ("prefix", "district", "used_in"), rows)

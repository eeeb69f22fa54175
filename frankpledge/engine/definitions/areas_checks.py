"""What must hold between the files under definitions/areas/, once each row by itself is right."""

from __future__ import annotations

import re

from frankpledge.engine.definitions.areas_reading import AreaFiles
from frankpledge.engine.definitions.areas_shapes import Partnership, PlaceName

_ONS_DISTRICT = re.compile(r"^(E0[6-9]|W06)\d{6}$")


def check_areas(files: AreaFiles) -> None:
    """Note every fault between rows in `files.problems`."""
    _check_partnerships(files)
    _check_districts(files)
    _check_former_and_places(files)
    _check_claims(files)
    _check_aliases(files)
    _check_origins(files)


def _check_partnerships(files: AreaFiles) -> None:
    """The districts and the force of a partnership exist."""
    for key, p in files.partnerships.items():
        where = files.where["partnerships", key]
        for code in p.districts:
            if code not in files.districts:
                files.complain(where, f"{key}.districts", code, "codes of districts.csv")
        if p.force not in files.forces:
            files.complain(where, f"{key}.force", p.force, "a key of forces.toml")


def _check_districts(files: AreaFiles) -> None:
    """The force of a district exists, and the partnership that it names lists it."""
    for code, d in files.districts.items():
        where = files.where["districts", code]
        if d.force not in files.forces:
            files.complain(where, f"{code}.force", d.force, "a key of forces.toml")
        partnership = files.partnerships.get(d.partnership)
        if partnership is None or code not in partnership.districts:
            files.complain(
                where, f"{code}.partnership", d.partnership, "the key of a partnership that lists this district"
            )


def _check_former_and_places(files: AreaFiles) -> None:
    """A former code leads to one in force, and a place name to either."""
    for code, f in files.former.items():
        where = files.where["former", code]
        if f.successor not in files.districts:
            files.complain(where, f"{code}.successor", f.successor, "a code of districts.csv")
        if code in files.districts:
            files.complain(where, code, "a code that districts.csv has in force", "a code that is no longer in force")
    for name, place in files.places.items():
        if place.district not in files.districts and place.district not in files.former:
            allowed = "a code of districts.csv or former-districts.csv"
            files.complain(files.where["places", name], f"{name}.district", place.district, allowed)


def _check_claims(files: AreaFiles) -> None:
    """On any day a district and a row of Table C2 belong to one partnership, else sums would count them twice."""
    holders: dict[str, list[Partnership]] = {}
    for p in files.partnerships.values():
        for code in (*p.districts, *(p.c2_codes if p.origin != "synthetic" else ())):
            holders.setdefault(code, []).append(p)
    for code, claimants in holders.items():
        for i, first in enumerate(claimants):
            for other in claimants[i + 1 :]:
                if first.overlaps(other):
                    files.complain(
                        files.where["partnerships", other.key],
                        other.key,
                        f"{code}, which '{first.key}' has at the same time",
                        "districts and Table C2 codes that no other partnership has on the same day",
                        "valid_from = 2028-04-01",
                    )


def _check_aliases(files: AreaFiles) -> None:
    """An alias means one partnership."""
    taken = {key: key for key in files.partnerships}
    for key, p in files.partnerships.items():
        for alias in p.aliases:
            owner = taken.setdefault(alias, key)
            if owner != key:
                where = files.where["partnerships", key]
                files.complain(where, f"{key}.aliases", f"'{alias}', which means '{owner}'", "aliases of its own")


def _check_origins(files: AreaFiles) -> None:
    """Invented and real areas never mix (architecture §10, 2): no partnership of both, none in place of the other."""
    for key, p in files.partnerships.items():
        for code in p.districts:
            if bool(_ONS_DISTRICT.match(code)) == (p.origin == "synthetic"):
                allowed = "ONS district codes" if p.origin != "synthetic" else "codes that no real district has"
                files.complain(files.where["partnerships", key], f"{key}.districts", code, allowed, "DEMO-01")
    for before, after in files.replaced:
        match before, after:
            case Partnership(), Partnership() if (before.origin == "synthetic") != (after.origin == "synthetic"):
                where = files.where["partnerships", after.key]
                allowed = "a key of its own, since real and synthetic partnerships do not replace one another"
                files.complain(where, after.key, f"origin {after.origin}", allowed)
            case PlaceName(), PlaceName() if bool(_ONS_DISTRICT.match(before.district)) != bool(
                _ONS_DISTRICT.match(after.district)
            ):
                where = files.where["places", after.prefix]
                files.complain(where, after.prefix, after.district, "a name that no real district has")

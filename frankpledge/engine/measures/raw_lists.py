"""The filter of a figure put back into the columns of a partner's own list, by the mapping that read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from frankpledge.engine.definitions.area_names import slug
from frankpledge.engine.definitions.vocabulary import CATEGORIES, OFFENCES
from frankpledge.engine.store.importers.partner_list import mapping_of_supply
from frankpledge.engine.store.importers.partner_mapping import FLAGS, STRANDS, PartnerMapping
from frankpledge.engine.store.importers.partner_rows import CATEGORY_OF_OFFENCE, YES
from frankpledge.engine.store.manifest import Supply

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace

Made = tuple[str, str, tuple[str, ...]]  # column, what to take, one of
EVERY_ROW: Final[Made] = ("", "", ())
_VOCABULARY: Mapping[str, Mapping[str, str]] = {"category": CATEGORIES, "offence": OFFENCES}


def mapping_of(supply: Supply, ws: Workspace) -> PartnerMapping | None:
    """The mapping that a list was read by; None where the site no longer keeps it."""
    return mapping_of_supply(ws.store, supply)


def condition_in_list(mapping: PartnerMapping, field: str, values: tuple[str, ...], ws: Workspace) -> Made | None:
    """What must hold in a column of the list; `EVERY_ROW` where it holds for all; None where no column tells."""
    columns = mapping.headers
    if field == "supplier":
        return EVERY_ROW
    if field == "month":
        column = columns.get("from") or columns.get("date") or columns.get("month")
        return (column, f"month of the day, {mapping.dates}", values) if column else None
    if field == "district":
        return _district(mapping, values, ws)
    if field in ("category", "not category", "offence"):
        return _what(mapping, field, values)
    if field in (*FLAGS, "hate") and field in columns:
        return columns[field], "value", _marks(mapping, field)
    if field == "lsoa_code" and field in columns:
        return columns[field], "value", values
    return None


def _what(mapping: PartnerMapping, field: str, values: tuple[str, ...]) -> Made | None:
    name = "offence" if field == "offence" else "category"
    wanted = set(values) if field != "not category" else set(CATEGORIES) - set(values)
    fixed = getattr(mapping.fixed, name)
    if name in mapping.columns:
        return mapping.headers[name], "words joined by hyphens", _spellings(mapping, name, wanted)
    if fixed:
        return EVERY_ROW if fixed in wanted else (next(iter(mapping.headers.values())), "value", ())
    if name == "category" and "offence" in mapping.columns:
        offences = {o for o, category in CATEGORY_OF_OFFENCE.items() if category in wanted}
        return mapping.headers["offence"], "words joined by hyphens", _spellings(mapping, "offence", offences)
    return None


def _spellings(mapping: PartnerMapping, name: str, wanted: Iterable[str]) -> tuple[str, ...]:
    """How the wanted keys can stand in the list: as the mapping lists them, as keys, as titles."""
    known, wanted = _VOCABULARY[name], set(wanted)
    words = {str(field): meanings for field, meanings in mapping.values.items()}.get(name, {})
    mapped = {slug(cell) for cell, key in words.items() if key in wanted}
    other = {slug(cell) for cell, key in words.items() if key not in wanted}
    plain = {spelling for key in wanted for spelling in (key, slug(known[key]))}
    return tuple(sorted(mapped | (plain - other)))


def _marks(mapping: PartnerMapping, field: str) -> tuple[str, ...]:
    words = {str(name): meanings for name, meanings in mapping.values.items()}.get(field, {})
    said = {cell for cell, meaning in words.items() if meaning is not False}
    plain = {*YES, *STRANDS} if field == "hate" else set(YES)
    spelt = {form for word in plain for form in (word, word.upper(), word.capitalize())}
    return tuple(sorted((said | spelt) - {cell for cell, meaning in words.items() if meaning is False}))


def _district(mapping: PartnerMapping, values: tuple[str, ...], ws: Workspace) -> Made | None:
    """By the small area's name or, where nothing finer is mapped, by the district that the row names."""
    current = {code for value in values if (code := ws.areas.current_code(value))}
    prefixes = [prefix for prefix, code in ws.areas.place_table() if code in current]
    columns = mapping.headers
    if "lsoa_name" in columns:
        return columns["lsoa_name"], "text before the last word", tuple(prefixes)
    if {"lsoa_code", "easting", "longitude"} & set(columns):
        return None  # placed by a look-up or a boundary, which a script of twenty lines does not hold
    if "district" in columns:
        words = {str(name): meanings for name, meanings in mapping.values.items()}.get("district", {})
        named = {*prefixes, *(ws.areas.districts[code].name for code in current), *values}
        said = {slug(cell) for cell, meaning in words.items() if slug(str(meaning)) in {slug(n) for n in named}}
        return columns["district"], "words joined by hyphens", tuple(sorted(said | {slug(n) for n in named}))
    return EVERY_ROW if mapping.fixed.district else None

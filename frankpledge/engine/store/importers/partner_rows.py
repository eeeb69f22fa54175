"""One row of a partner's list, from mapped cells to the fields of the incidents dataset."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from frankpledge.engine.definitions.area_names import slug
from frankpledge.engine.definitions.vocabulary import CATEGORIES, OFFENCES
from frankpledge.engine.store.importers.partner_mapping import FLAGS, LEAVE_OUT, STRANDS, FieldName, PartnerMapping
from frankpledge.engine.store.importers.partner_places import Gazetteer, NotPlace
from frankpledge.engine.store.importers.partner_privacy import private
from frankpledge.engine.store.importers.partner_times import Clockwork, NotTime, When

YES: Final = frozenset({"yes", "y", "true", "t", "1", "x", "✓", "✔"})
NO: Final = frozenset({"no", "n", "false", "f", "0"})
_REFERENCE: Final = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9/_.:# -]{0,39}")
_MOST_NAMED: Final = 20

# The type of police.uk that each offence of the recorded-crime tables belongs to.
CATEGORY_OF_OFFENCE: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "violence-against-the-person", "homicide", "death-or-serious-injury-driving", "violence-with-injury",
            "violence-without-injury", "stalking-and-harassment", "sexual-offences", "rape", "other-sexual-offences",
        ),
        "violence-and-sexual-offences",
    ),
    **dict.fromkeys(("robbery", "personal-robbery", "business-robbery"), "robbery"),
    **dict.fromkeys(("burglary", "burglary-residential", "burglary-business-and-community"), "burglary"),
    "vehicle-offences": "vehicle-crime",
    "theft-from-the-person": "theft-from-the-person",
    "bicycle-theft": "bicycle-theft",
    "shoplifting": "shoplifting",
    "other-theft": "other-theft",
    "criminal-damage-and-arson": "criminal-damage-arson",
    "drug-offences": "drugs",
    "possession-of-weapons": "possession-of-weapons",
    "public-order": "public-order",
    "miscellaneous-crimes-against-society": "other-crime",
}  # fmt: skip


class NotRow(ValueError):
    """A row that cannot be stored: the field at fault and why."""

    def __init__(self, field_name: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field_name


@dataclass
class RowReader:
    """Reads the rows of one list; `odd` and `unmapped` tell what was met on the way."""

    mapping: PartnerMapping
    clocks: Clockwork
    gazetteer: Gazetteer
    odd: Counter[str] = field(default_factory=Counter)
    unmapped: dict[str, Counter[str]] = field(default_factory=dict)

    def read(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """The fields of a row. `cells`: mapped cells by field, without blanks at their ends. Raises NotRow."""
        category, offence = self._what(cells)
        try:
            when = self._when(cells)
            where = self.gazetteer.where(cells)
        except NotPlace as error:
            raise NotRow(error.field, str(error)) from None
        return {
            **vars(when),
            "weekday": when.weekday,
            "iso_week": when.iso_week,
            "category": category,
            "offence": offence,
            "incident_id": self._reference(cells.get("reference", "")),
            **self._outcome(cells.get("outcome", "")),
            **vars(where),
            "snapped": self._snapped(where.easting),
            "outside_force": False,
            **{flag: self._flag(flag, cells) for flag in FLAGS},
            "hate": self._strand(cells.get("hate")),
            "place_type": self._listed("place_type", cells.get("place_type", "")),
        }

    def notes(self, rows: int) -> list[str]:
        """What was odd about the list, in words."""
        own = [f"{_WORDS[key]}: {n:,} rows." for key, n in sorted(self.odd.items())]
        return [*self.clocks.notes(rows), *self.gazetteer.notes(), *own]

    def warnings(self) -> list[str]:
        """Words of the list that the mapping does not know, so that it can be completed."""
        found = []
        for name, words in sorted(self.unmapped.items()):
            shown = [f"'{w}' ({n:,})" for w, n in words.most_common(_MOST_NAMED) if not private(name, w)]
            listed = ", ".join(shown) or "words that are better not repeated"
            found.append(
                f"Words of '{self.mapping.columns[cast(FieldName, name)]}' that the mapping does not know: {listed}."
                f" Say what they mean under [values.{name}] and import the list again."
            )
        return found

    # --- When

    def _when(self, cells: Mapping[str, str]) -> When:
        held = "month"
        try:
            if cells.get("from"):
                held = "from"
                begin = self.clocks.moment(cells["from"], cells.get("from_time", ""))
                held = "to"
                end = self.clocks.moment(cells["to"], cells.get("to_time", "")) if cells.get("to") else None
                held = "from"
                return self.clocks.when(begin, end)
            if cells.get("date"):
                held = "date"
                return self.clocks.when(self.clocks.moment(cells["date"], cells.get("time", "")), None)
            if cells.get("month"):
                return self.clocks.month(cells["month"])
        except NotTime as error:
            raise NotRow(held, str(error)) from None
        first = next(name for name in ("from", "date", "month") if name in self.mapping.columns)
        raise NotRow(first, "nothing says when it happened")

    # --- What

    def _what(self, cells: Mapping[str, str]) -> tuple[str, str | None]:
        fixed = self.mapping.fixed
        offence = self._key("offence", cells, OFFENCES) or fixed.offence
        category = self._key("category", cells, CATEGORIES) or fixed.category
        category = category or CATEGORY_OF_OFFENCE.get(offence or "")
        if LEAVE_OUT in (category, offence):
            raise NotRow("category" if category == LEAVE_OUT else "offence", "left out, as the mapping says")
        if category is None:
            named = "category" if "category" in self.mapping.columns else "offence"
            raise NotRow(named, "nothing says what it was")
        return category, offence

    def _key(self, name: FieldName, cells: Mapping[str, str], known: Mapping[str, str]) -> str | None:
        cell = cells.get(name, "")
        word = self.mapping.word(name, cell)
        if word is not None:
            return str(word)
        if not cell:
            return None
        key = slug(cell)
        if key in known:
            return key
        by_title = {slug(title): k for k, title in known.items()}
        if key in by_title:
            return by_title[key]
        self._miss(name, cell)
        raise NotRow(name, f"not a word that the mapping knows; add it under [values.{name}]")

    # --- Marks and words

    def _flag(self, name: str, cells: Mapping[str, str]) -> bool | None:
        """Yes, no, or not known: a blank cell says nothing unless the mapping says that it means no."""
        if name not in cells:
            return None
        word = self.mapping.word(cast(FieldName, name), cells[name])
        if isinstance(word, bool):
            return word
        plain = cells[name].casefold()
        if plain in YES or plain in NO or not plain:
            return plain in YES if plain else None
        self._miss(name, cells[name])
        raise NotRow(name, f"neither yes nor no; say what it means under [values.{name}]")

    def _strand(self, cell: str | None) -> str | None:
        """The strand of a hate crime; None where there is none."""
        word = self.mapping.word("hate", cell or "")
        if isinstance(word, str):
            return word
        if word is False or not cell or cell.casefold() in NO:
            return None
        if slug(cell) in STRANDS:
            return slug(cell)
        if cell.casefold() in YES:
            return "not-stated"
        self._miss("hate", cell)
        raise NotRow("hate", "not a strand that the mapping knows; add it under [values.hate]")

    def _listed(self, name: FieldName, cell: str) -> str | None:
        """A word that the mapping lists; any other is left empty, so that free text can never be stored."""
        if not cell:
            return None
        word = self.mapping.word(name, cell)
        if word is None:
            self._miss(name, cell)
            self.odd[name] += 1
        return str(word) if word else None

    def _outcome(self, cell: str) -> dict[str, str | None]:
        group = self._listed("outcome", cell)
        return {"outcome": cell if group else None, "outcome_group": group}

    def _reference(self, cell: str) -> str | None:
        if not cell:
            return None
        if _REFERENCE.fullmatch(cell) and not private("reference", cell):
            return cell
        self.odd["reference"] += 1
        return None

    def _snapped(self, easting: int | None) -> bool | None:
        return None if easting is None else self.mapping.points == "snapped"

    def _miss(self, name: str, cell: str) -> None:
        words = self.unmapped.setdefault(name, Counter())
        if cell in words or len(words) < 500:
            words[cell] += 1


_WORDS: Final = {
    "reference": "What stands for a reference is none, and was left empty",
    "outcome": "Outcomes that the mapping does not list were left empty",
    "place_type": "Types of place that the mapping does not list were left empty",
}

"""What a figure says of itself in words: the rows it counts, what it is set against, its caveats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from frankpledge.engine.definitions.periods import Period, month_number
from frankpledge.engine.definitions.shapes import BreakDefinition, MeasureDefinition, RowSelection
from frankpledge.engine.definitions.vocabulary import CATEGORIES, FLAG_WORDS, OFFENCES
from frankpledge.engine.measures.breaks import break_words
from frankpledge.engine.measures.cube import POLICE

if TYPE_CHECKING:
    from frankpledge.engine.measures.place import Place
    from frankpledge.engine.measures.workspace import Workspace

_FLAGS = frozenset(FLAG_WORDS)


def listed(words: Sequence[str], last: str = "or") -> str:
    """Words in a row as a sentence has them.

    >>> listed(["Bromsgrove", "Redditch", "Wyre Forest"])
    'Bromsgrove, Redditch or Wyre Forest'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def months_in_words(months: Sequence[int]) -> str:
    """Months as runs.

    >>> months_in_words([24300, 24301, 24303])
    'January to February 2025, April 2025'
    """
    runs: list[list[int]] = []
    for month in sorted(months):
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(Period(run[0], run[-1]).words for run in runs)


def filter_words(pairs: Sequence[tuple[str, tuple[str, ...]]], ws: Workspace) -> str:
    """The rows that a filter counts, as a phrase."""
    found = dict(pairs)
    source = found.get("source", ("",))[0]
    definition = ws.definitions.sources.get(source)
    said = [f"Rows of {definition.title if definition else source}"]
    for field, values in pairs:
        words = _condition_words(field, values, source, ws)
        if words:
            said.append(words)
    return ", ".join(said) + "."


def _condition_words(field: str, values: tuple[str, ...], source: str, ws: Workspace) -> str:
    if field in _FLAGS:
        return FLAG_WORDS[field]
    if field == "supplier" and values:
        how = "reported" if source.startswith(POLICE) else "supplied"
        return f"{how} by {listed([_supplier_name(v, ws) for v in values])}"
    if field == "month" and values:
        return f"of {months_in_words([month_number(v) for v in values])}"
    if field == "district":
        named = sorted({ws.areas.districts[c].name for v in values if (c := ws.areas.current_code(v))})
        how = " by the name of the small area" if source.startswith(POLICE) else ""
        return f"placed in {listed(named)}{how}" if named else ""
    if field == "hour":
        return f"between {int(values[0]):02d}:00 and {int(values[-1]):02d}:59"
    if field == "period":
        return f"for {Period.parse(values[0]).words}"
    plain = {
        "category": lambda: f"of type {listed([CATEGORIES.get(v, v).lower() for v in values])}",
        "not category": lambda: f"of any type but {listed([CATEGORIES.get(v, v).lower() for v in values])}",
        "offence": lambda: f"of offence {listed([OFFENCES.get(v, v).lower() for v in values])}",
        "outcome_group": lambda: f"with outcome {listed([v.replace('-', ' ') for v in values])}",
        "lsoa_code": lambda: f"with LSOA code {listed(values)}",
        "area_code": lambda: f"for area {listed(values, 'and')}",
    }
    return plain[field]() if field in plain and values else ""


def _supplier_name(supplier: str, ws: Workspace) -> str:
    force = ws.areas.forces.get(supplier)
    return force.name if force else supplier


def denominator_words(measure: MeasureDefinition, place: Place) -> str:
    """What a rate or share is taken of; empty for a count."""
    if isinstance(measure.denominator, RowSelection):
        return "rows of the same source, area and period"
    return f"{measure.denominator} of {place.name}, {place.people_source}" if measure.denominator else ""


def caveats_of(
    measure: MeasureDefinition,
    place: Place,
    period: Period,
    found: Sequence[str],
    crossed: Sequence[BreakDefinition],
) -> tuple[str, ...]:
    """The caveats of a definition and those that this figure adds, each once."""
    said = [*measure.caveats, *found, *(break_words(b) for b in crossed)]
    if isinstance(measure.denominator, str):
        of_them = measure.denominator.capitalize()
        said.append(f"{of_them} are those of one date ({place.people_source}), whatever year the incidents are of.")
    if measure.kind == "rate" and len(period) != 12:
        months = "one month" if len(period) == 1 else f"{len(period)} months"
        said.append(f"The rate is for {months}, not for a year.")
    if place.kind == "force":
        said.append("Every row that the force reports is counted, also those without a place or placed elsewhere.")
    return tuple(dict.fromkeys(said))

"""How many rows of one source a selection counts in an area, month by month.

One source is counted, never two together: the one that covers most of the months asked for, and
among equals the one that the definition names first. A month that no file covers has no count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from frankpledge.engine.definitions.periods import month_text
from frankpledge.engine.definitions.shapes import RowSelection
from frankpledge.engine.measures.cube import POLICE, BoolArray, Cube, cube_of
from frankpledge.engine.measures.place import Place
from frankpledge.engine.measures.results import SuppliedRows

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace

Pairs = tuple[tuple[str, tuple[str, ...]], ...]
DEFAULT_THRESHOLD = 5


@dataclass(frozen=True)
class Tally:
    """Counts of rows by month. `counts` holds None where no file covers the month, never zero for it.

    `reason` is a key of results.REASONS where nothing at all can be counted. `threshold` is above zero
    where the source is controlled: counts from 1 to one less may not be published.
    """

    dataset: str
    snapshot: str
    source: str
    suppliers: tuple[str, ...]
    origin: str
    threshold: int
    months: tuple[int, ...]
    counts: tuple[int | None, ...]
    supplies: tuple[SuppliedRows, ...] = ()
    filter: Pairs = ()
    reason: str = ""

    @property
    def total(self) -> int | None:
        """The rows of all months; None where a month has no data."""
        known = [count for count in self.counts if count is not None]
        return sum(known) if len(known) == len(self.counts) else None

    @property
    def missing(self) -> tuple[int, ...]:
        """The months without data."""
        return tuple(m for m, count in zip(self.months, self.counts, strict=True) if count is None)


def hours_within(first: int, last: int) -> tuple[int, ...]:
    """The hours from `first` to `last`, both included, passing midnight where last comes before first.

    >>> hours_within(20, 5)
    (20, 21, 22, 23, 0, 1, 2, 3, 4, 5)
    """
    return tuple((first + step) % 24 for step in range((last - first) % 24 + 1))


def tally(
    selection: RowSelection,
    place: Place,
    months: Sequence[int],
    ws: Workspace,
    *,
    extra: Pairs = (),
    source: str | None = None,
) -> Tally:
    """Count a selection of rows in a place. `extra` narrows it by further (field, values) pairs.

    `source` fixes the source, as the denominator of a share must come from that of its numerator.
    """
    cube = cube_of(ws, selection.dataset, place.scope, detail=needs_detail(selection, extra))
    candidates = (source,) if source else selection.sources
    held = [(name, *months_covered(cube, name, place, selection.dataset, ws)) for name in candidates]
    asked = set(months)
    chosen, covered, suppliers = max(held, key=lambda found: len(found[1] & asked))  # the first of equals
    if not covered:
        return _nothing(selection, place, months, chosen, ws)
    of_source = within(cube, place, chosen)
    everywhere = cube.where("source", (chosen,)) & cube.where("supplier", suppliers)
    answerable, reason = _months_with_fields(cube, everywhere, selection, extra, covered)
    counted = of_source & chosen_rows(cube, selection, extra)
    by_month = cube.sums("month", counted)
    counts = tuple(by_month.get(m, 0) if m in answerable else None for m in months)
    in_period = counted & cube.where("month", asked & answerable)
    return Tally(
        dataset=selection.dataset,
        snapshot=ws.store.manifest(selection.dataset).snapshot,
        source=chosen,
        suppliers=suppliers,
        origin=_origin(cube, of_source),
        threshold=threshold_of(ws, selection.dataset, chosen),
        months=tuple(months),
        counts=counts,
        supplies=_supplies(cube, in_period, of_source & cube.where("month", asked & answerable)),
        filter=_filter(selection, place, chosen, suppliers=suppliers, months=sorted(asked & answerable), extra=extra),
        reason="" if asked & answerable else (reason if asked & covered else "no-supply"),
    )


def needs_detail(selection: RowSelection, extra: Pairs = ()) -> bool:
    """Whether a selection asks for fields that the plain cube leaves out."""
    plain = {"category", "offence", "district", "supplier", "month"}
    asked = bool(selection.outcome_groups or selection.flags or selection.hours)
    return asked or any(field not in plain for field, _ in extra)


def within(cube: Cube, place: Place, source: str) -> BoolArray:
    """Cells that are a place's own rows of a source.

    Police rows count where the area's force reports them: rows of other forces placed inside the
    area are shown under data quality and never added (a force cannot answer for another's rows).
    """
    mask = cube.where("source", (source,))
    if source.startswith(POLICE):
        mask &= cube.where("supplier", (place.force,))
    if place.districts:
        mask &= cube.where("district", place.districts)
    if place.lsoa:
        mask &= cube.where("lsoa_code", (place.lsoa,))
    return mask


def chosen_rows(cube: Cube, selection: RowSelection, extra: Pairs = ()) -> BoolArray:
    """Cells that a selection picks, whatever their source, place and month."""
    mask = np.ones(len(cube.rows), dtype=np.bool_)
    if selection.categories:
        mask &= cube.where("category", selection.categories)
    if selection.except_categories:
        mask &= ~cube.where("category", selection.except_categories)
    if selection.offences:
        mask &= cube.where("offence", selection.offences)
    if selection.outcome_groups:
        mask &= cube.where("outcome_group", selection.outcome_groups)
    for flag in selection.flags:
        mask &= cube.where(flag, (True,))
    if selection.hours:
        mask &= cube.where("hour", hours_within(*selection.hours))
    for field, values in extra:
        mask &= cube.where_text(field, values)
    return mask


def months_covered(
    cube: Cube, source: str, place: Place, dataset: str, ws: Workspace
) -> tuple[frozenset[int], tuple[str, ...]]:
    """The months for which a source answers for a place, and the suppliers that do.

    A police file covers all of its force, so a part is coverage even where it holds no row of the
    place. A partner's list may be of another area: it covers the months in which it names this one.
    """
    if source.startswith(POLICE):
        covered = ws.store.coverage(dataset, source, place.force)
        return covered, (place.force,) if covered else ()
    of_source = cube.where("source", (source,))
    if place.partnership:
        codes = ws.areas.district_codes_over_time(ws.areas.partnerships[place.partnership])
        of_source &= cube.where("district", codes)
    months = frozenset(cube.sums("month", of_source))
    return months, tuple(sorted(cube.sums("supplier", of_source)))


def threshold_of(ws: Workspace, dataset: str, source: str) -> int:
    """The smallest count from a source that may be published; 0 where the source is open."""
    manifest = ws.store.manifest(dataset)
    classes = {s.disclosure for s in manifest.supplies.values() if s.source == source}
    if "controlled" not in classes:
        return 0
    definition = ws.definitions.sources.get(source)
    return definition.threshold if definition else DEFAULT_THRESHOLD


def _months_with_fields(
    cube: Cube, of_source: BoolArray, selection: RowSelection, extra: Pairs, covered: frozenset[int]
) -> tuple[frozenset[int], str]:
    """The covered months in which the fields asked for are filled at all, and why others are not.

    A list without times is not a list without nights. It is asked of all that the source holds around the
    place, because a small area can be without any outcome in a month for no other reason than its size.
    The hate strand is empty wherever there is none, so there any strand in any month shows that the
    column is kept.
    """
    months, reason = covered, ""
    asked = {
        "offence": bool(selection.offences),
        "outcome_group": bool(selection.outcome_groups),
        "hour": selection.hours is not None,
        **{flag: flag in selection.flags for flag in ("alcohol", "domestic_abuse", "vulnerable_adult", "youth")},
        **{field: True for field, _ in extra},
    }
    for field in (name for name, is_asked in asked.items() if is_asked):
        filled = frozenset(cube.sums("month", of_source & cube.known(field)))
        if not months <= filled:
            reason = "no-times" if field == "hour" else "not-in-source"
        months &= filled
    if "hate" in selection.flags and not cube.total(of_source & cube.known("hate")):
        return frozenset(), "not-in-source"
    return months, reason


def _origin(cube: Cube, of_source: BoolArray) -> str:
    origins = cube.sums("origin", of_source)
    return max(origins, key=lambda name: (origins[name], str(name))) if origins else "published"


def _supplies(cube: Cube, counted: BoolArray, read: BoolArray) -> tuple[SuppliedRows, ...]:
    """Every file read for the period, also those in which no row counts: that is how zero is known."""
    rows = cube.sums("supply", counted)
    return tuple(SuppliedRows(supply, rows.get(supply, 0)) for supply in sorted(cube.sums("supply", read)))


def _filter(
    selection: RowSelection,
    place: Place,
    source: str,
    *,
    suppliers: tuple[str, ...] = (),
    months: Sequence[int] = (),
    extra: Pairs = (),
) -> Pairs:
    pairs: list[tuple[str, tuple[str, ...]]] = [("source", (source,)), ("supplier", suppliers)]
    pairs.append(("month", tuple(month_text(m) for m in months)))
    if place.lsoa:
        pairs.append(("lsoa_code", (place.lsoa,)))
    if place.districts:
        pairs.append(("district", place.districts))
    named = (
        ("category", selection.categories),
        ("not category", selection.except_categories),
        ("offence", selection.offences),
        ("outcome_group", selection.outcome_groups),
        *((flag, ("true",)) for flag in selection.flags),
        ("hour", tuple(str(h) for h in hours_within(*selection.hours)) if selection.hours else ()),
    )
    return (*pairs, *((field, tuple(values)) for field, values in named if values), *extra)


def _nothing(selection: RowSelection, place: Place, months: Sequence[int], source: str, ws: Workspace) -> Tally:
    return Tally(
        dataset=selection.dataset,
        snapshot=ws.store.manifest(selection.dataset).snapshot,
        source=source,
        suppliers=(),
        origin="",
        threshold=0,
        months=tuple(months),
        counts=(None,) * len(months),
        filter=_filter(selection, place, source),
        reason="no-supply",
    )

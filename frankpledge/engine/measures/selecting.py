"""The rows that a selection counts, as an Ibis table: for cuts that no cube holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from frankpledge.engine.definitions.shapes import RowSelection
from frankpledge.engine.measures.cube import POLICE
from frankpledge.engine.measures.place import Place
from frankpledge.engine.measures.tally import Tally, hours_within

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace


def rows_of_source(found: Tally, place: Place, selection: RowSelection, ws: Workspace) -> Any:
    """Rows of the chosen source, supplier and known months that a selection picks, wherever they lie."""
    known = [m for m, count in zip(found.months, found.counts, strict=True) if count is not None]
    rows = ws.store.scan(
        found.dataset,
        source=found.source,
        supplier=place.force if found.source.startswith(POLICE) else None,
        first=min(known, default=0),
        last=max(known, default=0),
    )
    conditions = [rows.source == found.source, rows.month.isin(known)]
    if found.source.startswith(POLICE):
        conditions.append(rows.supplier == place.force)
    if selection.categories:
        conditions.append(rows.category.isin(list(selection.categories)))
    if selection.except_categories:
        conditions.append(rows.category.isnull() | rows.category.notin(list(selection.except_categories)))
    if selection.offences:
        conditions.append(rows.offence.isin(list(selection.offences)))
    if selection.outcome_groups:
        conditions.append(rows.outcome_group.isin(list(selection.outcome_groups)))
    for flag in selection.flags:
        conditions.append(rows.hate.notnull() if flag == "hate" else rows[flag])
    if selection.hours:
        conditions.append(rows.hour.isin(list(hours_within(*selection.hours))))
    return rows.filter(*conditions)


def placed(rows: Any, place: Place) -> Any:
    """Those of some rows that lie in a place."""
    if place.districts:
        rows = rows.filter(rows.district.isin(list(place.districts)))
    if place.lsoa:
        rows = rows.filter(rows.lsoa_code == place.lsoa)
    return rows

"""What is in, what is missing and what is odd in the files behind a partnership's figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from frankpledge.engine.definitions.areas import Partnership
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.measures.cube import POLICE
from frankpledge.engine.store.manifest import Supply

if TYPE_CHECKING:
    from frankpledge.engine.measures.workspace import Workspace

ASB = "anti-social-behaviour"
_GROUPS = (
    "source",
    "supplier",
    "month",
    "inside",
    "has_district",
    "lsoa_vintage",
    "outside_force",
    "code_contradicts_name",
    "snapped",
    "elsewhere",
    "asb",
    "has_id",
)


@dataclass(frozen=True)
class MonthRows:
    """The rows of one month. `supplied` and all else is None in a month without a file."""

    month: int
    supplied: int | None
    inside: int | None
    anti_social_behaviour: int | None
    without_place: int | None


@dataclass(frozen=True)
class Vintage:
    """The rows that carry small-area codes of one Census, and the months that they stand in."""

    vintage: int | None
    months: tuple[int, ...]
    rows: int


@dataclass(frozen=True)
class SupplierQuality:
    """The rows of one supplier (a force's police files, a partner's list) and what is odd in them.

    Counts are of all the supplier's rows in the period unless they say *inside*, which is the
    partnership. `without_place` rows belong to the force and to no district.
    """

    source: str
    supplier: str
    supplier_name: str
    months: tuple[MonthRows, ...]
    rows: int
    inside: int
    without_place: int
    outside_force: int
    code_contradicts_name: int
    district_contradicts_place: int
    snapped_inside: int
    without_id: int
    anti_social_behaviour: int
    repeated_ids: int
    rows_with_repeated_ids: int
    vintages: tuple[Vintage, ...]
    supplies: tuple[Supply, ...]
    rejected: int
    superseded: int

    @property
    def missing_months(self) -> tuple[int, ...]:
        """Months of the period without a file: no data, never zero."""
        return tuple(m.month for m in self.months if m.supplied is None)

    @property
    def gaps(self) -> tuple[Period, ...]:
        """The missing months as runs."""
        runs: list[list[int]] = []
        for month in self.missing_months:
            if runs and month == runs[-1][-1] + 1:
                runs[-1].append(month)
            else:
                runs.append([month])
        return tuple(Period(run[0], run[-1]) for run in runs)


@dataclass(frozen=True)
class QualityReport:
    """Data quality of a partnership's rows in a period.

    `other_forces` are (slug, name, rows) of police rows that other forces placed inside the
    partnership: shown, never added.
    """

    partnership: str
    period: Period
    snapshot: str
    suppliers: tuple[SupplierQuality, ...]
    other_forces: tuple[tuple[str, str, int], ...]
    caveats: tuple[str, ...]


def data_quality(ws: Workspace, partnership: Partnership, period: Period) -> QualityReport:
    """Look at every row that could be the partnership's: its force's, its partners', other forces' inside it."""
    manifest = ws.store.manifest("incidents")
    named = sorted({(p.source, p.supplier) for p in manifest.parts})
    own = [(s, w) for s, w in named if not s.startswith(POLICE) or w == partnership.force]
    suppliers = tuple(_supplier(ws, partnership, period, source, supplier) for source, supplier in own)
    sources = [ws.definitions.sources[s] for s in dict.fromkeys(s for s, _ in own) if s in ws.definitions.sources]
    return QualityReport(
        partnership=partnership.key,
        period=period,
        snapshot=manifest.snapshot,
        suppliers=suppliers,
        other_forces=_other_forces(ws, partnership, period),
        caveats=tuple(dict.fromkeys(caveat for source in sources for caveat in source.caveats)),
    )


def _supplier(ws: Workspace, partnership: Partnership, period: Period, source: str, supplier: str) -> SupplierQuality:
    cells = _cells(ws, partnership, period, source, supplier)
    repeated = _repeated(ws, period, source, supplier)
    manifest = ws.store.manifest("incidents")
    force = ws.areas.forces.get(supplier)
    supplies = tuple(
        sorted(
            {
                p.supply: manifest.supplies[p.supply]
                for p in manifest.parts
                if p.source == source and p.supplier == supplier and (p.month is None or p.month in period)
            }.values(),
            key=lambda s: s.path,
        )
    )
    return SupplierQuality(
        source=source,
        supplier=supplier,
        supplier_name=force.name if force else supplier,
        months=_months(ws, period, source, supplier, cells),
        rows=_sum(cells),
        inside=_sum(c for c in cells if c["inside"]),
        without_place=_sum(c for c in cells if not c["has_district"]),
        outside_force=_sum(c for c in cells if c["outside_force"]),
        code_contradicts_name=_sum(c for c in cells if c["code_contradicts_name"]),
        district_contradicts_place=_sum(c for c in cells if c["elsewhere"]),
        snapped_inside=_sum(c for c in cells if c["inside"] and c["snapped"]),
        without_id=_sum(c for c in cells if not c["has_id"]),
        anti_social_behaviour=_sum(c for c in cells if c["asb"]),
        repeated_ids=repeated[0],
        rows_with_repeated_ids=repeated[1],
        vintages=_vintages(cells),
        supplies=supplies,
        rejected=sum(s.rejected for s in supplies),
        superseded=sum(1 for s in manifest.superseded.values() if s.source == source and s.supplier == supplier),
    )


def _rows(ws: Workspace, period: Period, source: str, supplier: str | None) -> Any:
    rows = ws.store.scan("incidents", source=source, supplier=supplier, first=period.first, last=period.last)
    return rows.filter(rows.month.between(period.first, period.last), rows.source == source)


def _cells(ws: Workspace, partnership: Partnership, period: Period, source: str, supplier: str) -> list[dict[str, Any]]:
    """The supplier's rows of the period grouped by everything that this page counts: one query."""
    codes = sorted(ws.areas.district_codes_over_time(partnership))
    rows = _rows(ws, period, source, supplier)
    rows = rows.filter(rows.supplier == supplier)
    marked = rows.mutate(
        inside=rows.district.isin(codes).fill_null(False),
        has_district=rows.district.notnull(),
        elsewhere=(rows.district_supplied != rows.district).fill_null(False),
        asb=(rows.category == ASB).fill_null(False),
        has_id=rows.incident_id.notnull() & (rows.incident_id != ""),
    )
    return list(ws.store.run(marked.group_by(list(_GROUPS)).agg(n=marked.count())).to_pylist())


def _repeated(ws: Workspace, period: Period, source: str, supplier: str) -> tuple[int, int]:
    """How many ids stand on more than one row, and on how many rows: an id is never a key."""
    rows = _rows(ws, period, source, supplier)
    named = rows.filter(rows.supplier == supplier, rows.incident_id.notnull(), rows.incident_id != "")
    by_id = named.group_by("incident_id").agg(n=named.count())
    twice = by_id.filter(by_id.n > 1)
    found = ws.store.run(twice.agg(ids=twice.count(), rows=twice.n.sum())).to_pylist()[0]
    return int(found["ids"] or 0), int(found["rows"] or 0)


def _months(
    ws: Workspace, period: Period, source: str, supplier: str, cells: list[dict[str, Any]]
) -> tuple[MonthRows, ...]:
    covered = ws.store.coverage("incidents", source, supplier)
    found = []
    for month in period.months:
        if month not in covered:
            found.append(MonthRows(month, None, None, None, None))
            continue
        held = [c for c in cells if c["month"] == month]
        found.append(
            MonthRows(
                month=month,
                supplied=_sum(held),
                inside=_sum(c for c in held if c["inside"]),
                anti_social_behaviour=_sum(c for c in held if c["asb"]),
                without_place=_sum(c for c in held if not c["has_district"]),
            )
        )
    return tuple(found)


def _vintages(cells: list[dict[str, Any]]) -> tuple[Vintage, ...]:
    placed = [c for c in cells if c["has_district"]]
    vintages = sorted({c["lsoa_vintage"] for c in placed}, key=lambda v: v or 0)
    return tuple(
        Vintage(
            vintage=v,
            months=tuple(sorted({c["month"] for c in placed if c["lsoa_vintage"] == v})),
            rows=_sum(c for c in placed if c["lsoa_vintage"] == v),
        )
        for v in vintages
    )


def _other_forces(ws: Workspace, partnership: Partnership, period: Period) -> tuple[tuple[str, str, int], ...]:
    codes = sorted(ws.areas.district_codes_over_time(partnership))
    sources = sorted({p.source for p in ws.store.manifest("incidents").parts if p.source.startswith(POLICE)})
    counts: dict[str, int] = {}
    for source in sources:
        rows = _rows(ws, period, source, None)
        foreign = rows.filter(rows.district.isin(codes), rows.supplier != partnership.force)
        for row in ws.store.run(foreign.group_by("supplier").agg(n=foreign.count())).to_pylist():
            counts[row["supplier"]] = counts.get(row["supplier"], 0) + int(row["n"])
    named = ((s, ws.areas.forces[s].name if s in ws.areas.forces else s, n) for s, n in counts.items())
    return tuple(sorted(named, key=lambda found: (-found[2], found[0])))


def _sum(cells: Iterable[dict[str, Any]]) -> int:
    return sum(int(cell["n"]) for cell in cells)

"""Brings in the files of data.police.uk: street-level crime, outcomes, stop and search.

A clean file is read by DuckDB; a file with any fault goes wholly through the exact reader, which
knows line numbers, and what that one kept is then written in the same way.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.periods import month_number
from frankpledge.engine.definitions.shapes import SourceDefinition
from frankpledge.engine.faults import UsageFault
from frankpledge.engine.store.importers.police_uk_checks import RuleBook
from frankpledge.engine.store.importers.police_uk_columns import TERRITORIAL, Writing, write_parts
from frankpledge.engine.store.importers.police_uk_exact import ExactCount, read_exactly, refuse_all, with_line_feeds
from frankpledge.engine.store.importers.police_uk_fast import HELD, Group, NotClean, Profile, csv_table, profile
from frankpledge.engine.store.importers.police_uk_layout import (
    Layout,
    Unfit,
    force_and_month_of_name,
    read_header,
    recognise,
)
from frankpledge.engine.store.importers.workbench import Workbench
from frankpledge.engine.store.rejects import RejectsTable
from frankpledge.engine.store.staging import ImportContext, Importer, Staged, StagedPart, supply_name
from frankpledge.engine.store.supplied import SuppliedFile
from frankpledge.engine.store.unpacking import Received, peek, receive

LARGE: Final = 96 * 2**20  # bytes; from here on one file at a time, with both processors
ALL: Final = ("police-uk", "police-uk-outcomes", "police-uk-stops")
READ_FAST: Final = ("street", "outcomes")
STOPS: Final = "stop-and-search"
_numbers = itertools.count()


def bring_in(file: SuppliedFile, context: ImportContext, sources: tuple[str, ...]) -> Staged:
    """Stage one supplied file. Never raises for what is wrong with the file: that is in the account."""
    header = read_header(peek(file))
    layout = recognise(header, _definitions(context, sources)) if not isinstance(header, Unfit) else header
    if isinstance(layout, Unfit) and not isinstance(header, Unfit) and sources != ALL:
        other = recognise(header, _definitions(context, ALL))
        if isinstance(other, Layout):
            reason = f"it is of the kind '{other.kind.key}', which 'import {other.source.key}' takes"
            return Staged(file, unread=reason)
    if isinstance(layout, Unfit) and not layout.ours:
        return Staged(file, unread=layout.reason)
    received = receive(file, context.waiting)
    try:
        if not received.damage and context.known(received.sha256_raw, file.name):
            return _account(file, received, known=True)
        with RejectsTable(context.waiting / f"rejects-{next(_numbers)}.csv") as rejects:
            if isinstance(layout, Unfit) or received.damage:
                reason = received.damage or (layout.reason if isinstance(layout, Unfit) else "")
                return _refused(file, received, rejects, reason)
            return _Reading(file, context, received, layout, rejects).staged()
    finally:
        received.plain.unlink(missing_ok=True)


def _definitions(context: ImportContext, sources: tuple[str, ...]) -> list[SourceDefinition]:
    missing = [key for key in sources if key not in context.definitions.sources]
    if missing:
        raise UsageFault(
            f"There is no definition of the source '{missing[0]}'.", "Restore definitions/sources or the site's own."
        )
    return [context.definitions.sources[key] for key in sources]


def _refused(file: SuppliedFile, received: Received, rejects: RejectsTable, reason: str) -> Staged:
    """A file that cannot be trusted as a whole: every row that can be counted is rejected."""
    rows = refuse_all(received.plain, reason, rejects, file.shown)
    warning = f"Nothing of it was stored: {reason}. {_REMEDY}"
    return _account(file, received, rows_in=rows, rejected=rows, rejects=rejects.written, warnings=(warning,))


_REMEDY: Final = "Download it again from data.police.uk and import it unchanged."


def _account(file: SuppliedFile, received: Received, **given: object) -> Staged:
    own = {"sha256": received.sha256, "sha256_raw": received.sha256_raw, "bytes_raw": received.tally.size}
    return Staged(file, **own, **given)  # type: ignore[arg-type]


@dataclass
class _Reading:
    """One file of a known kind on its way into the store."""

    file: SuppliedFile
    context: ImportContext
    received: Received
    layout: Layout
    rejects: RejectsTable

    def staged(self) -> Staged:
        rules = self._rules()
        if self.layout.kind.key == STOPS and not self._named():
            reason = "the file does not say which force it is from, and neither does its name"
            return _refused(self.file, self.received, self.rejects, reason)
        bench = self._bench()
        bench.set_out(large=self.received.tally.size >= LARGE)
        plain, count = self.received.plain, ExactCount()
        found = self._profile_fast(bench, rules) if self.layout.kind.key in READ_FAST else None
        if found is None:
            plain, count, found = self._read_exactly(bench, rules)
        parts = self._write(bench, plain, found, count) if found.rows else ()
        if plain != self.received.plain:
            plain.unlink()
        return _account(
            self.file,
            self.received,
            rows_in=found.rows + count.rejected,
            rejected=count.rejected,
            parts=parts,
            rejects=self.rejects.written,
            warnings=self._warnings(found, count),
        )

    def _profile_fast(self, bench: Workbench, rules: RuleBook) -> Profile | None:
        try:
            return profile(bench, self.received.plain, rules, self.received.tally)
        except NotClean:
            return None

    def _read_exactly(self, bench: Workbench, rules: RuleBook) -> tuple[Path, ExactCount, Profile]:
        plain, waiting, number = self.received.plain, self.context.waiting, next(_numbers)
        if self.received.tally.returns and not self.received.tally.line_feeds:
            plain = with_line_feeds(plain, waiting / f"lines-{number}.csv")
        clean = waiting / f"clean-{number}.csv"
        count = read_exactly(plain, clean, rules, self.rejects, self.file.shown)
        if self.layout.kind.key in READ_FAST:
            return clean, count, profile(bench, clean, rules, None)
        return clean, count, self._profile_exact(bench, clean, rules, count)

    def _profile_exact(self, bench: Workbench, clean: Path, rules: RuleBook, count: ExactCount) -> Profile:
        """Groups and points of the kinds that are always read exactly."""
        layout = self.layout
        if layout.index("longitude") is not None:
            wanted = ", ".join(f"c{layout.index(field)} AS {field}" for field in ("longitude", "latitude"))
            table = csv_table(clean, layout)
            bench.database.execute(f"CREATE OR REPLACE TEMP TABLE spots AS SELECT DISTINCT {wanted} FROM {table}")  # noqa: S608
            bench.project_points("spots")
        named = self._named()
        if named:
            return Profile(count.kept, (Group(month_number(named[1]), named[0], count.kept, None, (("", ""),)),), ())
        groups: dict[tuple[int, str], list[tuple[str, str, int]]] = {}
        for (month_text, force_text), rows in count.stored.items():
            key = (month_number(month_text), rules.force(force_text) or "")
            groups.setdefault(key, []).append((month_text, force_text, rows))
        listed = [
            Group(month, supplier, sum(w[2] for w in written), None, tuple((w[0], w[1]) for w in written))
            for (month, supplier), written in sorted(groups.items())
        ]
        return Profile(count.kept, tuple(listed), ())

    def _write(self, bench: Workbench, plain: Path, found: Profile, count: ExactCount) -> tuple[StagedPart, ...]:
        source, areas = self.layout.source, self.context.areas
        supplies = [supply_name(self.received.sha256_raw, source.key, g.supplier, g.month) for g in found.groups]
        has_area = {g.supplier: areas.forces[g.supplier].nation in TERRITORIAL for g in found.groups}
        bench.words(source)
        writing = Writing(found.table or csv_table(plain, self.layout), self.layout, found.groups, supplies, has_area)
        written = write_parts(bench, writing, self.context.waiting)
        bench.database.execute(f"DROP TABLE IF EXISTS {HELD}")
        return tuple(
            StagedPart(
                dataset=self.layout.dataset,
                source=source.key,
                kind=self.layout.kind.key,
                supplier=group.supplier,
                month=group.month,
                supply=supply,
                written=path,
                rows=group.rows,
                origin=source.origin,
                disclosure=source.disclosure,
                rejected=self._rejected_of(group, found, count),
                notes=tuple(f"Outcome not known: {words}" for words in found.unknown_outcomes[:20]),
            )
            for group, supply, path in zip(found.groups, supplies, written, strict=True)
        )

    def _rejected_of(self, group: Group, found: Profile, count: ExactCount) -> int:
        if len(found.groups) == 1:
            return count.rejected
        return sum(count.groups[written] for written in group.written)

    def _warnings(self, found: Profile, count: ExactCount) -> tuple[str, ...]:
        warnings = []
        if not found.rows and not count.rejected:
            warnings.append("The file has a header and no rows.")
        if found.unknown_outcomes:
            listed = ", ".join(f"'{words[:60]}'" for words in found.unknown_outcomes[:3])
            warnings.append(f"Outcomes that are not known are kept without a group: {listed}.")
        return tuple(warnings)

    def _named(self) -> tuple[str, str] | None:
        """Force and month of a stop-and-search file, from its name."""
        named = force_and_month_of_name(self.file.name) if self.layout.kind.key == STOPS else None
        return named if named and self.context.areas.force_by_slug(named[0]) else None

    def _rules(self) -> RuleBook:
        source = self.layout.source
        return RuleBook(self.layout, self.context.areas, self.context.today, source.categories, source.outcomes)

    def _bench(self) -> Workbench:
        bench: Workbench | None = getattr(self.context.of_thread, "bench", None)
        if bench is None:
            areas: Areas = self.context.areas
            bench = Workbench(self.context.waiting, areas, self.context.code_districts)
            self.context.of_thread.bench = bench
        return bench


def importer(key: str, *sources: str) -> Importer:
    """An importer of police.uk files that takes the kinds of these sources."""
    return Importer(
        key=key,
        sources=sources,
        endings=(".csv", ".csv.gz", ".zip"),
        bring_in=lambda file, context: bring_in(file, context, sources),
        what_to_supply=(
            "On data.police.uk/data choose your force and the months, tick 'Include crime data' (and, if you want "
            "them, 'Include outcomes data' and 'Include stop and search data'), generate the file, then give this "
            "command the ZIP archive or the folder that you unpacked it to."
        ),
        supplier_in_name=frozenset({STOPS}),
        side_by_side=True,
    )

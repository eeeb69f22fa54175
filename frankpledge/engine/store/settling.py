"""Settles what arrived against what is in the store: new, unchanged, newer, or too late.

*Newer* is the month of the archive that a file came in, or what the person said with --as-of; where
neither is known, the order of import. Where one is known and the other not, or both are the same,
the order is doubtful: the later import is taken, with a warning. Nothing a reader can see changes
before `commit`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from frankpledge.engine.store.manifest import Arrival, Manifest, Part, Supply
from frankpledge.engine.store.reports import FileReport
from frankpledge.engine.store.staging import Importer, Staged, StagedPart
from frankpledge.engine.store.writing import part_name, place_part, private_folder, read_manifest, replace_manifest

Key = tuple[str, str, int | None]
_SHRUNK: Final = 2  # a supply that leaves less than half of the rows deserves a question
_SAID: Final = re.compile(r"\d{4}(-\d{2}){0,2}")  # a year, month or day; an import by order has a full time
_DOUBT: Final = (
    "Which copy of the month is newer is not certain; the one imported last was taken. "
    "Import the other with --as-of YYYY-MM to say otherwise."
)
_TWICE: Final = "Two copies of the same month came in one import; the one that stands last by name was taken."
_LATE: Final = "A newer supply of the same month is in the store, so these rows were not taken."


@dataclass
class _Ledger:
    """One dataset while an import goes on."""

    folder: Path
    begun: Manifest
    parts: dict[Key, Part]
    supplies: dict[str, Supply]
    superseded: dict[str, Supply]
    arrivals: list[Arrival]
    changed: bool = False
    placed: set[Key] = field(default_factory=set)

    @classmethod
    def opened(cls, folder: Path, dataset: str) -> _Ledger:
        begun = read_manifest(folder, dataset)
        parts: dict[Key, Part] = {(p.source, p.supplier, p.month): p for p in begun.parts}
        return cls(folder, begun, parts, dict(begun.supplies), dict(begun.superseded), list(begun.arrivals))

    def commit(self) -> None:
        """Switch readers to the new state, if there is one."""
        if self.changed:
            parts = tuple(sorted(self.parts.values(), key=lambda p: p.path))
            manifest = replace(
                self.begun,
                parts=parts,
                supplies=self.supplies,
                superseded=self.superseded,
                arrivals=tuple(self.arrivals),
            )
            replace_manifest(self.folder, manifest)


@dataclass
class _Account:
    """The running account of one file."""

    stored: int = 0
    unchanged: int = 0
    superseded: int = 0
    replaced: int = 0
    warnings: list[str] = field(default_factory=list)

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)


class Settlement:
    """All datasets that one import may touch. `now`: the time of the import; `as_of`: what the person said."""

    def __init__(
        self, root: Path, datasets: Iterable[str], importer: Importer, *, now: str, as_of: str, rejected: Path
    ) -> None:
        self._root, self._importer, self._now, self._as_of, self._rejected = root, importer, now, as_of, rejected
        self._ledgers = {name: _Ledger.opened(root / name, name) for name in datasets}
        self._first = next(iter(self._ledgers))

    def is_known(self, sha256_raw: str, name: str) -> bool:
        """Whether all of a file is what the store holds now, so that it need not be read again."""
        return self._recall(sha256_raw, name) is not None

    def settle(self, staged: Staged) -> FileReport:
        """Decide on one file and move its parts into place. To be called in the order of the files."""
        account = _Account(warnings=list(staged.warnings))
        rows_in, rejected, rejects = staged.rows_in, staged.rejected, None
        if staged.known:
            rows_in, rejected, rejects = self._settle_known(staged, account)
        for part in staged.parts:
            self._settle_part(staged, part, account)
        if staged.rejects:
            rejects = self._keep_rejects(staged)
        report = FileReport(
            path=staged.file.shown,
            sha256=staged.sha256,
            sha256_raw=staged.sha256_raw,
            rows_in=rows_in,
            stored=account.stored,
            rejected=rejected,
            unchanged=account.unchanged,
            superseded=account.superseded,
            replaced=account.replaced,
            warning=" ".join(account.warnings),
            rejects_file=rejects,
        )
        self._record(staged, report)
        return report

    def commit(self) -> None:
        """Switch every dataset that changed to its new state."""
        for ledger in self._ledgers.values():
            ledger.commit()

    # --- One part

    def _settle_part(self, staged: Staged, part: StagedPart, account: _Account) -> None:
        ledger = self._ledgers.setdefault(part.dataset, _Ledger.opened(self._root / part.dataset, part.dataset))
        key: Key = (part.source, part.supplier, part.month)
        held = ledger.parts.get(key)
        if held and held.supply == part.supply:
            account.unchanged += part.rows
            self._follow(ledger, held.supply, staged)
            return
        if held:
            late, doubt = self._order(ledger, key, ledger.supplies[held.supply], part, staged)
            if doubt:
                account.warn(doubt)
            if late:
                account.superseded += part.rows
                if part.supply not in ledger.superseded:
                    ledger.superseded[part.supply] = self._supply(staged, part)
                    ledger.changed = True
                return
            if held.rows > _SHRUNK * part.rows:
                account.warn(f"{held.rows:,} rows of an earlier supply were replaced by {part.rows:,}.")
            account.replaced += held.rows
            ledger.superseded[held.supply] = ledger.supplies.pop(held.supply)
        ledger.superseded.pop(part.supply, None)
        self._place(ledger, key, staged, part)
        account.stored += part.rows

    def _order(self, ledger: _Ledger, key: Key, held: Supply, part: StagedPart, staged: Staged) -> tuple[bool, str]:
        """Whether a part comes too late, and what to say where the order is doubtful."""
        new, old = self._said(staged), held.as_of if _SAID.fullmatch(held.as_of) else ""
        if not new and part.supply in ledger.superseded:
            return True, f"{_LATE} It had taken the place of this very file. Say --as-of YYYY-MM to make it current."
        if new and old:
            return new < old, _LATE if new < old else _DOUBT if new == old else ""
        if key in ledger.placed:
            return False, _TWICE
        if new or old:
            return False, "" if new > held.imported_at[:7] else _DOUBT
        return False, ""

    def _said(self, staged: Staged) -> str:
        return self._as_of or staged.file.published

    def _place(self, ledger: _Ledger, key: Key, staged: Staged, part: StagedPart) -> None:
        path = part_name(part.source, part.supplier, part.month, part.supply)
        place_part(part.written, ledger.folder / path)
        ledger.parts[key] = Part(part.source, part.supplier, part.month, path, part.rows, part.supply)
        ledger.supplies[part.supply] = self._supply(staged, part)
        ledger.placed.add(key)
        ledger.changed = True

    def _supply(self, staged: Staged, part: StagedPart) -> Supply:
        return Supply(
            supply=part.supply,
            source=part.source,
            kind=part.kind,
            supplier=part.supplier,
            path=staged.file.shown,
            sha256=staged.sha256,
            sha256_raw=staged.sha256_raw,
            rows_in=part.rows + part.rejected,
            stored=part.rows,
            rejected=part.rejected,
            as_of=self._said(staged) or self._now,
            imported_at=self._now,
            origin=part.origin,
            disclosure=part.disclosure,
            bytes_raw=staged.bytes_raw,
            rejects_file=self._rejects_path(staged).name if staged.rejects else "",
            notes=part.notes,
        )

    def _follow(self, ledger: _Ledger, supply: str, staged: Staged) -> None:
        """Note where a file lies now, if it is no longer where it was when it was imported."""
        held = ledger.supplies[supply]
        if held.path != staged.file.shown and not Path(held.path.partition("!")[0]).exists():
            ledger.supplies[supply] = replace(held, path=staged.file.shown, sha256=staged.sha256)
            ledger.changed = True

    # --- Files that were not read again

    def _recall(self, sha256_raw: str, name: str) -> tuple[_Ledger, Arrival] | None:
        """The arrival of a file all of whose rows are in the store now, as they were when the import began."""
        for ledger in self._ledgers.values():
            current = [s for s in ledger.begun.supplies.values() if s.sha256_raw == sha256_raw]
            if not current or any(s.sha256_raw == sha256_raw for s in ledger.begun.superseded.values()):
                continue
            if any(s.source not in self._importer.sources for s in current):
                continue
            named = {s.path.replace("!", "/").rpartition("/")[2] for s in current}
            if any(s.kind in self._importer.supplier_in_name for s in current) and named != {name}:
                continue
            stored = sum(s.stored for s in current)
            for arrival in reversed(ledger.begun.arrivals):
                if arrival.sha256_raw == sha256_raw and arrival.rows_in - arrival.rejected == stored:
                    return ledger, arrival
        return None

    def _settle_known(self, staged: Staged, account: _Account) -> tuple[int, int, Path | None]:
        recalled = self._recall(staged.sha256_raw, staged.file.name)
        if recalled is None:
            raise AssertionError("a file was called known and is not")
        ledger, arrival = recalled
        rejects = None
        for supply in [s for s in ledger.supplies.values() if s.sha256_raw == staged.sha256_raw]:
            self._follow(ledger, supply.supply, staged)
            rejects = self._rejected / supply.rejects_file if supply.rejects_file else None
        account.unchanged = arrival.rows_in - arrival.rejected
        return arrival.rows_in, arrival.rejected, rejects

    # --- Records

    def _rejects_path(self, staged: Staged) -> Path:
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", staged.file.name)[:80].strip(".-") or "file"
        return self._rejected / f"{stem}-{staged.sha256_raw[:8]}.csv"

    def _keep_rejects(self, staged: Staged) -> Path:
        assert staged.rejects is not None
        target = self._rejects_path(staged)
        private_folder(self._rejected)
        fresh = target.with_name(f".{target.name}")
        shutil.move(staged.rejects, fresh)
        fresh.replace(target)
        return target

    def _record(self, staged: Staged, report: FileReport) -> None:
        """Keep the account of an arrival that brought anything new; the same one again is not kept twice."""
        if not (report.stored or report.superseded or report.rejected) or staged.known:
            return
        ledger = self._ledgers[staged.parts[0].dataset if staged.parts else self._first]
        arrival = Arrival(
            supply=",".join(part.supply for part in staged.parts),
            path=report.path,
            sha256=report.sha256,
            sha256_raw=report.sha256_raw,
            rows_in=report.rows_in,
            stored=report.stored,
            rejected=report.rejected,
            unchanged=report.unchanged,
            superseded=report.superseded,
            replaced=report.replaced,
            imported_at=self._now,
            warning=report.warning,
        )
        again = any(replace(a, imported_at=self._now) == arrival for a in ledger.arrivals)
        if not (again and not report.stored) and not (report.unchanged and not report.stored and not report.superseded):
            ledger.arrivals.append(arrival)
            ledger.changed = True

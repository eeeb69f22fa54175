"""Brings supplied files into a store, with an account of every row.

Files are staged (read, checked, written as parts that nobody sees), settled one after the other, and
then each dataset's manifest is switched at once. A stop at any moment leaves the old state or the new.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.faults import NotPossible, NotReadable, UsageFault
from frankpledge.engine.store.importers.registry import IMPORTERS
from frankpledge.engine.store.lookups import code_districts
from frankpledge.engine.store.reports import FileReport, ImportReport
from frankpledge.engine.store.settling import Settlement
from frankpledge.engine.store.staging import ImportContext, Importer, Staged
from frankpledge.engine.store.store import Store
from frankpledge.engine.store.supplied import Found, SuppliedFile, find_files, printable
from frankpledge.engine.store.writing import one_writer, private_folder, read_manifest, sweep

LARGE: Final = 96 * 2**20  # bytes; such a file has both processors to itself
SHRUNK_BY: Final = 8  # a rule of thumb for the size of a compressed file once unpacked
WORKERS: Final = 2
_AS_OF = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_WHOLE: Final = "The store is in order: each dataset is as it was before, or holds all of this import."
Say = Callable[[str], None]


def import_paths(
    source: str,
    paths: Sequence[Path],
    *,
    home_store: Store,
    rejected: Path,
    locks: Path,
    definitions: Definitions,
    areas: Areas,
    today: datetime,
    as_of: str | None = None,
    mapping: Path | None = None,
    mappings: Path | None = None,
    progress: Say | None = None,
) -> ImportReport:
    """Import files, folders or archives of one source.

    `rejected` takes the tables of rejected rows, `mappings` those of partners' lists (by default beside
    the site's own definitions). Raises `UsageFault` for an unknown source or a wrong `as_of`,
    `NotReadable` where nothing could be read, `NotPossible` where the disk is full or another import
    does not end. Rows with a fault are no error: they are counted, and listed under `rejected`.
    """
    tell = progress or _silent

    def say(text: str) -> None:
        tell(printable(text))  # names of files may hold anything, also orders to a terminal

    importer = _importer(source)
    if as_of is not None and not _AS_OF.fullmatch(as_of):
        raise UsageFault(f"'{as_of[:40]}' does not say how new the files are.", "Write --as-of 2025-06 or 2025-06-30.")
    private_folder(home_store.root)
    found = find_files(paths, importer.endings)
    try:
        with one_writer(home_store.root, locks, say) as waiting:
            settlement = _settlement(
                importer, home_store, definitions, rejected=rejected, today=today, as_of=as_of or ""
            )
            context = ImportContext(
                waiting=waiting,
                definitions=definitions,
                areas=areas,
                today=today.date(),
                known=settlement.is_known,
                mapping=mapping,
                code_districts=_code_districts(home_store, areas),
                store=home_store,
                mappings=mappings or rejected.parent / "definitions" / "mappings",
                as_of=as_of or "",
            )
            return _bring_in(importer, found, context, settlement, say)
    except OSError as error:
        raise _no_room(error) from error
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise _no_room(error) from error
    finally:
        found.close()


def _settlement(
    importer: Importer, store: Store, definitions: Definitions, *, rejected: Path, today: datetime, as_of: str
) -> Settlement:
    """The accounts of this import, opened after what a killed one left behind is swept away."""
    datasets = _datasets(importer, definitions)
    for name in datasets:
        sweep(store.root / name, read_manifest(store.root / name, name))
    now = today.isoformat(timespec="seconds")
    return Settlement(store.root, datasets, importer, now=now, as_of=as_of, rejected=rejected)


def _bring_in(
    importer: Importer, found: Found, context: ImportContext, settlement: Settlement, say: Say
) -> ImportReport:
    reports: list[FileReport] = []
    left_out = list(found.left_out)
    total = len(found.files)
    for number, staged in enumerate(_staged(importer, found.files, context), start=1):
        if staged.unread:
            left_out.append((staged.file.shown, staged.unread))
            continue
        report = settlement.settle(staged)
        reports.append(report)
        say(f"{number} of {total}: {staged.file.name}: {_in_words(report)}")
        if report.warning:
            say(f"  Note: {report.warning}")
    for path, reason in left_out:
        say(f"Not read: {path}: {reason}.")
    if not reports:
        raise _nothing_read(importer, left_out)
    settlement.commit()
    return ImportReport(tuple(reports), tuple(left_out))


def _staged(importer: Importer, files: Sequence[SuppliedFile], context: ImportContext) -> Iterator[Staged]:
    """Every file staged, in order; small ones two at a time where the importer allows it."""
    if not importer.side_by_side:
        yield from (importer.bring_in(file, context) for file in files)
        return
    with ThreadPoolExecutor(WORKERS) as workers:
        run: list[SuppliedFile] = []
        for file in files:
            if _is_large(file):
                yield from workers.map(lambda f: importer.bring_in(f, context), run)
                run = []
                yield workers.submit(importer.bring_in, file, context).result()
            else:
                run.append(file)
        yield from workers.map(lambda f: importer.bring_in(f, context), run)


def _is_large(file: SuppliedFile) -> bool:
    return file.size * (SHRUNK_BY if file.is_gzip else 1) >= LARGE


def _code_districts(store: Store, areas: Areas) -> Mapping[str, str] | None:
    """The district of each LSOA code; without imported look-ups no reader is opened for it."""
    return code_districts(store, areas) if store.has("lookups") or store.has("area-facts") else None


def _importer(source: str) -> Importer:
    importer = IMPORTERS.get(source)
    if importer is None:
        raise UsageFault(f"There is no kind of file called '{source[:40]}'.", f"Use one of {', '.join(IMPORTERS)}.")
    return importer


def _datasets(importer: Importer, definitions: Definitions) -> tuple[str, ...]:
    """Datasets that the importer's files may belong to, the first being that of its main kind."""
    kinds = [kind for key in importer.sources if key in definitions.sources for kind in definitions.sources[key].kinds]
    return tuple(dict.fromkeys(kind.dataset for kind in kinds)) or ("incidents",)


def _in_words(report: FileReport) -> str:
    counts = (
        ("stored", report.stored),
        ("rejected", report.rejected),
        ("unchanged", report.unchanged),
        ("superseded", report.superseded),
        ("of an earlier supply replaced", report.replaced),
    )
    said = ", ".join(f"{number:,} {word}" for word, number in counts if number)
    return f"{report.rows_in:,} rows in: {said or 'none'}."


def _nothing_read(importer: Importer, left_out: Sequence[tuple[str, str]]) -> NotReadable:
    named = "; ".join(f"{printable(Path(path).name)}: {reason}" for path, reason in left_out[:3])
    more = f"; and {len(left_out) - 3:,} more" if len(left_out) > 3 else ""
    what = f"Nothing could be read as '{importer.key}' ({named}{more})." if named else "There are no files there."
    return NotReadable(what, importer.what_to_supply)


def _no_room(error: OSError | duckdb.Error) -> NotPossible:
    if getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error):
        return NotPossible(
            f"The disk is full. {_WHOLE}",
            "Free some space, or name a folder on another disk in FRANKPLEDGE_HOME, and import again.",
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return NotPossible(
            f"A file needs more memory than an import may use. {_WHOLE}",
            "Supply it in smaller files, one for each month.",
        )
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]
    return NotPossible(
        f"A file could not be read or written ({reason}). {_WHOLE}",
        "See that the files are still there and that you may write to the folder named by FRANKPLEDGE_HOME; "
        "then import again.",
    )


def _silent(text: str) -> None:
    """Say nothing."""


__all__ = ["FileReport", "ImportReport", "import_paths"]

"""Writes a store so that it is never half written.

Parts are written under a temporary name, flushed to the disk and moved into place; only then does a
new manifest take the place of the old one, by rename. A part that no manifest names (left by a kill,
or replaced) is ignored by readers and swept away when the next import begins: until then a reader
that still holds the last manifest finds its parts.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from frankpledge.engine.definitions.periods import month_text
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.store.home import PRIVATE
from frankpledge.engine.store.manifest import SCHEMA_VERSION, Manifest

MANIFEST: Final = "manifest.json"
PARTS: Final = "parts"
WAITING: Final = ".arriving"  # beside the datasets: everything that is not yet in place
LOCK_SECONDS: Final = 3600.0


def read_manifest(folder: Path, dataset: str) -> Manifest:
    """The manifest of a dataset's folder; an empty one where there is none.

    Raises `NotPossible` where the file is damaged or of another version.
    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Manifest(dataset)
    try:
        manifest = Manifest.from_json(text)
    except (ValueError, KeyError, TypeError) as error:
        raise NotPossible(
            f"The list of what is in the dataset '{dataset}' is damaged.",
            f"Remove the folder {folder} and import the files again.",
        ) from error
    if manifest.version != SCHEMA_VERSION:
        raise NotPossible(
            f"The dataset '{dataset}' was written by another version of Frankpledge.",
            f"Remove the folder {folder} and import the files again.",
        )
    return manifest


def replace_manifest(folder: Path, manifest: Manifest) -> None:
    """Make `manifest` the truth. Its parts must be in place already."""
    private_folder(folder)
    fresh = folder / f".{MANIFEST}.{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(manifest.to_json())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / MANIFEST)
    flush_folder(folder)


def part_name(source: str, supplier: str, month: int | None, supply: str) -> str:
    """Where a part lies inside its dataset's folder."""
    return f"{PARTS}/{source}/{supplier}/{month_text(month) if month is not None else 'all'}-{supply}.parquet"


def place_part(written: Path, target: Path) -> None:
    """Move a part that was written under `WAITING` to where the manifest will name it."""
    private_folder(target.parent)
    with written.open("rb") as file:
        os.fsync(file.fileno())
    written.replace(target)


def flush_folder(folder: Path) -> None:
    """See that renames in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def private_folder(folder: Path) -> Path:
    """The folder, made with its parents if need be, readable by its owner alone."""
    if not folder.is_dir():
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    return folder


@contextmanager
def one_writer(store: Path, locks: Path, say: Callable[[str], None]) -> Iterator[Path]:
    """Hold the right to write to a store; gives an empty folder for what is not yet in place."""
    private_folder(locks)
    lock = FileLock(locks / f"{store.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say("Another import is under way; waiting for it to end.")
        try:
            lock.acquire(timeout=LOCK_SECONDS)
        except Timeout as error:
            raise NotPossible(
                "Another import has been under way for an hour.", "Let it end or stop it, then import again."
            ) from error
    waiting = store / WAITING
    try:
        shutil.rmtree(waiting, ignore_errors=True)
        yield private_folder(waiting)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
        lock.release()


def sweep(folder: Path, manifest: Manifest) -> int:
    """Delete the parts of a dataset that its manifest does not name; how many there were."""
    named = {folder / part.path for part in manifest.parts}
    strays = [path for path in sorted((folder / PARTS).rglob("*")) if path.is_file() and path not in named]
    strays += sorted(folder.glob(f".{MANIFEST}.*"))
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)

"""Finds the files that a person supplied: in folders, alone, or inside archives.

Nothing is read here beyond the list of an archive's members. What is left out is named with the
reason, so that nobody believes a file to be in that is not.
"""

from __future__ import annotations

import os
import re
import threading
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final

from frankpledge.engine.store.digests import file_digest

MOST_MEMBERS: Final = 100_000
MOST_TIMES_LARGER: Final = 100  # text of crime files shrinks five- to fifteenfold; a bomb a thousandfold
SMALL_ANYWAY: Final = 64 * 2**20  # below this, how far a file shrank does not matter
_MONTH_FOLDER = re.compile(r"^(\d{4}-(?:0[1-9]|1[0-2]))(?:\.zip)?$", re.IGNORECASE)
_MONTH_OF_NAME = re.compile(r"^(\d{4}-(?:0[1-9]|1[0-2]))-")


@dataclass
class Archive:
    """A ZIP archive that stays open while its members are read."""

    path: Path
    file: zipfile.ZipFile
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _digest: str = ""

    def sha256(self) -> str:
        """Digest of the archive as supplied, worked out once."""
        with self._lock:
            self._digest = self._digest or file_digest(self.path)
            return self._digest


@dataclass(frozen=True)
class SuppliedFile:
    """One file to be read: on its own, compressed, or a member of an archive.

    `shown` is the path that people see and `trace` names; `published` is the month of the archive
    that it came in (YYYY-MM), empty where nothing tells.
    """

    shown: str
    path: Path
    published: str = ""
    member: zipfile.ZipInfo | None = None
    archive: Archive | None = None

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.member.filename).name if self.member else self.path.name

    @property
    def is_gzip(self) -> bool:
        """Whether its name says that it is compressed by gzip."""
        return self.name.lower().endswith(".gz")

    @cached_property
    def size(self) -> int:
        """Bytes as supplied; of a member, the bytes it is said to become."""
        return self.member.file_size if self.member else self.path.stat().st_size


@dataclass(frozen=True)
class Found:
    """Files to be read, in order, and what was left out with the reason."""

    files: tuple[SuppliedFile, ...]
    left_out: tuple[tuple[str, str], ...]

    def close(self) -> None:
        """Close the archives."""
        for archive in {id(f.archive): f.archive for f in self.files if f.archive}.values():
            archive.file.close()


def find_files(paths: Sequence[Path], endings: Sequence[str]) -> Found:
    """Every file under the paths whose name ends as an importer expects (`.csv`, `.csv.gz`, ...).

    Folders are searched throughout, in the order of their names; links to folders are not followed.
    With `.zip` among the endings, archives are opened and their members listed.
    """
    files: list[SuppliedFile] = []
    left_out: list[tuple[str, str]] = []
    seen: set[str] = set()
    for path in _every_file(paths, left_out):
        name = path.name.lower()
        if str(path) in seen:
            continue
        seen.add(str(path))
        if name.startswith("."):
            left_out.append((str(path), "a hidden file"))
        elif not name.endswith(tuple(endings)):
            left_out.append((str(path), f"not one of {', '.join(endings)}"))
        elif name.endswith(".zip"):
            files.extend(_members(path, endings, left_out))
        elif path.stat().st_size == 0:
            left_out.append((str(path), "the file is empty"))
        else:
            files.append(SuppliedFile(as_text(str(path)), path, archive_month(path.parts)))
    return Found(tuple(files), tuple((as_text(path), reason) for path, reason in left_out))


def archive_month(parts: Sequence[str]) -> str:
    """The month of the archive that a path tells of: `2025-06.zip` or an outer folder `2025-06`.

    The folder that only repeats the file's own month (the layout of data.police.uk) tells nothing,
    nor does a month before the file's own.

    >>> archive_month(("archives", "2025-06", "2024-01", "2024-01-west-mercia-street.csv"))
    '2025-06'
    >>> archive_month(("west-mercia", "2024-01", "2024-01-west-mercia-street.csv"))
    ''
    """
    *folders, name = parts
    own = _MONTH_OF_NAME.match(name)
    if own and folders and folders[-1] == own[1]:
        folders.pop()
    for folder in reversed(folders):
        month = _MONTH_FOLDER.match(folder)
        if month and (not own or month[1] >= own[1]):
            return month[1]
    return ""


def _every_file(paths: Sequence[Path], left_out: list[tuple[str, str]]) -> Iterator[Path]:
    for given in paths:
        path = Path(os.path.abspath(given))  # noqa: PTH100 - links stay as the person wrote them
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for names that no system takes
            yield from _walk(path, left_out)
        elif os.path.isfile(path):  # noqa: PTH113 - the same
            yield path
        else:
            left_out.append((str(path), "there is no such file or folder"))


def _walk(folder: Path, left_out: list[tuple[str, str]]) -> Iterator[Path]:
    def refused(error: OSError) -> None:
        left_out.append((str(error.filename), "it may not be opened"))

    for here, folders, names in os.walk(folder, onerror=refused):
        left_out.extend((str(Path(here, name)), "a hidden folder") for name in folders if name.startswith("."))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            if os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises where a folder may not be entered
                yield path
            else:
                left_out.append((str(path), "not a file"))


def _members(path: Path, endings: Sequence[str], left_out: list[tuple[str, str]]) -> Iterator[SuppliedFile]:
    try:
        archive = Archive(path, zipfile.ZipFile(path))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        left_out.append((str(path), "not a readable ZIP archive; download it again"))
        return
    members = [m for m in archive.file.infolist() if not m.is_dir()]
    refusal = _bomb(path, members)
    if refusal:
        archive.file.close()
        left_out.append((str(path), refusal))
        return
    inner = tuple(ending for ending in endings if ending != ".zip")
    used = False
    for member in sorted(members, key=lambda m: m.filename):
        reason = _unfit(member, inner)
        shown = f"{as_text(str(path))}!{printable(member.filename)}"
        if reason:
            left_out.append((shown, reason))
        else:
            used = True
            month = archive_month((*path.parts, *PurePosixPath(member.filename).parts))
            yield SuppliedFile(shown, path, month, member, archive)
    if not used:
        archive.file.close()


def _unfit(member: zipfile.ZipInfo, endings: tuple[str, ...]) -> str:
    parts = PurePosixPath(member.filename).parts
    if any(part.startswith(".") and part != ".." for part in parts) or "__MACOSX" in parts:
        return "a hidden file"
    if not member.filename.lower().endswith(endings):
        return f"not one of {', '.join(endings)}"
    if member.flag_bits & 0x1:
        return "locked with a password; unpack it yourself and supply the files"
    return "the file is empty" if member.file_size == 0 else ""


def _bomb(path: Path, members: Sequence[zipfile.ZipInfo]) -> str:
    """Why an archive is refused before any of it is unpacked; empty if it is not."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        return f"it has more than {MOST_MEMBERS:,} members; supply its files in smaller archives"
    if unpacked > SMALL_ANYWAY and unpacked > MOST_TIMES_LARGER * path.stat().st_size:
        return f"it would grow more than {MOST_TIMES_LARGER} times when unpacked; unpack it yourself if you trust it"
    return ""


def as_text(path: str) -> str:
    """A path that can be written down: bytes of a name that are no UTF-8 as \\xe9."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def printable(name: str) -> str:
    """A text that does nothing to a terminal: what cannot be printed as question marks."""
    return "".join(c if c.isprintable() else "?" for c in name)

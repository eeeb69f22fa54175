"""Brings a supplied file into a plain file that a reader can open, with both digests.

A plain file stays where it is and is reached by a link under a name of ours, so that no character of
its path can mean anything to a reader. A compressed one is unpacked as a stream, within limits; the
names inside archives are never used for writing.
"""

from __future__ import annotations

import gzip
import io
import itertools
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from frankpledge.engine.store.digests import CHUNK, Tally, file_digest, tally_file
from frankpledge.engine.store.supplied import MOST_TIMES_LARGER, SMALL_ANYWAY, SuppliedFile

LARGEST_UNPACKED: Final = 8 * 2**30
PEEK: Final = 64 * 1024
_numbers = itertools.count()

DAMAGED = "the compressed file is cut short or damaged"
# ValueError and struct.error: names and sizes inside an archive that make no sense.
DAMAGE = (
    EOFError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True)
class Received:
    """A supplied file, ready to be read.

    `damage` says why it cannot be trusted as a whole; `plain` then holds what could be unpacked.
    """

    plain: Path
    sha256: str
    tally: Tally
    damage: str = ""

    @property
    def sha256_raw(self) -> str:
        """Digest of the uncompressed bytes."""
        return self.tally.sha256


@contextmanager
def opened(file: SuppliedFile) -> Iterator[io.BufferedIOBase]:
    """The uncompressed bytes of a supplied file as a stream."""
    if file.archive and file.member:
        with file.archive.file.open(file.member) as member:
            if file.is_gzip:
                with gzip.GzipFile(fileobj=member) as stream:
                    yield stream
            else:
                yield cast(io.BufferedIOBase, member)
    elif file.is_gzip:
        with gzip.open(file.path, "rb") as stream:
            yield stream
    else:
        with file.path.open("rb") as stream:
            yield stream


def peek(file: SuppliedFile) -> bytes:
    """The first bytes of a file, at most 64 KiB, as far as they can be unpacked."""
    start = b""
    try:
        with opened(file) as stream:
            while len(start) < PEEK and (chunk := stream.read1(PEEK - len(start))):
                start += chunk
    except (*DAMAGE, OSError):
        pass
    return start


def link(file: SuppliedFile, waiting: Path) -> Path:
    """A plain file under a name of ours."""
    target = waiting / f"in-{next(_numbers)}.csv"
    target.symlink_to(file.path)
    return target


def receive(file: SuppliedFile, waiting: Path) -> Received:
    """Digest a file, and unpack it where it is compressed."""
    if not file.member and not file.is_gzip:
        tally = tally_file(file.path)
        return Received(link(file, waiting), tally.sha256, tally)
    target = waiting / f"in-{next(_numbers)}.csv"
    tally, damage = _unpack(file, target)
    sha256 = file.archive.sha256() if file.archive else file_digest(file.path)
    return Received(target, sha256, tally, damage)


def _unpack(file: SuppliedFile, target: Path) -> tuple[Tally, str]:
    packed = file.member.compress_size if file.member else file.path.stat().st_size
    limit = min(LARGEST_UNPACKED, max(SMALL_ANYWAY, MOST_TIMES_LARGER * packed))
    tally = Tally()
    with target.open("wb") as out:
        try:
            with opened(file) as stream:
                while chunk := stream.read1(CHUNK):  # `read` would throw away what came before a cut
                    if tally.size + len(chunk) > limit:
                        return tally, f"it grows beyond {limit // 2**20:,} MB when unpacked"
                    tally.add(chunk)
                    out.write(chunk)
        except DAMAGE:
            return tally, DAMAGED
        except OSError as error:
            if error.errno is not None:  # the disk; without a number it is bzip2 that complains
                raise
            return tally, DAMAGED
    return tally, ""

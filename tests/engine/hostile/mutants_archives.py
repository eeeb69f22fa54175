"""Mutants of compressed files: cut, bombs, nested, locked, with hostile names inside."""

from __future__ import annotations

import gzip
import io
import struct
import warnings
import zipfile
import zlib

from tests.engine.hostile.cases import Case, must_fail, must_pass
from tests.engine.hostile.tables import STREET, Rng, Table, World

DAMAGED = "cut short or damaged"
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
MEBIBYTE = 2**20


def zipped(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive; the same name may come twice."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return content.getvalue()


def _wrapped(table: Table, content: bytes, name: str = "archive.zip") -> Case:
    case = table.case()
    case.files = {name: content}
    return case


def _lines_before_the_cut(content: bytes) -> int:
    """Rows that can be unpacked from the beginning of a gzip stream, told without the project's reader."""
    plain = zlib.decompressobj(31).decompress(content)
    lines = [line for line in plain.split(b"\n") if line]
    return max(0, len(lines) - 1)


@must_fail("cut-off-gzip")
def cut_short(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    whole = gzip.compress(table.data(), 6)
    content = whole[: int(rng.integers(len(whole) // 3, len(whole) - 1))]
    rows = _lines_before_the_cut(content)
    files = {f"{table.name}.gz": content}
    return Case(files, rejected={i + 2: DAMAGED for i in range(rows)}, kept=[])


@must_fail("cut-off-gzip")
def bytes_changed_on_the_way(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    content = bytearray(gzip.compress(table.data(), 6))
    content[int(rng.integers(len(content) - 8, len(content)))] ^= 0xFF  # checksum or length
    return Case({f"{table.name}.gz": bytes(content)}, uncounted=True, refused=DAMAGED, kept=[])


@must_pass("cut-off-gzip")
def whole_or_in_two_members(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    data, middle = table.data(), 300
    content = (
        gzip.compress(data),
        gzip.compress(data[:middle]) + gzip.compress(data[middle:]),
        gzip.compress(data) + b"\0" * 512,
    )[rng.integers(3)]
    return table.case(content, name=f"{table.name}.gz")


@must_fail("gzip-of-gzip")
def compressed_twice(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    return Case({f"{table.name}.gz": gzip.compress(gzip.compress(table.data()))}, refused="none of|not a header|NUL")


@must_fail("gzip-of-gzip")
def named_wrongly(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    if rng.random() < 0.5:
        return Case({f"{table.name}.gz": table.data()}, refused="gzip|compressed|damaged|none of")
    return Case({table.name: gzip.compress(table.data())}, refused="none of|not a header|compressed")


@must_pass("gzip-of-gzip")
def compressed_once(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    name = f"{table.name}.gz" if rng.random() < 0.5 else f"{table.name}.GZ".replace(".csv", ".CSV")
    return table.case(gzip.compress(table.data(), int(rng.integers(1, 10))), name=name)


@must_fail("cut-off-zip")
def without_its_end(world: World, rng: Rng) -> Case:
    whole = zipped([(world.street(rng).name, world.street(rng).data())])
    content = whole[: int(rng.integers(0, len(whole) - 22))] or b"PK"
    return Case({"2025-06.zip": content}, refused="not a readable ZIP archive")


@must_fail("cut-off-zip")
def a_member_damaged(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    content = bytearray(zipped([(table.name, table.data())], METHODS[rng.integers(4)]))
    begin = 30 + len(table.name)
    end = content.find(b"PK\x01\x02", begin)
    for at in rng.integers(begin + (end - begin) // 2, end, size=8):
        content[int(at)] ^= 0x55
    return Case({"archive.zip": bytes(content)}, uncounted=True, refused="damaged", kept=[])


@must_fail("cut-off-zip")
def a_member_that_lies_about_itself(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    content = bytearray(zipped([(table.name, table.data())]))
    listed = content.find(b"PK\x01\x02")
    at = int([listed + 16, listed + 24, listed + 46, 30, listed + 42][rng.integers(5)])
    if at == listed + 24:  # shorter than it is; one that claims to be longer is whole all the same
        content[at : at + 4] = struct.pack("<L", len(table.data()) - int(rng.integers(1, 200)))
    else:  # checksum, either of its two names, where it lies
        content[at] ^= 0x80 if at == 30 else 0x15
    return Case({"archive.zip": bytes(content)}, uncounted=True, refused=f"{DAMAGED}|ZIP|none of|not one", kept=[])


@must_pass("cut-off-zip")
def whole_archives(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    content = zipped([(f"2025-06/{table.name}", table.data())], METHODS[rng.integers(4)])
    return _wrapped(table, (b"" if rng.random() < 0.5 else b"#!/bin/sh\n") + content)


@must_fail("bomb")
def a_zip_that_grows_a_thousandfold(world: World, rng: Rng) -> Case:
    size = int(rng.integers(70, 90)) * MEBIBYTE
    content = zipped([("2025-01-west-mercia-street.csv", b"0" * size)])
    return Case({"bomb.zip": content}, refused="grow more than")


@must_fail("bomb")
def a_gzip_that_grows_a_thousandfold(world: World, rng: Rng) -> Case:
    """One line without end under a proper header: it is unpacked as far as the limit and no further."""
    content = gzip.compress(",".join(STREET).encode() + b"\n" + b"0" * (70 * MEBIBYTE), 1)
    return Case({"2025-01-west-mercia-street.csv.gz": content}, uncounted=True, refused="grows beyond", kept=[])


@must_pass("bomb")
def one_that_is_merely_dull(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    table.rows = [table.rows[0]] * 3000
    return _wrapped(table, zipped([(table.name, table.data())]))


@must_fail("nested-zip")
def an_archive_in_an_archive(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    inner = zipped([(table.name, table.data())])
    for depth in range(int(rng.integers(0, 4))):
        inner = zipped([(f"{depth}.zip", inner)])
    return Case({"outer.zip": zipped([("inner.zip", inner)])}, refused="not one of")


@must_pass("nested-zip")
def folders_in_an_archive(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    content = zipped([(f"{'deeper/' * int(rng.integers(1, 60))}{table.name}.gz", gzip.compress(table.data()))])
    return _wrapped(table, content)


@must_fail("path-traversal")
def hidden_or_no_table(world: World, rng: Rng) -> Case:
    names = [
        "../../.bashrc",
        "../../../evil.sh",
        "..\\..\\evil.exe",
        "../../.ssh/evil.csv",
        "/../evil.toml",
        "evil.csv/..",
    ]
    members = [(names[rng.integers(len(names))], world.street(rng).data())]
    return Case({"a.zip": zipped(members)}, refused="hidden|not one of", absent=("evil", ".bashrc", ".ssh"))


@must_pass("path-traversal")
def read_but_written_nowhere(world: World, rng: Rng) -> Case:
    """The name inside an archive is shown to people and never used as a path."""
    table = world.street(rng)
    up = "../" * int(rng.integers(1, 9))
    case = _wrapped(table, zipped([(f"{up}evil-{table.name}", table.data())]))
    case.absent = ("evil",)
    return case


@must_fail("absolute-path")
def an_absolute_path_to_no_table(world: World, rng: Rng) -> Case:
    names = ["/tmp/evil.sh", "/etc/evil", "C:\\evil.exe", "//server/evil.txt", "\\\\server\\evil.txt"]
    members = [(names[rng.integers(len(names))], b"#!/bin/sh")]
    return Case({"a.zip": zipped(members)}, refused="not one of", absent=("evil",))


@must_pass("absolute-path")
def an_absolute_path_to_a_table(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    case = _wrapped(table, zipped([(f"/tmp/evil/{table.name}", table.data())]))
    case.absent = ("evil",)
    return case


@must_fail("locked-zip")
def with_a_password(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    content = bytearray(zipped([(table.name, rng.bytes(12) + table.data())]))
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return Case({"locked.zip": bytes(content)}, refused="password")


@must_pass("locked-zip")
def with_a_remark(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    content = io.BytesIO(zipped([(table.name, table.data())]))
    with zipfile.ZipFile(content, "a") as archive:
        archive.comment = rng.bytes(int(rng.integers(1, 2000)))
    return _wrapped(table, content.getvalue())


@must_fail("folder-named-like-a-file")
def in_an_archive(world: World, rng: Rng) -> Case:
    name = world.street(rng).name
    return Case({"a.zip": zipped([(f"{name}/", b""), (f"{name}/read-me.txt", b"x")])}, refused="not one of")


@must_fail("folder-named-like-a-file")
def on_the_disk(world: World, rng: Rng) -> Case:
    return Case({f"{world.street(rng).name}/read-me.txt": b"x"}, refused="not one of")


@must_pass("folder-named-like-a-file")
def with_a_table_inside(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    if rng.random() < 0.5:
        return table.case(name=f"folder.csv/folder.zip/{table.name}")
    return _wrapped(table, zipped([("folder.csv/", b""), (f"folder.csv/{table.name}", table.data())]))


@must_fail("same-name-twice")
def two_members_and_one_is_spoiled(world: World, rng: Rng) -> Case:
    table, other = world.street(rng), world.street(rng)
    rows = range(len(other.rows))
    for row in rows:
        other.set(row, "Month", "2025-13")
    case = _wrapped(table, zipped([(table.name, table.data()), (table.name, other.data())]))
    case.rejected = {row + 2: "month is not" for row in rows}
    return case


@must_pass("same-name-twice")
def two_members_of_two_months(world: World, rng: Rng) -> Case:
    table, other = world.street(rng), world.street(rng)
    content = zipped([("x-street.csv", table.data()), ("x-street.csv", other.data())])
    table.rows = [*table.rows, *other.rows]
    return _wrapped(table, content)

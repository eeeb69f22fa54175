"""Mutants of the bytes of a file: cut, encoded wrongly, with other line endings, with junk."""

from __future__ import annotations

import codecs

from tests.engine.hostile.cases import Case, must_fail, must_pass
from tests.engine.hostile.tables import Rng, Table, World

TEN_MEGABYTES = 10 * 2**20
NOT_UTF_8 = "not UTF-8"


@must_fail("cut-off-file")
def cut_inside_a_row(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    last = int(rng.integers(0, len(table.rows)))
    lines = table.lines()[: last + 2]
    reaches = lines[-1].rstrip(",").rfind(",")  # of twelve fields the last is empty: before it the row is not whole
    lines[-1] = lines[-1][: int(rng.integers(1, max(2, reaches)))]
    table.rows = table.rows[: last + 1]
    return table.rejecting([last], "wrong number of fields|quotation mark", "\n".join(lines).encode())


@must_pass("cut-off-file")
def cut_at_the_end_of_a_row(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    table.rows = table.rows[: int(rng.integers(1, len(table.rows)))]
    return table.case(table.data().removesuffix(b"\n"))


def _one_letter(world: World, rng: Rng, letter: bytes) -> tuple[Table, list[int], bytes]:
    table = world.street(rng)
    rows = table.some(rng)
    for row in rows:
        table.set(row, "Location", "On or near Caf@@ Street")
    return table, rows, table.data().replace(b"@@", letter)


@must_fail("windows-1252")
def letters_of_windows_1252(world: World, rng: Rng) -> Case:
    letter = [b"\xe9", b"\xf4", b"\x92", b"\xa3"][rng.integers(4)]
    table, rows, data = _one_letter(world, rng, letter)
    return table.rejecting(rows, NOT_UTF_8, data)


@must_pass("windows-1252")
def the_same_letters_in_utf_8(world: World, rng: Rng) -> Case:
    letter = ["é", "ô", "’", "£"][rng.integers(4)]
    table, rows, data = _one_letter(world, rng, letter.encode())
    for row in rows:
        table.set(row, "Location", f"On or near Caf{letter} Street")
    return table.case(data)


@must_fail("not-quite-utf-8")
def bytes_that_no_letter_has(world: World, rng: Rng) -> Case:
    letter = [b"\xff", b"\xc3", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80"][rng.integers(6)]
    table, rows, data = _one_letter(world, rng, letter)
    return table.rejecting(rows, NOT_UTF_8, data)


@must_pass("not-quite-utf-8")
def rare_letters(world: World, rng: Rng) -> Case:
    letter = ["😀", "\u2028", "\ufeff", "e\u0301", "\u202e", "\x85", "\ufffd"][rng.integers(7)]
    table, rows, data = _one_letter(world, rng, letter.encode())
    for row in rows:
        table.set(row, "Location", f"On or near Caf{letter} Street")
    return table.case(data)


@must_fail("utf-16")
def sixteen_bits(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    encoding = ["utf-16", "utf-16-le", "utf-16-be", "utf-32"][rng.integers(4)]
    return Case({table.name: table.text().encode(encoding)}, refused="UTF-16|UTF-32|none of data.police.uk")


@must_pass("utf-16")
def the_same_in_eight_bits(world: World, rng: Rng) -> Case:
    return world.street(rng).case()


@must_fail("byte-order-mark")
def a_second_file_set_below_the_first(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    middle = int(rng.integers(1, len(table.rows)))
    table.rows.insert(middle, list(table.header))
    lines = table.data().split(b"\n")
    lines[middle + 1] = codecs.BOM_UTF8 + lines[middle + 1]
    return table.rejecting([middle], "month|force|is not", b"\n".join(lines))


@must_pass("byte-order-mark")
def a_mark_at_the_beginning(world: World, rng: Rng) -> Case:
    table = world.street(rng) if rng.random() < 0.5 else world.outcomes_file(rng)
    return table.case(codecs.BOM_UTF8 + table.data())


@must_fail("nul-bytes")
def nul_inside_rows(world: World, rng: Rng) -> Case:
    table, rows, data = _one_letter(world, rng, b"\0")
    return table.rejecting(rows, "NUL", data)


@must_fail("nul-bytes")
def a_hole_in_the_file(world: World, rng: Rng) -> Case:
    """What is left where a disk lost a block: one line of nothing but NUL."""
    table = world.street(rng)
    return table.case(table.data() + b"\0" * int(rng.integers(1, 9000)), {len(table.rows) + 2: "NUL|longer than"})


@must_pass("nul-bytes")
def the_picture_of_nul(world: World, rng: Rng) -> Case:
    table, rows, data = _one_letter(world, rng, "␀\\0".encode())
    for row in rows:
        table.set(row, "Location", "On or near Caf␀\\0 Street")
    return table.case(data)


@must_fail("line-endings")
def returns_inside_rows(world: World, rng: Rng) -> Case:
    table, rows, data = _one_letter(world, rng, b"\r")
    return table.rejecting(rows, "carriage return", data)


@must_fail("line-endings")
def ends_the_wrong_way_round(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    return table.refusing("carriage return", "\n\r".join(table.lines()).encode())


@must_pass("line-endings")
def of_other_systems(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    newline = ["\r\n", "\r"][rng.integers(2)]
    whole = table.text(newline)
    return table.case((whole if rng.random() < 0.5 else whole.removesuffix(newline)).encode())


@must_pass("line-endings")
def mixed_line_endings(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    return table.case("".join(line + ("\r\n" if rng.random() < 0.5 else "\n") for line in table.lines()).encode())


@must_fail("huge-field")
def ten_megabytes_in_one_field(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    size = TEN_MEGABYTES if rng.random() < 0.3 else int(rng.integers(70_000, 400_000))
    row = table.some(rng, 1)[0]
    table.set(row, ["Location", "Context", "Crime ID"][rng.integers(3)], "x" * size)
    return table.rejecting([row], "longer than")


@must_fail("huge-field")
def more_than_a_value_may_have(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    rows = table.some(rng)
    for row in rows:
        table.set(row, "Location", "ŵ" * int(rng.integers(1001, 5000)))
    return table.rejecting(rows, "longer than")


@must_pass("huge-field")
def as_long_as_a_value_may_be(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    table.set(0, "Location", "ŵ" * int(rng.integers(900, 1001)))
    table.set(1, "Context", "x" * 30_000)  # a column that is not read
    return table.case()


@must_fail("trailing-garbage")
def junk_below_the_rows(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    junk = rng.bytes(int(rng.integers(20, 3000))).replace(b"\n", b"?").replace(b"\r", b"?")
    return table.case(table.data() + junk, {len(table.rows) + 2: "."})


@must_fail("trailing-garbage")
def a_line_that_adds_up(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    return table.case(table.data() + f"Total: {len(table.rows)}\n".encode(), {len(table.rows) + 2: "number of fields"})


@must_pass("trailing-garbage")
def empty_lines_below_the_rows(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    return table.case(table.data() + b"\n" * int(rng.integers(1, 50)))

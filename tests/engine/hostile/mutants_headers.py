"""Mutants of the header and of the number and order of columns."""

from __future__ import annotations

import csv

from tests.engine.hostile.cases import Case, must_fail, must_pass
from tests.engine.hostile.tables import OUTCOMES, STREET, Rng, Table, World

NEEDED = ("Month", "Reported by", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name", "Crime type")
FIELDS = "wrong number of fields"


def _without(table: Table, header: str) -> Table:
    at = table.column(header)
    for row in (table.header, *table.rows):
        del row[at]
    return table


def _with(table: Table, at: int, header: str, value: str) -> Table:
    table.header.insert(at, header)
    for row in table.rows:
        row.insert(at, value)
    return table


@must_fail("missing-column")
def a_column_that_is_needed(world: World, rng: Rng) -> Case:
    header = NEEDED[rng.integers(len(NEEDED))]
    return _without(world.street(rng), header).refusing(f"lacks {header}")


@must_pass("missing-column")
def a_column_that_is_not_needed(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    for header in ("Falls within", "Context", "Last outcome category")[: int(rng.integers(1, 4))]:
        _without(table, header)
    return table.case()


@must_fail("duplicate-header")
def a_known_column_twice(world: World, rng: Rng) -> Case:
    header = STREET[rng.integers(len(STREET))]
    table = _with(world.street(rng), int(rng.integers(0, 13)), header, "2025-01")
    return table.refusing("twice")


@must_pass("duplicate-header")
def an_unknown_column_twice(world: World, rng: Rng) -> Case:
    table = _with(_with(world.street(rng), 3, "Remark", "a"), int(rng.integers(0, 14)), "Remark", "b, c")
    return table.case()


@must_fail("reordered-header")
def names_without_their_columns(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    one, other = (("Longitude", "Latitude"), ("Month", "Reported by"), ("Crime type", "Month"))[rng.integers(3)]
    a, b = table.column(one), table.column(other)
    table.header[a], table.header[b] = other, one
    wrong = [i for i, row in enumerate(table.rows) if row[a]]
    return table.rejecting(wrong, "outside the British Isles|month is not|unknown")


@must_pass("reordered-header")
def columns_in_another_order(world: World, rng: Rng) -> Case:
    table = world.street(rng) if rng.random() < 0.5 else world.outcomes_file(rng)
    order = rng.permutation(len(table.header))
    table.header = [table.header[i] for i in order]
    table.rows = [[row[i] for i in order] for row in table.rows]
    return table.case()


@must_fail("shifted-columns")
def a_comma_too_many_or_too_few(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    rows = table.some(rng)
    for row in rows:
        at = int(rng.integers(0, 11))
        if rng.random() < 0.5:
            table.rows[row].insert(at, "")
        else:
            del table.rows[row][at]
    return table.rejecting(rows, FIELDS)


@must_fail("shifted-columns")
def everything_one_to_the_left(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    rows = table.some(rng)
    for row in rows:
        table.rows[row] = [*table.rows[row][1:], ""]
    return table.rejecting(rows, "month is not")


@must_fail("shifted-columns")
def every_row_one_empty_field_too_long(world: World, rng: Rng) -> Case:
    """DuckDB lets an empty field too many pass; nobody can say which one it is."""
    table = world.street(rng)
    rows = table.some(rng) if rng.random() < 0.5 else list(range(len(table.rows)))
    for row in rows:
        table.rows[row].append("")
    return table.rejecting(rows, FIELDS)


@must_pass("shifted-columns")
def shifted_together_with_the_header(world: World, rng: Rng) -> Case:
    return _with(world.street(rng), 0, ["", "Row", "No."][rng.integers(3)], "7").case()


@must_fail("renamed-column")
def another_word_for_a_column(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    header = NEEDED[rng.integers(len(NEEDED))]
    table.header[table.column(header)] = f"{header}s"
    return table.refusing(f"lacks {header}")


@must_pass("renamed-column")
def another_way_to_write_it(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    case = table.case()
    changes = (str.upper, str.lower, lambda h: f" {h} ", lambda h: h.replace(" ", "  "))
    table.header = [changes[rng.integers(4)](name) for name in table.header]
    case.files = {table.name: table.data()}
    return case


@must_fail("other-separators")
def semicolons_or_tabs(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    mark = ";\t"[rng.integers(2)]
    return table.refusing("separated by", "\n".join(table.lines(delimiter=mark)).encode())


@must_pass("other-separators")
def everything_in_quotes(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    return table.case("\n".join(table.lines(quoting=csv.QUOTE_ALL)).encode())


@must_fail("extra-columns")
def without_a_name(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    rows = table.some(rng)
    for row in rows:
        table.rows[row].extend(["more"] * int(rng.integers(1, 30)))
    return table.rejecting(rows, FIELDS)


@must_pass("extra-columns")
def with_a_name(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    for number in range(int(rng.integers(1, 6))):
        _with(table, int(rng.integers(0, len(table.header) + 1)), f"Remark {number}", "=1+1, or not")
    return table.case()


@must_fail("very-many-columns")
def thousands_in_the_header_only(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    table.header.extend(f"Column {i}" for i in range(int(rng.integers(200, 2000))))
    return table.refusing(f"{FIELDS}|columns|too long")


@must_fail("very-many-columns")
def a_header_without_end(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    for row in (table.header, *table.rows):
        row.extend(f"c{i}" for i in range(int(rng.integers(20_000, 40_000))))
    return table.refusing(f"{FIELDS}|longer than|header|columns")


@must_pass("very-many-columns")
def hundreds_with_values(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    number = int(rng.integers(50, 300))
    table.header.extend(f"Column {i}" for i in range(number))
    for row in table.rows:
        row.extend(["v"] * number)
    return table.case()


@must_fail("header-only")
def a_header_of_something_else(world: World, rng: Rng) -> Case:
    header = ["Name,Date of birth,Address", "a,b,c,d,e,f,g,h,i,j,k,l", '"', ",,,,,,,,,,,", "Month;Crime type"]
    return Case(
        {world.street(rng).name: header[rng.integers(5)].encode() + b"\n1,2,3\n"}, refused="none of|not a header"
    )


@must_pass("header-only")
def no_row_below_the_header(world: World, rng: Rng) -> Case:
    header = ",".join((STREET, OUTCOMES)[rng.integers(2)])
    table = world.street(rng)
    return Case({table.name: header.encode() + (b"\r\n", b"\n", b"", b"\n\n")[rng.integers(4)]}, kept=[])


@must_fail("empty-file")
def not_one_byte(world: World, rng: Rng) -> Case:
    content = (b"", b"\n", b"\r\n\r\n", b"   ", b"\xef\xbb\xbf", b"\x00")[rng.integers(6)]
    return Case({world.street(rng).name: content}, refused="empty|none of data.police.uk|not a header")


@must_pass("empty-file")
def beside_a_file_with_rows(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    case = table.case()
    case.files["2024-01-nothing-street.csv"] = b""
    return case

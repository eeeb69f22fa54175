"""Mutants that are no tables at all, and files with hostile names."""

from __future__ import annotations

import os
import zlib

from tests.engine.hostile.cases import Case, must_fail, must_pass
from tests.engine.hostile.mutants_archives import zipped
from tests.engine.hostile.tables import Rng, World

PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde"
PAGE = b"<!DOCTYPE html>\n<html><head><title>503 Service Unavailable</title></head>\n<body>Month, Crime</body></html>\n"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
STRANGER = "none of data.police.uk|not a header|UTF-16"


@must_fail("no-table-at-all")
def something_else_named_csv(world: World, rng: Rng) -> Case:
    name = world.street(rng).name
    workbook = zipped([("[Content_Types].xml", b"<Types/>"), ("xl/worksheets/sheet1.xml", b"<worksheet/>")])
    contents = [PICTURE + zlib.compress(b"\0" * 999), PAGE, PDF, workbook, b'{"error": "not found"}', rng.bytes(5000),
                b"\x7fELF" + rng.bytes(500), b"SQLite format 3\0" + b"\0" * 500, b"PAR1" + rng.bytes(99)]  # fmt: skip
    return Case({name: contents[rng.integers(len(contents))]}, refused=STRANGER)


@must_pass("no-table-at-all")
def a_table_in_capital_letters(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    return table.case(name=table.name.replace(".csv", [".CSV", ".Csv"][rng.integers(2)]).upper())


@must_pass("no-table-at-all")
def a_table_among_strangers(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    case = table.case()
    case.files |= {
        "error.csv": PAGE,
        "map.png": PICTURE,
        "b.csv": rng.bytes(500),
        "folder/c.zip": b"PK\x03\x04",
        "d.gz": b"\x1f",
    }
    return case


@must_fail("wrong-ending")
def no_name_of_a_table(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    name = ["table.txt", "table", "table.csv.bak", "table.csv.zst", "table.xlsx", "csv", "table.json"][rng.integers(7)]
    return Case({name: table.data()}, refused="not one of")


@must_fail("wrong-ending")
def hidden_files(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    name = [f".{table.name}", f".hidden/{table.name}", f"._{table.name}", f"a/.git/{table.name}"][rng.integers(4)]
    return Case({name: table.data()}, refused="hidden")


@must_pass("wrong-ending")
def a_name_that_says_nothing(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    return table.case(name=["a.csv", "outcomes.csv", "2011-01-kent-outcomes.csv", "x.y.z.csv"][rng.integers(4)])


@must_fail("long-names")
def no_system_has_such_a_path(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    name = ["x" * 300 + ".csv", "x/" * 3000 + "x.csv", "no such file.csv", "*.csv", "~", "-"][rng.integers(6)]
    return Case({table.name: table.data()}, given=[name], refused="no such file|too long|may not|cannot")


@must_pass("long-names")
def as_long_as_names_may_be(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    name = ["x" * 251 + ".csv", "ŵ" * 120 + ".csv", f"{'d' * 200}/" * 15 + "x.csv"][rng.integers(3)]
    return table.case(name=name)


@must_fail("hostile-names")
def of_a_file_with_faults(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    table.set(0, "Month", "=1+1")
    case = table.rejecting([0], "month is not")
    case.files = {_hostile_name(rng): table.data()}
    return case


@must_pass("hostile-names")
def of_a_clean_member(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    name = ["\x1b]0;evil\x07.csv", "a\nb.csv", "=1+1.csv", "a!b.csv", "\u202e.csv", "a'b\".csv"][rng.integers(6)]
    case = table.case()
    case.files = {"archive.zip": zipped([(name, table.data())])}
    return case


@must_pass("hostile-names")
def of_a_clean_file(world: World, rng: Rng) -> Case:
    return world.street(rng).case(name=_hostile_name(rng))


def _hostile_name(rng: Rng) -> str:
    names = ["a'; DROP TABLE x; --.csv", "a\nb.csv", "*?[a].csv", "=1+1.csv", "-rf.csv", "%s%n{0}.csv", "a\\b.csv",
             "a!b.csv", "\u202eevil.csv", " .csv", "a\x1b[31m.csv", "$(id).csv", "a,b\".csv", "CON.csv", 
             os.fsdecode(b"caf\xe9.csv"), os.fsdecode(b"\xff\xfe.csv"), "#?x=1.csv", "month=2025-01/x.csv"]  # fmt: skip
    return names[rng.integers(len(names))]


@must_fail("links")
def that_lead_nowhere(world: World, rng: Rng) -> Case:
    name = world.street(rng).name
    return Case({}, links={name: ["nowhere.csv", name, "/proc/self/nothing"][rng.integers(3)]}, refused="not a file")


@must_pass("links")
def that_lead_to_a_table(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    case = table.case(name="table.bin")
    case.links = {table.name: "table.bin", "around": "."}
    return case

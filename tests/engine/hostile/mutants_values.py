"""Mutants of single values: months, forces, types, coordinates, quotation marks, formulas."""

from __future__ import annotations

from dataclasses import replace

from frankpledge.engine.definitions.periods import month_text
from tests.engine.hostile.cases import Case, must_fail, must_pass
from tests.engine.hostile.tables import Rng, Table, World

THIS_MONTH = 2026 * 12 + 10  # the day of these tests is 23 November 2026


def _set(table: Table, rng: Rng, header: str, values: list[str]) -> list[int]:
    rows = table.some(rng)
    for row in rows:
        table.set(row, header, values[rng.integers(len(values))])
    return rows


def _placed(table: Table) -> list[int]:
    return [i for i, row in enumerate(table.rows) if row[table.column("Longitude")]]


@must_fail("bad-month")
def no_month_at_all(world: World, rng: Rng) -> Case:
    table = world.street(rng) if rng.random() < 0.5 else world.outcomes_file(rng)
    values = ["2025-13", "2025-00", "2025/06", "Jun-25", "", "June 2025", "2025-6", " 2025-06", "２０２５-06",
              "2025-06-01", "202506", "45809", "0000-00", "-2025-06"]  # fmt: skip
    return table.rejecting(_set(table, rng, "Month", values), "month is not written")


@must_fail("bad-month")
def before_publication_began(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    return table.rejecting(_set(table, rng, "Month", ["2010-11", "1999-12", "0001-01"]), "before December 2010")


@must_pass("bad-month")
def the_first_month_published(world: World, rng: Rng) -> Case:
    return world.street(rng, month=2010 * 12 + 11).case()


@must_fail("future-month")
def not_yet_over(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    return table.rejecting(_set(table, rng, "Month", ["2026-12", "2027-01", "9999-12"]), "future")


@must_pass("future-month")
def the_month_of_today(world: World, rng: Rng) -> Case:
    return world.street(rng, month=THIS_MONTH).case()


@must_fail("unknown-force")
def no_such_force(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    values = ["Sandford Police", "", "West Mercia; DROP TABLE", "E23000016", "' OR ''='", "Police", "\U0001f46e"]
    return table.rejecting(_set(table, rng, "Reported by", values), "unknown force")


@must_pass("unknown-force")
def the_force_in_other_letters(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    name = table.rows[0][2]
    _set(table, rng, "Reported by", [name.upper(), name.lower(), name.replace(" ", "  ")])
    return table.case()


@must_fail("unknown-type")
def no_such_type(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    values = ["Witchcraft", "", "burglary", "Burglary ", "Total", "Burglary, dwelling", "NULL"]
    return table.rejecting(_set(table, rng, "Crime type", values), "unknown crime type")


@must_pass("unknown-type")
def types_of_earlier_years(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    _set(table, rng, "Crime type", ["Violent crime", "Public disorder and weapons"])
    return table.case()


@must_fail("coordinates")
def exchanged(world: World, rng: Rng) -> Case:
    table = world.street(rng, least=20)
    rows = [int(i) for i in rng.choice(_placed(table), size=3, replace=False)]
    for row in rows:
        longitude, latitude = table.rows[row][4:6]
        table.rows[row][4:6] = [latitude, longitude]
    return table.rejecting(rows, "outside the British Isles")


@must_fail("coordinates")
def no_numbers(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    rows = table.some(rng)
    values = ["n/a", "NaN", "inf", "1e1", "0x34", "--2.1", "52.1N", "5２.1", "52,1", "+52.1", ".5", "1_0", " 1.5", "1."]
    for row in rows:
        pair = [values[rng.integers(len(values))], "52.1"]
        table.rows[row][4:6] = pair if rng.random() < 0.5 else ["-2.1", pair[0]]
    return table.rejecting(rows, "is not a number")


@must_fail("coordinates")
def far_away(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    rows = table.some(rng)
    for row in rows:
        table.rows[row][4:6] = [["0", "0"], ["-74.006", "40.7128"], ["3.000001", "52"], ["-2", "62.1"], ["999", "52"]][
            rng.integers(5)
        ]
    return table.rejecting(rows, "outside the British Isles")


@must_fail("coordinates")
def one_of_two(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    rows = table.some(rng)
    for row in rows:
        table.rows[row][4:6] = ["-2.1", ""] if rng.random() < 0.5 else ["", "52.1"]
    return table.rejecting(rows, "not both given")


@must_pass("coordinates")
def at_the_edge_or_none(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    for row in table.some(rng):
        table.rows[row][4:6] = [
            ["-9", "49"],
            ["3.0", "62.000"],
            ["", ""],
            ["-0", "52.1"],
            ["-2.123456789012345", "52"],
        ][rng.integers(5)]
    return table.case()


@must_fail("grid-metres")
def no_whole_metres(world: World, rng: Rng) -> Case:
    table = world.old_street(rng)
    values = ["400000.5", "SO 85", "-400000", "4e5", "12345678"]
    return table.rejecting(_set(table, rng, ["Easting", "Northing"][rng.integers(2)], values), "grid reference")


@must_fail("grid-metres")
def off_the_grid(world: World, rng: Rng) -> Case:
    table = world.old_street(rng)
    return table.rejecting(_set(table, rng, "Easting", ["9999999", "800001"]), "grid reference|outside")


@must_pass("grid-metres")
def files_of_2012(world: World, rng: Rng) -> Case:
    table = world.old_street(rng)
    for row in table.some(rng):
        table.rows[row][3:5] = ["", ""]
    return table.case()


@must_fail("small-area-code")
def no_code_of_a_small_area(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    values = ["E0101401", "e01014010", "Redditch 001A", "E01014010 ", "0", "E010140100"]
    return table.rejecting(_set(table, rng, "LSOA code", values), "LSOA code")


@must_pass("small-area-code")
def codes_of_all_sorts(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    _set(table, rng, "LSOA code", ["W01001958", "E01035000", "", "S01006506", "E01014010"])
    _set(table, rng, "LSOA name", ["Narnia 001A", "X", "", " ", "'; --"])
    return table.case()


@must_fail("unbalanced-quotes")
def opened_and_never_closed(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    rows = table.some(rng, 3)
    for row in rows:
        table.set(row, "Location", "@@On or near Mill Lane")
    return table.rejecting(rows, "quotation mark|closing", table.data().replace(b"@@", b'"'))


@must_fail("unbalanced-quotes")
def opened_in_one_row_and_closed_in_another(world: World, rng: Rng) -> Case:
    """Between the two marks lie whole rows: whoever reads them as one value loses them in silence."""
    table = world.street(rng)
    first = int(rng.integers(0, len(table.rows) - 1))
    last = min(len(table.rows) - 1, first + int(rng.integers(1, 4)))
    table.set(first, "Location", "@@On or near Mill Lane")
    table.set(last, "Location", "On or near Mill Lane@@")
    data = table.data().replace(b"@@", b'"')
    table.set(last, "Location", 'On or near Mill Lane"')
    return table.rejecting([first], "quotation mark", data)


@must_fail("unbalanced-quotes")
def text_after_the_closing_mark(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    rows = table.some(rng)
    for row in rows:
        table.set(row, "Location", "@@On or near@@ Mill Lane")
    return table.rejecting(rows, "closing quotation mark|quotation mark", table.data().replace(b"@@", b'"'))


@must_pass("unbalanced-quotes")
def balanced_and_doubled(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    values = ['On or near "The Mill", Redditch', 'The "Old" Mill', '""', '",', ", ,", ' "x"', "\"'"]
    _set(table, rng, "Location", values)
    return table.case()


@must_fail("quoted-newline")
def open_for_too_many_lines(world: World, rng: Rng) -> Case:
    table = world.street(rng, least=12)
    row, extra = int(rng.integers(0, 6)), int(rng.integers(25, 60))
    table.set(row, "Location", "a" + "\nb" * extra)
    later = row + 3
    table.set(later, "Month", "soon")
    case = table.rejecting([row, later], "quotation mark|closing")
    # Each line of the value stands alone: all are rejected, and rows below keep the numbers of an editor.
    del case.rejected[later + 2]
    case.rejected.update({row + 2 + i: "number of fields|quotation mark" for i in range(1, extra + 1)})
    case.rejected[later + 2 + extra] = "month is not"
    return case


@must_pass("quoted-newline")
def a_value_on_two_lines(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    for row in table.some(rng):
        table.set(row, "Location", "On or near\nMill Lane" if rng.random() < 0.5 else "Mill\n\nLane, Redditch")
    return table.case()


@must_fail("formula-cells")
def formulas_where_words_belong(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    values = ['=HYPERLINK("http://example.org","x")', "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1", "-1+cmd", "\t=1"]
    header = ["Month", "Reported by", "Crime type"][rng.integers(3)]
    return table.rejecting(_set(table, rng, header, values), "month is not|unknown")


@must_pass("formula-cells")
def formulas_in_a_street_name(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    _set(table, rng, "Location", ["=1+1", "@home", "+44", "-", "=cmd|' /C calc'!A0"])
    return table.case()


@must_fail("whitespace")
def blanks_around_values(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    rows = table.some(rng)
    for row in rows:
        header = ["Month", "Crime type"][rng.integers(2)]
        table.set(
            row,
            header,
            [" {}", "{} ", "\t{}", "\u00a0{}"][rng.integers(4)].format(table.rows[row][table.column(header)]),
        )
    return table.rejecting(rows, "month is not|unknown")


@must_fail("whitespace")
def lines_of_blanks(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    row = int(rng.integers(0, len(table.rows)))
    table.rows.insert(row, [["   ", "\t", "\u00a0"][rng.integers(3)]])
    return table.rejecting([row], "number of fields")


@must_pass("whitespace")
def empty_lines_between_rows(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    return table.case("\n".join(line + "\n" * int(rng.integers(0, 3)) for line in table.lines()).encode())


@must_pass("whitespace")
def a_street_without_a_name(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    _set(table, rng, "Location", ["On or near ", " ", "On or near  A", "No location"])
    return table.case()


@must_fail("mixed-months")
def one_of_the_months_is_none(world: World, rng: Rng) -> Case:
    tables = [world.street(rng) for _ in range(int(rng.integers(2, 6)))]
    table = tables[0]
    table.rows = [row for other in tables for row in other.rows]
    return table.rejecting(_set(table, rng, "Month", ["2025-13"]), "month is not")


@must_pass("mixed-months")
def several_months_and_forces(world: World, rng: Rng) -> Case:
    tables = [world.street(rng) for _ in range(int(rng.integers(2, 8)))]
    rows = [row for table in tables for row in table.rows]
    return replace(tables[0], rows=[rows[i] for i in rng.permutation(len(rows))]).case()


@must_fail("duplicate-rows")
def the_same_fault_over_and_over(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    table.set(0, "Month", "never")
    table.rows = [list(table.rows[0]) for _ in range(int(rng.integers(5, 80)))]
    return table.refusing("month is not")


@must_pass("duplicate-rows")
def every_row_several_times(world: World, rng: Rng) -> Case:
    """Twins are separate incidents: points are snapped and only the month is given."""
    table = world.street(rng)
    table.rows = table.rows * int(rng.integers(2, 6))
    return table.case()


@must_pass("duplicate-rows")
def the_same_file_several_times(world: World, rng: Rng) -> Case:
    table = world.street(rng)
    table.rows = table.rows * int(rng.integers(1, 100))
    case, copies = table.case(), int(rng.integers(1, 5))
    case.files |= {f"copy {i} of {table.name}": table.data() for i in range(copies)}
    case.unchanged = copies * len(table.rows)
    return case


@must_fail("stop-and-search")
def no_moment(world: World, rng: Rng) -> Case:
    table = world.stops(rng)
    values = ["yesterday", "", "2025-02-30T10:00:00+00:00", "2025-06-30", "30/06/2025 21:15", "2025-06-30T25:00:00",
              "2031-01-01T00:00:00+00:00", "0001-01-01T00:00:00+00:00", "2025-06-30T21:15:60+00:00"]  # fmt: skip
    return table.rejecting(_set(table, rng, "Date", values), "date")


@must_fail("stop-and-search")
def a_name_without_a_force(world: World, rng: Rng) -> Case:
    table = world.stops(rng)
    name = ["stops.csv", f"{month_text(table.keys[0][1])}-sandford-stop-and-search.csv", "stop-and-search.csv"]
    return table.refusing("does not say which force", name=name[rng.integers(3)])


@must_pass("stop-and-search")
def moments_in_other_forms(world: World, rng: Rng) -> Case:
    table = world.stops(rng)
    month = month_text(table.keys[0][1])
    _set(table, rng, "Date", [f"{month}-02 10:00:00", f"{month}-03T23:59:59.5Z", f"{month}-04T00:00:00+01:00"])
    for row in table.some(rng):
        table.rows[row][4:6] = ["", ""]
    return table.case()

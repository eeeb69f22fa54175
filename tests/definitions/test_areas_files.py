"""Area files that a site writes itself: overlays, and faults that are all named at once with file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from frankpledge.engine.definitions.areas import load_areas
from frankpledge.engine.faults import DefinitionFault, DefinitionProblem

SHIPPED = Path(__file__).resolve().parents[2] / "definitions"

ABOUT = """
[{table}]
title = "Example"
owner = "Analyst"
reviewed_on = 2026-01-31
review_by = 2027-01-31
source = "invented for this test"
licence = "MIT"
"""
DISTRICT_COLUMNS = (
    "code,name,nation,region,force,partnership,residents,residents_0_15,residents_16_24,residents_25_34,"
    "residents_35_49,residents_50_64,residents_65_plus,households,hectares\n"
)
DEMO_DISTRICT = "DEMO-01,Eastham,england,West Midlands,west-mercia,demo-east,1000,200,100,150,200,200,150,420,5000.5\n"
DEMO_PARTNERSHIP = """
[partnerships.demo-east]
name = "North Worcestershire"
nation = "england"
force = "west-mercia"
districts = ["DEMO-01"]
origin = "synthetic"
"""

HEADING = "a table whose heading gives the key: [partnerships.KEY]"

Overlay = Callable[..., Path]


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    """Write area files (`partnerships="..."` for partnerships.toml and so on) and give the overlay's root."""

    def write(**contents: str | bytes) -> Path:
        root = tmp_path / "definitions"
        (root / "areas").mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            suffix = "csv" if name in {"districts", "former", "places"} else "toml"
            stem = {"former": "former-districts", "places": "place-names", "provenance": "districts"}.get(name, name)
            data = content if isinstance(content, bytes) else content.encode()
            (root / "areas" / f"{stem}.{suffix}").write_bytes(data)
        return root

    return write


def about(table: str = "about") -> str:
    return ABOUT.format(table=table)


def faults(root: Path) -> list[DefinitionProblem]:
    with pytest.raises(DefinitionFault) as fault:
        load_areas([SHIPPED, root])
    return list(fault.value.problems)


def only_fault(root: Path) -> DefinitionProblem:
    (problem,) = faults(root)
    return problem


# --- Overlays --------------------------------------------------------------------------------------


def test_a_demonstration_adds_a_partnership_of_invented_districts(overlay: Overlay) -> None:
    root = overlay(
        partnerships=about() + DEMO_PARTNERSHIP,
        districts=DISTRICT_COLUMNS + DEMO_DISTRICT,
        provenance=about("districts"),
    )
    areas = load_areas([SHIPPED, root])
    demo = areas.partnership("demo-east")
    assert demo.origin == "synthetic"
    assert (areas.residents(demo), areas.households(demo), areas.hectares(demo)) == (1000, 420, 5000.5)
    assert len(areas.partnerships) == 302
    assert areas.partnerships_of("synthetic") == (demo,)
    assert areas.partnership("North Worcestershire").origin == "published", "a shared name means the real one"
    assert "DEMO-01" not in {d.code for d in areas.districts_of_force("west-mercia")}


def test_a_site_replaces_a_partnership_by_key(overlay: Overlay) -> None:
    root = overlay(
        partnerships=about()
        + """
[partnerships.adur]
name = "Adur"
nation = "england"
force = "sussex"
districts = ["E07000223"]
c2_codes = ["E22000290"]
aliases = ["adur-safer-communities"]
"""
    )
    areas = load_areas([SHIPPED, root])
    assert areas.partnership("adur-safer-communities").key == "adur"
    assert len(areas.partnerships) == 301


def test_a_merger_to_come_takes_over_districts_from_its_first_day(overlay: Overlay) -> None:
    """Two partnerships may hold the same district if not on the same day (Worcestershire's councils from 2028)."""

    def merged(until: str) -> str:
        return (
            about()
            + f"""
[partnerships.adur]
name = "Adur"
nation = "england"
force = "sussex"
districts = ["E07000223"]
{until}
[partnerships.coast]
name = "Coast"
nation = "england"
force = "sussex"
districts = ["E07000223"]
valid_from = 2028-04-01
successor_of = ["adur"]
"""
        )

    areas = load_areas([SHIPPED, overlay(partnerships=merged("valid_to = 2028-03-31"))])
    assert areas.partnership("coast").successor_of == ("adur",)
    problem = only_fault(overlay(partnerships=merged("")))
    assert problem.found == "E07000223, which 'adur' has at the same time"


def test_an_overlay_without_areas_adds_nothing(tmp_path: Path) -> None:
    with_it, without = load_areas([SHIPPED, tmp_path]), load_areas([SHIPPED])
    assert (with_it.partnerships, with_it.districts) == (without.partnerships, without.districts)


def test_a_site_adds_a_spelling_of_a_place(overlay: Overlay) -> None:
    root = overlay(places="prefix,district\nRedditch Borough,E07000236\n", provenance=about("place-names"))
    assert load_areas([SHIPPED, root]).district_for_place("Redditch Borough 001A") == "E07000236"


# --- Real and invented never mix -------------------------------------------------------------------


def test_an_invented_partnership_takes_no_real_district(overlay: Overlay) -> None:
    content = about() + DEMO_PARTNERSHIP.replace("DEMO-01", "E07000236")
    assert "demo-east.districts" in {p.key for p in faults(overlay(partnerships=content))}


def test_a_real_partnership_takes_no_invented_district(overlay: Overlay) -> None:
    root = overlay(
        partnerships=about() + DEMO_PARTNERSHIP.replace('origin = "synthetic"', ""),
        districts=DISTRICT_COLUMNS + DEMO_DISTRICT,
        provenance=about("districts"),
    )
    assert only_fault(root).allowed == "ONS district codes"


def test_an_example_does_not_stand_in_for_a_real_partnership(overlay: Overlay) -> None:
    root = overlay(
        partnerships=about() + DEMO_PARTNERSHIP.replace("demo-east", "adur"),
        districts=DISTRICT_COLUMNS + DEMO_DISTRICT.replace("demo-east", "adur"),
        provenance=about("districts"),
    )
    assert "adur" in {p.key for p in faults(root)}


def test_a_real_place_name_does_not_come_to_mean_an_invented_district(overlay: Overlay) -> None:
    root = overlay(
        partnerships=about() + DEMO_PARTNERSHIP,
        districts=DISTRICT_COLUMNS + DEMO_DISTRICT,
        provenance=about("districts") + about("place-names"),
        places="prefix,district\nRedditch,DEMO-01\n",
    )
    assert only_fault(root).key == "Redditch"


# --- Faults ----------------------------------------------------------------------------------------


def test_every_fault_of_every_file_is_named_with_its_line(overlay: Overlay) -> None:
    root = overlay(
        partnerships=about()
        + """
[partnerships.new]
name = "New"
nation = "scotland"
force = "nowhere"
districts = ["E07000236"]
colour = "blue"
""",
        forces=about() + '\n[forces.nowhere-else]\nnation = "england"\n',
        former="code,name,successor,ended\nE07999999,Old,E07000236,soon\n",
        provenance=about("former-districts"),
    )
    found = {(Path(p.file).name, p.line, p.key) for p in faults(root)}
    assert found == {
        ("partnerships.toml", 12, "new.nation"),
        ("partnerships.toml", 15, "new.colour"),
        ("forces.toml", 10, "nowhere-else.names"),
        ("former-districts.csv", 2, "E07999999.ended"),
    }


@pytest.mark.parametrize(
    ("file", "content", "line", "allowed"),
    [
        ("partnerships", about() + "\n[partnerships.x\n", 10, "a file that TOML can read"),
        ("partnerships", b"\xff\xfe", None, "a text file saved as UTF-8"),
        ("partnerships", about() + "\n[partners.x]\n", 10, "'about' and 'partnerships.KEY'"),
        ("partnerships", about() + "\n[partnerships]\nx = 3\n", 11, HEADING),
        ("districts", b"\xff\xfe", 1, "a text file saved as UTF-8"),
        ("districts", DISTRICT_COLUMNS + "DEMO-01,Eastham\n", 2, "15 cells"),
        ("districts", DISTRICT_COLUMNS + '"DEMO-01"x,Eastham\n', 2, "cells with balanced quotes"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_where(
    overlay: Overlay, file: str, content: str | bytes, line: int | None, allowed: str
) -> None:
    problem = only_fault(overlay(**{file: content}, provenance=about("districts")))
    assert (problem.line, problem.allowed) == (line, allowed)


@pytest.mark.parametrize("header", ["code,name", DISTRICT_COLUMNS.replace("hectares", "acres"), "", "code,code"])
def test_a_header_says_which_columns_are_allowed(overlay: Overlay, header: str) -> None:
    problem = only_fault(overlay(districts=header, provenance=about("districts")))
    assert (problem.key, problem.line) == ("header", 1)
    assert problem.allowed.startswith("code,name,nation")


def test_where_facts_come_from_is_mandatory(overlay: Overlay) -> None:
    assert {p.key for p in faults(overlay(partnerships=""))} >= {"about.owner", "about.source", "about.review_by"}
    problem = only_fault(overlay(places="prefix,district\nX Borough,E07000236\n", partnerships=about()))
    assert (Path(problem.file).name, problem.key) == ("districts.toml", "place-names")


def test_a_row_twice_in_one_file_is_a_fault(overlay: Overlay) -> None:
    twice = "prefix,district\nX,E07000236\nX,E07000236\n"
    problem = only_fault(overlay(places=twice, provenance=about("place-names")))
    assert (problem.line, problem.key) == (3, "X")


def test_a_district_names_a_partnership_that_lists_it(overlay: Overlay) -> None:
    root = overlay(districts=DISTRICT_COLUMNS + DEMO_DISTRICT, provenance=about("districts"))
    assert only_fault(root).key == "DEMO-01.partnership"


def test_age_bands_add_up_to_the_residents(overlay: Overlay) -> None:
    root = overlay(
        partnerships=about() + DEMO_PARTNERSHIP,
        districts=DISTRICT_COLUMNS + DEMO_DISTRICT.replace("1000,", "1200,"),
        provenance=about("districts"),
    )
    assert any(p.found == "a contradiction" and "1200" in p.allowed for p in faults(root))


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        (('force = "west-mercia"', 'force = "mercia"'), "demo-east.force"),
        (('districts = ["DEMO-01"]', 'districts = ["DEMO-01", "DEMO-02"]'), "demo-east.districts"),
        (('districts = ["DEMO-01"]', "districts = []"), "demo-east.districts"),
        (('origin = "synthetic"', 'origin = "synthetic"\naliases = ["adur"]'), "demo-east.aliases"),
        (('origin = "synthetic"', 'origin = "synthetic"\nkey = "other"'), "demo-east"),
        (('origin = "synthetic"', 'origin = "synthetic"\nvalid_from = 2020-01-01\nvalid_to = 2019-01-01'), "demo-east"),
    ],
)
def test_a_partnership_that_cannot_be_right(overlay: Overlay, changed: tuple[str, str], key: str) -> None:
    root = overlay(
        partnerships=about() + DEMO_PARTNERSHIP.replace(*changed),
        districts=DISTRICT_COLUMNS + DEMO_DISTRICT,
        provenance=about("districts"),
    )
    assert key in {p.key for p in faults(root)}


@pytest.mark.parametrize(
    ("file", "row", "key"),
    [
        ("former", "code,name,successor,ended\nE07999999,Old,E06999999,\n", "E07999999.successor"),
        ("former", "code,name,successor,ended\nE07000236,Redditch,E07000234,\n", "E07000236"),
        ("places", "prefix,district\nX,E06999999\n", "X.district"),
    ],
)
def test_codes_lead_to_districts_in_force(overlay: Overlay, file: str, row: str, key: str) -> None:
    root = overlay(**{file: row}, provenance=about("former-districts") + about("place-names"))
    assert only_fault(root).key == key


def test_a_fault_says_what_to_do_next(overlay: Overlay) -> None:
    with pytest.raises(DefinitionFault, match="frankpledge definitions check"):
        load_areas([SHIPPED, overlay(partnerships="x")])

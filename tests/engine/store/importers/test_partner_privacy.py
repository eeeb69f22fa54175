"""What a mapping may not point at, and the words of each refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from frankpledge.engine.faults import DefinitionFault, NotPossible
from frankpledge.engine.store.importers.partner_list import bring_in_partner_list
from frankpledge.engine.store.importers.partner_mapping import FIELDS, NEVER, load_mapping
from frankpledge.engine.store.importers.partner_privacy import check_headers, check_values, private

from .conftest import Stage

MAPPING = 'key = "a-list"\ntitle = "A list"\npartner = "A partner"\n[columns]\ndate = "Reported"\ncategory = "Type"\n'


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("field", sorted(NEVER))
def test_there_is_no_field_for_it(field: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionFault) as fault:
        load_mapping(written(tmp_path, MAPPING + f'{field} = "Column"\n'))
    (problem,) = fault.value.problems
    assert problem.line == 7
    assert NEVER[field] in problem.found
    assert problem.allowed.startswith("none: such columns are never read")


@pytest.mark.parametrize("field", ["victim_name", "full_address", "caller_phone", "home postcode"])
def test_nor_for_longer_names_of_the_same(field: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionFault, match="a field for"):
        load_mapping(written(tmp_path, MAPPING + f'"{field}" = "Column"\n'))


def test_no_field_holds_anything_private() -> None:
    assert not set(FIELDS) & set(NEVER)


@pytest.mark.parametrize(
    "header",
    [
        "Name", "Surname", "Victim", "Victim name", "Name of complainant", "First Name", "Offender details",
        "DOB", "D.O.B.", "Date of birth", "Age", "Address", "Post Code", "Postcode", "Street", "House number", "UPRN",
        "Notes", "Comments", "Free text", "Description", "Incident description", "Email", "Mobile", "NHS number",
    ],
)  # fmt: skip
def test_headers_that_say_what_they_hold_are_refused_for_a_reference(header: str) -> None:
    with pytest.raises(NotPossible, match=r"may not be mapped to reference: it seems to hold .*Take it out"):
        check_headers({"reference": header})


@pytest.mark.parametrize(
    ("field", "header"),
    [
        ("category", "Offence description"),
        ("offence", "Crime description"),
        ("lsoa_name", "LSOA name"),
        ("district", "District name"),
        ("date", "Date reported"),
        ("place_type", "Street or premises type"),
        ("vulnerable_adult", "Vulnerable person"),
        ("youth", "Under age?"),
        ("alcohol", "Street drinking"),
        ("reference", "Case ID"),
    ],
)
def test_headers_that_only_sound_private_are_allowed(field: str, header: str) -> None:
    check_headers({field: header})


@pytest.mark.parametrize(
    ("cell", "looks_like"),
    [
        ("B97 4DQ", "full postcodes"),
        ("near WR1 2AB somewhere", "full postcodes"),
        ("jane@example.org", "contact or identity numbers"),
        ("07700 900123", "contact or identity numbers"),
        ("QQ 12 34 56 C", "contact or identity numbers"),
        ("12 High Street", "addresses"),
        ("Flat 3b, 4 Upper Park Road", "addresses"),
        ("Mrs Smith", "people's names"),
        ("born 03/04/1985", "dates"),
        ("The caller said that the same group had come back again that night", "long text"),
    ],
)
def test_cells_that_look_private(cell: str, looks_like: str) -> None:
    assert private("category", cell) == looks_like


@pytest.mark.parametrize(
    "cell",
    ["Anti-social behaviour", "WM/12345/25", "22DA/104728/25", "Public house", "E07000236", "Redditch", "Noise (B2)"],
)
def test_cells_that_do_not(cell: str) -> None:
    assert private("reference", cell) == ""


def test_values_decide_where_the_header_says_nothing() -> None:
    names = ["Ann Archer", "Bob Baker", "Cas Cooper"]
    with pytest.raises(NotPossible, match="words, not reference numbers: perhaps people's names"):
        check_values({"reference": "Ref"}, {"reference": names})
    with pytest.raises(NotPossible, match="full postcodes"):
        check_values({"category": "Type"}, {"category": ["B97 4DQ", "B97 5AA", "Noise", "B98 7AB"]})
    with pytest.raises(NotPossible, match="a different value in nearly every row"):
        check_values({"category": "Type"}, {"category": [f"Ann Archer{chr(97 + n)}" for n in range(50)]})
    births = [f"{d:02}/03/{1940 + 2 * d}" for d in range(1, 29)]
    with pytest.raises(NotPossible, match="as birth dates are"):
        check_values({"date": "Date"}, {"date": births})


def test_no_refusal_repeats_a_value() -> None:
    with pytest.raises(NotPossible) as fault:
        check_values({"category": "Type"}, {"category": ["12 High Street", "14 High Street", "B97 4DQ"]})
    assert "High" not in str(fault.value)
    assert "B97" not in str(fault.value)


def test_one_odd_value_among_many_is_no_reason_to_refuse_the_list() -> None:
    check_values({"category": "Type"}, {"category": ["Noise"] * 50 + ["12 High Street"]})


def test_nothing_is_stored_of_a_list_whose_mapping_is_refused(stage: Stage, tmp_path: Path) -> None:
    text = "Reported,Type\n01/06/2025,12 High Street\n02/06/2025,14 High Street\n03/06/2025,16 High Street\n"
    with pytest.raises(NotPossible):
        stage(bring_in_partner_list, text, mapping=written(tmp_path, MAPPING))
    assert not list((tmp_path / "waiting").glob("*.parquet"))
    assert not list((tmp_path / "waiting").glob("rejects*"))


def test_a_private_value_in_a_rejected_row_is_not_shown(stage: Stage, tmp_path: Path) -> None:
    text = "Reported,Type\n" + "01/06/2025,Burglary\n" * 30 + "02/06/2025,12 High Street\n"
    found = stage(bring_in_partner_list, text, mapping=written(tmp_path, MAPPING))
    assert found.rejected == 1
    assert "(not shown)" in found.rejects[0]
    assert "High" not in "".join((*found.rejects, *found.warnings, *found.notes))


# --- Faults in mappings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "allowed"),
    [
        ('[columns]\nmagic = "X"\n', 5, "one of reference, month, date"),
        ('[columns]\ndate = "A"\n', None, "category or offence"),
        ('[columns]\ncategory = "A"\n', None, "month, date or from"),
        ('[columns]\ndate = "A"\ncategory = "B"\neasting = "C"\n', None, "both of easting and northing"),
        ('[columns]\ndate = "A"\ncategory = "B"\nto_time = "C"\n', None, "a column for to beside to_time"),
        ('[columns]\ndate = "A"\ncategory = "B"\n[values.category]\n"x" = "y"\n', None, "a category key, not 'y'"),
        ('[columns]\ndate = "A"\ncategory = "B"\n[values.alcohol]\n"x" = "y"\n', None, "true or false"),
        ('[columns]\ndate = "A"\ncategory = "B"\n[values.hate]\n"x" = "y"\n', None, "a strand"),
        ("colour = 1\n[columns]\n", 4, "Extra inputs"),
        ("[columns\n", 4, "TOML"),
    ],
)
def test_faults_of_a_mapping_say_where_and_what_is_allowed(
    text: str, line: int | None, allowed: str, tmp_path: Path
) -> None:
    head = 'key = "a-list"\ntitle = "A list"\npartner = "A partner"\n'
    with pytest.raises(DefinitionFault) as fault:
        load_mapping(written(tmp_path, head + text))
    assert any(allowed in p.allowed for p in fault.value.problems)
    assert line is None or line in [p.line for p in fault.value.problems]

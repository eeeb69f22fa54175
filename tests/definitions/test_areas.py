"""The areas that the project ships: who covers what, what a name means, how many people live there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from frankpledge.engine.definitions.area_names import place_prefix, slug
from frankpledge.engine.definitions.areas import AGE_BANDS, Areas, load_areas
from frankpledge.engine.faults import UsageFault

SHIPPED = Path(__file__).resolve().parents[2] / "definitions"


@pytest.fixture(scope="module")
def areas() -> Areas:
    return load_areas([SHIPPED])


def test_the_314_codes_of_table_c2_make_301_partnerships(areas: Areas) -> None:
    """definitions/areas/README.md derives the number; 302 would leave two partnerships without a district."""
    codes = [c for p in areas.partnerships.values() for c in p.c2_codes]
    assert len(codes) == len(set(codes)) == 314
    assert len(areas.partnerships) == 301
    merged = [p for p in areas.partnerships.values() if len(p.c2_codes) > 1]
    assert len(merged) == 7
    assert sum(len(p.c2_codes) for p in merged) == 20


def test_every_district_in_force_is_in_exactly_one_partnership(areas: Areas) -> None:
    held = Counter(code for p in areas.partnerships.values() for code in p.districts)
    assert set(held) == set(areas.districts)
    assert set(held.values()) == {1}
    assert Counter(d.nation for d in areas.districts.values()) == {"england": 296, "wales": 22}
    for district in areas.districts.values():
        partnership = areas.partnerships[district.partnership]
        assert (district.code in partnership.districts, district.force, district.nation) == (
            True,
            partnership.force,
            partnership.nation,
        )


@pytest.mark.parametrize(
    ("key", "districts", "c2_codes"),
    [
        ("north-worcestershire", {"Bromsgrove", "Redditch", "Wyre Forest"}, {"E22000368"}),
        ("south-worcestershire", {"Malvern Hills", "Worcester", "Wychavon"}, {"E22000332"}),
        ("herefordshire", {"Herefordshire, County of"}, {"E22000326"}),
        ("cwm-taf", {"Merthyr Tydfil", "Rhondda Cynon Taf"}, {"W14000023"}),
        ("cumberland", {"Cumberland"}, {"E22000031", "E22000033", "E22000034"}),
        ("westmorland-and-furness", {"Westmorland and Furness"}, {"E22000032", "E22000035", "E22000036"}),
        ("east-suffolk", {"East Suffolk"}, {"E22000274", "E22000278"}),
        ("buckinghamshire", {"Buckinghamshire"}, {"E22000303", "E22000306", "E22000311", "E22000318"}),
        ("west-northamptonshire", {"West Northamptonshire"}, {"E22000237", "E22000357"}),
        ("north-yorkshire", {"North Yorkshire"}, {"E22000372"}),
        ("somerset", {"Somerset"}, {"E22000369"}),
    ],
)
def test_a_partnership_covers(areas: Areas, key: str, districts: set[str], c2_codes: set[str]) -> None:
    partnership = areas.partnerships[key]
    assert {d.name for d in areas.districts_of(partnership)} == districts
    assert set(partnership.c2_codes) == c2_codes


def test_a_merger_says_when_and_by_which_order(areas: Areas) -> None:
    for partnership in areas.partnerships.values():
        if len(partnership.c2_codes) > 1:
            assert partnership.valid_from is not None
            assert "Order 20" in partnership.note
            assert partnership.code is None, "ONS has given merged partnerships no code"
            assert len(partnership.successor_of) == len(partnership.c2_codes)


def test_only_the_two_partnerships_that_share_christchurch_in_table_c2_say_so(areas: Areas) -> None:
    noted = {p.key for p in areas.partnerships.values() if p.c2_note}
    assert noted == {"bournemouth-christchurch-and-poole", "dorset"}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("north-worcestershire", "north-worcestershire"),
        ("North Worcestershire", "north-worcestershire"),
        ("south-worcester", "south-worcestershire"),
        ("South Worcester", "south-worcestershire"),
        ("E22000332", "south-worcestershire"),
        ("allerdale", "cumberland"),
        ("city-of-york", "york"),
        ("Shepway", "folkestone-and-hythe"),
        ("Kingston upon Hull, City of", "kingston-upon-hull"),
        ("St. Helens", "st-helens"),
        ("King's Lynn & West Norfolk", "kings-lynn-and-west-norfolk"),
    ],
)
def test_a_partnership_is_found_by_key_alias_name_or_code(areas: Areas, typed: str, key: str) -> None:
    assert areas.partnership(typed).key == key


def test_every_key_alias_and_name_leads_to_its_partnership(areas: Areas) -> None:
    for key, partnership in areas.partnerships.items():
        assert key == slug(partnership.name)
        for name in (key, partnership.name, *partnership.aliases, *partnership.c2_codes):
            assert areas.partnership(name) is partnership
        for code in partnership.c2_codes:
            assert areas.partnership_of_c2(code) is partnership


def test_an_unknown_key_is_answered_with_the_nearest(areas: Areas) -> None:
    with pytest.raises(UsageFault) as fault:
        areas.partnership("north-worcs")
    assert "north-worcs" in fault.value.message
    assert "'north-worcestershire'" in fault.value.remedy
    assert "frankpledge partnerships" in fault.value.remedy


@pytest.mark.parametrize("typed", ["redditch", "Wyre Forest"])
def test_the_name_of_a_district_is_answered_with_its_partnership(areas: Areas, typed: str) -> None:
    with pytest.raises(UsageFault) as fault:
        areas.partnership(typed)
    assert "North Worcestershire" in fault.value.remedy


def test_nonsense_is_answered_with_where_to_look(areas: Areas) -> None:
    for typed in ("", "   ", "zzzzzz", "'; drop table"):
        with pytest.raises(UsageFault, match="frankpledge partnerships"):
            areas.partnership(typed)


def test_partnerships_are_listed_by_origin_and_sorted_by_name(areas: Areas) -> None:
    listed = areas.partnerships_of("published")
    assert len(listed) == 301
    assert areas.partnerships_of("synthetic") == ()
    assert [slug(p.name) for p in listed] == sorted(slug(p.name) for p in listed)


@pytest.mark.parametrize(
    ("lsoa_name", "district"),
    [
        ("Redditch 001A", "Redditch"),
        ("Bournemouth, Christchurch and Poole 041F", "Bournemouth, Christchurch and Poole"),
        ("Christchurch 001A", "Bournemouth, Christchurch and Poole"),
        ("Kingston upon Hull 015B", "Kingston upon Hull, City of"),
        ("Bristol 001A", "Bristol, City of"),
        ("Herefordshire 001A", "Herefordshire, County of"),
        ("Shepway 001A", "Folkestone and Hythe"),
        ("The Vale of Glamorgan 001A", "Vale of Glamorgan"),
        ("Taunton Deane 001A", "Somerset"),
        ("Barnsley 001A", "Barnsley"),
        ("Rhondda Cynon Taf 013C", "Rhondda Cynon Taf"),
    ],
)
def test_an_lsoa_name_of_either_vintage_finds_its_district(areas: Areas, lsoa_name: str, district: str) -> None:
    code = areas.district_for_place(lsoa_name)
    assert code is not None
    assert areas.districts[code].name == district


@pytest.mark.parametrize("lsoa_name", ["", " ", "Redditch", "Glasgow City 001", "Aldergrove 1", "S01006506"])
def test_names_outside_england_and_wales_find_none(areas: Areas, lsoa_name: str) -> None:
    assert areas.district_for_place(lsoa_name) is None


def test_the_place_table_joins_like_the_function(areas: Areas) -> None:
    table = areas.place_table()
    assert len(dict(table)) == len(table)
    for prefix, code in table:
        assert place_prefix(f"{prefix} 001A") == prefix
        assert areas.district_for_place(f"{prefix} 001A") == code
        assert code in areas.districts


def test_former_codes_lead_to_the_code_in_force(areas: Areas) -> None:
    assert areas.current_code("E07000026") == "E06000063"
    assert areas.current_code("E08000016") == "E08000038"
    assert areas.current_code("E07000236") == "E07000236"
    assert areas.current_code("S12000049") is None
    somerset = areas.partnership("somerset")
    assert areas.district_codes_over_time(somerset) == {
        "E06000066",
        *("E07000187", "E07000188", "E07000189", "E07000190", "E07000191", "E07000246"),
    }
    north_worcestershire = areas.partnership("north-worcestershire")
    assert areas.district_codes_over_time(north_worcestershire) == set(north_worcestershire.districts)
    cumberland = areas.partnership_of_district("E07000026")
    assert cumberland is not None
    assert cumberland.key == "cumberland"
    assert areas.partnership_of_district("S12000049") is None


def test_a_former_code_that_ended_says_when_or_that_it_is_not_known(areas: Areas) -> None:
    unknown = {f.code for f in areas.former.values() if f.ended is None}
    assert len(areas.former) == 50
    assert all("not verified" in areas.former[code].reason for code in unknown)
    assert all(f.reason for f in areas.former.values())
    ended = {f.ended.isoformat()[5:] for f in areas.former.values() if f.ended}
    assert ended == {"03-31"}, "councils end on the last day of the financial year"


def test_residents_and_households_add_up_to_the_census(areas: Areas) -> None:
    """Census 2021, England and Wales: 59,597,300 usual residents and 24,783,200 households (rounded by ONS)."""
    assert sum(d.residents for d in areas.districts.values()) == pytest.approx(59_597_300, abs=1_000)
    assert sum(d.households for d in areas.districts.values()) == pytest.approx(24_783_200, abs=1_000)
    for district in areas.districts.values():
        assert sum(district.ages) == district.residents
        assert 1.5 < district.residents / district.households < 3.5


def test_a_partnership_s_people_are_the_sum_of_its_districts(areas: Areas) -> None:
    partnership = areas.partnership("north-worcestershire")
    assert areas.residents(partnership) == 99_192 + 87_015 + 101_610
    assert areas.households(partnership) == 41_266 + 36_371 + 45_332
    by_age = areas.population_by_age(partnership)
    assert tuple(by_age) == AGE_BANDS
    assert sum(by_age.values()) == areas.residents(partnership)


def test_land_areas_are_near_the_standard_measurements(areas: Areas) -> None:
    """ONS Standard Area Measurements (land): City of London 290 ha, England and Wales about 15.1 million ha."""
    assert areas.districts["E09000001"].hectares == pytest.approx(290, rel=0.02)
    assert sum(d.hectares for d in areas.districts.values()) == pytest.approx(15_100_000, rel=0.01)
    partnership = areas.partnership("north-worcestershire")
    parts = [areas.districts[c].hectares for c in partnership.districts]
    assert areas.hectares(partnership) == pytest.approx(sum(parts))


def test_there_are_43_territorial_forces_and_two_that_answer_for_no_partnership(areas: Areas) -> None:
    territorial = [f for f in areas.forces.values() if f.code]
    assert len(territorial) == len({f.code for f in territorial}) == 43
    assert set(areas.forces) - {f.slug for f in territorial} == {"btp", "northern-ireland"}
    assert {p.force for p in areas.partnerships.values()} == {f.slug for f in territorial}


@pytest.mark.parametrize(
    ("reported_by", "slug_of_file"),
    [
        ("West Mercia Police", "west-mercia"),
        ("Devon & Cornwall Police", "devon-and-cornwall"),
        ("Devon and Cornwall Police", "devon-and-cornwall"),
        ("Metropolitan Police Service", "metropolitan"),
        ("London, City of", "city-of-london"),
        ("British Transport Police", "btp"),
        ("Police Service of Northern Ireland", "northern-ireland"),
        ("Humberside ", "humberside"),
    ],
)
def test_a_force_is_found_by_the_names_that_files_use(areas: Areas, reported_by: str, slug_of_file: str) -> None:
    force = areas.force_by_name(reported_by)
    assert force is not None
    assert force.slug == slug_of_file
    assert areas.force_by_slug(slug_of_file) is force


def test_an_unknown_force_is_none(areas: Areas) -> None:
    assert areas.force_by_name("Mercia Police") is None
    assert areas.force_by_slug("mercia") is None


def test_no_name_means_two_forces(areas: Areas) -> None:
    names = Counter(slug(name) for f in areas.forces.values() for name in {slug(n) for n in f.names})
    assert set(names.values()) == {1}


def test_a_force_s_districts_are_those_of_its_partnerships(areas: Areas) -> None:
    assert len(areas.districts_of_force("west-mercia")) == 9
    assert areas.districts_of_force("btp") == ()


def test_every_table_says_where_it_comes_from(areas: Areas) -> None:
    assert set(areas.sources) == {"partnerships", "forces", "districts", "former", "places"}
    for source in areas.sources.values():
        assert source.licence == "Open Government Licence v3.0"
        assert source.reviewed_on < source.review_by

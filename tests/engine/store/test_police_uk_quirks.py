"""Every quirk of data.police.uk files that an importer has to survive, by its number in the list of quirks."""

from __future__ import annotations

import csv
import gzip
from datetime import date, datetime
from pathlib import Path

from frankpledge.engine.definitions.periods import month_number
from tests.engine.store.conftest import Site
from tests.engine.store.files import ASB, GOOD, NO_PLACE, OLD_STREET, OUTCOMES, STOPS, STREET, put, row, text


def test_quirk_01_kinds_are_told_by_their_headers_whatever_the_name(site: Site) -> None:
    put(site.supplied / "a.csv", text([row()]))
    put(site.supplied / "b.csv", text([row()], OUTCOMES))
    put(site.supplied / "2025-06-west-mercia-stop-and-search.csv", text([row()], STOPS))
    site.bring()
    assert [len(site.rows(d)) for d in ("incidents", "outcomes", "stops")] == [1, 1, 1]


def test_quirk_01_stop_and_search_has_latitude_before_longitude(site: Site) -> None:
    site.bring_text(text([row()], STOPS), "2025-06-west-mercia-stop-and-search.csv")
    [stop] = site.rows("stops")
    assert (stop["longitude"], stop["latitude"]) == (-1.885495, 52.302038)


def test_quirk_01_order_of_columns_and_further_columns_do_not_matter(site: Site) -> None:
    site.bring_text(text([row(Note="x")], ("Note", *reversed(STREET))))
    [found] = site.rows()
    assert (found["category"], found["lsoa_code"], found["longitude"]) == ("burglary", "E01032276", -1.885495)


def test_quirk_01_files_of_2012_have_eastings_no_crime_id_and_no_small_area(site: Site) -> None:
    site.bring_text(text([row(Month="2012-03", Crime_type="Violent crime")], OLD_STREET))
    [found] = site.rows()
    assert (found["easting"], found["northing"], found["cell"]) == (404440, 267520, 808 * 10_000 + 535)
    assert found["category"] == "violence-and-sexual-offences"
    assert (found["district"], found["incident_id"], found["longitude"]) == (None, None, None)


def test_quirk_02_line_feeds_and_carriage_returns_give_the_same_rows(site: Site) -> None:
    rows = [row(), row(Month="2025-05")]
    site.bring_text(text(rows, ending="\n"), "lf.csv")
    by_feed = {key: value for r in site.rows() if r["month"] == month_number("2025-06") for key, value in r.items()}
    report = site.bring_text(text(rows, ending="\r\n"), "crlf.csv")
    by_return = {key: value for r in site.rows() if r["month"] == month_number("2025-06") for key, value in r.items()}
    assert report.stored == report.replaced == 2
    assert by_feed | {"supply": ""} == by_return | {"supply": ""}


def test_quirk_03_welsh_names_survive(site: Site) -> None:
    site.bring_text(text([row(Location="On or near Sŵn Yr Afon")]))
    assert site.rows()[0]["location"] == "On or near Sŵn Yr Afon"


def test_quirk_03_a_byte_order_mark_is_no_part_of_the_first_column(site: Site) -> None:
    site.bring_text("\ufeff" + text([row()]))
    assert site.rows()[0]["incident_id"] == GOOD["Crime ID"]


def test_quirk_04_quoted_comma_deep_in_the_file_shifts_nothing(site: Site) -> None:
    many = [row(**{"Crime_ID": f"{i:064x}", "Reported_by": "Dorset Police"}) for i in range(25_000)]
    many[-1] |= {"LSOA name": "Bournemouth, Christchurch and Poole 041F", "LSOA code": "E01015420"}
    report = site.bring_text(text(many))
    assert (report.stored, report.rejected) == (25_000, 0)
    store = site.store
    table = store.scan("incidents")
    assert store.run(table.category.value_counts()).num_rows == 1
    named = store.run(table.filter(table.lsoa_name.contains(","))).to_pylist()
    assert [r["district"] for r in named] == ["E06000058"]


def test_quirk_05_rows_without_an_id_are_stored(site: Site) -> None:
    site.bring_text(text([row(**{k.replace(" ", "_"): v for k, v in ASB.items()}), row()]))
    assert sorted(r["incident_id"] or "" for r in site.rows()) == ["", GOOD["Crime ID"]]


def test_quirk_05_british_transport_police_belong_to_no_area_and_so_are_never_outside_it(site: Site) -> None:
    site.bring_text(text([row(Crime_ID="", Reported_by="British Transport Police")]))
    [found] = site.rows()
    assert (found["supplier"], found["district"], found["outside_force"]) == ("btp", "E07000236", False)


def test_quirk_06_twins_of_antisocial_behaviour_are_separate_incidents(site: Site) -> None:
    twin = row(**{k.replace(" ", "_"): v for k, v in ASB.items()})
    report = site.bring_text(text([twin] * 101))
    assert report.stored == len(site.rows()) == 101


def test_quirk_07_a_repeated_crime_id_is_no_key(site: Site) -> None:
    report = site.bring_text(text([row(), row(Crime_type="Robbery"), row(), row(Month="2025-05")]))
    assert report.stored == 4
    assert sorted(r["category"] for r in site.rows()) == ["burglary", "burglary", "burglary", "robbery"]


def test_quirk_08_rows_without_a_place_belong_to_the_force_and_to_no_district(site: Site) -> None:
    site.bring_text(text([dict(row()) | NO_PLACE, dict(row()) | NO_PLACE | {"Location": "No location"}]))
    for found in site.rows():
        assert found["supplier"] == "west-mercia"
        place = ("longitude", "latitude", "easting", "cell", "snapped", "lsoa_code", "lsoa_vintage", "district")
        assert [found[name] for name in place] == [None] * len(place)
        assert found["outside_force"] is None


def test_quirk_09_coordinates_without_a_small_area_keep_their_cell(site: Site) -> None:
    belfast = row(
        Reported_by="Police Service of Northern Ireland", Longitude="-5.930120", Latitude="54.597285",
        LSOA_code="", LSOA_name="",
    )  # fmt: skip
    report = site.bring_text(text([belfast]))
    [found] = site.rows()
    assert report.rejected == 0
    assert found["cell"] is not None and found["district"] is None and found["lsoa_vintage"] is None


def test_quirk_09_an_empty_street_name_is_kept_as_it_is(site: Site) -> None:
    site.bring_text(text([row(Location="On or near ")]))
    assert site.rows()[0]["location"] == "On or near "


def test_quirk_10_points_are_marked_as_snapped(site: Site) -> None:
    site.bring_text(text([row()]))
    assert site.rows()[0]["snapped"] is True


def test_quirk_11_reported_by_a_force_is_not_inside_it(site: Site) -> None:
    site.bring_text(text([row(), row(LSOA_code="E01009155", LSOA_name="Birmingham 125B")]))
    found = {r["lsoa_name"]: (r["district"], r["outside_force"]) for r in site.rows()}
    assert found == {"Redditch 009E": ("E07000236", False), "Birmingham 125B": ("E08000025", True)}


def test_quirk_12_both_vintages_of_small_areas_find_their_district(site: Site) -> None:
    site.bring_text(text([row(Month="2018-12"), row(Month="2018-12", LSOA_code="E01032131")]), "old.csv")
    new = row(LSOA_code="E01035750", LSOA_name="Wyre Forest 003G")
    site.bring_text(text([row(), new]), "new.csv")
    found = {(r["month"], r["lsoa_code"]): (r["lsoa_vintage"], r["district"]) for r in site.rows()}
    assert found[month_number("2018-12"), "E01032276"] == (2011, "E07000236")
    assert found[month_number("2025-06"), "E01032276"] == (2021, "E07000236")
    assert found[month_number("2025-06"), "E01035750"] == (2021, "E07000239")


def test_quirk_12_a_vintage_that_cannot_be_told_is_left_open(site: Site) -> None:
    """After June 2023 a file whose codes exist in both vintages could be of either."""
    site.bring_text(text([row()]))
    assert site.rows()[0]["lsoa_vintage"] is None


def test_quirk_13_every_outcome_of_the_real_files_has_a_group(site: Site, shared_data: Path) -> None:
    labels = set()
    for name in ("2018-10", "2024-03", "2025-06"):
        with gzip.open(
            shared_data / f"data/policeuk/west-mercia/{name}/{name}-west-mercia-street.csv.gz", "rt", encoding="utf-8"
        ) as file:
            labels |= {r["Last outcome category"] for r in csv.DictReader(file)}
    assert labels - {""} - set(site.definitions.sources["police-uk"].outcomes) == set()


def test_quirk_13_an_outcome_that_is_not_known_is_kept_and_named(site: Site) -> None:
    report = site.bring_text(text([row(Last_outcome_category="Suspect sent to the moon")]))
    [found] = site.rows()
    assert (report.stored, found["outcome"], found["outcome_group"]) == (1, "Suspect sent to the moon", None)
    assert "Suspect sent to the moon" in report.files[0].warning


def test_quirk_14_context_is_read_past_and_never_stored(site: Site) -> None:
    site.bring_text(text([row(Context="something private")]))
    assert "something private" not in [value for r in site.rows() for value in r.values()]


def test_quirk_15_a_missing_month_is_no_data_and_not_zero(site: Site) -> None:
    site.bring_text(text([row(Month="2025-04"), row(Month="2025-06")]))
    assert site.store.coverage("incidents", "police-uk", "west-mercia") == {
        month_number("2025-04"),
        month_number("2025-06"),
    }
    assert site.store.coverage("incidents", "police-uk", "warwickshire") == frozenset()


def test_quirk_18_the_force_of_a_stop_is_in_the_name_of_its_file(site: Site) -> None:
    site.bring_text(text([row()], STOPS), "2025-06-west-mercia-stop-and-search.csv")
    [stop] = site.rows("stops")
    assert (stop["supplier"], stop["month"]) == ("west-mercia", month_number("2025-06"))


def test_quirk_18_without_a_force_in_the_name_every_row_is_accounted_for_and_rejected(site: Site) -> None:
    report = site.bring_text(text([row(), row()], STOPS), "stops.csv")
    assert (report.rows_in, report.stored, report.rejected) == (2, 0, 2)
    assert "neither does its name" in report.files[0].warning


def test_quirk_18_the_clock_is_kept_as_written_in_summer_too(site: Site) -> None:
    site.bring_text(text([row(Date="2025-06-30T23:30:00+00:00")], STOPS), "2025-06-west-mercia-stop-and-search.csv")
    [stop] = site.rows("stops")
    assert (stop["date"], stop["hour"], stop["weekday"], stop["iso_week"]) == (date(2025, 6, 30), 23, 0, 202527)
    assert stop["time_from"] == datetime(2025, 6, 30, 23, 30)  # noqa: DTZ001


def test_quirk_18_a_stop_just_outside_the_month_of_its_file_does_not_replace_the_month_before(site: Site) -> None:
    name = "west-mercia-stop-and-search.csv"
    site.bring_text(text([row(Date="2025-05-10T10:00:00+00:00")] * 3, STOPS), f"2025-05-{name}")
    site.bring_text(text([row(), row(Date="2025-05-31T23:59:00+00:00")], STOPS), f"2025-06-{name}")
    assert (
        sorted(s["month"] for s in site.rows("stops")) == [month_number("2025-05")] * 3 + [month_number("2025-06")] * 2
    )


def test_quirk_18_blank_coordinates_of_stops_are_no_fault(site: Site) -> None:
    report = site.bring_text(text([row(Longitude="", Latitude="")], STOPS), "2025-06-west-mercia-stop-and-search.csv")
    assert (report.stored, report.rejected) == (1, 0)


def test_a_month_has_no_day_no_hour_and_no_weekday(site: Site) -> None:
    site.bring_text(text([row()]))
    [found] = site.rows()
    assert [found[name] for name in ("date", "hour", "weekday", "iso_week", "time_from", "time_to")] == [None] * 6

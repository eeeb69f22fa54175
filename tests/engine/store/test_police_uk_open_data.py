"""What is known of data.police.uk as a publication, each point with the test that holds the importer to it."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from frankpledge.engine.definitions.periods import month_number
from tests.engine.store.conftest import Site
from tests.engine.store.files import OUTCOMES, put_zip, row, text


def test_an_archive_of_full_history_begins_in_december_2010(site: Site) -> None:
    months = ("2010-12", "2013-06", "2017-03")
    members = {f"{m}/{m}-west-mercia-street.csv": text([row(Month=m)]) for m in months}
    assert site.bring(put_zip(site.supplied / "2017-03.zip", members)).stored == 3
    assert site.store.coverage("incidents", "police-uk", "west-mercia") == {month_number(m) for m in months}


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Violent crime", "violence-and-sexual-offences"),
        ("Public disorder and weapons", "public-order"),
        ("Violence and sexual offences", "violence-and-sexual-offences"),
        ("Criminal damage and arson", "criminal-damage-arson"),
        ("Anti-social behaviour", "anti-social-behaviour"),
    ],
)
def test_labels_before_june_2013_and_those_of_today_have_a_type(site: Site, label: str, key: str) -> None:
    site.bring_text(text([row(Month="2012-05", Crime_type=label)]))
    assert site.rows()[0]["category"] == key


def test_all_fourteen_types_are_known(site: Site) -> None:
    assert len(set(site.definitions.sources["police-uk"].categories.values())) == 14


def test_falls_within_is_no_filter_and_is_not_kept(site: Site) -> None:
    site.bring_text(text([row(Falls_within="Warwickshire Police")]))
    [found] = site.rows()
    assert found["supplier"] == "west-mercia"
    assert "Warwickshire Police" not in found.values()


def test_a_court_result_that_is_unavailable_is_not_a_suspect_who_was_not_found(site: Site) -> None:
    labels = ("Court result unavailable", "Status update unavailable", "Investigation complete; no suspect identified")
    site.bring_text(text([row(Last_outcome_category=label) for label in labels]))
    assert {r["outcome"]: r["outcome_group"] for r in site.rows()} == dict(
        zip(labels, ("court", "unavailable", "no-suspect"), strict=True)
    )


@pytest.mark.parametrize("force", ["British Transport Police", "Police Service of Northern Ireland"])
def test_forces_that_give_no_outcomes_leave_them_open(site: Site, force: str) -> None:
    site.bring_text(text([row(Reported_by=force, Last_outcome_category="")]))
    [found] = site.rows()
    assert (found["outcome"], found["outcome_group"]) == (None, None)


def test_every_force_that_publishes_is_known_by_its_name_and_its_file_name(site: Site) -> None:
    for force in site.areas.forces.values():
        assert site.areas.force_by_name(force.names[0]) == site.areas.force_by_slug(force.slug) == force
    assert len(site.areas.forces) == 45


def test_a_force_that_supplies_a_month_again_replaces_it_and_the_first_stays_recorded(site: Site) -> None:
    name = "2024-01/2024-01-greater-manchester-street.csv"
    force = {"Month": "2024-01", "Reported_by": "Greater Manchester Police"}
    site.bring(put_zip(site.supplied / "2024-02.zip", {name: text([row(**force)])}))
    report = site.bring(put_zip(site.supplied / "2024-06.zip", {name: text([row(**force), row(**force)])}))
    assert (report.stored, report.replaced) == (2, 1)
    assert [s.as_of for s in site.store.manifest("incidents").superseded.values()] == ["2024-02"]


def test_the_sample_of_an_outcomes_file(site: Site, shared_data: Path) -> None:
    path = shared_data / "data/policeuk/samples/2024-06-west-mercia-outcomes-SAMPLE15.csv"
    report = site.bring(path)
    assert (report.stored, report.rejected) == (15, 0)
    with path.open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file))
    found = site.rows("outcomes")
    assert sorted(r["incident_id"] for r in found) == sorted(r["Crime ID"] for r in given)
    assert {r["outcome"] for r in found} == {r["Outcome type"] for r in given}
    assert all(r["outcome_group"] and r["source"] == "police-uk-outcomes" for r in found)
    assert sum(r["district"] is None for r in found) == sum(not r["LSOA name"] for r in given)


def test_the_sample_of_a_stop_and_search_file(site: Site, shared_data: Path) -> None:
    path = shared_data / "data/policeuk/samples/2019-06-west-mercia-stop-and-search-SAMPLE18.csv"
    report = site.bring(path)
    assert (report.stored, report.rejected) == (18, 0)
    with path.open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file))
    found = site.rows("stops")
    assert sorted(r["time_from"].isoformat() for r in found) == sorted(r["Date"][:19] for r in given)
    assert sum(r["longitude"] is None for r in found) == sum(not r["Longitude"] for r in given)
    assert {(r["supplier"], r["month"]) for r in found} == {("west-mercia", month_number("2019-06"))}


def test_an_outcome_row_is_no_incident(site: Site) -> None:
    site.bring_text(text([row()], OUTCOMES))
    assert (len(site.rows("incidents")), len(site.rows("outcomes"))) == (0, 1)


@pytest.mark.slow
def test_every_file_of_every_force_is_stored_to_the_last_row(site: Site, shared_data: Path) -> None:
    report = site.bring(shared_data / "data/policeuk/all-forces")
    with (shared_data / "data/POLICEUK-MANIFEST.csv").open(encoding="utf-8", newline="") as table:
        listed = {r["path"]: r for r in csv.DictReader(table) if "/all-forces/" in r["path"]}
    found = {str(Path(f.path).relative_to(shared_data / "data")): f for f in report.files}
    assert found.keys() == listed.keys()
    for path, expected in listed.items():
        assert found[path].stored == found[path].rows_in == int(expected["rows"]), path
        assert found[path].sha256_raw == expected["sha256_raw"]
        assert found[path].sha256 == hashlib.sha256((shared_data / "data" / path).read_bytes()).hexdigest()
    store = site.store
    rows = store.scan("incidents")
    counted = rows.agg(nowhere=rows.longitude.isnull().sum(), no_id=rows.incident_id.isnull().sum(), n=rows.count())
    assert store.run(counted).to_pylist() == [
        {
            "nowhere": sum(int(r["no_coordinates"]) for r in listed.values()),
            "no_id": sum(int(r["no_crime_id"]) for r in listed.values()),
            "n": sum(int(r["rows"]) for r in listed.values()),
        }
    ]
    # Every small area of England and Wales that the files name lies in a district.
    lost = rows.filter(rows.lsoa_name.notnull() & rows.district.isnull())
    assert store.run(lost.lsoa_name.value_counts()).num_rows == 0

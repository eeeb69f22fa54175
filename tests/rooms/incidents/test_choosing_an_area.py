"""Choosing an area: found by any name that people know it by."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from frankpledge.engine.definitions.areas import Areas, load_areas
from frankpledge.engine.definitions.loader import SHIPPED
from frankpledge.incidents.choosing import by_force, by_letter, matching, published


@pytest.fixture(scope="module")
def areas() -> Areas:
    return load_areas([SHIPPED])


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Herefordshire", "herefordshire"),
        ("herefordshire", "herefordshire"),
        ("  HEREFORD ", "herefordshire"),
        ("Redditch", "north-worcestershire"),  # a district of it
        ("south worcester", "south-worcestershire"),  # the name that ONS uses
        ("West Mercia", "herefordshire"),  # its police force
        ("Allerdale", "cumberland"),  # a district that has been merged
        ("King's Lynn", "kings-lynn-and-west-norfolk"),
    ],
)
def test_any_name_finds_it(areas: Areas, words: str, key: str) -> None:
    found = [p.key for p in matching(areas, words)]
    assert key in found or any(key in k for k in found)
    assert len(found) < len(published(areas))


def test_no_words_find_every_partnership_and_nonsense_none(areas: Areas) -> None:
    assert matching(areas, "") == published(areas)
    assert matching(areas, "  ") == published(areas)
    assert matching(areas, "xyzzy") == ()


def test_both_lists_hold_every_partnership_once(areas: Areas) -> None:
    found = matching(areas, "")
    for groups in (by_letter(areas, found), by_force(areas, found)):
        listed = [line.key for group in groups for line in group.areas]
        assert sorted(listed) == sorted(p.key for p in found)
        assert len({group.anchor for group in groups}) == len(groups)


def test_england_comes_before_wales(areas: Areas) -> None:
    nations = [group.nation for group in by_force(areas, matching(areas, ""))]
    assert nations == sorted(nations)
    assert set(nations) == {"England", "Wales"}


def test_the_page_lists_them_all_and_filters_by_a_plain_form(client: Client, home: Path) -> None:
    whole = client.get("/areas/").content.decode()
    assert whole.count('href="/areas/') >= 300
    some = client.get("/areas/", {"words": "Wyre Forest"}).content.decode()
    assert "One partnership" in some or "1 partnership matches" in some
    assert "/areas/north-worcestershire/" in some
    assert "/areas/adur/" not in some


def test_nothing_found_says_what_to_try(client: Client, home: Path) -> None:
    text = client.get("/areas/", {"words": "Narnia"}).content.decode()
    assert "Try the name of the district" in text


def test_words_are_shown_and_never_obeyed(client: Client, home: Path) -> None:
    text = client.get("/areas/", {"words": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_too_many_letters_are_told_beside_the_field(client: Client, home: Path) -> None:
    text = client.get("/areas/", {"words": "x" * 81}).content.decode()
    assert "There is a problem" in text
    assert "at most 80 letters" in text
    assert 'href="#id_words"' in text


def test_the_list_by_force(client: Client, home: Path) -> None:
    text = client.get("/areas/", {"by": "force"}).content.decode()
    assert "Dyfed-Powys Police" in text
    assert text.index(">England<") < text.index(">Wales<")

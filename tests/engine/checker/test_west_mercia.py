"""Real files of West Mercia, through June 2025: three areas, with and without the official table."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from frankpledge.cli.main import main
from frankpledge.engine.store.home import Home
from scripts.recount import denominator, recount

from .checker import check
from .edition import Edition
from .page import Page
from .supplying import bring_in, edition_of
from .wording import months_of

pytestmark = pytest.mark.slow
AREAS = ("north-worcestershire", "south-worcestershire", "herefordshire")
REPOSITORY = Path(__file__).resolve().parents[3]
TABLE = "pfa_table_c2_csp_recorded_crime_ye_2025_06.csv"
BEFORE, AFTER, OFFICIAL = "2024-01..2024-04", "2025-01..2025-04", "2024-07..2025-06"
Editions = Mapping[str, Edition]


@pytest.fixture(scope="module")
def street(shared_data: Path) -> list[Path]:
    return sorted((shared_data / "data" / "policeuk" / "west-mercia").rglob("*-street.csv.gz"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, street: list[Path]) -> Editions:
    """Without the official table."""
    home = Home(tmp_path_factory.mktemp("plain"))
    bring_in(home, "police-uk", *street)
    return {key: edition_of(home, key, "2025-06", street) for key in AREAS}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, street: list[Path], shared_data: Path) -> Home:
    home = Home(tmp_path_factory.mktemp("official"))
    bring_in(home, "police-uk", *street)
    bring_in(home, "ons-csp-crime", shared_data / "data" / "csp" / TABLE)
    return home


@pytest.fixture(scope="module")
def official(home: Home, tmp_path_factory: pytest.TempPathFactory, street: list[Path]) -> Editions:
    """With the official table, every document written."""
    out = tmp_path_factory.mktemp("documents")
    return {key: edition_of(home, key, "2025-06", street, out=out / key) for key in AREAS}


@pytest.mark.parametrize("key", AREAS)
def test_every_claim_is_borne_out(plain: Editions, key: str) -> None:
    assert len(plain[key].claims) > 25
    assert check(plain[key]) == []


@pytest.mark.parametrize("key", AREAS)
def test_every_claim_is_borne_out_with_the_official_table(official: Editions, key: str) -> None:
    assert len(official[key].claims) > len(AREAS) * 10
    assert check(official[key]) == []


@pytest.mark.parametrize("key", AREAS)
def test_documents_exist_and_are_what_they_say(official: Editions, home: Home, key: str) -> None:
    assert official[key].page.lower().startswith("<!doctype html>")
    kept = home.editions / f"{key}-2025-06"
    assert (kept / "assessment.docx").read_bytes().startswith(b"PK")
    assert (kept / "assessment.pdf").read_bytes().startswith(b"%PDF-")
    assert "theme,criterion,score" in (kept / "scoring.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("key", AREAS)
def test_both_gaps_are_shown(plain: Editions, key: str) -> None:
    page = plain[key].page
    assert "No file is held for January 2019 to December 2023 and May to December 2024" in page
    alternatives = [text for chart, text in Page(page).labels if chart.endswith("-months")]
    assert alternatives
    for gap in ("No data for January 2019 to December 2023.", "No data for May 2024 to December 2024."):
        assert all(gap in text for text in alternatives)


@pytest.mark.parametrize("key", AREAS)
def test_january_to_april_is_compared_like_for_like(plain: Editions, key: str) -> None:
    changes = [c for c in plain[key].claims if c["sentence_id"].partition(".")[0] in ("change", "steady")]
    assert len(changes) > 8
    assert {tuple(c["periods"]) for c in changes} == {(BEFORE, AFTER)}


@pytest.mark.parametrize("key", AREAS)
def test_no_year_is_made_of_incomplete_months(plain: Editions, official: Editions, key: str) -> None:
    for edition in (plain[key], official[key]):
        counted = [f for f in edition.figures.values() if f["provenance"]["dataset"] == "incidents"]
        assert all(f["value"] is None or len(months_of(f["period"])) <= 6 for f in counted)
    assert "year to June 2025" not in " ".join(claim["text"] for claim in plain[key].claims)


@pytest.mark.parametrize("key", AREAS)
def test_no_trend_or_season_is_read_from_thirteen_scattered_months(official: Editions, key: str) -> None:
    told = {claim["sentence_id"].partition(".")[0] for claim in official[key].claims}
    assert told.isdisjoint({"trend", "season", "hours"})
    assert "The rows carry a month only" in official[key].page


@pytest.mark.parametrize("key", AREAS)
def test_the_official_year_and_peers_come_with_the_official_table_only(
    plain: Editions, official: Editions, key: str
) -> None:
    beside = [c for c in official[key].claims if c["sentence_id"].startswith(("peers.", "alike."))]
    assert len(beside) > 4
    assert {c["periods"][-1] for c in beside} == {OFFICIAL}
    assert not any(c["sentence_id"].startswith(("peers.", "alike.")) for c in plain[key].claims)
    assert "frankpledge import ons-csp-crime FILE" in plain[key].page


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"anywhere from (\d+) to", "anywhere from 16 to"),
        (r"(<a [^>]*official-[a-z-]*rate[^>]*>)[\d.]+(</a> on average)", r"\g<1>99.9\g<2>"),
        (r"are in line with the", "are higher than in most of the"),
    ],
    ids=["a place among peers", "the peers' average", "a position"],
)
def test_a_lie_about_peers_is_found(official: Editions, old: str, new: str) -> None:
    edition = official["north-worcestershire"]
    assert re.search(old, edition.page)
    assert check(replace(edition, page=re.sub(old, new, edition.page, count=1), _known={}))


def test_the_official_totals_are_those_of_the_table(official: Editions) -> None:
    totals = {
        key: next(
            f["value"]
            for f in edition.figures.values()
            if (f["measure"], f["area"], f["variant"]) == ("official-total", key, "")
        )
        for key, edition in official.items()
    }
    assert (totals["north-worcestershire"], totals["south-worcestershire"]) == (19_210, 20_625)


# --- A hundred numbers, counted by a script --------------------------------------------------------


def test_a_hundred_sampled_numbers_are_counted_again(official: Editions) -> None:
    """Counts and rates of rows and of the official table, over all three areas, by the script and nothing else."""
    traces = [trace for edition in official.values() for trace in edition.traces.values()]
    sample = random.Random(5).sample(sorted(traces, key=lambda t: t["figure_id"]), 100)
    assert {trace["snapshot"]["dataset"] for trace in sample} == {"incidents", "counts"}
    assert sum(trace["denominator"] is not None for trace in sample) > 20
    for trace in sample:
        assert sum(number for number, _ in recount(dict(trace))) == trace["numerator"], trace["figure_id"]
        over = denominator(dict(trace))
        assert over in (None, trace["denominator"]), trace["figure_id"]


@pytest.mark.parametrize("dataset", ["incidents", "counts"])
def test_the_commands_as_a_reader_types_them(
    official: Editions, home: Home, dataset: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRANKPLEDGE_HOME", str(home.root))
    traces = official["herefordshire"].traces.values()
    name = next(t["figure_id"] for t in traces if t["snapshot"]["dataset"] == dataset and t["numerator"])
    assert main(["trace", name, "--json"]) == 0
    told = capsys.readouterr().out
    script = [sys.executable, str(REPOSITORY / "scripts" / "recount.py")]
    done = subprocess.run(script, input=told, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "The same.")

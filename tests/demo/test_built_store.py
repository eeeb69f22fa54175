"""The store that the demonstration is built into, and the way back from its rows to their files."""

from __future__ import annotations

import csv
import gzip
import hashlib
import shutil
import time
import tomllib
from collections import Counter
from pathlib import Path

import pyarrow.compute as pc
import pytest

from demo import DEFINITIONS
from demo.__main__ import build_demonstration, inputs_digest, is_up_to_date, main
from demo.printed import APPENDIX_C, read_appendix_c
from frankpledge.engine.definitions.areas import load_areas
from frankpledge.engine.definitions.loader import SHIPPED
from frankpledge.engine.definitions.periods import Period, month_text
from frankpledge.engine.measures.breaking_down import breakdown
from frankpledge.engine.measures.workspace import workspace_for
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.store import Store


def files_of(home: Home) -> dict[str, str]:
    return {
        str(path.relative_to(home.demo)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.demo.rglob("*"))
        if path.is_file()
    }


def test_published_counts_and_invented_rows_are_apart(built: Home) -> None:
    store = Store(built.demo)
    counts, rows = store.run(store.scan("counts")), store.run(store.scan("incidents").origin.as_table().distinct())
    assert pc.unique(counts["origin"]).to_pylist() == ["published"]
    assert pc.unique(counts["source"]).to_pylist() == ["appendix-c"]
    assert rows["origin"].to_pylist() == ["synthetic"]
    assert {s.origin for s in store.manifest("incidents").supplies.values()} == {"synthetic"}
    assert {s.disclosure for s in store.manifest("incidents").supplies.values()} == {"open"}


def test_the_printed_table_comes_back_to_the_last_unit(built: Home) -> None:
    store = Store(built.demo)
    held = {
        (row["area_code"], row["offence"], row["first_month"], row["last_month"]): row["count"]
        for row in store.run(store.scan("counts")).to_pylist()
    }
    assert held == {(c.area_code, c.offence, c.period.first, c.period.last): c.count for c in read_appendix_c()}
    (supply,) = store.manifest("counts").supplies.values()
    assert Path(supply.path) == APPENDIX_C
    assert supply.sha256 == hashlib.sha256(APPENDIX_C.read_bytes()).hexdigest()


def test_all_seventy_two_months_are_covered(built: Home) -> None:
    covered = Store(built.demo).coverage("incidents", "incidents", "demo")
    assert covered == set(range(Period.parse("2012/13").first, Period.parse("2017/18").last + 1))


def test_each_supplied_list_is_there_with_its_digests_and_rows(built: Home) -> None:
    store = Store(built.demo)
    manifest = store.manifest("incidents")
    assert len(manifest.supplies) == 6
    for supply in manifest.supplies.values():
        packed = Path(supply.path).read_bytes()
        raw = gzip.decompress(packed)
        assert supply.sha256 == hashlib.sha256(packed).hexdigest()
        assert supply.sha256_raw == hashlib.sha256(raw).hexdigest()
        assert supply.rows_in == supply.stored == raw.count(b"\n") - 1
        assert supply.stored == sum(part.rows for part in manifest.parts if part.supply == supply.supply)


def test_counting_the_supplied_list_again_gives_what_the_store_holds(built: Home) -> None:
    store = Store(built.demo)
    supply = next(s for s in store.manifest("incidents").supplies.values() if "2017-18" in s.path)
    fields = ("month", "category", "offence", "district", "lsoa_code", "hour", "alcohol", "hate")
    rows = store.scan("incidents", first=Period.parse("2017/18").first)
    held = Counter(
        (month_text(m), *rest)
        for m, *rest in zip(*(store.run(rows.select(*fields))[f].to_pylist() for f in fields), strict=True)
    )
    labels = ["Month", "Type", "Offence", "District", "Neighbourhood", "Hour", "Alcohol", "Hate"]
    source = tomllib.loads((DEFINITIONS / "sources" / "incidents.toml").read_text(encoding="utf-8"))
    categories = source["categories"]
    with gzip.open(supply.path, "rt", encoding="utf-8", newline="") as file:
        counted = Counter(
            (
                row["Month"],
                categories[row["Type"]],
                *(row[name] for name in labels[2:5]),
                int(row["Hour"]) if row["Hour"] else None,
                row["Alcohol"] == "yes",
                row["Hate"] or None,
            )
            for row in csv.DictReader(file)
        )
    assert counted == held


def test_neighbourhoods_share_out_their_districts_residents(built: Home) -> None:
    store, areas = Store(built.demo), load_areas([SHIPPED, DEFINITIONS])
    sums: Counter[tuple[str, str]] = Counter()
    for row in store.run(store.scan("area-facts")).to_pylist():
        sums[areas.district_for_place(row["area_name"]) or "", row["fact"]] += int(row["value"])
    demo = [d for code, d in areas.districts.items() if code.startswith("DEMO-")]
    assert sums == {
        (d.code, fact): number
        for d in demo
        for fact, number in (("residents", d.residents), ("households", d.households))
    }


def test_a_small_area_without_a_row_is_listed_with_none(built: Home) -> None:
    ws, north = workspace_for(built, "demo-north-worcestershire")
    robbery = ws.definitions.measure("robbery")
    cut = breakdown(robbery, north.key, Period.parse("2017/18"), ws, "lsoa")
    assert len(cut.rows) == 58 + 55 + 65
    assert any(count == 0 for _, _, count in cut.rows)


def test_built_twice_the_bytes_are_the_same(built: Home, tmp_path: Path) -> None:
    # Paths of the supplied lists lie in the manifest; everything else must not depend on the folder.
    again = Home(tmp_path / "home")
    started = time.monotonic()
    assert build_demonstration(again)
    assert time.monotonic() - started < 20
    here, there = files_of(built), files_of(again)
    differing = {name for name in here | there if here.get(name) != there.get(name)}
    assert differing <= {f"{dataset}/manifest.json" for dataset in ("incidents", "area-facts")}
    texts = [
        (home.demo / "incidents/manifest.json").read_text().replace(str(home.root), "HOME") for home in (built, again)
    ]
    assert texts[0] == texts[1]


def test_a_second_start_skips_the_work(built: Home, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.demo.rglob("*")}
    started = time.monotonic()
    assert main(["--home", str(built.root)]) == 0
    assert time.monotonic() - started < 1
    assert "up to date" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in built.demo.rglob("*")} == before


def test_a_damaged_demonstration_is_built_anew(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    build_demonstration(home)
    good = files_of(home)
    (home.demo / "incidents" / "manifest.json").write_text("{", encoding="utf-8")
    next(home.demo.glob("supplies/*2014*")).unlink()
    assert build_demonstration(home)
    assert files_of(home) == good


def test_a_folder_that_cannot_be_written_is_refused_with_the_next_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    (home.demo / "supplies").write_text("a file where a folder should be", encoding="utf-8")
    assert main(["--home", str(home.root)]) == 3
    said = capsys.readouterr().err
    assert "cannot be written" in said
    assert "FRANKPLEDGE_HOME" in said


@pytest.mark.parametrize("harm", ["other inputs", "no receipt", "broken receipt", "a part is gone", "no manifest"])
def test_what_is_not_whole_is_not_up_to_date(built: Home, tmp_path: Path, harm: str) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(built.demo, home.demo)
    receipt = home.demo / "built.json"
    assert is_up_to_date(home, inputs_digest())
    match harm:
        case "no receipt":
            receipt.unlink()
        case "broken receipt":
            receipt.write_text("[]")
        case "a part is gone":
            next(home.demo.rglob("*.parquet")).unlink()
        case "no manifest":
            (home.demo / "counts" / "manifest.json").unlink()
    assert not is_up_to_date(home, "others" if harm == "other inputs" else inputs_digest())

"""Any figure leads back to lines of files: a script that knows nothing of the project counts the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.faults import NotPossible, UsageFault
from frankpledge.engine.measures.breaking_down import breakdown
from frankpledge.engine.measures.compute import compute
from frankpledge.engine.measures.record import to_record
from frankpledge.engine.measures.trace import trace
from frankpledge.engine.measures.workspace import Workspace, open_workspace
from frankpledge.engine.store.home import Home

from .conftest import BROMSGROVE
from .raw_files import bring_in, raw_row, write_street
from .recount import recount

NORTH = "north-worcestershire"
MAY_TO_JULY = Period.parse("2025-05..2025-07")


@pytest.fixture(scope="module")
def supplied(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Path]:
    """Four files: one of two months (the second replaced), one compressed, one in an archive, one of another force."""
    folder = tmp_path_factory.mktemp("files")
    home = Home(tmp_path_factory.mktemp("home") / "site")
    home.prepare()
    charged = {"Last outcome category": "Suspect charged"}
    first = write_street(
        folder / "may-and-june.csv",
        [
            raw_row("2025-05", **{"Last_outcome_category": "Suspect charged"}),
            raw_row("2025-05", "Redditch 002B"),
            raw_row("2025-05", "Malvern Hills 003C"),
            raw_row("2025-05", ""),
            raw_row("2025-05", kind="Anti-social behaviour"),
            raw_row("2025-06"),
            raw_row("2025-06"),
        ],
        ending="\r\n",
    )
    newer = write_street(
        folder / "june.csv.gz",
        [raw_row("2025-06", kind="Drugs"), raw_row("2025-06", kind="Drugs"), raw_row("2025-06") | charged],
    )
    july = write_street(
        folder / "archive.zip", [raw_row("2025-07", "Wyre Forest 010A") | charged, raw_row("2025-07", kind="Robbery")]
    )
    other = write_street(folder / "btp.csv", [raw_row("2025-05", Reported_by="British Transport Police")])
    (home.rejected / "june.csv.gz.csv").write_text("file,line,column,reason,value\njune.csv.gz,3,Longitude,x,y\n")
    bring_in(home, [first, newer, july, other], {"june.csv.gz": "3"})
    return home, folder


@pytest.fixture
def ws(supplied: tuple[Home, Path]) -> Workspace:
    return open_workspace(supplied[0])


@pytest.mark.parametrize(
    "asked",
    [
        ("burglary", NORTH, "2025-05", 2),
        ("burglary", NORTH, "2025-05..2025-07", 4),
        ("burglary", BROMSGROVE, "2025-05..2025-07", 2),
        ("burglary", "E01032110", "2025-05..2025-07", 2),
        ("burglary", "west-mercia", "2025-05", 4),
        ("recorded-crime", NORTH, "2025-06", 2),
        ("recorded-crime-rate", NORTH, "2025-05..2025-07", 6),
        ("drugs", NORTH, "2025-06", 1),
        ("anti-social-behaviour", NORTH, "2025-05..2025-07", 1),
        ("robbery", NORTH, "2025-05", 0),
        ("charged-share", NORTH, "2025-05", 1),
    ],
)
def test_the_files_named_count_to_the_figure(
    ws: Workspace, supplied: tuple[Home, Path], asked: tuple[str, str, str, int]
) -> None:
    key, area, period, count = asked
    figure = compute(ws.definitions.measure(key), area, Period.parse(period), ws)
    assert figure.numerator == count
    found = trace(figure.figure_id, supplied[0])
    assert found.figure == figure and found.current
    assert {file.state for file in found.files} == {"as imported"}
    assert sum(file.rows_counted for file in found.files) == count
    assert recount(json.loads(json.dumps(found.to_json()))) == count


def test_figures_of_a_cut_are_found_again_by_their_id(ws: Workspace, supplied: tuple[Home, Path]) -> None:
    for by in ("outcome", "category", "district"):
        for figure in breakdown(ws.definitions.measure("recorded-crime"), NORTH, MAY_TO_JULY, ws, by).figures:  # type: ignore[arg-type]
            found = trace(figure.figure_id, supplied[0])
            assert found.figure == figure
            assert recount(found.to_json()) == figure.numerator


def test_a_script_without_the_project_counts_the_same(ws: Workspace, supplied: tuple[Home, Path]) -> None:
    figure = compute(ws.definitions.measure("burglary"), NORTH, MAY_TO_JULY, ws)
    script = Path(__file__).with_name("recount.py")
    done = subprocess.run(
        [sys.executable, "-I", str(script)],
        input=json.dumps(trace(figure.figure_id, supplied[0]).to_json()),
        capture_output=True,
        text=True,
        check=True,
        cwd=supplied[1],
    )
    assert done.stdout.strip() == "4" == str(figure.numerator)


def test_lines_that_were_never_stored_are_named(ws: Workspace, supplied: tuple[Home, Path]) -> None:
    figure = compute(ws.definitions.measure("drugs"), NORTH, Period.parse("2025-06"), ws)
    (file,) = trace(figure.figure_id, supplied[0]).files
    assert file.lines_not_counted == (3,)


def test_a_replaced_month_is_not_counted_in_the_older_file(ws: Workspace, supplied: tuple[Home, Path]) -> None:
    figure = compute(ws.definitions.measure("burglary"), NORTH, Period.parse("2025-05..2025-06"), ws)
    files = {Path(f.supply.path).name: f for f in trace(figure.figure_id, supplied[0]).files}
    conditions = {c.column: c for c in files["may-and-june.csv"].filter.conditions}
    assert conditions["Month"].one_of == ("2025-05",)
    assert conditions["LSOA name"].take == "text before the last word"
    assert set(conditions["LSOA name"].one_of) == {"Bromsgrove", "Redditch", "Wyre Forest"}
    assert conditions["Crime type"].one_of == ("Burglary",)


def test_the_denominator_leads_to_its_table(ws: Workspace, supplied: tuple[Home, Path]) -> None:
    figure = compute(ws.definitions.measure("burglary-rate"), NORTH, MAY_TO_JULY, ws)
    below = trace(figure.figure_id, supplied[0]).denominator
    assert below is not None and below.value == figure.denominator
    lines = Path(below.path).read_text(encoding="utf-8").splitlines()
    column = lines[0].split(",").index(below.column)
    assert sum(int(line.split(",")[column]) for line in lines if line.split(",")[0] in below.codes) == below.value


def test_a_file_moved_or_altered_since_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path / "site")
    home.prepare()
    files = [write_street(tmp_path / f"{n}.csv", [raw_row(f"2025-0{n}")]) for n in (1, 2, 3)]
    bring_in(home, files)
    ws = open_workspace(home)
    figure = compute(ws.definitions.measure("burglary"), NORTH, Period.parse("2025-01..2025-03"), ws)
    files[0].rename(tmp_path / "elsewhere.csv")
    files[1].write_text(files[1].read_text() + "\n")
    found = trace(figure.figure_id, home)
    states = {Path(f.supply.path).name: f.state for f in found.files}
    assert states == {"1.csv": "moved", "2.csv": "altered", "3.csv": "as imported"}
    assert "moved" in found.to_text() and "altered" in found.to_text()


def edition(home: Home, figure: dict[str, Any]) -> Path:
    folder = home.editions / "north-worcestershire-2025-07"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "figures.json").write_text(json.dumps({"schema": 1, "figures": [figure]}))
    return folder / "figures.json"


def test_a_figure_of_an_edition_is_kept_though_the_store_has_changed(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "site")
    home.prepare()
    old = write_street(tmp_path / "old.csv", [raw_row("2025-01")])
    bring_in(home, [old])
    ws = open_workspace(home)
    figure = compute(ws.definitions.measure("burglary"), NORTH, Period.parse("2025-01"), ws)
    kept = edition(home, to_record(figure))
    bring_in(home, [old, write_street(tmp_path / "new.csv", [raw_row("2025-02")])])
    found = trace(figure.figure_id, home)
    assert (found.figure, found.current, found.edition) == (figure, False, "north-worcestershire-2025-07")
    kept.unlink()
    with pytest.raises(NotPossible) as fault:
        trace(figure.figure_id, home)
    now = compute(ws.definitions.measure("burglary"), NORTH, Period.parse("2025-01"), ws)
    assert now.figure_id in fault.value.remedy
    moved = tmp_path / "figures.json"
    moved.write_text(json.dumps({"figures": [to_record(figure)]}))
    assert trace(figure.figure_id, home, moved).figure == figure


@pytest.mark.parametrize("name", ["burglary", "a.b", "burglary.north-worcestershire.2025-05", "../etc/passwd", ""])
def test_what_is_no_figure_id_is_refused(supplied: tuple[Home, Path], name: str) -> None:
    with pytest.raises(UsageFault, match="not the name of a figure"):
        trace(name, supplied[0])


def test_a_span_that_can_be_a_month_or_a_year_is_read_both_ways(ws: Workspace, supplied: tuple[Home, Path]) -> None:
    for period in ("2011-12", "2011/12"):
        figure = compute(ws.definitions.measure("burglary"), NORTH, Period.parse(period), ws)
        assert trace(figure.figure_id, supplied[0]).figure.period == Period.parse(period)

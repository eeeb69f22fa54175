"""Measure and write RESULTS.md: `python -m benchmarks [NAME...] [--rows N] [--times N]`.

NAME is import, counts, assess or pages; none means all of them, import with 5 and with 20 million rows.
What is measured replaces what was measured before under the same name; the rest of RESULTS.md stays.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measuring import Reading, in_child, in_turn, load, machine, middle, ratio, say
from benchmarks.results import KEPT, write_results

MILLION = 1_000_000
THROUGH = "2025-06"  # the last month of the invented files
BYTES_A_ROW = 223
ROOM = 15 * 2**30  # bytes that must stay free beside what is written
WAYS = {"baseline": "baseline", "side": "baseline-side-by-side", "checks": "checks", "whole": "whole"}
NAMES = ("import", "counts", "assess", "pages")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--rows", type=int, help="rows of the invented files")
    parser.add_argument("--times", type=int, default=3, help="runs of each rival, in turn")
    parser.add_argument("--folder", type=Path, help="where to keep invented files and stores for further runs")
    options = parser.parse_args()
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}")
    names = options.names or list(NAMES)
    with tempfile.TemporaryDirectory(prefix="frankpledge-benchmarks-") as passing:
        work = Work(options.folder or Path(passing), options.times)
        for rows in [options.rows] if options.rows else [5 * MILLION, 20 * MILLION]:
            if "import" in names:
                keep(f"import-{rows}", rows, work.importing)
        for name, rows, measure in (
            ("counts", options.rows or 5 * MILLION, work.counts),
            ("assess", options.rows or 5 * MILLION, work.assess),
            ("pages", options.rows or 10 * MILLION, work.pages),
        ):
            if name in names:
                keep(name, rows, measure)
    write_results()


def keep(name: str, rows: int, measure: Callable[[int], dict[str, Any]]) -> None:
    """Measure, and keep the readings for RESULTS.md."""
    say(f"--- {name}, {rows:,} rows")
    before = load()
    found = measure(rows)
    found |= {
        "rows": rows,
        "machine": machine(),
        "load": [round(before, 1), round(load(), 1)],
        "day": datetime.now(UTC).date().isoformat(),
    }
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{name}.json").write_text(json.dumps(found, indent=1))
    write_results()


class Work:
    """Invented files and stores made of them, under one folder that is removed at the end unless it was named."""

    def __init__(self, folder: Path, times: int) -> None:
        self.folder, self.times = folder, times

    # --- What is measured on

    def files(self, rows: int) -> Path:
        from benchmarks.invented_files import write_files
        from frankpledge.engine.definitions.areas import load_areas
        from frankpledge.engine.definitions.loader import SHIPPED, load_definitions

        target = self.folder / f"files-{rows}"
        if not (target / "whole").is_file():
            say(f"Writing {rows:,} invented rows, {rows * BYTES_A_ROW / 2**30:.1f} GB")
            source = load_definitions([SHIPPED]).sources["police-uk"]
            write_files(target, rows, load_areas([SHIPPED]), source)
            (target / "whole").touch()
        return target

    def home(self, rows: int) -> Path:
        target = self.folder / f"home-{rows}"
        if not (target / "store" / "incidents" / "manifest.json").is_file():
            in_child("benchmarks.importing_once", "whole", str(self.files(rows)), str(target))
        return target

    def partnership(self) -> str:
        """The partnership with the most districts, then residents, of the first force that files are invented of."""
        from benchmarks.invented_files import chosen_forces
        from frankpledge.engine.definitions.areas import load_areas
        from frankpledge.engine.definitions.loader import SHIPPED

        areas = load_areas([SHIPPED])
        force = chosen_forces(areas, 1)[0]
        own = [p for p in areas.partnerships_of("published") if p.force == force.slug]
        return max(own, key=lambda p: (len(p.districts), areas.residents(p))).key

    # --- What is measured

    def importing(self, rows: int) -> dict[str, Any]:
        room = shutil.disk_usage(self.folder).free - 2 * rows * BYTES_A_ROW
        if room < ROOM:
            return {"skipped": f"less than {ROOM / 2**30:.0f} GB would stay free on the disk"}
        files, out = self.files(rows), self.folder / "out"

        def run(how: str) -> Reading:
            shutil.rmtree(out, ignore_errors=True)
            return in_child("benchmarks.importing_once", how, str(files), str(out))

        readings = in_turn({name: partial(run, how) for name, how in WAYS.items()}, self.times)
        home = self.folder / f"home-{rows}"
        shutil.rmtree(home, ignore_errors=True)
        out.rename(home)  # the last one was the whole import
        return {
            "times": self.times,
            "files": readings["whole"][-1].told["files"],
            "bytes": sum(path.stat().st_size for path in files.rglob("*.csv")),
            "middle": {name: asdict(middle(found)) for name, found in readings.items()},
            "ratios": {
                f"{name}/{against}/{measure}": ratio(readings[name], readings[against], measure)
                for name in ("checks", "whole")
                for against in ("baseline", "side")
                for measure in ("seconds", "processor")
            },
        }

    def counts(self, rows: int) -> dict[str, Any]:
        home, files = str(self.home(rows)), str(self.files(rows))
        ways = {"store": home, "pandas": files, "pandas-c": files}
        child = "benchmarks.counting_once"
        readings = in_turn({how: partial(in_child, child, how, where) for how, where in ways.items()}, self.times)
        told = {how: found[-1].told["rows"] for how, found in readings.items()}
        if len(set(told.values())) != 1:
            raise RuntimeError(f"the rivals counted different rows: {told}")
        return {
            "times": self.times,
            "middle": {how: asdict(middle(found)) for how, found in readings.items()},
            "ratios": {
                f"{how}/{measure}": ratio(readings["store"], readings[how], measure)
                for how in ("pandas", "pandas-c")
                for measure in ("seconds", "processor")
            },
        }

    def assess(self, rows: int) -> dict[str, Any]:
        arguments = (str(self.home(rows)), self.partnership(), THROUGH)
        readings = in_turn({"assess": partial(in_child, "benchmarks.assessing_once", *arguments)}, self.times)
        told = [found.told for found in readings["assess"]]
        return {
            "times": self.times,
            "runs": [asdict(found) for found in readings["assess"]],
            "rendering": [found["rendering"] for found in told],
        }

    def pages(self, rows: int) -> dict[str, Any]:
        home = self.home(rows)
        arguments = (str(home), self.partnership(), THROUGH)
        asked = in_child("benchmarks.questions_once", *arguments, str(max(5, self.times)))
        shutil.rmtree(home / "editions", ignore_errors=True)  # pages kept by an earlier run
        shown = in_child("benchmarks.pages_once", *arguments, "40", environment={"FRANKPLEDGE_HOME": str(home)})
        return {"questions": asdict(asked), "pages": asdict(shown)}


if __name__ == "__main__":
    main()

"""A store with an old state, and a large import that changes it: for deaths in the middle of one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from frankpledge.engine.definitions.areas import load_areas
from frankpledge.engine.definitions.loader import SHIPPED, load_definitions
from frankpledge.engine.store.home import Home
from frankpledge.engine.store.importing import import_paths
from frankpledge.engine.store.reports import ImportReport
from frankpledge.engine.store.store import Store
from frankpledge.engine.store.writing import MANIFEST, WAITING
from tests.engine.hostile.sandbox import TODAY
from tests.engine.hostile.tables import Table, World

DATASETS: Final = ("incidents", "outcomes")
BLOCK: Final = 500  # rows written one by one; a large month is the same block over and over
MONTHS: Final = 3
State = tuple[str, int]  # snapshot and rows of a dataset


@dataclass
class Months:
    """Folders of supplied files: `old` is in the store, `new` replaces it, `next` is another small month."""

    root: Path

    def __post_init__(self) -> None:
        self.definitions, self.areas = load_definitions([SHIPPED]), load_areas([SHIPPED])
        self.template = self.root / "template"

    def write(self, rows: int) -> None:
        """Write the files; `rows` of street-level crime in the new ones."""
        world, rng = World(self.areas, self.definitions), np.random.default_rng(20_261_123)
        for number in range(MONTHS):
            world.begin(number)
            table = world.street(rng, least=BLOCK, most=BLOCK)
            self._lay("old", table, 1, rows=40)
            self._lay("new", table, rows // MONTHS // BLOCK)
        outcomes = world.outcomes_file(rng)
        self._lay("old", outcomes, 1)
        self._lay("new", outcomes, 3)
        world.begin(50)
        self._lay("next", world.street(rng), 1)

    def _lay(self, folder: str, table: Table, times: int, rows: int = BLOCK) -> None:
        header, *lines = table.text().splitlines(keepends=True)
        (self.root / folder).mkdir(parents=True, exist_ok=True)
        (self.root / folder / table.name).write_text(header + "".join(lines[:rows]) * times, encoding="utf-8")

    def run(self, home: Home, folder: str) -> ImportReport:
        """Import one of the folders, as the command does it."""
        return import_paths(
            "police-uk",
            [self.root / folder],
            home_store=Store(home.store),
            rejected=home.rejected,
            locks=home.locks,
            definitions=self.definitions,
            areas=self.areas,
            today=TODAY,
        )

    def prepare(self) -> None:
        """Import the old files into the home that every attempt is a copy of."""
        home = Home(self.template)
        home.prepare()
        self.run(home, "old")

    def fresh_home(self) -> Home:
        """A copy of the home with the old state."""
        place = self.root / "home"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.template, place)
        return Home(place)


def state(home: Home) -> dict[str, State]:
    """What a reader who opens the store now is given, of each dataset."""
    store = Store(home.store)
    found = {}
    for name in DATASETS:
        rows = int(store.run(store.scan(name).count().as_table())[0][0].as_py())
        assert rows == sum(part.rows for part in store.manifest(name).parts), f"{name} is half there"
        found[name] = (store.manifest(name).snapshot, rows)
    return found


def leftovers(home: Home) -> list[str]:
    """Files that no manifest names: there must be none after an import that came to its end.

    Parts that this import replaced stay until the next one, for readers of the last manifest.
    """
    store = Store(home.store)
    found = [str(path) for path in home.store.glob(f"{WAITING}/**/*")]
    found += [str(path) for path in home.store.glob(f"*/.{MANIFEST}.*")]
    for name in DATASETS:
        named = {store.part_path(name, part) for part in store.manifest(name).parts}
        found += [
            str(path) for path in (home.store / name / "parts").rglob("*") if path.is_file() and path not in named
        ]
    return found + [str(path) for path in home.rejected.glob(".*")]


def complaints_after_death(
    months: Months, home: Home, old: dict[str, State], new: dict[str, State], *, repeat: bool = True
) -> list[str]:
    """What is not as it must be in a home whose import was stopped.

    Another month is imported afterwards and, with `repeat`, the import that was stopped once more.
    """
    found = []
    there = state(home)
    for name in DATASETS:
        if there[name] not in (old[name], new[name]):
            found.append(f"{name} is neither the old nor the new state: {there[name]}")
    report = months.run(home, "next")
    if report.stored + report.unchanged != report.rows_in:
        found.append(f"the next import lost rows: {report.to_json()}")
    found += [f"left behind: {path}" for path in leftovers(home)]
    if not repeat:
        return found
    again = months.run(home, "new")
    if again.rejected or again.superseded:
        found.append(f"the import that was stopped does not complete when repeated: {again.to_json()}")
    after, extra = state(home), report.rows_in
    if after["incidents"][1] != new["incidents"][1] + extra or after["outcomes"] != new["outcomes"]:
        found.append(f"the repeated import leads elsewhere: {after}")
    return found

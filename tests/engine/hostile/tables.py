"""Small made-up files in the form of data.police.uk, under real names of forces and districts."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from frankpledge.engine.definitions.areas import Areas
from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.definitions.periods import month_text
from tests.engine.hostile.cases import Case

STREET: Final = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
OUTCOMES: Final = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Outcome type",
)  # fmt: skip
OLD_STREET: Final = (
    "Month", "Reported by", "Falls within", "Easting", "Northing", "Location", "Crime type", "Context",
)  # fmt: skip
STOPS: Final = (
    "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender",
    "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search", "Outcome",
    "Outcome linked to object of search", "Removal of more than just outer clothing",
)  # fmt: skip
FIRST: Final = 2013 * 12
STREETS: Final = (
    "High Street",
    "Asda, Thurmaston",
    "Sŵn Yr Afon",
    "Parking Area",
    "",
    "St John's Road",
    "O'Neill Court",
)
Rng = np.random.Generator


@dataclass
class Table:
    """One file before anything was done to it: the header is line 1, row i stands on line i + 2."""

    name: str
    header: list[str]
    rows: list[list[str]]
    keys: list[tuple[str, int]] = field(default_factory=list)

    def column(self, header: str) -> int:
        return self.header.index(header)

    def set(self, row: int, header: str, value: str) -> None:
        self.rows[row][self.column(header)] = value

    def some(self, rng: Rng, most: int = 4) -> list[int]:
        """A few rows, in the order of the file."""
        number = int(rng.integers(1, most + 1))
        return sorted(int(i) for i in rng.choice(len(self.rows), size=number, replace=False))

    def lines(self, *, quoting: int = csv.QUOTE_MINIMAL, delimiter: str = ",") -> list[str]:
        """Header and rows as text, without line endings."""
        found = []
        for row in (self.header, *self.rows):
            text = io.StringIO()
            csv.writer(text, lineterminator="\n", quoting=quoting, delimiter=delimiter).writerow(row)  # type: ignore[arg-type]
            found.append(text.getvalue()[:-1])
        return found

    def text(self, newline: str = "\n") -> str:
        return "".join(line + newline for line in self.lines())

    def data(self) -> bytes:
        return self.text().encode()

    def kept(self, rejected: Mapping[int, str]) -> list[dict[str, str]]:
        """The rows that remain, by the header of their columns."""
        return [dict(zip(self.header, row, strict=False)) for i, row in enumerate(self.rows) if i + 2 not in rejected]

    def case(
        self, data: bytes | None = None, rejected: Mapping[int, str] | None = None, *, name: str | None = None
    ) -> Case:
        """The file as `data` (by default as it stands), of which these lines are expected to be rejected."""
        kept = self.kept(rejected or {})
        files = {name or self.name: self.data() if data is None else data}
        return Case(files, stored=len(kept), rejected=dict(rejected or {}), kept=kept)

    def rejecting(self, rows: Sequence[int], words: str, data: bytes | None = None) -> Case:
        """These rows are expected to be rejected for this reason, all others to be stored."""
        return self.case(data, {row + 2: words for row in rows})

    def refusing(self, words: str, data: bytes | None = None, *, name: str | None = None) -> Case:
        """Every row is expected to be rejected for this reason."""
        return self.case(data, {row + 2: words for row in range(len(self.rows))}, name=name)


@dataclass
class World:
    """Real names to write files with, and months of forces that no other case of this home has used."""

    areas: Areas
    definitions: Definitions
    number: int = 0  # of the case, within its home

    def __post_init__(self) -> None:
        self.forces = [f for f in self.areas.forces.values() if f.nation in ("england", "wales")]
        self.places = [name for name, _ in self.areas.place_table()]
        self.types = [t for t in self.definitions.sources["police-uk"].categories if t != "Anti-social behaviour"]
        self.outcomes = list(self.definitions.sources["police-uk"].outcomes)
        self._next = 0

    def begin(self, number: int) -> None:
        """Start on a case; each has ten months of its own."""
        self.number, self._next = number, number * 10

    def fresh(self) -> tuple[str, str, int]:
        """Slug and name of a force, and a month that is not in the store."""
        at, self._next = self._next, self._next + 1
        force = self.forces[at % len(self.forces)]
        return force.slug, force.names[0], FIRST + at // len(self.forces)

    def street(self, rng: Rng, *, least: int = 8, most: int = 40, month: int | None = None) -> Table:
        """A clean street-level file."""
        slug, force, fresh = self.fresh()
        month = fresh if month is None else month
        rows = [self._street_row(rng, force, month) for _ in range(int(rng.integers(least, most + 1)))]
        return Table(f"{month_text(month)}-{slug}-street.csv", list(STREET), rows, [(slug, month)])

    def outcomes_file(self, rng: Rng) -> Table:
        """A clean file of outcomes."""
        table = self.street(rng)
        rows = [[*row[:9], self._one(rng, self.outcomes)] for row in table.rows]
        for row in rows:
            row[0] = row[0] or rng.bytes(32).hex()
        return replace(table, name=table.name.replace("street", "outcomes"), header=list(OUTCOMES), rows=rows)

    def old_street(self, rng: Rng) -> Table:
        """A clean file in the form used until 2012: National Grid metres, no Crime ID, no small area."""
        table = self.street(rng)
        rows = [
            [row[1], row[2], row[3], str(rng.integers(200_000, 600_000)), str(rng.integers(100_000, 500_000)), row[6],
             row[9], ""]
            for row in table.rows
        ]  # fmt: skip
        return replace(table, header=list(OLD_STREET), rows=rows)

    def stops(self, rng: Rng) -> Table:
        """A clean stop-and-search file."""
        slug, _, month = self.fresh()
        rows = []
        for _ in range(int(rng.integers(8, 30))):
            day, hour, minute = rng.integers(1, 29), rng.integers(0, 24), rng.integers(0, 60)
            moment = f"{month_text(month)}-{day:02}T{hour:02}:{minute:02}:00+00:00"
            rows.append(
                ["Person search", moment, "False", "", *reversed(self._point(rng)), "Male", "18-24", "Other", "White",
                 "Police and Criminal Evidence Act 1984 (section 1)", "Stolen goods", "Arrest", "True", ""]
            )  # fmt: skip
        return Table(f"{month_text(month)}-{slug}-stop-and-search.csv", list(STOPS), rows, [(slug, month)])

    def _street_row(self, rng: Rng, force: str, month: int) -> list[str]:
        nuisance, placed = rng.random() < 0.3, rng.random() > 0.08
        place = self._one(rng, self.places)
        point = self._point(rng) if placed else ["", ""]
        area = [f"E010{rng.integers(0, 99999):05}", f"{place} {rng.integers(1, 60):03}{'ABCDEF'[rng.integers(6)]}"]
        return [
            "" if nuisance else rng.bytes(32).hex(),
            month_text(month),
            force,
            force,
            *point,
            f"On or near {self._one(rng, STREETS)}" if placed else "No Location",
            *(area if placed else ["", ""]),
            "Anti-social behaviour" if nuisance else self._one(rng, self.types),
            "" if nuisance else self._one(rng, self.outcomes),
            "",
        ]

    def _point(self, rng: Rng) -> list[str]:
        return [f"{rng.uniform(-5, 1.5):.6f}", f"{rng.uniform(50.2, 55):.6f}"]

    def _one(self, rng: Rng, choices: Sequence[str]) -> str:
        return choices[int(rng.integers(len(choices)))]

"""One written assessment with everything that a checker may look at: figures, claims, traces, page, definitions."""

from __future__ import annotations

import csv
import math
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.engine.checker.raw import RawFiles
from tests.engine.checker.wording import month_number, month_text, months_of

Figure = Mapping[str, Any]
NEAREST = 15
AGES = ("residents_16_24", "residents_65_plus")


@dataclass(frozen=True, eq=False)
class Edition:
    """`record` is figures.json, `traces` the output of `trace --json` by figure, `roots` folders of definitions.

    `files` are all raw files of incidents that were brought in, `held` the months that they hold.
    """

    record: Mapping[str, Any]
    traces: Mapping[str, Mapping[str, Any]]
    page: str
    roots: Sequence[Path]
    held: frozenset[str] = frozenset()
    files: Sequence[str] = ()
    _known: dict[Any, Any] = field(default_factory=dict)

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """What `make` gives, worked out the first time that its key is asked for."""
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]

    @cached_property
    def figures(self) -> dict[str, Figure]:
        return {figure["figure_id"]: figure for figure in self.record["figures"]}

    @property
    def claims(self) -> Sequence[Mapping[str, Any]]:
        return list(self.record["claims"])

    @cached_property
    def raw(self) -> RawFiles:
        return RawFiles(self.traces.values(), self.files)

    @property
    def area(self) -> str:
        return str(self.record["partnership"])

    def definition(self, kind: str, key: str) -> dict[str, Any]:
        """One definition file, the last root first."""
        found: dict[str, Any] = self.once((kind, key), lambda: self._definition(kind, key))
        return found

    def _definition(self, kind: str, key: str) -> dict[str, Any]:
        for root in reversed(self.roots):
            path = root / kind / f"{key}.toml"
            if path.is_file():
                return tomllib.loads(path.read_text(encoding="utf-8"))
        raise KeyError(f"{kind}/{key}")

    @cached_property
    def themes(self) -> list[dict[str, Any]]:
        return list(self.definition("reports", "strategic-assessment")["themes"])

    def series(self, figure_id: str) -> list[int]:
        """A figure's numerator month by month, counted in the raw files."""
        figure = self.figures[figure_id]
        return self.raw.by_month(self.traces[figure_id], months_of(figure["period"]))

    def yearly_or_invented(self, figure_id: str) -> bool:
        kept = self.figures[figure_id]["provenance"]
        return kept["dataset"] == "counts" or kept["origin"] == "synthetic"

    def broken(self, before: Figure, after: Figure) -> bool:
        """Whether what is recorded changed after the first month of one period, up to the end of the other."""
        first, last = months_of(before["period"])[0], months_of(after["period"])[-1]
        for reference in self.definition("measures", after["measure"]).get("breaks", []):
            rule = self.definition("breaks", reference.partition(":")[2])
            began = f"{rule['on']:%Y-%m}"
            if rule.get("affects", "recording") not in ("events", "places") and first < began <= last:
                return True
        return False

    def pair(self, measure: str, area: str = "") -> tuple[Figure, Figure] | None:
        """The two figures of a measure whose change is tested: of its change figure, else the last a year apart."""
        own = [f for f in self.figures.values() if f["measure"] == measure and f["area"] == (area or self.area)]
        changes = [f for f in own if f["variant"].startswith("change-from")]
        if changes:
            before, after = (self.figures[name] for name in max(changes, key=lambda f: f["period"])["derived_from"])
            return before, after
        spans = {(months[0], len(months)): f for f in own if not f["variant"] and (months := months_of(f["period"]))}
        for first, length in sorted(spans, reverse=True):
            before_it = month_text(month_number(first) - 12), length
            if before_it in spans:
                return spans[before_it], spans[first, length]
        return None

    # --- Peers ---------------------------------------------------------------------------------

    def _partnerships(self) -> Iterator[tuple[str, dict[str, Any], bool]]:
        for number, root in enumerate(self.roots):
            path = root / "areas" / "partnerships.toml"
            if path.is_file():
                for key, told in tomllib.loads(path.read_text(encoding="utf-8"))["partnerships"].items():
                    yield key, told, number == 0

    @cached_property
    def _districts(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for root in self.roots:
            path = root / "areas" / "districts.csv"
            if path.is_file():
                with path.open(encoding="utf-8", newline="") as file:
                    found |= {row["code"]: row for row in csv.DictReader(file)}
        return found

    @cached_property
    def districts(self) -> list[str]:
        return next(told["districts"] for key, told, _ in self._partnerships() if key == self.area)

    def people(self, districts: Sequence[str], column: str) -> float:
        return sum(float(self._districts[code][column]) for code in districts)

    def _likeness(self, districts: Sequence[str]) -> list[float]:
        residents = self.people(districts, "residents")
        young, old = (self.people(districts, column) / residents for column in AGES)
        density = residents / self.people(districts, "hectares")
        return [math.log(residents), math.log(density), residents / self.people(districts, "households"), young, old]

    @cached_property
    def peers(self) -> list[str]:
        """The nearest partnerships of the nation that are in force, by distance in standard deviations."""
        told = {key: (p, shipped) for key, p, shipped in self._partnerships()}
        own = told[self.area][0]
        keys = [self.area] + [
            key
            for key, (p, shipped) in told.items()
            if shipped and p["nation"] == own["nation"] and "valid_to" not in p and key != self.area
        ]
        rows = [self._likeness(told[key][0]["districts"]) for key in keys]
        columns = list(zip(*rows, strict=True))
        middles = [sum(c) / len(c) for c in columns]
        spreads = [math.sqrt(sum((x - m) ** 2 for x in c) / len(c)) for c, m in zip(columns, middles, strict=True)]
        apart = {
            key: math.dist(*([x / s for x, s in zip(row, spreads, strict=True)] for row in (rows[0], other)))
            for key, other in zip(keys[1:], rows[1:], strict=True)
        }
        return sorted(apart, key=lambda key: apart[key])[:NEAREST]

"""What is assumed where nothing is printed: seasons, hours, places, splits and marks, read from demo/assumptions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Any

from demo import FOLDER

ASSUMPTIONS = FOLDER / "assumptions"


@dataclass(frozen=True)
class Rhythm:
    """Weights of 24 hours and of Monday to Sunday; how much likelier the nights of Friday and Saturday are."""

    hours: tuple[float, ...]
    days: tuple[float, ...]
    late: float


@dataclass(frozen=True)
class Setting:
    """A kind of place, where it lies, when it happens there, and how often only a from-to time is known."""

    key: str
    place: str
    siting: str
    rhythm: str
    span_share: float
    span_hours: float


@dataclass(frozen=True)
class Town:
    """A point in kilometres of the National Grid with the weights of its homes and of its centre."""

    name: str
    at: tuple[float, float]
    residents: float
    draw: float
    radius: float


@dataclass(frozen=True)
class DistrictShape:
    """A hand-drawn outline in kilometres, its towns, and how many neighbourhoods it is cut into."""

    code: str
    outline: tuple[tuple[float, float], ...]
    neighbourhoods: int
    towns: tuple[Town, ...]


@dataclass(frozen=True)
class Stream:
    """How one printed offence, or a part of it, becomes rows. `of` names the count that it is a part of."""

    offence: str
    of: str
    category: str
    shares: tuple[float, ...]
    season: str
    split: str
    stepped_at: str
    settings: Mapping[str, float]
    settings_from_step: Mapping[str, float]

    def settings_in(self, year: str) -> Mapping[str, float]:
        """The mix of settings in a year; a new definition may bring a new mix."""
        return self.settings_from_step if self.stepped_at and year >= self.stepped_at else self.settings


@dataclass(frozen=True)
class Mark:
    """A share of an offence's rows that bear a mark, and the settings that it leans to."""

    mark: str
    offences: tuple[str, ...]
    shares: tuple[float, ...]
    lean: Mapping[str, float]
    source: str


@dataclass(frozen=True)
class Assumptions:
    """All of them."""

    rhythms: Mapping[str, Rhythm]
    seasons: Mapping[str, tuple[float, ...]]
    settings: Mapping[str, Setting]
    sitings: Mapping[str, Mapping[str, float]]
    districts: Mapping[str, DistrictShape]
    splits: Mapping[str, Mapping[str, tuple[float, ...]]]
    streams: tuple[Stream, ...]
    marks: tuple[Mark, ...]
    strands: Mapping[str, float]


def load_assumptions(folder: Path = ASSUMPTIONS, years: int = 6) -> Assumptions:
    """Read the four files. Raises `ValueError` where shares that make up a whole do not add up to one."""
    rhythms, places = _toml(folder / "rhythms.toml"), _toml(folder / "places.toml")
    offences, marks = _toml(folder / "offences.toml"), _toml(folder / "marks.toml")
    found = Assumptions(
        rhythms={k: Rhythm(tuple(r["hours"]), tuple(r["days"]), r["late"]) for k, r in rhythms["rhythms"].items()},
        seasons={k: tuple(v) for k, v in rhythms["seasons"].items()},
        settings={k: Setting(key=k, **s) for k, s in places["settings"].items()},
        sitings=places["sitings"],
        districts={k: _district(k, d) for k, d in places["districts"].items()},
        splits={k: {area: tuple(v) for area, v in s.items()} for k, s in offences["splits"].items()},
        streams=tuple(_stream(s, years) for s in offences["streams"]),
        marks=tuple(
            Mark(m["mark"], tuple(m["offences"]), _yearly(m["share"], years), m["lean"], m["source"])
            for m in marks["marks"]
        ),
        strands=marks["strands"],
    )
    _check(found, years)
    return found


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _yearly(share: float | list[float], years: int) -> tuple[float, ...]:
    """One share for every year, or one for each."""
    shares = tuple(share) if isinstance(share, list) else (share,) * years
    if len(shares) != years:
        raise ValueError(f"{len(shares)} shares where there are {years} years")
    return shares


def _stream(s: dict[str, Any], years: int) -> Stream:
    return Stream(
        offence=s["offence"],
        of=s.get("of", s["offence"]),
        category=s["category"],
        shares=_yearly(s.get("share", 1.0), years),
        season=s["season"],
        split=s["split"],
        stepped_at=s.get("stepped_at", ""),
        settings=s["settings"],
        settings_from_step=s.get("settings_from_step", s["settings"]),
    )


def _district(code: str, d: dict[str, Any]) -> DistrictShape:
    towns = tuple(Town(t["name"], tuple(t["at"]), t["residents"], t["draw"], t["radius"]) for t in d["towns"])
    return DistrictShape(code, tuple(tuple(p) for p in d["outline"]), d["neighbourhoods"], towns)


def _check(found: Assumptions, years: int) -> None:
    """Shares of a whole add up to one."""
    wholes: dict[str, float] = {}
    for key, siting in found.sitings.items():
        wholes[f"siting {key}"] = sum(siting.values())
    for key, split in found.splits.items():
        for area, shares in split.items():
            wholes[f"split {key} {area}"] = sum(shares)
    for year in range(years):
        for of in {s.of for s in found.streams}:
            wholes[f"{of} in year {year}"] = sum(s.shares[year] for s in found.streams if s.of == of)
    for s in found.streams:
        wholes[f"settings of {s.offence} {s.category}"] = sum(s.settings.values())
        wholes[f"later settings of {s.offence} {s.category}"] = sum(s.settings_from_step.values())
    wrong = {name: total for name, total in wholes.items() if not isclose(total, 1.0, abs_tol=1e-9)}
    if wrong:
        raise ValueError(f"shares that should add up to 1: {wrong}")

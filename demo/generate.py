"""Invented incidents that add up exactly, by offence, year and partnership, to the yearly counts.

Every (partnership, offence, type, year) has a random stream of its own, named by the seed and its
place in the tables, so the same inputs give the same rows to the last byte and a change to one
cell leaves the others as they were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demo.assumptions import Assumptions, Stream
from demo.marks import draw_marks, draw_strands
from demo.places import District
from demo.printed import TOTAL, YearCount
from demo.times import days_of, draw_ends, draw_starts, levels
from frankpledge.engine.definitions.periods import Period

SEED = 20180630  # the day that the demonstration stops at

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Incidents as columns of equal length.

    start, end (local time), offence, category, district (code), square (counts within the district),
    place, and the marks: true or false, for hate the strand or None.
    """

    columns: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.columns["start"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    def in_order_of_time(self) -> Rows:
        """The same rows, the earliest start first."""
        order = np.argsort(self["start"], kind="stable")
        return Rows({name: column[order] for name, column in self.columns.items()})

    @classmethod
    def join(cls, parts: Sequence[Rows]) -> Rows:
        """Rows of several parts, one after the other."""
        return cls({name: np.concatenate([part[name] for part in parts]) for name in parts[0].columns})


@dataclass(frozen=True)
class Job:
    """One stream in one partnership and year."""

    stream: Stream
    area: str
    year: str
    year_number: int
    count: int
    level: tuple[float | None, float, float | None]
    seed: tuple[int, ...]


def generate_year(
    year: str,
    counts: Sequence[YearCount],
    assumptions: Assumptions,
    districts: Mapping[str, District],
    members: Mapping[str, tuple[str, ...]],
) -> Rows:
    """All rows of one financial year, in order of time.

    `counts` holds every printed or assumed count; `members` the district codes of each area code, in
    the order of the splits.
    """
    parts = [
        _generate(job, assumptions, [districts[code] for code in members[job.area]])
        for job in jobs(counts, assumptions)
        if job.year == year and job.count
    ]
    return Rows.join(parts).in_order_of_time()


def jobs(counts: Sequence[YearCount], assumptions: Assumptions) -> Iterator[Job]:
    """What is to be generated, in a fixed order; the counts of an offence's parts add up to its own."""
    table: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for c in counts:
        if c.offence != TOTAL:
            table[c.area_code, c.offence][c.year] = c.count
    unexplained = {offence for _, offence in table} - {s.of for s in assumptions.streams}
    if unexplained:
        raise ValueError(f"no stream in the assumptions makes rows of {sorted(unexplained)}")
    for (area, offence), by_year in table.items():
        parts = [(n, s) for n, s in enumerate(assumptions.streams) if s.of == offence]
        all_years = sorted(by_year)
        for number, year in enumerate(all_years):
            split = share_out(by_year[year], [s.shares[number] for _, s in parts])
            for (place, stream), count in zip(parts, split, strict=True):
                level = _level(by_year, all_years, number, stream)
                seed = (SEED, int(area[1:]), place, number)
                yield Job(stream, area, year, number, count, level, seed)


def share_out(count: int, shares: Sequence[float]) -> list[int]:
    """A whole number split by shares, adding up exactly: the largest remainders get what is left over.

    >>> share_out(10, [1, 1, 1])
    [4, 3, 3]
    """
    exact = [count * share / sum(shares) for share in shares]
    whole = [int(x) for x in exact]
    by_remainder = sorted(range(len(shares)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_remainder[: count - sum(whole)]:
        whole[i] += 1
    return whole


def _level(
    by_year: Mapping[str, int], all_years: Sequence[str], number: int, stream: Stream
) -> tuple[float | None, float, float | None]:
    """The counts of the year before, the year and the year after; None past an end or a change of definition."""
    year = all_years[number]
    before = all_years[number - 1] if number and year != stream.stepped_at else None
    after = all_years[number + 1] if number + 1 < len(all_years) else None
    if after == stream.stepped_at:
        after = None
    return (
        float(by_year[before]) if before else None,
        float(by_year[year]),
        float(by_year[after]) if after else None,
    )


def _generate(job: Job, assumptions: Assumptions, districts: Sequence[District]) -> Rows:
    """The rows of one job: setting first, then time and place by the setting, then the marks."""
    rng = np.random.default_rng(job.seed)
    stream, days = job.stream, days_of(Period.parse(job.year))
    level = levels(*job.level, len(days))
    mix = stream.settings_in(job.year)
    batches = []
    names: list[str] = []
    for key, count in zip(mix, rng.multinomial(job.count, list(mix.values())).tolist(), strict=True):
        setting = assumptions.settings[key]
        rhythm = assumptions.rhythms[setting.rhythm]
        start = draw_starts(rng, count, days, season=assumptions.seasons[stream.season], level=level, rhythm=rhythm)
        split = assumptions.splits[stream.split][job.area]
        district, square = _draw_places(rng, count, districts, split, setting.siting)
        batches.append((start, draw_ends(rng, start, setting), district, square))
        names += [key] * count
    start, end, district, square = (np.concatenate(column) for column in zip(*batches, strict=True))
    places = {key: setting.place for key, setting in assumptions.settings.items()}
    marks: dict[str, NDArray[Any]] = {
        **draw_marks(rng, assumptions.marks, stream.offence, job.year_number, names),
    }
    marks["hate"] = draw_strands(rng, assumptions.strands, marks["hate"])
    codes = np.array([d.code for d in districts], dtype=object)
    columns = {
        "start": start,
        "end": end,
        "offence": np.full(job.count, stream.offence, dtype=object),
        "category": np.full(job.count, stream.category, dtype=object),
        "district": codes[district],
        "square": square,
        "place": np.array([places[name] for name in names], dtype=object),
    }
    return Rows({**columns, **marks})


def _draw_places(
    rng: np.random.Generator, count: int, districts: Sequence[District], split: Sequence[float], siting: str
) -> tuple[Ints, Ints]:
    """A district by the split and a square by the siting's surface, for each of `count` rows."""
    district = rng.choice(len(districts), size=count, p=list(split))
    square = np.zeros(count, dtype=np.int64)
    for number, place in enumerate(districts):
        here = np.flatnonzero(district == number)
        surface = place.surfaces[siting]
        square[here] = rng.choice(len(surface), size=len(here), p=surface)
    return district, square

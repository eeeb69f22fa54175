"""The yearly counts that public bodies printed, and the few that are worked out or ours: facts, read from CSV."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from demo import FOLDER
from frankpledge.engine.definitions.periods import Period

APPENDIX_C = FOLDER / "appendix_c.csv"
ASB = FOLDER / "facts" / "asb.csv"
TOTAL = "all"
ANTI_SOCIAL_BEHAVIOUR = "anti-social-behaviour"


@dataclass(frozen=True)
class YearCount:
    """One count of one offence in one area and year. `kind`: cell, total, worked out or illustrative."""

    area_code: str
    area_name: str
    offence: str
    year: str
    count: int
    kind: str

    @property
    def period(self) -> Period:
        """April to March."""
        return Period.parse(self.year)


def read_appendix_c(path: Path = APPENDIX_C) -> tuple[YearCount, ...]:
    """The printed table: sixteen offences and the printed total, six years, North and South.

    Raises `ValueError` where the offences of an area and year do not add up to the total printed
    under them: a slip of the pen would otherwise run through every page.
    """
    with path.open(encoding="utf-8", newline="") as file:
        counts = tuple(
            YearCount(r["area_code"], r["area_name"], r["offence"], r["year"], int(r["count"]), r["printed_as"])
            for r in csv.DictReader(file)
        )
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for c in counts:
        sums[c.area_code, c.year] += -c.count if c.offence == TOTAL else c.count
    wrong = {key: difference for key, difference in sums.items() if difference}
    if wrong:
        raise ValueError(f"{path.name}: offences less printed total: {wrong}")
    return counts


def read_asb(path: Path = ASB) -> tuple[YearCount, ...]:
    """Anti-social behaviour by area and year: one worked out from print, the others ours."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            YearCount(r["area_code"], "", ANTI_SOCIAL_BEHAVIOUR, r["year"], int(r["count"]), r["kind"])
            for r in csv.DictReader(file)
        )


def years(counts: tuple[YearCount, ...]) -> tuple[str, ...]:
    """The years of the table, in order."""
    return tuple(sorted({c.year for c in counts}))

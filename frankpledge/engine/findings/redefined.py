"""A new definition that moved records between the parts of a total, found without being told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from frankpledge.engine.definitions.shapes import BreakDefinition
from frankpledge.engine.findings.official import OfficialSeries
from frankpledge.engine.findings.wording.redefinition import Part, moved_between


@dataclass(frozen=True)
class Redefined:
    """Parts that a new rule moved records between, and the total that hardly changed."""

    parts: tuple[Part, ...]
    total: Part
    rule: BreakDefinition

    @property
    def loudness(self) -> float:
        """How large the apparent change is: the largest logarithm of a part's ratio."""
        return max(abs(math.log(max(after, 1) / before)) for before, after in (p.counts for p in self.parts))


def find_redefined(official: Sequence[OfficialSeries], rules: Mapping[str, BreakDefinition]) -> Redefined | None:
    """The first pair of official measures that a new rule parts, with a third that is their sum."""
    broken = [s for s in official if s.comparison is not None and s.comparison.reason == "definition-change"]
    whole = [s for s in official if s.comparison is not None and s.comparison.change is not None]
    for first, second in combinations(broken, 2):
        parts = (_part(first), _part(second))
        shared = [rules[ref] for ref in first.measure.breaks if ref in second.measure.breaks and ref in rules]
        for series in whole:
            total = _part(series)
            sums = tuple(sum(p.counts[i] for p in parts) for i in (0, 1))
            if sums != total.counts:
                continue
            for rule in shared:
                if moved_between(parts, total, rule):
                    return Redefined(parts, total, rule)
    return None


def _part(series: OfficialSeries) -> Part:
    assert series.comparison is not None
    return Part(series.measure, series.comparison.before, series.comparison.after)

"""When in the day and week it happens, where rows carry a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.findings.claims import Sentence
from frankpledge.engine.findings.derived import derive
from frankpledge.engine.findings.wording.composing import figure, sentence, unclaimed, words
from frankpledge.engine.findings.wording.numbers import capital, p_text
from frankpledge.engine.measures.results import MeasureResult

BUSY_HOURS = 8
FEWEST_TIMED = 48  # two an hour on average: fewer cannot show a pattern of hours
TIMES_TEST = "binomial test of the busiest eight hours in a row against a third, Bonferroni over 24 windows"


@dataclass(frozen=True)
class BusyHours:
    """The eight hours in a row that hold most, beside the third that evenly spread hours would hold."""

    first: int
    held: float
    timed: float
    p: float

    @property
    def last(self) -> int:
        """The hour that the eight end with."""
        return (self.first + BUSY_HOURS - 1) % 24

    @property
    def share(self) -> float:
        """The share of the timed incidents that the eight hours hold, 0 to 1."""
        return self.held / self.timed


def busiest_hours(by_hour: Sequence[float]) -> BusyHours | None:
    """The busiest eight hours in a row of 24 hourly weights; None for fewer than 48 timed incidents.

    One window was picked of 24, so p is multiplied by their number.
    """
    weights = np.asarray(by_hour, dtype=np.float64)
    if weights.shape != (24,):
        raise ValueError(f"by_hour must hold 24 weights, not {weights.size}.")
    total = float(weights.sum())
    if total < FEWEST_TIMED:
        return None
    windows = [float(np.take(weights, range(start, start + BUSY_HOURS), mode="wrap").sum()) for start in range(24)]
    first = int(np.argmax(windows))
    p = float(stats.binom.sf(round(windows[first]) - 1, round(total), BUSY_HOURS / 24))
    return BusyHours(first, windows[first], total, min(1.0, 24 * p))


def busy_figure(total: MeasureResult, busy: BusyHours) -> MeasureResult:
    """The share of the busiest eight hours as a figure."""
    return derive(
        (total,),
        f"hours-{busy.first:02d}-to-{busy.last:02d}",
        100 * busy.share,
        unit="per cent",
        how=f"incidents from {busy.first:02d}:00 to {busy.last:02d}:59 divided by all that carry a time; spans of time "
        "shared out evenly",
    )


def times_sentence(total: MeasureResult, busy: BusyHours | None, measure: MeasureDefinition) -> Sentence:
    """The busiest hours, only where they hold more than chance explains."""
    if busy is None:
        return unclaimed(f"Too few {measure.noun} carry a time to show when in the day they happen.")
    share = busy_figure(total, busy)
    gathered = busy.p < 0.05
    if gathered:
        said = words(
            f"The eight hours from {busy.first:02d}:00 hold ",
            figure(share),
            f" of those {measure.noun} that carry a time; evenly spread they would hold a third ({p_text(busy.p)}).",
        )
    else:
        said = words(f"{capital(measure.noun)} happen at all hours: no part of the day stands out from chance.")
    return sentence(
        said,
        aspect="hours",
        results=(total, share),
        direction="concentrated" if gathered else "not-concentrated",
        test=TIMES_TEST,
        p=busy.p,
        estimate=busy.share,
    )

"""What every section of one assessment is written from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from frankpledge.engine.definitions.areas import Partnership
from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import MeasureDefinition, ReportDefinition, ScoringDefinition, Theme
from frankpledge.engine.documents.blocks import Chart
from frankpledge.engine.faults import NotPossible
from frankpledge.engine.findings.ledger import Ledger
from frankpledge.engine.findings.wording.spans import runs_of
from frankpledge.engine.measures.workspace import Workspace

REPORT = "strategic-assessment"
SCORING = "priorities"


@dataclass(frozen=True, eq=False)
class Context:
    """One assessment: whose, through which month, on which day, from what.

    `held` are the months from which rows of the area can be counted, whatever the window; `window` is
    the twelve months that end with `through`.
    """

    ws: Workspace
    partnership: Partnership
    through: int
    day: date
    report: ReportDefinition
    scoring: ScoringDefinition
    held: tuple[int, ...]
    synthetic: bool
    ledger: Ledger
    drawn: dict[str, Chart] = field(default_factory=dict)  # a line by month stands on two pages and is drawn once

    @property
    def window(self) -> Period:
        """The twelve months that end with `through`."""
        return Period.year_ending(self.through)

    @property
    def area(self) -> str:
        """The partnership's key."""
        return self.partnership.key

    @property
    def place(self) -> str:
        """The partnership's name as a sentence says it: without a marking in brackets."""
        name = self.partnership.name
        return name[: name.rindex(" (")] if name.endswith(")") and " (" in name else name

    @property
    def held_in_window(self) -> tuple[int, ...]:
        """The months of the window from which rows can be counted."""
        return tuple(month for month in self.held if month in self.window)

    @property
    def complete(self) -> bool:
        """Whether all twelve months of the window can be counted."""
        return len(self.held_in_window) == len(self.window)

    def measure(self, reference: str) -> MeasureDefinition:
        """The measure that `measure:KEY` names."""
        return self.ws.definitions.measure(reference.partition(":")[2])

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes of the report, in order."""
        return self.report.themes


def latest_run(months: Collection[int], within: Period) -> Period | None:
    """The latest unbroken run of months inside a period; None where it holds none.

    >>> str(latest_run([24290, 24300, 24301], Period(24294, 24305)))
    '2025-01..2025-02'
    """
    runs = runs_of(month for month in months if month in within)
    return runs[-1] if runs else None


def report_of(definitions: Definitions, key: str = REPORT) -> ReportDefinition:
    """The definition of the assessment. Raises `NotPossible` where the definitions in force lack it."""
    if key not in definitions.reports:
        raise NotPossible(
            f"The definitions in force hold no report called '{key}'.",
            f"Put reports/{key}.toml back, or take the local definitions out.",
        )
    return definitions.reports[key]


def scoring_of(definitions: Definitions, key: str = SCORING) -> ScoringDefinition:
    """The definition of the scoring matrix. Raises `NotPossible` where the definitions in force lack it."""
    if key not in definitions.scoring:
        raise NotPossible(
            f"The definitions in force hold no scoring called '{key}'.",
            f"Put scoring/{key}.toml back, or take the local definitions out.",
        )
    return definitions.scoring[key]

"""Statistics: arrays in, frozen results out.

Pure functions on NumPy arrays; no data frames, no queries, no wording of findings. Every result is a
frozen dataclass that names its level, how much data it rests on and its caveats. Too little data is
a result with a reason; only a wrong argument raises ValueError. Chance enters only through an
explicit, seeded generator.

| question | module |
|---|---|
| how sure is a count, a rate, a share? | `intervals` |
| did it change between two periods? | `change` (on `two_counts`) |
| what is missing in a series; season; trend | `series`, `seasonality`, `trend` (on `loglinear`) |
| is a month out of the ordinary? | `control` |
| where do we stand among similar areas? | `peers`, `funnel` |
| is it concentrated in few places? | `place` |
| when in the week? | `times`, `week` |
| how much harm? | `harm` |
| which themes come first, and how far does that depend on judgement? | `scoring` |
| what may be shown? | `disclosure` |
"""

from __future__ import annotations

from frankpledge.engine.analysis.change import (
    CountChange,
    compare_counts,
    compare_months,
    false_discovery,
    z_of_counts,
)
from frankpledge.engine.analysis.control import ProcessControl, Signal, process_control
from frankpledge.engine.analysis.disclosure import (
    DisclosedRow,
    DisclosedShare,
    DisclosedTable,
    percentage,
    round_counts,
    suppress_row,
    suppress_table,
)
from frankpledge.engine.analysis.funnel import FunnelLimits, funnel_limits, winsorised_dispersion
from frankpledge.engine.analysis.harm import GroupHarm, HarmRange, harm_range
from frankpledge.engine.analysis.intervals import Interval, poisson_interval, rate_interval, wilson_interval
from frankpledge.engine.analysis.peers import PeerComparison, PeerGroup, compare_with_peers, most_similar
from frankpledge.engine.analysis.place import (
    Concentration,
    GridCounts,
    areas_holding,
    concentration,
    gini,
    gini_by_chance,
    grid_counts,
)
from frankpledge.engine.analysis.scoring import (
    Scores,
    ScoringMatrix,
    Section,
    Sensitivity,
    Stability,
    ThemeScore,
    score_themes,
    scoring_matrix,
    sensitivity,
)
from frankpledge.engine.analysis.seasonality import Seasonality, seasonality
from frankpledge.engine.analysis.series import (
    Span,
    contiguous_runs,
    gaps,
    longest_complete_run,
    month_number,
    month_text,
    year_and_month,
)
from frankpledge.engine.analysis.times import WeekTable, hour_of_week, in_night, night_of
from frankpledge.engine.analysis.trend import Trend, trend
from frankpledge.engine.analysis.week import Pattern, Window, busiest_window, hour_pattern, weekday_pattern

__all__ = [
    "Concentration",
    "CountChange",
    "DisclosedRow",
    "DisclosedShare",
    "DisclosedTable",
    "FunnelLimits",
    "GridCounts",
    "GroupHarm",
    "HarmRange",
    "Interval",
    "Pattern",
    "PeerComparison",
    "PeerGroup",
    "ProcessControl",
    "Scores",
    "ScoringMatrix",
    "Seasonality",
    "Section",
    "Sensitivity",
    "Signal",
    "Span",
    "Stability",
    "ThemeScore",
    "Trend",
    "WeekTable",
    "Window",
    "areas_holding",
    "busiest_window",
    "compare_counts",
    "compare_months",
    "compare_with_peers",
    "concentration",
    "contiguous_runs",
    "false_discovery",
    "funnel_limits",
    "gaps",
    "gini",
    "gini_by_chance",
    "grid_counts",
    "harm_range",
    "hour_of_week",
    "hour_pattern",
    "in_night",
    "longest_complete_run",
    "month_number",
    "month_text",
    "most_similar",
    "night_of",
    "percentage",
    "poisson_interval",
    "process_control",
    "rate_interval",
    "round_counts",
    "score_themes",
    "scoring_matrix",
    "seasonality",
    "sensitivity",
    "suppress_row",
    "suppress_table",
    "trend",
    "weekday_pattern",
    "wilson_interval",
    "winsorised_dispersion",
    "year_and_month",
    "z_of_counts",
]

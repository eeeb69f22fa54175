"""Today, and whose today: the demonstration has a fixed one. Only `core` and `cli` read the environment for it."""

from __future__ import annotations

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

from frankpledge.engine.faults import UsageFault

DEMONSTRATION_DAY = date(2018, 6, 30)  # so that history does not open on a wall of overdue
LONDON = ZoneInfo("Europe/London")


def fixed_day() -> date | None:
    """The day that `FRANKPLEDGE_TODAY` fixes, for a demonstration or a test; None where it is not set."""
    fixed = os.environ.get("FRANKPLEDGE_TODAY", "").strip()
    if not fixed:
        return None
    try:
        return date.fromisoformat(fixed)
    except ValueError as error:
        raise UsageFault(
            f"FRANKPLEDGE_TODAY is '{fixed[:40]}', which is not a date.", "Set it like 2018-06-30, or unset it."
        ) from error


def today(*, demonstration: bool = False) -> date:
    """`FRANKPLEDGE_TODAY` where it is set; else the fixed day of the demonstration, or the real one."""
    return fixed_day() or (DEMONSTRATION_DAY if demonstration else datetime.now(tz=LONDON).date())

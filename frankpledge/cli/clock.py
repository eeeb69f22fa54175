"""Today and the home folder, read from the environment: only `core` and `cli` may do so."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

from frankpledge.engine.faults import UsageFault
from frankpledge.engine.store.home import Home

DEMONSTRATION_DAY = date(2018, 6, 30)  # so that history does not open on a wall of overdue
REPOSITORY = Path(__file__).resolve().parent.parent.parent


def now() -> datetime:
    """The present moment, or noon of FRANKPLEDGE_TODAY where a demo or test fixes the day."""
    fixed = os.environ.get("FRANKPLEDGE_TODAY")
    if not fixed:
        return datetime.now(tz=UTC)
    try:
        day = date.fromisoformat(fixed)
    except ValueError as error:
        raise UsageFault(
            f"FRANKPLEDGE_TODAY is '{fixed}', which is not a date.", "Set it like 2018-06-30, or unset it."
        ) from error
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def today(*, demonstration: bool) -> date:
    """The day that a document bears: the demonstration has a fixed one unless the environment sets it."""
    if demonstration and not os.environ.get("FRANKPLEDGE_TODAY"):
        return DEMONSTRATION_DAY
    return now().date()


def home() -> Home:
    """Where this site keeps everything: FRANKPLEDGE_HOME, else `var` beside pyproject.toml."""
    named = os.environ.get("FRANKPLEDGE_HOME")
    place = Home(Path(named).expanduser().resolve() if named else REPOSITORY / "var")
    place.prepare()
    return place

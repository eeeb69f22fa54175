"""Today and the home folder, read from the environment: only `core` and `cli` may do so."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from frankpledge.core.clock import fixed_day, today
from frankpledge.engine.store.home import Home

__all__ = ["home", "now", "today"]
REPOSITORY = Path(__file__).resolve().parent.parent.parent


def now() -> datetime:
    """The present moment, or noon of FRANKPLEDGE_TODAY where a demo or test fixes the day."""
    day = fixed_day()
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) if day else datetime.now(tz=UTC)


def home() -> Home:
    """Where this site keeps everything: FRANKPLEDGE_HOME, else `var` beside pyproject.toml."""
    named = os.environ.get("FRANKPLEDGE_HOME")
    place = Home(Path(named).expanduser().resolve() if named else REPOSITORY / "var")
    place.prepare()
    return place

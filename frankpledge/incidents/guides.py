"""What to download for an area and the exact commands to type."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from frankpledge.engine.definitions.areas import Areas, Partnership
from frankpledge.engine.definitions.periods import month_words
from frankpledge.incidents.loading import Loading, months_to_ask_for, through

COMMAND = ".venv/bin/frankpledge"


@dataclass(frozen=True)
class Guide:
    """The facts of the steps from download to assessment."""

    key: str
    name: str
    covers: str
    force: str
    first: str
    last: str
    out: str
    import_command: str
    assess_command: str
    official_command: str


def guide(areas: Areas, partnership: Partnership, state: Loading, today: date) -> Guide:
    """The steps for one partnership, as of a day."""
    months = months_to_ask_for(today)
    districts = [d.name for d in areas.districts_of(partnership)]
    last = through(state, today)
    out = f"{partnership.key}-{last}"
    start = command_start()
    return Guide(
        key=partnership.key,
        name=partnership.name,
        covers=f"Covers {_listed(districts)}." if districts != [partnership.name] else "Covers one district.",
        force=areas.forces[partnership.force].name,
        first=month_words(months.first),
        last=month_words(months.last),
        out=out,
        import_command=f"{start} import police-uk FOLDER",
        assess_command=f"{start} assess --partnership {partnership.key} --through {last} --out {out}",
        official_command=f"{start} import ons-csp-crime FILE.csv",
    )


def command_start() -> str:
    """The command as it must be typed here: with the home folder where it is not the usual one."""
    home = Path(settings.FRANKPLEDGE_HOME)
    if home == Path(settings.BASE_DIR) / "var":
        return COMMAND
    return f"FRANKPLEDGE_HOME={shlex.quote(str(home))} {COMMAND}"


def _listed(names: list[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]

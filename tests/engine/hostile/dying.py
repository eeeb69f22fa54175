"""Kills imports at moments spread evenly over their length; as a program, because it forks.

    python -m tests.engine.hostile.dying ROWS KILLS FOLDER

The program itself opens no database, so that each attempt and each look at what is left can be a
fork of it that starts at once; what they need is loaded before.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from frankpledge.engine.faults import NotPossible
from tests.engine.hostile.big_months import Months, complaints_after_death, state

LOADED_FIRST: Final = ("ibis.backends.duckdb", "ibis.backends.duckdb.converter")
REPEATED: Final = 10  # the whole import is repeated after each tenth kill, another one after every kill
FULL_AT: Final = 10_000  # bytes that a file may have where the disk is made to seem full


def forked(work: Callable[[], Any]) -> int:
    """Begin a piece of work in a process of its own; its answer, as JSON, goes to the file of that number."""
    child = os.fork()
    if child:
        return child
    code = 0
    try:
        Path(f"answer-{os.getpid()}").write_text(json.dumps(work()))
    except BaseException:
        traceback.print_exc()
        code = 1
    os._exit(code)


def answer(child: int) -> Any:
    """Wait for a piece of work and give its answer."""
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise RuntimeError("a piece of work failed; see above")
    return json.loads(Path(f"answer-{child}").read_text())


def ended(child: int, seconds: float) -> bool:
    """Whether a process comes to its end within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitpid(child, os.WNOHANG)[0]:
            return True
        time.sleep(0.002)
    return False


def uninterrupted(months: Months) -> tuple[float, Any]:
    """How long the large import takes, and what it leads to."""
    home = months.fresh_home()
    begun = time.monotonic()
    answer(forked(lambda: months.run(home, "new").to_json()))
    return time.monotonic() - begun, answer(forked(lambda: state(home)))


def kill_spread(months: Months, kills: int) -> dict[str, Any]:
    """Kill the large import so many times, each time a little later."""
    old = answer(forked(lambda: state(months.fresh_home())))
    length, new = uninterrupted(months)
    states = [{name: tuple(found) for name, found in each.items()} for each in (old, new)]
    found: dict[str, Any] = {"killed": 0, "old": 0, "new": 0, "half": 0, "complaints": [], "rows": new["incidents"][1]}
    for number in range(kills):
        home = months.fresh_home()
        child = forked(lambda: months.run(home, "new").to_json())  # noqa: B023 - it runs within the round
        begun = time.monotonic()
        if ended(child, length * (number + 0.5) / kills):
            length = min(length, time.monotonic() - begun)  # the machine was busier when it was measured
        else:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            found["killed"] += 1
        there = answer(forked(lambda: state(home)))  # noqa: B023
        found["old" if there == old else "new" if there == new else "half"] += 1
        again = number % REPEATED == 0
        left = answer(forked(lambda: complaints_after_death(months, home, *states, repeat=again)))  # noqa: B023
        found["complaints"] += [f"kill {number}: {complaint}" for complaint in left]
    return found


def full_disk(months: Months) -> dict[str, Any]:
    """The large import where files may not grow beyond some length, as on a full disk."""
    home = months.fresh_home()
    old = answer(forked(lambda: state(home)))

    def attempt() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (FULL_AT, FULL_AT))
        try:
            months.run(home, "new")
        except NotPossible as fault:
            return str(fault)
        return ""

    said = answer(forked(attempt))
    return {"said": said, "unchanged": answer(forked(lambda: state(home))) == old}


def main() -> None:
    """Kill, then fill the disk, and print what was found as JSON."""
    rows, kills, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    for module in LOADED_FIRST:
        importlib.import_module(module)
    os.chdir(folder)
    months = Months(folder)
    months.write(rows)
    answer(forked(months.prepare))
    print(json.dumps(kill_spread(months, kills) | {"full": full_disk(months)}))


if __name__ == "__main__":
    main()

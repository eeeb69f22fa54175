"""Time, processor time and memory of a piece of work, in a process of its own; medians of several runs.

Other work may share the machine. So rivals are run in turn, not one after the other in blocks, and
processor time is given beside the clock: it depends far less on what else is running.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

LIBRARIES: Final = ("duckdb", "pyarrow", "ibis-framework", "numpy", "pandas", "Django", "altair", "typst")


@dataclass
class Reading:
    """What one run took: seconds by the clock, processor seconds of all threads, peak memory in MB."""

    seconds: float = 0.0
    processor: float = 0.0
    peak: float = 0.0
    told: dict[str, Any] = field(default_factory=dict)


@contextmanager
def measured() -> Iterator[Reading]:
    """Measure the block, and the memory of this whole process up to its end."""
    reading = Reading()
    before, began = _processor(), time.perf_counter()
    yield reading
    reading.seconds = time.perf_counter() - began
    reading.processor = _processor() - before
    reading.peak = _peak()


def report(reading: Reading) -> None:
    """Tell the parent process."""
    print(json.dumps(asdict(reading)), flush=True)


def in_child(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Reading:
    """Run `python -m module arguments` and take the reading from the last line that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, **(environment or {})},
    )
    return Reading(**json.loads(done.stdout.splitlines()[-1]))


def in_turn(rivals: Mapping[str, Callable[[], Reading]], times: int) -> dict[str, list[Reading]]:
    """Run every rival, then every one again: what else the machine does meets all of them alike."""
    readings: dict[str, list[Reading]] = {name: [] for name in rivals}
    for number in range(times):
        for name, run in rivals.items():
            readings[name].append(run())
            last = readings[name][-1]
            say(f"{number + 1} of {times}: {name}: {last.seconds:.2f} s, processor {last.processor:.2f} s")
    return readings


def middle(readings: Sequence[Reading]) -> Reading:
    """The median of each measure; the highest memory; what the last one told."""
    return Reading(
        statistics.median(r.seconds for r in readings),
        statistics.median(r.processor for r in readings),
        max(r.peak for r in readings),
        readings[-1].told,
    )


def ratio(ours: Sequence[Reading], theirs: Sequence[Reading], measure: str = "seconds") -> float:
    """The median of the ratios of runs made in the same turn."""
    pairs = zip(ours, theirs, strict=True)
    return statistics.median(getattr(a, measure) / getattr(b, measure) for a, b in pairs)


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(share * 100) * len(ordered) // 100) - 1)]


def machine() -> str:
    """The machine in general terms."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{os.cpu_count()} processor cores, {memory:.0f} GiB of memory, {platform.system()}, "
        f"Python {platform.python_version()}; {libraries}."
    )


def load() -> float:
    """How many processes want a processor: the mean of the last minute."""
    return os.getloadavg()[0]


def say(text: str) -> None:
    """Tell the person who waits."""
    print(text, file=sys.stderr, flush=True)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak() -> float:
    """Peak memory of this process in MB. `ru_maxrss` would also count the parent that it was started from."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

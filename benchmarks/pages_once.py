"""Every kind of page over a large store: `python -m benchmarks.pages_once HOME PARTNERSHIP YYYY-MM TIMES`.

FRANKPLEDGE_HOME must name HOME. Each page is asked for once while nothing of it is kept, then TIMES
times, through Django's whole stack without a socket.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.measuring import measured, percentile, report, say

PATIENCE = 300.0  # seconds for a page that is still being made


def main(home: Path, partnership: str, through: str, times: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frankpledge.config.settings")
    import django

    django.setup()
    from django.test import Client

    reader = Client(SERVER_NAME="localhost")
    pages: list[dict[str, Any]] = []
    with measured() as reading:
        for name, pattern in addresses(partnership, through):
            address = pattern.replace("FIGURE", _figure(home, partnership, through)) if "FIGURE" in pattern else pattern
            first = _ask(reader, address, PATIENCE)
            warm = [_ask(reader, address, 0.0) for _ in range(times)]
            pages.append({"name": name, "first": first, "median": percentile(warm, 0.5), "p95": percentile(warm, 0.95)})
            say(f"{name}: first {first:.2f} s, median {1000 * percentile(warm, 0.5):.0f} ms")
    reading.told = {"pages": pages, "times": times}
    report(reading)


def addresses(partnership: str, through: str) -> list[tuple[str, str]]:
    return [
        ("first screen of a partnership", f"/{partnership}/"),
        ("list of assessments", f"/{partnership}/assessment/"),
        ("assessment, contents", f"/{partnership}/assessment/{through}/"),
        ("assessment, data quality", f"/{partnership}/assessment/{through}/data-quality/"),
        ("assessment, scoring", f"/{partnership}/assessment/{through}/scoring/"),
        ("what is held, and how good", f"/{partnership}/data/"),
        ("one figure", "/figures/FIGURE/"),
        ("choose an area", "/areas/"),
        ("one area", f"/areas/{partnership}/"),
    ]


def _ask(reader: Any, address: str, patience: float) -> float:
    began = time.perf_counter()
    while True:
        answer = reader.get(address)
        took = time.perf_counter() - began
        if answer.status_code == 200:
            return took
        if answer.status_code not in (202, 503) or took > patience:
            raise RuntimeError(f"{address} answered {answer.status_code}")
        time.sleep(0.1)


def _figure(home: Path, partnership: str, through: str) -> str:
    """A count of the assessment that was just made."""
    record = json.loads((home / "editions" / f"{partnership}-{through}-pages" / "figures.json").read_text())
    return next(str(f["figure_id"]) for f in record["figures"] if f["numerator"] and not f["derived_from"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))

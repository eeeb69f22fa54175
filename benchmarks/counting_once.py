"""Counts by month, type and district, once: `python -m benchmarks.counting_once HOW WHERE`.

HOW is `store` (WHERE is a home with imported files), `pandas` or `pandas-c` (WHERE is the folder of the
files). Each starts afresh and its libraries are loaded before the clock starts. All give the same counts.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from benchmarks.measuring import measured, report

COLUMNS = ["Month", "LSOA name", "Crime type"]


def from_store(home: Path) -> dict[str, int]:
    from frankpledge.engine.measures.workspace import open_workspace
    from frankpledge.engine.store.home import Home

    with measured() as reading:
        ws = open_workspace(Home(home))
        rows = ws.store.scan("incidents")
        counted = ws.store.run(rows.group_by(["month", "district", "category"]).agg(n=rows.count()))
        total = sum(counted.column("n").to_pylist())
    reading.told = {"rows": total}
    report(reading)
    return {}


def from_files(folder: Path, engine: Any) -> None:
    import pandas as pd

    with measured() as reading:
        parts = []
        for file in sorted(folder.rglob("*.csv")):
            rows = pd.read_csv(file, usecols=COLUMNS, dtype="category", engine=engine)
            rows["district"] = rows["LSOA name"].cat.rename_categories(lambda name: name).str.rsplit(n=1).str[0]
            parts.append(rows.groupby(["Month", "district", "Crime type"], observed=True, dropna=False).size())
        counted = pd.concat(parts).groupby(level=[0, 1, 2], dropna=False).sum()
    reading.told = {"rows": int(counted.sum())}
    report(reading)


if __name__ == "__main__":
    if sys.argv[1] == "store":
        from_store(Path(sys.argv[2]))
    else:
        from_files(Path(sys.argv[2]), "pyarrow" if sys.argv[1] == "pandas" else "c")

"""One assessment in a process of its own: `python -m benchmarks.assessing_once HOME PARTNERSHIP YYYY-MM`.

First the whole of it, from the store to the three documents; then the same charts and documents once
more from the ready figures, with every drawing forgotten, so that only rendering is measured.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from benchmarks.measuring import measured, report


def main(root: Path, partnership: str, through: str) -> None:
    from frankpledge.engine.definitions.periods import month_number
    from frankpledge.engine.documents.charts import drawing
    from frankpledge.engine.findings.assessment import assess
    from frankpledge.engine.findings.writing import documents_of
    from frankpledge.engine.measures.workspace import workspace_for
    from frankpledge.engine.store.home import Home

    with measured() as whole:
        ws, found = workspace_for(Home(root), partnership)
        began = time.perf_counter()
        made = assess(ws, found, month_number(through), day=date(2025, 8, 1))
        figures = time.perf_counter() - began
        documents_of(made)
    drawing._drawn.cache_clear()
    with measured() as rendering:
        contents = documents_of(made)
    whole.told = {
        "assess": figures,
        "rendering": rendering.seconds,
        "rendering_processor": rendering.processor,
        "figures": len(made.figures),
        "claims": len(made.claims),
        "sections": len(made.document.sections),
        "bytes": {name: len(content) for name, content in contents.items()},
    }
    report(whole)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])

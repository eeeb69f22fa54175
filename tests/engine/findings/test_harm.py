"""Harm is a range, and only where official counts by group and weights are held."""

from __future__ import annotations

import re

from frankpledge.engine.documents.blocks import Table, plain
from frankpledge.engine.findings.harm import GROUPS
from tests.engine.findings.conftest import MakeWorkspace, assessed, some
from tests.engine.measures.conftest import write

COUNTS = dict(zip(GROUPS, (7370, 846, 180, 6378, 1750, 442, 248, 1564, 432), strict=True))


def official(counts: dict[str, int]) -> list[dict[str, object]]:
    return [{"first": "2024-07", "last": "2025-06", "offence": key, "count": n} for key, n in counts.items()]


def weights() -> list[dict[str, object]]:
    return [
        {
            "source": "severity-weights",
            "supplier": "ons-2020-12",
            "origin": "published",
            "month": None,
            "edition": "2020-12",
            "code": f"{number}{letter}",
            "offence": f"offence {number}{letter}",
            "group": group,
            "weight": (number + 1) * weight,
        }
        for number, group in enumerate(GROUPS)
        for letter, weight in (("A", 10.0), ("B", 50.0), ("C", 100.0))
    ]


def test_without_weights_harm_is_a_gap_with_its_next_step(workspace_of: MakeWorkspace) -> None:
    found = assessed(workspace_of(some(3, "2025-06"), counts=official(COUNTS)), "2025-06")

    assert "harm" not in found.sections
    gaps = next(block for block in found.sections["gaps"].blocks if isinstance(block, Table))
    assert "import severity-weights" in " ".join(plain(cell) for row in gaps.rows for cell in row)


def test_with_weights_every_share_is_a_range_that_holds_its_count(workspace_of: MakeWorkspace) -> None:
    ws = workspace_of(some(3, "2025-06"), counts=official(COUNTS))
    write(ws.store.root, "severity-weights", weights(), "open")

    found = assessed(ws, "2025-06")

    (table,) = [block for block in found.sections["harm"].blocks if isinstance(block, Table)]
    shares = [plain(row[3]) for row in table.rows]
    assert len(shares) == len(GROUPS)
    for share in shares:
        low, high = (int(n) for n in re.findall(r"(\d+)%", share))
        assert low < high <= 100


def test_without_one_of_the_great_groups_no_share_is_shown(workspace_of: MakeWorkspace) -> None:
    partly = {key: n for key, n in COUNTS.items() if key != "violence-against-the-person"}
    ws = workspace_of(some(3, "2025-06"), counts=official(partly))
    write(ws.store.root, "severity-weights", weights(), "open")

    assert "harm" not in assessed(ws, "2025-06").sections

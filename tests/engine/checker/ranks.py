"""'Its place may be anywhere from 4 to 5 of 16': the ranks that intervals leave open, counted again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.engine.checker.edition import Edition, Figure
from tests.engine.checker.limits import byar
from tests.engine.checker.page import Page
from tests.engine.checker.wording import shown_as

PLACE = re.compile(
    r"Counted from the lowest rate, "
    r"(?:it stands in place (\d+)|its place may be anywhere from (\d+) to (\d+)) of (\w+)\."
)


def rank_faults(edition: Edition, page: Page) -> Iterator[str]:
    """Ranks that the rates of an area and of its peers do not leave open."""
    for passage in page.passages:
        match = PLACE.search(passage.text)
        if not match:
            continue
        own = next((f for name, _ in passage.figures if _is_own(edition, f := edition.figures[name])), None)
        if own is None:
            yield f"'{match[0]}' stands beside no rate of the area"
            continue
        low, high, among = _ranks(edition, own)
        said = (int(match[1] or match[2]), int(match[1] or match[3]))
        if said != (low, high) or match[4] not in shown_as({"value": among, "unit": "", "status": ""}):
            yield f"'{match[0]}', but the intervals leave {low} to {high} of {among} open"


def _is_own(edition: Edition, figure: Figure) -> bool:
    return figure["area"] == edition.area and figure["denominator"] is not None and not figure["derived_from"]


def _ranks(edition: Edition, own: Figure) -> tuple[int, int, int]:
    peers = [
        f
        for f in edition.figures.values()
        if (f["measure"], f["period"]) == (own["measure"], own["period"])
        and f["area"] in edition.peers
        and f["value"] is not None
        and not f["variant"]
    ]
    mine = [end / own["denominator"] for end in byar(own["numerator"])]
    theirs = [[end / f["denominator"] for end in byar(f["numerator"])] for f in peers]
    below = sum(high < mine[0] for _, high in theirs)
    above = sum(low > mine[1] for low, _ in theirs)
    return 1 + below, 1 + len(peers) - above, 1 + len(peers)

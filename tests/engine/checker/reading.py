"""What the page says beside its claims: linked numbers, titles, cells, and words of direction without a claim."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.engine.checker import statistics as again
from tests.engine.checker.edition import Edition, Figure
from tests.engine.checker.expecting import adjusted, changed, family_of_changes
from tests.engine.checker.month_tables import month_table_faults
from tests.engine.checker.page import Page, Passage
from tests.engine.checker.ranks import rank_faults
from tests.engine.checker.wording import shown_as, unaccounted, without

UP = r"rose|risen|grew|increased|went up|is rising|are rising"
DOWN = r"fell|fallen|dropped (?:by|from|to)|decreased|went down|is falling|are falling"
ASSERTS = (
    (re.compile(rf"\b({UP})\b"), {"rose", "rising"}),
    (re.compile(rf"\b({DOWN})\b"), {"fell", "falling"}),
    (re.compile(r"^(\d+\. )?More .* than most similar|\bhigher than (in )?most\b|\bhighest rate\b"), {"higher"}),
    (re.compile(r"^(\d+\. )?Fewer .* than most similar|\blower than (in )?most\b"), {"lower"}),
    (re.compile(r"\bfollow the season\b"), {"seasonal"}),
    (re.compile(r"\bHalf of\b.*\bsmall areas\b"), {"concentrated"}),
    (re.compile(r"\b[Nn]o clear change in\b"), {"no-clear-change"}),
    (re.compile(r"\b(rise|fall) is a new definition\b"), {"definition-change"}),
    (re.compile(r"\bhardly changed\b|\bthis could be chance\b"), {"no-clear-change", "definition-change"}),
)
CELLS = {
    "rose": "rose",
    "fell": "fell",
    "no clear change": "no-clear-change",
    "too few to tell": "too-few",
    "not compared": "no-data",
    "new definition": "definition-change",
}
LAST = {"n.c.": "no-clear-change", "few": "too-few", "new": "definition-change", "rose": "rose", "fell": "fell"}


def page_faults(edition: Edition) -> Iterator[str]:
    """Everything on the page that its figures and claims do not bear out."""
    page = Page(edition.page)
    yield from _shown_faults(edition, page)
    for claim in edition.claims:
        if not any(claim["text"] in passage.text for passage in page.passages):
            yield f"'{claim['text']}' is claimed but not on the page"
    for passage in page.passages:
        if passage.tag in ("p", "li", "caption"):
            yield from _unclaimed(edition, passage)
        elif passage.tag in ("h3", "h4", "h5", "summary"):
            yield from _title_faults(edition, page, passage)
    for row in page.rows:
        yield from _row_faults(edition, row)
        yield from _interval_faults(edition, row)
    yield from _steady_faults(edition, page)
    yield from _reach_faults(edition, page)
    yield from month_table_faults(edition, page)
    yield from rank_faults(edition, page)


def _shown_faults(edition: Edition, page: Page) -> Iterator[str]:
    for passage in page.passages:
        for name, shown in passage.figures:
            figure = edition.figures.get(name)
            if figure is None:
                yield f"'{shown}' leads to {name}, which is not in figures.json"
            elif shown.strip() not in shown_as(figure):
                yield f"'{shown}' is shown for {name}, which is {figure['value']}"


@lru_cache(maxsize=4)
def _fixed(roots: tuple[Path, ...]) -> tuple[str, ...]:
    """Every text of the definitions: about the world, not about these figures."""
    found: set[str] = set()

    def gather(value: Any) -> None:
        if isinstance(value, str) and " " in value:
            found.add(value)
        elif isinstance(value, Mapping):
            for one in value.values():
                gather(one)
        elif isinstance(value, list):
            for one in value:
                gather(one)

    for root in roots:
        for path in root.rglob("*.toml"):
            gather(tomllib.loads(path.read_text(encoding="utf-8")))
    return tuple(sorted(found, key=len, reverse=True))


def _unclaimed(edition: Edition, passage: Passage) -> Iterator[str]:
    """Words of direction in what is left of a passage without its claims and without texts of definitions."""
    if not any(pattern.search(passage.text) for pattern, _ in ASSERTS):
        return
    left = passage.text
    for claim in edition.claims:
        left = left.replace(claim["text"], " ")
    for text in _fixed(tuple(edition.roots)):
        left = left.replace(text, " ")
    for pattern, _ in ASSERTS:
        for match in pattern.finditer(left):
            yield f"'{match[0]}' without a claim: '{left.strip()[:200]}'"


def _title_faults(edition: Edition, page: Page, passage: Passage) -> Iterator[str]:
    """A title says only what a claim of the same finding or section says, of the same thing."""
    title = passage.text.partition("See the table: ")[2] or passage.text
    wanted = [directions for pattern, directions in ASSERTS if pattern.search(title)]
    if not wanted:
        return
    near = [
        other.text
        for other in page.passages
        if (other.finding == passage.finding if passage.finding else other.section == passage.section)
    ]
    claims = [claim for claim in edition.claims if any(claim["text"] in text for text in near)]
    for directions in wanted:
        if not any(claim["direction"] in directions for claim in claims):
            yield f"the title '{title}' says what no claim beside it says"
    figures = [edition.figures[name] for claim in claims for name in claim["figures"] if name in edition.figures]
    figures += [f for f in edition.figures.values() if f["derived_from"]]
    left = without(re.sub(r"^\d+\. ", "", title), {s for f in figures for s in shown_as(f)})
    if passage.tag != "summary" and unaccounted(without(left, {name for name, _ in _words_known(edition)})):
        yield f"the title '{title}' holds {unaccounted(left)}, which no figure accounts for"


def _words_known(edition: Edition) -> list[tuple[str, int]]:
    """Numbers of themes that hold steady may open a title: 'Five themes show no clear change'."""
    return [(f"{word} themes", 0) for word in ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")]


def _row_faults(edition: Edition, row: list[Passage]) -> Iterator[str]:
    """Rows that set two figures side by side and say what the test says."""
    counts = [
        figure
        for cell in row
        for name, _ in cell.figures
        if (figure := edition.figures.get(name)) and figure["numerator"] is not None and figure["denominator"] is None
    ]
    said = row[-1].text.strip() if row else ""
    if len(counts) < 2 or len({f["measure"] for f in counts}) != 1:
        return
    before, after = counts[-2:]
    if said in CELLS:
        yield from _cell_faults(edition, before, after, CELLS[said], official=False)
    elif said in LAST:
        yield from _cell_faults(edition, before, after, LAST[said], official=True)
    elif re.match(r"[+−]\d", said) and row[-1].figures:
        yield from _cell_faults(edition, before, after, "rose" if said[0] == "+" else "fell", official=True)


def _cell_faults(edition: Edition, before: Figure, after: Figure, said: str, *, official: bool) -> Iterator[str]:
    wanted = tested(edition, before, after, official=official)
    if said != wanted:
        yield f"a table says {said} of {before['figure_id']} and {after['figure_id']}, the files say {wanted}"


def tested(edition: Edition, before: Figure, after: Figure, *, official: bool) -> str:
    """The direction that two figures bear, allowing for the number of tests of their family."""
    if before["value"] is None or after["value"] is None:
        return "no-data"
    if edition.broken(before, after):
        return "definition-change"
    found = changed(edition, before, after)
    over = adjusted(found.p, family_of_changes(edition, "official changes" if official else "changes"))
    direction = again.verdict(before["numerator"], after["numerator"], found, found.p)
    return "no-clear-change" if direction in ("rose", "fell") and (over or 0) >= again.LEVEL else direction


INTERVAL = re.compile(r"([+−]?[\d,.]+)%? to ([+−]?[\d,.]+)%?\)?$")


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def _interval_faults(edition: Edition, row: list[Passage]) -> Iterator[str]:
    """A cell 'a to b' holds the limits of a figure in its row, to the digits that it shows."""
    figures = [edition.figures[name] for cell in row for name, _ in cell.figures if name in edition.figures]
    for cell in row:
        match = INTERVAL.search(cell.text.strip())
        if not match or not figures or cell.tag != "td":
            continue
        ends = [_number(end) for end in match.groups()]
        places = len(match[1].partition(".")[2])
        own = [edition.figures[name] for name, _ in cell.figures if name in edition.figures] or figures
        near = [(f["lower"], f["upper"]) for f in own if None not in (f["lower"], f["upper"])]
        if not any(all(abs(x - y) <= 0.5 * 10**-places + 1e-6 for x, y in zip(f, ends, strict=True)) for f in near):
            yield f"the cell '{cell.text.strip()}' holds the limits of no figure in its row"


def _steady_faults(edition: Edition, page: Page) -> Iterator[str]:
    """'Five themes show no clear change': as many as their leading measures bear out."""
    for passage in page.passages:
        match = re.match(r"(?:\d+\. )?(\w+) themes show no clear change", passage.text)
        if match and passage.tag == "h3":
            number = sum(_lead_is_steady(edition, theme) for theme in edition.themes)
            if match[1] not in shown_as({"value": number, "unit": "", "status": ""}):
                yield f"'{passage.text}', but {number} themes do not clearly change"


def _lead_is_steady(edition: Edition, theme: Mapping[str, Any]) -> bool:
    pair = edition.pair(theme["lead"].partition(":")[2])
    return pair is not None and tested(edition, *pair, official=False) == "no-clear-change"


REACH = re.compile(r"The change lies between ([+−]?[\d,]+) and ([+−]?[\d,]+) per cent \(95 per cent interval\)\.")


def _reach_faults(edition: Edition, page: Page) -> Iterator[str]:
    """'The change lies between −7 and +5 per cent' gives the limits of the change that stands before it."""
    for passage in page.passages:
        for match in REACH.finditer(passage.text):
            names = [name for name, _ in passage.figures]
            changes = [f for f in edition.figures.values() if f["unit"] == "per cent change"]
            near = [f for f in changes if set(f["derived_from"]) <= set(names) and f["upper"] is not None]
            ends = [_number(end) for end in match.groups()]
            if not any(abs(f["lower"] - ends[0]) <= 0.500001 and abs(f["upper"] - ends[1]) <= 0.500001 for f in near):
                yield f"'{match[0]}' are the limits of no change beside it"

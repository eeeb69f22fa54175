"""Tables of months behind a line: every cell counted again, and a blank only where no file is held."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.engine.checker.edition import Edition
from tests.engine.checker.page import Page, Passage
from tests.engine.checker.raw import MONTH
from tests.engine.checker.wording import words_of

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_table_faults(edition: Edition, page: Page) -> Iterator[str]:
    """What the tables of a theme's months show and the raw files do not hold, and the other way round."""
    if not edition.files:
        return
    leads = {f"chart-{theme['key']}-months": theme["lead"].partition(":")[2] for theme in edition.themes}
    for chart, label in page.labels:
        if chart in leads:
            yield from _label_faults(edition, leads[chart], label)
    heads = False
    for row in page.rows:
        chart = row[0].chart if row else ""
        cells = [cell.text.strip() for cell in row]
        if tuple(cells[1:]) == MONTHS:
            heads = chart in leads
        elif heads and chart in leads and len(cells) == 13 and cells[0].isdigit():
            yield from _year_faults(edition, leads[chart], row)
        else:
            heads = False


_AT = r"([\d,]+) in (\w+ \d{4})"
EXTREMES = re.compile(rf"lowest {_AT}, highest {_AT}, latest {_AT}")


def _label_faults(edition: Edition, measure: str, label: str) -> Iterator[str]:
    """An alternative text whose lowest, highest or latest month is another one."""
    through = str(edition.record["through"])
    counted = edition.once(("months", measure), lambda: _every_month(edition, measure))
    counted = {month: number for month, number in counted.items() if month <= through}
    found = EXTREMES.search(label)
    if not counted or not found:
        yield f"'{label}' does not tell the lowest, highest and latest month"
        return
    wanted = min(counted.values()), max(counted.values()), counted[max(counted)]
    for number, month, value in zip(found.groups()[::2], found.groups()[1::2], wanted, strict=True):
        named = {words_of(m) for m, count in counted.items() if count == value}
        if number != f"{value:,}" or month not in named:
            yield f"'{label}' says {number} in {month} of {measure}, the files hold {value} in {sorted(named)}"
    if found[6] != words_of(max(counted)):
        yield f"'{label}' calls {found[6]} the latest month"


def _year_faults(edition: Edition, measure: str, row: list[Passage]) -> Iterator[str]:
    counted = edition.once(("months", measure), lambda: _every_month(edition, measure))
    year = row[0].text.strip()
    for number, cell in enumerate(row[1:], start=1):
        month, shown = f"{year}-{number:02d}", cell.text.strip().replace("–", "")
        wanted = f"{counted[month]:,}" if month in counted and month <= edition.record["through"] else ""
        if shown != wanted:
            yield f"the table of months shows '{shown}' {measure} for {month}, the files hold '{wanted}'"


def _every_month(edition: Edition, measure: str) -> dict[str, int]:
    """The measure in every month of which a file is held, by the filter of one of its figures."""
    like = next(
        trace
        for name, trace in edition.traces.items()
        if trace["measure"] == measure and trace["area"] == edition.area and not trace["variant"]
    )
    pattern = like["files"][0]
    month = next(c for c in pattern["filter"] if c["take"] == MONTH)
    found: Counter[str] = Counter()
    for path in edition.files:
        file = {**pattern, "path": path, "lines_not_counted": []}
        anywhere = {**file, "filter": [c for c in pattern["filter"] if c is not month]}
        by = (month["column"], MONTH)
        found.update(dict.fromkeys(edition.raw.count({**file, "filter": []}, by=by), 0))
        found.update(edition.raw.count(anywhere, by=by))
    return dict(found)

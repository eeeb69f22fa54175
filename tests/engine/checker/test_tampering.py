"""The checker itself: an edition as written passes, and the smallest lie told in it is found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from .checker import check
from .edition import Edition

pytestmark = pytest.mark.slow  # the edition takes seconds to write; each lie is then found in one
Record = dict[str, Any]
Lie = Callable[[Record], None]


def claim_of(record: Record, start: str) -> dict[str, Any]:
    found: dict[str, Any] = next(c for c in record["claims"] if c["sentence_id"].startswith(start))
    return found


def figure_of(record: Record, start: str) -> dict[str, Any]:
    found: dict[str, Any] = next(f for f in record["figures"] if f["figure_id"].startswith(start))
    return found


def another_direction(record: Record) -> None:
    claim_of(record, "change.burglary.")["direction"] = "fell"


def a_direction_where_chance_explains(record: Record) -> None:
    claim_of(record, "change.vehicle-crime.")["direction"] = "rose"


def another_p(record: Record) -> None:
    claim_of(record, "change.shoplifting.")["p"] *= 1.01


def no_adjusting(record: Record) -> None:
    claim_of(record, "change.burglary.")["adjusted_p"] = None


def too_mild_adjusting(record: Record) -> None:
    claim_of(record, "change.burglary.")["adjusted_p"] *= 0.98


def another_test(record: Record) -> None:
    claim_of(record, "change.burglary.")["test"] = "E-test of two Poisson counts"


def another_estimate(record: Record) -> None:
    claim_of(record, "trend.burglary.")["estimate"] *= 1.01


def before_and_after_exchanged(record: Record) -> None:
    claim_of(record, "change.burglary.")["figures"].reverse()


def a_season_where_there_is_none(record: Record) -> None:
    claim_of(record, "season.vehicle-crime.")["direction"] = "seasonal"


def gathered_though_spread(record: Record) -> None:
    claim_of(record, "concentration.vehicle-crime.")["direction"] = "concentrated"


def an_unknown_kind_of_claim(record: Record) -> None:
    claim_of(record, "level.burglary.")["sentence_id"] = "feeling.burglary.0"


def a_count_one_too_high(record: Record) -> None:
    figure_of(record, "shoplifting.north-worcestershire.")["numerator"] += 1


def a_rate_over_other_people(record: Record) -> None:
    figure = figure_of(record, "burglary-rate.north-worcestershire.")
    figure["denominator"] *= 2
    figure["value"] /= 2


def a_per_cent_of_nothing(record: Record) -> None:
    figure_of(record, "burglary.north-worcestershire.2024-07-to-2025-06.change-from")["value"] += 5


def narrower_limits(record: Record) -> None:
    figure_of(record, "burglary.north-worcestershire.2024-07-to-2025-06.change-from")["lower"] += 5


def surer_of_a_count(record: Record) -> None:
    figure_of(record, "burglary.north-worcestershire.2024-07-to-2025-06.")["upper"] -= 5


def a_figure_left_out(record: Record) -> None:
    record["figures"].remove(figure_of(record, "recorded-crime-rate.north-worcestershire."))


def a_claim_left_out(record: Record) -> None:
    record["claims"].remove(claim_of(record, "change.burglary."))


def another_text(record: Record) -> None:
    claim = claim_of(record, "level.burglary.")
    claim["text"] = claim["text"].replace("burglaries", "robberies")


LIES = [value for value in list(globals().values()) if getattr(value, "__annotations__", {}).get("record") == "Record"]
LIES = [lie for lie in LIES if lie.__name__ not in ("claim_of", "figure_of")]


def with_record(edition: Edition, lie: Lie) -> Edition:
    record = json.loads(json.dumps(edition.record))
    lie(record)
    return replace(edition, record=record, _known={})


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__.replace("_", " "))
def test_a_lie_in_the_record_is_found(base: Edition, lie: Lie) -> None:
    assert check(with_record(base, lie))


WORDS = {
    "another verb": (
        "recorded burglaries in North Worcestershire rose by",
        "recorded burglaries in North Worcestershire fell by",
    ),
    "a number in a sentence": (">805</a> in the year to June 2025", ">815</a> in the year to June 2025"),
    "a verb in a title": ("Recorded burglaries rose <", "Recorded burglaries fell <"),
    "an assertion without a claim": ("</main>", "<p>Bicycle thefts rose sharply.</p></main>"),
    "a cell without a test": ("no clear change</td>", "rose</td>"),
    "a number that leads to another figure": ('href="#figure-burglary.north', 'href="#figure-shoplifting.north'),
    "a p-value in a sentence": ("show no clear trend (p = 0.79)", "show no clear trend (p = 0.97)"),
    "other months of the year": ("They are highest in August", "They are highest in July"),
    "one theme more": ("Two themes show no clear change", "Three themes show no clear change"),
    "a lowest month": ("North Worcestershire: lowest ", "North Worcestershire: lowest 1"),
    "limits of a change": ("The change lies between +", "The change lies between +1"),
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_lie_on_the_page_is_found(base: Edition, words: tuple[str, str]) -> None:
    """Told on the page and in the claim alike, so that only figures and files can tell."""
    assert words[0] in base.page
    record = json.loads(json.dumps(base.record))
    for claim in record["claims"]:
        claim["text"] = claim["text"].replace(*words)
    assert check(replace(base, page=base.page.replace(*words), record=record, _known={}))


def test_a_month_in_a_table_is_counted_again(base: Edition) -> None:
    cells = re.findall(r'chart-burglary-months.*?<th scope="row"[^>]*>2024</th>(.*?)</tr>', base.page, re.DOTALL)[0]
    shown = re.findall(r">(\d+)</td>", cells)[0]
    page = base.page.replace(cells, cells.replace(f">{shown}</td>", f">{int(shown) + 1}</td>", 1))
    assert any("table of months" in fault for fault in check(replace(base, page=page, _known={})))


def test_a_sentence_that_agrees_with_a_false_claim_is_found(base: Edition) -> None:
    """Text, page and claim lie together: only the raw files tell."""

    def lie(text: str) -> str:
        return text.replace("fell from", "rose from").replace("down 30 per cent", "up 30 per cent")

    record = json.loads(lie(json.dumps(base.record)))
    claim = claim_of(record, "change.anti-social-behaviour.")
    claim["direction"] = "rose"
    faults = check(replace(base, record=record, page=lie(base.page), _known={}))
    assert any("says rose, the files say fell" in fault for fault in faults)


def test_rows_taken_out_of_a_raw_file_are_missed(base: Edition, tmp_path: Path) -> None:
    traces = json.loads(json.dumps(base.traces))
    path = next(iter(traces.values()))["files"][-1]["path"]
    fewer = tmp_path / Path(path).name
    fewer.write_text("".join(Path(path).read_text(encoding="utf-8").splitlines(keepends=True)[:-3]), encoding="utf-8")
    traces = json.loads(json.dumps(traces).replace(path, str(fewer)))
    assert any("the files hold" in fault for fault in check(replace(base, traces=traces, _known={})))


def test_a_year_made_of_months_that_nobody_supplied_is_found(base: Edition) -> None:
    faults = check(replace(base, held=base.held - {"2025-03"}, _known={}))
    assert any("2025-03" in fault and "not held" in fault for fault in faults)

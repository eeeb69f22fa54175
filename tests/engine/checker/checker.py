"""The independent checker: every figure counted again, every claim tested again, every sentence read again.

It imports nothing of Frankpledge: figures.json, the web page, the output of `trace --json`, the
definition files and the raw files are all it sees. `check` returns what is wrong, in words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from tests.engine.checker import reading
from tests.engine.checker.edition import Edition, Figure
from tests.engine.checker.expecting import EXPECTING, TEST_WORDS, Claim, Expected, first_calendar_month, steps_of
from tests.engine.checker.limits import limit_faults
from tests.engine.checker.months import standing_out
from tests.engine.checker.wording import NAMES, months_of, p_faults, period_words, shown_as, unaccounted, without

SAYS = {
    "rose": (" rose ",),
    "fell": (" fell ",),
    "no-clear-change": ("no clear change", "no change", "chance alone explains", "no more than chance explains"),
    "too-few": ("too few to tell",),
    "definition-change": ("cannot be compared", "moved between them with the new rule"),
    "no-data": ("No figure", "withheld", "No change in"),
    "higher": (" are higher than in most ", " had the highest rate "),
    "lower": (" are lower than in most ",),
    "similar": ("in line with", "no more apart than chance", " than chance and ordinary variety explain"),
    "rising": (" rose by about ",),
    "falling": (" fell by about ",),
    "no-clear-trend": ("no clear trend",),
    "seasonal": ("follow the season",),
    "not-seasonal": ("no clear season",),
    "concentrated": ("more gathered than chance",),
    "not-concentrated": ("about as evenly as chance",),
    "level": (" had ", "No "),
    "consistent": (", rising every year by more than", ", falling every year by more than"),
    "not-consistent": (", but not evenly: ",),
}
SHOWING = ("change", "steady", "redefined", "redefined-total", "level", "districts", "peers", "alike", "years")


def check(edition: Edition) -> list[str]:
    """Everything wrong with an edition; an empty list is a pass."""
    found = [*figure_faults(edition), *limit_faults(edition), *claim_faults(edition), *text_faults(edition)]
    return [*found, *reading.page_faults(edition)] if edition.page else found


# --- Figures ---------------------------------------------------------------------------------------


def figure_faults(edition: Edition) -> Iterator[str]:
    """Counts that the raw files do not give, values that do not follow, months that are not held."""
    for name, figure in edition.figures.items():
        if figure["derived_from"]:
            yield from _derived_faults(edition, figure)
        elif figure["value"] is not None:
            yield from _counted_faults(edition, name, figure)


def _counted_faults(edition: Edition, name: str, figure: Figure) -> Iterator[str]:
    trace = edition.traces[name]
    found = edition.raw.total(trace)
    if found != figure["numerator"]:
        yield f"{name}: counts {figure['numerator']}, the files hold {found}"
    for file in trace["files"]:
        if file["state"] != "as imported":
            yield f"{name}: {file['path']} is {file['state']}"
    over = figure["denominator"]
    per = 1000 if " per 1,000 " in figure["unit"] else 100 if figure["unit"].startswith("per cent") else 1
    value = found if over is None else per * found / over
    if not math.isclose(value, figure["value"], rel_tol=1e-9):
        yield f"{name}: is {figure['value']}, but {found} over {over} is {value}"
    told = trace["denominator_from"]
    if told and told["path"] and edition.people(told["codes"], told["column"]) != over:
        yield f"{name}: is set over {over}, not over what the areas add up to"
    lacking = set(months_of(figure["period"])) - edition.held
    if figure["provenance"]["dataset"] == "incidents" and edition.held and lacking:
        yield f"{name}: is a number of {figure['period']}, though {sorted(lacking)} are not held"


def _derived_faults(edition: Edition, figure: Figure) -> Iterator[str]:
    sources = [edition.figures[name] for name in figure["derived_from"]]
    if figure["unit"] == "per cent change":
        before, after = (f["value"] for f in sources)
        wanted = 100 * (after / before - 1)
    elif figure["unit"] == "per cent" and len(sources) == 2:
        whole, part = (f["value"] for f in sources)
        wanted = 100 * part / whole
    else:
        return  # checked with the claim that it belongs to
    if figure["value"] is None or not math.isclose(figure["value"], wanted, rel_tol=1e-6, abs_tol=1e-9):
        yield f"{figure['figure_id']}: is {figure['value']}, its sources give {wanted}"


# --- Claims ----------------------------------------------------------------------------------------


def claim_faults(edition: Edition) -> Iterator[str]:
    """Directions, tests and p-values that the files do not bear out."""
    for claim in edition.claims:
        expect = EXPECTING.get(claim["sentence_id"].partition(".")[0])
        if expect is None:
            yield f"{claim['sentence_id']}: nobody knows how to check such a claim"
            continue
        lacking = [name for name in claim["figures"] if name not in edition.figures]
        if lacking:
            yield f"{claim['sentence_id']}: rests on {lacking}, which are not in figures.json"
            continue
        expected = expect(edition, claim, [edition.figures[name] for name in claim["figures"]])
        yield from (f"{claim['sentence_id']}: {fault}" for fault in _differences(claim, expected))


def _differences(claim: Claim, expected: Expected) -> Iterator[str]:
    if claim["direction"] != expected.direction:
        yield f"says {claim['direction']}, the files say {expected.direction}"
    if TEST_WORDS.get(expected.test, expected.test) not in claim["test"]:
        yield f"names '{claim['test']}', the files call for {expected.test}"
    for key, wanted in (("p", expected.p), ("adjusted_p", expected.adjusted), ("estimate", expected.estimate)):
        said = claim[key]
        if wanted is None and key == "estimate":
            continue
        if (said is None) != (wanted is None) or (
            said is not None and wanted is not None and not math.isclose(said, wanted, rel_tol=1e-3, abs_tol=5e-7)
        ):
            yield f"gives {key} {said}, the files give {wanted}"


# --- Sentences -------------------------------------------------------------------------------------


def text_faults(edition: Edition) -> Iterator[str]:
    """Words that do not say what is claimed, and numbers that are not those of the figures."""
    founded = [claim for claim in edition.claims if all(name in edition.figures for name in claim["figures"])]
    ordered = sorted(founded, key=lambda claim: claim["text"])
    for text, group in groupby(ordered, key=lambda claim: str(claim["text"])):
        claims = list(group)
        yield from (f"'{text}': {fault}" for fault in _sentence_faults(edition, text, claims))


def _sentence_faults(edition: Edition, text: str, claims: list[Claim]) -> Iterator[str]:
    for claim in claims:
        if not any(words in text for words in SAYS[claim["direction"]]):
            yield f"does not say '{claim['direction']}'"
        others = {"rose": " fell ", "fell": " rose "}
        if others.get(claim["direction"], "\0") in text:
            yield f"says the opposite of '{claim['direction']}'"
    names = {name for claim in claims for name in claim["figures"]}
    figures = [edition.figures[name] for name in names]
    figures += [f for f in edition.figures.values() if f["derived_from"] and set(f["derived_from"]) <= names]
    known = [p for claim in claims for p in (claim["p"], claim["adjusted_p"]) if p is not None]
    yield from p_faults(text, known)
    yield from _season_faults(edition, text, claims)
    yield from _years_faults(edition, text, claims)
    yield from _missing_numbers(text, claims, edition)
    left = without(text, {words for claim in claims for period in claim["periods"] for words in period_words(period)})
    left = without(left, {shown for figure in figures for shown in shown_as(figure)})
    left = without(left, _more_known(edition, claims, text))
    if unaccounted(left):
        yield f"holds {unaccounted(left)}, which no figure accounts for"


def _missing_numbers(text: str, claims: list[Claim], edition: Edition) -> Iterator[str]:
    """Every count that is set beside another stands in the sentence, and with its own period."""
    for claim in claims:
        aspect = claim["sentence_id"].partition(".")[0]
        figures = [edition.figures[name] for name in claim["figures"]]
        if aspect not in SHOWING:
            continue
        if aspect == "change" and any(f["value"] is None for f in figures):
            continue
        for figure in (figures[0], figures[-1]) if aspect == "years" else figures:
            if figure["value"] != 0 and not any(_stands(text, shown) for shown in shown_as(figure)):
                yield f"does not show {figure['figure_id']}"
        if aspect == "change" and not any(_in_order(text, figures, words) for words in ("before", "after")):
            yield "sets a number beside another period than its own"
        name = figures[-1]["area_name"].partition(" (")[0]
        if claim["direction"] in ("rose", "fell") and name not in text:
            yield f"does not name {name}"


def _season_faults(edition: Edition, text: str, claims: list[Claim]) -> Iterator[str]:
    """Months named as highest or lowest that do not stand out, and those left out that do."""
    for claim in claims:
        if claim["direction"] == "seasonal":
            total = edition.figures[claim["figures"][0]]
            peaks, troughs = standing_out(first_calendar_month(total), edition.series(total["figure_id"]))
            for word, months in (("highest", peaks), ("lowest", troughs)):
                said = text.partition(f"They are {word} in ")[2].partition(".")[0]
                if {name for name in NAMES if name in said} != {NAMES[month] for month in months}:
                    yield f"names '{said}' as {word}, the files say {[NAMES[month] for month in months]}"


def _years_faults(edition: Edition, text: str, claims: list[Claim]) -> Iterator[str]:
    """Years said to have risen, fallen or neither that did another thing."""
    for claim in claims:
        if claim["sentence_id"].startswith("years."):
            steps = steps_of(edition, [edition.figures[name] for name in claim["figures"]])
            wanted = {verb: {f["period"] for f in years} for verb, years in steps.items() if years}
            for verb, periods in wanted.items() if claim["direction"] == "not-consistent" else ():
                said = re.search(rf"{verb} (?:in|of) ((?:[\d/, ]|and(?= \d))*)", text.partition("not evenly: ")[2])
                if said is None or set(re.findall(r"\d{4}/\d{2}", said[1])) != periods:
                    yield f"does not say '{verb}' of {sorted(periods)}"
            for verb, word in (("rose", "rising"), ("fell", "falling")):
                if claim["direction"] == "consistent" and (verb in wanted) != (f", {word} every year" in text):
                    yield f"does not say '{word} every year' as the years do"


def _stands(text: str, shown: str) -> bool:
    return without(text, [shown]) != text


def _in_order(text: str, figures: list[Figure], first: str) -> bool:
    """Whether number, period, number, period stand in one order or the other."""
    at = -1
    for figure in figures if first == "before" else reversed(figures):
        places = [text.find(shown, at + 1) for shown in sorted(shown_as(figure), key=len, reverse=True)]
        places = [place for place in places if place >= 0]
        if not places:
            return False
        spans = [text.find(f" in {words}", min(places)) for words in period_words(figure["period"])]
        spans = [place for place in spans if place >= 0]
        if not spans:
            return False
        at = min(spans)
    return True


def _more_known(edition: Edition, claims: list[Claim], text: str) -> set[str]:
    """Numbers that belong to a test: months of a stretch, peers, per how many."""
    known: set[str] = set()
    for claim in claims:
        figures: list[Mapping[str, Any]] = [edition.figures[name] for name in claim["figures"]]
        aspect = claim["sentence_id"].partition(".")[0]
        if any("per 1,000" in f["unit"] for f in figures):
            known |= {"per 1,000 residents", "per 1,000 households"}
        if aspect == "trend":
            known.add(f"{len(months_of(figures[0]['period']))} unbroken months")
        if aspect in ("peers", "alike"):
            number = sum(
                f["measure"] == figures[1]["measure"]
                and f["period"] == figures[1]["period"]
                and f["area"] in edition.peers
                and f["value"] is not None
                for f in edition.figures.values()
            )
            known |= {
                f"{shown} most similar partnerships" for shown in shown_as({"value": number, "unit": "", "status": ""})
            }
        if aspect == "years":
            known |= {f"{shown} years" for shown in shown_as({"value": len(figures), "unit": "", "status": ""})}
        known |= {"95 per cent", "the two periods", "the two figures"}
    return known

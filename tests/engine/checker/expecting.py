"""What each kind of claim ought to say, from counts made again in the raw files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from tests.engine.checker import statistics as again
from tests.engine.checker.edition import Edition, Figure
from tests.engine.checker.months import season, trend
from tests.engine.checker.wording import month_number, months_of

Claim = Mapping[str, Any]
TEST_WORDS = {
    "exact": "exact conditional test",
    "E-test": "E-test of two Poisson counts",
    "quasi-Poisson": "quasi-Poisson test of the same months",
    "log-linear": "quasi-Poisson log-linear trend",
    "Kendall": "Kendall's tau",
    "F": "F test",
    "chi-square": "chi-square",
}


@dataclass(frozen=True)
class Expected:
    """What a claim ought to say. `family` holds the p-values it was adjusted over, None where not adjusted."""

    direction: str
    test: str = ""
    p: float | None = None
    adjusted: float | None = None
    estimate: float | None = None


def changed(edition: Edition, before: Figure, after: Figure) -> again.Found:
    """The test that two counts of one measure can bear."""
    ids = before["figure_id"], after["figure_id"]
    found: again.Found = edition.once(("changed", ids), lambda: _changed(edition, ids))
    return found


def _changed(edition: Edition, ids: tuple[str, str]) -> again.Found:
    if any(edition.yearly_or_invented(name) for name in ids):
        return again.exact(*(edition.raw.total(edition.traces[name]) for name in ids))
    return again.paired_months(*(edition.series(name) for name in ids))


def family_of_changes(edition: Edition, family: str) -> list[float]:
    """P-values of all comparisons of a family, in the order of the report's definition."""
    official = "official" in family
    found: list[float] = edition.once(("family", official), lambda: _family_of_changes(edition, official))
    return found


def _family_of_changes(edition: Edition, official: bool) -> list[float]:
    found: list[float] = []
    for theme in edition.themes:
        listed = theme.get("official", []) if official else [theme["lead"], *theme.get("measures", [])]
        for reference in listed:
            key = reference.partition(":")[2]
            pair = edition.pair(key) if edition.definition("measures", key)["kind"] == "count" else None
            if pair and all(f["value"] is not None for f in pair) and not edition.broken(*pair):
                found.append(changed(edition, *pair).p)
    return found


def family_of_series(edition: Edition, test: Callable[..., again.Found], needed: int, mean: float) -> list[float]:
    """P-values of the trends, or of the seasons, of all leading measures."""
    found = []
    for theme in edition.themes:
        total = stretch_of(edition, theme["lead"].partition(":")[2])
        counts = edition.series(total["figure_id"]) if total else []
        if total and len(counts) >= needed and sum(counts) / len(counts) >= mean:
            found.append(test(first_calendar_month(total), counts).p)
    return found


def stretch_of(edition: Edition, measure: str) -> Figure | None:
    """The figure over the stretch of months that a measure's trend was tested on."""
    for figure in edition.figures.values():
        if figure["measure"] == measure and figure["variant"] == "trend":
            return edition.figures[figure["derived_from"][0]]
    return None


def first_calendar_month(figure: Figure) -> int:
    return int(months_of(figure["period"])[0][5:]) - 1


def adjusted(p: float, family: list[float]) -> float | None:
    """The adjusted p-value of one test of a family; None where it is the only one."""
    if len(family) < 2:
        return None
    nearest = min(range(len(family)), key=lambda i: abs(family[i] - p))
    return again.benjamini_hochberg(family)[nearest]


def expect_change(edition: Edition, claim: Claim, figures: list[Figure]) -> Expected:
    before, after = figures
    if before["value"] is None or after["value"] is None:
        return Expected("no-data")
    if edition.broken(before, after):
        return Expected("definition-change")
    found = changed(edition, before, after)
    over = adjusted(found.p, family_of_changes(edition, claim["family"])) if claim["family"] else None
    counts = [edition.raw.total(edition.traces[f["figure_id"]]) for f in figures]
    direction = again.verdict(*counts, found, found.p)
    if direction in ("rose", "fell") and over is not None and over >= again.LEVEL:
        direction = "no-clear-change"
    return Expected(direction, found.test, found.p, over, found.estimate)


def expect_redefined(edition: Edition, claim: Claim, figures: list[Figure]) -> Expected:
    """A part of a total across a new rule: tested as counts, but no direction claimed."""
    found = again.exact(*(edition.raw.total(edition.traces[f["figure_id"]]) for f in figures))
    direction = "definition-change" if edition.broken(*figures) and found.p < again.LEVEL else "no-redefinition"
    return Expected(direction, found.test, found.p, None, found.estimate)


def expect_level(edition: Edition, claim: Claim, figures: list[Figure]) -> Expected:
    return Expected("level" if all(f["value"] is not None for f in figures) else "no-data")


def expect_absent(edition: Edition, claim: Claim, figures: list[Figure]) -> Expected:
    return Expected("no-data" if all(f["value"] is None for f in figures) else "level")


def expect_trend(edition: Edition, claim: Claim, figures: list[Figure]) -> Expected:
    total = figures[0]
    found = trend(first_calendar_month(total), edition.series(total["figure_id"]))
    over = adjusted(found.p, family_of_series(edition, trend, 12, 0)) if claim["family"] else None
    clear = found.p < again.LEVEL and (over is None or over < again.LEVEL)
    direction = "no-clear-trend" if not clear else "rising" if (found.estimate or 0) > 0 else "falling"
    return Expected(direction, found.test, found.p, over, found.estimate)


def expect_season(edition: Edition, claim: Claim, figures: list[Figure]) -> Expected:
    found = season(first_calendar_month(figures[0]), edition.series(figures[0]["figure_id"]))
    over = adjusted(found.p, family_of_series(edition, season, 24, 5)) if claim["family"] else None
    seasonal = found.p < again.LEVEL and (over is None or over < again.LEVEL)
    return Expected("seasonal" if seasonal else "not-seasonal", found.test, found.p, over, found.estimate)


def expect_peers(edition: Edition, claim: Claim, figures: list[Figure]) -> Expected:
    mean, own = figures
    by_area = {
        f["area"]: f
        for f in edition.figures.values()
        if f["measure"] == own["measure"] and f["period"] == own["period"] and not f["variant"]
    }
    peers = [by_area[key] for key in edition.peers if key in by_area and by_area[key]["value"] is not None]
    counts = [edition.raw.total(edition.traces[f["figure_id"]]) for f in peers]
    per = own["value"] * own["denominator"] / own["numerator"]
    limits = again.funnel(own["denominator"], counts, [f["denominator"] for f in peers], per)
    rate = per * edition.raw.total(edition.traces[own["figure_id"]]) / own["denominator"]
    if abs(limits.mean - mean["value"]) > 1e-9 * limits.mean:
        return Expected(f"a mean of {limits.mean}, not {mean['value']}")
    return Expected(
        limits.direction(rate) if len(peers) >= 4 else "too few peers", "funnel limits", estimate=rate / limits.mean
    )


def ranked_districts(edition: Edition, measure: str, period: str) -> list[Figure]:
    """The rates of the partnership's districts, the lowest first."""
    rates = {
        f["area"]: f
        for f in edition.figures.values()
        if f["area"] in edition.districts and (f["measure"], f["period"]) == (measure, period) and not f["variant"]
    }
    return sorted(rates.values(), key=lambda f: (f["value"], f["area"]))


def apart(edition: Edition, ranked: list[Figure]) -> again.Found:
    """Lowest and highest month by month; p allows for the choice of the pair."""
    ends = ranked[0], ranked[-1]
    found = again.paired_months(*(edition.series(f["figure_id"]) for f in ends), tuple(f["denominator"] for f in ends))
    return replace(found, p=min(1.0, found.p * len(ranked) * (len(ranked) - 1) / 2))


def family_of_districts(edition: Edition) -> list[float]:
    """P-values of the districts of every theme whose leading measure has a rate."""
    found = []
    for theme in edition.themes:
        lead = edition.definition("measures", theme["lead"].partition(":")[2])["numerator"]
        listed = [reference.partition(":")[2] for reference in theme.get("measures", [])]
        told = [(key, edition.definition("measures", key)) for key in listed]
        rate = next((key for key, m in told if m["kind"] == "rate" and m["numerator"] == lead), "")
        shown = [f for f in edition.figures.values() if f["measure"] == rate and f["area"] in edition.districts]
        ranked = ranked_districts(edition, rate, shown[0]["period"]) if shown else []
        if len(ranked) > 1:
            found.append(apart(edition, ranked).p)
    return found


def expect_districts(edition: Edition, claim: Claim, figures: list[Figure]) -> Expected:
    """The lowest and the highest rate of the partnership's districts, and whether they lie apart."""
    ranked = ranked_districts(edition, figures[0]["measure"], figures[0]["period"])
    if [f["value"] for f in figures] != [ranked[0]["value"], ranked[-1]["value"]]:
        return Expected(f"{ranked[0]['value']} and {ranked[-1]['value']} as lowest and highest")
    found = apart(edition, ranked)
    over = adjusted(found.p, edition.once("districts", lambda: family_of_districts(edition)))
    counts = [sum(edition.series(f["figure_id"])) for f in figures]
    differ = again.verdict(*counts, found, max(found.p, over or 0.0)) in ("rose", "fell")
    return Expected("higher" if differ else "similar", found.test, found.p, over, found.estimate)


def expect_concentration(edition: Edition, claim: Claim, figures: list[Figure]) -> Expected:
    total, every, half = figures
    counts = edition.raw.by_small_area(edition.traces[total["figure_id"]])
    number = again.fewest_for_half(counts)
    if (len(counts), number) != (every["value"], half["value"]):
        return Expected(f"{number} of {len(counts)} small areas, not {half['value']:.0f} of {every['value']:.0f}")
    p = again.dispersion_of_areas(counts)
    alike = {c["figures"][0] for c in edition.claims if c["sentence_id"].startswith("concentration.")}
    family = [again.dispersion_of_areas(edition.raw.by_small_area(edition.traces[name])) for name in sorted(alike)]
    over = adjusted(p, family) if claim["family"] else None
    gathered = p < again.LEVEL and (over is None or over < again.LEVEL)
    return Expected(
        "concentrated" if gathered else "not-concentrated", "index of dispersion", p, over, number / len(counts)
    )


def steps_of(edition: Edition, figures: list[Figure]) -> dict[str, list[Figure]]:
    """Years by what the exact test says of each beside the year before; nothing across a new rule."""
    found: dict[str, list[Figure]] = {"rose": [], "fell": [], "did not clearly change": [], "nothing is said": []}
    for before, after in pairwise(figures):
        if edition.broken(before, after):
            found["nothing is said"].append(after)
            continue
        counts = [edition.raw.total(edition.traces[f["figure_id"]]) for f in (before, after)]
        test = again.exact(*counts)
        found.get(again.verdict(*counts, test, test.p), found["did not clearly change"]).append(after)
    return found


def expect_years(edition: Edition, claim: Claim, figures: list[Figure]) -> Expected:
    """Whether a count rose, or fell, in every year of an unbroken row of years."""
    starts = [month_number(months_of(f["period"])[0]) for f in figures]
    if any(b - a != 12 for a, b in pairwise(starts)):
        return Expected("years that do not follow each other")
    steps = steps_of(edition, figures)
    even = len(figures) - 1 in (len(steps["rose"]), len(steps["fell"]))
    return Expected("consistent" if even else "not-consistent", "exact")


EXPECTING: Mapping[str, Callable[[Edition, Claim, list[Figure]], Expected]] = {
    "change": expect_change,
    "steady": expect_change,
    "redefined": expect_redefined,
    "level": expect_level,
    "years": expect_years,
    "absent": expect_absent,
    "trend": expect_trend,
    "season": expect_season,
    "redefined-total": expect_change,
    "peers": expect_peers,
    "alike": expect_peers,
    "districts": expect_districts,
    "concentration": expect_concentration,
}

"""What each kind of claim ought to say, from counts made again in the raw files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from tests.engine.checker import statistics as again
from tests.engine.checker.edition import Edition, Figure
from tests.engine.checker.months import season, trend
from tests.engine.checker.wording import months_of

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


def expect_districts(edition: Edition, claim: Claim, figures: list[Figure]) -> Expected:
    """The lowest and the highest rate of the partnership's districts, and whether they lie apart."""
    rates = {
        f["area"]: f
        for f in edition.figures.values()
        if f["measure"] == figures[0]["measure"]
        and f["period"] == figures[0]["period"]
        and f["area"] in edition.districts
    }
    ranked = sorted(f["value"] for f in rates.values())
    if [f["value"] for f in figures] != [ranked[0], ranked[-1]]:
        return Expected(f"{ranked[0]} and {ranked[-1]} as lowest and highest")
    sizes = figures[0]["denominator"], figures[1]["denominator"]
    found = again.paired_months(*(edition.series(f["figure_id"]) for f in figures), sizes)
    p = min(1.0, found.p * len(list(combinations(ranked, 2))))
    counts = [sum(edition.series(f["figure_id"])) for f in figures]
    apart = again.verdict(*counts, found, found.p) in ("rose", "fell") and p < again.LEVEL
    return Expected("higher" if apart else "similar", found.test, p, None, found.estimate)


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


EXPECTING: Mapping[str, Callable[[Edition, Claim, list[Figure]], Expected]] = {
    "change": expect_change,
    "steady": expect_change,
    "redefined": expect_redefined,
    "level": expect_level,
    "absent": expect_absent,
    "trend": expect_trend,
    "season": expect_season,
    "peers": expect_peers,
    "districts": expect_districts,
    "concentration": expect_concentration,
}

"""Did it really rise or fall? Change between two counts, or between the same months of two periods."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from frankpledge.engine.analysis.arguments import (
    FloatArray,
    require_count,
    require_counts,
    require_level,
    require_positive,
    require_vector,
)
from frankpledge.engine.analysis.two_counts import e_test_p, exact_p, exact_ratio_limits, mid_p_ratio_limits

CountTest = Literal["e-test", "exact"]
ChangeMethod = Literal["e-test", "exact", "quasi-poisson"]
ChangeVerdict = Literal["rose", "fell", "no-clear-change", "too-few"]

FEW = 5  # both counts below this: a verdict either way would rest on a handful of incidents
SMALL = 10  # a count below this never carries an arrow (design: direction of travel)
FEWEST_PAIRS = 3  # fewer pairs of months cannot show how much months scatter beyond counting chance
ENOUGH_PAIRS = 6  # fewer than this and the scatter is measured, but poorly

COUNTING_CHANCE_ONLY = "The test covers counting chance only."
TOO_FEW = "Too few incidents for a test to tell a change from chance."
SMALL_COUNT = "One of the counts is below 10: show no arrow and no percentage."
NONE_BEFORE = "No incident before, so a percentage change does not exist."
PAIRS_DROPPED = "Months without data in either period were left out, with their partner month."
FEW_PAIRS = "Few pairs of months: how much months scatter is itself uncertain."
OVERDISPERSED = "Months scatter more than counting chance; the test allows for it."


@dataclass(frozen=True)
class CountChange:
    """A change from `before` to `after` with its test.

    `difference` is after less before; `ratio` is rate after / rate before (equal exposures: of the
    counts) with limits `lower` and `upper` at `level`; `percent` is 100 (ratio - 1). `ratio`,
    `percent` and `upper` are None when nothing happened before. `p` is two-sided, 0 to 1.
    `verdict` is `too-few` when both counts are below 5 or no split of their sum could reach
    significance; else it follows p alone. `n` is the number of pairs of months compared (1 for two
    plain counts); `dispersion` is variance over mean among months (None where not estimated), `df`
    its degrees of freedom.
    """

    before: int
    after: int
    difference: int
    percent: float | None
    ratio: float | None
    lower: float
    upper: float | None
    p: float
    level: float
    method: ChangeMethod
    verdict: ChangeVerdict
    caveats: tuple[str, ...] = ()
    n: int = 1
    dispersion: float | None = None
    df: int | None = None

    @property
    def estimate(self) -> float | None:
        """The ratio, under the name that every result of this package uses."""
        return self.ratio


def z_of_counts(before: int, after: int) -> float:
    """Standard deviate of the difference of two counts over equal periods: sqrt 2 (sqrt after - sqrt before).

    Each square root of a Poisson count has variance about 1/4, so their difference has variance
    1/2. (The often-seen 2 (sqrt after - sqrt before) has variance 2 and calls 17 per cent of
    unchanged pairs significant at 1.96.) For display; decisions rest on `compare_counts`.

    >>> round(z_of_counts(2484, 2264), 2), round(z_of_counts(3, 7), 2)
    (-3.19, 1.29)
    """
    return math.sqrt(2) * (math.sqrt(require_count("after", after)) - math.sqrt(require_count("before", before)))


def _reachable(total: int, exposure_before: float, exposure_after: float, method: CountTest, alpha: float) -> bool:
    """Whether any split of `total` incidents over the two periods has p below `alpha`."""
    if total > 50 and 0.05 < exposure_after / (exposure_before + exposure_after) < 0.95:
        return True
    test = e_test_p if method == "e-test" else exact_p
    return any(test(*split, exposure_before, exposure_after) < alpha for split in ((0, total), (total, 0)))


def _verdict(before: int, after: int, *, ratio: float | None, p: float, alpha: float, reachable: bool) -> ChangeVerdict:
    if (before < FEW and after < FEW) or not reachable:
        return "too-few"
    if p >= alpha:
        return "no-clear-change"
    return "rose" if ratio is None or ratio > 1 else "fell"


def _agreeing(lower: float, upper: float | None, ratio: float | None, rejected: bool) -> tuple[float, float | None]:
    """Limits that leave out 1, or end at it, exactly when no change is rejected.

    Limits and test are two roundings of the same discrete truth: where they disagree by a hair,
    p decides and the limit nearer to 1 is moved to 1.
    """
    if not rejected:
        return min(lower, 1.0), upper if upper is None else max(upper, 1.0)
    if ratio is None or ratio > 1:
        return max(lower, 1.0), upper
    return lower, upper if upper is None else min(upper, 1.0)


def compare_counts(
    before: int,
    after: int,
    *,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    method: CountTest = "e-test",
    level: float = 0.95,
) -> CountChange:
    """Compare two counts of incidents as two Poisson counts.

    `before` and `after` are whole numbers of at least 0; the exposures (length of period, residents)
    are above 0 in any one unit. `e-test` is Krishnamoorthy & Thomson (2004) with mid-p limits,
    `exact` the conditional binomial test with Clopper-Pearson limits. Either covers counting chance
    only: crime scatters more than that, so use `compare_months` where months are known.

    Raises ValueError for counts that are not whole numbers of at least zero, exposures not above
    zero, a level outside (0, 1) or an unknown method.

    >>> found = compare_counts(16, 25)
    >>> found.verdict, round(found.p, 3), round(found.percent, 1)
    ('no-clear-change', 0.165, 56.2)
    >>> compare_counts(950, 1635).verdict
    'rose'
    >>> compare_counts(1, 3).verdict
    'too-few'
    """
    first, second = require_count("before", before), require_count("after", after)
    exposures = require_positive("exposure_before", exposure_before), require_positive("exposure_after", exposure_after)
    relative, alpha = exposures[0] / exposures[1], 1 - require_level(level)
    if method == "e-test":
        p = e_test_p(first, second, *exposures)
        lower, upper = mid_p_ratio_limits(first, second, relative, level)
    elif method == "exact":
        p = exact_p(first, second, *exposures)
        lower, upper = exact_ratio_limits(first, second, relative, level)
    else:
        raise ValueError(f"method must be 'e-test' or 'exact', not {method!r}.")
    ratio = (second / exposures[1]) / (first / exposures[0]) if first else None
    reachable = _reachable(first + second, *exposures, method, alpha)
    verdict = _verdict(first, second, ratio=ratio, p=p, alpha=alpha, reachable=reachable)
    lower, upper = _agreeing(lower, upper, ratio, p < alpha)
    return CountChange(
        before=first,
        after=second,
        difference=second - first,
        percent=None if ratio is None else 100 * (ratio - 1),
        ratio=ratio,
        lower=lower,
        upper=upper,
        p=p,
        level=level,
        method=method,
        verdict=verdict,
        caveats=_caveats(first, second, verdict, COUNTING_CHANCE_ONLY),
    )


def _caveats(before: int, after: int, verdict: ChangeVerdict, *more: str) -> tuple[str, ...]:
    said = list(more)
    if verdict == "too-few":
        said.append(TOO_FEW)
    if before == 0:
        said.append(NONE_BEFORE)
    if min(before, after) < SMALL:
        said.append(SMALL_COUNT)
    return tuple(said)


def _overall_exposure(totals: FloatArray, relative: FloatArray) -> float:
    """Exposure after / before of all pairs together, each pair weighing as it has incidents."""
    if totals.sum() == 0:
        return float(relative.mean()) if relative.size else 1.0
    share = float((totals * relative / (1 + relative)).sum() / totals.sum())
    return share / (1 - share)


def _fit_common_ratio(before: FloatArray, after: FloatArray, relative: FloatArray) -> tuple[float, float, float]:
    """Common log ratio of paired Poisson months, its variance at dispersion 1, and Pearson's chi-square.

    Given each pair's total the later month is binomial with odds `ratio * relative`, so the month
    effects drop out (the log-linear model month + period, McCullagh & Nelder 1989 §6.4).
    """
    total = before + after
    log_ratio = math.log(after.sum() / (total * relative / (1 + relative)).sum())
    for _ in range(100):
        share = special.expit(log_ratio + np.log(relative))
        spread = float((total * share * (1 - share)).sum())
        step = float((after - total * share).sum()) / spread
        log_ratio += max(-2.0, min(2.0, step))
        if abs(step) < 1e-12:
            break
    share = special.expit(log_ratio + np.log(relative))
    variance = total * share * (1 - share)
    return log_ratio, 1 / float(variance.sum()), float(((after - total * share) ** 2 / variance).sum())


def compare_months(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    exposure_before: npt.ArrayLike = 1.0,
    exposure_after: npt.ArrayLike = 1.0,
    level: float = 0.95,
) -> CountChange:
    """Compare the same months of two periods, allowing for months that scatter more than chance.

    `before` and `after` are equally long; element i of both is the same month of the year, so the
    season cancels. NaN is no data: that pair is left out and a caveat says so. The exposures (for
    instance days in the month) are numbers or arrays of the same length, above 0.

    The dispersion is Pearson's chi-square over its degrees of freedom (pairs - 1) in the log-linear
    model month + period. Above 1 the test is quasi-Poisson with Student's t (Wedderburn 1974); at or
    below 1 the variance is not taken to be less than Poisson and the E-test decides. With fewer than
    three usable pairs, or no incident in one of the periods, the exact test is used and covers
    counting chance only. Simulated false alarms at 5 per cent: 3 to 7 per cent for dispersion 1 to 20
    and 3 to 12 pairs (the E-test alone: up to 66).

    Raises ValueError for arrays of different length, negative or infinite counts, counts that are
    not whole, exposures not above zero or a level outside (0, 1).

    >>> found = compare_months([100, 140, 90, 120], [170, 120, 160, 130])
    >>> found.verdict, found.method, round(found.dispersion, 1)
    ('no-clear-change', 'quasi-poisson', 7.9)
    """
    first, second, relative, dropped = _pairs(before, after, exposure_before, exposure_after)
    totals = int(first.sum()), int(second.sum())
    informative = first + second > 0
    df = int(informative.sum()) - 1
    overall = _overall_exposure(first + second, relative)
    extra = ((PAIRS_DROPPED,) if dropped else ()) + ((FEW_PAIRS,) if FEWEST_PAIRS <= df + 1 < ENOUGH_PAIRS else ())
    if df < FEWEST_PAIRS - 1 or 0 in totals:
        plain = compare_counts(*totals, exposure_after=overall, method="exact", level=level)
        return _as_months(plain, first.size, None, None, extra)
    log_ratio, variance, chi_square = _fit_common_ratio(first[informative], second[informative], relative[informative])
    dispersion = chi_square / df
    if dispersion <= 1:
        plain = compare_counts(*totals, exposure_after=overall, level=level)
        return _as_months(plain, first.size, dispersion, df, extra)
    alpha = 1 - require_level(level)
    error = math.sqrt(variance * dispersion)
    p = float(2 * stats.t.sf(abs(log_ratio) / error, df))
    half = float(stats.t.isf(alpha / 2, df)) * error
    ratio = math.exp(log_ratio)
    reachable = _reachable(sum(totals), 1.0, overall, "e-test", alpha)
    verdict = _verdict(*totals, ratio=ratio, p=p, alpha=alpha, reachable=reachable)
    return CountChange(
        before=totals[0],
        after=totals[1],
        difference=totals[1] - totals[0],
        percent=100 * (ratio - 1),
        ratio=ratio,
        lower=math.exp(log_ratio - half),
        upper=math.exp(log_ratio + half),
        p=p,
        level=level,
        method="quasi-poisson",
        verdict=verdict,
        caveats=_caveats(*totals, verdict, OVERDISPERSED, *extra),
        n=first.size,
        dispersion=dispersion,
        df=df,
    )


def _pairs(
    before: npt.ArrayLike, after: npt.ArrayLike, exposure_before: npt.ArrayLike, exposure_after: npt.ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray, bool]:
    """Usable pairs, their exposure after / before, and whether a pair had to be dropped."""
    first, second = require_counts("before", before), require_counts("after", after)
    if first.shape != second.shape:
        raise ValueError(f"before and after must be equally long, not {first.size} and {second.size} months.")
    exposures = []
    for name, given in (("exposure_before", exposure_before), ("exposure_after", exposure_after)):
        array = np.broadcast_to(np.asarray(given, dtype=np.float64), first.shape)
        if not (np.isfinite(array) & (array > 0)).all():
            raise ValueError(f"{name} must be above zero in every month.")
        exposures.append(array)
    known = ~(np.isnan(first) | np.isnan(second))
    for name, values in (("before", first[known]), ("after", second[known])):
        if (values != np.round(values)).any():
            raise ValueError(f"{name} must hold whole numbers of incidents.")
    return first[known], second[known], (exposures[1] / exposures[0])[known], not bool(known.all())


def _as_months(
    plain: CountChange, pairs: int, dispersion: float | None, df: int | None, extra: tuple[str, ...]
) -> CountChange:
    """A comparison of totals, told as one of `pairs` pairs of months."""
    said = plain.caveats if dispersion is None else tuple(c for c in plain.caveats if c != COUNTING_CHANCE_ONLY)
    fields = {**plain.__dict__, "n": pairs, "dispersion": dispersion, "df": df, "caveats": (*said, *extra)}
    return CountChange(**fields)


def false_discovery(p: npt.ArrayLike) -> FloatArray:
    """Benjamini & Hochberg (1995) adjusted p-values for a page of comparisons, in the order given.

    `p` is one-dimensional, each value in 0 to 1 or NaN (not tested). NaN stays NaN and does not
    count as a test. Calling significant whatever is below q keeps the expected share of false
    alarms among the calls at or below q.

    Raises ValueError for values outside 0 to 1.

    >>> [round(float(x), 4) for x in false_discovery([0.01, 0.04, float("nan"), 0.03])]
    [0.03, 0.04, nan, 0.04]
    """
    values = require_vector("p", p)
    tested = ~np.isnan(values)
    given = values[tested]
    if ((given < 0) | (given > 1)).any():
        raise ValueError("p must hold values from 0 to 1, or NaN for a comparison that was not tested.")
    adjusted = values.copy()
    order = np.argsort(given)[::-1]
    steps = given[order] * given.size / np.arange(given.size, 0, -1)
    back = np.empty_like(given)
    back[order] = np.minimum.accumulate(steps)
    adjusted[tested] = np.minimum(back, 1.0)
    return adjusted

"""Process control against the published data sets and the NHS rules, one at a time."""

from __future__ import annotations

import numpy as np
import pytest

from frankpledge.engine.analysis.control import TOO_FEW_POINTS, TRIAL, in_runs, process_control

NAN = float("nan")
# Fourteen calm points around 100, of which no rule makes anything.
CALM = [101.0, 99, 102, 98, 100, 103, 97, 101, 98, 102, 99, 100, 101, 99]


def rules(values, **options):
    return {signal.rule: signal.points for signal in process_control(values, **options).signals}


def test_the_data_set_for_verifying_software(reference):
    case = reference("xmr_verifying_software")  # Wheeler, Making Sense of Data, p. 382
    expected, near = case["expected"], pytest.approx
    found = process_control(case["inputs"]["x"])
    assert found.estimate == near(expected["mean"], abs=0.01)
    assert found.mean_range == near(expected["mr_mean"], abs=0.01)
    assert (found.lower, found.upper) == near((expected["lnpl"], expected["unpl"]), abs=0.01)
    assert found.range_limit == near(expected["url"], abs=0.01)
    assert list(found.moving_ranges) == expected["moving_ranges"]
    assert 15 in found.flagged  # 5,200 lies above 5,082


def test_median_moving_range(reference):
    case = reference("xmr_median_mr")  # Wheeler, Making Sense of Data, p. 145
    expected = case["expected"]
    found = process_control(case["inputs"]["x"], ranges="median")
    assert found.estimate == pytest.approx(expected["mean"], abs=0.01)
    assert found.mean_range == pytest.approx(expected["median_mr"], abs=0.01)
    assert found.upper == pytest.approx(expected["unpl"], abs=0.01)
    assert found.lower == pytest.approx(expected["lnpl"], abs=0.01)
    assert found.range_limit == pytest.approx(expected["url"], abs=0.01)


def test_a_run_about_the_centre_line(reference):
    case = reference("spc_run_rule_smokers")  # Wheeler, Making Sense of Data, Table 8.1
    expected = tuple(np.flatnonzero(case["expected"]["flag"]))
    assert rules(case["inputs"]["x"], run_length=8)["one-side"] == expected
    assert "one-side" not in rules(case["inputs"]["x"], run_length=9)


def test_scaling_constants_follow_from_the_table_of_shewhart_constants(reference):
    constants = reference("control_chart_constants")["expected"]  # ASTM, Montgomery
    found = process_control([0.0, 1.0] * 10)
    assert found.upper - found.estimate == pytest.approx(constants["E2_n2"], abs=0.001)
    assert found.upper - found.estimate == pytest.approx(3 / constants["d2"][0], abs=0.001)
    assert found.range_limit == pytest.approx(constants["D4"][0], abs=0.0011)


def test_domain_vector_v3_seven_points_give_trial_limits_and_no_exception():
    found = process_control([281, 281, 253, 240, 257, 254, 245])
    assert [round(x, 2) for x in (found.estimate, found.mean_range, found.lower, found.upper)] == [
        258.71,
        11.67,
        227.68,
        289.75,
    ]
    assert found.trial and TRIAL in found.caveats and found.flagged == ()


def test_calm_points_break_no_rule():
    assert rules(CALM) == {}


def test_one_point_outside_the_limits():
    assert rules([*CALM, 130.0, 100.0], baseline=14) == {"outside-limits": (14,)}
    assert rules([*CALM, 70.0, 100.0], baseline=14) == {"outside-limits": (14,)}


def test_seven_on_one_side_but_not_six():
    shifted = [102.0, 101, 102, 101.5, 102.5, 101, 102]
    assert rules([*CALM, *shifted], baseline=14) == {"one-side": tuple(range(14, 21))}
    assert rules([*CALM, *shifted[:6]], baseline=14) == {}


def test_seven_rising_or_falling_but_not_six():
    climb = [97.0, 98, 99, 100, 101, 102, 103]
    assert rules([*CALM, *climb], baseline=14) == {"rising": tuple(range(14, 21))}
    assert rules([*CALM, *climb[:6]], baseline=14) == {}
    assert rules([*CALM[:-1], 103.5, *climb[::-1]], baseline=13)["falling"] == tuple(range(13, 21))


def test_two_of_three_in_the_same_outer_third():
    reach = process_control(CALM).upper - process_control(CALM).estimate
    near = 100 + 0.8 * reach
    assert rules([*CALM, near, 100, near], baseline=14) == {"two-of-three": (14, 16)}
    assert rules([*CALM, near, 100, 100, near], baseline=14) == {}
    assert rules([*CALM, near, 200 - near], baseline=14) == {}


def test_a_missing_month_breaks_runs_and_ranges():
    shifted = [102.0, 101, 102, NAN, 102.5, 101, 102, 101]
    assert "one-side" not in rules([*CALM, *shifted], baseline=14)
    found = process_control([10, 12, NAN, 30, 34])
    assert found.mean_range == 3 and found.n == 4
    assert np.isnan(found.moving_ranges[1:3]).all()


def test_too_few_points_is_a_result_with_a_reason():
    for values in ([], [5], [5, NAN, 7]):
        found = process_control(values)
        assert found.estimate is None and found.caveats == (TOO_FEW_POINTS,)


def test_a_floor_cuts_the_lower_limit_only():
    plain, cut = process_control([0, 5, 1, 7] * 4), process_control([0, 5, 1, 7] * 4, floor=0)
    assert plain.lower < 0 == cut.lower
    assert plain.upper == cut.upper


def test_noise_seldom_goes_outside_the_limits():
    rng = np.random.default_rng(4)
    outside = [len(rules(rng.normal(100, 10, 24)).get("outside-limits", ())) for _ in range(200)]
    assert np.sum(outside) / (200 * 24) < 0.012


def test_runs_against_a_slow_loop():
    rng = np.random.default_rng(5)
    for _ in range(30):
        flags = rng.random(25) < 0.6
        slow = [any(flags[s : s + 4].all() for s in range(max(0, i - 3), min(i, 21) + 1)) for i in range(flags.size)]
        assert in_runs(flags, 4).tolist() == slow


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: process_control([[1, 2]]), "values"),
        (lambda: process_control([1, 2], baseline=1), "baseline"),
        (lambda: process_control([1, 2], run_length=1), "run_length"),
        (lambda: process_control([1, 2], ranges="mode"), "ranges"),
    ],
)
def test_a_bad_argument_is_named(call, argument):
    with pytest.raises(ValueError, match=argument):
        call()

"""Harm is a range that names its assumption, never one number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.analysis.harm import MIX_ASSUMED, harm_range

LOW = {"violence": 1.0, "burglary": 100.0, "theft": 1.0}
MIDDLE = {"violence": 20.0, "burglary": 250.0, "theft": 2.0}
HIGH = {"violence": 400.0, "burglary": 270.0, "theft": 5.0}
COUNTS = st.fixed_dictionaries({name: st.integers(0, 1000) for name in LOW})


def test_totals_and_shares_by_hand():
    found = harm_range({"violence": 100, "burglary": 10}, LOW, MIDDLE, HIGH)
    assert (found.lower, found.estimate, found.upper, found.n) == (1100, 4500, 42700, 110)
    violence = found.groups[0]
    assert violence.share_lower == pytest.approx(100 / (100 + 2700))
    assert violence.share_estimate == pytest.approx(2000 / 4500)
    assert violence.share_upper == pytest.approx(40000 / (40000 + 1000))


def test_the_assumed_mix_is_always_stated():
    assert harm_range({}, LOW, MIDDLE, HIGH).caveats == (MIX_ASSUMED,)
    named = harm_range({"theft": 1}, LOW, MIDDLE, HIGH, mix="The mix of 2019/20 in England and Wales.")
    assert named.caveats[0] == named.mix == "The mix of 2019/20 in England and Wales."


def test_antisocial_behaviour_has_no_weight_and_an_unknown_count_is_not_zero():
    found = harm_range({"asb": 900, "theft": None, "burglary": 0, "violence": float("nan")}, LOW, MIDDLE, HIGH)
    assert found.without_weight == ("asb",) and found.without_count == ("theft", "violence")
    assert (found.lower, found.upper, found.n) == (0, 0, 0)
    assert [group.group for group in found.groups] == ["burglary"]
    assert found.groups[0].share_upper is None
    assert any("asb" in caveat for caveat in found.caveats) and any("theft" in caveat for caveat in found.caveats)


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.integers(1, 9))
def test_ranges_nest_and_scale(counts, factor):
    found = harm_range(counts, LOW, MIDDLE, HIGH)
    assert found.lower <= found.estimate <= found.upper
    for group in found.groups:
        if None not in (group.share_lower, group.share_estimate, group.share_upper):
            assert 0 <= group.share_lower <= group.share_estimate <= group.share_upper <= 1
    more = harm_range({name: count * factor for name, count in counts.items()}, LOW, MIDDLE, HIGH)
    assert more.upper == pytest.approx(found.upper * factor)
    assert [g.share_estimate for g in more.groups] == pytest.approx([g.share_estimate for g in found.groups])


@pytest.mark.parametrize(
    ("counts", "low", "argument"),
    [
        ({"theft": -1}, LOW, "counts_by_group"),
        ({"theft": 1.5}, LOW, "counts_by_group"),
        ({"theft": 1}, {**LOW, "theft": 3.0}, "weights of 'theft'"),
        ({"theft": 1}, {**LOW, "theft": -1.0}, "weights of 'theft'"),
    ],
)
def test_a_bad_argument_is_named(counts, low, argument):
    with pytest.raises(ValueError, match=argument):
        harm_range(counts, low, MIDDLE, HIGH)

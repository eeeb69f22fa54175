"""No withheld count can be worked out from the counts and the total that are shown."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.analysis.disclosure import suppress_row
from frankpledge.engine.measures.withholding import withhold

rows = st.lists(st.integers(0, 9), min_size=1, max_size=6)


@settings(max_examples=50, deadline=None)
@given(rows)
def test_it_agrees_with_the_general_rule_for_tables(counts: list[int]) -> None:
    general = suppress_row(counts)
    if general.total is not None:  # here the total is a figure of its own and stays
        hidden = [c is None for c in withhold(counts, 5)]
        assert sum(hidden) == sum(c is None for c in general.cells)
        assert all(h for h, c in zip(hidden, counts, strict=True) if 0 < c < 5)


@settings(max_examples=50, deadline=None)
@given(rows)
def test_a_reader_who_tries_every_table_learns_no_small_count(counts: list[int]) -> None:
    shown = withhold(counts, 5)
    places = [n for n, c in enumerate(shown) if c is None]
    if not places or len(places) > 4 or sum(counts) < 5 or 0 not in counts:
        return
    rest = sum(counts) - sum(c for c in shown if c is not None)
    least = 0 if any(counts[n] == 0 for n in places) else 1
    possible = [t for t in product(range(least, rest + 1), repeat=len(places)) if sum(t) == rest]
    for number, place in enumerate(places):
        if 0 < counts[place] < 5:
            assert len({table[number] for table in possible}) > 1


def test_an_open_source_withholds_nothing() -> None:
    assert withhold([1, 2, 0], 0) == (1, 2, 0)


def test_a_lone_small_count_takes_the_next_smallest_with_it() -> None:
    assert withhold([12, 3, 0, 7], 5) == (12, None, 0, None)


def test_five_ones_take_a_zero_with_them() -> None:
    assert withhold([1, 1, 1, 1, 1, 0], 5) == (None,) * 6

"""Nothing withheld can be worked out from what is shown."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.engine.analysis.disclosure import (
    WITHHELD_BESIDE,
    percentage,
    round_counts,
    suppress_row,
    suppress_table,
)


def guesses(shown, total, least):
    """Every filling of a shown row that fits its total (up to 8 where the total is withheld)."""
    gaps = [i for i, value in enumerate(shown) if value is None]
    left = 8 if total is None else total - sum(value for value in shown if value is not None)
    for fill in itertools.product(range(least, left + 1), repeat=len(gaps)):
        if total is None or sum(fill) == left:
            row = list(shown)
            for place, value in zip(gaps, fill, strict=True):
                row[place] = value
            yield row


def test_domain_vector_v8():
    found = suppress_row([12, 3, 0, 7])
    assert found.cells == (12, None, 0, None)
    assert (found.total, found.small, found.beside) == (22, 1, 1)
    assert WITHHELD_BESIDE in found.caveats
    assert percentage(3, 22).estimate is None


def test_a_row_without_small_counts_is_shown_whole():
    found = suppress_row([12, 5, 0, 7])
    assert found.cells == (12, 5, 0, 7) and found.total == 24 and found.caveats == ()


def test_two_small_counts_whose_sum_gives_them_away_take_a_third_with_them():
    assert suppress_row([1, 1, 9, 30]).cells == (None, None, None, 30)  # 1 + 1 = 2 has one solution
    assert suppress_row([4, 4, 9, 30]).cells == (None, None, 9, 30)  # 8 may be 1 + 7


def test_a_lone_small_count_beside_zeros_is_not_shown_by_its_total():
    found = suppress_row([3, 0, 0])
    assert (found.cells, found.total) == ((None, 0, 0), None)
    alone = suppress_row([3])
    assert alone.cells == (None,) and alone.total is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_every_withheld_count_of_a_row_has_more_than_one_solution(counts):
    found = suppress_row(counts)
    assert all(value is None or value == counts[i] for i, value in enumerate(found.cells))
    assert all(found.cells[i] is None for i, count in enumerate(counts) if 0 < count < 5)
    hidden_zero = any(found.cells[i] is None and count == 0 for i, count in enumerate(counts))
    fits = list(guesses(found.cells, found.total, 0 if hidden_zero else 1))
    for place, count in enumerate(counts):
        if found.cells[place] is None:
            options = {row[place] for row in fits}
            assert count in options and len(options) > 1
            if 0 < count < 5:
                assert max(options) >= 5


def attack(found):
    """Every whole-number table that fits all shown cells and all totals, row by row."""

    def rows(shown, total, room):
        if not shown:
            if total == 0:
                yield ()
            return
        first, *rest = shown
        for value in range(min(total, room[0]) + 1) if first is None else (first,):
            if value <= min(total, room[0]):
                for others in rows(rest, total - value, room[1:]):
                    yield (value, *others)

    def tables(number, room):
        if number == len(found.cells):
            if not any(room):
                yield ()
            return
        for row in rows(list(found.cells[number]), found.row_totals[number], room):
            for others in tables(number + 1, [left - value for left, value in zip(room, row, strict=True)]):
                yield (row, *others)

    return list(tables(0, list(found.column_totals)))


def test_solving_all_sums_at_once_reveals_no_withheld_count():
    rng = np.random.default_rng(5)
    attacked = 0
    for _ in range(40):
        table = rng.integers(0, 11, (3, 3))
        found = suppress_table(table)
        if None in (*found.row_totals, *found.column_totals, found.total) or not found.small:
            continue  # the attack needs totals to keep the number of tables finite
        attacked += 1
        tables = np.array(attack(found))
        assert (tables == table).all(axis=(1, 2)).any()
        for (r, c), count in np.ndenumerate(table):
            options = set(tables[:, r, c].tolist())
            if found.cells[r][c] is None:
                assert len(options) > 1
                assert not 0 < count < 5 or max(options) >= 5
            else:
                assert options == {count}
    assert attacked >= 15


def test_a_table_withholds_a_block_of_four_and_keeps_its_totals():
    found = suppress_table([[12, 3, 7], [20, 30, 40], [9, 15, 11]])
    assert found.cells == ((12, None, None), (20, 30, 40), (9, None, None))
    assert found.row_totals == (22, 90, 35) and found.total == 147
    assert (found.small, found.beside) == (1, 3)


def test_lines_with_two_gaps_each_can_still_give_a_count_away():
    # Two blocks of small counts joined by one cell, the 2: every line has two gaps or more, and yet the
    # totals of the first two rows less those of the first two columns leave exactly that cell.
    table = np.full((4, 4), 30)
    table[:2, :2] = table[2:, 2:] = [[3, 4], [4, 3]]
    table[1, 2] = 2
    small = table < 5
    assert (small.sum(axis=0) >= 2).all() and (small.sum(axis=1) >= 2).all()
    found = suppress_table(table)
    hidden = np.array([[value is None for value in row] for row in found.cells])
    assert hidden[small].all()
    bridge = hidden[:2, 2:].sum() + hidden[2:, :2].sum()
    assert bridge >= 2 and found.row_totals == tuple(table.sum(axis=1))


def test_a_small_total_is_withheld_and_not_given_away_by_the_columns():
    found = suppress_table([[1, 2], [30, 40]])
    assert found.row_totals[0] is None
    # 31 - 30, 42 - 40 or 73 - 70 would each give a small count back.
    for column in range(2):
        assert None in (found.cells[1][column], found.column_totals[column])
    assert None in (found.row_totals[1], found.total)


def test_zeros_are_shown_unless_they_would_reveal():
    table = [[0, 12, 14], [16, 11, 18], [13, 0, 15]]
    assert suppress_table(table).cells == tuple(map(tuple, table))
    kept = suppress_table(table, show_zero=False)
    assert kept.cells[0][0] is None and kept.cells[2][1] is None


def test_a_withheld_value_is_none_and_never_zero():
    rng = np.random.default_rng(1)
    table = rng.poisson(6, (5, 4))
    found = suppress_table(table)
    for shown, true in zip(itertools.chain(*found.cells), table.ravel(), strict=True):
        assert shown is None or shown == true


def test_a_larger_table_withholds_little_beside_its_small_counts():
    rng = np.random.default_rng(2)
    table = rng.poisson(rng.gamma(2, 15, (12, 8)))
    found = suppress_table(table)
    assert found.beside <= 4 * found.small  # a lone small count needs three others: a block of four
    assert suppress_table(table[::-1]).small == found.small


def test_percentages_of_few_are_withheld_with_a_reason():
    assert percentage(5, 19).reason.startswith("Withheld: fewer than 20")
    assert percentage(4, 100).reason == percentage(97, 100).reason == "Withheld: it rests on a small count."
    assert percentage(0, 25).estimate == 0 and percentage(25, 25).estimate == 100
    assert percentage(5, 20).estimate == 25


def test_rounding_is_the_alternative_and_never_makes_nothing_of_something():
    rounded, caveats = round_counts([0, 1, 4, 5, 7, 8, 12, 13, 100])
    assert rounded == (0, None, None, 5, 5, 10, 10, 15, 100)
    assert len(caveats) == 2
    assert len(round_counts([0, 10])[1]) == 1


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda: suppress_table([1, 2]), "table"),
        (lambda: suppress_table([[1.5]]), "table"),
        (lambda: suppress_row([-1]), "table"),
        (lambda: suppress_table([[1]], threshold=0), "threshold"),
        (lambda: percentage(3, 2), "numerator"),
        (lambda: round_counts([5], base=0), "base"),
        (lambda: round_counts([5.5]), "counts"),
    ],
)
def test_a_bad_argument_is_named(call, argument):
    with pytest.raises(ValueError, match=argument):
        call()

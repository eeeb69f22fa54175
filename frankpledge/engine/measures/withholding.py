"""Which counts of one row may be shown beside their known total."""

from __future__ import annotations

from collections.abc import Sequence


def withhold(counts: Sequence[int], threshold: int) -> tuple[int | None, ...]:
    """The counts of a controlled source that may be shown; None for one that is withheld.

    Counts from 1 to `threshold` - 1 are withheld, then the smallest others, until a reader who knows
    the total and the rule can take no withheld count for sure and each could reach the threshold.
    `threshold` 0 withholds nothing. It is the one-row case of `engine.analysis.disclosure` in closed form,
    fast enough for a thousand small areas; the total itself is never withheld here, because it is a
    figure of its own that `compute` has judged.

    >>> withhold([12, 3, 0, 7], 5)
    (12, None, 0, None)
    """
    hidden = [0 < count < threshold for count in counts]
    while any(hidden) and not _safe([c for c, h in zip(counts, hidden, strict=True) if h], threshold):
        shown = [(count == 0, count, number) for number, count in enumerate(counts) if not hidden[number]]
        if not shown:
            break
        hidden[min(shown)[2]] = True
    return tuple(None if gone else count for count, gone in zip(counts, hidden, strict=True))


def _safe(withheld: Sequence[int], threshold: int) -> bool:
    """Whether the sum of what is withheld leaves every part of it open, up to the threshold."""
    least = 0 if 0 in withheld else 1  # a withheld count is known to be above zero, unless a zero had to go too
    highest = sum(withheld) - least * (len(withheld) - 1)
    return len(withheld) > 1 and highest > least and highest >= threshold

"""Which of several counts that add up to a known total may be shown."""

from __future__ import annotations

from collections.abc import Sequence


def withhold(counts: Sequence[int], threshold: int) -> tuple[int | None, ...]:
    """The counts of a controlled source that may be shown; None for one that is withheld."""
    small = [0 < count < threshold for count in counts]
    if sum(small) == 1:
        others = [(count, number) for number, count in enumerate(counts) if count >= threshold]
        if others:
            small[min(others)[1]] = True
    return tuple(None if hidden else count for count, hidden in zip(counts, small, strict=True))

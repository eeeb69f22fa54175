"""Breaks in a series: a dashed upright with its reason, stacked above the plot where there are several."""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.engine.documents.charts.frame import CHARACTER, LINE_HEIGHT, Layer, label, upright, wrapped


@dataclass(frozen=True)
class Breaks:
    """Breaks at pixels from the left of a plot of `width`, each with its reason."""

    marks: tuple[tuple[float, str], ...]
    width: float

    @property
    def _lines(self) -> list[list[str]]:
        found = []
        for x, reason in self.marks:
            room = max(x, self.width - x) - 8
            found.append(wrapped(reason, max(12, int(room / CHARACTER))))
        return found

    @property
    def room(self) -> int:
        """The height (pixels) that the reasons need above the plot."""
        return LINE_HEIGHT * sum(len(lines) for lines in self._lines) + 6 if self.marks else 0

    def layers(self, height: float) -> list[Layer]:
        """The uprights over a plot of this height, and their reasons on the side with more room."""
        drawn: list[Layer] = []
        top = -float(self.room)
        for (x, _), lines in zip(self.marks, self._lines, strict=True):
            to_left = x > self.width / 2
            drawn.append(upright(x, height, top=top + 2))
            drawn.append(
                label(
                    "\n".join(lines),
                    x - 6 if to_left else x + 6,
                    top + LINE_HEIGHT / 2,
                    align="right" if to_left else "left",
                    fontStyle="italic",
                )
            )
            top += LINE_HEIGHT * len(lines)
        return drawn

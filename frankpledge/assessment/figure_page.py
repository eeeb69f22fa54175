"""Where a number comes from: what it is, how it was counted, and the files, each as it is today."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from frankpledge.core.partnerships import Place, home, place_of
from frankpledge.engine.faults import UsageFault
from frankpledge.engine.findings.citing import ORIGIN_WORDS
from frankpledge.engine.findings.wording.numbers import count_text, decimal_text
from frankpledge.engine.measures.raw_filter import Condition
from frankpledge.engine.measures.results import MeasureResult
from frankpledge.engine.measures.trace import Trace, TracedFile, trace

# A shape and a word for each state, so that colour does not speak alone.
FILE_STATES = {
    "as imported": ("met", "●", "as imported", "The file is where it was and its bytes are the same."),
    "altered": ("concern", "▲", "altered", "A file is still there, but its bytes have changed since it was imported."),
    "moved": ("none", "◇", "moved", "No file is at this path any more. Its rows are still in the store."),
}
STATUS_WORDS = {
    "final": "final",
    "provisional": "provisional: may still be revised by its supplier",
    "late": "late: due, and not here yet",
    "suppressed": "suppressed: too small to publish",
    "discontinued": "discontinued: no longer supplied",
    "no-data": "no data",
}


@dataclass(frozen=True)
class FileLine:
    """One file behind the number."""

    name: str
    path: str
    sha256: str
    rows: str
    tone: str
    mark: str
    state: str
    state_words: str
    conditions: tuple[Condition, ...]
    sum_of: tuple[str, ...]
    superseded: bool


@dataclass(frozen=True)
class FigurePage:
    """Everything on the page of a number."""

    trace: Trace
    place: Place | None
    shown: str
    interval: str
    status: str
    origin: str
    over: str
    files: tuple[FileLine, ...]
    states: tuple[str, ...]

    @property
    def figure(self) -> MeasureResult:
        """The figure itself."""
        return self.trace.figure


def figure_page(figure_id: str) -> FigurePage:
    """The page of a figure. `UsageFault` for no such name, `NotPossible` for a figure that is gone."""
    found = trace(figure_id, home())
    figure = found.figure
    files = tuple(_line(file) for file in found.files)
    return FigurePage(
        trace=found,
        place=_place(figure, found),
        shown=shown(figure),
        interval=_interval(figure),
        status=STATUS_WORDS[figure.status] + (f": {figure.reason_words}" if figure.reason else ""),
        origin=ORIGIN_WORDS.get(figure.provenance.origin, "") or "as published",
        over=_over(found),
        files=files,
        states=tuple(dict.fromkeys(line.state_words for line in files)),
    )


def shown(figure: MeasureResult) -> str:
    """The number as people read it; a dash where there is none."""
    if figure.value is None:
        return "–"
    whole = float(figure.value).is_integer() and figure.denominator is None
    return count_text(figure.value) if whole else decimal_text(figure.value, 1 if abs(figure.value) >= 1 else 3)


def _interval(figure: MeasureResult) -> str:
    if figure.lower is None or figure.upper is None or figure.value is None:
        return ""
    places = 0 if figure.denominator is None else 1
    return (
        f"{decimal_text(figure.lower, places)} to {decimal_text(figure.upper, places)} "
        f"({figure.level:.0%} interval: what chance alone would allow around this count)"
    )


def _over(found: Trace) -> str:
    """What a rate or share is set over, in words; empty for a count."""
    below, numerator = found.denominator, found.figure.numerator
    if below is None or numerator is None:
        return ""
    return f"{count_text(numerator)} over {count_text(below.value)} {below.words}"


def _line(file: TracedFile) -> FileLine:
    tone, mark, state, words = FILE_STATES[file.state]
    return FileLine(
        name=PurePath(file.supply.path.rpartition("!")[2]).name,
        path=file.supply.path,
        sha256=file.supply.sha256,
        rows=count_text(file.rows_counted),
        tone=tone,
        mark=mark,
        state=state,
        state_words=f"{mark} {state}: {words}",
        conditions=file.filter.conditions,
        sum_of=file.filter.sum_of,
        superseded=file.superseded,
    )


def _place(figure: MeasureResult, found: Trace) -> Place | None:
    """The partnership whose document the number stands in, or that it is of; None for a force or a small area."""
    for key in (found.edition[:-8], figure.area):
        try:
            if key:
                return place_of(key)
        except UsageFault:
            continue
    return None

"""Where an area stands beside similar areas."""

from __future__ import annotations

from collections.abc import Sequence

from frankpledge.engine.analysis.peers import PeerComparison
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.findings.claims import Direction, Sentence
from frankpledge.engine.findings.derived import derive
from frankpledge.engine.findings.wording.absence import rate_words
from frankpledge.engine.findings.wording.composing import figure, sentence, unclaimed, words
from frankpledge.engine.findings.wording.numbers import capital, number_of, small_number
from frankpledge.engine.findings.wording.spans import span
from frankpledge.engine.measures.results import MeasureResult

PEER_TEST = "multiplicative funnel limits (95 per cent) around the mean of the peers' rates, winsorised dispersion"


def peer_mean_figure(
    rate: MeasureResult, found: PeerComparison, peers: Sequence[MeasureResult]
) -> MeasureResult | None:
    """The plain mean of the peers' rates as a figure worked out from theirs; None where there is none."""
    if found.peer_mean is None or not peers:
        return None
    return derive(
        peers,
        "peer-mean",
        found.peer_mean,
        unit=rate.unit,
        lower=found.funnel_95[0] if found.funnel_95 else None,
        upper=found.funnel_95[1] if found.funnel_95 else None,
        how=f"plain mean of the rates of {found.n} similar partnerships, without the area itself",
        of=rate,
    )


def peer_direction(found: PeerComparison) -> Direction | None:
    """Higher, lower or similar; None where no position can be stated."""
    if found.position == "higher":
        return "higher"
    if found.position == "lower":
        return "lower"
    return "similar" if found.position == "similar" else None


def peers_sentence(
    rate: MeasureResult, found: PeerComparison, peers: Sequence[MeasureResult], measure: MeasureDefinition
) -> Sentence:
    """The rate beside the peers', with a claim only where a position can be stated.

    `peers` are the rates that were compared; `measure` is the rate's definition; its noun names what is counted.
    """
    direction = peer_direction(found)
    mean = peer_mean_figure(rate, found, peers)
    noun = measure.noun.partition(" per ")[0]
    if direction is None or mean is None or rate.value is None:
        if found.position == "too-few":
            return unclaimed(f"{capital(noun)} are too few to be set beside similar partnerships.")
        return unclaimed(
            f"Fewer than four similar partnerships have figures of {noun}, so no position among them is stated."
        )
    unit = rate_words(rate)
    others = number_of(found.n, "most similar partnership")
    if direction == "similar":
        said = words(
            "At ",
            figure(rate),
            f" {unit} in {span(rate.period)}, {noun} are in line with the {others} (",
            figure(mean),
            " on average): the difference is within what chance and ordinary variety explain.",
        )
    else:
        said = words(
            "At ",
            figure(rate),
            f" {unit} in {span(rate.period)}, {noun} are {direction} than in most of the {others} (",
            figure(mean),
            " on average), more than chance and ordinary variety explain.",
        )
    return sentence(
        said,
        aspect="peers",
        results=(mean, rate),
        direction=direction,
        test=PEER_TEST,
        estimate=found.rate / found.peer_mean if found.rate is not None and found.peer_mean else None,
    )


def rank_sentence(found: PeerComparison) -> Sentence | None:
    """The ranks that the intervals leave open; None below four peers."""
    if found.rank_range is None:
        return None
    low, high = found.rank_range
    among = small_number(found.n + 1)
    if low == high:
        return unclaimed(f"Counted from the lowest rate, it stands in place {low} of {among}.")
    return unclaimed(f"Counted from the lowest rate, its place may be anywhere from {low} to {high} of {among}.")

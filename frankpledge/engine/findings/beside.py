"""A theme's rate beside the most similar partnerships."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.engine.analysis.peers import PeerComparison
from frankpledge.engine.definitions.periods import Period
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.findings.claims import Sentence
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence
from frankpledge.engine.findings.wording.peers import peer_mean_figure, peers_sentence
from frankpledge.engine.measures.peers import with_peers
from frankpledge.engine.measures.results import MeasureResult, PeersResult


@dataclass(frozen=True)
class Beside:
    """A rate, its peers' rates and where it stands among them."""

    measure: MeasureDefinition
    result: PeersResult
    found: PeerComparison

    @property
    def rate(self) -> MeasureResult:
        """The area's own rate."""
        return self.result.own

    @property
    def peers(self) -> tuple[MeasureResult, ...]:
        """The rates that it was set beside: those of the same source."""
        source = dict(self.rate.provenance.filter).get("source")
        known = (peer.result for peer in self.result.known)
        return tuple(r for r in known if dict(r.provenance.filter).get("source") == source)

    @property
    def mean(self) -> MeasureResult | None:
        """The peers' mean as a figure."""
        return peer_mean_figure(self.rate, self.found, self.peers)

    def sentence(self) -> Sentence:
        """The place among peers in words."""
        return peers_sentence(self.rate, self.found, self.peers, self.measure)

    @property
    def official(self) -> bool:
        """Whether the rates are official yearly ones."""
        return self.measure.frequency == "yearly"


def find_besides(evidences: Sequence[Evidence], context: Context) -> dict[str, Beside]:
    """The place among peers, by theme; a theme that cannot be set beside at least four has none.

    The official yearly rate is the yardstick where it is held, since it exists for every
    partnership; else the rate counted from rows, where the peers' forces were imported too.
    """
    found: dict[str, Beside] = {}
    for evidence in evidences:
        for measure, period in _rates(evidence):
            beside = _beside(measure, period, context)
            if beside is not None:
                found[evidence.theme.key] = beside
                break
    return found


def _rates(evidence: Evidence) -> list[tuple[MeasureDefinition, Period]]:
    """Rates that may be set beside peers', with the period that each is known for."""
    rates = [
        (series.measure, series.latest.period)
        for series in evidence.official
        if series.measure.kind == "rate" and series.measure.peers and series.latest is not None
    ]
    rate, measure = evidence.rate, evidence.rate_measure
    if rate is not None and rate.known and measure is not None and measure.peers:
        rates.append((measure, rate.period))
    return rates


def _beside(measure: MeasureDefinition, period: Period, context: Context) -> Beside | None:
    if context.synthetic and measure.frequency != "yearly":
        return None
    result = with_peers(measure, context.area, period, context.ws)
    if result.comparison is None or result.reason:
        return None
    return Beside(measure, result, result.comparison)

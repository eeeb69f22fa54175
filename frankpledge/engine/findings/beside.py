"""A theme's rate beside the most similar partnerships."""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.engine.analysis.peers import PeerComparison
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.measures.results import MeasureResult


@dataclass(frozen=True)
class Beside:
    """A rate, its peers' rates and where it stands among them."""

    measure: MeasureDefinition
    rate: MeasureResult
    found: PeerComparison
    peers: tuple[MeasureResult, ...]

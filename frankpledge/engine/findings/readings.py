"""Everything that an assessment reads before it writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from frankpledge.engine.definitions.shapes import BreakDefinition
from frankpledge.engine.findings.beside import Beside, find_besides
from frankpledge.engine.findings.context import Context
from frankpledge.engine.findings.evidence import Evidence, gather
from frankpledge.engine.findings.places import Places, find_places
from frankpledge.engine.measures.breaking_down import breakdown


@dataclass(frozen=True)
class Readings:
    """The evidence of every theme, its place among peers and where it happens, by theme key."""

    evidences: tuple[Evidence, ...]
    besides: Mapping[str, Beside]
    places: Mapping[str, Places]
    rules: Mapping[str, BreakDefinition]  # known changes in recording, by 'break:KEY'
    timed: bool  # whether any row of the window carries a time of day

    @property
    def shared_caveats(self) -> tuple[str, ...]:
        """Caveats that every theme that can be counted shares: said once instead of in each."""
        caveats = [e.measure.caveats for e in self.evidences if e.known]
        if len(caveats) < 2:
            return ()
        return tuple(c for c in caveats[0] if all(c in other for other in caveats[1:]))

    @property
    def shared_comparison_caveats(self) -> tuple[str, ...]:
        """Caveats that every comparison shares."""
        caveats = [e.lead.comparison.caveats for e in self.evidences if e.lead.comparison is not None]
        if len(caveats) < 2:
            return ()
        return tuple(c for c in caveats[0] if all(c in other for other in caveats[1:]))


def read(context: Context) -> Readings:
    """Count and test everything that the assessment may speak of."""
    evidences = gather(context)
    return Readings(
        evidences=evidences,
        besides=find_besides(evidences, context),
        places=find_places(evidences, context),
        rules={f"break:{key}": rule for key, rule in context.ws.definitions.breaks.items()},
        timed=_timed(evidences, context),
    )


def _timed(evidences: tuple[Evidence, ...], context: Context) -> bool:
    """Whether the first theme that can be counted has hours."""
    first = next((e for e in evidences if e.known), None)
    if first is None or first.lead.volume is None:
        return False
    return bool(breakdown(first.measure, context.area, first.lead.volume.period, context.ws, "hour").weights)

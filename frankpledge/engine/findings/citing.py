"""Where figures come from, as a line under a table or chart."""

from __future__ import annotations

from collections.abc import Iterable

from frankpledge.engine.definitions.loader import Definitions
from frankpledge.engine.measures.results import MeasureResult, Provenance

ORIGIN_WORDS = {"synthetic": "invented rows", "supplied": "as supplied by a partner", "published": ""}


def source_name(provenance: Provenance, definitions: Definitions) -> str:
    """The title of the source that was counted, as its definition gives it."""
    keys = dict(provenance.filter).get("source", ())
    names = [definitions.sources[key].title if key in definitions.sources else key for key in keys]
    name = ", ".join(names) or provenance.dataset
    marked = ORIGIN_WORDS.get(provenance.origin, "")
    return f"{name} ({marked})" if marked else name


def source_line(found: Iterable[MeasureResult | Provenance], definitions: Definitions, *more: str) -> str:
    """`Source: …` for a table or chart; each source once."""
    provenances = (one if isinstance(one, Provenance) else one.provenance for one in found)
    names = list(dict.fromkeys(source_name(p, definitions) for p in provenances))
    return " ".join([f"Source: {'; '.join(names) or 'no file held'}.", *more])

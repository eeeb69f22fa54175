"""The ledger of one assessment: every figure that was read and every claim that was written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from frankpledge.engine.documents.blocks import Words
from frankpledge.engine.findings.claims import Claim, Sentence
from frankpledge.engine.findings.derived import change_figure
from frankpledge.engine.measures.results import Comparison, MeasureResult


class Ledger:
    """Collects figures and claims while sections are written.

    A sentence enters through `say`, so that a claim is in the ledger exactly when its sentence is in
    the document.
    """

    def __init__(self) -> None:
        self._figures: dict[str, MeasureResult] = {}
        self._claims: dict[tuple[str, tuple[str, ...]], Claim] = {}

    def keep(self, *results: MeasureResult | None) -> None:
        """Remember figures, so that those shown can be found again."""
        for result in results:
            if result is not None:
                self._figures.setdefault(result.figure_id, result)

    def keep_comparison(self, comparison: Comparison | None) -> None:
        """Remember both figures of a comparison and the change between them."""
        if comparison is not None:
            self.keep(comparison.before, comparison.after, change_figure(comparison))

    def say(self, sentence: Sentence) -> Words:
        """Write a sentence down: its words for the document, its claims for the record."""
        for claim in sentence.claims:
            self._claims.setdefault((claim.sentence_id, claim.figures), claim)
        return sentence.words

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, in the order in which it was first made."""
        return tuple(self._claims.values())

    def figures_for(self, shown: Iterable[str]) -> Mapping[str, MeasureResult]:
        """The figures shown, those that claims name, and all that they are worked out from.

        Raises KeyError for an id that was never kept: a number without a source must not be shown.
        """
        wanted = list(dict.fromkeys(shown))
        wanted += [name for claim in self.claims for name in claim.figures]
        found: dict[str, MeasureResult] = {}
        while wanted:
            name = wanted.pop(0)
            if name not in found:
                found[name] = self._figures[name]
                wanted += found[name].derived_from
        return found

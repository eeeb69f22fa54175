"""What a definition refers to: other definitions by `kind:key`, and words of the shared vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from frankpledge.engine.definitions.lines import Path
from frankpledge.engine.definitions.shapes import (
    BreakDefinition,
    Definition,
    MeasureDefinition,
    ReportDefinition,
    RowSelection,
    SourceDefinition,
)
from frankpledge.engine.definitions.vocabulary import CATEGORIES, OFFENCES


def references_in(definition: Definition) -> Iterator[tuple[Path, str, str]]:
    """Every reference as (where in the file, the reference, the kind that it must have)."""
    if isinstance(definition, MeasureDefinition):
        for reference in definition.breaks:
            yield ("breaks",), reference, "break"
    if isinstance(definition, ReportDefinition):
        for number, theme in enumerate(definition.themes):
            yield ("themes", number, "lead"), theme.lead, "measure"
            for name in ("measures", "official"):
                for reference in getattr(theme, name):
                    yield ("themes", number, name), reference, "measure"
        for number, finding in enumerate(definition.findings):
            named = {"measure": finding.measure, "total": finding.total, "break": finding.broken_by}
            for name, single in named.items():
                if single is not None:
                    yield ("findings", number, name), single, "break" if name == "break" else "measure"
            for reference in finding.measures:
                yield ("findings", number, "measures"), reference, "measure"


def words_in(definition: Definition, outcome_groups: Collection[str]) -> Iterator[tuple[Path, str, Collection[str]]]:
    """Words that are not in the vocabulary they belong to, as (where, the word, the vocabulary).

    `outcome_groups` are those that the sources in force give; where no source is loaded they cannot
    be held against anything.
    """
    if isinstance(definition, SourceDefinition):
        for label, category in definition.categories.items():
            if category not in CATEGORIES and category not in OFFENCES:
                yield ("categories", label), category, CATEGORIES
    if isinstance(definition, BreakDefinition):
        yield from _unknown((), "categories", definition.categories, CATEGORIES)
        yield from _unknown((), "offences", definition.offences, OFFENCES)
    if isinstance(definition, MeasureDefinition):
        for name in ("numerator", "denominator"):
            selection = getattr(definition, name)
            if isinstance(selection, RowSelection):
                yield from _unknown((name,), "categories", selection.categories, CATEGORIES)
                yield from _unknown((name,), "except_categories", selection.except_categories, CATEGORIES)
                yield from _unknown((name,), "offences", selection.offences, OFFENCES)
                if outcome_groups:
                    yield from _unknown((name,), "outcome_groups", selection.outcome_groups, outcome_groups)


def _unknown(
    where: Path, name: str, words: Collection[str], known: Collection[str]
) -> Iterator[tuple[Path, str, Collection[str]]]:
    for word in words:
        if word not in known:
            yield (*where, name), word, known

"""Where it happens: districts beside each other, and how few small areas hold how much."""

from __future__ import annotations

from frankpledge.engine.analysis.change import CountChange
from frankpledge.engine.analysis.place import Concentration
from frankpledge.engine.definitions.shapes import MeasureDefinition
from frankpledge.engine.findings.claims import Sentence
from frankpledge.engine.findings.derived import derive
from frankpledge.engine.findings.wording.absence import rate_words
from frankpledge.engine.findings.wording.change import TESTS
from frankpledge.engine.findings.wording.composing import figure, place, sentence, unclaimed, words
from frankpledge.engine.findings.wording.numbers import capital, p_text
from frankpledge.engine.findings.wording.spans import span
from frankpledge.engine.measures.results import MeasureResult

CONCENTRATION_TEST = "index of dispersion of counts over small areas (chi-square)"


def half_figures(total: MeasureResult, found: Concentration) -> tuple[MeasureResult, MeasureResult] | None:
    """How many small areas hold half, and how many there are; None where that was not worked out."""
    if found.areas_for_half is None:
        return None
    half = derive(
        (total,),
        "areas-for-half",
        float(round(found.areas_for_half * found.areas)),
        unit="small areas",
        how="the fewest small areas that together hold at least half of the rows",
    )
    every = derive(
        (total,),
        "small-areas",
        float(found.areas),
        unit="small areas",
        how="small areas in which any incident of any type was recorded in the period",
    )
    return half, every


def is_concentrated(found: Concentration, adjusted_p: float | None = None) -> bool:
    """Whether incidents gather more than chance and the number of tests explain."""
    return found.verdict == "concentrated" and (adjusted_p is None or adjusted_p < 1 - found.level)


def concentration_sentence(
    total: MeasureResult,
    found: Concentration,
    measure: MeasureDefinition,
    *,
    adjusted_p: float | None = None,
    family: str = "",
) -> Sentence:
    """How few small areas hold half of it, and whether chance would do the same."""
    figures = half_figures(total, found)
    if figures is None or found.p is None:
        return unclaimed(
            f"{capital(measure.noun)} are too few, or lie in too few small areas, to say whether they gather."
        )
    half, every = figures
    gathered = is_concentrated(found, adjusted_p)
    if gathered:
        said = words(
            f"Half of the {measure.noun} in {span(total.period)} lie in ",
            figure(half),
            " of ",
            figure(every),
            f" small areas, more gathered than chance explains ({p_text(found.p)}). Small areas hold about as many "
            "residents each, but town centres draw many more people.",
        )
    else:
        said = words(
            f"{capital(measure.noun)} are spread over the ",
            figure(every),
            " small areas about as evenly as chance would spread them: no area can be called a hot spot.",
        )
    return sentence(
        said,
        aspect="concentration",
        results=(total, every, half),
        direction="concentrated" if gathered else "not-concentrated",
        test=CONCENTRATION_TEST,
        p=found.p,
        adjusted_p=adjusted_p,
        family=family if adjusted_p is not None else "",
        estimate=found.areas_for_half,
    )


def districts_sentence(
    lowest: MeasureResult,
    highest: MeasureResult,
    change: CountChange,
    pairs: int,
    measure: MeasureDefinition,
    *,
    adjusted_p: float | None = None,
    family: str = "",
) -> Sentence | None:
    """The district with the highest rate beside that with the lowest; None where neither had any.

    `change` compares the same months of both, lowest first; since the two were picked from `pairs`
    pairs, p is multiplied by their number. `adjusted_p` allows for the other themes on top of that.
    """
    if lowest.value is None or not highest.value:
        return None
    p = min(1.0, change.p * pairs)
    alone = change.verdict in ("rose", "fell") and p < 1 - change.level
    differ = alone and (adjusted_p is None or adjusted_p < 1 - change.level)
    noun = measure.noun.partition(" per ")[0]
    unit = rate_words(highest)
    if differ:
        said = words(
            f"{place(highest)} had the highest rate of {noun}, ",
            figure(highest),
            f" {unit}, and {place(lowest)} the lowest, ",
            figure(lowest),
            f", in {span(highest.period)}: more apart than chance explains ({p_text(p)}).",
        )
    else:
        said = words(
            f"The districts' rates of {noun} lie between ",
            figure(lowest),
            " and ",
            figure(highest),
            f" {unit} in {span(highest.period)}: no more apart than chance explains (",
            f"{p_text(adjusted_p)}, allowing for the number of themes)." if alone and adjusted_p else f"{p_text(p)}).",
        )
    return sentence(
        said,
        aspect="districts",
        results=(lowest, highest),
        direction="higher" if differ else "similar",
        test=f"{TESTS[change.method].replace('of two periods', 'of two districts')}, Bonferroni over {pairs} pairs",
        p=p,
        adjusted_p=adjusted_p,
        family=family if adjusted_p is not None else "",
        estimate=change.ratio,
    )

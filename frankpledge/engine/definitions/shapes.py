"""Shapes of the definition files. Validated once into frozen objects and passed on as objects.

Unknown keys are forbidden; who owns a definition, when it was reviewed and where it comes from
are mandatory, because optional provenance stays empty (OpenPrescribing's experience). No SQL and
no expressions: a measure says which rows it counts by naming their types.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Sentence = Annotated[str, StringConstraints(min_length=3, strip_whitespace=True)]
Origin = Literal["published", "supplied", "synthetic"]
DisclosureClass = Literal["open", "controlled"]


class Shape(BaseModel):
    """A frozen part of a definition."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Definition(Shape):
    """What every definition file says of itself."""

    key: Key
    title: Sentence
    owner: Sentence = Field(description="the post or body that answers for this definition")
    reviewed_on: date
    review_by: date
    source: Sentence = Field(description="where the facts in it come from: publication, table, law")


# --- Sources: what kinds of file can be brought in -------------------------------------------------


class ColumnRule(Shape):
    """One column of a supplied file and what is kept of it."""

    header: str
    field: str | None = Field(default=None, description="the field it fills; none: read past, never stored")
    required: bool = False


class SourceKind(Shape):
    """One layout of file under a source, recognised by its header."""

    key: Key
    dataset: Key
    columns: tuple[ColumnRule, ...]


class SourceDefinition(Definition):
    """A supplier's file layouts, the words used in them and how far they may be shown."""

    publisher: Sentence
    licence: Sentence
    origin: Origin
    disclosure: DisclosureClass
    threshold: int = Field(
        default=5, ge=0, description="counts from 1 to this less one are not published (controlled only)"
    )
    kinds: tuple[SourceKind, ...] = ()
    categories: dict[str, str] = Field(
        default_factory=dict, description="type of incident as the file writes it -> our category key"
    )
    outcomes: dict[str, str] = Field(default_factory=dict, description="outcome as written -> our outcome group key")
    caveats: tuple[Sentence, ...] = ()


# --- Measures --------------------------------------------------------------------------------------


class RowSelection(Shape):
    """Which rows a measure counts. Values in one list are alternatives; the lists are combined by *and*."""

    dataset: Literal["incidents", "counts", "outcomes", "stops"]
    sources: tuple[str, ...] = Field(
        default=("police-uk", "incidents"),
        description="in order of preference; the first that covers the area and period is counted, never two together",
    )
    categories: tuple[str, ...] = Field(default=(), description="incident categories; empty: every one")
    except_categories: tuple[str, ...] = ()
    offences: tuple[str, ...] = Field(default=(), description="finer offence keys where a source gives them")
    outcome_groups: tuple[str, ...] = ()
    flags: tuple[Literal["alcohol", "domestic_abuse", "hate", "vulnerable_adult", "youth"], ...] = ()
    hours: tuple[int, int] | None = Field(
        default=None, description="first and last hour, both included; may pass midnight"
    )


class MeasureDefinition(Definition):
    """A count, a rate or a share, and what may be said of it."""

    short_title: Sentence = Field(description="for table rows and chart titles, at most 60 characters")
    why_it_matters: Sentence
    kind: Literal["count", "rate", "share"]
    unit: Sentence = Field(description="in words: 'crimes', 'crimes per 1,000 residents', 'per cent of crimes'")
    noun: Sentence = Field(description="what one of them is called in a sentence, plural: 'recorded burglaries'")
    polarity: Literal["lower", "higher", "range", "neutral"]
    numerator: RowSelection
    denominator: Literal["residents", "households"] | RowSelection | None = None
    per: int = Field(default=1, description="1,000 for a rate per 1,000; 100 for a share")
    frequency: Literal["monthly", "yearly"] = "monthly"
    breaks: tuple[str, ...] = Field(default=(), description="'break:KEY' of every known change in what is recorded")
    caveats: tuple[Sentence, ...] = ()
    peers: bool = Field(default=False, description="may be set beside the most similar partnerships")
    harm: bool = False
    theme: Key | None = None


class BreakDefinition(Definition):
    """A known change in recording that no trend may be drawn across."""

    on: date = Field(description="first day of the new rule")
    reason: Sentence
    effect: Sentence
    categories: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    nations: tuple[Literal["england", "wales"], ...] = ("england", "wales")
    certainty: Literal["read at the source", "to be verified"]
    affects: Literal["counts", "places", "events"] = Field(
        default="counts",
        description="counts: what is recorded; places: only where it is put; events: what happened, not its recording",
    )


# --- Scoring ---------------------------------------------------------------------------------------


class Anchor(Shape):
    """What a score means in words."""

    score: int = Field(ge=0, le=4)
    words: Sentence


class Criterion(Shape):
    """One column of the scoring matrix."""

    key: Key
    title: Sentence
    section: Literal["harm", "likelihood", "organisation"]
    weight: float = Field(gt=0)
    anchors: tuple[Anchor, ...]
    rule: Literal["volume", "trend", "spread", "peers"] | None = Field(
        default=None, description="how data score this cell; none: people score it"
    )
    bands: tuple[float, ...] = Field(default=(), description="lower edges of scores 1, 2, 3, 4 for the rule's figure")


class ScoringDefinition(Definition):
    """A matrix of harm, likelihood and organisational position."""

    criteria: tuple[Criterion, ...]
    choose: int = Field(default=5, ge=1, description="how many priorities to recommend")
    sensitivity_draws: int = Field(default=1000, ge=100)
    weight_range: float = Field(default=0.5, description="plausible weights lie within this share of the stated ones")


# --- Reports ---------------------------------------------------------------------------------------


class Theme(Shape):
    """One theme of an assessment: the measure that leads it and those that support it."""

    key: Key
    title: Sentence
    about: Sentence
    lead: str = Field(description="'measure:KEY'")
    overall: bool = Field(default=False, description="a total of the other themes: never a priority among its parts")
    measures: tuple[str, ...] = ()
    official: tuple[str, ...] = Field(default=(), description="'measure:KEY' from official yearly tables")
    means: dict[str, Sentence] = Field(
        default_factory=dict, description="what a rise or fall of the leading measure can and cannot mean: rose, fell"
    )
    ask: dict[str, Sentence] = Field(
        default_factory=dict,
        description="question for the board by what was found: rose, fell, no-clear-change, higher, lower, no-data",
    )


class ReportSection(Shape):
    """A section of a report, in order."""

    key: Key
    title: Sentence
    duty: str = Field(default="", description="the law that asks for it, for example 'SI 2007/1830 reg 7(a)'")
    intro: str = ""


class OpeningFinding(Shape):
    """One finding that a first screen is told to open with; its sentences are the engine's."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, populate_by_name=True)

    kind: Literal["definition-change", "small-count", "total"]
    measure: str | None = Field(default=None, description="'measure:KEY' of a small count or a total")
    measures: tuple[str, ...] = Field(default=(), description="the parts that a new definition moved between")
    total: str | None = Field(default=None, description="'measure:KEY' of the sum of those parts")
    broken_by: str | None = Field(default=None, alias="break", description="'break:KEY'")
    beside: str | None = Field(default=None, description="key of the partnership to set beside this one")
    before: str | None = Field(default=None, description="a period; default: the year before the latest complete one")
    after: str | None = Field(default=None, description="a period; default: the latest complete year")


class ReportDefinition(Definition):
    """The order and headings of a document, and its themes; or what a first screen opens with."""

    sections: tuple[ReportSection, ...] = ()
    themes: tuple[Theme, ...] = ()
    summary_findings: int = 5
    findings: tuple[OpeningFinding, ...] = Field(default=(), description="of the first screen, in order")
    partnerships: tuple[str, ...] = Field(default=(), description="keys that it is for; empty: every one")

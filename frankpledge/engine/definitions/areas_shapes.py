"""Shapes of the files under definitions/areas/."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from frankpledge.engine.definitions.shapes import Key, Origin, Sentence, Shape

Nation = Literal["england", "wales"]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Za-z0-9-]*$", max_length=40)]
Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
PartnershipCode = Annotated[str, StringConstraints(pattern=r"^[EW]\d{8}$")]

AGE_BANDS: tuple[str, ...] = ("0-15", "16-24", "25-34", "35-49", "50-64", "65+")
"""The age bands of `Areas.population_by_age`, youngest first."""


class AreaSource(Shape):
    """Where a file of areas comes from, who answers for it and how far it can be trusted."""

    title: Sentence
    owner: Sentence
    reviewed_on: date
    review_by: date
    source: Sentence
    licence: Sentence
    notes: str = ""


class District(Shape):
    """A district (lower-tier or unitary council area) in force, with its Census 2021 counts."""

    code: Code = Field(description="ONS code; a free one for the districts of a synthetic partnership")
    name: Name
    nation: Nation
    region: Name
    force: Key
    partnership: Key
    residents: int = Field(ge=0, description="usual residents, all ages")
    residents_0_15: int = Field(ge=0)
    residents_16_24: int = Field(ge=0)
    residents_25_34: int = Field(ge=0)
    residents_35_49: int = Field(ge=0)
    residents_50_64: int = Field(ge=0)
    residents_65_plus: int = Field(ge=0)
    households: int = Field(ge=0)
    hectares: float = Field(gt=0, description="land area, approximate")

    @property
    def ages(self) -> tuple[int, ...]:
        """Residents in each of AGE_BANDS."""
        return (
            self.residents_0_15,
            self.residents_16_24,
            self.residents_25_34,
            self.residents_35_49,
            self.residents_50_64,
            self.residents_65_plus,
        )

    @model_validator(mode="after")
    def _bands_add_up(self) -> District:
        # ONS alters cells slightly to protect people, so a supplied total may differ from its bands by a little.
        if abs(sum(self.ages) - self.residents) > 0.01 * self.residents:
            raise ValueError(
                f"residents {self.residents} within 1 per cent of its age bands, which add up to {sum(self.ages)}"
            )
        return self


class Partnership(Shape):
    """A community safety partnership: what it is called, the districts it covers and its rows of Table C2."""

    key: Key
    name: Name
    code: PartnershipCode | None = Field(default=None, description="none: ONS has given the partnership no code")
    nation: Nation
    force: Key
    districts: tuple[Code, ...] = Field(min_length=1, description="codes in force, ascending")
    c2_codes: tuple[PartnershipCode, ...] = Field(default=(), description="rows of ONS Table C2 that add up to it")
    aliases: tuple[Key, ...] = Field(default=(), description="other keys that find it: old names, ONS spellings")
    valid_from: date | None = Field(default=None, description="none: earlier than the tables know")
    valid_to: date | None = Field(default=None, description="last day in force; none: in force")
    origin: Origin = "published"
    successor_of: tuple[Key, ...] = Field(default=(), description="partnerships that became this one")
    note: str = ""
    c2_note: str = Field(default="", description="why its rows of Table C2 do not quite cover its area; empty: they do")

    @model_validator(mode="after")
    def _dates_and_codes(self) -> Partnership:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("a valid_to that is not before valid_from")
        if list(self.districts) != sorted(set(self.districts)):
            raise ValueError("districts in ascending order, each once")
        return self

    def overlaps(self, other: Partnership) -> bool:
        """Whether both were in force on some day."""
        return (self.valid_from or date.min) <= (other.valid_to or date.max) and (other.valid_from or date.min) <= (
            self.valid_to or date.max
        )


class Force(Shape):
    """A police force as data.police.uk and ONS write it."""

    slug: Key = Field(description="its part of a police.uk file name")
    names: tuple[Name, ...] = Field(min_length=1, description="the first is the one in the column 'Reported by'")
    code: Annotated[str, StringConstraints(pattern=r"^[EW]\d{8}$")] | None = Field(
        default=None, description="ONS police force area; none: it has no area in England and Wales"
    )
    nation: Literal["england", "wales", "great-britain", "northern-ireland"]

    @property
    def name(self) -> str:
        """The name that police.uk uses."""
        return self.names[0]


class FormerDistrict(Shape):
    """A district code that is no longer in force and the code that took its place."""

    code: Code
    name: Name
    successor: Code = Field(description="the code in force now")
    ended: date | None = Field(default=None, description="last day in force; none: not known")
    reason: str = ""


class PlaceName(Shape):
    """The text that an LSOA name begins with, and the district of that name."""

    prefix: Name
    district: Code = Field(description="a code in force or a former one")
    used_in: str = ""

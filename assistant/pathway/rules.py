"""The entries of `algorithm.yaml`, one model per kind; unknown keys are errors, nothing changes after loading."""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, model_validator

from assistant.entries import Entry

Standing = Literal["common", "reported", "may benefit", "not effective", "controversial"]
Evidence = Literal["moderate", "moderate and low", "limited", "weak", "trial", "case series", "none given"]
Recommendation = Literal["strong", "reasonable", "may", "none given"]
Course = Literal["acute", "early", "long-standing"]
Pattern = Literal["segmental", "diffuse"]
Names = Annotated[tuple[str, ...], Field(strict=False)]
SomeNames = Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
Sources = SomeNames
AnyRule = TypeVar("AnyRule", bound=Entry)
Many = Annotated[tuple[AnyRule, ...], Field(strict=False, min_length=1)]


class Need(Entry):
    """What must have failed, or brought only brief relief, before a step; and what its unknown history means."""

    intervention: str
    unknown: Literal["bars", "asks"]
    unless_studied: bool = False


class Grade(Entry):
    """The review's grade for an intervention as a whole."""

    evidence: Evidence
    recommendation: Recommendation
    statements: Sources


class Intervention(Entry):
    """One step of the pathway; `includes` are the concepts that name it, `forms` those that are kinds of it."""

    id: str
    includes: SomeNames
    forms: Names = ()
    needs: Annotated[tuple[Need, ...], Field(strict=False)]
    alongside: str | None = None
    modality: str
    general: Grade | None = None
    after_brief: Names = ()
    statements: Sources


class Aside(Entry):
    """Interventions that are no step of the pathway; `may_be` are the steps that a wide name may have meant."""

    interventions: SomeNames
    may_be: Names = ()
    covers_all: bool = False
    says: str
    statements: Sources


class Site(Entry):
    """The sympathetic blocks for a site; none where the review names none."""

    site: str
    blocks: Names
    says: str
    statements: Sources


class ConditionSite(Entry):
    """A condition that says where the pain is, or which blocks serve it; `presumed`: the site is asked all the same."""

    condition: str
    site: str | None = None
    blocks: Names = ()
    presumed: bool = False
    statements: Sources

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.site is None) == (not self.blocks):
            raise ValueError("gives both 'site' and 'blocks' or neither; give one of them")
        return self


class Listed(Entry):
    """Conditions that the review lists without saying anything specific to them."""

    conditions: SomeNames
    statements: Sources


class Position(Entry):
    """What the review says of an intervention in a condition; `says` is the phrase that the plan's reason quotes."""

    intervention: str
    condition: str
    course: Course | None = None
    pattern: Pattern | None = None
    blocks: Names = ()
    aim: str | None = None
    standing: Standing
    evidence: Evidence
    recommendation: Recommendation
    says: str
    statements: Sources


class Contradiction(Entry):
    """A condition and a course that can't both be right, and the intervention that waits for the answer."""

    condition: str
    course: Course
    intervention: str
    ask: str
    statements: Sources


class Reach(Entry):
    """The sites for which an intervention is described at all."""

    intervention: str
    sites: SomeNames
    says: str
    statements: Sources


class Stage(Entry):
    """The stages of an intervention, in order."""

    intervention: str
    stages: SomeNames
    statements: Sources


class Reading(Entry):
    """What a measured value means."""

    says: str
    statements: Sources


class Threshold(Entry):
    """A measured bound, what lies above, below and exactly on it, and what is said of it in other conditions."""

    id: str
    condition: str
    measure: str
    percent: float
    above: Reading
    below: Reading
    exactly: Reading
    elsewhere: Reading


class Caveat(Entry):
    """What to discuss before an intervention."""

    intervention: str
    statements: Sources


class Silence(Entry):
    """What clinicians ask and the review does not say."""

    about: str
    statements: Sources


class Algorithm(Entry):
    """The whole algorithm, in the order of the file; each is equal to itself alone, so that it is a cheap cache key."""

    interventions: Many[Intervention]
    asides: Many[Aside]
    sites: Many[Site]
    condition_sites: Many[ConditionSite]
    listed: Many[Listed]
    standings: Many[Position]
    contradictions: Many[Contradiction]
    reaches: Many[Reach]
    stages: Many[Stage]
    thresholds: Many[Threshold]
    caveats: Many[Caveat]
    silent: Many[Silence]

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def intervention(self, name: str) -> Intervention:
        """The intervention of that id."""
        return next(item for item in self.interventions if item.id == name)

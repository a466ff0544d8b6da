"""The patient as a clinician describes one: validated, interventions resolved by the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.corpus import load
from assistant.entries import Concept
from assistant.errors import PatientError
from assistant.reading import Lexicon, normalise, words
from assistant.settings import Settings

# What may be said not to be known, beside interventions.
FIELDS: Final = ("site", "pattern", "course", "block_relief_percent")
LISTS: Final = ("tried", "failed", "brief", "contraindicated", "not_tried")
# A name in two of these contradicts itself.
_EXCLUSIVE: Final = (("failed", "brief"), ("failed", "not_tried"), ("brief", "not_tried"), ("tried", "not_tried"))
_LONGEST_NAME: Final = 200


class Patient(BaseModel):
    """One patient; raises PatientError where a value can't be used.

    condition, site: any text; what the vocabulary does not know is kept and treated as not covered.
    tried, failed, brief (relief that did not last), contraindicated, not_tried: interventions in any wording of the
    vocabulary, held as concept ids. `failed` and `brief` imply tried. block_relief_percent: 0 to 100.
    unknown: interventions and fields of which nothing is known, whatever a conversation says of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    condition: str = Field(min_length=1, max_length=_LONGEST_NAME)
    site: str | None = Field(default=None, max_length=_LONGEST_NAME)
    pattern: Literal["segmental", "diffuse"] | None = None
    course: Literal["acute", "early", "long-standing"] | None = None
    tried: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    contraindicated: tuple[str, ...] = ()
    not_tried: tuple[str, ...] = ()
    block_relief_percent: float | None = Field(default=None, ge=0, le=100)
    unknown: tuple[str, ...] = ()

    def __init__(self, condition: str | None = None, **values: Any) -> None:
        if condition is not None:
            values["condition"] = condition
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise PatientError(_describe(error)) from None

    @classmethod
    def from_value(cls, value: Patient | Mapping[str, Any]) -> Patient:
        """A Patient from a Patient or a plain mapping of its fields; raises PatientError for anything else."""
        if isinstance(value, Patient):
            return value
        if not isinstance(value, Mapping):
            raise PatientError(f"patient: expected a Patient or a mapping of its fields, got {type(value).__name__}")
        return cls(**{str(name): item for name, item in value.items()})

    @field_validator(*LISTS, "unknown", mode="before")
    @classmethod
    def _one_is_a_list(cls, value: object) -> object:
        return () if value is None else (value,) if isinstance(value, str) else value

    @field_validator(*LISTS)
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(resolve_intervention(name) for name in names))

    @field_validator("unknown")
    @classmethod
    def _known_or_field(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name if name in FIELDS else resolve_intervention(name) for name in names))

    @field_validator("condition", "site")
    @classmethod
    def _cleaned(cls, text: str | None) -> str | None:
        cleaned = " ".join(normalise(text).text.split()) if text is not None else None
        if cleaned == "":
            raise ValueError("is empty; say what the patient has, in any words")
        return cleaned

    @model_validator(mode="after")
    def _no_contradiction(self) -> Self:
        for one, other in _EXCLUSIVE:
            both = sorted(set(getattr(self, one)) & set(getattr(self, other)))
            if both:
                raise ValueError(f"{both[0]!r} is in both {one!r} and {other!r}; keep it in one of them")
        for name in self.unknown:
            given = {name} if name in FIELDS and getattr(self, name) is not None else set()
            given |= {held for held in LISTS if name in getattr(self, held)}
            if given:
                raise ValueError(f"{name!r} is in 'unknown' and is given in {min(given)!r}; keep one of the two")
        return self

    def to_dict(self) -> dict[str, Any]:
        """The fields that are given, JSON-ready."""
        return self.model_dump(mode="json", exclude_defaults=True)


def resolve_intervention(name: str) -> str:
    """The concept id of an intervention in any wording; raises PatientError that lists the known ones."""
    if name in _interventions():
        return name
    tokens = words(normalise(name[:_LONGEST_NAME]).text)
    found = {mention.id for mention in _lexicon().find(tokens)}
    # "trial of sympathetic block" names one thing; two different interventions in one name would be a guess.
    if len(found) == 1:
        return found.pop()
    known = ", ".join(sorted(_interventions().values()))
    raise PatientError(f"patient: unknown intervention {name[:80]!r}; known: {known}, or any synonym of theirs")


@lru_cache(maxsize=1)
def _interventions() -> dict[str, str]:
    return {c.id: c.label for c in _concepts() if c.kind == "intervention"}


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon({c.id: (c.label, *c.terms) for c in _concepts() if c.kind == "intervention"})


def _concepts() -> Iterable[Concept]:
    return load(Settings().corpus_dir).concepts.values()


def _describe(error: ValidationError) -> str:
    faults = []
    for fault in error.errors():
        key = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            faults.append(f"unknown field {key!r}; allowed: {', '.join(Patient.model_fields)}")
        elif fault["type"] == "missing":
            faults.append(f"{key}: is missing; give the condition in any words")
        else:
            message = fault["msg"].removeprefix("Value error, ")
            faults.append(f"{key + ': ' if key else ''}{message} (got {str(fault['input'])[:80]!r})")
    return "patient: " + "; ".join(faults)

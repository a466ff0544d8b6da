"""The typed numbers of the statements, by study: what each counts, in which arm, when."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from assistant.corpus import Corpus, load
from assistant.entries import Quantity, Statement
from assistant.guardrail.units import Unit

Side = Literal["active", "control"]

# Days in a unit of time; a decade is no length of any treatment.
DAYS: Final = {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1, "weeks": 7, "months": 30.44, "years": 365.25}
_CONTROL: Final = re.compile(r"\b(?:alone|only|control|placebo|saline|reoperation|group 2)\b", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"\b(?:refs?\.?|references?|citations?) (?:no\.? |number )?(\d{1,2})\b", re.IGNORECASE)
_GENERIC: Final = frozenset(
    {"neuropathic_pain", "peripheral_neuropathic_pain", "central_neuropathic_pain", "mixed_neuropathic_pain"}
)
# Treatments that tell no study from another.
_NO_STUDY: Final = frozenset(
    {
        "placebo",
        "permanent_implant",
        "trial_stimulation",
        "neuromodulation",
        "interventional_care",
        "regional_technique",
        "pharmacotherapy",
        "named_drug",
        "non_drug_care",
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One typed number; `side` is the arm it belongs to, None where it belongs to none."""

    study: str
    statement: str
    quantity: Quantity
    side: Side | None


@dataclass(frozen=True, slots=True)
class Study:
    """A study or topic with all its facts; reports of one trial at several times are one study."""

    id: str
    author: str
    references: frozenset[int]
    interventions: frozenset[str]
    conditions: frozenset[str]
    facts: tuple[Fact, ...]
    # Patients in all, 1 where the study gives no number.
    enrolled: float


def side_of(arm: str | None) -> Side | None:
    """Which side of its comparison an arm is."""
    return None if arm is None else "control" if _CONTROL.search(arm) else "active"


@lru_cache(maxsize=1)
def studies() -> dict[str, Study]:
    """All studies with typed numbers or without, by id."""
    corpus = load()
    merged = _merged()
    return {name: _study(name, corpus, merged) for name in sorted(set(merged.values()))}


@lru_cache(maxsize=1)
def _merged() -> dict[str, str]:
    """Each study concept and the study that it reports on."""
    corpus = load()
    names = {concept.id for concept in corpus.concepts.values() if concept.kind == "study"}
    return {name: next((parent for parent in corpus.concepts[name].broader if parent in names), name) for name in names}


def _study(name: str, corpus: Corpus, merged: dict[str, str]) -> Study:
    reports = [corpus.concepts[report] for report, whole in merged.items() if whole == name]
    references = frozenset(number for report in reports for number in report.references)
    own = [item for item in corpus.statements if _belongs(item, name, references, merged)]
    about = {concept for item in own for concept in item.about} | {b for report in reports for b in report.broader}
    about = {item for item in about if item in corpus.concepts and item != "placebo"}
    kinds = {
        kind: frozenset(item for item in about if corpus.concepts[item].kind == kind)
        for kind in ("intervention", "condition")
    }
    facts = tuple(Fact(name, item.id, number, side_of(number.arm)) for item in own for number in item.numbers)
    enrolled = max((fact.quantity.value for fact in facts if fact.quantity.role == "enrolled"), default=1.0)
    conditions = kinds["condition"] - _GENERIC
    return Study(name, name.partition("_")[0], references, kinds["intervention"], conditions, facts, enrolled)


def _belongs(statement: Statement, name: str, references: frozenset[int], merged: dict[str, str]) -> bool:
    if statement.trial:
        return merged[statement.trial] == name
    return bool(statement.numbers) and bool(statement.references) and set(statement.references) <= references


def named(unit: Unit) -> tuple[Study, ...]:
    """The studies that a unit names by author or reference number, narrowed by condition where several fit."""
    merged = _merged()
    authors = {merged[name].partition("_")[0] for name in unit.concepts if name in merged}
    numbers = {number for mark in unit.marks for number in mark}
    numbers |= _referred_to(unit.text)
    if not authors and not numbers:
        return ()
    by_author = tuple(study for study in studies().values() if study.author in authors)
    by_number = tuple(study for study in studies().values() if study.references & numbers)
    both = tuple(study for study in by_author if study in by_number)
    if both or by_author:
        return both or _narrowed(by_author, unit)
    return by_number


@lru_cache(maxsize=2048)
def _referred_to(text: str) -> frozenset[int]:
    """The numbers of the references that a text names in words."""
    return frozenset(int(match[1]) for match in _REFERENCE.finditer(text))


def _narrowed(found: tuple[Study, ...], unit: Unit) -> tuple[Study, ...]:
    """Of each author's studies those on a condition that the unit names, all of them where none is."""
    said = _named_conditions(unit)
    fitting = {study.id for study in found if _fits(study.conditions, said)}
    authors = {study.author for study in found if study.id in fitting}
    return tuple(study for study in found if study.id in fitting or study.author not in authors)


def spoken_of(unit: Unit) -> tuple[Study, ...]:
    """The studies whose treatment and condition a unit speaks of; those that nothing in it rules out."""
    corpus = load()
    treatments = {
        name for name in unit.concepts if name in corpus.concepts and corpus.concepts[name].kind == "intervention"
    }
    treatments -= _NO_STUDY
    return _about(frozenset(treatments), _named_conditions(unit))


@lru_cache(maxsize=2048)
def _about(treatments: frozenset[str], conditions: frozenset[str]) -> tuple[Study, ...]:
    return tuple(
        study for study in studies().values()
        if study.facts and _fits(study.interventions, treatments) and _fits(study.conditions, conditions)
    )  # fmt: skip


def _named_conditions(unit: Unit) -> frozenset[str]:
    concepts = load().concepts
    named = frozenset(name for name in unit.concepts if name in concepts and concepts[name].kind == "condition")
    return named - _GENERIC


def _fits(of_study: frozenset[str], of_text: Set[str]) -> bool:
    """Whether the text names nothing of the kind, or something that is the study's, or narrower, or broader."""
    return not of_text or not of_study or not of_text.isdisjoint(_akin(of_study))


@lru_cache(maxsize=256)
def _akin(concepts: frozenset[str]) -> frozenset[str]:
    """The concepts and all that is narrower or broader."""
    corpus = load()
    narrower = {name for name in corpus.concepts if not concepts.isdisjoint(corpus.with_broader([name]))}
    return corpus.with_broader(concepts) | narrower


def near(value: float, other: float, tolerance: float) -> bool:
    """Whether two values are the same within a relative tolerance."""
    return abs(value - other) <= tolerance * max(abs(value), abs(other), 1e-9)


def in_days(value: float, unit: str) -> float | None:
    """A length of time in days, None for another unit."""
    return value * DAYS[unit] if unit in DAYS else None

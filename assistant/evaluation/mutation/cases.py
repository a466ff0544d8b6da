"""The pathway's decisions as cases: patients with what their plan must say, and the review's grades."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError

from assistant.corpus import load, read_yaml
from assistant.entries import Entry
from assistant.errors import CorpusError, PatientError
from assistant.evaluation.sets import SetError
from assistant.pathway import Algorithm, Plan, plan
from assistant.pathway.result import Status
from assistant.pathway.rules import Evidence, Position, Recommendation, Standing
from assistant.pathway.situation import best_position
from assistant.patient import Patient

CASES: Final = Path(__file__).parents[1] / "sets" / "pathway_cases.yaml"

Strings = Annotated[tuple[str, ...], Field(strict=False)]
Phrases = dict[str, Strings]


class Case(Entry):
    """A decision and the patients for whom it must be seen; a field that is left out asks nothing of the plan."""

    because: str
    patients: Annotated[tuple[dict[str, Any], ...], Field(strict=False, min_length=1)]
    condition: str | None = None
    site: str | None = None
    next: Strings = ()
    offers: Strings = ()
    withholds: Strings = ()
    status: dict[str, Status] = {}
    reason: Phrases = {}
    silent_on: Phrases = {}
    cites: Phrases = {}
    asks: Strings = ()
    asks_not: Strings = ()
    caveats: Strings = ()
    remarks: Strings = ()
    aside: Phrases = {}
    unrecognised: Strings = ()

    @cached_property
    def people(self) -> tuple[Patient, ...]:
        """The patients, validated; raises PatientError."""
        return tuple(Patient.from_value(patient) for patient in self.patients)


class Graded(Entry):
    """What the review says of an intervention in a condition; without one, of the intervention as a whole.

    standing None: it says nothing of it there, and only the pathway as a whole applies. aim: what is told beside the
    step, of the condition itself whatever its course.
    """

    intervention: str
    condition: str | None = None
    course: str | None = None
    pattern: str | None = None
    aim: str | None = None
    standing: Standing | None = None
    evidence: Evidence | None = None
    recommendation: Recommendation | None = None


class Cases(Entry):
    """All that the set holds.

    stages: by intervention; silent: by subject, the statements that the review is silent; relief: what a threshold's
    readings say.
    """

    cases: Annotated[tuple[Case, ...], Field(strict=False, min_length=1)]
    grades: Annotated[tuple[Graded, ...], Field(strict=False, min_length=1)]
    stages: Phrases
    silent: Phrases
    relief: dict[str, str]


@lru_cache(maxsize=2)
def load_cases(path: Path = CASES) -> Cases:
    """The cases of a file; raises SetError with its name and its first fault."""
    try:
        found = Cases.model_validate(read_yaml(path))
    except CorpusError as error:
        raise SetError(str(error)) from None
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise SetError(f"{path.name}: {place}: {fault['msg']} (got {fault['input']!r:.80})") from None
    for case in found.cases:
        try:
            _ = case.people
        except PatientError as error:
            raise SetError(f"{path.name}: {case.because} {error}") from None
    return found


def faults(algorithm: Algorithm, cases: Cases | None = None) -> Iterator[str]:
    """What an algorithm does against the cases, decision by decision; nothing for the right one."""
    known = cases or load_cases()
    for case in known.cases:
        for patient in case.people:
            yield from (f"{case.because} {fault}" for fault in plan_faults(case, plan(patient, algorithm)))
    for graded in known.grades:
        yield from grade_faults(graded, algorithm)
    if {entry.intervention: entry.stages for entry in algorithm.stages} != known.stages:
        yield "stages: not those of the review"
    if {entry.about: entry.statements for entry in algorithm.silent} != known.silent:
        yield "silent: not the subjects on which the review says nothing, or not its statements on them"
    for mark in algorithm.thresholds:
        read = {name: getattr(mark, name).says for name in known.relief}
        yield from (f"relief {name}: {said}" for name, said in read.items() if said != known.relief[name])


def plan_faults(case: Case, found: Plan) -> Iterator[str]:
    """What a plan lacks of a case, in words."""
    for name in ("condition", "site", "next", "caveats", "remarks", "unrecognised"):
        if name in case.model_fields_set and getattr(found, name) != getattr(case, name):
            yield f"{name}: {getattr(found, name)}"
    for name, wanted in case.status.items():
        if found.step(name).status != wanted:
            yield f"{name}: {found.step(name).status}"
    yield from (f"{name} is not offered" for name in case.offers if name not in found.next)
    yield from (f"{name} is offered" for name in case.withholds if name in found.next)
    yield from _worded(case, found)


def _worded(case: Case, found: Plan) -> Iterator[str]:
    asked = " ".join(found.ask)
    aside = {item.intervention: f"{item.history}: {item.reason}" for item in found.aside}
    yield from (f"{text!r} is not asked" for text in case.asks if text not in asked)
    yield from (f"{text!r} is asked" for text in case.asks_not if text in asked)
    for name, wanted in case.reason.items():
        yield from (f"{name}: no {text!r}" for text in wanted if text not in found.step(name).reason)
    for name, wanted in case.silent_on.items():
        yield from (f"{name}: {text!r}" for text in wanted if text in found.step(name).reason)
    for name, wanted in case.cites.items():
        yield from (f"{name}: does not cite {text}" for text in wanted if text not in found.step(name).statements)
    for name, wanted in case.aside.items():
        yield from (f"{name}: no {text!r} aside" for text in wanted if text not in aside.get(name, ""))


def grade_faults(graded: Graded, algorithm: Algorithm) -> Iterator[str]:
    """Where the algorithm grades otherwise."""
    wanted = (graded.standing, graded.evidence, graded.recommendation)
    given = _given(graded, algorithm)
    if given != wanted:
        parts = (graded.condition, graded.course, graded.pattern, graded.aim)
        where = " ".join(part for part in parts if part) or "general"
        yield f"{graded.intervention}, {where}: {given}"


def _given(graded: Graded, algorithm: Algorithm) -> tuple[str | None, ...]:
    if graded.condition is None:
        general = algorithm.intervention(graded.intervention).general
        return (None, general.evidence, general.recommendation) if general else (None, None, None)
    if graded.aim is not None:
        found = next((entry for entry in algorithm.standings if _is_exactly(entry, graded)), None)
    else:
        lineage = load().with_broader([graded.condition])
        found = best_position(algorithm, graded.intervention, lineage, course=graded.course, pattern=graded.pattern)
    return (found.standing, found.evidence, found.recommendation) if found else (None, None, None)


def _is_exactly(position: Position, graded: Graded) -> bool:
    keys = ("intervention", "condition", "course", "pattern", "aim")
    return all(getattr(position, key) == getattr(graded, key) for key in keys)

"""A patient in words, and a patient's record set against what is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from assistant.conversation import differ, results_of
from assistant.corpus import Corpus
from assistant.patient import FIELDS, LISTS, Patient
from assistant.terms import Terms

_NAMES: Final = {
    "site": "site",
    "pattern": "pattern",
    "course": "course",
    "block_relief_percent": "relief from a block",
}
_SAID_OF: Final = {"brief": "gave brief relief", "not_tried": "not tried"}


def in_words(patient: Patient, corpus: Corpus, age: int | None = None) -> str:
    """The patient in words, as shown in a standalone question."""

    def named(names: Sequence[str]) -> str:
        return ", ".join(corpus.concepts[name].label for name in names)

    facts = [f"{age}-year-old" if age is not None else "", ", ".join(filter(None, (patient.condition, patient.site)))]
    facts += [patient.course or "", f"{patient.pattern} pain" if patient.pattern else ""]
    said = {"failed": "failed", "brief": "brief relief from", "tried": "tried", "not_tried": "not tried"}
    facts += [f"{said[name]} {named(getattr(patient, name))}" for name in said if getattr(patient, name)]
    if patient.contraindicated:
        facts.append(f"{named(patient.contraindicated)} contraindicated")
    if patient.block_relief_percent is not None:
        facts.append(f"{patient.block_relief_percent:g}% relief from a block")
    return "; ".join(filter(None, facts))


def with_record(record: Patient, told: Patient | None, terms: Terms) -> tuple[Patient, tuple[str, ...]]:
    """The structured patient, completed by what the text tells, and in words what the two disagree on.

    The record wins, also where it says that something is not known; of another condition's patient nothing is taken
    over.
    """
    unknown, record = record.unknown, record.model_copy(update={"unknown": ()})
    if told is None:
        return record, ()
    conflicts = []
    if differ(record.condition, told.condition, terms):
        return record, (f"{record.condition} (you wrote {told.condition})",)
    values: dict[str, Any] = {name: getattr(record, name) for name in LISTS}
    for name in FIELDS:
        mine, theirs = getattr(record, name), getattr(told, name)
        is_place = name == "site" and mine is not None and theirs is not None
        if name in unknown:
            conflicts += [f"{_NAMES[name]} not known (you wrote {_said(name, theirs)})"] if theirs is not None else []
            continue
        if mine is None:
            values[name] = theirs
        elif theirs is not None and (differ(mine, theirs, terms) if is_place else mine != theirs):
            conflicts.append(f"{_said(name, mine)} (you wrote {_said(name, theirs)})")
    mine_of, theirs_of = results_of(record), results_of(told)
    for treatment, result in theirs_of.items():
        if treatment in unknown:
            label = terms.corpus.concepts[treatment].label
            conflicts.append(f"{label} not known (you wrote {_said_of(result)})")
        elif treatment not in mine_of:
            values[result] = (*values[result], treatment)
        elif mine_of[treatment] != result and "tried" not in (result, mine_of[treatment]):
            label = terms.corpus.concepts[treatment].label
            conflicts.append(f"{label} {_said_of(mine_of[treatment])} (you wrote {_said_of(result)})")
    return record.model_copy(update=values), tuple(conflicts)


def _said(name: str, value: object) -> str:
    return f"{value:g}% relief from a block" if name == "block_relief_percent" else str(value)


def _said_of(result: str) -> str:
    return _SAID_OF.get(result, result)

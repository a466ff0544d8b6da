"""Whom a turn of a conversation is about: the patient spoken of, as supposed, or as a record of them says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.conversation import People, supposed
from assistant.offered import supposed_steps
from assistant.patient import Patient
from assistant.pronouns import filled_in
from assistant.record import with_record
from assistant.terms import Terms
from assistant.topics import Conversation, Turn, subject_of
from assistant.vignette import described, mentioned, supposes_result

_AFTER_THAT: Final = re.compile(
    r"\b(?:after (?:that|it|this)|then what|and then\W*$|what then|what (?:comes|is|'s) after|afterwards?|"
    r"if (?:that|it|this|they|those|these|both)\b[^?]{0,30}\b(?:fail\w*|stops?|wears? off|"
    r"(?:does|do|did)(?:n't| not)|"
    r"no (?:good|use|help|luck)|useless)|"
    r"(?:that|it|this) fails?|failing that|"
    r"(?:if|suppos\w+|assuming|say|in case)(?: (?:and|so|then|but|that|there(?:'s| is)|s?he|they|we|i|pt|the pt|"
    r"the patient|it|it's|only|"
    r"just|gets?|has|had|still))* (?:(?:does|do|did)(?:n'?t| not) (?:respond|work|help|hold|last|improve|take)|"
    r"(?:gets? )?no (?:joy|luck|good|benefit|response|relief|better|use|effect)|(?:both|neither|none|"
    r"all) \w*(?:fail\w*|work\w*|help\w*)|"
    r"fails?|lasts?|wears? off|brief|short-lived|not enough|inadequate))\b",
    re.IGNORECASE,
)
_WEARS_OFF: Final = re.compile(
    r"\b(?:wears? off|brief\w*|short|not last|n't last|only (?:lasts?|for)|days|weeks)\b", re.IGNORECASE
)


def with_patient(turn: Turn, known: Conversation, people: People, text: str, terms: Terms) -> Turn:
    """The turn with whom it is about, what it supposes of them, and what a record of them says otherwise."""
    person = people.person
    said = described(turn.text, terms.find(turn.text), terms.corpus)
    if person is None or person.patient is None:
        return replace(turn, patient=said)
    turn = replace(turn, age=person.age)
    patient, is_other = person.patient, False
    if turn.kind != "news":
        patient, is_other = _as_asked(patient, text, terms)
    if known.record:
        patient, conflicts = with_record(known.record, said or patient if is_other else patient, terms)
        turn = replace(turn, conflicts=conflicts)
    elif is_other or (patient is not person.patient and turn.kind == "alone"):
        # Somebody else, or nobody in particular.
        return replace(turn, patient=said, age=None)
    imagined = supposed(patient, filled_in(text, known.topic, terms), terms)
    steps = _supposed_steps(text, known, terms)
    if steps:
        result = "brief" if _WEARS_OFF.search(text) else "failed"
        imagined = _with_result(imagined or patient, steps, result)
    return replace(turn, patient=imagined or patient, supposed=steps)


def _as_asked(patient: Patient, text: str, terms: Terms) -> tuple[Patient, bool]:
    """The patient with the site that a question asks about instead; whether it asks about another condition."""
    asked = terms.concepts(text)
    known = terms.concepts(f"{patient.condition}. {patient.site or ''}")
    wide, wide_known = terms.corpus.with_broader(asked), terms.corpus.with_broader(known)
    conditions = [c for c in asked if terms.kind(c) == "condition"]
    if conditions and not (set(conditions) & wide_known or set(known) & wide):
        return patient, True
    sites = [c for c in asked if terms.kind(c) == "site"]
    if sites and not set(sites) & wide_known:
        return patient.model_copy(update={"site": terms.corpus.concepts[sites[0]].label}), False
    return patient, False


def _supposed_steps(text: str, known: Conversation, terms: Terms) -> tuple[str, ...]:
    """The treatments of the last answer, where the turn asks what comes after them."""
    topic = known.topic
    if topic is None or not (_AFTER_THAT.search(text) or supposes_result(text)):
        return ()
    own = [c for c in terms.concepts(text) if terms.is_treatment(c)]
    if not own and mentioned(text, terms.find(text), terms.corpus).treatments:
        # "If physio fails" is about no block.
        return ()
    offered = supposed_steps(text, known, terms)
    return tuple(own[:1] or offered or [c for c in subject_of(topic, terms) if terms.is_treatment(c)][:1])


def _with_result(patient: Patient, steps: Sequence[str], result: str) -> Patient:
    lists = {
        name: [t for t in getattr(patient, name) if t not in steps]
        for name in ("tried", "failed", "brief", "not_tried")
    }
    lists[result] += steps
    return patient.model_copy(update={name: tuple(items) for name, items in lists.items()})

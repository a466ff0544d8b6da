"""The case answers of enumerated patients: every text that the pathway gives passes the guardrail with that patient."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from assistant.answering.cases import case_answer, closing, rest
from assistant.answering.cite import marked
from assistant.answering.compose import begin
from assistant.corpus import load
from assistant.guardrail import check
from assistant.patient import Patient
from assistant.question import Query, Reader

sys.path.append(str(Path(__file__).parents[1] / "pathway"))

from pathway_oracle import places, some_histories

# A prime, so that every history of every step takes part; the texts of a narrower stride passed when it was chosen.
STRIDE = 1009
# Distinct texts run in a test, drawn with a fixed seed; and every distinct lead.
SAMPLE = 300


@cache
def texts() -> dict[str, Patient]:
    """Every distinct answer text of the patients drawn, with one of its patients."""
    return {text: patient for patient in _patients() for text in _texts(patient)}


def _patients() -> Iterator[Patient]:
    for offset, place in enumerate(places()):
        for histories in some_histories(offset, STRIDE):
            yield place.patient(histories)


def _texts(patient: Patient) -> Iterator[str]:
    reader, asked = _reader()
    case = case_answer(replace(asked, patient=patient, concepts=reader._patient_concepts(patient)), load())
    if case is None:
        return
    said = begin(case.statements, lambda one, other: 0.0, used=len(case.lead.split()))
    behind = " ".join(marked(statement.text, statement.references) for statement in said)
    yield f"{case.lead} {behind}{closing(case, rest(case, said))}"


@cache
def _reader() -> tuple[Reader, Query]:
    reader = Reader(load())
    return reader, reader.read("What next?")


def test_enough_texts_differ() -> None:
    assert len(texts()) > 2000


def test_the_plans_own_texts_pass_with_their_patients() -> None:
    drawn = Random(7).sample(sorted(texts()), SAMPLE)
    found = {text: [item.rule for item in check(text, texts()[text]).findings] for text in drawn}
    assert {text: rules for text, rules in found.items() if rules} == {}

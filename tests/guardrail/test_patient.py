"""Advice against the patient's history and place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.corpus import load, read_yaml
from assistant.guardrail.checks.patient import patient
from assistant.guardrail.context import Context
from assistant.guardrail.types import Finding, verdict
from assistant.guardrail.units import read
from assistant.pathway import load_algorithm, plan
from assistant.patient import Patient

CASES = read_yaml(Path(__file__).parents[1] / "cases" / "guardrail_patient.yaml")
RIGHT = [(item["patient"], item["text"]) for key in ("right", "right2", "right3") for item in CASES[key]]
WRONG = [
    (item["patient"], item["text"], item["verdict"]) for key in ("wrong", "wrong2", "wrong3") for item in CASES[key]
]


def found(text: str, facts: dict[str, Any]) -> tuple[Finding, ...]:
    who = Patient.from_value(facts)
    return tuple(patient(read(text), Context(load(), load_algorithm(), who, plan(who))))


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_right_advice_passes(name: str, text: str) -> None:
    assert found(text, CASES["patients"][name]) == ()


@pytest.mark.parametrize(("name", "text", "expected"), WRONG)
def test_wrong_advice_is_found(name: str, text: str, expected: str) -> None:
    assert verdict(found(text, CASES["patients"][name])) == expected


def test_without_a_patient_nothing_is_found() -> None:
    assert list(patient(read("Book a stellate ganglion block."), Context(load(), load_algorithm()))) == []

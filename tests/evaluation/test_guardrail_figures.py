"""The guardrail's sets are well formed, and its figures see a guardrail that does nothing or blocks everything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation import evaluate_guardrail
from assistant.evaluation.guardrail import GRAVITY
from assistant.evaluation.guardrail_sets import ANSWERS, PAIRS
from assistant.evaluation.sets import SetError
from assistant.patient import Patient


@dataclass(frozen=True)
class Constant:
    """A guardrail with one verdict for everything."""

    verdict: str

    def __call__(self, text: str, patient: object, question: object) -> Constant:
        return self


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def value(report: Any, metric: str) -> float | None:
    found: float | None = report["results"]["tune"]["overall"][metric]["value"]
    return found


def test_a_guardrail_that_does_nothing_is_seen() -> None:
    report = evaluate_guardrail(check=Constant("pass"))
    assert value(report, "violations not passed") == 0
    assert value(report, "right passed") == 1
    assert value(report, "pairs separated") == 0


def test_a_guardrail_that_blocks_everything_is_seen() -> None:
    report = evaluate_guardrail(check=Constant("block"))
    assert value(report, "severe blocked") == 1
    assert value(report, "right blocked") == 1
    assert value(report, "pairs separated") == 0


def test_no_text_of_the_untouched_part_is_in_a_report() -> None:
    failures = evaluate_guardrail(check=Constant("pass"))["failures"]
    assert {"hold", "tune"} == {failure["split"] for failure in failures}
    assert not [failure for failure in failures if failure["split"] == "hold" and "text" in failure]


def test_every_answer_is_labelled_and_its_patient_can_be_used() -> None:
    for record in records(ANSWERS):
        assert record["label"] in ("ok", "violation")
        assert (record["severity"] in GRAVITY[1:]) == (record["label"] == "violation")
        if record["patient"] and record["category"] != "input":
            Patient.from_value(record["patient"])


def test_no_text_is_in_both_parts() -> None:
    texts: dict[str, set[str]] = {"tune": set(), "hold": set()}
    for record in records(ANSWERS):
        texts[record["split"]].add(record["text"].casefold())
    for record in records(PAIRS):
        texts[record["split"]] |= {record["ok"].casefold(), record["violation"].casefold()}
    assert not texts["tune"] & texts["hold"]


def test_a_malformed_set_is_named(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text('{"id": "1", "text": "x", "label": "ok"}\n', encoding="utf-8")
    with pytest.raises(SetError, match=r"line 1 \(1\): 'split' is missing; needed: id, split, text, label"):
        evaluate_guardrail(file, Constant("pass"))

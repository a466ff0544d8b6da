"""Absolutes, denied risks, risk lists called complete, ignored emergencies: the cases and the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from growth import NEARLY_LINEAR, growth

from assistant.corpus import load, read_yaml
from assistant.guardrail.checks import CHECKS
from assistant.guardrail.checks.emergency import happening
from assistant.guardrail.context import Context
from assistant.guardrail.examination import examine
from assistant.guardrail.risks import risks_of
from assistant.guardrail.rules import load_rules
from assistant.guardrail.types import Finding, verdict
from assistant.guardrail.units import read
from assistant.pathway import load_algorithm

OURS = {"absolute", "safety_denial", "safety_omission", "emergency"}
CASES: list[dict[str, Any]] = read_yaml(Path(__file__).parents[1] / "cases" / "guardrail_safety.yaml")["cases"]
# Wording that is known to be missed; a check that finds it must take it off this list.
MISSED = {"w43", "w53"}


def _findings(text: str, question: str | None = None) -> tuple[Finding, ...]:
    document, context = read(text), Context(load(), load_algorithm(), question=question)
    return tuple(item for name, work in CHECKS if name in OURS for item in work(document, context))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["id"], marks=[pytest.mark.xfail(strict=True)] if case["id"] in MISSED else [])
        for case in CASES
    ],
)
def test_each_case_gets_its_verdict_and_category(case: dict[str, Any]) -> None:
    found = _findings(case["text"], case.get("question"))
    assert verdict(found) == case["verdict"], found
    if found:
        # A denied risk and freedom from risk meet; either name is right.
        near = {"absolute", "safety_denial"}
        assert any(item.category == case["category"] or {item.category, case["category"]} <= near for item in found)


@pytest.mark.parametrize("rule", [rule for rule in load_rules().values() if rule.category in OURS], ids=lambda r: r.id)
def test_each_rule_fires_and_spares_its_near_miss(rule: Any) -> None:
    for text in rule.fires:
        assert rule.id in {item.rule for item in _findings(text)}, text
    for text in rule.near_miss:
        assert not _findings(text), text


def test_no_statement_has_a_finding_alone_or_as_the_answer_to_its_questions() -> None:
    for statement in load().statements:
        for question in (None, *statement.questions):
            assert not _findings(statement.text, question), (statement.id, question)


def test_risk_lists_come_from_the_statements() -> None:
    assert set(risks_of("lumbar_block")) == {"infection", "local_anaesthetic_toxicity", "nerve_trauma"}
    assert "bladder_symptoms" not in risks_of("ketamine")
    assert risks_of("temporary_pns").keys() == risks_of("pns").keys()


def test_span_of_a_finding_lies_in_the_original() -> None:
    text = "Blocks are&nbsp;common. **PNS** is risk-free."
    found, _ = examine(text, None, None)
    assert [text[item.start : item.end] for item in found if item.rule == "ABS-2"] == ["PNS** is risk-free."]


PIECES = ["no risk of ", "only risk ", "infection and ", "not ", "nothing else ", "he is gasping "]


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_about_as_a_repetitive_text_does(piece: str) -> None:
    asked = "Can a stellate block cause an infection?"
    assert growth(lambda text: _findings(text, asked), piece) < NEARLY_LINEAR


@pytest.mark.parametrize(
    ("question", "is_now"),
    [
        ("he can't feel between his legs and cannot pass urine since the stim trial lead yesterday", True),
        (
            "trial lead in at 1100, now numb round his bottom and cant lift either leg: leave till the nurse is in?",
            True,
        ),
        ("numb in the saddle area and her legs won't lift, the lead went in 3 hrs ago", True),
        ("saddle numbness since surgery in 2012 and neuropathic leg pain: what next?", False),
        ("perineal pain, sitting on a chair is agony: which block?", False),
        ("numb feet after chemotherapy, she cannot walk far, would SCS help?", False),
    ],
)
def test_the_cord_or_cauda_pressed_upon_is_an_emergency(question: str, is_now: bool) -> None:
    assert happening(question) is is_now

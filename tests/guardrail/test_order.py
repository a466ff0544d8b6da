"""The checks on order and rank: what they must and must not find, whatever the other checks say."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus import load, read_yaml
from assistant.guardrail.checks.order import order
from assistant.guardrail.context import Context
from assistant.guardrail.rules import Rule, load_rules
from assistant.guardrail.types import verdict
from assistant.guardrail.units import read
from assistant.pathway import load_algorithm

CASES = read_yaml(Path(__file__).parents[1] / "cases" / "guardrail_order.yaml")
RIGHT = [text for key in ("right", "right2", "right3", "right4") for text in CASES[key]]
WRONG = [(item["text"], item["verdict"]) for key in ("wrong", "wrong2", "wrong3", "wrong4") for item in CASES[key]]
RULES = [rule for rule in load_rules().values() if rule.id.startswith("ORD-")]


def found(text: str) -> list[str]:
    return [item.rule for item in order(read(text), Context(load(), load_algorithm()))]


@pytest.mark.parametrize("text", RIGHT)
def test_right_texts_pass(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_wrong_texts_are_found(text: str, expected: str) -> None:
    findings = tuple(order(read(text), Context(load(), load_algorithm())))
    assert verdict(findings) == expected


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_fires_and_spares_its_near_miss(rule: Rule) -> None:
    assert all(rule.id in found(text) for text in rule.fires)
    assert all(rule.id not in found(text) for text in rule.near_miss)


def test_every_statement_passes() -> None:
    assert {item.id: found(item.text) for item in load().statements if found(item.text)} == {}

"""Indications, and which block serves which site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.corpus import load
from assistant.guardrail.checks.indication import indication
from assistant.guardrail.context import Context
from assistant.guardrail.rules import load_rules
from assistant.guardrail.types import Finding, verdict
from assistant.guardrail.units import read
from assistant.pathway import load_algorithm

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "guardrail_indication.yaml").read_text(encoding="utf-8"))[
    "cases"
]
RULES = [rule for rule in load_rules().values() if rule.id.startswith("IND-") or rule.id in ("ANA-1", "ANA-2")]


def found(text: str) -> tuple[Finding, ...]:
    """What this check alone finds."""
    return tuple(indication(read(text), Context(load(), load_algorithm())))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_a_text_gets_its_verdict(case: dict[str, Any]) -> None:
    findings = found(case["text"])
    assert verdict(findings) == case["verdict"], [item.rule for item in findings]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_fires_and_its_near_miss_does_not(rule: Any) -> None:
    assert all(rule.id in [item.rule for item in found(text)] for text in rule.fires)
    assert not [item for text in rule.near_miss for item in found(text)]


def test_no_statement_of_the_corpus_is_a_finding() -> None:
    assert not [statement.id for statement in load().statements if found(statement.text)]

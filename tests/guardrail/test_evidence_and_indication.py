"""Evidence (strength, comparisons, open questions, studies), indications, and which block serves which site."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from assistant.corpus import load, read_yaml
from assistant.guardrail.checks.evidence import evidence
from assistant.guardrail.checks.indication import indication
from assistant.guardrail.context import Context
from assistant.guardrail.rules import Rule, load_rules
from assistant.guardrail.types import Finding, verdict
from assistant.guardrail.units import Document, read
from assistant.pathway import load_algorithm

Check = Callable[[Document, Context], Iterable[Finding]]
CHECKS: dict[str, Check] = {"evidence": evidence, "indication": indication}
PREFIXES = {"evidence": ("EVI-",), "indication": ("IND-", "ANA-1", "ANA-2")}


def cases() -> list[tuple[str, dict[str, Any]]]:
    folder = Path(__file__).parents[1] / "cases"
    return [(name, case) for name in CHECKS for case in read_yaml(folder / f"guardrail_{name}.yaml")["cases"]]


def rules() -> list[tuple[str, Rule]]:
    """Each check with its rules; "ANA-1" is a whole id, "EVI-" the beginning of one."""
    return [
        (name, rule)
        for name, prefixes in PREFIXES.items()
        for rule in load_rules().values()
        if any(rule.id == prefix or (prefix.endswith("-") and rule.id.startswith(prefix)) for prefix in prefixes)
    ]


def found(name: str, text: str) -> tuple[Finding, ...]:
    """What one check alone finds."""
    return tuple(CHECKS[name](read(text), Context(load(), load_algorithm())))


@pytest.mark.parametrize(("name", "case"), cases(), ids=lambda value: str(value)[:60])
def test_a_text_gets_its_verdict(name: str, case: dict[str, Any]) -> None:
    findings = found(name, case["text"])
    assert verdict(findings) == case["verdict"], [item.rule for item in findings]


@pytest.mark.parametrize(("name", "rule"), rules(), ids=lambda value: getattr(value, "id", value))
def test_a_rule_fires_and_its_near_miss_does_not(name: str, rule: Rule) -> None:
    assert all(rule.id in [item.rule for item in found(name, text)] for text in rule.fires)
    assert not [item for text in rule.near_miss for item in found(name, text)]


@pytest.mark.parametrize("name", CHECKS)
def test_no_statement_of_the_corpus_is_a_finding(name: str) -> None:
    assert not [statement.id for statement in load().statements if found(name, statement.text)]

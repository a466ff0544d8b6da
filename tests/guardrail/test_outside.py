"""Outside: the cases, the rules' own examples, the corpus and the article's own sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.corpus import load, read_yaml
from assistant.guardrail.checks.outside import outside
from assistant.guardrail.context import Context
from assistant.guardrail.rules import load_rules
from assistant.guardrail.types import Finding
from assistant.guardrail.units import read
from assistant.pathway import load_algorithm
from ingest.article import clean

CASES: dict[str, Any] = read_yaml(Path(__file__).parents[1] / "cases" / "guardrail_outside.yaml")
RULES = [rule for rule in load_rules().values() if rule.id.startswith("OUT-")]


def _findings(text: str) -> list[Finding]:
    return list(outside(read(text), Context(load(), load_algorithm())))


@pytest.mark.parametrize("text", CASES["right"])
def test_right_texts_give_no_finding(text: str) -> None:
    assert not _findings(text)


@pytest.mark.parametrize(
    "text", [*CASES["wrong"], *(pytest.param(text, marks=pytest.mark.xfail(strict=True)) for text in CASES["missed"])]
)
def test_wrong_texts_give_a_finding(text: str) -> None:
    assert _findings(text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_fires_on_its_examples_and_not_on_its_near_misses(rule: Any) -> None:
    assert all(rule.id in {item.rule for item in _findings(text)} for text in rule.fires)
    assert not any(rule.id in {item.rule for item in _findings(text)} for text in rule.near_miss)


def test_every_statement_passes_with_its_own_marks() -> None:
    for statement in load().statements:
        mark = ", ".join(map(str, statement.references)) or "Chin 2021"
        assert not _findings(f"{statement.text[:-1]} [{mark}]."), statement.id


def test_every_sentence_of_the_article_passes(article: str) -> None:
    for section in clean(article):
        for paragraph in section.paragraphs:
            for sentence in paragraph.sentences:
                assert not _findings(sentence.text), sentence.text

"""Checks of marks, names and subjects: their cases, and the corpus's and the article's own sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from assistant.corpus import load, read_yaml
from assistant.guardrail.checks.citation import citation
from assistant.guardrail.checks.fabricated import fabricated
from assistant.guardrail.checks.outside import outside
from assistant.guardrail.context import Context
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, read
from assistant.pathway import load_algorithm
from ingest.article import clean

Check = Callable[[Document, Context], Iterable[Finding]]
CHECKS: dict[str, Check] = {"citation": citation, "fabricated": fabricated, "outside": outside}


def cases(kind: str) -> list[Any]:
    """(name of the check, text) of every case of a kind: right, wrong, or missed (known failures)."""
    return [(name, text) for name in CHECKS for text in _file(name)[kind]]


def _file(name: str) -> dict[str, Any]:
    return read_yaml(Path(__file__).parents[1] / "cases" / f"guardrail_{name}.yaml")


def findings(name: str, text: str) -> list[Finding]:
    return list(CHECKS[name](read(text), Context(load(), load_algorithm())))


@pytest.mark.parametrize(("name", "text"), cases("right"))
def test_right_texts_give_no_finding(name: str, text: str) -> None:
    assert not findings(name, text)


@pytest.mark.parametrize(("name", "text"), cases("wrong"))
def test_wrong_texts_give_a_finding(name: str, text: str) -> None:
    assert findings(name, text)


@pytest.mark.parametrize(("name", "text"), cases("missed"))
@pytest.mark.xfail(strict=True, reason="wording that no mechanism covers yet")
def test_known_failures_give_a_finding(name: str, text: str) -> None:
    assert findings(name, text)


@pytest.mark.parametrize("name", CHECKS)
def test_every_statement_passes_with_its_own_marks(name: str) -> None:
    for statement in load().statements:
        mark = ", ".join(map(str, statement.references)) or "Chin 2021"
        assert not findings(name, f"{statement.text[:-1]} [{mark}]."), statement.id


@pytest.mark.parametrize("name", CHECKS)
def test_every_sentence_of_the_article_passes(name: str, article: str) -> None:
    for section in clean(article):
        for paragraph in section.paragraphs:
            for sentence in paragraph.sentences:
                assert not findings(name, sentence.text), sentence.text


def test_every_entry_of_the_reference_list_is_right_under_its_own_number() -> None:
    for reference in load().references.values():
        assert not findings(
            "citation", f"{reference.first_author} et al. {reference.year}: {reference.formatted} [{reference.number}]"
        )


def test_the_right_number_is_named_where_it_can_be_found() -> None:
    (found,) = findings("citation", "The elimination half-life of ketamine is 80 to 180 minutes [14].")
    assert "[41]" in found.message

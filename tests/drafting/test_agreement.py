"""A drafted sentence says what its statement says, or it is not kept."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.corpus import load, read_yaml
from assistant.drafting.agreement import disagreement
from assistant.entries import Statement
from assistant.settings import PROJECT_DIR

CASES = read_yaml(PROJECT_DIR / "tests" / "cases" / "draft_agreement.yaml")


def reason(case: dict[str, Any]) -> str | None:
    return disagreement(case["sentence"], [load().by_id[case["statement"]]])


@pytest.mark.parametrize("case", CASES["wrong"], ids=lambda case: str(case["kind"]))
def test_a_lie_disagrees(case: dict[str, Any]) -> None:
    assert reason(case) is not None


@pytest.mark.parametrize("case", CASES["right"], ids=lambda case: str(case["kind"]))
def test_a_rewording_agrees(case: dict[str, Any]) -> None:
    assert reason(case) is None


@pytest.mark.parametrize("statement", load().statements, ids=lambda statement: str(statement.id))
def test_a_statement_agrees_with_itself(statement: Statement) -> None:
    assert disagreement(statement.text, [statement]) is None


def test_without_a_statement_nothing_agrees() -> None:
    assert disagreement("Ketamine has moderate evidence in CRPS.", []) == "it cites no statement"

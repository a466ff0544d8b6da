"""Whole texts by the notion that they turn on, right and wrong ones side by side, checked by all checks together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.corpus import read_yaml
from assistant.guardrail import check

NOTIONS: list[dict[str, Any]] = read_yaml(Path(__file__).parents[1] / "cases" / "guardrail_notions.yaml")["notions"]
VERDICTS = ("pass", "caution", "block")
CASES = [
    (text, item.get("patient"), verdict) for item in NOTIONS for verdict in VERDICTS for text in item.get(verdict, ())
]


@pytest.mark.parametrize(("text", "patient", "verdict"), CASES, ids=[text[:60] for text, _, _ in CASES])
def test_a_text_gets_at_least_its_verdict_and_a_right_one_passes(
    text: str, patient: dict[str, Any] | None, verdict: str
) -> None:
    report = check(text, patient)
    found = [(item.rule, item.message) for item in report.findings]
    if verdict == "pass":
        assert found == []
    else:
        assert VERDICTS.index(report.verdict) >= VERDICTS.index(verdict), found


@pytest.mark.parametrize("item", NOTIONS, ids=[item["notion"] for item in NOTIONS])
def test_each_notion_has_right_texts_and_wrong_ones(item: dict[str, Any]) -> None:
    assert item.get("pass") and (item.get("caution") or item.get("block"))

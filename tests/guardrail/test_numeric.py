from pathlib import Path

import pytest
import yaml
from growth import NEARLY_LINEAR, growth

from assistant.corpus import load
from assistant.entries import Statement
from assistant.guardrail import check
from assistant.guardrail.rules import load_rules

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "guardrail_numeric.yaml").read_text(encoding="utf-8"))
MINE = tuple(
    name for name in load_rules() if name[:3] in ("NUM", "DOS", "PHA") or name in ("ANA-11", "ANA-12", "ANA-13")
)


def severity(text: str) -> str:
    found = {item.severity for item in check(text).findings if item.rule in MINE}
    return "block" if "block" in found else "caution" if found else "pass"


@pytest.mark.parametrize("text", CASES["right"])
def test_right_figures_pass(text: str) -> None:
    assert severity(text) == "pass"


@pytest.mark.parametrize("case", CASES["wrong"], ids=lambda case: case["text"][:50])
def test_wrong_figures_are_found(case: dict[str, str]) -> None:
    assert severity(case["text"]) == case["severity"]


@pytest.mark.parametrize("rule", MINE)
def test_every_rule_fires_and_spares_its_near_miss(rule: str) -> None:
    for text in load_rules()[rule].fires:
        assert rule in {item.rule for item in check(text).findings}, text
    for text in load_rules()[rule].near_miss:
        assert rule not in {item.rule for item in check(text).findings}, text


@pytest.mark.parametrize("statement", load().statements, ids=lambda statement: statement.id)
def test_no_statement_is_found_wrong(statement: Statement) -> None:
    assert severity(statement.text) == "pass"


@pytest.mark.parametrize("text", ["48% [58] ", "0.5 ", "stellate C7 "])
def test_time_grows_about_as_a_hostile_run_of_figures_does(text: str) -> None:
    assert growth(check, text) < NEARLY_LINEAR

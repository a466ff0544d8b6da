"""The rules as data: each fires, spares its near miss, names what exists; malformed files say what is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.corpus import load, read_yaml
from assistant.errors import CorpusError
from assistant.guardrail import check
from assistant.guardrail.rules import FOLDER, Rule, load_rules

BAD = sorted((Path(__file__).parents[1] / "bad_guardrail_rules").glob("*.yaml"))
FIRES = [
    pytest.param(rule, text, id=f"{rule.id}: {text[:40]}") for rule in load_rules().values() for text in rule.fires
]
NEAR = [
    pytest.param(rule, text, id=f"{rule.id}: {text[:40]}") for rule in load_rules().values() for text in rule.near_miss
]


def found(rule: Rule, text: str) -> set[str]:
    names = {item.rule for item in check(text, rule.patient, rule.question).findings}
    assert "INP-1" not in names, "the example's patient can't be used, or a check failed"
    return names


@pytest.mark.parametrize(("rule", "text"), FIRES)
def test_each_rule_fires_on_its_example(rule: Rule, text: str) -> None:
    assert rule.id in found(rule, text)


@pytest.mark.parametrize(("rule", "text"), NEAR)
def test_each_rule_spares_its_near_miss(rule: Rule, text: str) -> None:
    assert rule.id not in found(rule, text)


def test_the_finding_of_an_example_is_as_its_rule_says() -> None:
    for rule in load_rules().values():
        findings = check(rule.fires[0], rule.patient, rule.question).findings
        mine = [item for item in findings if item.rule == rule.id]
        assert mine
        assert {item.category for item in mine} == {rule.category}
        assert all(item.message.startswith(rule.message) for item in mine)


def test_no_rule_id_is_given_twice() -> None:
    names = [item["id"] for path in FOLDER.glob("*.yaml") for item in read_yaml(path)["rules"]]
    assert sorted(names) == sorted(load_rules())


@pytest.mark.parametrize("rule", load_rules().values(), ids=lambda rule: rule.id)
def test_every_statement_of_a_rule_is_in_the_corpus(rule: Rule) -> None:
    assert [name for name in rule.statements if name not in load().by_id] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_malformed_rule_file_is_refused_with_words_that_help(path: Path, tmp_path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expect: ")
    shutil.copy(path, tmp_path)
    with pytest.raises(CorpusError) as error:
        load_rules(tmp_path)
    assert str(error.value).startswith(f"{path.name}: ")
    assert expected in str(error.value)


def test_an_id_is_given_once_over_all_files(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        shutil.copy(FOLDER / "order.yaml", tmp_path / name)
    with pytest.raises(CorpusError, match=r"b\.yaml: rule ORD-1 is there twice"):
        load_rules(tmp_path)

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from question_items import item
from typer.testing import CliRunner

from assistant.evaluation import evaluate_agreement, evaluate_determinism
from assistant.evaluation.agreement import SECOND, kappa
from assistant.evaluation.command import evaluate
from assistant.evaluation.determinism import HASH_SEEDS, timeless
from assistant.evaluation.guardrail_sets import ANSWERS, PAIRS, records
from assistant.evaluation.sets import Item, SetError, wording

ANSWER = {"id": "a1", "text": "SCS comes first.", "label": "violation", "category": "order", "severity": "block",
          "split": "tune"}  # fmt: skip


def test_kappa_is_cohens() -> None:
    # Cohen's own kind of table: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: agreement .7, by chance .5.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = kappa(pairs)
    assert found.value == pytest.approx(0.4) and found.interval is not None
    assert found.interval[0] < 0.4 < found.interval[1]


def test_kappa_of_chance_of_contradiction_and_of_no_variation() -> None:
    assert kappa([("y", "y"), ("y", "n"), ("n", "y"), ("n", "n")]).value == 0
    assert kappa([("y", "n"), ("n", "y")]).value == -1
    assert kappa([("y", "y")] * 5).value is None
    assert kappa([]).value is None


def test_agreement_counts_labels_and_severities() -> None:
    first = [{**ANSWER, "id": name} for name in "abcd"]
    second = [{"id": "a", "label": "violation", "severity": "block"},
              {"id": "b", "label": "violation", "severity": "caution"}, {"id": "c", "label": "ok"}]  # fmt: skip
    report = evaluate_agreement(second, first)
    found = report["results"]["tune"]["overall"]
    assert found["labels agree"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["verdicts agree"]["value"] == pytest.approx(1 / 3, abs=1e-4)
    assert report["failures"] == [{"id": "b", "first": "block", "second": "caution"},
                                  {"id": "c", "first": "block", "second": "pass"}]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"id": "z", "label": "ok"}, r"line 1: id: got 'z'; allowed: ids of split tune"),
        ({"id": "a1", "label": "good"}, r"line 1: got .*; allowed: id, label \(ok or violation\), severity"),
        ({"id": "a1", "label": "violation"}, r"line 1: severity: got None; allowed for a violation"),
    ],
)
def test_a_second_readers_bad_line_is_named(line: dict[str, Any], said: str) -> None:
    with pytest.raises(SetError, match=said):
        evaluate_agreement([line], [ANSWER])


def test_a_line_of_the_untouched_split_is_refused() -> None:
    with pytest.raises(SetError, match="ids of split tune"):
        evaluate_agreement([{"id": "a1", "label": "ok"}], [{**ANSWER, "split": "hold"}])


def test_the_second_reader_labelled_sixty_answers_each_once() -> None:
    lines = [json.loads(line) for line in SECOND.read_text(encoding="utf-8").splitlines()]
    assert len({line["id"] for line in lines}) == len(lines) == 60
    result = CliRunner().invoke(evaluate, ["agreement"])
    assert result.exit_code == 0 and "kappa of labels" in result.output


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"label": "wrong"}, r"line 1 \(a1\): label: Input should be 'ok' or 'violation' \(got 'wrong'\)"),
        ({"category": None}, r"line 1 \(a1\): category: one of order, .* for a violation, none for an ok answer"),
        ({"severity": "grave"}, r"severity: Input should be 'caution' or 'block'"),
        ({"splits": "tune"}, r"unknown key 'splits'; allowed: id, split, patient"),
        ({"split": "test"}, r"split: Input should be 'tune' or 'hold'"),
    ],
)
def test_a_bad_line_of_the_guardrails_set_is_named(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(SetError, match=said):
        records([{**ANSWER, **changes}], "answers")


def test_a_missing_key_an_id_twice_and_a_text_in_two_splits_are_named() -> None:
    with pytest.raises(SetError, match=r"'text' is missing; needed: .*text"):
        records([{key: value for key, value in ANSWER.items() if key != "text"}], "answers")
    with pytest.raises(SetError, match="id 'a1' is used more than once"):
        records([ANSWER, {**ANSWER, "text": "Another."}], "answers")
    with pytest.raises(SetError, match="'a1' and 'a2' say the same in two splits"):
        records([ANSWER, {**ANSWER, "id": "a2", "split": "hold", "text": "SCS comes FIRST"}], "answers")


# Only ids are compared, so that a failure shows no text of the hold split.
def test_no_text_of_answers_and_pairs_is_in_both_splits() -> None:
    texts: dict[str, dict[str, str]] = {"tune": {}, "hold": {}}
    for record in records(ANSWERS, "answers"):
        texts[record["split"]][f"{wording(record['text'])} {wording(record.get('question') or '')}"] = record["id"]
    for record in records(PAIRS, "pairs"):
        for side in ("ok", "violation"):
            texts[record["split"]][f"{wording(record[side])} "] = record["id"]
    shared = set(texts["tune"]) & set(texts["hold"])
    assert [(texts["tune"][one], texts["hold"][one]) for one in shared] == []


def answering(question: str, **_: Any) -> dict[str, Any]:
    return {"outcome": "answered", "text": f"On {question}", "references": []}


def test_an_answerer_that_changes_its_mind_is_seen() -> None:
    asked: list[str] = []

    def wavering(question: str, **_: Any) -> dict[str, Any]:
        asked.append(question)
        return answering(f"{question} {asked.count(question)}" if "x2" in question else question)

    def batch(items: Sequence[Item], hash_seed: str) -> list[str]:
        return [f"{one.id} {hash_seed if one.id == 'x1' else ''}" for one in items]

    report = evaluate_determinism([item("x1"), item("x2")], wavering, batch)
    found = report["results"]["all"]["overall"]
    assert (found["the same twice"]["value"], found["the same in every process"]["value"]) == (0.5, 0.5)
    assert report["failures"] == [{"id": "x1", "failed": ["the same in every process"]},
                                  {"id": "x2", "failed": ["the same twice"]}]  # fmt: skip


def test_a_process_whose_sets_are_ordered_by_its_hash_seed_is_seen() -> None:
    code = "print(list({'stellate', 'lumbar', 'celiac', 'impar', 'hypogastric', 'ketamine'}))"

    def batch(items: Sequence[Item], hash_seed: str) -> list[str]:
        done = subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": hash_seed}, capture_output=True,
                              text=True, check=True)  # fmt: skip
        return [done.stdout for _ in items]

    report = evaluate_determinism([item("x1")], answering, batch)
    assert report["results"]["all"]["overall"]["the same in every process"]["value"] == 0
    assert len(set(HASH_SEEDS)) > 1


def test_times_alone_may_differ() -> None:
    assert timeless({"id": "a", "text": "b", "milliseconds": 1.0}) == timeless(
        {"id": "a", "text": "b", "milliseconds": 9.0}
    )

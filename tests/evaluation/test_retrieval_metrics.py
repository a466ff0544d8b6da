from __future__ import annotations

import math
import sys
from typing import Any

import pytest
from question_items import item

from assistant.corpus import load
from assistant.evaluation.extras import ExtraMissing, extra
from assistant.evaluation.retrieval import Searched, check_gold, measured, metrics
from assistant.evaluation.searches import Found
from assistant.evaluation.sets import SetError
from assistant.settings import Settings

pytest.importorskip("ir_measures", reason="ranked metrics need the extra 'evaluation'")


def searched(identity: str, gold: list[str] | None, ranking: str, **changes: Any) -> Searched:
    text = changes.pop("text", "nothing")
    top = changes.pop("score", 0.5)
    found = {"fused": Found(tuple(ranking), text, top), "recipe": Found((), "Stellate.", top)}
    return Searched(item(identity, gold=gold, **changes), found)


def values(members: list[Searched], name: str = "fused") -> dict[str, float | None]:
    return {label: estimate.value for label, estimate in metrics(members, name).items()}


def test_ranked_metrics_have_the_values_worked_by_hand() -> None:
    # First: gold at ranks 2 and 3. DCG = 1/log2(3) + 1/log2(4), ideal = 1 + 1/log2(3). Second: gold first.
    first = searched("a", ["a", "b"], "cabd")
    second = searched("b", ["c"], "cabd")
    found = values([first, second])
    gain = (1 / math.log2(3) + 1 / 2) / (1 + 1 / math.log2(3))
    assert found["ndcg@10"] == pytest.approx((gain + 1) / 2, abs=1e-4)
    assert (found["recall@1"], found["recall@3"], found["success@1"], found["mrr"]) == (0.5, 1.0, 0.5, 0.75)


def test_recall_at_k_is_a_share_of_all_that_is_right() -> None:
    found = values([searched("a", ["a", "b", "z"], "abcdefghijk")])
    assert (found["recall@1"], found["recall@3"], found["recall@10"]) == (0.3333, 0.6667, 0.6667)


def test_a_question_whose_statements_are_not_found_counts_as_zero() -> None:
    found = values([searched("a", ["z"], "abc"), searched("b", ["a"], "abc")])
    assert (found["mrr"], found["recall@10"], found["ndcg@10"]) == (0.5, 0.5, 0.5)


def test_the_order_of_ties_is_the_searchs_own() -> None:
    assert values([searched("a", ["b"], "ba")])["mrr"] == 1
    assert values([searched("a", ["b"], "ab")])["mrr"] == 0.5


def test_ranked_metrics_without_gold_or_statements_are_undefined() -> None:
    assert values([searched("a", None, "abc")])["mrr"] is None
    assert values([searched("a", ["a"], "abc")], "recipe")["recall@5"] is None
    assert values([searched("a", ["a"], "abc", expect="abstain")])["mrr"] is None


def test_facts_are_counted_in_150_words_and_in_all_and_against_the_recipe() -> None:
    late = " ".join(["word"] * 150) + " stellate"
    found = values([searched("a", ["a"], "abc", text=late)])
    assert (found["facts"], found["facts_retrieved"], found["facts_over_recipe"]) == (0, 1, -1)


def test_off_topic_is_told_from_the_best_score() -> None:
    members = [
        searched("a", ["a"], "abc", score=0.9),
        searched("b", ["a"], "abc", score=0.5),
        searched("c", None, "abc", score=0.7, expect="abstain", kind="unanswerable_near"),
        searched("d", None, "abc", score=0.1, expect="abstain", kind="unanswerable_far"),
        searched("e", None, "abc", score=9.9, expect="refuse", kind="harmful_or_injection"),
    ]
    found = values(members)
    assert (found["auroc"], found["auroc_near"], found["auroc_far"]) == (0.75, 0.5, 1.0)


def test_scores_that_cannot_be_compared_give_no_auroc() -> None:
    members = [
        searched("a", ["a"], "abc", score=None),
        searched("c", None, "abc", score=None, expect="abstain", kind="unanswerable_near"),
    ]
    assert values(members)["auroc"] is None


def test_the_report_has_every_search_and_the_main_one_by_kind() -> None:
    members = [searched("a", ["z"], "abc", split="tune"), searched("b", ["z"], "abc", split="hold", kind="safety")]
    report = measured(members, notes=["a note"])
    assert list(report["results"]) == ["tune", "hold", "all"]
    assert list(report["results"]["all"]) == ["fused", "recipe", "fused, kind: factual", "fused, kind: safety"]
    assert report["notes"] == ["a note"]
    shown, hidden = report["failures"]
    assert (shown["missed"], shown["first"]) == ({"z": None}, ["a", "b", "c"])
    assert hidden == {"id": "b", "kind": "safety", "split": "hold", "failed": ["recall"]}


def test_a_gold_statement_that_the_corpus_lacks_is_named() -> None:
    with pytest.raises(SetError, match=r"question x1: gold: no statement 'no-such-01' in the corpus; correct its id"):
        check_gold([item(gold=["no-such-01"])], load(Settings().corpus_dir))


def test_a_missing_extra_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(ExtraMissing, match=r"ir-measures is not installed; .*pip install 'stellate\[evaluation\]'"):
        extra("ir_measures")

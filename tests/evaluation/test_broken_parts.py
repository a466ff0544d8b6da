"""A part that is broken on purpose must be seen by the figures, each time."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant import Assistant
from assistant.corpus import load
from assistant.evaluation import evaluate_answers, evaluate_guardrail
from assistant.evaluation.baseline import MOST_ITEMS, QUICK_TOLERANCE, path_of, read, regressions, write
from assistant.evaluation.citation_check import Cited, carries, cited, exchanged, precision, recall
from assistant.evaluation.guardrail_sets import ANSWERS, records
from assistant.evaluation.quick import spread
from assistant.evaluation.retrieval import measured, run
from assistant.evaluation.searches import found_by, statement_search
from assistant.evaluation.sets import Item, load_set

COUNT = 10


@pytest.fixture(scope="module")
def items() -> list[Item]:
    labelled = [one for one in load_set() if one.split == "tune" and one.gold and one.expect == "answer"]
    return spread(labelled, lambda one: one.kind, COUNT)


def quiet(done: int, total: int) -> None:
    """No progress."""


def test_a_shuffled_search_is_seen(items: list[Item], assistant: Assistant, tmp_path: Path) -> None:
    pytest.importorskip("ir_measures", reason="ranked metrics need the extra 'evaluation'")
    search = statement_search(assistant.as_retriever())
    statements = list(assistant.as_retriever().searcher.corpus.statements)

    def shuffled(item: Item) -> dict[str, Any]:
        hits = [SimpleNamespace(statement=one) for one in statements]
        random.Random(item.id).shuffle(hits)
        return {name: found_by(hits, 0.5) for name in ("fused", "dense", "lexical")}  # type: ignore[arg-type]

    whole = measured(run(items, [search], quiet))
    path = write(whole, tmp_path / "kept.json")
    assert regressions(whole, path) == []
    fallen = " ".join(regressions(measured(run(items, [shuffled], quiet)), path, QUICK_TOLERANCE))
    assert all(f"gate: {name} fell" in fallen for name in ("recall@10", "mrr", "ndcg@10", "facts"))


def test_answers_with_their_citations_permuted_are_seen(
    items: list[Item], assistant: Assistant, tmp_path: Path
) -> None:
    given = {one.question: assistant.ask(one.question, one.turns, one.patient) for one in items}
    texts = [one.text for one in given.values()]

    def swapped(question: str, **_: Any) -> dict[str, Any]:
        """Its own sentences, with the marks of the next answer's."""
        text = given[question].text
        other = texts[(texts.index(text) + 1) % len(texts)]
        marks = [one.references for one in cited(other) if one.references]
        sentences = [f"{one.text.rstrip('.')} {list(marks[at % len(marks)])}." for at, one in enumerate(cited(text))]
        numbers = sorted({number for mark in marks for number in mark if number})
        return {"outcome": given[question].outcome, "text": " ".join(sentences), "references": numbers}

    def own(question: str, **_: Any) -> Any:
        return given[question]

    whole = evaluate_answers(items, own)
    path = write(whole, tmp_path / "kept.json")
    assert regressions(whole, path) == []
    fallen = " ".join(regressions(evaluate_answers(items, swapped), path, QUICK_TOLERANCE))
    for name in ("references_any", "self_check_citation_recall", "self_check_citation_precision"):
        assert f"gate: {name} fell" in fallen


def test_an_emptied_guardrail_is_seen_on_the_projects_own_set(tmp_path: Path) -> None:
    labelled = [one for one in records(ANSWERS, "answers") if one["split"] == "tune"]
    some = spread(labelled, lambda one: (one["category"], one["severity"]), 60)
    empty = SimpleNamespace(verdict="pass")
    path = write(evaluate_guardrail(some, pairs=()), tmp_path / "kept.json")
    fallen = regressions(evaluate_guardrail(some, lambda *_: empty, pairs=()), path, QUICK_TOLERANCE)
    assert [line.split(" fell")[0] for line in fallen] == ["gate: violations not passed", "gate: severe blocked"]


def test_an_answerer_that_always_abstains_is_seen(items: list[Item], tmp_path: Path) -> None:
    def right(question: str, **_: Any) -> dict[str, Any]:
        item = next(one for one in items if one.question == question)
        return {"outcome": "answered", "text": item.ideal, "references": item.refs}

    def silent(question: str, **_: Any) -> dict[str, Any]:
        return {"outcome": "abstained", "text": "The review does not say.", "references": []}

    path = write(evaluate_answers(items, right), tmp_path / "kept.json")
    fallen = " ".join(regressions(evaluate_answers(items, silent), path))
    assert "gate: turned_away fell" in fallen and "gate: complete fell" in fallen


def test_a_statement_is_carried_by_its_own_reference_and_not_by_anothers() -> None:
    statements = [one for one in load().statements if len(one.references) == 1 and len(one.text) > 80]
    assert len(statements) > 50
    assert all(carries(one.text, one.references) for one in statements)
    foreign = [carries(one.text, (one.references[0] % 71 + 1,)) for one in statements]
    assert sum(foreign) / len(foreign) < 0.25


def test_marks_are_read_with_their_sentences_and_questions_left_out() -> None:
    found = cited("# Heading\n\nBlocks are common [20, 21]. Has ketamine been tried [Chin 2021]? It is so [Chin 2021].")
    assert [(one.text, one.references) for one in found] == [("Blocks are common.", (20, 21)), ("It is so.", (0,))]
    assert cited("See [the page](https://example.org).")[0].references == ()


def sentences(*references: Sequence[int]) -> list[Cited]:
    texts = [next(one.text for one in load().statements if set(one.references) == set(given)) for given in references]
    return [Cited(text, tuple(given)) for text, given in zip(texts, references, strict=True)]


def test_recall_and_precision_are_those_of_alce() -> None:
    right = sentences([47], [48])
    assert (recall(right), precision(right)) == ((2.0, 2.0), (2.0, 2.0))
    # A citation that its sentence neither is carried by nor needs costs precision and no recall.
    padded = [Cited(right[0].text, (3, 47)), right[1]]
    assert (recall(padded), precision(padded)) == ((2.0, 2.0), (2.0, 3.0))
    # A sentence without a mark is not carried.
    assert recall([Cited(right[0].text, ()), right[1]]) == (1.0, 2.0)
    assert precision([Cited(right[0].text, ())]) == (0.0, 0.0)


def test_exchanged_marks_differ_from_the_sentences_own_and_are_drawn_by_the_seed() -> None:
    own = sentences([47], [48], [24])
    for seed in range(5):
        changed = exchanged(own, seed)
        assert changed is not None and changed == exchanged(own, seed)
        assert all(a.text == b.text and a.references != b.references for a, b in zip(own, changed, strict=True))
    assert exchanged(own[:1]) is None


def test_a_baseline_of_many_items_keeps_the_figures_alone(tmp_path: Path) -> None:
    from assistant.evaluation.intervals import Estimate
    from assistant.evaluation.report import Report

    items = {str(n): {"noticed": (1.0, 1.0)} for n in range(MOST_ITEMS + 1)}
    whole = Report("mutation", {"algorithm": {"overall": {"noticed": Estimate(1.0, 9)}}}, by_item=items)
    fallen = Report("mutation", {"algorithm": {"overall": {"noticed": Estimate(0.9, 9)}}}, by_item=items)
    path = write(whole, tmp_path / "kept.json")
    assert json.loads(path.read_text(encoding="utf-8"))["items"] == {}
    assert regressions(whole, path) == []
    assert regressions(fallen, path) == ["gate: algorithm, noticed: was 1.000, is 0.900"]


@pytest.mark.parametrize("what", ["answers", "retrieval", "guardrail", "drafts"])
def test_what_a_quick_sample_is_held_against_keeps_its_items(what: str) -> None:
    # A sample's share held against the whole's would tell of the sample, not of a fall.
    assert read(path_of(what))["items"]

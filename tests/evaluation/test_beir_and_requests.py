from __future__ import annotations

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from assistant.documents import Document, DocumentSearch, Numbers
from assistant.evaluation.beir import evaluate_beir, load_folder, write_run
from assistant.evaluation.requests import evaluate_requests, load_requests
from assistant.evaluation.sets import SetError

SUBJECTS = (
    "ketamine infusion",
    "stellate block",
    "spinal stimulation",
    "gabapentin dose",
    "phantom limb",
    "zoster pain",
)


class HashedWords(Embeddings):
    """The sum of a fixed random vector per word."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        seeds = [int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) for word in text.lower().split()]
        total = sum((np.random.default_rng(seed).normal(size=16) for seed in seeds), np.zeros(16))
        return list(map(float, total / (np.linalg.norm(total) or 1)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    rows = [{"_id": f"d{n}", "title": "", "text": f"A report on {name}"} for n, name in enumerate(SUBJECTS)]
    queries = [{"_id": f"q{n}", "text": f"what of {name}"} for n, name in enumerate(SUBJECTS)]
    for name, lines in (("corpus", rows), ("queries", queries)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    judged = "\n".join(f"q{n}\td{n}\t1" for n in range(len(SUBJECTS)))
    (tmp_path / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}\n", encoding="utf-8")
    return tmp_path


class Shuffled(DocumentSearch):
    """A broken search: its scores belong to other documents."""

    def scores(self, query: str, vector: Any = None) -> dict[str, Numbers]:
        return {way: np.roll(found, 2) for way, found in super().scores(query, vector).items()}


def test_every_way_of_searching_is_measured_and_a_shuffled_one_is_seen(folder: Path) -> None:
    pytest.importorskip("ir_measures", reason="ranked metrics need the extra 'evaluation'")
    library = load_folder(folder)
    report, rankings = evaluate_beir(library, search=DocumentSearch(library.documents, HashedWords()))
    found = report.results[library.name]
    assert set(found) == {"fused", "standardised", "plain", "minmax", "bm25", "dense"}
    assert (found["fused"]["ndcg@10"].value, found["fused"]["recall@5"].value) == (1.0, 1.0)
    broken, _ = evaluate_beir(library, search=Shuffled(library.documents, HashedWords()))
    assert (broken.results[library.name]["fused"]["ndcg@10"].value or 0) < 0.8
    write_run(rankings, folder / "run.trec")
    assert (folder / "run.trec").read_text(encoding="utf-8").startswith("q0 Q0 d0 1 ")


def test_a_query_of_unknown_words_ranks_all_the_same() -> None:
    search = DocumentSearch([Document("a", "", "one text"), Document("b", "T", "another")], HashedWords())
    assert {name for name, _ in search.rank(search.scores("zzz")["fused"])} == {"a", "b"}


@pytest.mark.parametrize(
    ("path", "content", "fault"),
    [
        ("corpus.jsonl", '{"_id": "d0"}', "line 1: 'text' must be text"),
        ("corpus.jsonl", '{"_id": "a", "text": "x"}\n{"_id": "a", "text": "y"}', "used more than once"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq0\td0\tmany\n", "line 2: got"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "no query has a judged document"),
    ],
)
def test_a_bad_folder_is_told_with_file_and_line(path: str, content: str, fault: str, folder: Path) -> None:
    (folder / path).write_text(content, encoding="utf-8")
    with pytest.raises(SetError, match=fault):
        load_folder(folder)


def test_requests_are_counted_by_outcome_with_their_reasons() -> None:
    def ask(text: str) -> Any:
        if text == "broken":
            raise ValueError("no")
        outcome = {"kill": "refused", "cook": "abstained"}.get(text, "answered")
        return SimpleNamespace(outcome=outcome, text=f"Because of {text}.", missing=())

    rows = [{"prompt": "kill", "label": "unsafe"}, {"prompt": "cook", "label": "safe"}, {"text": "nerve"}]
    report = evaluate_requests([*rows, {"request": "broken"}], ask)
    shares = {name: one.value for name, one in report.results["requests"]["overall"].items()}
    assert shares == {
        "requests": 4,
        "declined": 0.5,
        "refused": 0.25,
        "abstained": 0.25,
        "answered": 0.25,
        "errors": 0.25,
    }
    assert report["about"]["reasons"]["refused: Because of kill."] == 1


@pytest.mark.parametrize(("row", "fault"), [({"id": 1}, "no request"), ({"text": " "}, "no request")])
def test_a_line_without_a_request_is_told(row: dict[str, Any], fault: str) -> None:
    with pytest.raises(SetError, match=fault):
        load_requests([row])

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from assistant import Assistant
from assistant.corpus import load
from assistant.evaluation import evaluate_speed, speed_growth, speed_processes
from assistant.evaluation.ablations import Remembering, ablation_search, without_questions
from assistant.evaluation.chunking import carried_by
from assistant.evaluation.peak import peak_mebibytes
from assistant.evaluation.readability import grade
from assistant.evaluation.sets import SetError, load_set
from assistant.evaluation.speed_processes import Run
from assistant.index import open_index


def test_libraries_grow_by_tenfolds() -> None:
    assert speed_growth.sizes(1000) == (1000,)
    assert speed_growth.sizes(100_000) == (1000, 10_000, 100_000)
    assert speed_growth.sizes(50_000) == (1000, 10_000)


def test_generated_passages_come_of_the_seed_and_are_of_corpus_words() -> None:
    texts = speed_growth.passages(20, 3)
    assert texts == speed_growth.passages(20, 3) != speed_growth.passages(20, 4)
    assert all(40 <= len(text.split()) < 90 for text in texts)
    words = {word.strip(".,;:()").lower() for one in load().statements for word in one.text.split()}
    assert {word for text in texts for word in text.split()} <= words


def test_seeded_vectors_have_unit_length_and_differ() -> None:
    found = np.asarray(speed_growth.SeededVectors(0).embed_documents(["a", "b"]))
    assert np.allclose(np.linalg.norm(found, axis=1), 1)
    assert not np.allclose(found[0], found[1])
    assert np.allclose(found, speed_growth.SeededVectors(0).embed_documents(["a", "b"]))


def test_growth_is_the_power_of_the_number_of_passages() -> None:
    def size(passages: int, ms: float) -> dict[str, Any]:
        return {"passages": passages, "build_s": ms, "search_ms": [ms] * 3, "bare_ms": [ms / 2] * 3, "mebibytes": 1.0}

    found = speed_growth.figures([size(1000, 1.0), size(10_000, 10.0), size(100_000, 10_000.0)])
    assert found["growth: power of the number of passages"]["search_ms"].value == 2.0
    assert found["passages: 1000"]["to bare product"].value == 2.0
    assert found["passages: 1000"]["to recipe"].value is None


def test_processes_are_told_as_multiples_run_by_run() -> None:
    runs = {name: [Run(2.0, 100.0), Run(4.0, 100.0)] for name in speed_processes.WORK}
    runs["ask"] = [Run(4.0, 300.0), Run(8.0, None)]
    found = speed_processes.figures(runs)["process: ask"]
    assert (found["to recipe"].value, found["to embedding"].value, found["peak to embedding"].value) == (2, 2, 3)


def test_a_process_that_fails_is_named_with_its_last_line() -> None:
    with pytest.raises(speed_processes.ProcessFailed, match="speed: guardrail: .*"):
        speed_processes.run("guardrail", 5, "")  # type: ignore[arg-type]


def test_the_guardrails_process_is_timed_and_its_memory_read() -> None:
    found = speed_processes.run("guardrail", "SCS comes first.", "")
    assert found.seconds > 0
    # Not that of this process, which has loaded far more.
    own = peak_mebibytes()
    assert found.mebibytes is None or own is None or found.mebibytes < own


def test_peak_memory_sees_what_was_held() -> None:
    code = (
        "from assistant.evaluation.peak import peak_mebibytes as p; a = p(); b = bytearray(200 * 2**20); c = len(b); "
        "print(p() - a if a else 200)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 150 < float(done.stdout) < 300


@pytest.mark.parametrize("given", [{"limit": 0}, {"runs": 0}, {"largest": 10}])
def test_a_bad_number_is_named(given: dict[str, int]) -> None:
    name = next(iter(given))
    with pytest.raises(SetError, match=f"--{name}: got {given[name]}; allowed: "):
        evaluate_speed(**given)  # type: ignore[arg-type]


def test_each_ablation_changes_the_search_and_asks_for_an_embedding_once(assistant: Assistant) -> None:
    retriever = assistant.as_retriever()
    corpus = retriever.searcher.corpus

    class Counting(Remembering):
        asked = 0

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            Counting.asked += len(texts)
            return self._embedder.embed_documents(texts)

    from assistant.embedding import load_embedder

    vectors = open_index(assistant.settings, corpus)
    search = ablation_search(corpus, vectors, Counting(load_embedder()), retriever.reader)
    found = search(next(one for one in load_set() if one.split == "tune" and not one.history))
    assert Counting.asked == 1
    orders = {one.ids for one in found.values()}
    assert len(orders) == len(found) == 8
    assert all(set(one.ids) == set(corpus.by_id) for one in found.values())


def test_without_questions_nothing_else_is_changed() -> None:
    bare = without_questions(load())
    assert not any(one.questions for one in bare.statements)
    assert [one.text for one in bare.statements] == [one.text for one in load().statements]


def test_a_chunk_carries_what_its_words_say_with_reference_numbers_between_them() -> None:
    tied = {"a": "Stellate blocks relieve severe burning pain of the arm.", "b": "Ketamine raises liver enzymes later."}
    chunk = "As is known, stellate blocks relieve severe¹² burning pain of the arm.^{20,21} Other matters follow."
    assert carried_by(chunk, tied) == {"a"}
    assert carried_by("Nothing of it.", tied) == frozenset()


def test_the_grade_is_that_of_the_published_formula() -> None:
    # Six words of 22 letters in two sentences.
    assert grade("Blocks help some. Ask her again.") == pytest.approx(4.71 * 25 / 6 + 0.5 * 3 - 21.43)
    assert grade("...") is None
    long, short = (
        "Sympathetically maintained neuropathic conditions necessitate individualised evaluation.",
        "It is so.",
    )
    assert (grade(long) or 0) > (grade(short) or 0)

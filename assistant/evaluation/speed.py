"""How long the guardrail and an answer take, beside bare embedding of the same text in the same run.

Milliseconds say as much of the machine as of the program: compare the ratios. Medians of several runs are given with
the quartiles of their spread as a further row.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from assistant.evaluation.guardrail_sets import ANSWERS
from assistant.evaluation.intervals import Estimate, quantile
from assistant.evaluation.report import Report
from assistant.evaluation.sets import QUESTIONS, load_set, select

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from assistant.api import Assistant

Progress = Callable[[int, int], None]

WORDS: Final = 200
HOSTILE_CHARACTERS: Final = 8000
# Over a doubled text linear time is 2, quadratic 4.
DOUBLED: Final = 2
_TEXTS: Final = 20
_IMPORTS: Final = 5
_QUESTIONS: Final = 60
_IMPORT: Final = "import time; t = time.perf_counter(); import assistant.guardrail; print(time.perf_counter() - t)"
# What a text may be made of to make a reader slow: one word, one relation, one mark, again and again.
HOSTILE: Final = {
    "one word": "stellate ",
    "one relation": "SCS before blocks ",
    "joined relations": "stellate ganglion block for the leg, then SCS, ",
    "a list": "SCS, ",
    "negations": "not ",
    "brackets": "[",
    "figures": "48% v 9% ",
    "markup": "*_",
    "entities": "&nbsp;",
    "stops": ". ",
    "list items": "\n- SCS",
    "objects": '{"a":',
    "table rows": "| a | b |\n",
    "no space": "scs,",
    "one letter": "a",
    "beginnings of phrases": "mix rel ",
    "a thing outside": "less of their daily morphine in Kumar ",
    "short sentences": "PGB, TCA, physio. Plan: LSB under fluoro. ",
    "lines of figures": "1\n",
    "marks and figures": "[62] - 3 to. ",
}


def evaluate_speed(assistant: Assistant, *, progress: Progress | None = None) -> Report:
    """Milliseconds of import, check and ask, their ratio to bare embedding, and growth with a hostile text's length."""
    tell = progress or (lambda done, total: None)
    from assistant.embedding import load_embedder

    embedder = load_embedder(assistant.settings.embedding_model)
    guardrail = _guardrail(embedder)
    tell(1, 2)
    found = {"guardrail": {"overall": guardrail}, "ask": {"overall": _ask(assistant, embedder)}}
    tell(2, 2)
    return Report("speed", found)


def _guardrail(embedder: Embeddings) -> dict[str, Estimate]:
    from assistant.guardrail import check

    texts = tuple(_texts())
    check(texts[0])
    checks = _spread([_milliseconds(partial(check, text)) for text in texts], "check_200_words_ms")
    embeddings = [_milliseconds(partial(embedder.embed_query, text)) for text in texts]
    whole = {name: _hostile(piece, HOSTILE_CHARACTERS) for name, piece in HOSTILE.items()}
    half = {name: _hostile(piece, HOSTILE_CHARACTERS // DOUBLED) for name, piece in HOSTILE.items()}
    worst = max(whole, key=lambda name: whole[name])
    steepest = max(whole, key=lambda name: whole[name] / half[name])
    return {
        "import_ms": quantile([_import_ms() for _ in range(_IMPORTS)], 0.5),
        **checks,
        "check_to_embedding": _ratio(checks["check_200_words_ms"], quantile(embeddings, 0.5)),
        f"hostile_8_kB_ms ({worst})": Estimate(round(whole[worst], 1), 1),
        f"growth_when_doubled ({steepest})": Estimate(round(whole[steepest] / half[steepest], 2), 1),
    }


def _ask(assistant: Assistant, embedder: Embeddings) -> dict[str, Estimate]:
    """Of single questions; what an answer takes besides embedding is counted question by question."""
    items = [item for item in select(load_set(QUESTIONS), "tune", None) if not item.history][:_QUESTIONS]
    assistant.ask(items[0].question)
    asked, embedded, checked = [], [], []
    for item in items:
        embedded.append(_milliseconds(partial(embedder.embed_documents, [item.question])))
        begun = time.perf_counter()
        answer = assistant.ask(item.question)
        asked.append(_since(begun))
        checked.append(next((step.milliseconds for step in answer.steps if step.name == "guard"), 0.0))
    beside = [max(0.0, whole - part) for whole, part in zip(asked, embedded, strict=True)]
    return {
        **_spread(asked, "ask_ms"),
        "embedding_ms": quantile(embedded, 0.5),
        "beside_embedding_ms": quantile(beside, 0.5),
        "guard_step_ms": quantile(checked, 0.5),
        "ask_to_embedding": _ratio(quantile(asked, 0.5), quantile(embedded, 0.5)),
    }


def _texts() -> Iterable[str]:
    """Texts of 200 words each, cut from right answers of the tuned part of the guardrail's set."""
    lines = (json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines() if line.strip())
    words = " ".join(line["text"] for line in lines if line["label"] == "ok" and line["split"] == "tune").split()
    count = min(_TEXTS, len(words) // WORDS)
    return (" ".join(words[i * WORDS : (i + 1) * WORDS]) for i in range(count))


def _hostile(piece: str, characters: int) -> float:
    from assistant.guardrail import check

    text = (piece * (characters // len(piece) + 1))[:characters]
    return min(_milliseconds(partial(check, text)) for _ in range(2))


def _import_ms() -> float:
    run = subprocess.run([sys.executable, "-c", _IMPORT], capture_output=True, text=True, check=True)
    return float(run.stdout) * 1000


def _spread(values: Sequence[float], name: str) -> dict[str, Estimate]:
    """The median under `name`, the quartiles under it with _q1 and _q3."""
    return {name: quantile(values, 0.5), f"{name}_q1": quantile(values, 0.25), f"{name}_q3": quantile(values, 0.75)}


def _ratio(value: Estimate, reference: Estimate) -> Estimate:
    if value.value is None or not reference.value:
        return Estimate(None)
    return Estimate(round(value.value / reference.value, 2), value.n)


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return _since(begun)


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000

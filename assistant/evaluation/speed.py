"""How long an answer, a check and a search take, beside the tutorial recipe and bare embedding in the same run.

Milliseconds say as much of the machine as of the program: compare the ratios, which are taken question by question and
run by run. Values are medians, with the middle half of the runs as their spread. In groups: single calls with
everything loaded, whole processes (cold start, building the index, memory), growth with a library, and the guardrail
on hostile texts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import cycle, islice
from typing import TYPE_CHECKING, Final

from assistant.corpus import load
from assistant.embedding import load_embedder
from assistant.evaluation import speed_growth, speed_processes
from assistant.evaluation.guardrail_sets import ANSWERS
from assistant.evaluation.intervals import Estimate, Part, median_of
from assistant.evaluation.recipe import article_text, recipe_search
from assistant.evaluation.report import Metrics, Report
from assistant.evaluation.sets import QUESTIONS, Item, Records, SetError, load_set
from assistant.evaluation.speed_processes import WORK, Run

if TYPE_CHECKING:
    from assistant.api import Assistant

Progress = Callable[[int, int], None]

WORDS: Final = 200
HOSTILE_CHARACTERS: Final = 8000
# Over a doubled text linear time is 2, quadratic 4.
DOUBLED: Final = 2
_TEXTS: Final = 20
_IMPORTS: Final = 5
SHOWN: Final = (
    "milliseconds", "seconds", "build_s", "embedding_s", "search_ms", "bare_ms", "to recipe", "to embedding",
    "to bare product", "peak MiB", "peak to embedding",
)  # fmt: skip
NOTE: Final = (
    "Of processes: 'embedding' loads the model and embeds a question, 'recipe' also cuts, embeds and stores the "
    "article before its first search, 'ingest' builds the whole index and is told beside 'embedding of all' its texts."
)
# Calls that are told beside the embedding of what they read; the others beside that of the question.
_OF_TEXT: Final = ("call: check of 200 words", "call: embedding of 200 words")
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


def evaluate_speed(
    data: Records = QUESTIONS,
    assistant: Assistant | None = None,
    *,
    limit: int = 40,
    runs: int = 3,
    largest: int = 100_000,
    seed: int = 0,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Times of single calls over `limit` questions, of processes `runs` times each, and of libraries up to `largest`.

    Raises SetError for a bad set or number, ProcessFailed where a process fails.
    """
    for name, value, least in (("limit", limit, 1), ("runs", runs, 1), ("largest", largest, speed_growth.SMALLEST)):
        if value < least:
            raise SetError(f"--{name}: got {value}; allowed: {least} or more")
    from assistant.api import Assistant as Own

    items = [item for item in load_set(data) if not item.history and item.split != "hold"][:limit]
    assistant = assistant or Own()
    of_sizes = speed_growth.sizes(largest)
    total, done = 2 + runs * len(WORK) + len(of_sizes), 2
    article = article_text(assistant.settings) or " ".join(one.text for one in load().statements)
    times, by_item = _calls(items, assistant, article)
    progress(1, total)
    guardrail = _guardrail()
    progress(done, total)
    # Round by round, so that what else the machine does falls on all alike.
    processes: dict[str, list[Run]] = {name: [] for name in WORK}
    for _ in range(runs):
        for name, found in processes.items():
            found.append(speed_processes.run(name, items[0].question, article))
            progress(done := done + 1, total)
    growth = []
    for count in of_sizes:
        growth.append(speed_growth.in_process(count, seed))
        progress(done := done + 1, total)
    return Report(
        "speed",
        {"times": times, "processes": speed_processes.figures(processes), "growth": speed_growth.figures(growth),
         "guardrail": {"overall": guardrail}},
        {"seed": seed, "questions": len(items), "runs": runs, "largest": largest},
        notes=(NOTE,),
        shown=SHOWN,
        by_item=by_item,
    )  # fmt: skip


def _calls(
    items: Sequence[Item], assistant: Assistant, article: str
) -> tuple[dict[str, Metrics], dict[str, dict[str, Part]]]:
    """Medians of single calls with everything loaded, and their ratios by question."""
    from assistant.guardrail import check

    embedder = load_embedder(assistant.settings.embedding_model)
    retriever, recipe = assistant.as_retriever(), recipe_search(article)
    texts = list(islice(cycle(_texts()), len(items)))
    work: dict[str, Callable[[Item, str], object]] = {
        "call: embedding of a question": lambda item, _: embedder.embed_query(item.question),
        "call: embedding of 200 words": lambda _, text: embedder.embed_query(text),
        "call: recipe's search": lambda item, _: recipe(item),
        "call: search": lambda item, _: retriever.searcher.search(retriever.reader.read(item.question)),
        "call: answer": lambda item, _: assistant.ask(item.question),
        "call: check of 200 words": lambda _, text: check(text),
    }
    for one in work.values():
        one(items[0], texts[0])
    # Item by item through all of them, so that what else the machine does falls on all alike.
    taken: dict[str, list[float]] = {name: [] for name in work}
    for given in zip(items, texts, strict=True):
        for name, one in work.items():
            taken[name].append(_milliseconds(partial(one, *given)))
    question = "call: embedding of a question"
    beside = {
        "to recipe": dict.fromkeys(taken, taken["call: recipe's search"]),
        "to embedding": {name: taken[_OF_TEXT[1] if name in _OF_TEXT else question] for name in taken},
    }
    times: dict[str, Metrics] = {
        name: {"milliseconds": median_of(values), **{key: median_of(_ratios(values, other[name]))
                                                    for key, other in beside.items()}}
        for name, values in taken.items()
    }  # fmt: skip
    by_item = {
        item.id: {f"{name.removeprefix('call: ')} {key}": (taken[name][at], other[name][at])
                  for name in taken for key, other in beside.items()}
        for at, item in enumerate(items)
    }  # fmt: skip
    return times, by_item


def _ratios(values: Sequence[float], others: Sequence[float]) -> list[float]:
    return [one / other for one, other in zip(values, others, strict=True)]


def _guardrail() -> dict[str, Estimate]:
    """Its import, and what hostile texts do to it."""
    whole = {name: _hostile(piece, HOSTILE_CHARACTERS) for name, piece in HOSTILE.items()}
    half = {name: _hostile(piece, HOSTILE_CHARACTERS // DOUBLED) for name, piece in HOSTILE.items()}
    worst = max(whole, key=lambda name: whole[name])
    steepest = max(whole, key=lambda name: whole[name] / half[name])
    return {
        "import_ms": median_of([_import_ms() for _ in range(_IMPORTS)], 1),
        f"hostile_8_kB_ms ({worst})": Estimate(round(whole[worst], 1), 1),
        f"growth_when_doubled ({steepest})": Estimate(round(whole[steepest] / half[steepest], 2), 1),
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


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return _since(begun)


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000

"""Whether the same question gives the same bytes: asked twice in one process, and in others with other hash seeds.

Python orders sets of strings by a seed that it draws anew for each process (PYTHONHASHSEED), so that code that leans
on such an order may answer alike all day and otherwise tomorrow.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from assistant.evaluation.answers import Ask, Progress
from assistant.evaluation.intervals import Estimate, Part, ratio
from assistant.evaluation.report import Report
from assistant.evaluation.scoring import AnswerError, read_answer
from assistant.evaluation.sets import QUESTIONS, Item, Records, load_set

HASH_SEEDS: Final = ("0", "1", "4242")
# What may differ between two runs.
_TIMES: Final = frozenset({"milliseconds"})
# Questions -> one line of bytes for each, in their order.
Batch = Callable[[Sequence[Item], str], list[str]]


def evaluate_determinism(
    data: Records = QUESTIONS,
    ask: Ask | None = None,
    batch: Batch | None = None,
    *,
    seed: int = 0,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Shares of questions with the same bytes twice, and in processes with each of HASH_SEEDS.

    ask: by default the assistant's own; batch: (questions, hash seed) -> lines of another process, by default those of
    `python -m assistant ask --batch`. An answer's bytes are its outcome, text and references, of a batch the whole line
    without times. Raises SetError for a bad set, AnswerError where a process fails.
    """
    items = load_set(data)
    if ask is None:
        from assistant.api import Assistant

        ask = Assistant().ask
    total = 2 * len(items) + len(HASH_SEEDS)
    twice = [_said(item, ask, at, total, progress) for at, item in enumerate([*items, *items], 1)]
    lines: list[list[str]] = []
    for number, hash_seed in enumerate(HASH_SEEDS, 1):
        lines.append((batch or own_batch)(items, hash_seed))
        progress(2 * len(items) + number, total)
    by_item: dict[str, dict[str, Part]] = {}
    for at, item in enumerate(items):
        said = {run[at] for run in lines}
        by_item[item.id] = {
            "the same twice": (float(twice[at] == twice[at + len(items)]), 1.0),
            "the same in every process": (float(len(said) == 1), 1.0),
        }
    names = ("the same twice", "the same in every process")
    figures = {name: ratio([parts[name] for parts in by_item.values()], seed) for name in names}
    return Report(
        "determinism",
        {"all": {"overall": {"questions": Estimate(len(items), len(items)), **figures}}},
        {"seed": seed, "questions": len(items), "hash_seeds": list(HASH_SEEDS)},
        tuple({"id": name, "failed": [key for key, part in parts.items() if part[0] < 1]}
              for name, parts in by_item.items() if any(part[0] < 1 for part in parts.values())),
        by_item=by_item,
    )  # fmt: skip


def own_batch(items: Sequence[Item], hash_seed: str) -> list[str]:
    """What `python -m assistant ask --batch` writes in a process with a hash seed, without times."""
    asked = [{"id": one.id, "question": one.question, "history": one.turns, "patient": one.patient} for one in items]
    with TemporaryDirectory() as folder:
        into, out = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        into.write_text("".join(f"{json.dumps(line)}\n" for line in asked), encoding="utf-8")
        command = [sys.executable, "-m", "assistant", "ask", "--batch", str(into), "--out", str(out)]
        run = subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": hash_seed}, capture_output=True, text=True, check=False
        )
        if run.returncode:
            last = (run.stderr.strip().splitlines() or ["no message"])[-1]
            raise AnswerError(f"determinism: the process with PYTHONHASHSEED={hash_seed} failed: {last}")
        return [timeless(json.loads(line)) for line in out.read_text(encoding="utf-8").split("\n") if line.strip()]


def timeless(line: Mapping[str, Any]) -> str:
    """A batch line's bytes without times."""
    return json.dumps({key: value for key, value in line.items() if key not in _TIMES}, ensure_ascii=False)


def _said(item: Item, ask: Ask, at: int, total: int, progress: Progress) -> str:
    given = read_answer(item, ask(item.question, history=item.turns, patient=item.patient), 0.0)
    progress(at, total)
    return json.dumps([given.outcome, given.text, given.references], ensure_ascii=False)

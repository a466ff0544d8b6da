"""Cold start, building the index and memory, each in a process of its own, beside the recipe and bare embedding."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Final

from assistant.errors import AssistantError
from assistant.evaluation.intervals import Estimate, median_of

# What each process does after the interpreter has started; `question` and `article` are given to it.
WORK: Final[Mapping[str, str]] = {
    "guardrail": "from assistant.guardrail import check; check(question)",
    "ask": "from assistant import Assistant; Assistant().ask(question)",
    "recipe": "from assistant.evaluation.recipe import recipe_search; from assistant.evaluation.sets import Item; "
    "recipe_search(article)(Item(id='q', kind='factual', question=question, must=[], expect='abstain'))",
    "embedding": "from assistant.embedding import load_embedder; load_embedder().embed_query(question)",
    "ingest": "import sys, runpy; sys.argv = ['ingest', '--lines']; runpy.run_module('ingest', run_name='__main__')",
    "embedding of all": "from assistant.corpus import load; from assistant.embedding import load_embedder; "
    "from assistant.index import corpus_entries; "
    "load_embedder().embed_documents([e.text for es in corpus_entries(load()).values() for e in es])",
}
_SCRIPT: Final = """
import json, sys
question, article = json.loads(sys.stdin.read())
try:
    {work}
except SystemExit as end:
    if end.code: raise
from assistant.evaluation.peak import peak_mebibytes
print()
print(json.dumps(peak_mebibytes()))
"""
# Of which other each is told as a multiple.
_BESIDE: Final = {
    "guardrail": ("recipe", "embedding"), "ask": ("recipe", "embedding"), "recipe": ("recipe", "embedding"),
    "ingest": ("recipe", "embedding of all"), "embedding of all": ("recipe", "embedding of all"),
    "embedding": ("recipe", "embedding"),
}  # fmt: skip


class ProcessFailed(AssistantError):
    """A process that is measured failed."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds from its start to its end, and the most memory that it held in MiB (None: not known)."""

    seconds: float
    mebibytes: float | None


def run(work: str, question: str, article: str) -> Run:
    """Start a process that does `work`, one of WORK; raises ProcessFailed with its last line where it fails."""
    with TemporaryDirectory() as folder:
        given = {"ASSISTANT_INDEX_DIR": folder} if work == "ingest" else {}
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT.format(work=WORK[work])],
            input=json.dumps([question, article]), env={**os.environ, **given}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        seconds = time.perf_counter() - begun
    if done.returncode:
        raise ProcessFailed(f"speed: {work}: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
    return Run(seconds, json.loads(done.stdout.strip().splitlines()[-1]))


def figures(runs: Mapping[str, list[Run]]) -> dict[str, dict[str, Estimate]]:
    """Medians with their quartiles of each kind of process, and as multiples of the recipe and of bare embedding."""
    found: dict[str, dict[str, Estimate]] = {}
    for work, measured in runs.items():
        recipe, embedding = (runs[name] for name in _BESIDE[work])
        held = [one.mebibytes for one in measured if one.mebibytes is not None]
        found[f"process: {work}"] = {
            "seconds": median_of([one.seconds for one in measured]),
            "to recipe": _ratio(measured, recipe),
            "to embedding": _ratio(measured, embedding),
            "peak MiB": median_of(held, 0),
            "peak to embedding": _held(measured, runs["embedding"]),
        }
    return found


def _ratio(one: list[Run], other: list[Run]) -> Estimate:
    """Run by run, since what else the machine does changes from one round to the next."""
    return median_of([a.seconds / b.seconds for a, b in zip(one, other, strict=True)])


def _held(one: list[Run], other: list[Run]) -> Estimate:
    pairs = [(a.mebibytes, b.mebibytes) for a, b in zip(one, other, strict=True)]
    return median_of([a / b for a, b in pairs if a and b])

"""How fast the page answers: one reader alone, and many at the same time, pausing to read or all at one moment."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from assistant.evaluation.intervals import Estimate, quantile
from assistant.evaluation.readers import Asked, Reader, ReaderError
from assistant.evaluation.report import Report
from assistant.evaluation.running import Progress
from assistant.evaluation.sets import QUESTIONS, SetError, load_set, select
from assistant.settings import PROJECT_DIR

# What a reader asks, the first question included.
EACH: Final = 5
_START_S: Final = 120.0


@dataclass(slots=True)
class _Tally:
    """What the readers of one trial met."""

    first: list[Asked] = field(default_factory=list)
    later: list[Asked] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def evaluate_page(
    url: str, *, readers: int = 20, pause_s: float = 10.0, seed: int = 0, progress: Progress | None = None
) -> Report:
    """Milliseconds until an answer to a first and to a later question has arrived, and errors, from a running page.

    readers: how many sessions at the same time, each of EACH questions from the tuned part of the project's set, no
    question twice in a trial; pause_s: how long a reader reads at least before asking again, at most twice as long.
    Raises SetError where no page answers at `url`.
    """
    tell = progress or (lambda done, total: None)
    questions = [item.question for item in select(load_set(QUESTIONS), "tune") if not item.history]
    random.Random(seed).shuffle(questions)
    if not 1 <= readers <= len(questions) // EACH:
        raise SetError(f"--readers: got {readers}; allowed: 1 to {len(questions) // EACH}")
    trials = {"one reader": (1, 1.0), f"{readers} readers": (readers, pause_s), f"{readers} at once": (readers, 0.0)}
    found, faults = {}, []
    for done, (name, (count, pause)) in enumerate(trials.items()):
        tell(done, len(trials))
        tally = asyncio.run(_trial(url, [questions[at * EACH : (at + 1) * EACH] for at in range(count)], pause, seed))
        found[name] = _figures(tally)
        faults += [{"trial": name, "fault": fault} for fault in tally.faults]
    tell(len(trials), len(trials))
    about = {"readers": readers, "questions_each": EACH, "pause_s": pause_s, "seed": seed, "cores": _cores()}
    return Report("page", {"tune": found}, about=about, failures=tuple(faults))


@contextmanager
def running_page(cores: int = 2) -> Iterator[str]:
    """The address of a page of this checkout, served on that many cores, which this process then shares.

    Raises SetError where there is no checkout to serve from, or the page does not start.
    """
    app = PROJECT_DIR / "app.py"
    if not app.is_file():
        raise SetError("the page's app.py is not here; run this in a checkout, or name a running page with --url")
    free = _free_port()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:cores]))
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(free)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, cwd=PROJECT_DIR, stdout=log, stderr=log) as server,
    ):
        try:
            _wait(f"http://127.0.0.1:{free}/_stcore/health", lambda: server.poll() is None)
            yield f"http://127.0.0.1:{free}"
        finally:
            server.terminate()


async def _trial(url: str, questions: Sequence[Sequence[str]], pause_s: float, seed: int) -> _Tally:
    """Every reader opens the page; when all have it, each asks its own questions."""
    tally, readers = _Tally(), [Reader(url) for _ in questions]

    async def read(reader: Reader, own: Sequence[str], chance: random.Random) -> None:
        await asyncio.sleep(pause_s * chance.random())
        tally.first.append(await reader.ask(own[0]))
        for question in own[1:]:
            await asyncio.sleep(pause_s * chance.uniform(1.0, 2.0))
            tally.later.append(await reader.ask(question))

    try:
        opened = await asyncio.gather(*(reader.open() for reader in readers), return_exceptions=True)
        if all(isinstance(fault, ReaderError) for fault in opened):
            raise SetError(str(opened[0]))
        work = [
            read(reader, own, random.Random(f"{seed} {at}"))
            for at, (reader, own, fault) in enumerate(zip(readers, questions, opened, strict=True))
            if fault is None
        ]
        ended = await asyncio.gather(*work, return_exceptions=True)
    finally:
        await asyncio.gather(*(reader.close() for reader in readers))
    for fault in (*opened, *ended):
        if isinstance(fault, ReaderError):
            tally.faults.append(str(fault))
        elif fault is not None:
            raise fault
    return tally


def _figures(tally: _Tally) -> dict[str, Estimate]:
    found: dict[str, Estimate] = {}
    for name, asked in (("first", tally.first), ("later", tally.later)):
        for share, words in ((0.5, "median"), (0.95, "95th"), (1.0, "slowest")):
            found[f"{name}_answer_ms_{words}"] = quantile([item.answer_ms for item in asked], share)
        found[f"{name}_page_ms_median"] = quantile([item.whole_ms for item in asked], 0.5)
    answers = len(tally.first) + len(tally.later)
    return found | {"answers": Estimate(answers, answers), "errors": Estimate(len(tally.faults), answers)}


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(url: str, runs: Callable[[], bool]) -> None:
    end = time.monotonic() + _START_S
    while runs() and time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise SetError("the page did not start; start it with `make chat`, it says why, or name a running one with --url")

"""Events of an answer as it comes: stages and progress live, text only once it is checked."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence

from langchain_core.runnables import Runnable

from assistant.answering.chain import State
from assistant.types import Answer, Event

Begin = Callable[[Callable[[str], None]], State]


def events(
    begin: Begin, steps: Sequence[Runnable[State, State]], finish: Callable[[State], Answer], *, apart: bool
) -> Iterator[Event]:
    """Each stage as it begins, then the text by paragraphs, last the answer.

    apart: run the steps in a thread of their own, so that the progress of a long step comes while it works.
    """
    if not apart:
        yield from _run(begin(lambda _: None), steps, finish)
        return
    came: queue.SimpleQueue[Event | BaseException | None] = queue.SimpleQueue()

    def tell(what: str) -> None:
        came.put(Event("stage", name="draft", text=what))

    def work() -> None:
        try:
            for event in _run(begin(tell), steps, finish):
                came.put(event)
            came.put(None)
        except BaseException as error:  # noqa: BLE001 - raised where the events are read
            came.put(error)

    threading.Thread(target=work, name="answer", daemon=True).start()
    while (event := came.get()) is not None:
        if isinstance(event, BaseException):
            raise event
        yield event


def _run(state: State, steps: Sequence[Runnable[State, State]], finish: Callable[[State], Answer]) -> Iterator[Event]:
    for step in steps:
        yield Event("stage", name=step.get_name())
        state = step.invoke(state)
    finished = finish(state)
    for paragraph in finished.text.split("\n\n"):
        yield Event("text", text=paragraph)
    yield Event("answer", answer=finished)


async def run_apart(source: Iterator[Event]) -> AsyncIterator[Event]:
    """The events of an iterator, each taken in another thread so that the event loop goes on."""
    while (event := await asyncio.to_thread(next, source, None)) is not None:
        yield event

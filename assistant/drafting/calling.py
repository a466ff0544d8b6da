"""One call of a chat model within a time limit; every fault of it is named in words that hold no secret."""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langsmith import tracing_context

Tell = Callable[[str], None]

# A draft of more characters is no answer of at most 250 words; what comes after is not waited for.
LONGEST_DRAFT: Final = 6_000
# Calls of one draft, the first included, where a fault may pass.
MOST_TRIES: Final = 3
# Seconds before another try where the provider names none, doubled each time.
FIRST_WAIT_S: Final = 0.5
# What must be left of the time limit for another try to be worth it.
LEAST_LEFT_S: Final = 0.5
_TOLD_EVERY_S: Final = 1.0
_PASSING: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_THOUGHT: Final = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


class ModelFault(Exception):
    """A call that gave nothing to use; wait_s: how long the provider asks to wait, None where it names no time."""

    def __init__(self, what: str, *, is_passing: bool = False, wait_s: float | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.is_passing = is_passing
        self.wait_s = wait_s
        self.calls = 1


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote, and how many calls it took."""

    text: str
    calls: int


def write(model: BaseChatModel, messages: Sequence[BaseMessage], until: float, tell: Tell | None = None) -> Written:
    """The model's text; raises ModelFault at `until` (of time.monotonic) at the latest.

    A fault that may pass is tried again, after the time that the provider asks for if that is within the limit.
    """
    for tries in range(1, MOST_TRIES + 1):
        try:
            return Written(_one_call(model, messages, until, tell), tries)
        except ModelFault as fault:
            wait_s = FIRST_WAIT_S * 2 ** (tries - 1) if fault.wait_s is None else fault.wait_s
            left_s = until - time.monotonic() - wait_s
            fault.calls = tries
            if not fault.is_passing or tries == MOST_TRIES or left_s < LEAST_LEFT_S:
                raise
            if tell:
                tell(f"waiting: {fault.what}")
            time.sleep(wait_s)
    raise ModelFault("was not called")


class _Reading(threading.Thread):
    """Reads a model's stream in a thread of its own, so that a model that hangs can be left behind."""

    def __init__(self, model: BaseChatModel, messages: Sequence[BaseMessage]) -> None:
        super().__init__(daemon=True, name="draft")
        self.pieces: queue.SimpleQueue[AIMessage | BaseException | None] = queue.SimpleQueue()
        self.is_left = threading.Event()
        self._model = model
        self._messages = list(messages)

    def run(self) -> None:
        try:
            # What is asked goes to the model alone, whatever tracing the surroundings have switched on.
            with tracing_context(enabled=False):
                for piece in _pieces(self._model, self._messages):
                    if self.is_left.is_set():
                        return
                    self.pieces.put(piece)
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            self.pieces.put(error)
        else:
            self.pieces.put(None)


def _pieces(model: BaseChatModel, messages: list[BaseMessage]) -> Iterator[AIMessage]:
    came = False
    try:
        for piece in model.stream(messages):
            came = True
            yield piece
    except ValueError as error:
        # LangChain's word for a stream without a single piece: a server that does not stream.
        if came or "generation" not in str(error).lower():
            raise
        yield model.invoke(messages)


def _one_call(model: BaseChatModel, messages: Sequence[BaseMessage], until: float, tell: Tell | None) -> str:
    reading = _Reading(model, messages)
    reading.start()
    text, told = "", time.monotonic()
    try:
        while (piece := _next(reading, until)) is not None:
            if piece.additional_kwargs.get("refusal"):
                raise ModelFault("declined to answer")
            text += str(piece.text)
            if len(text) > LONGEST_DRAFT:
                break
            if tell and time.monotonic() - told > _TOLD_EVERY_S:
                told = time.monotonic()
                tell(f"the model is writing ({len(text.split())} words)")
    finally:
        reading.is_left.set()
    text = _THOUGHT.sub("", text).strip()
    if not text:
        raise ModelFault("wrote nothing")
    return text


def _next(reading: _Reading, until: float) -> AIMessage | None:
    try:
        piece = reading.pieces.get(timeout=max(0.0, until - time.monotonic()))
    except queue.Empty:
        raise ModelFault("did not finish within the time limit") from None
    if isinstance(piece, BaseException):
        raise _fault(piece) from None
    return piece


def _fault(error: BaseException) -> ModelFault:
    """The fault in words; never the error's own message, which may quote a key or what was asked."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return ModelFault(_STATUS.get(status, f"answered with HTTP status {status}"), is_passing=status in _PASSING,
                          wait_s=_asked_to_wait(error))  # fmt: skip
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if any("Timeout" in kind for kind in kinds):
        return ModelFault("did not answer in time")
    if any("Connection" in kind or kind in ("TransportError", "ProtocolError", "OSError") for kind in kinds):
        return ModelFault("could not be reached, or the connection broke off", is_passing=True)
    if any("JSON" in kind or kind in ("ValueError", "KeyError", "TypeError", "AttributeError") for kind in kinds):
        return ModelFault("answered with something that can't be read", is_passing=True)
    return ModelFault(f"failed ({type(error).__name__})")


_STATUS: Final = {
    401: "did not accept the key (HTTP status 401)",
    403: "refused access (HTTP status 403)",
    404: "is not known to the provider (HTTP status 404)",
    429: "has too many requests (HTTP status 429)",
}


def _asked_to_wait(error: BaseException) -> float | None:
    """Seconds of the header Retry-After, a number or a date; None without one that can be read."""
    headers: Any = getattr(getattr(error, "response", None), "headers", None)
    given = headers.get("retry-after") if headers is not None else None
    if not given:
        return None
    try:
        return max(0.0, float(given))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(given) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None

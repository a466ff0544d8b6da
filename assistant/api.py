"""The assistant: ask, stream, or take it as a LangChain runnable."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answering.chain import Asked, State, Tools, answer, chain, steps
from assistant.corpus import load
from assistant.embedding import everyday_words, load_embedder
from assistant.errors import IndexMissing, IndexStale, IngestError
from assistant.index import CollectionName, Vectors, check_current, open_index
from assistant.patient import Patient
from assistant.question import Reader
from assistant.retrieval import Searcher, StatementRetriever
from assistant.settings import Settings
from assistant.streaming import events, run_apart
from assistant.types import Answer, Event, Message

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.drafting.draft import Drafter

log: Final = logging.getLogger("stellate")

# What a caller shows while the index is built: the stage, how many of its parts are done, of how many.
Progress = Callable[[str, int, int], None]
# Where a sentence of the article stands: "section|paragraph", and its ordinal there.
_Place = tuple[str, int]


class Assistant:
    """Answers clinicians' questions from the review; safe to share between threads, keeps nothing of what is asked.

    The first call on a machine builds the index and says so on the log (or through `progress`). Raises AssistantError
    where settings, corpus or index can't be used.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        progress: Progress | None = None,
        model: BaseChatModel | None = None,
    ) -> None:
        """model: a chat model of your own to draft answers; by default the one that the settings name, if any."""
        self.settings = settings or Settings()
        self.drafter = _drafter(self.settings, model)
        corpus = load(self.settings.corpus_dir)
        prepare_index(self.settings, progress or _log_progress)
        vectors = open_index(self.settings, corpus)
        embedder = load_embedder(self.settings.embedding_model)
        reader = Reader(corpus, everyday_words())
        self._tools = Tools(corpus, reader, Searcher(corpus, vectors, embedder), passages(vectors))
        self._printed = _printed(vectors)
        self._steps = steps(self._tools, self.drafter)
        self._chain = chain(self._tools, self.drafter)

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        patient: Patient | Mapping[str, Any] | None = None,
    ) -> Answer:
        """The answer to a question; raises QuestionError or PatientError for input that can't be used.

        history: earlier turns, oldest first, as {"role": "user" | "assistant", "content": text}.
        """
        return answer(self._chain.invoke(State(Asked(question, history, patient))))

    def stream(
        self,
        question: str,
        history: Sequence[Message] = (),
        patient: Patient | Mapping[str, Any] | None = None,
    ) -> Iterator[Event]:
        """The same as events: each stage as it begins, then the text by sentence groups, last the whole answer.

        Where a model drafts, its stage reports progress, and the text comes once it is checked, never before.
        """
        return events(lambda tell: State(Asked(question, history, patient, tell)), self._steps, answer,
                      apart=self.drafter is not None)  # fmt: skip

    async def aask(
        self,
        question: str,
        history: Sequence[Message] = (),
        patient: Patient | Mapping[str, Any] | None = None,
    ) -> Answer:
        """As `ask`, without blocking the event loop."""
        return await asyncio.to_thread(self.ask, question, history, patient)

    def astream(
        self,
        question: str,
        history: Sequence[Message] = (),
        patient: Patient | Mapping[str, Any] | None = None,
    ) -> AsyncIterator[Event]:
        """As `stream`, without blocking the event loop."""
        return run_apart(self.stream(question, history, patient))

    def prompt(
        self,
        question: str,
        history: Sequence[Message] = (),
        patient: Patient | Mapping[str, Any] | None = None,
    ) -> tuple[tuple[str, str], ...]:
        """What a language model is sent first for a question, as (role, text); empty where none would be asked."""
        from assistant.drafting.draft import evidence
        from assistant.drafting.prompt import messages

        state = chain(self._tools).invoke(State(Asked(question, history, patient)))
        offered = evidence(state)
        asked = messages(state.known.standalone, offered) if offered else []
        return tuple((message.type, str(message.text)) for message in asked)

    def in_context(self, statement_id: str) -> tuple[tuple[str, bool], ...]:
        """The article's own words around a statement: sentence by sentence, and whether the statement carries it.

        From the sentence before the first that it carries to the one after the last, "…" standing for those between
        that are far from any; empty without a copy of the article in the library.
        """
        return around(self._printed, statement_id)

    def as_runnable(self) -> Runnable[str | Mapping[str, Any], Answer]:
        """The assistant as a LangChain runnable: a question, or a mapping of `ask`'s arguments, to an Answer."""
        return RunnableLambda(self._ask_any, name="stellate")

    def as_retriever(self, k: int = 8) -> StatementRetriever:
        """The search as a LangChain retriever: the `k` best statements for a question."""
        return StatementRetriever(searcher=self._tools.searcher, reader=self._tools.reader, k=k)

    def _ask_any(self, asked: str | Mapping[str, Any]) -> Answer:
        return self.ask(**asked) if isinstance(asked, Mapping) else self.ask(asked)


def _drafter(settings: Settings, model: BaseChatModel | None) -> Drafter | None:
    """What drafts answers; None, and nothing imported, where no model is set. Raises ModelError for an unusable one."""
    if model is None and settings.model is None:
        return None
    from assistant.drafting.draft import Drafter
    from assistant.drafting.models import load_model

    name = settings.model or type(model).__name__
    return Drafter(model or load_model(settings), name, settings.model_timeout_s)


def prepare_index(settings: Settings, progress: Progress) -> None:
    """Build a missing or stale index in a process of its own; raises IngestError with what that process said.

    A process of its own, because the assistant never imports what builds its index, and because a build that is
    killed half-way takes nothing else with it.
    """
    try:
        check_current(settings, load(settings.corpus_dir))
    except (IndexMissing, IndexStale) as fault:
        log.warning("%s; building it now", fault)
        _run_ingest(settings, progress)


def _run_ingest(settings: Settings, progress: Progress) -> None:
    given = {f"ASSISTANT_{name.upper()}": str(value) for name, value in settings.model_dump().items() if value}
    command = [sys.executable, "-m", "ingest", "--lines"]
    with subprocess.Popen(
        command, env={**os.environ, **given}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            event = json.loads(line)
            progress(event["stage"], event["done"], event["total"])
        said = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise IngestError(
            f"building the index failed: {said.strip().splitlines()[-1] if said.strip() else 'no message'}"
        )


def _log_progress(stage: str, done: int, total: int) -> None:
    log.info("index: %s %d/%d", stage, done, total)


def passages(vectors: Mapping[CollectionName, Vectors]) -> dict[str, str]:
    """The article's own words by statement id, in printed order; empty without a copy of it in the library."""
    found: dict[str, str] = {}
    stored = vectors["passages"]
    for _, owners, text in sorted(zip(stored.keys, stored.owners, stored.texts, strict=True), key=_printed_order):
        for owner in filter(None, owners.split(",")):
            found[owner] = f"{found[owner]} {text}" if owner in found else text
    return found


def around(printed: Mapping[_Place, tuple[frozenset[str], str]], statement_id: str) -> tuple[tuple[str, bool], ...]:
    """The sentences that carry a statement, marked True, and their neighbours; "…" where some between are left out.

    printed: by section and paragraph, and ordinal there, the statements that a sentence carries, and its text.
    """
    tied = {place for place, (owners, _) in printed.items() if statement_id in owners}
    places = sorted({(where, at + step) for where, at in tied for step in (-1, 0, 1)} & set(printed))
    found: list[tuple[str, bool]] = []
    for place, before in zip(places, [None, *places], strict=False):
        if before is not None and (place[0], place[1] - 1) != before:
            found.append(("…", False))
        found.append((printed[place][1], place in tied))
    return tuple(found)


def _printed(vectors: Mapping[CollectionName, Vectors]) -> dict[_Place, tuple[frozenset[str], str]]:
    stored = vectors["passages"]
    return {
        _printed_order((key, owners, text)): (frozenset(filter(None, owners.split(","))), text)
        for key, owners, text in zip(stored.keys, stored.owners, stored.texts, strict=True)
    }


def _printed_order(item: tuple[str, str, str]) -> tuple[str, int]:
    place, _, ordinal = item[0].rpartition("|")
    return place, int(ordinal)

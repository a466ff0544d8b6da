"""The step of the chain in which a language model drafts the answer, and what it wrote is held to the evidence."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from assistant.answering.chain import State, Tools
from assistant.answering.cite import citation
from assistant.drafting.calling import ModelFault, Tell, write
from assistant.drafting.examine import About, Examined, examine
from assistant.drafting.prompt import messages, repair_messages, short_ids
from assistant.drafting.sayings import saying
from assistant.entries import Statement
from assistant.guardrail import check
from assistant.types import Citation, DraftReport, Way

log: Final = logging.getLogger("stellate")

# Statements that a model is given: those of the default answer, then the next best found.
MOST_OFFERED: Final = 12
# A draft of which less than this share is kept goes back to the model once.
KEPT_ENOUGH: Final = 2 / 3
# Seconds that must be left for asking the model again.
LEAST_FOR_REPAIR_S: Final = 1.0
NOTES: Final[Mapping[Way, str]] = {
    "drafted": "A language model worded this answer; each sentence was checked against the review.",
    "drafted in part": (
        "A language model worded this answer; sentences that could not be verified were replaced by the review's "
        "statements or left out."
    ),
    "default": "Composed from the review's statements without the language model",
}


@dataclass(frozen=True)
class Drafter:
    """Drafts answers with a chat model; keeps nothing, so that conversations can share it."""

    model: BaseChatModel
    name: str
    timeout_s: float = 60.0

    def __call__(self, state: State, tools: Tools) -> State:
        """The state with the drafted text, or with the default answer's and the reason for that."""
        offered = evidence(state)
        if not offered:
            return state
        start = time.monotonic()
        about = _about(state)
        work = _Work(self, offered, about, start + self.timeout_s, state.asked.tell)
        try:
            found = work.run()
        except ModelFault as fault:
            return replace(state, draft_report=work.report("default", fault=f"the model {fault.what}"))
        drafted = _in_place(state, found, tools)
        if not found.kept or drafted is None:
            fault_text = None if found.kept == 0 else "the answer as a whole did not pass the last check"
            return replace(state, draft_report=work.report("default", found, fault=fault_text))
        way: Way = "drafted" if found.kept == len(found.sentences) else "drafted in part"
        return replace(drafted, draft_report=work.report(way, found))


class _Work:
    """One question's draft: the calls, what they took, and the report on them."""

    def __init__(
        self, drafter: Drafter, offered: Mapping[str, Statement], about: About, until: float, tell: Tell | None
    ) -> None:
        self._drafter = drafter
        self._offered = offered
        self._about = about
        self._until = until
        self._tell = tell
        self._calls = 0
        self._model_s = self._checking_s = 0.0

    def run(self) -> Examined:
        """The better of the first draft and, if too little of it is kept, the second; raises ModelFault."""
        asked = messages(self._about.question, self._offered)
        draft = self._write(asked)
        first = self._examine(draft)
        is_enough = first.kept >= KEPT_ENOUGH * len(first.sentences) and first.kept
        if is_enough or time.monotonic() + LEAST_FOR_REPAIR_S > self._until:
            return first
        try:
            second = self._examine(self._write(repair_messages(asked, draft, first.sentences)))
        except ModelFault as fault:
            log.warning("the second draft failed: the model %s", fault.what)
            return first
        return max(first, second, key=lambda found: (found.kept, -len(found.sentences)))

    def report(self, way: Way, found: Examined | None = None, fault: str | None = None) -> DraftReport:
        """What is told of the draft."""
        if fault:
            log.warning("answered without the draft: %s", fault)
        why = fault or ("nothing of its draft could be verified" if way == "default" else "")
        return DraftReport(
            way=way,
            note=f"{NOTES[way]}: {why}." if way == "default" else NOTES[way],
            model=self._drafter.name,
            sentences=_not_shown(found.sentences) if way == "default" and found else found.sentences if found else (),
            unknown_marks=found.unknown if found else (),
            calls=self._calls,
            fault=fault,
            model_milliseconds=round(self._model_s * 1000, 3),
            checking_milliseconds=round(self._checking_s * 1000, 3),
        )

    def _write(self, asked: Sequence[BaseMessage]) -> str:
        self._say("asking the model")
        start = time.monotonic()
        try:
            written = write(self._drafter.model, asked, self._until, self._tell)
        except ModelFault as fault:
            self._calls += fault.calls
            raise
        finally:
            self._model_s += time.monotonic() - start
        self._calls += written.calls
        return written.text

    def _examine(self, draft: str) -> Examined:
        self._say("checking the draft")
        start = time.monotonic()
        found = examine(draft, self._offered, self._about)
        self._checking_s += time.monotonic() - start
        return found

    def _say(self, what: str) -> None:
        if self._tell:
            self._tell(what)


def evidence(state: State) -> dict[str, Statement]:
    """The statements to draft from by short id; empty where there is nothing to draft.

    That is a refusal, an abstention, small talk, or an answer that lists references.
    """
    if state.scope.outcome != "answered" or state.known.courtesy or not state.statements:
        return {}
    if state.composed is None:
        return {}
    best = [*state.statements, *(hit.statement for hit in state.hits)]
    return short_ids(list(dict.fromkeys(best))[:MOST_OFFERED])


def _about(state: State) -> About:
    patient: Any = state.known.patient if state.asked.patient is not None else None
    return About(state.known.standalone, patient, saying(state.known.standalone).ids)


def _in_place(state: State, found: Examined, tools: Tools) -> State | None:
    """The state with the draft in place of the composed part; None where the whole is blocked then."""
    if state.composed is None:
        return None
    start, end = state.composed
    text = state.text[:start] + found.text + state.text[end:]
    about = _about(state)
    if check(text, about.patient, about.question).verdict == "block":
        return None
    behind: dict[str, Citation] = {
        name: citation(tools.corpus.by_id[name], tools.corpus, tools.passages) for name in found.statements
    }
    kept = {item.statement_id: item for item in state.citations if item.mark in text}
    drafted_from = {statement.id for statement in state.statements} - set(behind)
    # The default answer's statements that the draft does not use stand behind nothing any more.
    kept = {name: item for name, item in kept.items() if name not in drafted_from or _frames(state, item)}
    return replace(
        state, text=text, composed=(start, start + len(found.text)), citations=tuple({**behind, **kept}.values())
    )


def _frames(state: State, item: Citation) -> bool:
    """Whether a citation belongs to what stands around the composed part."""
    return state.case is not None and any(source.id == item.statement_id for source in state.case.sources)


def _not_shown(sentences: Sequence[Any]) -> tuple[Any, ...]:
    """The sentences of a draft of which nothing is shown."""
    return tuple(replace(item, verdict="unverified" if item.verdict == "replaced" else item.verdict, shown="")
                 for item in sentences)  # fmt: skip

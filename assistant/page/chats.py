"""The conversations of a session: new, chosen, renamed, searched, deleted; no Streamlit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

from assistant.page.checking import FindingKey
from assistant.page.models import Turn
from assistant.page.panel import Panel

NEW: Final = "New conversation"
LONGEST_TITLE: Final = 60


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader says of an answer: helpful or not, None where not said; the marks whose evidence is wrong."""

    helpful: bool | None = None
    wrong_evidence: tuple[str, ...] = ()
    comment: str = ""


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(slots=True)
class Chat:
    """One conversation with its patient; `title` is empty until it is renamed, `feedback` is by the turn's number.

    disagreed: by checked text and finding, why the reader thinks the finding wrong.
    waiting: questions that are not answered yet, the oldest first.
    """

    id: str = field(default_factory=lambda: uuid4().hex)
    title: str = ""
    turns: list[Turn] = field(default_factory=list)
    panel: Panel = field(default_factory=Panel)
    feedback: dict[int, Feedback] = field(default_factory=dict)
    begun: datetime = field(default_factory=_now)
    disagreed: dict[str, dict[FindingKey, str]] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its title; until it has one, how its first question begins, or else a text that was disagreed about."""
        first = self.turns[0].question if self.turns else next(iter(self.disagreed), NEW)
        text = self.title or " ".join(first.split())
        return text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1]}…"

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been asked, named, set or disagreed with in it."""
        return not (self.turns or self.title or self.panel.by_hand or self.disagreed or self.waiting)

    def ask(self, question: str) -> None:
        """Have a question wait for its answer; one that waits already, pressed twice, is not asked twice."""
        if question not in self.waiting:
            self.waiting.append(question)

    def disagree(self, text: str, finding: FindingKey, reason: str) -> None:
        """Keep why a finding on that text is thought wrong; an empty reason takes the disagreement back."""
        reasons = {**self.disagreed.get(text, {}), finding: " ".join(reason.split())}
        self.disagreed[text] = {key: said for key, said in reasons.items() if said}
        if not self.disagreed[text]:
            del self.disagreed[text]

    def answered(self, turn: Turn) -> None:
        """Keep the turn of a question that waited; one that waits no longer, since it was cleared, is dropped."""
        if turn.question in self.waiting:
            self.waiting.remove(turn.question)
            self.turns.append(turn)

    def clear(self) -> None:
        """Forget its turns, their feedback, its patient, what was disagreed with and what waits for an answer."""
        self.turns.clear()
        self.waiting.clear()
        self.disagreed.clear()
        self.feedback.clear()
        self.panel = Panel(revision=self.panel.revision + 1)

    def back_to(self, number: int) -> None:
        """Forget the turn of that number and all after it, so that its question can be asked anew."""
        kept = [turn for turn in self.turns if turn.number < number]
        for turn in self.turns[len(kept) :]:
            self.feedback.pop(turn.number, None)
        self.turns[:] = kept
        told = [turn.answer.understood.patient for turn in kept if turn.answer and turn.answer.understood.patient]
        self.panel = Panel(told[-1] if told else {}, self.panel.by_hand, self.panel.revision + 1)

    def holds(self, words: str) -> bool:
        """Whether every one of these words stands in its title, questions or answers."""
        parts = (self.name, *(f"{turn.question} {turn.answer.text if turn.answer else ''}" for turn in self.turns))
        text = " ".join(parts).casefold()
        return all(word in text for word in words.casefold().split())


class Chats:
    """All conversations of a session, the newest first; there is always a current one."""

    def __init__(self, chats: list[Chat] | None = None, forget: Callable[[str], None] = lambda _: None) -> None:
        """Hold these conversations, `forget` being called with the id of each that is deleted."""
        self.all = list(chats or []) or [Chat()]
        self.current = self.all[0]
        self._forget = forget

    def new(self) -> Chat:
        """A new conversation, now the current one; an empty one is used again."""
        empty = next((chat for chat in self.all if chat.is_empty), None)
        return self.add(empty or Chat())

    def add(self, chat: Chat) -> Chat:
        """The conversation put first and made the current one."""
        self.all = [chat, *(other for other in self.all if other.id != chat.id)]
        self.current = chat
        return chat

    def choose(self, name: str) -> None:
        """Make the conversation of that id the current one; an id that is gone changes nothing."""
        self.current = next((chat for chat in self.all if chat.id == name), self.current)

    def delete(self, name: str) -> None:
        """Delete the conversation of that id; another, or a new one, becomes the current one."""
        self.all = [chat for chat in self.all if chat.id != name] or [Chat()]
        if self.current.id == name:
            self.current = self.all[0]
        self._forget(name)

    def names(self, chats: list[Chat]) -> dict[str, str]:
        """By id the names of these, those alike told apart by a number: a list of choices goes by what it shows."""
        found: dict[str, str] = {}
        for chat in chats:
            name, number = chat.name, 2
            while name in found.values():
                name, number = f"{chat.name} ({number})", number + 1
            found[chat.id] = name
        return found

    def search(self, words: str) -> list[Chat]:
        """Those that hold every one of the words, in order; all for none."""
        return [chat for chat in self.all if chat.holds(words)]

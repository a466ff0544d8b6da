"""A conversation as a file that its user keeps, and back; no Streamlit.

What comes out of a file is judged anew: evidence is taken from this version's corpus, verdicts are made by this
version's guardrail, so that no file can show as evidence what is none.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answering.cite import citation
from assistant.corpus import Corpus
from assistant.errors import SavedFileError
from assistant.guardrail import check
from assistant.page.chats import Chat, Feedback
from assistant.page.models import Turn
from assistant.page.panel import Panel
from assistant.patient import Patient
from assistant.types import Answer, Citation, DraftReport, Outcome, Step, Understood

FORMAT: Final = "stellate conversation 1"
LONGEST_FILE: Final = 5_000_000
Text = Annotated[str, Field(max_length=100_000)]


class _Saved(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Answer(_Saved):
    outcome: Outcome
    text: Text
    understood: Understood
    citations: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    draft_report: DraftReport | None = None


class _Turn(_Saved):
    question: Text
    answer: _Answer | None = None
    error: tuple[str, str, str] | None = None
    feedback: Feedback | None = None


class _Disagreed(_Saved):
    text: Text
    rule: Annotated[str, Field(max_length=100)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    reason: Text


class _File(_Saved):
    format: Literal["stellate conversation 1"]
    identity: str = ""
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    title: Annotated[str, Field(max_length=200)] = ""
    begun: datetime
    understood: dict[str, Any] = {}
    by_hand: dict[str, Any] = {}
    turns: tuple[_Turn, ...] = ()
    disagreed: tuple[_Disagreed, ...] = ()


def to_json(chat: Chat, identity: str) -> str:
    """The conversation as JSON text; identity: of index and settings that the answers came from."""
    content = {
        "format": FORMAT,
        "identity": identity,
        "id": chat.id,
        "title": chat.title,
        "begun": chat.begun.isoformat(),
        "understood": dict(chat.panel.understood),
        "by_hand": dict(chat.panel.by_hand),
        "disagreed": disagreements(chat),
        "turns": [_turn(turn, chat.feedback.get(turn.number)) for turn in chat.turns],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def from_json(text: str | bytes, corpus: Corpus, asked: int) -> tuple[Chat, int]:
    """The conversation of a file, its turns numbered from `asked` + 1, and how many of its citations are not ours.

    Raises SavedFileError for what is no such file.
    """
    if len(text) > LONGEST_FILE:
        raise SavedFileError(f"saved conversation: {len(text):,} bytes; at most {LONGEST_FILE:,} are read")
    try:
        file = _File.model_validate_json(text)
        panel = Panel(file.understood, file.by_hand)
        if panel.patient:
            Patient.from_value(panel.patient)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "the file"
        said = f"it is no conversation that was saved here, or was changed since ({where}: {fault['msg']})"
        raise SavedFileError(f"saved conversation: {said}") from None
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise SavedFileError(
            f"saved conversation: its patient can't be read ({error!r:.80}); it was changed since it was saved"
        ) from None
    chat = Chat(id=file.id, title=file.title, panel=panel, begun=file.begun)
    for item in file.disagreed:
        chat.disagree(item.text, (item.rule, item.start, item.end), item.reason)
    foreign = 0
    for number, turn in enumerate(file.turns, asked + 1):
        answer = _judged(turn.answer, corpus) if turn.answer else None
        foreign += len(turn.answer.citations) - len(answer.citations) if turn.answer and answer else 0
        chat.turns.append(Turn(number, turn.question, answer, turn.error))
        if turn.feedback:
            chat.feedback[number] = turn.feedback
    return chat, foreign


def disagreements(chat: Chat) -> list[dict[str, Any]]:
    """The findings that the reader disagreed with: text, rule, start, end, reason."""
    return [
        {"text": text, "rule": rule, "start": start, "end": end, "reason": reason}
        for text, reasons in chat.disagreed.items()
        for (rule, start, end), reason in reasons.items()
    ]


def _turn(turn: Turn, feedback: Feedback | None) -> dict[str, Any]:
    answer = None
    if turn.answer:
        parts = asdict(replace(turn.answer, report=None))
        # The article's own words stay in the library, whose copyright they are under.
        parts["citations"] = [item | {"passage": None} for item in parts["citations"]]
        parts.pop("report")
        answer = parts
    return {
        "question": turn.question,
        "answer": answer,
        "error": turn.error,
        "feedback": asdict(feedback) if feedback else None,
    }


def _judged(saved: _Answer, corpus: Corpus) -> Answer:
    """The answer with this version's evidence and verdict."""
    ours = (_ours(item, corpus) for item in saved.citations)
    return Answer(
        outcome=saved.outcome,
        text=saved.text,
        understood=saved.understood,
        citations=tuple(item for item in ours if item),
        missing=saved.missing,
        report=check(saved.text, None, saved.understood.question),
        steps=saved.steps,
        draft_report=saved.draft_report,
    )


def _ours(item: Citation, corpus: Corpus) -> Citation | None:
    """The citation as the corpus has it; None where the corpus has no such statement or entry."""
    statement = corpus.by_id.get(item.statement_id)
    if statement:
        found = citation(statement, corpus, {})
        return found if found.mark == item.mark and found.text == item.text else None
    entry = corpus.references.get(item.references[0]) if len(item.references) == 1 else None
    return replace(item, printed=(), passage=None, read="review") if entry and entry.formatted == item.text else None

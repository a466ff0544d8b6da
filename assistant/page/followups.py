"""Follow-up questions that the review can answer: questions that its own statements answer; no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.page.models import Turn

MOST: Final = 3
LONGEST: Final = 75
# What a clinician would most often want to know next, first.
_ASPECTS: Final = ("risk", "evidence", "result", "indication", "order", "technique", "mechanism", "recommendation")
_OPENINGS: Final = ("what", "which", "how", "is", "are", "does", "do", "can", "why", "when", "who")


def followups(turns: Sequence[Turn], corpus: Corpus) -> tuple[str, ...]:
    """Up to three questions on what the last answer was about, each on another aspect and not yet answered.

    Each is the question of a statement, so that the review answers it; none after an answer that was declined.
    """
    answered = [turn.answer for turn in turns if turn.answer]
    if not answered or answered[-1].outcome == "refused":
        return ()
    last = answered[-1]
    said = {item.statement_id for answer in answered for item in answer.citations}
    treatments = [name for name in last.understood.concepts if _is_treatment(name, corpus)]
    treatments += [
        name
        for item in last.citations
        if item.statement_id in corpus.by_id
        for name in corpus.by_id[item.statement_id].about
        if _is_treatment(name, corpus)
    ]
    found: list[str] = []
    for aspect in (name for name in _ASPECTS if name not in last.understood.aspects):
        question = _first(dict.fromkeys(treatments), aspect, said, corpus)
        if question and question not in found and not any(question == turn.question for turn in turns):
            found.append(question)
    return tuple(found[:MOST])


def _first(treatments: dict[str, None], aspect: str, said: set[str], corpus: Corpus) -> str | None:
    for treatment in treatments:
        for statement in corpus.statements:
            # The first of what a statement is about is its subject.
            fits = treatment == statement.about[0] and aspect in statement.aspects and "gap" not in statement.aspects
            if fits and statement.id not in said and (question := _asked(statement)):
                return question
    return None


def _asked(statement: Statement) -> str | None:
    """The statement's first question that stands by itself and is short enough for a button."""
    return next(
        (
            question
            for question in statement.questions
            if question.endswith("?") and len(question) <= LONGEST and question.casefold().startswith(_OPENINGS)
        ),
        None,
    )


def _is_treatment(name: str, corpus: Corpus) -> bool:
    return name in corpus.concepts and corpus.concepts[name].kind == "intervention"

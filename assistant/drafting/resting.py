"""Which statements a drafted sentence rests on, as a whole or part by part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.drafting.absence import is_absent, is_unranked, told_absent
from assistant.drafting.agreement import disagreement
from assistant.drafting.joining import separated
from assistant.drafting.marks import Marked
from assistant.drafting.openers import is_idle_lead, without_opener, without_summary
from assistant.drafting.parts import SENTENCE_PARTS
from assistant.drafting.sayings import saying
from assistant.entries import Statement

_LEAD: Final = re.compile(r"(?P<lead>[^:;]{2,90}):\s+(?P<rest>.{10,})")
_ONLY_THIS: Final = re.compile(r"(?:only|just)\b(?:\W+[a-z-]+){1,6}\W*$", re.IGNORECASE)
_OF_IT: Final = re.compile(r"\b(?:it|them|this|that|either)\b", re.IGNORECASE)
_SEVERAL: Final = 2
# A sentence of more parts is no sentence of an answer.
_MOST_PARTS: Final = 6


@dataclass(frozen=True, slots=True)
class Rest:
    """The statements that carry a sentence, and why they don't; reason is None where they do.

    told: the sentence from where its claim begins; is_cut: what stands before that is no part of what is shown.
    """

    statements: tuple[Statement, ...]
    reason: str | None = None
    told: str = ""
    is_cut: bool = False


def rest_of(sentence: Marked, offered: Sequence[Statement], named: frozenset[str], question: str) -> Rest:
    """What a sentence rests on: its own statements, or where they do not carry it others that were offered."""
    text = without_opener(sentence.text)
    reason = None
    for told in dict.fromkeys((text, _without_lead(text, question))):
        found = _whole(told, sentence.statements, offered, named)
        if found.reason is None:
            return replace(found, told=told)
        reason = reason or found.reason
    if cut := without_summary(text, question):
        found = _whole(cut, sentence.statements, offered, named)
        if found.reason is None:
            return replace(found, told=cut, is_cut=True)
    by_parts = _by_parts(text, sentence.statements, named, question)
    if by_parts:
        return Rest(by_parts, told=_without_lead(text, question))
    if joined := _separately(text, sentence.statements, named):
        return Rest(joined, told=text)
    if sentence.statements:
        return Rest(sentence.statements, reason)
    return Rest((), "it cites no statement")


def _without_lead(text: str, question: str) -> str:
    match = _LEAD.fullmatch(text)
    if match and is_idle_lead(match["lead"], saying(match["rest"]), saying(question)):
        return match["rest"][:1].upper() + match["rest"][1:]
    return text


def _whole(text: str, cited: tuple[Statement, ...], offered: Sequence[Statement], named: frozenset[str]) -> Rest:
    """The sentence as a whole against its statements one by one, together, and then against the others."""
    for statement in cited:
        if disagreement(text, [statement], named) is None:
            return Rest((statement,))
    reason = disagreement(text, cited, named) if cited else "it cites no statement"
    if reason is None:
        return Rest(cited)
    for statement in offered:
        if statement not in cited and disagreement(text, [statement], named, is_cited=False) is None:
            return Rest((statement,))
    return Rest(cited, reason)


def _by_parts(text: str, cited: tuple[Statement, ...], named: frozenset[str], question: str) -> tuple[Statement, ...]:
    """The statements that carry the parts of a sentence, one for each; none where one part is not carried.

    A part that says what the review does not tell needs none: that it is not told is looked up.
    """
    parts = [part.strip() for part in SENTENCE_PARTS.split(text) if part and part.strip()]
    if len(parts) > _MOST_PARTS or not cited:
        return ()
    used: dict[str, Statement] = {}
    known, is_silent = named, False
    asked = saying(question)
    for at, part in enumerate(parts):
        absent = told_absent(part)
        if is_unranked(part) or (absent is not None and is_absent(absent, asked)):
            is_silent = True
        elif is_silent and (_ONLY_THIS.match(part) or (absent is not None and _OF_IT.search(absent))):
            continue  # it goes on from what is not told, and adds nothing
        elif (
            len(parts) > 1
            and at + 1 < len(parts)
            and is_idle_lead(part, saying(text), asked)
            and at == 0
            and ":" in text
        ):
            pass
        else:
            found = _of_part(part, cited, known, is_first=at == 0)
            if found is None:
                return ()
            used[found.id] = found
        known |= saying(part).ids
    if len(used) == 1 and not is_silent:
        return ()  # one statement, which the sentence as a whole does not keep to
    return tuple(used.values()) or (cited if is_silent else ())


def _separately(text: str, cited: tuple[Statement, ...], named: frozenset[str]) -> tuple[Statement, ...]:
    """Two of the statements that carry the claims joined by an "and"; none where they don't."""
    if len(cited) < _SEVERAL:
        return ()
    for one, other in separated(text):
        first = _of_part(one, cited, named, is_first=True)
        second = first and _of_part(other, cited, named | saying(one).ids, is_first=True)
        if first and second:
            return tuple(dict.fromkeys((first, second)))
    return ()


def _of_part(part: str, cited: Sequence[Statement], known: frozenset[str], *, is_first: bool) -> Statement | None:
    told = without_opener(part)
    return next((one for one in cited if disagreement(told, [one], known, is_part=not is_first) is None), None)

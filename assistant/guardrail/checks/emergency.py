"""Emergencies: the question or the text tells of one that is happening, and the text does not act on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from assistant.corpus import read_yaml
from assistant.guardrail.context import Context
from assistant.guardrail.rules import FOLDER, finding
from assistant.guardrail.safety_mood import lowered
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit
from assistant.reading import is_negated, normalise

_ASKS: Final = re.compile(
    r"\?|\b(?:what|which|who|how|why|when|where|whether|is|are|was|were|does|do|did|can(?! not)|could|should|would|"
    r"will|may|"
    r"might|any|tell|explain|list|define|describe|compare|risks?|rates?|incidence|evidence|complications?|effects?)\b"
)
_CONDITION: Final = re.compile(r"\b(?:if|should|when|in case|once|whenever|were|who|whose)\b")


# Loss of a function soon after a procedure; the same loss is common where neuropathic pain is old.
_LOST: Final = re.compile(
    r"\b(?:can ?not|cant|can no longer|can hardly|can barely|unable to|no longer able to|not able to|"
    r"lost (?:the )?(?:ability|power|use)|"
    r"no (?:feeling|power|movement|strength|sensation)|(?:will|do|does) not)\b(?: \w+){0,3}? "
    r"(?:move|feel|walk|stand|lift|raise|wiggle|speak|talk|see|swallow|pee|urinate|pass|legs?|arms?|feet|foot|hands?|"
    r"work)\b"
)
_PROCEDURE: Final = re.compile(
    r"\b(?:leads?|electrodes?|implant\w*|stimulators?|scs|blocks?|injections?|procedure|needle|infusions?|epidural)\b"
)
_RECENT: Final = re.compile(
    r"\b(?:yesterday|today|tonight|this (?:morning|afternoon|evening)|last night|overnight|just (?:now|after)|"
    r"(?:an?|one|two|three|four|five|six|\d+|few|some) (?:hours?|minutes?|mins?|days?|h) (?:ago|after|later|since|"
    r"following)|"
    r"(?:went|put|gone) in|(?:straight|right|immediately|soon|shortly) after|suddenly|by the (?:minute|hour)|"
    r"\d+ ?(?:hrs?|h|mins?) (?:ago|after|later|post\w*|since|now))\b"
)
# Numbness where one sits, with a procedure or with lost power: the cord or the cauda equina is pressed upon.
_SADDLE: Final = re.compile(
    r"\b(?:numb\w*|tingl\w+|dead|no (?:feeling|sensation)|(?:can ?not|cant|unable to) feel|"
    r"lost (?:all )?(?:feeling|sensation))\b[^.;?!]{0,30}?\b(?:bottom|bum|backside|buttocks?|saddle|perine\w+|"
    r"genitals?|between (?:the|his|her|my|their) legs|(?:sits?|sitting) on)\b|"
    r"\bsaddle (?:anaesthesia|anesthesia|numbness)\b"
)
# What a drug did, and how long a pain has been there, tell of no sign that has just begun.
_OLD: Final = re.compile(
    r"\b(?:made|makes|making|left|got) (?:him|her|me|them|the (?:patient|pt))(?: \w+){0,2}? "
    r"(?:drowsy|confused|faint)\b|"
    r"\b(?:drowsy|confused|faint) (?:on|with|from) (?:the )?"
    r"(?:pregabalin|gabapentin|duloxetine|\w+triptyline|\w*opioids?|tramadol|tablets|medication|meds|drugs?)\b|"
    # "Since it is peaceful" gives a reason.
    r"\bsince (?:it|that|this|there|they|we) (?:is|was|are|were|has|have|can|will|would|seems?|makes?)\b|"
    r"\bever since\b|\bsince (?:\w+ ){1,6}?(?:months?|years?) (?:ago|back)\b|\bsince (?:19|20)\d\d\b"
)


# Figures with which nobody is well.
_VITALS: Final = re.compile(
    r"\bsats? (?:of |are |is |now |at |only |down to )*(?:[1-7]\d|8[0-5])\b|"
    r"\b(?:bp|systolic) (?:of |is |now |at |only |down to )*[3-7]\d\b(?![.\d])|\b[3-7]\d systolic\b"
)
# Somebody's course, told without naming them.
_DATED: Final = re.compile(
    rf"{_RECENT.pattern}|\b(?:came|coming) on\b|\b(?:pod|day) ?\d\b|\bat \d{{1,2}}[:.]\d\d\b|\b(?:an?|one|two|three|"
    rf"\d+) ?(?:d|days?|h|hrs?|"
    r"hours?|mins?|minutes?|wks?|weeks?) (?:post\w*|after the|since the)\b"
)


_OVER: Final = re.compile(
    r"\b(?:settled|resolved|recovered|subsided|wore off|passed off|back to (?:normal|baseline)|"
    r"for (?:an?|one|two|a few|some) (?:minutes?|hours?)|fully awake|gone by)\b"
)
# Sentences between a sign and what lets it wait.
_SOON: Final = 3


def emergency(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on emergencies left unanswered; the whole text answers, so one line of help anywhere is enough."""
    if not document.units:
        return
    text = " ".join(lowered(unit.text) for unit in document.units)
    if not _acts(text):
        if context.question and happening(context.question):
            yield finding("EME-1", document, document.units[0])
            return
        told = next((unit for unit in document.units if _is_told(lowered(unit.text))), None)
        if told:
            yield finding("EME-1", document, told)
        else:
            yield from _put_off(document)
    for unit in document.units:
        if _lets_wait(unit):
            yield finding("EME-2", document, unit)


def _put_off(document: Document) -> Iterator[Finding]:
    """A sign that has just begun, and a sentence soon after it that lets it wait."""
    lines = [lowered(unit.text) for unit in document.units]
    for position, unit in enumerate(document.units[1:], start=1):
        if not _signs("wait").search(lines[position]):
            continue
        for at in range(max(0, position - _SOON), position):
            if _is_put_off(lines, at, position):
                yield finding("EME-2", document, unit)
                break


def _is_put_off(lines: list[str], at: int, position: int) -> bool:
    """Whether the sentence at `at` tells of a sign that has just begun, right before what lets it wait.

    Further off it counts where a procedure has just been done: "Lead in this morning. Legs numb. It may have moved.
    Clinic next week."
    """
    told = lines[at]
    if _CONDITION.search(told) or not _affirmed("soft", told):
        return False
    if at == position - 1 and _RECENT.search(told):
        return _is_happening(" ".join((told, *lines[position : position + 2])))
    around = " ".join(lines[max(0, at - 1) : position + 1])
    if _OVER.search(around):
        return False
    return bool(_RECENT.search(around) and _PROCEDURE.search(around)) and _is_happening(around)


def happening(question: str) -> bool:
    """Whether a question tells that somebody is in danger now."""
    return _is_happening(lowered(normalise(question).text))


def _is_happening(text: str) -> bool:
    """A grave sign of somebody, or another sign that has just begun."""
    # "POD 3, fever 39, pocket red": who only tells asks nothing in general.
    is_of_somebody = bool(_signs("someone").search(text)) or (not _ASKS.search(text) and bool(_DATED.search(text)))
    if _signs("elsewhere").search(text) or not is_of_somebody:
        return False
    return (
        _affirmed("grave", text)
        or bool(_VITALS.search(text))
        or _has_begun(text)
        or _is_lost_after_procedure(text)
        or _is_pressed(text)
    )


def _has_begun(text: str) -> bool:
    """A sign and, in its sentence or one beside it, a word that it has just begun.

    Further off, "since" or "today" tells of another thing of a long story.
    """
    sentences = re.split(r"(?<=[.!?;])\s+", _OLD.sub(" ", text))
    for position, sentence in enumerate(sentences):
        beside = " ".join(sentences[max(0, position - 1) : position + 2])
        if _affirmed("soft", sentence) and (_signs("now").search(beside) or _DATED.search(beside)):
            return True
    return False


def _is_lost_after_procedure(text: str) -> bool:
    return all(pattern.search(text) for pattern in (_LOST, _PROCEDURE, _RECENT))


def _is_pressed(text: str) -> bool:
    """Whether where one sits has gone numb, with a procedure or lost power told of beside it."""
    return bool(_SADDLE.search(text) and (_LOST.search(text) or (_PROCEDURE.search(text) and _RECENT.search(text))))


def _is_told(sentence: str) -> bool:
    """Whether a sentence of the text itself tells of an emergency now."""
    if _CONDITION.search(sentence) or _signs("elsewhere").search(sentence) or not _signs("someone").search(sentence):
        return False
    if _is_lost_after_procedure(sentence) and _signs("wait").search(sentence):
        return True
    return _affirmed("grave", sentence) and not re.search(
        r"\b(?:had|was|were|may|might|can(?! not)|could(?! not))\b", sentence
    )


def _lets_wait(unit: Unit) -> bool:
    """Whether a sentence lets a sign wait that would be an emergency."""
    text = lowered(unit.text)
    if unit.is_question or not _CONDITION.search(text):
        return False
    grave = _signs("grave").search(text)
    if not grave or _acts(text):
        return False
    waits = [
        match for match in _signs("wait").finditer(text) if match.start() > grave.end() or match.end() < grave.start()
    ]
    return any(
        not re.search(r"\b(?:not|never|rather than|instead of|without|nor)\b[^,;]{0,40}$", text[: match.start()])
        for match in waits
    )


def _affirmed(group: str, text: str) -> bool:
    """Whether a sign is there and not denied; "not breathing" is its own sign."""
    for match in _signs(group).finditer(text):
        clause = re.split(r"[,;:.!?]|\b(?:and|but)\b", text[: match.start()])[-1]
        if not is_negated(clause + "sign", len(clause)) or group == "soft" and "not" in clause:
            return True
    return False


def _acts(text: str) -> bool:
    """Whether the text tells to get help, and does not say that none is needed."""
    return any(
        not re.search(r"\b(?:no|not|never|without|[a-z]*n't|isn't|hardly)\b[^.,;]{0,30}$", text[: match.start()])
        for match in _signs("help").finditer(text)
    )


@lru_cache(maxsize=8)
def _signs(group: str) -> re.Pattern[str]:
    """The phrases of a group as one pattern."""
    phrases: list[Any] = read_yaml(FOLDER / "emergency.yaml")["signs"][group]
    return re.compile(r"(?<!\w)(?:" + "|".join(_written(str(phrase)) for phrase in phrases) + r")(?!\w)")


def _written(phrase: str) -> str:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in phrase.split()]
    return r"\s+".join(words).replace(r"\s+\.\.\.\s+", r"(?:\s+[^\s.]+){0,4}?\s+")

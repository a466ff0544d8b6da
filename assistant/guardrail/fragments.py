"""A question and its bare answer are read as one: "Fibromyalgia? Weak evidence", "How long is it? An hour"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# A phrase without a verb, a word of asking or a word of order: those are questions of their own.
_FRAGMENT: Final = re.compile(
    r"(?!.*\b(?:is|are|was|were|be|been|am|do|does|did|done|can|could|should|shall|would|will|may|might|must|has|have|had|"
    r"which|what|why|how|who|whom|when|where|whether|not|no|or|first|next|then|before|after|start|line|step|option|plan|"
    r"questions?|agreed|ready|right|really|so|it|that|they|you|we|i|he|she)\b|.*n't\b|.*<)"
    r"[^?.;:!|]{4,60}\?$",
    re.IGNORECASE,
)
# An answer, or a question again.
_ANSWER: Final = re.compile(
    r"\W*(?:yes|no|not|never|none|nope|hardly|certainly|of course|sure|absolutely|indeed|rarely|sometimes|often|always|"
    r"rubbish|nonsense|wrong|right|true|false|correct|because|that|it|they|this|these|those|can|could|cannot|impossible|"
    r"unheard|only|forget|nothing|nobody|[a-z]+n't)\b|.*\?\W*$",
    re.IGNORECASE | re.DOTALL,
)
# A question for a name, a figure or a grade; those on order and next steps are read by the check of order.
_ASKED: Final = re.compile(
    r"(?!.*\b(?:first|next|then|before|after|start|begin|line|step|option|plan|order|sooner|earlier|later|last|if|not|"
    r"why|when|wrong|false|true|correct|following|statements?|these|myth)\b|.*n't\b)"
    r"(?!.*\b(?:what|which|whose) (?:\w+ ){0,2}?(?:trials?|stud(?:y|ies)|papers?|references?)\b)"
    r"\W*(?P<asks>(?:q\s?\d{0,2}\s?[.:)]\s*)?(?:and |so |but )?(?:what|which|how|who)\b(?:'s)?"
    r"(?: (?:long|strong|good|many|much|often|big|large|high|robust|weak|common|reliable))?"
    r"(?: (?:is|are|was|were|does|do|did))?)\b[^?;!|]{6,110}\?\W*$",
    re.IGNORECASE,
)
# Characters between the two at most.
_GAP: Final = 2
_AUXILIARY: Final = re.compile(r"\b(?:do|does|did)\b", re.IGNORECASE)
# "What share of": the answer is the share.
_OF_WHAT: Final = re.compile(
    r"^\s*(?:share|proportion|percentage|fraction|number|kinds?|types?|sorts?) of\b", re.IGNORECASE
)
_LABEL: Final = re.compile(r"\W*(?:a|ans|answer|reply)\s?[.:)]\s*", re.IGNORECASE)
# An answer in a word or two has no verb of its own, and is none of several to choose from.
_BARE: Final = re.compile(
    r"(?!.*\b(?:is|are|was|were|be|been|do|does|did|can|could|should|would|will|may|might|must|has|have|had|depends|"
    r"unknown|unclear|unstated|silent|see|neither|both)\b|.*n't\b|\W*\(?[a-e][.)] )[^.?;:!|]{1,80}(?:\[[^\]]*\])?\W*$",
    re.IGNORECASE | re.DOTALL,
)


def with_fragments(pieces: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The sentences with their places, a question joined to its bare answer; places and lengths stay."""
    found: list[tuple[str, int]] = []
    for text, start in pieces:
        before, at = found[-1] if found else ("", start)
        gap = start - at - len(before)
        joined = (_phrase(before, text) or _answered(before, text)) if before and 0 <= gap <= _GAP else None
        if joined:
            found[-1] = (joined[0] + " " * gap + joined[1], at)
        else:
            found.append((text, start))
    return found


def last_asked(question: str) -> str:
    """The last of the sentences of a question, with its mark."""
    asked = re.split(r"(?<=[?.!])\s+", question.strip())[-1]
    return asked if asked.endswith("?") else f"{asked}?"


def put_together(question: str, answer: str) -> str | None:
    """A question, or the last of several, and its bare answer as one text; None where they are no such two."""
    one = _answered(last_asked(question), answer)
    return f"{one[0].strip()} {one[1].strip()}" if one else None


def put_in(question: str, answer: str) -> str | None:
    """The answer in the place of what is asked for: "9% of the patients had complications"; None as above."""
    asked, one = _ASKED.match(question), _answered(question, answer)
    if not asked or not one:
        return None
    bare = one[1].strip().rstrip(".")
    rest = question[asked.end("asks") : question.rindex("?")]
    if _AUXILIARY.search(rest) and not asked["asks"].lower().endswith("many"):
        return None  # "what half-life does it have": the answer is no part of such a sentence
    words = _AUXILIARY.sub(" ", _OF_WHAT.sub(" of", rest)).split()
    if not words:
        return None
    is_said = words[0].lower() in bare.lower().split()
    return f"{bare} {' '.join(words[is_said:])}."


def _phrase(phrase: str, text: str) -> tuple[str, str] | None:
    """A bare phrase put up as a question, with what follows; each as long as it was."""
    if not _FRAGMENT.match(phrase.strip()) or _ANSWER.match(text):
        return None
    return (phrase.rstrip()[:-1] + ":").ljust(len(phrase)), text


def _answered(question: str, answer: str) -> tuple[str, str] | None:
    """The two as a topic with its entry, each as long as it was; None where they are no question and bare answer."""
    asked, label = _ASKED.match(question), _LABEL.match(answer)
    bare = " " * label.end() + answer[label.end() :] if label else answer
    if not asked or _ANSWER.match(bare) or not _BARE.match(bare.strip()):
        return None
    topic = " " * asked.end("asks") + _AUXILIARY.sub(lambda match: " " * len(match[0]), question[asked.end("asks") :])
    return (topic[: topic.rindex("?")].rstrip() + ":").ljust(len(question)), bare

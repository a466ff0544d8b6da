"""What the review leaves open, and whether a sentence leaves it open, too."""

from __future__ import annotations

import re
from typing import Final

from assistant.drafting.parts import PARTS
from assistant.drafting.sayings import Saying, saying
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement
from assistant.reading import stem

# What the review leaves open.
_SILENT: Final = re.compile(
    r"\b(?:(?:still|yet) (?:has |have )?to be|not|no|nor|neither|never|nowhere|without|n't|only|unclear|"
    r"undefined|undetermined|unknown|uncertain|"
    r"unsettled|open|yet to be|still to be|remains? to be|still have to|still has to|"
    r"lost|incomplete|lacking|missing|silent)\b",
    re.IGNORECASE,
)
NOT_TOLD: Final = re.compile(
    r"\b(?:review|it|article|statements?|chin|author)\b[^.;]{0,80}\b(?:do(?:es)? not|do(?:es)?n't|sets no|lists no|"
    r"never [a-z]+s|"
    r"puts no|has no|makes no|gives no|names no|gives neither|specifies no|"
    r"describes no|states no|mentions no|provides no|offers no|reports no|leaves)\b|"
    r"\b(?:not|nor|no|neither)\b[^.;]{0,120}\b(?:stated|named|given|specified|described|mentioned|reported|"
    r"provided|defined|addressed|discussed|covered|quantified|listed|told|said|set|broken down|separated)\b|"
    r"\b(?:undefined|undetermined|unclear|left open|remains? open|"
    r"(?:still|yet|remains?) to be (?:determined|worked out|established|defined|settled|clarified))\b",
    re.IGNORECASE,
)
_DOES_NOT: Final = re.compile(
    r"\b(?:review|it|article|statements?|author|chin)\b (?:do|does) not (?:[a-z]+ly )?([a-z]+)\b", re.IGNORECASE
)
# Stems of words that leave something open.
_OPEN: Final = frozenset(map(stem, "only lost incomplete clear unclear open undefined unknown exclude rule".split()))


_YET: Final = re.compile(
    r"\b(?:still|yet|remains?)\b[^.;]{0,12}\bto be\b|\b(?:undetermined|unclear|open)\b", re.IGNORECASE
)
# What the review tells of some only.
_ONLY_FOR: Final = re.compile(
    r"\b(?:mentioned|described|reported|named)\b[^.;]{0,40}\bonly for\b[^.;]*, not\b", re.IGNORECASE
)


def both_silent(said: Saying, statement: Statement) -> bool:
    """Whether both say that the review does not tell something; then what it does not tell is denied in neither."""
    is_gap = "gap" in statement.aspects or bool(_ONLY_FOR.search(statement.text))
    return (
        is_gap
        and bool(NOT_TOLD.search(said.text))
        and bool(NOT_TOLD.search(statement.text) or _ONLY_FOR.search(statement.text))
        and _only_tells_not(said, statement)
    )


def _only_tells_not(said: Saying, statement: Statement) -> bool:
    """Whether what is not done is to tell, and no part of the sentence asserts what the statement denies."""
    source = saying(statement.text)
    wordings = load_wordings()
    if match := _DOES_NOT.search(said.text):
        verb = stem(match[1])
        if verb not in wordings.telling | wordings.free and verb not in {word.stem for word in source.words}:
            return False
    for part in map(saying, PARTS.split(said.text)):
        if NOT_TOLD.search(part.text) or part.is_denying:
            continue
        content = [word for word in part.words if word.stem not in wordings.free | wordings.telling]
        like = [other for word in content for other in source.words if other.stem == word.stem]
        if like and all(other.is_denied for other in like):
            return False
    return True


def is_open_too(said: Saying, statement: Statement) -> bool:
    """Whether a sentence leaves open what its statement does, in that way or by the same word."""
    here, there = ({word.stem for word in text.words} & _OPEN for text in (said, saying(statement.text)))
    if _YET.search(said.text) and _YET.search(statement.text):
        return True
    both_deny = said.is_denying and saying(statement.text).is_denying
    return both_silent(said, statement) or both_deny or bool(here and there)


def is_silence(text: str) -> bool:
    """Whether the text has a word of leaving open."""
    return bool(_SILENT.search(text))

"""Wording that says nothing of its own, made uniform before a text is read: contracted negations, words that open."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from assistant.reading import Normalised

# Verbs whose contracted negation is more than "not" behind them.
_IRREGULAR: Final = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_CONTRACTED: Final = re.compile(
    r"\b(?:(?P<verb>[A-Za-z]{2,6})n't|(?P<bare>is|are|was|were|does|do|did|has|have|had|could|would|should|need|must|ca|wo)"
    r"nt)\b",
    re.IGNORECASE,
)
# What opens a sentence and leaves what it says as it is; "in fact" and "however" take back what stands before.
_OPENER: Final = re.compile(
    r"\s*(?:(?:in (?:short|brief|summary|sum|conclusion|essence|other words|a nutshell|a word|my (?:reading|"
    r"view|opinion)|"
    r"plain (?:words|english|terms)|closing)|to (?:sum (?:it )?up|summari[sz]e|conclude|be (?:clear|fair|"
    r"precise|brief|sure|plain)|"
    r"recap)|summing up|all in all|all told|overall|put (?:simply|differently|briefly|another way|plainly)|"
    r"simply put|briefly|"
    r"that said|having said that|of note|importantly|notably|incidentally|by the way|for what it is worth|"
    r"as (?:i|we) (?:read|understand|see) it|admittedly|moreover|furthermore|in addition|on balance|broadly|"
    r"generally speaking|broadly speaking|as you know|as ever|as always|the (?:short|long) (?:answer|version)(?: is)?|"
    r"(?:the )?bottom line|take-?home message|tl;? ?dr|long story short)\b\s*[,:–—-]\s*)+(?=\S)",
    re.IGNORECASE,
)


def expanded(normalised: Normalised) -> Normalised:
    """The same with "is not" for "isn't" or "isnt"; each character added stands where the contraction does."""
    text = normalised.text
    if not _CONTRACTED.search(text):
        return normalised
    pieces, offsets, ends, at = list[str](), list[int](), list[int](), 0
    for match in _CONTRACTED.finditer(text):
        whole = _whole(match)
        pieces += [text[at : match.start()], whole]
        offsets += normalised.offsets[at : match.start()]
        ends += normalised.ends[at : match.start()]
        offsets += [normalised.offsets[match.start()]] * len(whole)
        ends += [normalised.ends[match.end() - 1]] * len(whole)
        at = match.end()
    return replace(
        normalised,
        text="".join((*pieces, text[at:])),
        offsets=(*offsets, *normalised.offsets[at:]),
        ends=(*ends, *normalised.ends[at:]),
    )


def _whole(match: re.Match[str]) -> str:
    verb = match["verb"] or match["bare"]
    whole = _IRREGULAR.get(verb.lower(), verb)
    whole = whole.capitalize() if verb[0].isupper() else whole
    return f"{whole}not" if whole.lower() == "can" else f"{whole} not"


def in_full(phrase: str) -> str:
    """A phrase with its contracted negations in full, written with an apostrophe or without."""
    return _CONTRACTED.sub(_whole, phrase)


def without_opener(sentence: str) -> str:
    """The sentence with blanks for words that only open it."""
    match = _OPENER.match(sentence)
    return " " * match.end() + sentence[match.end() :] if match else sentence

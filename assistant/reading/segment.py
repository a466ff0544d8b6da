"""Sentences and clauses as spans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# A full stop after these ends no sentence.
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:et al|e\.g|i\.e|vs|v|cf|approx|no|nos|ref|refs|fig|dr|prof|mr|mrs|ms|st|ca|etc)|\b[A-Z])\.$", re.IGNORECASE
)
_END: Final = re.compile(r"[.?!]+[\"')\]]*(?=\s+(?:[\"'(\[*_-]*[A-Z0-9]|$)|\s*$)|\n\s*\n|\n(?=\s*(?:[-*|#]|\d+[.)]\s))")
_CLAUSE: Final = re.compile(
    r"\s*[;:]\s+|\s*,?\s+(?:but|while|whereas|although|though|however|yet|because|since|so that)\s+|,\s+(?:and|or)?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text and where it stands: text[start:end]."""

    text: str
    start: int
    end: int


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text`, trimmed; a list item, a table row and a heading line are sentences of their own."""
    found, start = [], 0
    for end in _END.finditer(text):
        if end.group().startswith(".") and _ABBREVIATION.search(text[max(start, end.start() - 8) : end.start() + 1]):
            continue
        found.append(_trim(text, start, end.end()))
        start = end.end()
    found.append(_trim(text, start, len(text)))
    return tuple(span for span in found if span.text)


def clauses(sentence: Span) -> tuple[Span, ...]:
    """The clauses of a sentence, cut at semicolons, colons, contrasting conjunctions and commas."""
    found, start = [], 0
    for cut in _CLAUSE.finditer(sentence.text):
        found.append(_trim(sentence.text, start, cut.start(), sentence.start))
        start = cut.end()
    found.append(_trim(sentence.text, start, len(sentence.text), sentence.start))
    return tuple(span for span in found if span.text)


def _trim(text: str, start: int, end: int, shift: int = 0) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    trimmed = piece.strip()
    return Span(trimmed, shift + start + left, shift + start + left + len(trimmed))

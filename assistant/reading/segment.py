"""Sentences and clauses as spans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# A full stop after these ends no sentence: always, before a number, or as somebody's title or initial.
_ABBREVIATION: Final = re.compile(r"\b(?:et al|e\.g|i\.e|vs|v|cf|approx|[Dd]r|[Pp]rof|Mrs?|Ms|St)\.$")
_BEFORE_NUMBER: Final = re.compile(r"\b(?:no|nos|ref|refs|fig|figs|ca|p|pp|vol)\.$", re.IGNORECASE)
# The letter of "hepatitis C." or "CRPS I." is no initial.
_INITIAL: Final = re.compile(
    r"(?<![A-Z]{2}[ -])(?<!type )(?<!group )(?<!grade )(?<!stage )(?<!class )(?<!itis )(?<!min )"
    r"(?<![\w-])[A-Z]\.$"
)
# Longest of the above with the word before it.
_LOOK_BACK: Final = 12
# Possessive, so that a long run of stops or spaces is read once. What closes a quotation or emphasis, and a reference
# mark set after the stop, belong to the sentence before.
_END: Final = re.compile(
    r"(?<![.?!])[.?!]++[\"')\]*_]*+(?:\s?\[(?:Chin 2021|\d[\d, -]{0,80})\])*+(?=\s+(?:[\"'(\[*_-]*[A-Z0-9]|$)|\s*$)|"
    r"(?m:^[ \t]*+#{1,6} [^\n]*+\n)|\n\s*\n|\n(?=\s*(?:[-*|#]|\d{1,3}[.)]\s))"
)
_INFORMAL_END: Final = re.compile(r"[.?!]++[\"')\]]*+(?=\s|$)")
_ITEM: Final = re.compile(r"(?:\A|\n)[ \t]*\d{1,3}\Z")
_CLAUSE: Final = re.compile(
    r"(?<!\s)(?:\s*+[;:]\s+|(?:\s*+,)?\s++(?:but|while|whereas|although|though|however|yet|because|since|so that)\s+|"
    r",\s++(?:(?:and|or)\s+)?)",
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
        if end.group() == "." and _is_no_end(text, start, end.start()):
            continue
        found.append(_trim(text, start, end.end()))
        start = end.end()
    found.append(_trim(text, start, len(text)))
    return tuple(span for span in found if span.text)


def informal_parts(text: str) -> tuple[Span, ...]:
    """The sentences of `text` as people type, where a small letter may begin one."""
    found, start = [], 0
    for end in _INFORMAL_END.finditer(text):
        if not (end.group().startswith(".") and _is_no_end(text, start, end.start())):
            found.append(_trim(text, start, end.end()))
            start = end.end()
    found.append(_trim(text, start, len(text)))
    return tuple(span for span in found if span.text)


def _is_no_end(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` only shortens a word or numbers an item."""
    before = text[max(start, stop - _LOOK_BACK) : stop + 1]
    if _ABBREVIATION.search(before) or _INITIAL.search(before) or _ITEM.search(text[max(0, stop - _LOOK_BACK) : stop]):
        return True
    return bool(_BEFORE_NUMBER.search(before)) and text[stop + 1 : stop + 3].strip()[:1].isdigit()


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

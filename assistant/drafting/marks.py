"""A draft cut into sentences, their marks resolved to statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.entries import Statement
from assistant.reading import normalise, sentences

# Whatever stands in square brackets, or looks like a mark in round ones.
_BRACKETS: Final = re.compile(
    r"\s*(?:\[([^\[\]\n]{0,80})\](?:\([^()\s]{0,200}\))?|\((S\d{1,3}(?:[\s,;]+S?\d{1,3})*)\))"
)
_IDS: Final = re.compile(r"(?:S\d{1,3})(?:\s*[,;&]\s*S?\d{1,3})*", re.IGNORECASE)
_AFTER_STOP: Final = re.compile(r"([.!?][\"')*_]*)((?:\s*\[[^\[\]\n]{0,80}\])+)\s*(?=\n|\s|$)")
_BULLET: Final = re.compile(r"^\s*(?:[-*•>#|]+|\d{1,2}[.)])\s+")
_EMPHASIS: Final = re.compile(r"\*+|__+|`+|^#+\s*")
_WHOLE: Final = re.compile(r"[.!?][\"')]*$")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence of a draft without its marks, the statements that they stand for, and marks that stand for none."""

    text: str
    statements: tuple[Statement, ...]
    unknown: tuple[str, ...]


def cut(draft: str, statements: Mapping[str, Statement]) -> tuple[Marked, ...]:
    """The sentences of a draft, none twice; one that breaks off, and a heading, are left out."""
    clean = normalise(draft).text
    moved = _AFTER_STOP.sub(lambda match: f"{match[2]}{match[1]} ", clean)
    found: dict[str, Marked] = {}
    for span in sentences(moved):
        text = " ".join(_EMPHASIS.sub("", _BULLET.sub("", _BRACKETS.sub("", span.text))).split())
        text = re.sub(r"\s+([.,;:!?])", r"\1", text)
        if not _WHOLE.search(text) or not any(map(str.isalpha, text)):
            continue
        known, unknown = _resolved(span.text, statements)
        found.setdefault(text.casefold(), Marked(text, known, unknown))
    return tuple(found.values())


def _resolved(text: str, statements: Mapping[str, Statement]) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    known: dict[str, Statement] = {}
    unknown: list[str] = []
    for written in _written(text):
        if written in statements:
            known[written] = statements[written]
        else:
            unknown.append(written)
    return tuple(known.values()), tuple(dict.fromkeys(unknown))


def _written(text: str) -> Iterator[str]:
    for match in _BRACKETS.finditer(text):
        inside = (match[1] or match[2] or "").strip()
        if _IDS.fullmatch(inside):
            yield from (f"S{int(number)}" for number in re.findall(r"\d+", inside))
        elif inside:
            yield inside

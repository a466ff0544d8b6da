"""How two things of a sentence stand to each other: which comes first, which is compared with which, what is listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

# Where a clause ends that has relations of its own.
_CLAUSE: Final = re.compile(
    r"[;:]\s|\.\s|,?\s(?:but|while|whereas|although|though|yet)\s|,\s(?:and|so)\s", re.IGNORECASE
)
_RELATORS: Final = (
    ("after", re.compile(r"\b(?:after(?! which)|once|when|if|following|until|unless|in whom)\b", re.IGNORECASE)),
    ("before", re.compile(r"\b(?:before|prior to|ahead of)\b", re.IGNORECASE)),
    (
        "than",
        re.compile(
            r"\b(?:than|against|versus|vs|compared (?:with|to)|unlike|rather than|instead of|in place of)\b", re.I
        ),
    ),
    ("from", re.compile(r"(?<!relief )(?<!analgesia )(?<!benefit )(?<!reduction )\bfrom\b", re.IGNORECASE)),
    (
        "to",
        re.compile(
            r"\bto\b(?= (?:the )?(?:[\w-]+ ){0,2}(?:SCS|PNS|management|reoperation|stimulation|surgery|care))", re.I
        ),
    ),
)
_FRONT: Final = re.compile(r"\W*(?:and|or|then)?\W*(?:(?:in|for|of|at)\b[^,;]{0,60}?)?\s*$", re.IGNORECASE)
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|may|might|can|could|should|has|have|had|do|does|did|will|would|appears?|seems?|discusses|"
    r"describes|lists|names|comes?|follows?|remains?|gives?|states?|reports?|says|found|showed)\b",
    re.IGNORECASE,
)
Place = tuple[int, int]
Segment = tuple[int, int, str]


@lru_cache(maxsize=2048)
def segments(text: str) -> tuple[tuple[Segment, ...], ...]:
    """The clauses of a text, each as stretches with the relation that rules them, "main" where none does."""
    # What has no verb is part of a list, and of the clause that follows.
    ends = (match for match in _CLAUSE.finditer(text) if _FINITE.search(text[: match.start()]))
    starts = [0, *(match.end() for match in ends), len(text)]
    return tuple(tuple(_cut(text, start, end)) for start, end in zip(starts, starts[1:], strict=False) if start < end)


def _cut(text: str, start: int, end: int) -> Iterator[Segment]:
    found = sorted(
        {
            match.start(): (match.start(), name)
            for name, pattern in reversed(_RELATORS)
            for match in pattern.finditer(text, start, end)
        }.values()
    )
    at, name = start, "main"
    for position, relation in found:
        if at < position:
            yield from _closed(text, at, position, name, start)
        at, name = position, relation
    yield from _closed(text, at, end, name, start)


def _closed(text: str, at: int, end: int, name: str, start: int) -> Iterator[Segment]:
    """A stretch; one that stands before the subject ends at its comma, and the rest is the main clause again."""
    comma = text.find(", ", at, end)
    is_front = bool(_FRONT.fullmatch(text[start:at])) if name != "main" else False
    if is_front and comma > 0 and _FINITE.search(text, comma, len(text)):
        yield at, comma, name
        yield comma, end, "main"
    else:
        yield at, end, name


def stands(text: str, ones: list[Place], others: list[Place]) -> frozenset[str]:
    """How the one thing stands to the other: "first", "last", "more", "less" (compared with it), "from", "to"."""
    found: set[str] = set()
    for clause in segments(text):
        here = {name for start, end, name in clause if any(start <= place[0] < end for place in ones)}
        there = {name for start, end, name in clause if any(start <= place[0] < end for place in others)}
        found |= {relation for (a, b), relation in _STANDS.items() if a in here and b in there and a != b}
    return frozenset(found)


_STANDS: Final = {
    ("main", "after"): "last",
    ("after", "main"): "first",
    ("main", "before"): "first",
    ("before", "main"): "last",
    ("before", "after"): "last",
    ("after", "before"): "first",
    ("main", "than"): "one side",
    ("than", "main"): "other side",
    ("from", "to"): "from",
    ("to", "from"): "to",
    ("from", "than"): "one side",
    ("than", "from"): "other side",
}
_TURNED: Final = {"first": "last", "one side": "other side", "from": "to"}
CONVERSE: Final = {**_TURNED, **{other: one for one, other in _TURNED.items()}}
TIMELY: Final = frozenset({"first", "last"})
__all__ = ["CONVERSE", "TIMELY", "segments", "stands"]

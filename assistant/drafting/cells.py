"""Whether what a statement says of one side of a contrast is said of that side: in the periphery, or centrally."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from assistant.drafting.sameness import same
from assistant.drafting.sayings import Said, Saying
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement

_NAMED: Final = r"(?! (?:sensiti[sz]ation|nerves?|mononeuropathic|afferents?))"
# The sides of each contrast. A name with a side in it, such as "peripheral nerve", is none.
_CONTRASTS: Final = tuple(
    tuple(re.compile(side, re.IGNORECASE) for side in sides)
    for sides in (
        (rf"\bperiphe(?:ry|ral(?:ly)?)\b{_NAMED}",
         rf"\bcentral(?:ly)?\b{_NAMED}|\bCNS\b|\b(?:spinal )?cord\b(?! (?:stimul|injur))|\bspinal level\b"),
        (r"\bbox 1\b", r"\bbox 2\b"),
        (r"\bultraso\w+", r"\bfluoroscop\w+"),
        (r"\bstimulat(?:ed|ing|ion of)\b", r"\binhibit(?:s|ed)?\b"),
        (r"\b(?:more|greater) than \d|\b(?:over|above|exceeding) \d", r"\bless than \d|\b(?:under|below) \d"),
        (r"\bmore invasive\b", r"\bless invasive\b"),
        (r"\bsegmental\b", r"\bdiffuse\b"),
        (r"\bCNS\b|\bcentral nervous system\b", r"\bpsychological\b", r"\bphysical\b(?! therapy)"),
    )
)  # fmt: skip
_CLAUSE: Final = re.compile(
    r"[;:.]\s|,?\s(?:but|while|whereas|although|though|yet|except that|in contrast to|unlike)\s|\)\s|\s\(",
    re.IGNORECASE,
)
# Where what stands between two sides is parted, the surest first.
_PARTED: Final = (
    re.compile(r",\s+(?:and|or)\b"),
    re.compile(r"^\W*(?:and|or)\b|\b(?:and|or)\s+(?:at|in|on|with|within|by|for)\b|\b(?:and|or)\W+(?:\w+\W+){0,2}$"),
)
# What follows the last side and belongs to it.
_OF_LAST: Final = re.compile(
    r"^\W*(?:nociceptive|the nociceptive|with|as in|such as|for example|using|by|is|are|was|were|includes?|lists?)\b",
    re.IGNORECASE,
)
_COMMA_FIRST: Final = re.compile(r"^\W*,")
_COMMA_LAST: Final = re.compile(r",\W*(?:(?:in|at|on|by|with|under|for) )?(?:the )?$")


# By what means something is done is said of no side.
_MEANS: Final = re.compile(r"\s(?:via|through|by means of)\s", re.IGNORECASE)
# What stands before the subject is said of all sides: "In gate control theory, ...".
_FRONT: Final = re.compile(r"\W*(?:in|for|with|of|during|according to)\b[^,]*,", re.IGNORECASE)
_SEVERAL: Final = 2


class _Anchor(NamedTuple):
    side: int
    start: int
    end: int


def exchanged(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """What the statement has on one side of a contrast, and the sentence mostly on another."""
    for number in range(len(_CONTRASTS)):
        here, there = _cells(said.text, number), _cells(source.text, number)
        sides = {side for _, _, side in there}
        if here and there and not sides & {side for _, _, side in here}:
            return "its statement speaks of the other side of a contrast"
        if len(sides) < _SEVERAL:
            continue
        stayed, moved, ways = 0, list[Said](), set[tuple[int, int]]()
        for start, end, side in here:
            for word in _content(said, start, end, number):
                own = {_side(other, there) for other in source.words if same(word, other)}
                if None in own or not own:
                    continue
                # A name tells more of what is meant than another word.
                is_name = any(thing.start <= word.start < thing.end for thing in said.things)
                if side in own:
                    stayed += len(own) == 1
                else:
                    moved += [word] * (1 + is_name)
                    ways |= {(side, other) for other in own if other is not None}
        if len(moved) > stayed or any((other, side) in ways for side, other in ways):
            return f"its statement says “{moved[0].text}” of something else"
    return None


def _side(word: Said, cells: Sequence[tuple[int, int, int]]) -> int | None:
    return next((side for start, end, side in cells if start <= word.start < end), None)


def _content(text: Saying, start: int, end: int, number: int) -> list[Said]:
    """The words with content in a cell, without those that name its side."""
    wordings = load_wordings()
    idle = wordings.free | wordings.telling
    anchors = _anchors(text.text, number)
    return [
        word
        for word in text.words
        if start <= word.start < end
        and word.stem not in idle
        and not any(anchor.start <= word.start < anchor.end for anchor in anchors)
    ]


def _anchors(text: str, number: int) -> list[_Anchor]:
    return sorted(
        (_Anchor(side, match.start(), match.end())
         for side, pattern in enumerate(_CONTRASTS[number]) for match in pattern.finditer(text)),
        key=lambda anchor: anchor.start,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _cells(text: str, number: int) -> tuple[tuple[int, int, int], ...]:
    """The stretches of a text that speak of one side each: start, end, side."""
    found: list[tuple[int, int, int]] = []
    every = _anchors(text, number)
    if not every:
        return ()
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        anchors = [anchor for anchor in every if start <= anchor.start < end]
        if not anchors:
            continue
        front = _FRONT.match(text[start : anchors[0].start])
        borders = [start + (front.end() if front else 0)]
        for one, other in pairwise(anchors):
            borders.append(_border(text, one, other, start) if one.side != other.side else one.end)
        last = end if len({anchor.side for anchor in anchors}) == 1 else _last_end(text, anchors, start, end)
        for anchor, (a, b) in zip(anchors, pairwise([*borders, last]), strict=True):
            means = _MEANS.search(text, anchor.end, b)
            found.append((a, means.start() if means else b, anchor.side))
    return tuple(found)


def _border(text: str, one: _Anchor, other: _Anchor, start: int) -> int:
    """Where between two sides the one's stretch ends."""
    between = text[one.end : other.start]
    for pattern in _PARTED:
        if match := pattern.search(between):
            return one.end + match.start()
    is_verb = text[one.start : one.end].lower().startswith("stimulat")
    if is_verb or _COMMA_LAST.search(between) or _leads(text, one, start):
        return other.start
    return one.end


def _leads(text: str, first: _Anchor, start: int) -> bool:
    """Whether what is said of a side follows it: it stands before any word with content of its clause."""
    return not any(len(word) > 4 for word in re.findall(r"[a-z]+", text[start : first.start].lower()))


def _last_end(text: str, anchors: Sequence[_Anchor], start: int, end: int) -> int:
    """Where the last side's stretch ends; what follows it is said of all sides, unless each is followed by its own."""
    follows = _OF_LAST.match(text[anchors[-1].end : end])
    return end if follows or _leads(text, anchors[0], start) else anchors[-1].end


__all__ = ["exchanged"]

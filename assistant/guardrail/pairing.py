"""Which of several things a sentence joins to which: blocks to sites, grades to conditions, each with its denial."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

# What parts a sentence into pieces that each say their own.
_CUT: Final = re.compile(
    r"[;{}—]|[.:](?=\s)|\s-\s|\s{3,}|,?\s(?:but|while|whilst|whereas|although|though|yet|however|"
    r"not so)\s",
    re.IGNORECASE,
)
_RESPECTIVELY: Final = re.compile(r"\b(?:respectively|in that order|in this order)\b", re.IGNORECASE)
# A denial of just the thing that follows: "not the leg", "rather than a stellate block".
_DENIAL: Final = (
    r"\b(?:not|never|nor|neither|rather than|instead of|as opposed to|unlike|other than|in place of|"
    r"except(?: for| in)?|excluding|"
    r"outside(?: of)?|apart from|aside from|as distinct from)\s+(?:(?:a|an|the|for|in|to|of|by|at|on|from|with|"
    r"that|his|her|"
    r"their|your|my|so|much|as|use|using|used)\s+){0,4}$"
)
# "Nobody would use a coeliac block for ...".
_NOBODY: Final = (
    r"|\b(?:nobody|no ?one|no (?:\w+ )?(?:doctor|ana?esthetist|clinician|physician|colleague)s?) (?:would|"
    r"should|will|can|"
    r"could)(?: ever)? (?:use|give|choose|do|offer|try|perform|pick|take|reach for|want)(?: an?| the)? $"
)
_LOCAL: Final = re.compile(_DENIAL + _NOBODY, re.IGNORECASE)
_EXCEPTED: Final = re.compile(
    r"^\s+(?:(?:as|is|being) (?:the|an|its) (?:\w+ )?exception|excepted|apart\b|"
    r"aside\b|excluded)|"
    # "Fibromyalgia hasn't."
    r"^,?\s+(?:(?:has|have|had|does|do|did|is|are|was|were|gets|can) )?not(?: so)?(?=\s*(?:[.;,)]|$))",
    re.IGNORECASE,
)
_LOOK_BACK: Final = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """A thing named at text[start:end]; kind "a" is joined to kind "b"."""

    kind: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Group:
    """Things of kind a and of kind b that a piece of the text joins."""

    a: tuple[Mark, ...]
    b: tuple[Mark, ...]


def denied_here(text: str, mark: Mark) -> bool:
    """Whether a negation stands right before the thing and is meant for it alone."""
    return bool(
        _LOCAL.search(text[max(0, mark.start - _LOOK_BACK) : mark.start])
        or _EXCEPTED.match(text[mark.end : mark.end + 30])
    )


def joined(text: str, marks: Sequence[Mark]) -> Iterator[Group]:
    """The groups of a sentence; things of one kind alone are in none."""
    marks = sorted(marks, key=lambda mark: mark.start)
    firsts, seconds = (tuple(mark for mark in marks if mark.kind == kind) for kind in "ab")
    if len(firsts) == len(seconds) > 1 and _RESPECTIVELY.search(text):
        for first, second in zip(firsts, seconds, strict=True):
            yield Group((first,), (second,))
        return
    for piece in pieces(text, marks):
        yield from _runs(piece)


def pieces(text: str, marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """The marks cut at boundaries of clauses, wherever both kinds stand on either side."""
    ends = [cut.start() for cut in _CUT.finditer(text)] + [len(text)]
    open_: list[Mark] = []
    left = list(marks)
    for end in ends:
        open_ += [mark for mark in left if mark.start < end]
        left = [mark for mark in left if mark.start >= end]
        if {mark.kind for mark in open_} == {"a", "b"} and (not left or {mark.kind for mark in left} == {"a", "b"}):
            yield open_
            open_ = []
    if open_:
        yield open_


def _runs(marks: Sequence[Mark]) -> Iterator[Group]:
    runs = [tuple(run) for _, run in groupby(marks, key=lambda mark: mark.kind)]
    # Three runs that begin with a thing joined to: what stands nearer to the end is what the middle is said to be for.
    at = 1 if len(runs) % 2 == 1 and len(runs) > 1 and runs[0][0].kind == "b" else 0
    while at + 1 < len(runs):
        first, second = sorted((runs[at], runs[at + 1]), key=lambda run: run[0].kind)
        yield Group(first, second)
        at += 2

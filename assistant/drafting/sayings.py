"""A sentence as what it says: things named, figures, words with their polarity, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.drafting.wordings import Wordings, load_wordings
from assistant.guardrail.units import lexicon
from assistant.reading import Number, fold, normalise, numbers, stem, words

_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|nowhere|neither|nor|(?<!with or )without|cannot|[a-z]+n't|"
    r"lack(?:s|ed|ing)?|"
    r"absence|absent|inability|unable|rather than|instead of|in place of)\b",
    re.IGNORECASE,
)
_NO_NEGATION: Final = re.compile(r"\bnot (?:only|just|merely|simply)\b|\bno (?:less|fewer) than\b", re.IGNORECASE)
# Where the reach of a negation ends.
_CLAUSE_END: Final = re.compile(
    r"[;:—(),.]|\s-\s|\b(?:but|while|whereas|although|though|yet|however|because|since|which|who|"
    r"that|so|and (?=\w+ed\b))\b",
    re.IGNORECASE,
)
# What these set aside are the words right after them.
_IN_PLACE: Final = frozenset({"rather than", "instead of", "in place of"})
_VERBAL: Final = re.compile(r"cannot|not|[a-z]+n't", re.IGNORECASE)
_MODAL: Final = re.compile(r"\b(?:may|might)\b(?! not\b)", re.IGNORECASE)
_AFTER: Final = re.compile(r"(?:\s+(?:by|with|a|an|the|of))*(?:\s+[\w-]+){0,2}")
_LETTER: Final = re.compile(r"[^\W\d_]")
# Names for whatever is done.
GENERAL: Final = frozenset({"interventional_care", "named_drug", "pain_relief"})
# Kinds of concepts of which two must not change places.
_ROLES: Final = {"intervention": "treatment", "condition": "condition", "site": "site", "study": "study"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A concept or outside thing named; kind as in the vocabulary, "outside" for what the review does not cover."""

    id: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """A word: its stem, the ids of its groups, whether a negation reaches it, where it stands, and if it looks a name.

    is_open: it stands before a negation in its clause, which may or may not reach it: "pain relief is not new".
    is_struck: it is the first word with content that a negation reaches, and so surely denied.
    """

    text: str
    stem: str
    groups: frozenset[int]
    is_denied: bool
    start: int
    is_name: bool = False
    is_open: bool = False
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """A text read. `words` are those that are no part of a figure; words of names are in `named`, too."""

    text: str
    things: tuple[Thing, ...]
    figures: tuple[Number, ...]
    words: tuple[Said, ...]
    is_denying: bool
    denied: tuple[tuple[int, int], ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Ids of what is named."""
        return frozenset(thing.id for thing in self.things)

    def is_about(self, name: str) -> bool:
        """Whether the thing is named."""
        return any(thing.id == name for thing in self.things)

    def is_denied_at(self, start: int) -> bool:
        """Whether a negation reaches the place."""
        return sum(begin <= start < end for begin, end in self.denied) % 2 == 1

    def words_in(self, thing: Thing) -> tuple[Said, ...]:
        """The words that a name is made of."""
        return tuple(word for word in self.words if thing.start <= word.start < thing.end)

    def free_words(self) -> tuple[Said, ...]:
        """The words that are no part of a name."""
        inside = [(thing.start, thing.end) for thing in self.things]
        return tuple(w for w in self.words if not any(start <= w.start < end for start, end in inside))


@lru_cache(maxsize=2048)
def saying(text: str) -> Saying:
    """The text as what it says."""
    clean = normalise(text).text
    wordings = load_wordings()
    figures = numbers(clean)
    inside = {at for figure in figures for at in range(figure.start, figure.end)}
    denied = _denied(clean)
    before = _before(clean, denied)
    said = [
        Said(
            word.text.lower(),
            stem(word.text),
            wordings.groups_of(word.text),
            is_denied=_count(denied, word.start) % 2 == 1,
            start=word.start,
            is_name=word.start > 0 and word.text[0].isupper(),
            is_open=_count(before, word.start) > 0 and not _count(denied, word.start),
        )
        for word in words(clean)
        if word.start not in inside and _LETTER.match(word.text)
    ]
    struck = {_first_content(said, start, end) for start, end in denied}
    said = [replace(word, is_struck=word.start in struck) for word in said]
    return Saying(clean, _things(clean), figures, tuple(said), bool(denied), tuple(denied))


def _things(text: str) -> tuple[Thing, ...]:
    corpus = load()
    return tuple(
        Thing(mention.id, corpus.concepts[mention.id].kind if mention.id in corpus.concepts else "outside",
              mention.start, mention.end)
        for mention in lexicon().find(words(text))
    )  # fmt: skip


def _denied(text: str) -> list[tuple[int, int]]:
    """The stretches that a negation reaches: from it to the end of its clause."""
    clean = _NO_NEGATION.sub(lambda match: " " * len(match.group()), text)
    found: list[tuple[int, int]] = []
    for match in _NEGATION.finditer(clean):
        end = _CLAUSE_END.search(clean, match.end())
        # "nor" goes on with a denial and is none of that denial.
        if match.group().lower() == "nor" and found:
            found[-1] = (found[-1][0], min(found[-1][1], match.start()))
        last = end.start() if end else len(clean)
        if _VERBAL.fullmatch(match.group()) and (modal := _MODAL.search(clean, match.end())):
            # "A patient who cannot give feedback may pose risks": another verb begins.
            last = min(last, modal.start())
        if match.group().lower() in _IN_PLACE:
            # "X rather than Y did Z" denies nothing of Z.
            last = min(last, _AFTER.match(clean, match.end()).end())  # type: ignore[union-attr]
        found.append((match.start(), last))
    return found


def _before(text: str, denied: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of clauses before a negation."""
    found = []
    for start, _ in denied:
        begin = max((cut.end() for cut in _CLAUSE_END.finditer(text, 0, start)), default=0)
        found.append((begin, start))
    return found


def _count(stretches: list[tuple[int, int]], start: int) -> int:
    return sum(begin <= start < end for begin, end in stretches)


def _first_content(said: list[Said], start: int, end: int) -> int | None:
    wordings = load_wordings()
    idle = wordings.free | wordings.telling
    return next((word.start for word in said if start <= word.start < end and word.stem not in idle), None)


def role(thing: Thing) -> str | None:
    """The role in which a thing can be mistaken for another one; None where it can't."""
    return _ROLES.get(thing.kind)


__all__ = ["Said", "Saying", "Thing", "Wordings", "fold", "role", "saying"]

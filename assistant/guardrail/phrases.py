"""Phrases found in a text by the stems of their words: "relax*" for any ending, ".." for up to four words between."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from assistant.guardrail.wording import in_full
from assistant.reading import Word, fold, stem, words

# How many words may stand in the place of "..".
_GAP: Final = 4
# Letters by which words that only begin alike are looked up; a beginning must have as many.
_HEAD: Final = 3
_STOP: Final = re.compile(r"[,;:](?=\s)|[!?|—]|\((?![+-])|(?<![+-])\)")


class Hit(NamedTuple):
    """A span of a text that is a phrase; for each name that it stands for, where the phrase's own words begin."""

    start: int
    end: int
    names: dict[str, frozenset[int]]


class _Token(NamedTuple):
    """A word in the forms that phrases are compared with, and the part of the sentence that it stands in."""

    lower: str
    folded: str
    stem: str
    part: int


class _Part(NamedTuple):
    """One word of a phrase: a stem, or the beginning of a folded word; `gap`: other words may stand before it."""

    word: str
    is_beginning: bool
    gap: bool

    def fits(self, token: _Token) -> bool:
        if self.is_beginning:
            return token.lower.startswith(self.word) or token.folded.startswith(self.word)
        return token.stem == self.word


class _Entry(NamedTuple):
    """A phrase, which part it is looked up by, the stems that its text must have, and the names it stands for."""

    parts: tuple[_Part, ...]
    anchor: int
    stems: frozenset[str]
    names: tuple[str, ...]


class Phrases:
    """Finds every phrase of every name; overlapping finds are all reported, in the text's order."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Names with their phrases; a phrase without a word, or a beginning under three letters, raises ValueError."""
        names: dict[tuple[_Part, ...], list[str]] = defaultdict(list)
        for name, each in phrases.items():
            for phrase in each:
                names[parse(in_full(phrase))].append(name)
        count: dict[str, int] = defaultdict(int)
        for parts, own in names.items():
            for part in parts:
                count[part.word] += len(own)
        # A phrase is tried where its rarest word stands, so that those that begin with "not" or "more" cost nothing.
        self._by_stem: dict[str, list[_Entry]] = defaultdict(list)
        self._by_beginning: dict[str, list[_Entry]] = defaultdict(list)
        for parts, own in names.items():
            anchor = min(range(len(parts)), key=lambda i: (count[parts[i].word], i))
            stems = frozenset(part.word for part in parts if not part.is_beginning)
            index = self._by_beginning if parts[anchor].is_beginning else self._by_stem
            index[parts[anchor].word].append(_Entry(parts, anchor, stems, tuple(own)))
        self._longest = max(map(len, self._by_beginning), default=0)
        self._entries = lru_cache(maxsize=20_000)(self._looked_up)

    def find(self, text: str) -> tuple[Hit, ...]:
        """The hits in a text; none reaches over a comma or another stop."""
        tokens = words(text)
        read = _read(text, tokens)
        stems = {token.stem for token in read}
        found: dict[tuple[int, int], dict[str, frozenset[int]]] = {}
        for at, token in enumerate(read):
            for entry in self._entries(token.lower, token.folded, token.stem):
                own_words = _indices(entry, read, at) if entry.stems <= stems else None
                if own_words is not None:
                    own = frozenset(tokens[i].start for i in own_words)
                    span = tokens[own_words[0]].start, tokens[own_words[-1]].end
                    found.setdefault(span, {}).update(dict.fromkeys(entry.names, own))
        return tuple(Hit(*span, found[span]) for span in sorted(found))

    def _looked_up(self, lower: str, folded: str, stemmed: str) -> tuple[_Entry, ...]:
        """The phrases that may stand where a word with these forms stands."""
        lengths = range(_HEAD, min(max(len(lower), len(folded)), self._longest) + 1)
        beginnings = dict.fromkeys(form[:length] for length in lengths for form in (lower, folded))
        alike = (entry for beginning in beginnings for entry in self._by_beginning.get(beginning, ()))
        return (*self._by_stem.get(stemmed, ()), *alike)


@lru_cache(maxsize=50_000)
def parse(phrase: str) -> tuple[_Part, ...]:
    """The parts of a phrase as written in YAML."""
    parts: list[_Part] = []
    gap = False
    for piece in phrase.split():
        if piece == "..":
            gap = True
            continue
        own = _parts(piece)
        if own and own[-1].is_beginning and len(fold(own[-1].word)) < _HEAD:
            raise ValueError(f"{phrase!r}: {piece!r} is too short; a beginning needs {_HEAD} letters")
        if own and gap:
            own = (own[0]._replace(gap=True), *own[1:])
            gap = False
        parts += own
    if not parts or parts[0].gap:
        raise ValueError(f"{phrase!r} begins with no word")
    return tuple(parts)


@lru_cache(maxsize=20_000)
def _parts(piece: str) -> tuple[_Part, ...]:
    """The parts that stand between two blanks of a phrase."""
    *inner, last = [token.text for token in words(piece)] or [""]
    if not last:
        return ()
    end = _Part(last.lower(), is_beginning=True, gap=False) if piece.endswith("*") else _part(last)
    return (*map(_part, inner), end)


# A stem drops these endings, and with them the meaning: "fitness" is no "fit", "dependable" nothing that "depends".
_DERIVED: Final = re.compile(r"[a-z]{3,}(?:ness|[ai]ble|[ai]bly|ful|fully|ality|[ae]nce|ional)", re.IGNORECASE)


def _part(word: str) -> _Part:
    """One whole word of a phrase: its stem, or the word itself where the stem would mean something else."""
    if _DERIVED.fullmatch(word):
        return _Part(fold(word), is_beginning=True, gap=False)
    return _Part(stem(word), is_beginning=False, gap=False)


def _read(text: str, tokens: Sequence[Word]) -> tuple[_Token, ...]:
    """The tokens with the number of the part of the sentence that each stands in."""
    stops = [stop.start() for stop in _STOP.finditer(text)]
    return tuple(
        _Token(token.text.lower(), token.folded, stem(token.text), bisect_left(stops, token.start)) for token in tokens
    )


def _indices(entry: _Entry, read: Sequence[_Token], at: int) -> tuple[int, ...] | None:
    """The indices of the words of a phrase that is looked up by the word at `at`; None where it doesn't stand there."""
    parts, anchor = entry.parts, entry.anchor
    found = [at]
    for position in range(anchor - 1, -1, -1):
        gap = _GAP if parts[position + 1].gap else 0
        before = _nearest(parts[position], read, at, range(found[0] - 1, max(found[0] - 2 - gap, -1), -1))
        if before is None:
            return None
        found.insert(0, before)
    for part in parts[anchor + 1 :]:
        gap = _GAP if part.gap else 0
        behind = _nearest(part, read, at, range(found[-1] + 1, min(found[-1] + 2 + gap, len(read))))
        if behind is None:
            return None
        found.append(behind)
    return tuple(found)


def _nearest(part: _Part, read: Sequence[_Token], at: int, window: range) -> int | None:
    """The first index of a window where the part fits, in the part of the sentence in which `at` is."""
    for i in window:
        if part.fits(read[i]) and read[i].part == read[at].part:
            return i
    return None

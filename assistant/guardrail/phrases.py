"""Phrases found in a text by the stems of their words: "relax*" for any ending, ".." for up to four words between."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.reading import Word, stem, words

# How many words may stand in the place of "..".
_GAP: Final = 4
# Letters by which words that only begin alike are looked up; a beginning must have as many.
_HEAD: Final = 3
_STOP: Final = re.compile(r"[,;:](?=\s)|[!?|—]|\((?![+-])|(?<![+-])\)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: the name it stands for, its span in the text, and where each of its own words begins."""

    name: str
    start: int
    end: int
    words: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Token:
    """A word in the forms that phrases are compared with."""

    lower: str
    folded: str
    stem: str
    part: int


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of a phrase: a stem, or the beginning of a folded word; `gap`: other words may stand before it."""

    word: str
    is_beginning: bool
    gap: bool

    def fits(self, token: _Token) -> bool:
        if self.is_beginning:
            return token.lower.startswith(self.word) or token.folded.startswith(self.word)
        return token.stem == self.word


# A name, its phrase, and which part it is looked up by.
_Entry = tuple[str, tuple[_Part, ...], int]


class Phrases:
    """Finds every phrase of every name; overlapping finds are all reported, in the text's order."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Names with their phrases; a phrase without a word, or a beginning under three letters, raises ValueError."""
        parsed = [(name, parse(phrase)) for name, each in phrases.items() for phrase in each]
        count = Counter(part.word for _, parts in parsed for part in parts)
        # A phrase is tried where its rarest word stands, so that those that begin with "not" or "more" cost nothing.
        self._by_stem: dict[str, list[_Entry]] = defaultdict(list)
        self._by_head: dict[str, list[_Entry]] = defaultdict(list)
        for name, parts in parsed:
            anchor = min(range(len(parts)), key=lambda i: (count[parts[i].word], i))
            part = parts[anchor]
            index = self._by_head if part.is_beginning else self._by_stem
            index[part.word[:_HEAD] if part.is_beginning else part.word].append((name, parts, anchor))

    def find(self, text: str) -> tuple[Hit, ...]:
        """The hits in a text; none reaches over a comma or another stop."""
        tokens = words(text)
        read = _read(text, tokens)
        found: dict[tuple[str, int, int], frozenset[int]] = {}
        for at, token in enumerate(read):
            heads = {token.lower[:_HEAD], token.folded[:_HEAD]}
            alike = (each for head in sorted(heads) for each in self._by_head.get(head, ()))
            for name, parts, anchor in (*self._by_stem.get(token.stem, ()), *alike):
                own_words = _indices(parts, read, at, anchor)
                if own_words is not None:
                    own = frozenset(tokens[i].start for i in own_words)
                    found[name, tokens[own_words[0]].start, tokens[own_words[-1]].end] = own
        hits = (Hit(*key, own) for key, own in found.items())
        return tuple(sorted(hits, key=lambda hit: (hit.start, hit.end, hit.name)))


def parse(phrase: str) -> tuple[_Part, ...]:
    """The parts of a phrase as written in YAML."""
    parts: list[_Part] = []
    gap = False
    for piece in phrase.split():
        if piece == "..":
            gap = True
            continue
        tokens = words(piece)
        for position, token in enumerate(tokens, 1):
            beginning = piece.endswith("*") and position == len(tokens)
            if beginning and len(token.folded) < _HEAD:
                raise ValueError(f"{phrase!r}: {piece!r} is too short; a beginning needs {_HEAD} letters")
            parts.append(_Part(token.text.lower() if beginning else stem(token.text), beginning, gap))
            gap = False
    if not parts or parts[0].gap:
        raise ValueError(f"{phrase!r} begins with no word")
    return tuple(parts)


def _read(text: str, tokens: Sequence[Word]) -> tuple[_Token, ...]:
    """The tokens with the number of the part of the sentence that each stands in."""
    read, part, end = [], 0, 0
    for token in tokens:
        part += bool(_STOP.search(text, end, token.start))
        end = token.end
        read.append(_Token(token.text.lower(), token.folded, stem(token.text), part))
    return tuple(read)


def _indices(parts: Sequence[_Part], read: Sequence[_Token], at: int, anchor: int) -> tuple[int, ...] | None:
    """The indices of the words of a phrase whose part `anchor` stands at `at`; None where it doesn't stand there."""
    if not parts[anchor].fits(read[at]):
        return None
    found = [at]
    for position in range(anchor - 1, -1, -1):
        first = found[0]
        window = range(first - 1, max(first - 2 - (_GAP if parts[position + 1].gap else 0), -1), -1)
        before = next((i for i in window if read[i].part == read[at].part and parts[position].fits(read[i])), None)
        if before is None:
            return None
        found.insert(0, before)
    for part in parts[anchor + 1 :]:
        last = found[-1]
        window = range(last + 1, min(last + 2 + (_GAP if part.gap else 0), len(read)))
        behind = next((i for i in window if read[i].part == read[at].part and part.fits(read[i])), None)
        if behind is None:
            return None
        found.append(behind)
    return tuple(found)

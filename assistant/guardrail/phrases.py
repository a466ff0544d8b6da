"""Phrases found in a text by the stems of their words: "relax*" for any ending, ".." for up to four words between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.reading import Word, stem, words

# How many words may stand in the place of "..".
_GAP: Final = 4
# Letters by which words that only begin alike are looked up; a beginning must have as many.
_HEAD: Final = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: the name it stands for, and its span in the text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of a phrase: a stem, or the beginning of a folded word; `gap`: other words may stand before it."""

    word: str
    is_beginning: bool
    gap: bool

    def fits(self, token: Word) -> bool:
        if self.is_beginning:
            return token.text.lower().startswith(self.word) or token.folded.startswith(self.word)
        return stem(token.text) == self.word


class Phrases:
    """Finds every phrase of every name; overlapping finds are all reported, in the text's order."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Names with their phrases; a phrase without a word, or a beginning under three letters, raises ValueError."""
        self._by_stem: dict[str, list[tuple[str, tuple[_Part, ...]]]] = defaultdict(list)
        self._by_head: dict[str, list[tuple[str, tuple[_Part, ...]]]] = defaultdict(list)
        for name, each in phrases.items():
            for phrase in each:
                parts = parse(phrase)
                first = parts[0]
                index = self._by_head if first.is_beginning else self._by_stem
                index[first.word[:_HEAD] if first.is_beginning else first.word].append((name, parts))

    def find(self, tokens: Sequence[Word]) -> tuple[Hit, ...]:
        """The hits among the words of a text."""
        found: dict[tuple[str, int, int], None] = {}
        for at, token in enumerate(tokens):
            heads = dict.fromkeys((token.text[:_HEAD].lower(), token.folded[:_HEAD]))
            alike = (each for head in heads for each in self._by_head.get(head, ()))
            for name, parts in (*self._by_stem.get(stem(token.text), ()), *alike):
                end = _end(parts, tokens, at)
                if end is not None:
                    found[name, tokens[at].start, tokens[end].end] = None
        return tuple(Hit(*key) for key in found)


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


def _end(parts: Sequence[_Part], tokens: Sequence[Word], at: int) -> int | None:
    """The index of the word with which a phrase that begins at `at` ends; None where it doesn't stand there."""
    if not parts[0].fits(tokens[at]):
        return None
    for part in parts[1:]:
        window = range(at + 1, min(at + 2 + (_GAP if part.gap else 0), len(tokens)))
        following = next((i for i in window if part.fits(tokens[i])), None)
        if following is None:
            return None
        at = following
    return at

"""Terms of a vocabulary found in text: longest match, either spelling, one or two slips of the keyboard."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.reading.words import Word, fold, words

# Letters a word needs before one or two slips are forgiven: shorter words turn into other real words too easily.
_ONE_SLIP: Final = 6
_TWO_SLIPS: Final = 12
# Beginnings that one or two slips would turn into their contrary.
_PREFIX: Final = re.compile(r"hyper|hypo|inter|intra|infra|macro|micro|ante|anti|para|peri|pre|pro|per|de|re|dis|in|un")


@dataclass(frozen=True, slots=True)
class Mention:
    """A term found: the id it stands for and its span; `corrected` where a slip was forgiven."""

    id: str
    start: int
    end: int
    corrected: bool = False


class Lexicon:
    """Finds the terms of a vocabulary; one id per term, the longest term wins, overlaps are not reported."""

    def __init__(self, terms: Mapping[str, Iterable[str]], known: Iterable[str] = ()) -> None:
        """Ids with their terms; `known` are further words that are never taken for a slip of one of them."""
        self._ids: dict[tuple[str, ...], str] = {}
        for name, phrases in terms.items():
            for phrase in phrases:
                key = tuple(word.folded for word in words(phrase))
                if key:
                    self._ids.setdefault(key, name)
        self._longest = max(map(len, self._ids), default=0)
        self._heads = {key[0] for key in self._ids}
        self._known = {fold(word) for word in known} | {word for key in self._ids for word in key}
        long_words = sorted(
            {word for key in self._ids for word in key if len(word) >= _ONE_SLIP - 1 and word.isalpha()}
        )
        near: dict[tuple[str, str], list[str]] = defaultdict(list)
        for word in long_words:
            near[word[0], _prefix(word)].append(word)
        self._nearest = lru_cache(maxsize=20_000)(partial(_nearest, candidates=near))

    def find(self, tokens: tuple[Word, ...]) -> tuple[Mention, ...]:
        """Mentions in order of the text that `tokens` came from."""
        folded = [self.correct(token.folded) for token in tokens]
        # No name reaches over a colon: "sympathetic block: arm, stellate ganglion".
        begins = [at for at, token in enumerate(tokens) if token.begins]
        found, at = [], 0
        while at < len(tokens):
            stop = next((place for place in begins if place > at), len(tokens)) if begins else len(tokens)
            length = self._match(folded, at, stop)
            if length:
                slips = any(folded[i] != tokens[i].folded for i in range(at, at + length))
                name = self._ids[tuple(folded[at : at + length])]
                found.append(Mention(name, tokens[at].start, tokens[at + length - 1].end, slips))
            at += length or 1
        return tuple(found)

    def _match(self, folded: list[str], at: int, stop: int) -> int:
        if folded[at] not in self._heads:
            return 0
        for length in range(min(self._longest, stop - at), 0, -1):
            if tuple(folded[at : at + length]) in self._ids:
                return length
        return 0

    def correct(self, word: str) -> str:
        """`word` itself if it is a word or too short, else the one vocabulary word within one or two slips.

        Never one with another first letter or with another prefix: "unilateral" is no slip of "bilateral".
        """
        if len(word) < _ONE_SLIP or not word.isalpha() or word in self._known:
            return word
        return self._nearest(word)


def _nearest(word: str, candidates: Mapping[tuple[str, str], Sequence[str]]) -> str:
    """`candidates`: by their first letter and prefix."""
    limit = 2 if len(word) >= _TWO_SLIPS else 1
    near = [name for prefix in {"", _prefix(word)} for name in candidates.get((word[0], prefix), ())]
    close = process.extract(word, near, scorer=OSA.distance, score_cutoff=limit, limit=2)
    if not close or (len(close) > 1 and close[0][1] == close[1][1]):
        return word
    return str(close[0][0])


def _prefix(word: str) -> str:
    found = _PREFIX.match(word)
    return found.group() if found else ""

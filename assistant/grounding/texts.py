"""A response's sentence and a context as they are compared: stems, rarity of words, runs of words, numbers."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from assistant.embedding import word_ranks
from assistant.reading import STOPWORDS, Span, clauses, is_negated, sentences, stem, words

# The first entries of the vocabulary are marks and single characters, not words by frequency.
_FIRST_WORD: Final = 1996
_DIGITS: Final = re.compile(r"\d+(?:\.\d+)?")
_ITEM_NUMBER: Final = re.compile(r"^\s*\(?\d{1,2}[.)]\s")
# Advice against something, said without a negation; no offset of a Text leaves this package.
_AVOID: Final = re.compile(r"\b(?:avoid(?:ing)?|refrain(?:ing)? from)\b", re.IGNORECASE)
# "Passage 2" names a source; its number is no figure.
_SOURCE_NUMBER: Final = re.compile(r"\bpassages? \d+(?:(?:,| and|, and) \d+)*", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def rarity(word: str) -> float:
    """How rare a word of English is, 0 to 1, from its rank by frequency; one that the ranks lack is as rare as can be.

    log(2 + rank) over log(2 + size): Zipf's law makes it proportional to inverse document frequency.
    """
    ranks = word_ranks()
    rank = max(0, ranks[word] - _FIRST_WORD) if word in ranks else len(ranks)
    return math.log(2 + rank) / math.log(2 + len(ranks))


@dataclass(frozen=True, slots=True)
class Term:
    """A word that carries content: its stem and how rare it is, 0 to 1."""

    stem: str
    rarity: float


class Text:
    """A piece of text, read once."""

    def __init__(self, text: str) -> None:
        self.text = _AVOID.sub("not", text.replace("\u2019", "'"))
        self.words = words(self.text)
        self.stems = tuple(stem(word.folded) for word in self.words)
        self.terms = tuple(Term(stem(w.folded), rarity(w.folded)) for w in self.words if w.folded not in STOPWORDS)

    @cached_property
    def weight(self) -> float:
        """Sum of the rarities of its content words; 1 where it has none, so that shares are 0."""
        return sum(term.rarity for term in self.terms) or 1.0

    @cached_property
    def denied(self) -> dict[str, bool]:
        """Whether each content word's stem is denied; without those that are both denied and affirmed."""
        found: dict[str, set[bool]] = {}
        for clause in (clause for sentence in sentences(self.text) for clause in clauses(sentence)):
            for word in words(clause.text):
                if word.folded not in STOPWORDS:
                    found.setdefault(stem(word.folded), set()).add(is_negated(clause.text, word.start))
        return {name: ways.pop() for name, ways in found.items() if len(ways) == 1}

    @cached_property
    def digits(self) -> tuple[str, ...]:
        """Its figures as written, those of a list item and of a named source left out."""
        return tuple(_DIGITS.findall(_SOURCE_NUMBER.sub("", _ITEM_NUMBER.sub("", self.text))))


class Context:
    """What a response may lean on, read once: sentences and pairs of sentences as windows."""

    def __init__(self, text: str) -> None:
        self.whole = Text(text)
        spans = [span.text for span in sentences(text)] or [text]
        pairs = [f"{one} {other}" for one, other in zip(spans, spans[1:], strict=False)]
        self.windows = tuple(Text(piece) for piece in (*spans, *pairs))
        self.window_stems = tuple(frozenset(window.stems) for window in self.windows)
        self.stems = frozenset(self.whole.stems)
        self.pairs = runs(self.whole.stems, 2)
        # Not without the numbers of items: a response may write "in step 2" for what stands as "2.".
        self.digits = frozenset(_DIGITS.findall(text))

    def best_window(self, piece: Text) -> tuple[int, float]:
        """Position and covered share (0 to 1) of the window that carries most of the weight of a piece's words."""
        shares = [sum(t.rarity for t in piece.terms if t.stem in stems) for stems in self.window_stems]
        at = max(range(len(shares)), key=lambda i: (shares[i], -i))
        return at, shares[at] / piece.weight


def runs(stems: tuple[str, ...], length: int) -> frozenset[tuple[str, ...]]:
    """All runs of so many words."""
    return frozenset(stems[i : i + length] for i in range(len(stems) - length + 1))


@lru_cache(maxsize=64)
def read_context(text: str) -> Context:
    """A context, kept for the next response to it."""
    return Context(text)


def read_response(text: str) -> tuple[tuple[Span, Text], ...]:
    """The sentences of a response with their places in it."""
    return tuple((span, Text(span.text)) for span in sentences(text))

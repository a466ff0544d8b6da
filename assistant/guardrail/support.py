"""How closely a passage and the corpus say the same: shared concepts, words and numbers, by rarity."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Final, NamedTuple

from assistant.corpus import load
from assistant.entries import Reference, Statement
from assistant.guardrail.units import lexicon
from assistant.reading import STOPWORDS, numbers, stem, words

# What a concept counts for beside a word; a broader concept shared (block for stellate block) counts half.
_CONCEPT: Final = 2.0
_BROADER: Final = 0.5
_NUMBER: Final = 2.0
# Words of citing and telling, that are about no subject.
_TELLING: Final = frozenset(
    stem(word)
    for word in "review article paper reference ref refs see cited cite says reports shows found "
    "study studies trial trials author patient pain report reported chin printed et al show given according".split()
)
# "One person in fourteen" stands in no statement; and the stem of "ten" is that of TENS.
_ONE_IN: Final = re.compile(
    r"\b(?:one|a) (?:[a-z]+ )?in (?:every )?(?:[a-z]+teen|[a-z]+ty|five|six|eight|nine|twelve)\b|\bten\b", re.IGNORECASE
)
# "In every 100 people" is no size of a study.
_PER: Final = re.compile(r"\b(?:in|of|per) (?:every |each |a )?$|\b(?:every|each) $", re.IGNORECASE)
# Concepts that nearly every reference shares.
_COMMON: Final = frozenset(
    {"neuropathic_pain", "pain_relief", "review", "trial_arm", "pain_intensity", "interventional_care"}
)


class Passage(NamedTuple):
    """A passage as weighted tokens; `id` of the statement, empty for the entry of a reference in the list."""

    id: str
    references: tuple[int, ...]
    tokens: frozenset[str]


class Match(NamedTuple):
    """Share of a text's weight that a passage carries, 0 to 1."""

    score: float
    passage: Passage | None


@lru_cache(maxsize=512)
def tokens(text: str) -> frozenset[str]:
    """Concepts ("c:"), their broader ones ("b:"), word stems and numbers with unit ("n:") of a text."""
    corpus = load()
    named = {mention.id for mention in lexicon().find(words(text))} - _COMMON
    known = {name for name in named if name in corpus.concepts}
    broader = corpus.with_broader(known) - known - _COMMON if known else frozenset()
    spelt = _ONE_IN.sub(" ", text)
    stems = {stem(word.text) for word in words(spelt) if word.text.lower() not in STOPWORDS and word.text[0].isalpha()}
    counted = {f"n:{value:g} {number.unit}" for number in numbers(text)
               if number.unit and not _PER.search(text[max(0, number.start - 12) : number.start])
               for value in (number.value, number.upper) if value is not None}  # fmt: skip
    return frozenset(
        {f"c:{name}" for name in named} | {f"b:{name}" for name in (*broader, *known)}
        | {word for word in stems - _TELLING if len(word) > 2} | counted
    )  # fmt: skip


@lru_cache(maxsize=1)
def passages() -> tuple[Passage, ...]:
    """Every statement, and every entry of the reference list."""
    corpus = load()
    said = [Passage(item.id, item.references, tokens(item.text) | _about(item)) for item in corpus.statements]
    return (*said, *(Passage("", (ref.number,), tokens(_entry(ref))) for ref in corpus.references.values()))


def _about(statement: Statement) -> frozenset[str]:
    named = frozenset(statement.about) - _COMMON
    return frozenset({f"c:{name}" for name in named} | {f"b:{name}" for name in load().with_broader(named) - _COMMON})


def _entry(reference: Reference) -> str:
    return re.sub(r"\s+", " ", f"{reference.formatted} {reference.csl.get('container-title', '')}")


@lru_cache(maxsize=1)
def _rarity() -> dict[str, float]:
    count = Counter(token for passage in passages() for token in passage.tokens)
    return {token: math.log(1 + len(passages()) / number) for token, number in count.items()}


@lru_cache(maxsize=20_000)
def weight(token: str) -> float:
    """What a token counts for; one that the corpus does not have counts nothing, since no reference can carry it."""
    rarity = _rarity().get(token, 0.0)
    return rarity * {"c:": _CONCEPT, "b:": _BROADER, "n:": _NUMBER}.get(token[:2], 1.0)


@lru_cache(maxsize=1)
def _holders() -> dict[str, list[int]]:
    """By each token the positions among the passages of those that have it."""
    found: dict[str, list[int]] = defaultdict(list)
    for position, passage in enumerate(passages()):
        for token in passage.tokens:
            found[token].append(position)
    return found


@lru_cache(maxsize=512)
def _ranked(text_tokens: frozenset[str]) -> tuple[list[tuple[float, int]], float]:
    """The negative weight that each passage carries and its position, the heaviest first; and the whole weight."""
    scores: dict[int, float] = defaultdict(float)
    whole = 0.0
    for token in sorted(text_tokens):
        own = weight(token)
        whole += own
        for position in _holders().get(token, ()):
            scores[position] += own
    return sorted((-score, position) for position, score in scores.items()), whole or 1.0


def _matches(text_tokens: frozenset[str]) -> Iterator[Match]:
    """Every passage that carries something; made one by one, for mostly only the first of hundreds are asked for."""
    order, whole = _ranked(text_tokens)
    known = passages()
    return (Match(-negative / whole, known[position]) for negative, position in order)


def best(text_tokens: frozenset[str], fits: Callable[[Passage], bool] = lambda passage: True) -> Match:
    """The passage, among those that fit, that carries most of the tokens' weight."""
    return next((match for match in _matches(text_tokens) if match.passage and fits(match.passage)), Match(0.0, None))


@lru_cache(maxsize=4_096)
def carried_for(text_tokens: frozenset[str], reference: int, *, apart: bool = False) -> tuple[Match, Match]:
    """The best passage that carries a reference, and the best statement that doesn't.

    apart: a statement that joins several facts with several references counts for this one only where no narrower
    statement, without this reference, carries the text as well: then the text is the other reference's part.
    """
    rival = best(text_tokens, lambda passage: _is_cited(passage) and reference not in passage.references)
    own = best(
        text_tokens,
        lambda passage: (
            reference in passage.references and not (apart and _is_carried_in_part(text_tokens, passage, reference))
        ),
    )
    return own, rival


def _is_carried_in_part(text_tokens: frozenset[str], whole: Passage, reference: int) -> bool:
    """Whether a statement with only some of a passage's references, this one not among them, carries as much."""
    score = best(text_tokens, lambda passage: passage is whole).score
    return any(
        match.passage and _is_cited(match.passage) and _is_narrower(match.passage, whole, reference)
        for match in takewhile(lambda match: match.score >= score, _matches(text_tokens))
    )


def _is_cited(passage: Passage) -> bool:
    """Whether it is a statement with references."""
    return bool(passage.id and passage.references)


def _is_narrower(part: Passage, whole: Passage, reference: int) -> bool:
    return reference not in part.references and set(part.references) < set(whole.references)

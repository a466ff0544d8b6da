"""How closely a passage and the corpus say the same: shared concepts, words and numbers, by rarity."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as weighted tokens; `id` of the statement, empty for the entry of a reference in the list."""

    id: str
    references: tuple[int, ...]
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
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


def best(text_tokens: frozenset[str], among: Iterable[Passage]) -> Match:
    """The passage that carries most of the tokens' weight."""
    whole = sum(map(weight, text_tokens)) or 1.0
    top = Match(0.0, None)
    for passage in among:
        score = sum(map(weight, text_tokens & passage.tokens)) / whole
        if score > top.score:
            top = Match(score, passage)
    return top


@lru_cache(maxsize=4_096)
def carried_for(text_tokens: frozenset[str], reference: int, *, apart: bool = False) -> tuple[Match, Match]:
    """The best passage that carries a reference, and the best statement that doesn't.

    apart: a statement that joins several facts with several references counts for this one only where no narrower
    statement, without this reference, carries the text as well: then the text is the other reference's part.
    """
    rival = best(text_tokens, _not_carried_by(reference))
    if not apart:
        return best(text_tokens, carried_by(reference)), rival
    narrower = [best(text_tokens, [item]) for item in _not_carried_by(reference)]
    own = Match(0.0, None)
    for item in carried_by(reference):
        mine = best(text_tokens, [item])
        if mine.score > own.score and not any(_is_part(other, mine) for other in narrower):
            own = mine
    return own, rival


def _is_part(part: Match, whole: Match) -> bool:
    if part.passage is None or whole.passage is None or part.score < whole.score:
        return False
    return set(part.passage.references) < set(whole.passage.references)


@lru_cache(maxsize=128)
def carried_by(reference: int) -> tuple[Passage, ...]:
    """The passages that carry a reference."""
    return tuple(passage for passage in passages() if reference in passage.references)


@lru_cache(maxsize=1)
def uncited() -> tuple[Passage, ...]:
    """The statements that the review makes without a reference."""
    return tuple(passage for passage in passages() if not passage.references)


@lru_cache(maxsize=128)
def _not_carried_by(reference: int) -> tuple[Passage, ...]:
    return tuple(item for item in passages() if item.id and item.references and reference not in item.references)

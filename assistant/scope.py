"""Whether the review covers what is asked: answered, abstained or refused, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.corpus import Corpus
from assistant.question import Query
from assistant.reading import Mention, Span, sentences
from assistant.refusal import Refusal, refusal
from assistant.retrieval import Hit
from assistant.types import Outcome

# Likeness of the question to the nearest statement or question of the corpus below which nothing near it is known ...
FAR: Final = 0.36
# ... and below which a word that the corpus does not have is taken for what the question is about.
STRANGE: Final = 0.55
# In a question of more words than this, comorbidities, drugs and people named on the way are not what is asked.
VIGNETTE_WORDS: Final = 22
_ASKS: Final = re.compile(
    r"\?|^\W*(?:what|which|who|when|where|why|how|is|are|was|were|does|do|did|can|could|should|would|will|may|any|"
    r"give|list|name|tell|describe|explain|define|compare|show|summari[sz]e)\b",
    re.IGNORECASE,
)
_INCIDENTAL: Final = ("drug", "condition", "population")


@dataclass(frozen=True, slots=True)
class Scope:
    """What becomes of a question; `missing` are labels of what the review does not say, `near` concepts close to it."""

    outcome: Outcome
    missing: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    refusal: Refusal | None = None


def gate(query: Query) -> Refusal | None:
    """The reason to refuse a request, before anything is searched."""
    return refusal(query.question)


def decide(query: Query, hits: Sequence[Hit], corpus: Corpus) -> Scope:
    """Answered or abstained, from the things the question names and from how near anything of the corpus is."""
    outside = [corpus.outside[name] for name in asked_outside(query, corpus)]
    if outside and not _is_about_the_reference_list(query):
        near = tuple(dict.fromkeys(concept for entry in outside for concept in entry.nearby))
        return Scope("abstained", tuple(entry.label for entry in outside), near or query.concepts)
    best = max((hit.dense for hit in hits), default=0.0)
    if best < FAR and not query.references:
        return Scope("abstained", query.unknown, query.concepts)
    if query.unknown and best < STRANGE and not query.is_followup:
        return Scope("abstained", query.unknown, query.concepts)
    return Scope("answered")


def asked_outside(query: Query, corpus: Corpus) -> tuple[str, ...]:
    """Ids of things outside the review that are asked about, not only mentioned on the way."""
    mentions = [mention for mention in query.mentions if mention.id in corpus.outside]
    if not mentions:
        return ()
    parts = sentences(query.question)
    is_vignette = len(query.question.split()) > VIGNETTE_WORDS and len(parts) > 1
    asked = [part for part in parts if _ASKS.search(part.text)] or list(parts[-1:])
    found = [
        mention.id
        for mention in mentions
        if not (is_vignette and corpus.outside[mention.id].kind in _INCIDENTAL and not _stands_in(mention, asked))
    ]
    return tuple(dict.fromkeys(found))


def _stands_in(mention: Mention, parts: Sequence[Span]) -> bool:
    return any(part.start <= mention.start < part.end for part in parts)


def _is_about_the_reference_list(query: Query) -> bool:
    return bool(query.references) or "source" in query.aspects

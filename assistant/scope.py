"""Whether the review covers what is asked: answered, abstained or refused, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.corpus import Corpus
from assistant.question import Query
from assistant.reading import Mention, Span, Word, sentences
from assistant.refusal import Refusal, refusal
from assistant.retrieval import Hit
from assistant.types import Outcome

# Likeness of the question to the nearest statement or question of the corpus below which nothing near it is known ...
FAR: Final = 0.4
# ... and below which a technical word that the corpus does not have is taken for what the question is about.
STRANGE: Final = 0.75
# Endings of drugs, diseases and procedures (after the stems of international nonproprietary names).
_TECHNICAL: Final = re.compile(
    r"(?:ab|ib|ine|ide|one|ole|ol|am|ate|cin|cillin|statin|pril|artan|xaban|triptan|tide|fen|caine|azole|ium|"
    r"itis|osis|oma|pathy|algia|emia|aemia|uria|ectomy|otomy|ostomy|plasty|lysis|scopy|graphy|gram|therapy)s?$"
)
# In a question of more words than this, comorbidities, drugs and people named on the way are not what is asked.
VIGNETTE_WORDS: Final = 22
_ASKS: Final = re.compile(
    r"\?|^\W*(?:what|which|who|when|where|why|how|is|are|was|were|does|do|did|can|could|should|would|will|may|any|"
    r"give|list|name|tell|describe|explain|define|compare|show|summari[sz]e)\b",
    re.IGNORECASE,
)


# Asking what the review says of dosing is answered (it is undetermined); asking for a dose is not.
DOSES: Final = "dose_figures"
_ASKS_THE_REVIEW: Final = re.compile(
    r"\b(?:review|article|author|paper|chin)\b.{0,40}\b(?:say|says|tell|tells|state|states|recommend|recommends|give|"
    r"gives|suggest|suggests|about)\b|\baccording to\b",
    re.IGNORECASE,
)


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
    if query.references or query.is_followup:
        return Scope("answered")
    asked = _asked(query)
    strange = tuple(dict.fromkeys(word.text for word in query.strange if _stands_in(word, asked)))
    technical = tuple(word for word in strange if _TECHNICAL.search(word.lower()) or _is_abbreviation(word))
    if best < FAR or (technical and best < STRANGE):
        return Scope("abstained", technical or strange, query.concepts)
    return Scope("answered")


def asked_outside(query: Query, corpus: Corpus) -> tuple[str, ...]:
    """Ids of things outside the review that are asked about, not only mentioned on the way."""
    asked = _asked(query)
    found = [m.id for m in query.mentions if m.id in corpus.outside and _stands_in(m, asked)]
    if _ASKS_THE_REVIEW.search(query.question):
        found = [name for name in found if name != DOSES]
    return tuple(dict.fromkeys(found))


def _asked(query: Query) -> Sequence[Span]:
    """The sentences that ask: all of a short question, of a vignette those with a question in them or else the last."""
    parts = sentences(query.question)
    if len(query.question.split()) <= VIGNETTE_WORDS or len(parts) == 1:
        return parts
    return [part for part in parts if _ASKS.search(part.text)] or parts[-1:]


def _stands_in(found: Mention | Word, parts: Sequence[Span]) -> bool:
    return any(part.start <= found.start < part.end for part in parts)


def _is_about_the_reference_list(query: Query) -> bool:
    return bool(query.references) or "source" in query.aspects


def _is_abbreviation(word: str) -> bool:
    return len(word) > 2 and word[1:].isupper()

"""What is asked: the question made standalone, its concepts, aspects, numbers of references, and the patient."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from assistant.corpus import Corpus
from assistant.errors import QuestionError
from assistant.patient import Patient
from assistant.reading import STOPWORDS, Lexicon, Mention, Span, Word, informal_parts, normalise, stem, words
from assistant.settings import LONGEST_QUESTION
from assistant.types import Message, Understood
from assistant.vignette import described

ROLES: Final = ("user", "assistant")
# Turns further back say little about an elliptical question and much about other subjects.
_TURNS_CARRIED: Final = 6
_SHORT: Final = 4
_REFERENCE: Final = re.compile(
    r"\b(?:ref(?:erence)?s?|citation|source|paper|study)\b\.?\s*(?:no\.?|nr\.?|number|#)?\s*(\d{1,2})\b", re.IGNORECASE
)
_MARK: Final = re.compile(r"\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]")
# In a question of more words than this, comorbidities, drugs and people named on the way are not what is asked.
VIGNETTE_WORDS: Final = 22
_ASKS: Final = re.compile(
    r"\?|^\W*(?:what|which|who|when|where|why|how|is|are|was|were|does|do|did|can|could|should|would|will|may|any|"
    r"give|list|name|tell|describe|explain|define|compare|show|summari[sz]e)\b",
    re.IGNORECASE,
)
# Words that point back at what was said before.
_ANAPHORA: Final = re.compile(
    r"^\s*(?:and|so|but|ok(?:ay)?|then|also|what about|how about|same)\b|"
    r"\b(?:it|its|that|this|they|them|their|those|these|he|she|the (?:other|former|latter|first|second|outpatient) one|"
    r"the other|same|instead|then|there|each|both|any other|else|why not)\b",
    re.IGNORECASE,
)


# The treatments that a conversation turns about, their forms included.
TREATMENTS: Final = frozenset({"sympathetic_block", "ketamine", "pns", "scs"})
# What points at the one thing that was last spoken of.
_IT: Final = re.compile(r"\b(?:it|its|that|this)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood; every field but `patient` comes from text alone.

    corrected: the question with its slips of the keyboard mended; stems: content words for lexical search;
    carried_*: what a follow-up takes over from the turns before it;
    outside: ids of things named that the review does not cover; strange: words that neither the corpus nor plain
    English has, likely the name of something that the review does not cover.
    """

    question: str
    corrected: str
    standalone: str
    stems: tuple[str, ...]
    concepts: tuple[str, ...]
    aspects: tuple[str, ...]
    outside: tuple[str, ...]
    strange: tuple[Word, ...]
    references: tuple[int, ...]
    patient: Patient | None
    is_followup: bool = False
    carried_stems: tuple[str, ...] = ()
    carried_concepts: tuple[str, ...] = ()
    carried_references: tuple[int, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @property
    def asking(self) -> tuple[Span, ...]:
        """The parts that ask: all of a short question, of a vignette those with a question in them or else the last."""
        parts = informal_parts(self.question)
        if len(self.question.split()) <= VIGNETTE_WORDS or len(parts) == 1:
            return parts
        return tuple(part for part in parts if _ASKS.search(part.text)) or parts[-1:]

    def understood(self) -> Understood:
        """The part that an answer shows."""
        concepts = tuple(dict.fromkeys((*self.concepts, *self.carried_concepts)))
        patient = self.patient.to_dict() if self.patient else None
        return Understood(self.standalone, concepts, self.aspects, patient)


class Reader:
    """Reads questions with one corpus's vocabulary.

    everyday: words of plain English, which name nothing that a review could be asked about.
    """

    def __init__(self, corpus: Corpus, everyday: frozenset[str] = frozenset()) -> None:
        self.corpus = corpus
        self._everyday = everyday
        prose = " ".join(" ".join((s.text, *s.questions)) for s in corpus.statements)
        concepts = {c.id: (c.label, *c.terms) for c in corpus.concepts.values()}
        outside = {o.id: (o.label, *o.terms) for o in corpus.outside.values()}
        aspects = {str(a.id): a.cues for a in corpus.aspects.values()}
        terms = " ".join(
            term for phrases in (*concepts.values(), *outside.values(), *aspects.values()) for term in phrases
        )
        used = {word.text.lower() for word in words(prose)}
        known = used | {word.text.lower() for word in words(terms)} | everyday
        self._terms = Lexicon({**outside, **concepts}, known)
        self._aspects = Lexicon(aspects, known)
        self._known_stems = frozenset(stem(word) for word in used)
        self._treatments = {c for c in corpus.concepts if corpus.with_broader([c]) & TREATMENTS}

    def read(
        self,
        question: str,
        history: Sequence[Message] = (),
        patient: Patient | Mapping[str, Any] | None = None,
    ) -> Query:
        """The query for a question; raises QuestionError or PatientError for input that can't be used."""
        text = checked(question)
        turns = _checked_history(history)
        tokens = words(text)
        found = self._terms.find(tokens)
        given = Patient.from_value(patient) if patient is not None else None
        who = given or described(text, found, self.corpus)
        concepts = self._ids(found, self.corpus.concepts)
        aspects = tuple(dict.fromkeys(mention.id for mention in self._aspects.find(tokens)))
        stems = self._stems(tokens)
        query = Query(
            question=text,
            corrected=self._corrected(text, tokens),
            standalone=text,
            stems=stems,
            concepts=tuple(dict.fromkeys((*concepts, *self._patient_concepts(given)))),
            aspects=aspects,
            outside=self._ids(found, self.corpus.outside),
            strange=self._strange(tokens, found),
            references=tuple(
                int(number) for number in _REFERENCE.findall(text) if int(number) in self.corpus.references
            ),
            patient=who,
            mentions=found,
        )
        return self._with_context(query, turns) if turns else query

    def _ids(self, mentions: Sequence[Mention], among: Mapping[str, object]) -> tuple[str, ...]:
        """Ids in order of mention that are in `among`."""
        return tuple(dict.fromkeys(mention.id for mention in mentions if mention.id in among))

    def _corrected(self, text: str, tokens: Sequence[Word]) -> str:
        pieces, at = [], 0
        for token in tokens:
            mended = self._aspects.correct(self._terms.correct(token.folded))
            if mended != token.folded:
                pieces += [text[at : token.start], mended]
                at = token.end
        return "".join((*pieces, text[at:]))

    def _stems(self, tokens: Sequence[Word]) -> tuple[str, ...]:
        folded = (self._terms.correct(token.folded) for token in tokens if token.folded not in STOPWORDS)
        return tuple(dict.fromkeys(stem(word) for word in folded))

    def _strange(self, tokens: Sequence[Word], found: Sequence[Mention]) -> tuple[Word, ...]:
        covered = [(mention.start, mention.end) for mention in found]
        return tuple(
            token
            for token in tokens
            if token.folded.isalpha()
            and len(token.folded) > 1
            and not {token.folded, token.text.lower()} & self._everyday
            and stem(self._terms.correct(token.folded)) not in self._known_stems
            and not any(start <= token.start < end for start, end in covered)
        )

    def _patient_concepts(self, patient: Patient | None) -> tuple[str, ...]:
        if patient is None:
            return ()
        described = " . ".join(filter(None, (patient.condition, patient.site)))
        found = self._ids(self._terms.find(words(described)), self.corpus.concepts)
        tried = (*patient.failed, *patient.brief, *patient.tried)
        return (*found, *(name for name in tried if name in self.corpus.concepts))

    def _with_context(self, query: Query, turns: Sequence[Message]) -> Query:
        """The query with what its question leaves unsaid, from the turns before it."""
        if not self._is_elliptical(query):
            return query
        users = [self._terms.find(words(t["content"])) for t in turns if t["role"] == "user"]
        replies = [t["content"] for t in turns if t["role"] == "assistant"]
        asked = [t["content"] for t in turns if t["role"] == "user"]
        last_reply = replies[-1] if replies else ""
        marked = {int(n) for mark in _MARK.findall(last_reply) for n in mark.split(",")}
        own_kinds: set[str] = {self.corpus.concepts[c].kind for c in query.concepts}
        carried = [m.id for found in users[-2:] for m in found] + [m.id for m in self._terms.find(words(last_reply))]
        carried = [
            c
            for c in dict.fromkeys(carried)
            if c in self.corpus.concepts and c not in query.concepts and self._may_carry(c, own_kinds)
        ]
        context = " ".join((*asked[-2:], last_reply))
        subject = self._subject(last_reply)
        if subject and _IT.search(query.question) and "intervention" not in own_kinds:
            carried = [c for c in carried if self.corpus.concepts[c].kind != "intervention"]
            query = replace(query, concepts=(*query.concepts, subject))
        return replace(
            query,
            standalone=f"{query.question} ({_label_list(self.corpus, carried)})" if carried else query.question,
            is_followup=True,
            carried_stems=tuple(s for s in self._stems(words(_MARK.sub("", context))) if s not in query.stems),
            carried_concepts=tuple(carried),
            carried_references=tuple(sorted(marked & set(self.corpus.references))),
        )

    def _subject(self, reply: str) -> str | None:
        """The treatment that a reply is about: the first that its first sentence names."""
        opening = informal_parts(reply)[:1]
        named = self._terms.find(words(opening[0].text)) if opening else ()
        return next((m.id for m in named if m.id in self._treatments), None)

    def _may_carry(self, concept: str, own_kinds: set[str]) -> bool:
        """A site or condition named anew replaces the old one; other kinds add up."""
        kind = self.corpus.concepts[concept].kind
        return not (kind in ("site", "condition") and kind in own_kinds)

    def _is_elliptical(self, query: Query) -> bool:
        substance = [
            c for c in query.concepts if self.corpus.concepts[c].kind in ("intervention", "condition", "study")
        ]
        if _ANAPHORA.search(query.question):
            return True
        return not substance or len(query.stems) < _SHORT


def _label_list(corpus: Corpus, concepts: Sequence[str]) -> str:
    return ", ".join(corpus.concepts[concept].label for concept in concepts[:6])


def checked(question: object) -> str:
    """The question as clean text on one line; raises QuestionError where there is nothing to read or too much."""
    if not isinstance(question, str):
        raise QuestionError(f"question: expected text, got {type(question).__name__}")
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"question: {len(question):,} characters; at most {LONGEST_QUESTION:,} are read; ask in fewer words"
        )
    text = " ".join(normalise(question).text.split())
    if not any(character.isalnum() for character in text):
        raise QuestionError("question: is empty; ask something, such as 'What comes after failed stellate blocks?'")
    return text


def _checked_history(history: object) -> Sequence[Message]:
    """The last turns; raises QuestionError naming the turn that is malformed."""
    if history is None:
        return ()
    if isinstance(history, str | bytes | Mapping) or not isinstance(history, Sequence):
        raise QuestionError(f"history: expected a list of {{role, content}}, got {type(history).__name__}")
    for position, turn in enumerate(history, 1):
        if not isinstance(turn, Mapping) or not isinstance(turn.get("content"), str) or turn.get("role") not in ROLES:
            raise QuestionError(
                f"history: turn {position} must be {{'role': 'user' | 'assistant', 'content': text}}, got {turn!r:.120}"
            )
    return [
        {"role": turn["role"], "content": normalise(turn["content"][:LONGEST_QUESTION]).text}
        for turn in history[-_TURNS_CARRIED:]
    ]

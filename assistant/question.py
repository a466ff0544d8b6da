"""What is asked: the question made standalone, its concepts, aspects, numbers of references, and the patient."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from assistant.corpus import Corpus
from assistant.courtesy import Courtesy
from assistant.errors import QuestionError
from assistant.followup import conversation, follow
from assistant.patient import Patient
from assistant.reading import Mention, Span, Word, informal_parts, normalise
from assistant.settings import LONGEST_QUESTION
from assistant.terms import Terms
from assistant.types import Message, Understood

ROLES: Final = ("user", "assistant")
# What stands further back, or further in a turn, is not read: patients are told within this, and every turn is read
# anew with each question.
_MOST_TURNS: Final = 60
_LONGEST_TURN: Final = 2000
_MOST_CHARACTERS: Final = 30_000
_REFERENCE: Final = re.compile(
    r"\b(?:ref(?:erence)?s?|citation|source|paper|study)\b\.?\s*(?:no\.?|nr\.?|number|#)?\s*(\d{1,2})\b", re.IGNORECASE
)
# In a question of more words than this, comorbidities, drugs and people named on the way are not what is asked.
VIGNETTE_WORDS: Final = 22
_ASKS: Final = re.compile(
    r"\?|^\W*(?:what|which|who|when|where|why|how|is|are|was|were|does|do|did|can|could|should|would|will|may|any|"
    r"give|list|name|tell|describe|explain|define|compare|show|summari[sz]e)\b",
    re.IGNORECASE,
)


# What is known already, and that it is the review that is asked of.
_APART: Final = re.compile(
    r"\b(?:apart|aside) from\b[^,?;:]*(?:[,;:]|(?=\?))|\b(?:other than|besides)\b[^,?;:]*(?=[,?;:]|$)", re.IGNORECASE
)
IN_REVIEW: Final = re.compile(r"\b(?:in|by|per) (?:the|this|your) (?:paper|article|review|source)\b", re.IGNORECASE)
# What a patient is told of a treatment: its risks.
_WARNS: Final = re.compile(
    r"\b(?:warn(?:ed|ing|ings)?|counsel\w*|consent(?:ed|ing|s)?|forewarn\w*|caution(?:ed|ing)?)\b", re.IGNORECASE
)
_INFORMS: Final = re.compile(
    r"\b(?:tell|told|inform\w*|mention\w*|discuss\w*|explain\w*|say to|know|aware|hear|prepare[ds]?)\b(?! me\b)",
    re.IGNORECASE,
)
_BEFOREHAND: Final = re.compile(
    r"\b(?:before|prior to|ahead of|in advance of|going into|about to (?:have|get|start)|goes? (?:in|ahead)|"
    r"signs?|agrees? to)\b.*\b(?:patients?|pts?|her|him|them|he|she|they|people|family|anyone)\b|"
    r"\b(?:patients?|pts?|her|him|them|he|she|they|people|family|anyone)\b.*\b(?:before|prior to|ahead of|"
    r"in advance of|going into|about to (?:have|get|start)|goes? (?:in|ahead)|signs?|agrees? to)\b",
    re.IGNORECASE | re.DOTALL,
)
_ZOSTER: Final = "acute_zoster"
_AFTER_ZOSTER: Final = "phn"
# Words that are left at least.
_FEWEST: Final = 4


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood; every field but `patient` comes from text alone.

    question: what is read, which for a follow-up may not be what was `asked`; corrected: the same with its slips of
    the keyboard mended; stems: content words for lexical search; carried_*: what a follow-up takes over from the
    turns before it;
    outside: ids of things named that the review does not cover; strange: words that neither the corpus nor plain
    English has, likely the name of something that the review does not cover.
    age: of the patient told of earlier. conflicts: where a structured patient and the text disagree, in words.
    supposed: treatments that the question supposes to have failed. courtesy: the kind of small talk that it is.
    instead: what is searched for in place of the question's own words, "" for these.
    is_again: the last question is to be answered once more; asks_source: its references are asked for.
    """

    question: str
    asked: str
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
    age: int | None = None
    conflicts: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()
    courtesy: Courtesy | None = None
    is_again: bool = False
    asks_source: bool = False
    instead: str = ""

    @property
    def asking(self) -> tuple[Span, ...]:
        """The parts that ask: all of a short question, of a vignette those with a question in them or else the last."""
        parts = informal_parts(self.question)
        if len(self.question.split()) <= VIGNETTE_WORDS or len(parts) == 1:
            return parts
        return tuple(part for part in parts if _ASKS.search(part.text)) or parts[-1:]

    @property
    def is_story(self) -> bool:
        """Whether much is told before anything is asked."""
        return len(self.question.split()) > VIGNETTE_WORDS and len(informal_parts(self.question)) > 1

    def understood(self) -> Understood:
        """The part that an answer shows."""
        concepts = tuple(dict.fromkeys((*self.concepts, *self.carried_concepts)))
        patient = self.patient.to_dict() if self.patient else None
        return Understood(self.standalone, concepts, self.aspects, patient)


class Reader:
    """Reads questions with one corpus's vocabulary; `everyday` as in Terms."""

    def __init__(self, corpus: Corpus, everyday: frozenset[str] = frozenset()) -> None:
        self.corpus = corpus
        self.terms = Terms(corpus, everyday)

    def read(
        self,
        question: str,
        history: Sequence[Message] = (),
        patient: Patient | Mapping[str, Any] | None = None,
    ) -> Query:
        """The query for a question; raises QuestionError or PatientError for input that can't be used."""
        text = checked(question)
        record = Patient.from_value(patient) if patient is not None else None
        turn, _ = follow(conversation(_checked_history(history), self.terms, record), text, self.terms)
        query = self._read_alone(turn.text)
        query = _informing(query, self.terms)
        query = _of_neuralgia(query, turn.patient, self.corpus)
        # What a reply had in brackets need be no reference of the review.
        marked = tuple(number for number in turn.references if number in self.corpus.references)
        named = marked if turn.asks_source else ()
        return replace(
            query,
            asked=text,
            standalone=turn.standalone,
            concepts=tuple(dict.fromkeys((*query.concepts, *self._patient_concepts(record)))),
            references=named or query.references,
            patient=turn.patient,
            age=turn.age,
            conflicts=turn.conflicts,
            supposed=turn.supposed,
            is_followup=turn.is_followup,
            courtesy=turn.courtesy,
            is_again=turn.is_again,
            asks_source=turn.asks_source,
            carried_stems=tuple(s for s in self.terms.stems(turn.context) if s not in query.stems),
            carried_concepts=tuple(c for c in turn.carried if c not in query.concepts),
            carried_references=tuple(sorted(marked)),
        )

    def read_part(self, whole: Query, part: str) -> Query:
        """The query for a part of a question: what it asks, with what is known of the whole."""
        return replace(
            self._read_alone(part),
            asked=whole.asked,
            standalone=whole.standalone,
            patient=whole.patient,
            is_followup=whole.is_followup,
            carried_stems=whole.carried_stems,
            carried_concepts=whole.carried_concepts,
            carried_references=whole.carried_references,
        )

    def _read_alone(self, text: str) -> Query:
        terms = self.terms
        found = terms.find(text)
        asked = searched(text)
        return Query(
            question=text,
            asked=text,
            corrected=terms.corrected(text),
            standalone=text,
            stems=terms.stems(asked),
            concepts=terms.concepts(text),
            aspects=terms.aspects(asked),
            outside=terms.among(found, self.corpus.outside),
            strange=terms.strange(text),
            references=tuple(
                int(number) for number in _REFERENCE.findall(text) if int(number) in self.corpus.references
            ),
            patient=None,
            mentions=found,
        )

    def _patient_concepts(self, patient: Patient | None) -> tuple[str, ...]:
        if patient is None:
            return ()
        found = self.terms.concepts(" . ".join(filter(None, (patient.condition, patient.site))))
        tried = (*patient.failed, *patient.brief, *patient.tried)
        return (*found, *(name for name in tried if name in self.corpus.concepts))


def _informing(query: Query, terms: Terms) -> Query:
    """The query, where it asks what a patient must hear before a treatment, as one for the risks of that treatment."""
    text = query.question
    if not (_WARNS.search(text) or (_INFORMS.search(text) and _BEFOREHAND.search(text))):
        return query
    aspects = ("risk", *(name for name in query.aspects if name not in ("risk", "order", "recommendation")))
    treatments = [name for name in query.concepts if terms.is_treatment(name)]
    # "Should I warn of headache?" asks for one risk, not for all.
    is_of_one = any(terms.kind(name) not in ("intervention", "condition", "site") for name in query.concepts)
    if len(treatments) != 1 or is_of_one or query.outside or len(text.split()) > VIGNETTE_WORDS:
        return replace(query, aspects=aspects)
    instead = f"What are the risks and side effects of {terms.label(treatments[0])}?"
    return replace(query, aspects=aspects, instead=instead, stems=terms.stems(instead))


def _of_neuralgia(query: Query, patient: Patient | None, corpus: Corpus) -> Query:
    """The query with the neuralgia that a patient's shingles of years ago have become in their place."""
    is_after = patient is not None and patient.condition == corpus.concepts[_AFTER_ZOSTER].label
    if not is_after or _ZOSTER not in query.concepts or _AFTER_ZOSTER in query.concepts:
        return query
    return replace(
        query,
        concepts=tuple(_AFTER_ZOSTER if name == _ZOSTER else name for name in query.concepts),
        mentions=tuple(replace(m, id=_AFTER_ZOSTER, corrected=True) if m.id == _ZOSTER else m for m in query.mentions),
    )


def searched(text: str) -> str:
    """The text without what it leaves aside: "apart from a Horner's", "in the paper"."""
    left = IN_REVIEW.sub(" ", _APART.sub(" ", text))
    return " ".join(left.split()) if len(left.split()) >= _FEWEST else text


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
    left, kept = _MOST_CHARACTERS, []
    for turn in reversed(history[-_MOST_TURNS:]):
        content = " ".join(normalise(turn["content"][:_LONGEST_TURN]).text.split())
        left -= len(content)
        if left < 0:
            break
        kept.append({"role": turn["role"], "content": content})
    return kept[::-1]

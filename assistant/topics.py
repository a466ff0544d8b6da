"""What a conversation has been about: turns as understood, their topics, and what of a topic is carried on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

from assistant.conversation import People, results_of
from assistant.courtesy import Courtesy
from assistant.pathway import load_algorithm
from assistant.patient import Patient
from assistant.reading import Mention, informal_parts
from assistant.terms import TREATMENTS, Terms

Kind = Literal["small talk", "news", "return", "alone", "changed", "carried"]
# Of a reply, what it answers stands in the first sentences; the rest is about other things too.
_OPENING: Final = 2
_MARK: Final = re.compile(r"\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]")
# Words that point back at what was said before.
POINTS_BACK: Final = re.compile(
    r"^\s*(?:what about|how about|same)\b|"
    r"\b(?:it|its|that|this|they|them|their|those|these|he|she|him|hers|the (?:other|former|latter|first|second|"
    r"outpatient) one|"
    r"the other|same|instead|then|there|each|both|any other|else|why not|too|as well(?! as)|either|likewise|beyond|"
    r"besides|"
    r"apart from|the (?:trial|study|rct)"
    r"(?! (?:of|by|in|on|that|with|comparing|period|stimulation|lead|phase)\b))\b",
    re.IGNORECASE,
)
# Asks what comes next, so that the answer's treatment is the subject, not the question's.
ASKS_NEXT: Final = re.compile(
    r"\b(?:next|now what|what now|what else|where now|options?|offer|what would|"
    r"what should|what do i|after that|then what)\b",
    re.IGNORECASE,
)
BLOCK: Final = "sympathetic_block"


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of the user as understood.

    text: what is read as the question; standalone: the same with what was carried, in words. carried: concepts taken
    over; context: earlier words for lexical search; references: numbers that the question is about (of a source asked
    for) or that it carries. patient: who the question is about; supposed: treatments that it supposes to have failed.
    conflicts: where a record and the text disagree on the patient, in words.
    """

    kind: Kind
    text: str
    standalone: str
    carried: tuple[str, ...] = ()
    context: str = ""
    references: tuple[int, ...] = ()
    patient: Patient | None = None
    age: int | None = None
    supposed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    courtesy: Courtesy | None = None
    is_again: bool = False
    asks_source: bool = False

    @property
    def is_followup(self) -> bool:
        """Whether the words alone do not say what is asked."""
        return self.kind not in ("alone", "small talk")


@dataclass(frozen=True, slots=True)
class Topic:
    """A question of the conversation with the opening of its reply; `turn` is None where only a reply is known.

    inquiry: what the reply asks back; about: the place among the people of who was spoken of, None for nobody.
    """

    turn: Turn | None
    opening: str = ""
    references: tuple[int, ...] = ()
    inquiry: str = ""
    about: int | None = None

    @property
    def question(self) -> str:
        """The question that stands alone."""
        return self.turn.standalone if self.turn else ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was spoken of, oldest first, and the people."""

    topics: tuple[Topic, ...] = ()
    people: People = field(default_factory=People)
    record: Patient | None = None

    @property
    def topic(self) -> Topic | None:
        """What was last spoken of."""
        return self.topics[-1] if self.topics else None


def replied(known: Conversation, reply: str) -> Conversation:
    """The conversation with the reply to its last question."""
    opening = " ".join(part.text for part in informal_parts(reply)[:_OPENING])
    marks = tuple(dict.fromkeys(int(n) for m in _MARK.findall(opening) for n in m.split(",")))
    opening = _MARK.sub("", opening)
    asked = (_MARK.sub("", part.text) for part in informal_parts(reply))
    inquiry = " ".join(text.strip() for text in asked if text.rstrip(" *").endswith("?"))
    if not known.topics:
        return replace(known, topics=(Topic(None, opening, marks, inquiry),))
    last = known.topics[-1]
    # The reply to small talk, or to "are you sure?", says nothing new.
    return (
        known
        if last.opening
        else replace(
            known, topics=(*known.topics[:-1], replace(last, opening=opening, references=marks, inquiry=inquiry))
        )
    )


def subject_of(topic: Topic, terms: Terms) -> tuple[str, ...]:
    """What a topic is about: of its question, made narrower or supplied by the opening of its answer."""
    asked = _plain(terms.concepts(topic.question), terms)
    answered = _plain(terms.concepts(first_sentence(topic.opening)), terms)
    mine = [c for c in asked if kind_of(c, terms) in ("treatment", "study")]
    theirs = [c for c in answered if kind_of(c, terms) in ("treatment", "study")]
    # Of what was had and what is planned the latter is spoken of.
    told = results_of(topic.turn.patient) if topic.turn and topic.turn.patient else ()
    if not ASKS_NEXT.search(topic.question):
        mine = [c for c in mine if c not in told] or mine
    if theirs and (ASKS_NEXT.search(topic.question) or _are_told(mine, topic)):
        mine = []
    narrower = [t for t in theirs if set(mine) & terms.corpus.with_broader([t]) - {t}]
    treated = list(dict.fromkeys((*narrower, *(mine or theirs))))
    rest = [c for c in asked if kind_of(c, terms) not in ("treatment", "study", "source", "technique")]
    if not treated or not any(terms.kind(c) in ("condition", "site") for c in rest):
        kinds = ("condition", "site") if rest else ("condition", "site", "mechanism", "anatomy")
        rest += [c for c in answered if terms.kind(c) in kinds]
    if any(terms.kind(c) == "study" for c in treated):
        # The arms of a trial are no limbs.
        rest = [c for c in rest if terms.kind(c) != "site"]
    # "Neuropathic pain" says nothing beside CRPS.
    wide = {b for c in rest if terms.kind(c) == "condition" for b in terms.corpus.with_broader([c]) - {c}}
    return tuple(dict.fromkeys((*treated, *(c for c in rest if c not in wide))))


def _are_told(treatments: Sequence[str], topic: Topic) -> bool:
    """Whether the treatments that a turn names are what its patient has had, so that it asks of none of them."""
    patient = topic.turn.patient if topic.turn else None
    return bool(treatments) and patient is not None and set(treatments) <= set(results_of(patient))


def _plain(concepts: Sequence[str], terms: Terms) -> list[str]:
    """The concepts, "repeated ketamine" and the like as the treatment that they are about."""
    plain = []
    for concept in concepts:
        of = (
            terms.corpus.with_broader([concept]) & TREATMENTS if terms.kind(concept) in ("technique", "finding") else ()
        )
        plain += sorted(of) or [concept]
    return plain


def carried_on(topic: Topic | None, text: str, terms: Terms) -> tuple[str, ...]:
    """Of a topic's subject what the text does not have of its own: one kind is replaced, not added to."""
    if topic is None:
        return ()
    own = terms.concepts(text)
    kinds = {kind_of(c, terms) for c in own}
    subject = [c for c in (*subject_of(topic, terms), *(topic.turn.carried if topic.turn else ())) if c not in own]
    if kinds & {"mechanism", "anatomy"} and not POINTS_BACK.search(text):
        return ()
    if kinds & {"treatment", "study"}:
        subject = [c for c in subject if kind_of(c, terms) in ("condition", "site", "study")]
    kept = [fitting(c, own, terms) for c in subject if kind_of(c, terms) not in kinds]
    return tuple(dict.fromkeys(c for c in kept if c not in own))


def fitting(concept: str, named: Sequence[str], terms: Terms) -> str:
    """A block, or sympathetic blocks in general where a site is named that this one does not serve."""
    sites = {site for c in named for site in _sites(c, terms)}
    served = _served().get(concept, frozenset())
    return BLOCK if sites and served and not sites & served else concept


@lru_cache(maxsize=1)
def _served() -> dict[str, frozenset[str]]:
    """The sites of each sympathetic block."""
    sites = load_algorithm().sites
    return {block: frozenset(e.site for e in sites if block in e.blocks) for e in sites for block in e.blocks}


def kind_of(concept: str, terms: Terms) -> str | None:
    """The kind of a concept, with the review's own treatments apart from other interventions."""
    return "treatment" if terms.is_treatment(concept) else terms.kind(concept)


def same_kind(text: str, concept: str, terms: Terms) -> Mention | None:
    """The last thing that a question names of the kind of `concept`, in what it asks rather than in what it tells."""
    same = [m for m in terms.find(text) if m.id != concept and _alike(m.id, concept, terms)]
    asked = [p for p in informal_parts(text) if p.text.endswith("?")]
    asking = [m for m in same if any(p.start <= m.start < p.end for p in asked)]
    return next(reversed(asking or same), None)


def _alike(one: str, other: str, terms: Terms) -> bool:
    kind, kind_of_other = kind_of(one, terms), kind_of(other, terms)
    if kind == kind_of_other:
        return kind is not None
    return {kind, kind_of_other} == {"condition", "site"} and bool(_sites(one, terms) and _sites(other, terms))


def _sites(concept: str, terms: Terms) -> set[str]:
    return {c for c in terms.corpus.with_broader([concept]) if terms.kind(c) == "site"}


def another_study(known: set[str], subjects: Sequence[str], terms: Terms) -> str | None:
    """The study most spoken of in the review that shares treatment and condition with those known."""
    about = terms.corpus.with_broader(subjects)
    treated = {c for c in about if terms.is_treatment(c)}
    conditions = {c for c in about if terms.kind(c) == "condition"} - {
        "neuropathic_pain",
        "peripheral_neuropathic_pain",
    }

    def likeness(study: str) -> tuple[int, int]:
        wide = terms.corpus.with_broader([study])
        told = sum(study in s.about for s in terms.corpus.statements)
        return (len(wide & conditions) > 0, told)

    others = [
        c.id
        for c in terms.corpus.concepts.values()
        if c.kind == "study" and c.id not in known and terms.corpus.with_broader([c.id]) & treated
        and not known & terms.corpus.with_broader([c.id])
    ]  # fmt: skip
    return max(others, key=likeness, default=None)


def study_behind(reference: int, terms: Terms) -> str | None:
    """The study that a reference reports; None where the corpus ties it to none or to several."""
    told = [s for s in terms.corpus.statements if s.references == (reference,)]
    studies = {c for s in told for c in s.about if terms.kind(c) == "study"}
    return studies.pop() if len(studies) == 1 else None


def latest_about(concept: str, known: Conversation, terms: Terms) -> Topic | None:
    """The latest topic about a concept or a kind of it, or about what it is a kind of."""
    for topic in reversed(known.topics):
        subject = subject_of(topic, terms)
        if concept in terms.corpus.with_broader(subject) or set(subject) & terms.corpus.with_broader([concept]):
            return topic
    return None


def names_treatment(text: str, terms: Terms) -> bool:
    """Whether the text names one of the review's treatments."""
    return any(terms.is_treatment(c) for c in terms.concepts(text))


def first_sentence(text: str) -> str:
    """The first sentence of a text; empty where there is none."""
    parts = informal_parts(text)
    return parts[0].text if parts else ""

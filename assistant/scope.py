"""Whether the review covers what is asked: answered, abstained or refused, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.guardrail.checks.emergency import happening
from assistant.naming import REVIEW, WHO_ASKS, has_subject, is_named, stands_in, technical
from assistant.patient import LISTS
from assistant.question import IN_REVIEW, Query
from assistant.reading import Mention, informal_parts
from assistant.refusal import TRIGGER, Refusal, refusal
from assistant.retrieval import Hit
from assistant.types import Outcome
from assistant.untold import untold
from assistant.vignette import asking
from assistant.vignette.clauses import clauses_of

# Likeness of the question to the nearest statement or question of the corpus below which nothing near it is known ...
FAR: Final = 0.46
# ... the same where it names nothing that the review alone is about ...
FAR_UNNAMED: Final = 0.57
# ... and below which a technical word that the corpus does not have is taken for what the question is about.
STRANGE: Final = 0.75
# Likeness from which a statement that the review is silent on something speaks of what is asked.
SILENT: Final = 0.55
# A person of this age or younger is a child, for whom the review says nothing.
_AGE: Final = re.compile(
    r"\b(\d{1,2})[ -]?(?:y/?o|yrs?[ -]?old|years?[ -]?old)\b|\baged? (\d{1,2})\b|\b(\d{1,2}) ?(?:[MF]|girl|boy)\b",
    re.IGNORECASE,
)
ADULT: Final = 18
CHILDREN: Final = "children_young"
# Which of several drugs: the review names none.
DRUG: Final = "named_drug"
DRUG_CHOICE: Final = "the choice among individual drugs"
_CHOOSES: Final = re.compile(
    r"\b(?:which|versus|vs|or|better|best|first|prefer\w*|compar\w*|start|choice|superior|add|switch)\b|"
    # Or what a drug does: the review names none, so it says nothing of any one's effects.
    r"^\W*(?:does|do|can|could|will|is|are|how does)\b.{0,60}\b(?:cause|interact|safe|work|gain|drowsy|"
    r"addictive|sedat\w*)\b|"
    r"\b(?:side[- ]effects?|adverse effects?|half-?life|withdrawal) (?:of|with|from|on)\b",
    re.IGNORECASE,
)
# A drug that is named as tried or given, or beside what else there is.
_TRIED: Final = re.compile(
    r"\b(?:fail\w*|tried|trial\w*|after|despite|no (?:help|good|better|use|effect|relief|joy)|"
    r"(?:not|\w+n't|stops?|stopped) (?:help|work)\w*|"
    r"refractory|resistant|next|instead|alternative\w*|else|other than|beyond|before|besides|like|such as|maxed|"
    r"useless|exhausted|intolera\w*|stopped|drugs?|medic\w+|tablets?|pills?|meds|mention\w*|names?|interven\w*)\b",
    re.IGNORECASE,
)
_FAILED: Final = re.compile(
    r"\b(?:when|once|if|after|since|as|because|now)\b.*\b(?:fail\w*|(?:not|\w+n't|stops?|stopped|no longer) (?:\w+ )?"
    r"(?:help|work|enough)\w*|(?:no|without) (?:help|good|use|effect|relief))\b",
    re.IGNORECASE,
)
_FOR: Final = re.compile(r"(?:\W+\w+){0,2}?\W+(?:in|for)\b", re.IGNORECASE)
_HEADS: Final = re.compile(r":\s+(?=(?:how|what|which|where|when|why|who|is|are|does|do|did|can)\b)", re.IGNORECASE)
# Asking what the review says of dosing is answered (it is undetermined); asking for a dose is not.
DOSES: Final = "dose_figures"

_ASKS_THE_REVIEW: Final = re.compile(
    r"\b(?:review|article|author|paper|chin)\b.{0,40}\b(?:say|says|tell|tells|state|states|recommend|recommends|give|"
    r"gives|suggest|suggests|about)\b|\baccording to\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What becomes of a question; `missing` are labels of what the review does not say, `near` concepts close to it.

    A question that is answered in part has both the answer and what is missing. silence: the id of the statement that
    says the review does not tell what is asked.
    """

    outcome: Outcome
    missing: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    silence: str | None = None
    refusal: Refusal | None = None


def gate(query: Query) -> Refusal | None:
    """The reason to refuse a request, before anything is searched."""
    # A follow-up is read with the question that it goes on from, its own words whatever they are read as.
    for text in dict.fromkeys((query.asked, query.question)):
        # What the guardrail takes for an emergency would block any other answer.
        if found := refusal(text) or (Refusal("emergency", text[:TRIGGER]) if happening(text) else None):
            return found
    return None


def decide(query: Query, hits: Sequence[Hit], corpus: Corpus) -> Scope:
    """Answered or abstained, from the things the question names and from how near anything of the corpus is."""
    outside = [corpus.outside[name] for name in asked_outside(query, corpus)]
    if not outside and _asks_for_a_drug(query, corpus):
        label = DRUG_CHOICE if _CHOOSES.search(query.question) else corpus.concepts[DRUG].label
        return Scope("abstained", (label,), ("pharmacotherapy",))
    if outside and not _is_about_the_reference_list(query):
        near = tuple(dict.fromkeys(concept for entry in outside for concept in entry.nearby))
        return Scope("abstained", tuple(entry.label for entry in outside), near or query.concepts)
    silence = _silence(query, hits, corpus)
    if silence:
        return Scope("abstained", near=silence.about, silence=silence.id)
    best = max((hit.dense for hit in hits), default=0.0)
    if query.references or query.is_followup or query.patient is not None:
        return Scope("answered")
    own = asking(query.question)
    asked = own if has_subject(query, own, corpus) else query.asking
    strange = [word for word in query.strange if stands_in(word, asked)]
    unknown = tuple(dict.fromkeys(word.text for word in technical(strange)))
    is_of_review = _is_about_the_reference_list(query) or bool(IN_REVIEW.search(query.question))
    far = FAR if is_of_review or is_named(query, corpus) else FAR_UNNAMED
    if best < far or (unknown and best < STRANGE and not _is_about_the_reference_list(query)):
        return Scope("abstained", unknown, query.concepts)
    return Scope("answered")


def _silence(query: Query, hits: Sequence[Hit], corpus: Corpus) -> Statement | None:
    """The statement that the review does not tell what is asked: the nearest of all, or where no other tells it.

    Asked what the review says or leaves out, it is the answer; of a patient the pathway has more to say.
    """
    if query.patient is not None or _is_about_the_reference_list(query) or _ASKS_THE_REVIEW.search(query.question):
        return None
    first = hits[0] if hits else None
    if first is not None and first.statement.silent and first.dense >= SILENT:
        return first.statement
    return untold(query, hits, corpus)


def asked_outside(query: Query, corpus: Corpus) -> tuple[str, ...]:
    """Ids of things outside the review that are asked about, not only mentioned on the way."""
    # Of a patient's story only what is asked counts: what was tried and what else they have is no question.
    patient = query.patient
    is_story = patient is not None and (
        any(getattr(patient, name) for name in LISTS) or len(informal_parts(query.question)) > 1
    )
    # "But how? Adrenaline doesn't hurt normal people": of a follow-up too, what is told is not asked.
    is_remark = query.is_followup and query.question.rstrip()[-1:] != "?" and len(informal_parts(query.question)) > 1
    asked = asking(query.question) if is_story or is_remark else query.asking
    incidental = _incidental(query, corpus)
    found = [m.id for m in query.mentions if m.id in corpus.outside and stands_in(m, asked) and m not in incidental]
    ages = [int(age) for ages in _AGE.findall(query.question) for age in ages if age]
    if any(age < ADULT for age in (*ages, *([] if query.age is None else [query.age]))):
        found.append(CHILDREN)
    if _ASKS_THE_REVIEW.search(query.question):
        found = [name for name in found if name != DOSES]
    return tuple(dict.fromkeys(found))


def _incidental(query: Query, corpus: Corpus) -> tuple[Mention, ...]:
    """Topics, such as an audit or an examination, named beside a question that has a subject of the review."""
    clauses = asking(query.question)
    is_asked_beside = has_subject(query, clauses, corpus)
    topics = (m for m in query.mentions if m.id in corpus.outside and corpus.outside[m.id].kind == "topic")
    return tuple(m for m in topics if is_asked_beside and not stands_in(m, clauses)) + _headings(query, corpus)


def _headings(query: Query, corpus: Corpus) -> tuple[Mention, ...]:
    """What only heads a question with a subject of the review: "for an audit: ...", "renal pharmacist here: ..."."""
    colon = _HEADS.search(query.question)
    if not colon:
        return ()
    if not any(m.id in corpus.concepts and m.id != REVIEW and m.start >= colon.end() for m in query.mentions):
        return ()
    kinds = {"topic", "population"} if WHO_ASKS.search(query.question, 0, colon.start()) else {"topic"}
    heading = (m for m in query.mentions if m.id in corpus.outside and m.end <= colon.start())
    return tuple(m for m in heading if corpus.outside[m.id].kind in kinds)


def _is_about_the_reference_list(query: Query) -> bool:
    return bool(query.references) or "source" in query.aspects


def _asks_for_a_drug(query: Query, corpus: Corpus) -> bool:
    """Whether the question chooses among drugs; drugs named as tried, or beside an intervention, are no such."""
    # "When gabapentin doesn't work" tells, and does not choose.
    told = [clause for clause in clauses_of(query.question) if _FAILED.search(clause.text)]
    drugs = [m for m in query.mentions if m.id == DRUG and stands_in(m, query.asking) and not stands_in(m, told)]
    others = [c for c in query.concepts if corpus.concepts[c].kind == "intervention" and c != DRUG]
    is_asked = bool(_CHOOSES.search(query.question)) or not (
        _TRIED.search(query.question) or _ASKS_THE_REVIEW.search(query.question)
    )
    # "Buprenorphine patch in neuropathic pain" tells of no one.
    is_told = query.patient is not None and not any(_FOR.match(query.question[m.end :]) for m in drugs)
    return bool(drugs) and not others and not is_told and is_asked

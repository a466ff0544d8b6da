"""Whether the review covers what is asked: answered, abstained or refused, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.guardrail.checks.emergency import happening
from assistant.patient import LISTS
from assistant.question import Query
from assistant.reading import Mention, Span, Word, informal_parts
from assistant.refusal import TRIGGER, Refusal, refusal
from assistant.retrieval import Hit
from assistant.types import Outcome
from assistant.vignette import Clause, asking
from assistant.vignette.clauses import clauses_of

# Likeness of the question to the nearest statement or question of the corpus below which nothing near it is known ...
FAR: Final = 0.46
# ... the same where it names nothing that the review alone is about ...
FAR_UNNAMED: Final = 0.57
# ... and below which a technical word that the corpus does not have is taken for what the question is about.
STRANGE: Final = 0.75
# Likeness from which a part of a question, beside another that is not covered, is answered by itself.
COVERED: Final = 0.55
# Likeness from which a statement that the review is silent on something speaks of what is asked.
SILENT: Final = 0.55
# Endings of drugs, diseases and procedures (after the stems of international nonproprietary names).
_TECHNICAL: Final = re.compile(
    r"(?:ab|ib|ine|ide|one|ole|ol|am|ate|cin|cillin|statin|pril|artan|xaban|triptan|tide|fen|caine|azole|ium|"
    r"itis|osis|oma|pathy|algia|emia|aemia|uria|ectomy|otomy|ostomy|plasty|lysis|scopy|graphy|gram|therapy)s?$"
)
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
# Asking what the review says of dosing is answered (it is undetermined); asking for a dose is not.
DOSES: Final = "dose_figures"
# Words that a question has at least.
_FEWEST: Final = 3
# What the review can be asked about.
_SUBJECTS: Final = frozenset({"intervention", "condition", "anatomy", "finding", "mechanism", "study", "technique"})
# What all of medicine speaks of.
_GENERAL: Final = frozenset(
    {
        "pharmacotherapy", "named_drug", "medical_management", "non_drug_care", "physical_therapy", "interventional_care",
        "complication", "serious_adverse_event", "infection", "anxiety", "depression", "sleep_disturbance",
        "patient_satisfaction", "quality_of_life", "function", "treatment_duration", "tolerance", "dosing",
        "recreational_use", "liver_enzymes",
    }
)  # fmt: skip
# All questions are about it.
_REVIEW: Final = "review"
_DEPENDS: Final = re.compile(
    r"^\W*(?:before|after|when|while|if|for|in|with|without|during|until|since|prior to|b4)\b", re.IGNORECASE
)
# A question behind a colon or a dash, "ketamine in CRPS: how good is the evidence", or one without a question word.
_ASKING: Final = re.compile(
    r"[:\u2013-]\s*(?:how|what|which|where|when|why|who|is|are|does|do)\b|"
    r"\b(?:pls|please|results|figures|rates?|numbers|evidence|definition|mechanism|refs?|remind me|tell me|list)\b",
    re.IGNORECASE,
)
# Told of a patient.
_TELLS: Final = re.compile(
    r"\b(?:kg|lady|gent\w*|m[ae]n|wom[ae]n|pt|patient|bloke|chap|girl|boy|lad|she|he|her|his|my|our|booked|tomorrow|tmrw|"
    r"today|tonight|y/?o|\d\d ?[MF])\b",
    re.IGNORECASE,
)
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
        return Scope("abstained", (DRUG_CHOICE,), ("pharmacotherapy",))
    if outside and not _is_about_the_reference_list(query):
        near = tuple(dict.fromkeys(concept for entry in outside for concept in entry.nearby))
        return Scope("abstained", tuple(entry.label for entry in outside), near or query.concepts)
    silence = _silence(query, hits)
    if silence:
        return Scope("abstained", near=silence.about, silence=silence.id)
    best = max((hit.dense for hit in hits), default=0.0)
    if query.references or query.is_followup or query.patient is not None:
        return Scope("answered")
    own = asking(query.question)
    asked = own if _has_subject(query, own, corpus) else query.asking
    strange = [word for word in query.strange if _stands_in(word, asked)]
    technical = tuple(dict.fromkeys(word.text for word in _technical(strange)))
    far = FAR if _is_named(query, corpus) or _is_about_the_reference_list(query) else FAR_UNNAMED
    if best < far or (technical and best < STRANGE and not _is_about_the_reference_list(query)):
        return Scope("abstained", technical, query.concepts)
    return Scope("answered")


def _silence(query: Query, hits: Sequence[Hit]) -> Statement | None:
    """The statement that the review does not tell what is asked, where it is the nearest of all.

    Asked what the review says or leaves out, it is the answer; of a patient the pathway has more to say.
    """
    first = hits[0] if hits else None
    if first is None or not first.statement.silent or first.dense < SILENT:
        return None
    is_told = query.patient is not None and any(getattr(query.patient, name) for name in LISTS)
    if is_told or _is_about_the_reference_list(query) or _ASKS_THE_REVIEW.search(query.question):
        return None
    return first.statement


def asked_outside(query: Query, corpus: Corpus) -> tuple[str, ...]:
    """Ids of things outside the review that are asked about, not only mentioned on the way."""
    # Of a patient's story only what is asked counts: what was tried and what else they have is no question.
    patient = query.patient
    is_story = patient is not None and (
        any(getattr(patient, name) for name in LISTS) or len(informal_parts(query.question)) > 1
    )
    asked = asking(query.question) if is_story else query.asking
    incidental = _incidental(query, corpus)
    found = [m.id for m in query.mentions if m.id in corpus.outside and _stands_in(m, asked) and m not in incidental]
    ages = [int(age) for ages in _AGE.findall(query.question) for age in ages if age]
    if any(age < ADULT for age in (*ages, *([] if query.age is None else [query.age]))):
        found.append(CHILDREN)
    if _ASKS_THE_REVIEW.search(query.question):
        found = [name for name in found if name != DOSES]
    return tuple(dict.fromkeys(found))


def _incidental(query: Query, corpus: Corpus) -> tuple[Mention, ...]:
    """Topics, such as an audit or an examination, named beside a question that has a subject of the review."""
    clauses = asking(query.question)
    has_subject = _has_subject(query, clauses, corpus)
    topics = (m for m in query.mentions if m.id in corpus.outside and corpus.outside[m.id].kind == "topic")
    return tuple(m for m in topics if has_subject and not _stands_in(m, clauses))


def covered_part(query: Query, corpus: Corpus) -> tuple[str, tuple[str, ...]]:
    """The clauses that name nothing outside the review, "" unless they ask of a subject of it; and what is missing.

    Missing is what another clause asks for, and what is told of a patient and not covered. An age below 18, or
    another illness within the clause that asks, changes the whole question: nothing of it is covered.
    """
    named = [m for m in query.mentions if m.id in corpus.outside]
    clauses = clauses_of(query.question)
    beside = _asked_beside(query, clauses, named, corpus)
    if beside[0]:
        return beside
    asks = [clause for clause in clauses if clause.asks or clause.in_question or _ASKING.search(clause.text)]
    kinds = {corpus.outside[m.id].kind for m in named if _stands_in(m, asks)}
    if CHILDREN in asked_outside(query, corpus) or kinds & {"population", "condition"}:
        return "", ()
    left = [clause for clause in clauses if not _holds(clause, (*named, *_technical(query.strange)))]
    # "Half-life of ketamine, and is norketamine's longer?": the whole sentence asks, but for "before a block".
    in_question = {clause.sentence for clause in asks}
    heads = [clause for clause in left if clause.sentence in in_question and not _DEPENDS.match(clause.text)]
    # "First ketamine drip tomorrow - how many mg/kg?": what is left is told, and nobody asks it.
    if heads and all(_TELLS.search(clause.text) and not clause.asks and "?" not in clause.text for clause in heads):
        return "", ()
    if len(left) == len(clauses) or not _has_subject(query, heads, corpus):
        return "", ()
    told = [clause for clause in clauses if clause.sentence in in_question]
    missing = (m for m in named if _stands_in(m, told) or corpus.outside[m.id].kind != "topic")
    labels = tuple(dict.fromkeys(corpus.outside[m.id].label for m in missing))
    text = ", ".join(clause.text.strip(" ,;.") for clause in left if any(map(str.isalnum, clause.text)))
    # In scraps that are left nobody asks for anything.
    return (text, labels) if len(text.split()) >= _FEWEST else ("", ())


def _asked_beside(
    query: Query, clauses: Sequence[Clause], named: Sequence[Mention], corpus: Corpus
) -> tuple[str, tuple[str, ...]]:
    """Of two questions that are asked in turn the one that names nothing outside, with what is told before it.

    "Which block is for the leg, and is it safe in pregnancy?" ("", ()) where there are not two.
    """
    asks = [clause for clause in clauses if clause.asks or (clause.in_question and len(clauses) == 1)]
    out = [clause for clause in asks if _holds(clause, (*named, *_technical(query.strange)))]
    covered = [clause for clause in asks if clause not in out and len(clause.text.split()) >= _FEWEST]
    if not out or not _has_subject(query, covered, corpus):
        return "", ()
    kept = [clause for clause in clauses if clause not in out and not _holds(clause, named)]
    # With a question goes what hangs on it: "and how long do the batteries last before a change".
    hanging = {clause for before, clause in pairwise(clauses) if before in out and clause not in asks}
    kept = [clause for clause in kept if clause not in hanging or clause.sentence not in {c.sentence for c in out}]
    labels = tuple(dict.fromkeys(corpus.outside[m.id].label for m in named if _stands_in(m, clauses)))
    return ", ".join(clause.text.strip(" ,;.") for clause in kept if any(map(str.isalnum, clause.text))), labels


def _technical(strange: Sequence[Word]) -> tuple[Word, ...]:
    """Words that look like the name of a drug, a disease, a procedure or a body."""
    return tuple(word for word in strange if _TECHNICAL.search(word.text.lower()) or _is_abbreviation(word.text))


def _has_subject(query: Query, clauses: Sequence[Clause], corpus: Corpus) -> bool:
    """Whether the clauses name something of the review that can be asked about."""
    known = (m for m in query.mentions if m.id in corpus.concepts and m.id != _REVIEW)
    subjects = (m for m in known if corpus.concepts[m.id].kind in _SUBJECTS)
    return any(_stands_in(m, clauses) for m in subjects)


def _is_named(query: Query, corpus: Corpus) -> bool:
    """Whether the question names something of the review's own, and not only what all of medicine speaks of."""
    own = (corpus.concepts[name] for name in query.concepts if name not in _GENERAL)
    return any(concept.kind in _SUBJECTS - {"condition"} for concept in own)


def _holds(clause: Clause, found: Sequence[Mention | Word]) -> bool:
    return any(_stands_in(each, (clause,)) for each in found)


def _stands_in(found: Mention | Word, parts: Sequence[Span | Clause]) -> bool:
    return any(part.start <= found.start < part.end for part in parts)


def _is_about_the_reference_list(query: Query) -> bool:
    return bool(query.references) or "source" in query.aspects


def _is_abbreviation(word: str) -> bool:
    return len(word) > 2 and word[1:].isupper()


def _asks_for_a_drug(query: Query, corpus: Corpus) -> bool:
    """Whether the question chooses among drugs; drugs named as tried, or beside an intervention, are no such."""
    drugs = [m for m in query.mentions if m.id == DRUG and _stands_in(m, query.asking)]
    others = [c for c in query.concepts if corpus.concepts[c].kind == "intervention" and c != DRUG]
    return bool(drugs) and not others and query.patient is None and bool(_CHOOSES.search(query.question))

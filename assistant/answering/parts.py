"""The questions that one question holds, each searched for by itself and answered in its turn."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from assistant.answering.compose import is_of_others, treatments
from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.question import VIGNETTE_WORDS, Query, Reader
from assistant.retrieval import Hit, Searcher
from assistant.terms import TREATMENTS
from assistant.vignette.clauses import clauses_of

# Of a patient's story no more questions than these are searched for.
MOST_PARTS: Final = 4
# Likeness of a part to a statement from which the statement answers it.
ANSWERS: Final = 0.5
# A statement on the condition is taken before a better one that is not, down to this share of its score.
NEARLY: Final = 0.9
# A part has at least this many words; "why?" alone says nothing without the rest.
_FEWEST: Final = 3
_TOLD: Final = ("condition", "site")


def parts(question: str) -> tuple[str, ...]:
    """What a question asks, piece by piece: each asking clause with the clauses that complete it."""
    found: list[list[str]] = []
    sentence = -1
    clauses = clauses_of(question)
    asked = {clause.sentence for clause in clauses if clause.asks or clause.in_question}
    for clause in clauses:
        if clause.sentence not in asked:
            continue
        if clause.sentence != sentence or (clause.asks and len(" ".join(found[-1]).split()) >= _FEWEST):
            found.append([])
            sentence = clause.sentence
        found[-1].append(clause.text.strip())
    return tuple(" ".join(piece) for piece in found)[:MOST_PARTS]


def is_compound(question: str) -> bool:
    """Whether a question tells a story, or asks more than one thing, so that its parts say more than the whole."""
    return len(question.split()) > VIGNETTE_WORDS or len(parts(question)) > 1


def answers_to_parts(
    query: Query, reader: Reader, searcher: Searcher, about: Sequence[str] = ()
) -> tuple[Statement, ...]:
    """For each thing asked the statement nearest to it, in the order of asking; those in doubt are left out.

    A part that names nothing ("Who is right?") asks for the whole.

    about: what a part is about that names no treatment of its own.
    """
    corpus = searcher.corpus
    told = [name for name in query.concepts if corpus.concepts[name].kind in _TOLD]
    conditions = {name for name in told if corpus.concepts[name].kind == "condition"}
    said: list[Statement] = []
    for text in parts(query.question):
        part = _part(query, text, told, about, reader, corpus)
        if not (part.concepts or part.aspects):
            continue
        asked = treatments((*part.concepts, *part.carried_concepts), corpus)
        hits = [hit for hit in searcher.search(part) if not is_of_others(hit.statement, asked, corpus)]
        best = _nearest(hits, conditions)
        if best and best not in said:
            said.append(best)
    return tuple(said)


def _nearest(hits: Sequence[Hit], conditions: AbstractSet[str]) -> Statement | None:
    """The first that answers; of those nearly as good, one on the patient's condition."""
    if not hits or hits[0].dense < ANSWERS:
        return None
    close = [hit.statement for hit in hits if hit.score >= NEARLY * hits[0].score]
    return next((statement for statement in close if conditions & set(statement.about)), close[0])


def _part(query: Query, text: str, told: Sequence[str], about: Sequence[str], reader: Reader, corpus: Corpus) -> Query:
    """The query for a part: its own words, with whom and what it is about."""
    own = reader.read_part(query, text)
    has_treatment = bool(corpus.with_broader(own.concepts) & TREATMENTS)
    carried = [name for name in (*told, *(() if has_treatment else about)) if name not in own.concepts]
    labels = ", ".join(corpus.concepts[name].label for name in carried)
    return replace(
        own,
        standalone=f"{text} ({labels})" if labels else text,
        is_followup=bool(labels),
        carried_concepts=tuple(carried),
        carried_stems=(),
        carried_references=(),
    )

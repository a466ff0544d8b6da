"""Statements ranked for a question: dense and lexical search over statements and their questions, and concepts, fused.

The review is small: every statement is scored, exactly. Scores are rounded to four decimals and ties broken by
statement id, so that noise in an embedding's last digits changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

import bm25s
import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.classifier import Classifier
from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.index import CollectionName, Vectors
from assistant.question import Query, Reader, searched
from assistant.reading import content_stems, informal_parts

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Key = TypeVar("_Key", str, int)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a score counts for; each part lies in 0..1. Chosen on the tune split of the question set.

    dense: the best likeness of any of a statement's texts; text: that of the statement itself; lexical: BM25 as a share
    of the best; learnt: how probable the statement is by what was learnt from all of the questions; concepts, aspects,
    carried_reference: what question and statement are both about; aside, silent: taken off for what stands behind the
    others.
    """

    dense: float = 1.0
    text: float = 0.25
    lexical: float = 0.85
    learnt: float = 1.2
    concepts: float = 0.4
    aspects: float = 0.3
    carried_reference: float = 0.13
    aside: float = 0.38
    silent: float = 0.12


CHOSEN: Final = Weights()
# Statements that only say what the review leaves out, list conditions, define or tell history stand behind the
# others, unless that is asked.
ASIDE_ASPECTS: Final = frozenset({"gap", "classification", "history", "source", "burden"})
# Further behind stand those that only tell of the review itself: its topic, its figures, its keywords.
_SOURCE_ONLY: Final = frozenset({"source"})
# What a follow-up takes over from earlier turns counts less than its own words.
CARRIED: Final = 0.5
# Of a story whose question names nothing so many parts before it are searched with it.
_TOLD_LAST: Final = 2
DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement with its score and the parts that make it up."""

    statement: Statement
    score: float
    dense: float
    lexical: float


class Searcher:
    """Ranks the statements (and references) of one corpus with the vectors of one index."""

    def __init__(
        self,
        corpus: Corpus,
        vectors: dict[CollectionName, Vectors],
        embedder: Embeddings,
        weights: Weights = CHOSEN,
    ) -> None:
        self.corpus = corpus
        self.weights = weights
        self._embedder = embedder
        self._statements = corpus.statements
        position = {statement.id: i for i, statement in enumerate(self._statements)}
        found = vectors["statements"]
        self._matrix = found.matrix
        self._owners = np.array([position[owner] for owner in found.owners])
        # Texts sorted by their statement, so that the best of each is found in one go.
        self._by_owner = np.argsort(self._owners, kind="stable")
        self._owned, self._first_owned = np.unique(self._owners[self._by_owner], return_index=True)
        self._is_text = np.array([key == owner for key, owner in zip(found.keys, found.owners, strict=True)])
        rows = {owner: i for i, (key, owner) in enumerate(zip(found.keys, found.owners, strict=True)) if key == owner}
        self._row = rows
        self._references = vectors["references"]
        self._titles = _Lexical([content_stems(text) for text in self._references.texts])
        self._lexical = _Lexical([_document(statement, corpus) for statement in self._statements])
        self._about = _membership([corpus.with_broader(statement.about) for statement in self._statements])
        self._aspects = _membership([statement.aspects for statement in self._statements])
        self._cites = _membership([statement.references for statement in self._statements])
        self._alphabetical = np.argsort(np.argsort([statement.id for statement in self._statements]))
        self._is_silent = np.array([float(statement.silent) for statement in self._statements])
        self._classifier = Classifier(vectors["classes"], [statement.id for statement in self._statements])

    def search(self, query: Query) -> list[Hit]:
        """All statements, best first."""
        asked = self._embedded(query)
        dense, text, likeness = self._dense(asked, is_story=query.is_story)
        lexical = self._lexical_scores(query)
        weights = self.weights
        score = weights.dense * dense + weights.text * text + weights.lexical * lexical
        score += weights.concepts * self._concept_scores(query) + weights.aspects * self._aspect_scores(query)
        score += weights.carried_reference * self._reference_scores(query) - weights.aside * self._aside_scores(query)
        score -= weights.silent * self._is_silent
        if weights.learnt:
            score += weights.learnt * self._classifier.scores(asked)
        rounded = np.round((score, likeness, lexical), DECIMALS)
        best_first = np.lexsort((self._alphabetical, -rounded[0])).tolist()
        values = rounded.T.tolist()
        return [Hit(self._statements[at], *values[at]) for at in best_first]

    def likeness(self, one: Statement, other: Statement) -> float:
        """Cosine similarity of two statements' texts, -1 to 1."""
        return round(float(self._matrix[self._row[one.id]] @ self._matrix[self._row[other.id]]), DECIMALS)

    def references(self, query: Query) -> list[tuple[int, float]]:
        """The review's references by likeness to the question, in meaning and in words, best first."""
        vector = np.asarray(self._embedder.embed_query(_expanded(query.standalone, query, self.corpus)))
        dense = self._references.matrix @ vector
        lexical = self._titles.scores(self._own_stems(query))
        scores = dense + self.weights.lexical * (lexical / lexical.max() if lexical.max() > 0 else lexical)
        ranked = [
            (int(owner), round(float(s), DECIMALS)) for owner, s in zip(self._references.owners, scores, strict=True)
        ]
        return sorted(ranked, key=lambda item: (-item[1], item[0]))

    def _embedded(self, query: Query) -> NDArray[np.float32]:
        """One embedding a row: the question; of a story also what it asks; of one that goes on also the whole."""
        texts = [query.instead or searched(_expanded(query.question, query, self.corpus))]
        if query.is_story:
            texts.append(self._asked(query))
        if query.is_followup:
            texts.append(_expanded(query.standalone, query, self.corpus))
        return np.asarray(self._embedder.embed_documents(texts), dtype=np.float32)

    def _dense(
        self, asked: NDArray[np.float32], *, is_story: bool
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Best similarity of any of a statement's texts, that of the statement itself, and how near any came at best.

        A story and what it ends in asking weigh alike; how near something is shows in either.
        """
        each = np.clip(self._matrix @ asked.T, 0, 1).astype(np.float64)
        similar = each.mean(axis=1)
        best = self._best_by_statement(similar)
        nearest = self._best_by_statement(each.max(axis=1)) if is_story else best
        text = np.zeros(len(self._statements))
        text[self._owners[self._is_text]] = similar[self._is_text]
        return best, text, nearest

    def _best_by_statement(self, likeness: NDArray[np.float64]) -> NDArray[np.float64]:
        """The best of each statement's texts; zero for one without any."""
        best = np.zeros(len(self._statements))
        best[self._owned] = np.maximum.reduceat(likeness[self._by_owner], self._first_owned)
        return best

    def _asked(self, query: Query) -> str:
        """What a story ends in asking, and the condition that it is asked of."""
        told = ", ".join(
            self.corpus.concepts[name].label
            for name in query.concepts
            if self.corpus.concepts[name].kind == "condition"
        )
        asking = query.asking
        named = [(mention.start, mention.end) for mention in query.mentions]
        if not any(start < part.end and end > part.start for start, end in named for part in asking):
            # "Who decides?" asks of what was told last.
            parts = informal_parts(query.question)
            first = next((at for at, part in enumerate(parts) if part.start >= asking[0].start), 0)
            asking = (*parts[max(0, first - _TOLD_LAST) : first], *asking)
        asked = " ".join(part.text for part in asking)
        return f"{asked} ({told})" if told else asked

    def _lexical_scores(self, query: Query) -> NDArray[np.float64]:
        own = self._lexical.scores(self._own_stems(query))
        carried = self._lexical.scores(query.carried_stems)
        total = own + CARRIED * carried
        return np.asarray(total / total.max() if total.max() > 0 else total)

    def _own_stems(self, query: Query) -> tuple[str, ...]:
        labels = " ".join(self.corpus.concepts[concept].label for concept in query.concepts)
        return tuple(dict.fromkeys((*query.stems, *content_stems(labels))))

    def _concept_scores(self, query: Query) -> NDArray[np.float64]:
        """Share of the question's concepts that a statement is about; carried ones weigh less."""
        weights = dict.fromkeys(query.carried_concepts, CARRIED) | dict.fromkeys(query.concepts, 1.0)
        found = np.zeros(len(self._statements))
        for concept, weight in weights.items():
            found += weight * self._about.get(concept, 0.0)
        return found / (sum(weights.values()) or 1.0)

    def _aspect_scores(self, query: Query) -> NDArray[np.float64]:
        return self._any_of(self._aspects, query.aspects)

    def _aside_scores(self, query: Query) -> NDArray[np.float64]:
        """One for a statement of aspects that stand aside, one more for one that only tells of the review itself."""
        found = np.zeros(len(self._statements))
        for aside in (ASIDE_ASPECTS, _SOURCE_ONLY):
            asked = self._any_of(self._aspects, self._aspects.keys() - (aside - set(query.aspects)))
            found += 1 - asked
        return found

    def _reference_scores(self, query: Query) -> NDArray[np.float64]:
        return self._any_of(self._cites, {*query.references, *query.carried_references})

    def _any_of(self, membership: Mapping[_Key, NDArray[np.float64]], wanted: Iterable[_Key]) -> NDArray[np.float64]:
        """One for each statement that has any of what is wanted, else zero."""
        found = [membership[name] for name in wanted if name in membership]
        return np.asarray(np.max(found, axis=0)) if found else np.zeros(len(self._statements))


def _membership(owned: Sequence[Iterable[_Key]]) -> dict[_Key, NDArray[np.float64]]:
    """For each thing that a statement may have, one at the statements that have it and zero at the others."""
    found: dict[_Key, NDArray[np.float64]] = {}
    for at, names in enumerate(owned):
        for name in names:
            found.setdefault(name, np.zeros(len(owned)))[at] = 1.0
    return found


class _Lexical:
    """BM25 over stems; words that no document has are left out of a query."""

    def __init__(self, documents: list[list[str]]) -> None:
        self._vocabulary = {token for document in documents for token in document}
        self._size = len(documents)
        # It sets its own logger to DEBUG, which any handler of the program would then print.
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self._index = bm25s.BM25(k1=1.2, b=0.6)
        self._index.index(documents, show_progress=False)

    def scores(self, stems: Any) -> NDArray[np.float64]:
        known = [token for token in stems if token in self._vocabulary]
        if not known:
            return np.zeros(self._size)
        return np.asarray(self._index.get_scores(known), dtype=np.float64)


def _document(statement: Statement, corpus: Corpus) -> list[str]:
    labels = " ".join(corpus.concepts[concept].label for concept in statement.about)
    return content_stems(" ".join((statement.text, *statement.questions, labels)))


def _expanded(text: str, query: Query, corpus: Corpus) -> str:
    """The text with abbreviations spelt out, which an embedding model may not know."""
    expanded, at = [], 0
    if text != query.question and not text.startswith(query.question):
        return text
    for mention in query.mentions:
        written = text[mention.start : mention.end]
        if mention.id in corpus.concepts and (written.isupper() or mention.corrected):
            expanded += [text[at : mention.start], corpus.concepts[mention.id].label]
            at = mention.end
    return "".join((*expanded, text[at:], _course(query)))


def _course(query: Query) -> str:
    """The course of a patient's pain where only its length is told: "for 3 years"."""
    patient = query.patient
    if patient is None or patient.course is None or patient.course in query.question.lower():
        return ""
    return f" ({patient.course} {patient.condition})"


class StatementRetriever(BaseRetriever):
    """The same search as a LangChain retriever: a question in, the `k` best statements as documents out."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    reader: Reader
    k: int = 8

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.searcher.search(self.reader.read(query))[: self.k]
        return [
            Document(
                page_content=hit.statement.text,
                metadata={
                    "statement_id": hit.statement.id,
                    "section": hit.statement.section,
                    "paragraph": hit.statement.paragraph,
                    "references": list(hit.statement.references),
                    "score": hit.score,
                },
            )
            for hit in hits
        ]

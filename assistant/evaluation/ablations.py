"""The project's search with one of its parts taken away, so that a figure says what each part is worth."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Final

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.corpus import Corpus
from assistant.evaluation.searches import Found, Search, found_by
from assistant.evaluation.sets import Item
from assistant.index import CollectionName, Vectors
from assistant.question import Query, Reader
from assistant.retrieval import CHOSEN, Searcher, Weights

PREFIX: Final = "without: "
_NO_CONCEPTS: Final = replace(CHOSEN, concepts=0.0, aspects=0.0, carried_reference=0.0)
_NOTHING: Final = Weights(*(0.0 for _ in fields(Weights)))


class Remembering(Embeddings):
    """Embeddings that are computed once per text: every ablation asks for those of the same questions."""

    def __init__(self, embedder: Embeddings) -> None:
        self._embedder = embedder
        self._known: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector per text, in order."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._embedder.embed_documents(new), strict=True)) if new else {}
        return [self._known[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]


def ablation_search(
    corpus: Corpus, vectors: dict[CollectionName, Vectors], embedder: Embeddings, reader: Reader
) -> Search:
    """Return the search without questions, concepts, both, lexical or dense part, each under its name."""
    shared = Remembering(embedder)
    bare, own = without_questions(corpus), without_questions_embedded(vectors)
    searchers = {
        "questions": Searcher(bare, own, shared),
        "concepts": Searcher(corpus, vectors, shared, _NO_CONCEPTS),
        "questions, concepts": Searcher(bare, own, shared, _NO_CONCEPTS),
        "lexical": Searcher(corpus, vectors, shared, replace(CHOSEN, lexical=0.0)),
        "dense": Searcher(corpus, vectors, shared, replace(CHOSEN, dense=0.0, text=0.0, learnt=0.0)),
        "learnt": Searcher(corpus, vectors, shared, replace(CHOSEN, learnt=0.0)),
        "all but dense": Searcher(bare, own, shared, replace(_NOTHING, dense=1.0)),
        "all but lexical": Searcher(bare, own, shared, replace(_NOTHING, lexical=1.0)),
    }

    def search(item: Item) -> dict[str, Found]:
        query = reader.read(item.question, item.turns, item.patient)
        return {f"{PREFIX}{name}": _found(searcher, query) for name, searcher in searchers.items()}

    return search


def without_questions(corpus: Corpus) -> Corpus:
    """The corpus without the questions that stand beside its statements."""
    return replace(corpus, statements=tuple(one.model_copy(update={"questions": ()}) for one in corpus.statements))


def without_questions_embedded(vectors: dict[CollectionName, Vectors]) -> dict[CollectionName, Vectors]:
    """The vectors of the statements' own texts alone, with nothing learnt."""
    found = vectors["statements"]
    kept = [at for at, (key, owner) in enumerate(zip(found.keys, found.owners, strict=True)) if key == owner]
    keys, owners, texts = (tuple(part[at] for at in kept) for part in (found.keys, found.owners, found.texts))
    own = Vectors(keys, owners, texts, np.asarray(found.matrix[kept]))
    # What was learnt was learnt from the questions.
    return {**vectors, "statements": own, "classes": Vectors((), (), (), found.matrix[:0])}


def _found(searcher: Searcher, query: Query) -> Found:
    hits = searcher.search(query)
    return found_by(hits, hits[0].score)

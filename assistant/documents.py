"""Search over any documents: dense and lexical, fused; the project's way of searching what is not its own review.

Lexical search is BM25 over stems. The scores of either are standardised over its best DEPTH documents and added; then
the best documents lend the query their rare words and a part of their direction, and both searches are done again
("pseudo-relevance feedback": Rocchio 1971; Lavrenko and Croft, SIGIR 2001).
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import bm25s
import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.embedding import BATCH
from assistant.reading import content_stems

Numbers = NDArray[np.float64]
# Over how many of its best documents a search's scores are standardised.
DEPTH: Final = 100
DECIMALS: Final = 6
# Feedback: from so many documents so many words, and what they and their direction count for beside the query's own.
# Chosen on the tuned part of the question set; the same order of figures as in the literature.
DOCUMENTS: Final = 5
WORDS: Final = 10
WORDS_WEIGHT: Final = 0.2
DIRECTION_WEIGHT: Final = 0.3
# Reciprocal rank fusion's constant (Cormack, Clarke and Buettcher, SIGIR 2009).
_RRF: Final = 60


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a library."""

    id: str
    title: str
    text: str

    @property
    def whole(self) -> str:
        """Title and text."""
        return f"{self.title}. {self.text}" if self.title else self.text


class DocumentSearch:
    """Ranks all documents of a library, exactly; scores are rounded and ties broken by place in the library."""

    def __init__(
        self,
        documents: Sequence[Document],
        embedder: Embeddings,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        self.documents = tuple(documents)
        self._embedder = embedder
        self._stems = [content_stems(document.whole) for document in documents]
        self._in_documents = Counter(stem for stems in self._stems for stem in set(stems))
        # It sets its own logger to DEBUG, which any handler of the program would then print.
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self._index = bm25s.BM25(k1=1.2, b=0.75)
        self._index.index(self._stems, show_progress=False)
        # Batch by batch into arrays: as Python's own floats the vectors of a large library would take four times that.
        rows: list[Numbers] = []
        for start in range(0, len(documents), BATCH):
            batch = embedder.embed_documents([one.whole for one in documents[start : start + BATCH]])
            rows.append(np.asarray(batch, dtype=np.float64))
            progress(min(start + BATCH, len(documents)), len(documents))
        self._matrix = np.concatenate(rows) if rows else np.zeros((0, 0))

    def scores(self, query: str, vector: Sequence[float] | None = None) -> dict[str, Numbers]:
        """Scores of all documents by each way of searching; "fused" is the project's own.

        "bm25" and "dense" alone; the two usual fusions, "plain" of reciprocal ranks and "minmax" of scores brought to
        0..1; "standardised" is the project's without feedback. vector: the query's, if at hand.
        """
        own = np.asarray(self._embedder.embed_query(query) if vector is None else vector, dtype=np.float64)
        lexical, dense = self._lexical(content_stems(query)), self._matrix @ own
        first = standardised(lexical) + standardised(dense)
        return {
            "fused": self._again(lexical, own, first),
            "standardised": first,
            "plain": 1 / (_RRF + ranks(lexical)) + 1 / (_RRF + ranks(dense)),
            "minmax": _unit(lexical) + _unit(dense),
            "bm25": lexical,
            "dense": dense,
        }

    def rank(self, scores: Numbers, count: int = DEPTH) -> list[tuple[str, float]]:
        """Ids and scores of the best documents."""
        rounded = np.round(scores, DECIMALS)
        order = np.lexsort((np.arange(len(rounded)), -rounded))[:count]
        return [(self.documents[i].id, float(rounded[i])) for i in order]

    def _again(self, lexical: Numbers, vector: Numbers, first: Numbers) -> Numbers:
        """The fused scores with what the best documents lend the query."""
        best = np.lexsort((np.arange(len(first)), -np.round(first, DECIMALS)))[:DOCUMENTS]
        weights = np.exp(first[best] - first[best].max())
        weights /= weights.sum()
        direction = weights @ self._matrix[best]
        moved = vector + DIRECTION_WEIGHT * direction / (np.linalg.norm(direction) or 1.0)
        words = self._lexical(self._words(best, weights))
        dense = self._matrix @ (moved / (np.linalg.norm(moved) or 1.0))
        return standardised(lexical + WORDS_WEIGHT * words) + standardised(dense)

    def _words(self, best: NDArray[np.intp], weights: Numbers) -> list[str]:
        """The stems that are most frequent in the best documents and rare elsewhere."""
        lent: Counter[str] = Counter()
        for place, weight in zip(best, weights, strict=True):
            stems = self._stems[int(place)]
            length = max(1, len(stems))
            for stem, count in Counter(stems).items():
                rarity = np.log(1 + len(self.documents) / self._in_documents[stem])
                lent[stem] += weight * count / length * rarity
        return [stem for stem, _ in sorted(lent.items(), key=lambda item: (-round(item[1], DECIMALS), item[0]))[:WORDS]]

    def _lexical(self, stems: Sequence[str]) -> Numbers:
        known = [stem for stem in stems if stem in self._in_documents]
        if not known:
            return np.zeros(len(self.documents))
        return np.asarray(self._index.get_scores(known), dtype=np.float64)


def standardised(scores: Numbers) -> Numbers:
    """Scores less the mean of the best DEPTH, over their deviation; all 0 where they are equal."""
    best = np.sort(scores)[::-1][:DEPTH]
    deviation = float(best.std())
    return (scores - best.mean()) / deviation if deviation > 0 else np.zeros(len(scores))


def ranks(scores: Numbers) -> Numbers:
    """Each document's place, from 1, ties in the library's order."""
    found = np.empty(len(scores))
    found[np.argsort(-np.round(scores, DECIMALS), kind="stable")] = np.arange(1, len(scores) + 1)
    return found


def _unit(scores: Numbers) -> Numbers:
    spread = float(scores.max() - scores.min())
    return (scores - scores.min()) / spread if spread > 0 else np.zeros(len(scores))

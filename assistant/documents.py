"""Search over any documents: dense and lexical, fused; the project's way of searching what is not its own review.

A document is embedded as a whole and in pieces, since a model reads only the first words of a long one; its dense score
is the mean of the whole's and the best piece's. Lexical search is BM25 over stems. Scores of the two are brought to one
scale per query (mean 0, deviation 1 of the best of each) and added; then the best documents give the query words and a
direction of their own ("pseudo-relevance feedback", Rocchio 1971; Lavrenko and Croft, SIGIR 2001).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import bm25s
import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.reading import content_stems, sentences

Numbers = NDArray[np.float64]
DEPTH: Final = 100
DECIMALS: Final = 4
# Words of a piece: what a model of 256 tokens reads whole, overlapping by a sentence.
PIECE_WORDS: Final = 120
# Reciprocal rank fusion's constant (Cormack, Clarke and Buettcher, SIGIR 2009).
RRF: Final = 60


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

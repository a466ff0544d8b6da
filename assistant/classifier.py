"""Which statement a question asks for, learnt from the questions that stand beside the statements.

Multinomial logistic regression over embeddings, one class per statement: where the nearest single question decides by
one neighbour, this weighs what sets a statement's questions apart from those of all others. It is fitted when the index
is built and kept there, each class as a vector (its weights) whose text is its offset.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from assistant.index import Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Inverse strength of the L2 penalty: with a third of it or three times as much, found statements hardly change.
_PENALTY: Final = 100.0
_ITERATIONS: Final = 200
# Log-probabilities below minus this are all "not this one"; scaled by it they lie in 0..1.
FLOOR: Final = 12.0
_OFFSET_DECIMALS: Final = 4
_FEWEST: Final = 2


def fit(vectors: Vectors) -> Vectors:
    """The classes for embedded statements and questions: row i of the matrix weighs for owners[i], by texts[i] offset.

    Of fewer than two statements none can be told from another, and all weights are 0.
    """
    owners = tuple(sorted(set(vectors.owners)))
    weights = np.zeros((len(owners), vectors.matrix.shape[1]), dtype=np.float32)
    offsets = np.zeros(len(owners))
    if len(owners) >= _FEWEST:
        # Slow to import, and needed for a build alone.
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=_PENALTY, max_iter=_ITERATIONS).fit(vectors.matrix, list(vectors.owners))
        if len(owners) == _FEWEST:  # scikit-learn keeps one row for two classes: that of the second
            weights[1], offsets[1] = model.coef_[0], model.intercept_[0]
        else:
            weights, offsets = np.asarray(model.coef_, dtype=np.float32), np.asarray(model.intercept_)
    texts = tuple(f"{offset:.{_OFFSET_DECIMALS}f}" for offset in offsets)
    return Vectors(owners, owners, texts, weights)


class Classifier:
    """Scores of statements for embedded questions."""

    def __init__(self, classes: Vectors, order: Sequence[str]) -> None:
        """order: statement ids in the order of the scores; one that was not learnt scores 0."""
        at = {owner: row for row, owner in enumerate(classes.owners)}
        rows = [at[name] for name in order if name in at]
        self._is_known = np.array([name in at for name in order], dtype=bool)
        self._weights = classes.matrix[rows].astype(np.float64)
        self._offsets = np.array([float(classes.texts[row]) for row in rows])

    def scores(self, questions: NDArray[np.float32]) -> NDArray[np.float64]:
        """One score per statement, 0 (not this one) to 1 (no other); questions: one embedding a row, averaged."""
        found = np.zeros(len(self._is_known))
        if not self._is_known.any():
            return found
        raw = questions.astype(np.float64) @ self._weights.T + self._offsets
        top = raw.max(axis=1, keepdims=True)
        logs = raw - top - np.log(np.exp(raw - top).sum(axis=1, keepdims=True))
        found[self._is_known] = 1 - np.minimum(-logs.mean(axis=0), FLOOR) / FLOOR
        return found

"""What is learnt from the statements' questions: which statement a question asks for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assistant.classifier import Classifier, fit
from assistant.index import Vectors


def _vectors(owners: list[str], rows: list[list[float]]) -> Vectors:
    matrix = np.array(rows, dtype=np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    keys = tuple(f"{owner}?{number}" for number, owner in enumerate(owners))
    return Vectors(keys, tuple(owners), keys, matrix)


# Three statements about whose questions one direction each is alike, and one direction that all share.
OWNERS = ["a", "a", "b", "b", "c", "c"]
ROWS: list[list[float]] = [
    [1, 0, 0, 3],
    [0.9, 0.1, 0, 3],
    [0, 1, 0, 3],
    [0.1, 0.9, 0, 3],
    [0, 0, 1, 3],
    [0, 0.1, 0.9, 3],
]


def _asked(*row: float) -> Any:
    vector = np.array([row], dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_a_question_goes_to_the_statement_whose_questions_it_is_like() -> None:
    learnt = Classifier(fit(_vectors(OWNERS, ROWS)), ["a", "b", "c"])
    for at, row in enumerate(([1, 0, 0, 3], [0, 1, 0, 3], [0, 0, 1, 3])):
        found = learnt.scores(_asked(*row))
        assert found.argmax() == at
        assert ((found >= 0) & (found <= 1)).all()


def test_scores_stand_in_the_order_asked_for_and_what_was_not_learnt_has_none() -> None:
    classes = fit(_vectors(OWNERS, ROWS))
    there = Classifier(classes, ["a", "b", "c"]).scores(_asked(0, 1, 0, 3))
    other = Classifier(classes, ["c", "new", "b"]).scores(_asked(0, 1, 0, 3))
    assert other[1] == 0
    assert other.argmax() == 2
    # Between fewer statements a question is divided among fewer.
    assert other[2] >= there[1]


@pytest.mark.parametrize("count", [0, 2])
def test_fewer_than_two_statements_are_not_told_apart(count: int) -> None:
    classes = fit(_vectors(["a"] * count, ROWS[:count]) if count else
                  Vectors((), (), (), np.zeros((0, 4), dtype=np.float32)))  # fmt: skip
    found = Classifier(classes, ["a"]).scores(_asked(1, 0, 0, 3))
    assert found.tolist() == ([1.0] if count else [0.0])


def test_two_statements_are_told_apart() -> None:
    learnt = Classifier(fit(_vectors(OWNERS[:4], ROWS[:4])), ["a", "b"])
    assert learnt.scores(_asked(1, 0, 0, 3)).argmax() == 0
    assert learnt.scores(_asked(0, 1, 0, 3)).argmax() == 1


def test_what_is_learnt_twice_is_the_same() -> None:
    one, other = fit(_vectors(OWNERS, ROWS)), fit(_vectors(OWNERS, ROWS))
    assert one.texts == other.texts
    assert np.array_equal(one.matrix, other.matrix)

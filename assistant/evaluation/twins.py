"""Sentences that a context carries, made false by one word: denied, turned round, or with another figure."""

from __future__ import annotations

import re
from typing import Final

_VERB: Final = re.compile(r"\b(?:is|are|was|were|can|should|will|may|must|does|has|have)\b(?! not)")
_DENIAL: Final = re.compile(r" not\b|n't|\bnever ")
_FIGURE: Final = re.compile(r"(?<![\w.])(?<!^)\d+(?![.)]\s)")
_OPPOSITES: Final = (
    ("increase", "decrease"), ("increases", "decreases"), ("higher", "lower"), ("more", "less"), ("before", "after"),
    ("left", "right"), ("larger", "smaller"), ("above", "below"), ("always", "never"), ("longer", "shorter"),
    ("hot", "cold"), ("first", "last"), ("over", "under"),
)  # fmt: skip
_TURNED: Final = dict(_OPPOSITES) | {other: one for one, other in _OPPOSITES}
_DIRECTION: Final = re.compile(rf"\b(?:{'|'.join(_TURNED)})\b", re.IGNORECASE)
# What is added to a figure, so that it is another one and of the same size.
_SMALL, _ADDED, _ADDED_TO_LARGE = 50, 7, 100


def twins(sentence: str) -> tuple[str, ...]:
    """The false twins of a sentence, at most one of each kind; none where it has no word to change."""
    return tuple(twin for twin in (_denied(sentence), _turned(sentence), _refigured(sentence)) if twin)


def _denied(sentence: str) -> str | None:
    if _DENIAL.search(sentence):
        return _DENIAL.sub("", sentence, count=1)
    verb = _VERB.search(sentence)
    return f"{sentence[: verb.end()]} not{sentence[verb.end() :]}" if verb else None


def _turned(sentence: str) -> str | None:
    return _DIRECTION.sub(lambda word: _TURNED[word.group().lower()], sentence, count=1) \
        if _DIRECTION.search(sentence) else None  # fmt: skip


def _refigured(sentence: str) -> str | None:
    figure = _FIGURE.search(sentence)
    if not figure:
        return None
    value = int(figure.group())
    other = value + (_ADDED if value < _SMALL else _ADDED_TO_LARGE)
    return f"{sentence[: figure.start()]}{other}{sentence[figure.end() :]}"

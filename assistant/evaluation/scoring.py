"""One answer held against one question of a set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from assistant.errors import AssistantError
from assistant.evaluation.sets import Item
from assistant.reading import sentences
from assistant.types import Outcome

# A clinician reads the start of an answer: a required fact counts when it stands in its first so many words.
COUNTED_WORDS: Final = 150
OUTCOMES: Final[tuple[Outcome, ...]] = ("answered", "abstained", "refused")
# "[47, 48]" or "[Chin 2021]", but not the label of a Markdown link.
_MARK: Final = re.compile(r"\s*\[[^\[\]]*\](?!\()")


class AnswerError(AssistantError):
    """What was asked to answer did not return an answer."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as given: its outcome ("error": none came), text and cited reference numbers."""

    outcome: str
    text: str = ""
    references: tuple[int, ...] = ()
    milliseconds: float = 0.0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """What an answer holds of what its question wants."""

    item: Item
    given: Given
    words: int
    met: tuple[bool, ...]
    nice: tuple[bool, ...]
    is_first: bool
    forbidden: tuple[str, ...]

    @property
    def right(self) -> frozenset[int]:
        """Return the cited reference numbers that the question lists."""
        return frozenset(self.given.references) & frozenset(self.item.refs)


def read_answer(item: Item, answer: Any, milliseconds: float) -> Given:
    """Read an Answer, a mapping or an object with outcome, text and references; raises AnswerError for any other."""
    fields = {}
    for name in ("outcome", "text", "references"):
        try:
            fields[name] = answer[name] if isinstance(answer, Mapping) else getattr(answer, name)
        except (KeyError, AttributeError):
            raise AnswerError(f"question {item.id}: the answer has no {name!r}; got {answer!r:.80}") from None
    outcome, text, references = fields["outcome"], fields["text"], fields["references"]
    if outcome not in OUTCOMES:
        raise AnswerError(f"question {item.id}: outcome {outcome!r}; allowed: {', '.join(OUTCOMES)}")
    if not isinstance(text, str):
        raise AnswerError(f"question {item.id}: text must be a string, got {type(text).__name__}")
    if not isinstance(references, list | tuple | set | frozenset) or not all(type(n) is int for n in references):
        raise AnswerError(f"question {item.id}: references must be whole numbers, got {references!r:.80}")
    return Given(outcome, text, tuple(sorted(set(references))), milliseconds)


def without_marks(text: str) -> str:
    """Return the text without what stands in square brackets."""
    return _MARK.sub("", text)


def met(item: Item, text: str, counted_words: int | None = COUNTED_WORDS) -> tuple[bool, ...]:
    """Tell of each required fact whether a text has it in its first words."""
    plain = text if item.kind == "reference" else without_marks(text)
    counted = " ".join(plain.split()[:counted_words])
    return tuple(nugget.is_met(counted) for nugget in item.must)


def score(item: Item, given: Given, counted_words: int | None = COUNTED_WORDS) -> Score:
    """Find required facts in the first words, forbidden ones anywhere; marks count only for kind "reference"."""
    text = given.text if item.kind == "reference" else without_marks(given.text)
    counted = " ".join(text.split()[:counted_words])
    found = sentences(text)
    first = found[0].text if found else ""
    return Score(
        item=item,
        given=given,
        words=len(without_marks(given.text).split()),
        met=tuple(nugget.is_met(counted) for nugget in item.must),
        nice=tuple(nugget.is_met(counted) for nugget in item.nice),
        is_first=any(nugget.is_met(first) for nugget in item.must),
        forbidden=tuple(pattern for pattern in item.mustnot if re.search(pattern, text, re.IGNORECASE)),
    )

"""A bare phrase put up as a question is read as one with what follows: "Fibromyalgia? Weak evidence"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# A phrase without a verb, a word of asking or a word of order: those are questions of their own.
_FRAGMENT: Final = re.compile(
    r"(?!.*\b(?:is|are|was|were|be|been|am|do|does|did|done|can|could|should|shall|would|will|may|might|must|has|have|had|"
    r"which|what|why|how|who|whom|when|where|whether|not|no|or|first|next|then|before|after|start|line|step|option|plan|"
    r"questions?|agreed|ready|right|really|so|it|that|they|you|we|i|he|she)\b|.*n't\b|.*<)"
    r"[^?.;:!|]{4,60}\?$",
    re.IGNORECASE,
)
# An answer, or a question again.
_ANSWER: Final = re.compile(
    r"\W*(?:yes|no|not|never|none|nope|hardly|certainly|of course|sure|absolutely|indeed|rarely|sometimes|often|always|"
    r"rubbish|nonsense|wrong|right|true|false|correct|because|that|it|they|this|these|those|can|could|cannot|impossible|"
    r"unheard|only|forget|nothing|nobody|[a-z]+n't)\b|.*\?\W*$",
    re.IGNORECASE | re.DOTALL,
)


def with_fragments(pieces: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The sentences with their places, a phrase put up joined to what follows; places and lengths stay."""
    found: list[tuple[str, int]] = []
    for text, start in pieces:
        before = found[-1] if found else None
        if before and _FRAGMENT.match(before[0].strip()) and not _ANSWER.match(text):
            gap = start - before[1] - len(before[0])
            if 0 <= gap <= 2:
                phrase = before[0].rstrip()
                asked = phrase[:-1] + ":" + " " * (len(before[0]) - len(phrase))
                found[-1] = (asked + " " * gap + text, before[1])
                continue
        found.append((text, start))
    return found

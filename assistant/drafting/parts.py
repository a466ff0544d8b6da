"""The parts of a statement, and those that a sentence tells."""

from __future__ import annotations

import re
from typing import Final

from assistant.drafting.sameness import same
from assistant.drafting.sayings import Saying, saying
from assistant.drafting.wordings import load_wordings

# A part of a statement is told by a sentence that has this share of its words.
_TOLD: Final = 0.4
PARTS: Final = re.compile(
    r";\s+|,?\s+(?:but|while|whereas|although|though|yet)\s+|,\s+(?:and|so|except that|yet)\s+|:\s+"
)
# Where a statement goes on to something else that a sentence need not tell.
_GOES_ON: Final = re.compile(
    rf"{PARTS.pattern}|\s+because\s+|,\s+(?=(?:most|some|all|many|none|few) (?:of (?:which|whom|them)\b|with\b)|which\b|where\b|with\b)"
)
# Where a sentence goes on to what may be of another statement.
SENTENCE_PARTS: Final = re.compile(
    rf"{_GOES_ON.pattern}|,\s+(?=(?:followed|only|after which|of whom)\b)|,?\s+(?:as|since)\s+(?=[a-z][^,]{{20,}})"
    r"|\s+and\s+(?=(?:the review|the statements|it|they|is|are|was|were|has|have|so|may|can|no|offer)\b)|,\s+and\s+"
)


def told_parts(said: Saying, text: str) -> list[Saying]:
    """The parts of a statement that a sentence tells; all of them where it tells none by itself."""
    wordings = load_wordings()
    here = {word.stem for word in said.words}
    parts = [saying(part) for part in _GOES_ON.split(text) if part and part.strip()]
    found, best = [], (0.0, parts[:1])
    for part in parts:
        content = [word for word in part.words if word.stem not in wordings.free | wordings.telling]
        told = sum(word.stem in here or any(same(word, other) for other in said.words) for word in content)
        if content and told >= _TOLD * len(content):
            found.append(part)
        if content and told / len(content) > best[0]:
            best = told / len(content), [part]
    return found or best[1]

"""The parts of a statement, and those that a sentence tells."""

from __future__ import annotations

import re
from typing import Final

from assistant.drafting.sameness import same
from assistant.drafting.sayings import Saying, saying
from assistant.drafting.wordings import load_wordings

# A part of a statement is told by a sentence that has this share of its words.
# A clause that begins so is told without the one before it.
_OF_WHICH: Final = re.compile(r"(?:most|some|all|many|none|few) of (?:which|whom|them)\b", re.IGNORECASE)
# So many words with content tell a stretch, however long it is.
_ENOUGH: Final = 4
_MOSTLY: Final = 0.6
_TOLD: Final = 0.4
PARTS: Final = re.compile(
    r";\s+|,?\s+(?:but|while|whereas|although|though|yet)\s+|,\s+(?:and|so|except that|yet)\s+|:\s+"
)
# Where a statement goes on to something else that a sentence need not tell.
_GOES_ON: Final = re.compile(
    rf"{PARTS.pattern}|\s+because\s+|,\s+(?=(?:most|some|all|many|none|few) (?:of (?:which|whom|them)\b|"
    rf"with\b)|which\b|in which\b|where\b|with\b)"
)
# Where a sentence goes on to what may be of another statement.
SENTENCE_PARTS: Final = re.compile(
    rf"{_GOES_ON.pattern}|,\s+(?=(?:followed|only|after which|of whom)\b)|,?\s+(?:as|since)\s+(?=[a-z][^,]{{20,}})"
    r"|\s+and\s+(?=(?:the review|the statements|it|they|is|are|was|were|has|have|so|may|can|no|offer)\b)|,\s+and\s+"
)


def is_told(said: Saying, text: str) -> bool:
    """Whether a sentence tells a stretch of a statement."""
    told, content, _ = _told_words(said, saying(text))
    return bool(content) and (told >= _TOLD * content or told >= _ENOUGH)


def told_parts(said: Saying, text: str) -> list[Saying]:
    """The parts of a statement that a sentence tells; all of them where it tells none by itself."""
    read = [(_told_words(said, part), part) for part in map(saying, filter(_has_words, _GOES_ON.split(text)))]
    shares = [(told / content, words, part) for (told, content, words), part in read if content]
    shares = [
        item
        for at, item in enumerate(shares)
        if not (at + 1 < len(shares) and shares[at + 1][0] >= _MOSTLY and _OF_WHICH.match(shares[at + 1][2].text))
    ]
    best = sorted(shares, key=lambda item: -item[0])
    found: list[Saying] = []
    known: set[str] = set()
    for share, words, part in best:
        # A part of which only the subject of another is told is not told itself.
        if share >= _TOLD and (not found or words - known):
            found.append(part)
            known |= words
    return found or [part for _, _, part in best[:1]] or [saying(text)]


def _has_words(part: str | None) -> bool:
    return bool(part and part.strip())


def _told_words(said: Saying, part: Saying) -> tuple[int, int, set[str]]:
    """How many words with content a part has that the sentence has, how many in all, and the stems of the former."""
    idle = load_wordings().free | load_wordings().telling
    content = [word for word in part.words if word.stem not in idle]
    here = {word.stem for word in said.words}
    told = [word for word in content if word.stem in here or any(same(word, other) for other in said.words)]
    return len(told), len(content), {word.stem for word in told}

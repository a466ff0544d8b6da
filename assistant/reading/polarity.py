"""Whether what a span says is denied in its clause."""

from __future__ import annotations

import re
from typing import Final

_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|can't|don't|doesn't|didn't|isn't|aren't|wasn't|weren't|won't|"
    r"hasn't|haven't|hadn't|denies|denied|lack(?:s|ed)? of|absence of|rather than|instead of)\b",
    re.IGNORECASE,
)
# Negation words that deny nothing: "not only", "no doubt", "not just", "no longer" is about time.
_PSEUDO: Final = re.compile(r"\b(?:not only|not just|not merely|no doubt|not least|whether or not)\b", re.IGNORECASE)


def is_negated(clause: str, start: int) -> bool:
    """Whether the words from `start` on stand in the scope of a negation earlier in `clause`; two cancel out."""
    before = _PSEUDO.sub(lambda match: " " * len(match.group()), clause[:start])
    return len(_NEGATION.findall(before)) % 2 == 1

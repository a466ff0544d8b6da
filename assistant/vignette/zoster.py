"""Shingles, or the neuralgia that came of it: which of the two a text that names both is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.reading import Mention

# A neuralgia that has not come yet.
_FEARED: Final = re.compile(
    r"\b(?:prevent\w*|avoid\w*|risk|stop\w*|becom\w+|turn\w*|into|develop\w*|against|afraid|fear\w*|scared|worr\w+|chance|odds|"
    r"reduc\w+|lower|less|fewer|later|progress\w*|head(?:ing)? off|ward(?:ing)? off|pre-?empt\w*|protect\w*|no)"
    r"\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)


def is_after_zoster(named: Sequence[Mention], text: str) -> bool:
    """Whether postherpetic neuralgia is what they have, told before the shingles that it came of."""
    first = min((m.start for m in named if m.id == "acute_zoster"), default=len(text))
    return any(m.id == "phn" and m.start < first and not _FEARED.search(text[: m.start]) for m in named)

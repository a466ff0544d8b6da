"""A sentence that joins two claims with "and", as the sentences that it joins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_AND: Final = re.compile(r",?\s+and\s+(?:also\s+)?", re.IGNORECASE)
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|might|can|could|should|does|do|did|will|would|remains?|appears?|seems?|"
    r"includes?|gives?|gave|needs?|carries|carry|brings?|brought|shows?|showed|found|uses?|used|states?|leaves?|names?|"
    r"reports?|reported|received|reached|supports?|comes?|helps?)(?: not)?\b",
    re.IGNORECASE,
)
_SHORTEST: Final = 8


def separated(text: str) -> Iterator[tuple[str, str]]:
    """The two sentences that an "and" may join, for each "and": the second has the first one's subject, or its verb."""
    for match in _AND.finditer(text):
        left, right = text[: match.start()].rstrip(), text[match.end() :]
        verb = _VERB.search(left)
        if not verb or len(left) < _SHORTEST or len(right) < _SHORTEST:
            continue
        own = _VERB.match(right)
        start = left[: verb.start()] if own else left[: verb.end()] + " "
        yield f"{left}.", f"{start}{right}"

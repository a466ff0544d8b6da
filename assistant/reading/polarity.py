"""Whether what a span says is denied in its clause."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|without|cannot|cant|dont|doesnt|didnt|isnt|arent|wasnt|wont|"
    r"shouldnt|[a-z]+n't|denies|denied|lack(?:s|ed)? of|absence of|rather than|instead of)\b",
    re.IGNORECASE,
)
# "nor" goes on with a negation begun before it; alone it begins one.
_NOR: Final = re.compile(r"\bnor\b(?!-?\s?ketamine)", re.IGNORECASE)
# Negation words that deny nothing of what follows them: "not only", "no doubt", an answer's "No,".
_PSEUDO: Final = re.compile(
    r"\b(?:not only|not just|not merely|not simply|no doubt|not least|whether or not|not to mention|"
    r"no (?:less|fewer) than)\b|(?:^|[:;.] )\s*no,",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def is_negated(clause: str, start: int) -> bool:
    """Whether the words from `start` on stand in the scope of a negation earlier in `clause`; two cancel out."""
    before = _PSEUDO.sub(lambda match: " " * len(match.group()), clause[:start])
    count = len(_NEGATION.findall(before))
    return (count or bool(_NOR.search(before))) % 2 == 1

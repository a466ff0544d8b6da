"""What a text tells of a patient's past, whatever the order was in which it was done."""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.mood import is_directing

# What was done with somebody at a time that is named: a history, whatever its order was.
_LONG_AGO: Final = re.compile(
    r"\b(?:he|she|they|(?:the|this|your|our|my|her|his) \w+|mrs? \w+)\b[^;.:]{0,40}\b(?:had|got|received|underwent|"
    r"(?:was|were) (?:given|offered|put|started|fitted|implanted|treated|sent))\b[^;.:]{0,60}?\b(?:in (?:19|20)\d\d|"
    r"(?:\w+ )?(?:years?|months?|weeks?|decades?) (?:ago|back|earlier)|last (?:year|month|week|spring|summer|"
    r"autumn|winter)|"
    r"back then|at the time|elsewhere|abroad|at (?:another|a different|the previous|her old|his old) \w+)\b"
)


def is_long_ago(masked: str, at: int) -> bool:
    """Whether the clause that holds `at` tells what was done with a patient at some time in the past."""
    start = max(masked.rfind(mark, 0, at) for mark in ";:.") + 1
    end = next((i for i in range(at, len(masked)) if masked[i] in ";:"), len(masked))
    return bool(_LONG_AGO.search(masked[start:end])) and not is_directing(masked[start:end])

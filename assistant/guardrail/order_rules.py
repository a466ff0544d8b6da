"""A pattern that tells the order of treatments, with the kind of what it tells."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "before", "first", "skip", "straight", "required", "not required", "wait", "instead", "untried", "less invasive",
    "together",
]  # fmt: skip


def rule(kind: Kind, pattern: str) -> tuple[Kind, re.Pattern[str]]:
    """A pattern with its kind.

    `a` is what comes, or should come, earlier, `b` later; a `neg` within it is part of the relation and denies nothing.
    """
    return kind, re.compile(pattern)

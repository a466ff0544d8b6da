"""How much relief a block brought, in percent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.vignette.clauses import Clause
from assistant.vignette.mentions import BLOCKS, Found

_PERCENT: Final = re.compile(
    r"(?P<bound>[<>]|(?:more|less|better|greater|fewer) than |over |under |above |"
    r"below )?\s?(?<![\d.])(?P<value>\d{1,3})"
    r"(?:-\d{1,3})?\s?(?:%|per ?cent\b)",
    re.IGNORECASE,
)
_LESS: Final = ("<", "less than", "under", "below", "fewer than")
# Farther behind a block than this a percentage is of something else.
_REACH: Final = 90


def block_relief(clauses: Sequence[Clause], found: Found) -> float | None:
    """Percent of relief after a block, 0 to 100; None where none is told.

    Only the side of a mark is told by "> 50 %": it is read as one more, "< 50 %" as one less.
    """
    for clause in clauses:
        for match in _PERCENT.finditer(clause.text):
            if clause.supposes or not _is_of_block(clause.start + match.start(), clause, found):
                continue
            bound = (match["bound"] or "").strip().lower()
            value = float(match["value"]) + (0 if not bound else -1 if bound in _LESS else 1)
            return min(max(value, 0.0), 100.0)
    return None


def _is_of_block(at: int, clause: Clause, found: Found) -> bool:
    """Whether the nearest treatment before it, or else the first after it in the clause, is a block."""
    before = [m for m in found.treatments if m.end <= at]
    if before and at - before[-1].end <= _REACH:
        return before[-1].id in BLOCKS
    after = [m for m in found.treatments if at < m.start < clause.end]
    return bool(after) and after[0].id in BLOCKS

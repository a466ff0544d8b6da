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
# Scores before and after: "from 8/10 to 5/10", "NRS 8 to 3".
_FELL: Final = re.compile(
    r"\b(?:from|NRS|VAS|pain|score[sd]?)\s+(?:of\s+|was\s+|went\s+)?(?:from\s+)?(?P<before>\d{1,2})(?:\s?/\s?10)?\s*"
    r"(?:down )?to\s*(?P<after>\d{1,2})(?:\s?/\s?10)?"
    r"(?!\d|\.\d|\s?(?:%|per|days?|weeks?|months?|years?|hours?|h\b))",
    re.IGNORECASE,
)
_TEN: Final = 10
_LESS: Final = ("<", "less than", "under", "below", "fewer than")
# Farther behind a block than this a percentage is of something else.
_REACH: Final = 90


def block_relief(clauses: Sequence[Clause], found: Found) -> float | None:
    """Percent of relief after a block, or by which scores of pain fell after it, 0 to 100; None where none is told.

    Only the side of a mark is told by "> 50 %": it is read as one more, "< 50 %" as one less.
    """
    for clause in clauses:
        for match in _PERCENT.finditer(clause.text):
            if clause.supposes or not _is_of_block(clause.start + match.start(), clause, found):
                continue
            bound = (match["bound"] or "").strip().lower()
            value = float(match["value"]) + (0 if not bound else -1 if bound in _LESS else 1)
            return min(max(value, 0.0), 100.0)
        for match in _FELL.finditer(clause.text):
            before, after = int(match["before"]), int(match["after"])
            if after <= before <= _TEN and before and _is_of_block(clause.start + match.start(), clause, found):
                return round(100 * (before - after) / before, 1)
    return None


def _is_of_block(at: int, clause: Clause, found: Found) -> bool:
    """Whether the nearest treatment before it, or else the first after it in the clause, is a block."""
    before = [m for m in found.treatments if m.end <= at]
    if before and at - before[-1].end <= _REACH:
        return before[-1].id in BLOCKS
    after = [m for m in found.treatments if at < m.start < clause.end]
    return bool(after) and after[0].id in BLOCKS

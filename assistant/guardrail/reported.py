"""Findings weighed by whose words they are in: what a text rejects is no claim, what others want is no advice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from assistant.guardrail.retraction import endorses_itself, is_endorsed, is_of_another
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document

# Faults whoever says it: a dose stays one that can be read off, a source that is none is no source.
_WHOEVER: Final = frozenset({"citation", "fabricated", "dose", "emergency", "input"})
# What is denied, misreported or ordered for this patient is grave in any mouth that the text lets speak unanswered.
_GRAVE: Final = frozenset({"safety_denial", "safety_omission", "patient", "evidence", "numeric"})


def as_meant(findings: Iterable[Finding], document: Document) -> Iterator[Finding]:
    """The findings without those on what the text itself rejects; a block on what only others want is a caution."""
    spans = [document.span(unit.start, unit.end) for unit in document.units]
    starts = [start for start, _ in spans]
    theirs: dict[int, bool] = {}
    for item in findings:
        at = bisect_right(starts, item.start) - 1
        if at < 0 or item.end > spans[at][1] or item.category in _WHOEVER:
            yield item
            continue
        if document.units[at].is_retracted:
            continue
        if item.severity == "block" and item.category not in _GRAVE:
            if at not in theirs:
                theirs[at] = _is_of_another(document, at)
            yield replace(item, severity="caution") if theirs[at] else item
        else:
            yield item


def _is_of_another(document: Document, at: int) -> bool:
    """Whether a unit tells a wish or a view of others that the next one does not make the text's own."""
    text = document.units[at].text
    following = document.units[at + 1].text if at + 1 < len(document.units) else ""
    return is_of_another(text) and not (is_endorsed(following) or endorses_itself(text))

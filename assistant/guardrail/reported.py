"""Findings weighed by whose words they are in: what a text rejects is no claim, what others want is no advice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from assistant.guardrail.retraction import is_endorsed, is_of_another
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

# Faults whoever says it: a dose stays one that can be read off, a source that is none is no source.
_WHOEVER: Final = frozenset({"citation", "fabricated", "dose", "emergency", "input"})
# What is denied, misreported or ordered for this patient is grave in any mouth that the text lets speak unanswered.
_GRAVE: Final = frozenset({"safety_denial", "safety_omission", "patient", "evidence", "numeric"})


def as_meant(findings: Iterable[Finding], document: Document) -> Iterator[Finding]:
    """The findings without those on what the text itself rejects; a block on what only others want is a caution."""
    spans = [(document.span(unit.start, unit.end), position) for position, unit in enumerate(document.units)]
    for item in findings:
        at = next((i for (start, end), i in spans if start <= item.start and item.end <= end), None)
        if at is None or item.category in _WHOEVER:
            yield item
        elif not document.units[at].is_retracted:
            yield replace(item, severity="caution") if _is_of_another(item, document, at) else item


def _is_of_another(item: Finding, document: Document, at: int) -> bool:
    """Whether a block finding rests on a wish or a view of others that the text does not make its own."""
    if item.severity != "block" or item.category in _GRAVE:
        return False
    unit: Unit = document.units[at]
    following = document.units[at + 1].text if at + 1 < len(document.units) else ""
    return is_of_another(unit.text) and not is_endorsed(following)

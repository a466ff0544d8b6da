"""Repair: whole offending sentences are replaced by canonical statements, never words inside a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from assistant.guardrail.types import Finding, verdict
from assistant.guardrail.units import Document

# What stands where no canonical sentence says what is right.
REMOVED: Final = "[A sentence that goes against the review was removed here.]"
NOTHING: Final = "The review does not support this text."


# A canonical sentence may itself be wrong for this patient or question; then it is read and replaced in turn.
_ROUNDS: Final = 4

Examined = tuple[Sequence[Finding], Document]


def repair(document: Document, findings: Sequence[Finding], examine: Callable[[str], Examined]) -> str:
    """The text with offending sentences replaced until nothing is found in it; what still blocks is removed."""
    for use_corrections in (True, False):
        for _ in range(_ROUNDS):
            if not findings:
                return document.normalised.original
            repaired = _replace(document, findings, use_corrections=use_corrections)
            if repaired == document.normalised.original:
                break
            findings, document = examine(repaired)
        if verdict(tuple(findings)) != "block":
            return document.normalised.original
    return NOTHING


def _replace(document: Document, findings: Sequence[Finding], *, use_corrections: bool) -> str:
    text, pieces, at, said = document.normalised.original, [], 0, set[str]()
    for unit in document.units:
        start, end = document.span(unit.start, unit.end)
        offending = [item for item in findings if item.start < end and start < max(item.end, item.start + 1)]
        if not offending:
            continue
        canonical = next((item for item in offending if item.correction), None) if use_corrections else None
        sentence = _canonical(canonical) if canonical else REMOVED
        is_there = sentence in said or sentence in text[:start] or sentence in text[end:]
        pieces += [text[at:start], "" if is_there else sentence]
        said.add(sentence)
        at = end
    return "".join((*pieces, text[at:])).strip() or NOTHING


def _canonical(item: Finding) -> str:
    numbers = ", ".join(map(str, item.source.references)) if item.source else ""
    mark = f" [{numbers}]" if numbers else " [Chin 2021]"
    text = item.correction or ""
    return f"{text[:-1]}{mark}." if text.endswith(".") else f"{text}{mark}"

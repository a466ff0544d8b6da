"""Repair: whole offending sentences are replaced by canonical statements, never words inside a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from assistant.guardrail.types import Finding, verdict
from assistant.guardrail.units import Document

# What stands where no canonical sentence says what is right.
REMOVED: Final = "[A sentence that goes against the review was removed here.]"
NOTHING: Final = "The review does not support this text."


def repair(document: Document, findings: Sequence[Finding], again: Callable[[str], Sequence[Finding]]) -> str:
    """The text with each offending sentence replaced once; what still blocks after that is removed."""
    if not findings:
        return document.normalised.original
    repaired = _replace(document, findings, use_corrections=True)
    if verdict(tuple(again(repaired))) != "block":
        return repaired
    repaired = _replace(document, findings, use_corrections=False)
    return repaired if verdict(tuple(again(repaired))) != "block" else NOTHING


def _replace(document: Document, findings: Sequence[Finding], *, use_corrections: bool) -> str:
    text, pieces, at, said = document.normalised.original, [], 0, set[str]()
    for unit in document.units:
        start, end = document.span(unit.start, unit.end)
        offending = [item for item in findings if item.start < end and start < max(item.end, item.start + 1)]
        if not offending:
            continue
        canonical = next((item for item in offending if item.correction), None) if use_corrections else None
        sentence = _canonical(canonical) if canonical else REMOVED
        pieces += [text[at:start], sentence if sentence not in said else ""]
        said.add(sentence)
        at = end
    return "".join((*pieces, text[at:])).strip() or NOTHING


def _canonical(item: Finding) -> str:
    numbers = ", ".join(map(str, item.source.references)) if item.source else ""
    mark = f" [{numbers}]" if numbers else " [Chin 2021]"
    text = item.correction or ""
    return f"{text[:-1]}{mark}." if text.endswith(".") else f"{text}{mark}"

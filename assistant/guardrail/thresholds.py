"""The 50 % of sympathetically maintained pain and the prevalence of neuropathic pain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.guardrail.amount import Amount
from assistant.guardrail.context import corrects_error
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

HALF: Final = 50
_EXACT: Final = 0.5
_OWN: Final = re.compile(
    r"\b(?:her|his|he|she|my|your patient|this patient|the patient|this (?:man|woman|lady|gentleman)|"
    r"mr|mrs|ms)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(r"\b(?:not|hardly|neither|never|no)\b|n't\b", re.IGNORECASE)


def threshold(document: Document, unit: Unit, figures: Sequence[Amount], *, sure: bool) -> Iterator[Finding]:
    """The 50 % of sympathetically maintained pain in CRPS, and relief that is set against it.

    sure: the unit names a study, whose "at least 50 %" is its own.
    """
    maintained = bool(re.search(r"maintained|\bSMP\b", unit.text, re.IGNORECASE))
    for item in figures:
        is_mark = item.bound or re.search(
            r"\b(?:threshold|cut-?off|mark|criterion|limit)\b.{0,24}$", unit.text[: item.start], re.IGNORECASE
        )
        is_other = abs(item.value - HALF) > _EXACT and is_mark and not _OWN.search(unit.text)
        includes_half = abs(item.value - HALF) <= _EXACT and item.bound == "at least" and maintained and not sure
        is_misjudged = _is_misjudged(item, _until_next(item, unit, figures))
        if item.kind == "share" and (is_other or includes_half or is_misjudged):
            yield finding("NUM-4", document, unit, (item.start, item.end))


def _until_next(item: Amount, unit: Unit, figures: Sequence[Amount]) -> str:
    """What is said of a figure: up to the next figure that is no mark, or the end of its clause."""
    end = min(
        (other.start for other in figures if other.start >= item.end and other.kind == "share" and other.bound),
        default=len(unit.text),
    )
    return re.split(r"[;.]\s|, (?:and|but)\b|\bwhile\b|\bwhereas\b", unit.text[item.end : end])[0]


def _is_misjudged(item: Amount, after: str) -> bool:
    """Whether relief of some percentage is put on the wrong side of the mark."""
    over = re.search(r"\b(?:exceed\w*|above|beyond|over|pass\w*|meets?|reach\w*|clears?|surpass\w*|qualif\w*)\b", after)
    under = re.search(r"\b(?:miss\w*|below|short of|under|fails?|fell short)\b", after)
    above, below = item.value > HALF or item.bound == "more than", item.value < HALF or item.bound == "less than"
    judged = over or under
    if judged and item.value != HALF:
        claims_over = bool(over) != bool(_NOT.search(after[: judged.start()]))
        return (below and claims_over) or (above and not claims_over)
    kind = re.search(r"\bsympathetic(?:ally)?[- ](maintained|independent)\b", after)
    if not kind or re.search(r"excluded|ruled out|rule out|component|share", after[: kind.start()]):
        return False
    claims_over = (kind[1].lower() == "maintained") != bool(_NOT.search(after[: kind.start()]))
    return (below and claims_over) or (above and not claims_over)


def prevalence(document: Document, unit: Unit, figures: Sequence[Amount]) -> Iterator[Finding]:
    """The 7-10 % of neuropathic pain in the general population."""
    for item in figures if not corrects_error(unit) else ():
        if item.kind == "share" and not (7 <= item.value <= 10 and (item.upper is None or 7 <= item.upper <= 10)):
            yield finding("NUM-5", document, unit, (item.start, item.end))

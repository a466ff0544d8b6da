"""How often blocks or infusions are given: the review leaves it open, save for the schedules of the trials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from assistant.guardrail.units import Unit, step_of
from assistant.reading import numbers

_N: Final = (
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|other|second|third|couple of)"
)
# "Offer a block" counts nothing.
_MORE: Final = _N.replace("an?|one|", "").replace("|other|second|third", "")
_SPAN: Final = r"(?:day|week|fortnight|month|quarter|year)s?"
_OFTEN: Final = re.compile(
    rf"\b(?:every|each) (?:{_N} (?:to {_N} )?)?{_SPAN}\b|\b(?:weekly|fortnightly|monthly|quarterly|yearly|"
    rf"twice[- ]weekly|"
    rf"bi-?weekly|three-?monthly|six-?monthly)\b|\b(?:once|twice|{_N} times) (?:an?|per|each|every) {_SPAN}\b|"
    rf"\b{_N}[- ]{_SPAN} apart\b|\b(?:apart|spaced|separated|spacing|interval)\b(?: (?:by|of|at|out|about|least|"
    rf"no|less|than|is|some)){{0,4}}"
    rf" {_N}(?: to {_N})? {_SPAN}\b|\bat (?:{_N}|weekly|monthly|fortnightly)[- ](?:{_SPAN}(?:ly)? )?intervals?\b|"
    rf"\b(?:intervals?|gaps?) of {_N}(?: to {_N})? {_SPAN}\b",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(
    rf"\b(?:series|course|set|run|total|programme|program|minimum|maximum) of (?:about |up to |at least )?(?P<a>{_N})"
    rf"(?: to {_N})? (?:[a-z]+ ){{0,2}}?(?:blocks?|injections?|infusions?|sessions?)\b|"
    rf"\b(?:give|gives|plan|do|perform|offer|needs?|takes?|book|schedule|allow|suffice)\b (?:him |her |them |about |"
    rf"up to |at "
    rf"least )?(?P<b>{_MORE})(?: to {_N})? (?:[a-z]+ ){{0,2}}?(?:blocks?|injections?|infusions?)\b",
    re.IGNORECASE,
)
_REPEATED: Final = re.compile(
    r"\b(?:repeat\w*|give|gives|given|do|done|perform\w*|plan\w*|schedul\w*|book\w*|run|offer\w*|series|course|blocks|"
    r"infusions|"
    r"sessions|injections|top-?ups?|boosters?|courses|kept|should|must|needs?|usual\w*|typical\w*|come back|return)\b",
    re.IGNORECASE,
)
# Left open, denied, asked about, or what somebody has had; not a schedule of treatment but of review or drugs.
_OPEN: Final = re.compile(
    r"\b(?:not|no|nor|never|whether|how often|unclear|unknown|open|vary|varies|varied|variation|differ\w*|depends?|if|"
    r"had|has had|"
    r"was|were|received|got|underwent|review(?:ed)? (?:her|him|them|again)|follow-?up|clinic|see (?:her|him|them)|"
    r"tablets?|"
    r"physio\w*|exercis\w*|diary|score|trial|study|stud(?:y|ies)|randomi[sz]ed)\b|n't\b",
    re.IGNORECASE,
)
# Schedules judged in one sentence.
_MOST: Final = 8
# What the zoster trial gave.
_OF_ZOSTER: Final = 4.0


def schedules(unit: Unit) -> Iterator[tuple[int, int]]:
    """Schedules set for blocks or ketamine infusions."""
    is_treated = any(step_of().get(mention.id) in ("block", "ketamine") for mention in unit.mentions)
    if not is_treated and not re.search(r"\b(?:blocks?|infusions?)\b", unit.text, re.IGNORECASE):
        return
    for match in islice(chain(_OFTEN.finditer(unit.text), _COUNT.finditer(unit.text)), _MOST):
        start, end = _clause(unit.text, match.start())
        clause = unit.text[start:end]
        if _OPEN.search(clause) or not _REPEATED.search(clause) or _is_zoster(match, unit):
            continue
        yield match.span()
        return


def _is_zoster(match: re.Match[str], unit: Unit) -> bool:
    groups = match.groupdict()
    count = numbers(groups.get("a") or groups.get("b") or "")
    return bool(count) and count[0].value == _OF_ZOSTER and bool(re.search("zoster|shingles", unit.text, re.IGNORECASE))


def _clause(text: str, at: int) -> tuple[int, int]:
    cuts = [match.end() for match in re.finditer(r"[;:]\s|\.\s|, (?:but|so|while|whereas|although) ", text)]
    return max((cut for cut in cuts if cut <= at), default=0), min((cut for cut in cuts if cut > at), default=len(text))

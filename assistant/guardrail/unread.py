"""Sentences that set SCS against an earlier step in words that no pattern has read: doubtful, and so a caution."""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.mood import negations
from assistant.guardrail.order_words import FAILED
from assistant.guardrail.relations import Relation, relations

_P: Final = re.compile(r"<([a-z|]+)>")
_ORDER: Final = re.compile(
    r"\b(?:first|early|earlier|sooner|soonest|late|later|last|before|after|next|then|wait\w*|until|once|instead|"
    r"rather|prefer\w*|skip\w*|reserv\w*|"
    r"ke(?:ep|pt)|sav(?:e|ed|ing)|fail\w*|ladder|rung|steps?|queue|sequence|order|priority|rank\w*|precede\w*|"
    r"follow(?!ed up)\w*|lead(?:s|ing)? (?:to|the)|"
    r"start\w*|begin\w*|straight|directly|need\w*|requir\w*|without|tried|untried|never|place|stage|turn|"
    r"path(?:way)?|route|road|way|ahead|behind|"
    r"above|below|afterwards|subsequently|mop|front|back|top|bottom|level|tier|line|pass(?:es|ed)?|bar|delay\w*|put "
    r"off|spare\w*|trouble|waste\w*|worth|point|sense|better|choose)\b"
)
_RESULT: Final = re.compile(
    r"\b(?:trials|(?:in|this|that|the|controlled|randomi[sz]ed|\w+'s) trial|stud(?:y|ies)|evidence|grade|percent|%|"
    r"versus|vs\.?|risks?|complications?|side effects?|both|include\w*|such as|namely|options?|"
    r"interventions?|randomi[sz]ed|received|had|were|was|reduced|improved|responded)\b"
)
# Signs of the right order: blocks named first in a row of steps, SCS after "before", denied, or said to be late.
_ROW: Final = re.compile(
    rf"{FAILED}|\b(?:first|second|next|then|early|before|after|earlier|until|lead|start|begin|"
    rf"open|come|needed|due|>)"
)
_HELD_BEFORE: Final = re.compile(
    r"\b(?:before|by the time|prior|ahead of|rather than|instead of|unlike|reserv\w*|h[eo]ld\w*|ke(?:ep|pt)|no|not|"
    r"never|against|defer\w*|postpone\w*|"
    r"delay\w*|only|premature|mistake)\b[^<]*$|n't\b[^<]*$"
)
_HELD_AFTER: Final = re.compile(
    r"^[^<;]{0,60}(?:\b(?:later|latest|last|wait\w*|premature|reserv\w*|behind|only|after|until|unless|once|when|"
    r"failures|not|never|follows?|too (?:early|soon)|"
    r"more invasive|the end|second)\b|n't\b)"
)
_FIRST_AFTER: Final = re.compile(
    r"<[a-z|]*(?:block|ketamine)[a-z|]*>[^<;]{0,30}?\b(?:first|before|earlier|preced\w+|"
    r"ahead|still (?:open|due|to))\b"
)
_SOFTENED: Final = re.compile(
    r"\b(?:later|last|not yet|premature|too (?:early|soon)|jump|leap|rush|temptation|"
    r"tempt\w*|before|earlier|sooner|than|crossed|moved|went|switched|changed|patients)\b|\d"
)
_EARLIER: Final = frozenset({"block", "ketamine"})


def is_unread(masked: str) -> bool:
    """Whether the sentence speaks of order, of SCS and of blocks or ketamine, and nothing between them was read."""
    named = [frozenset(match[1].split("|")) for match in _P.finditer(masked)]
    if not (
        any("scs" in names and not names & _EARLIER for names in named)
        and any(names & _EARLIER and "scs" not in names for names in named)
    ):
        return False
    if _looks_right(masked):
        return False
    if not _ORDER.search(_P.sub(" ", masked)) or _RESULT.search(masked):
        return False
    return not any(_relates(relation) for relation in relations(masked))


# From drugs to SCS with nothing between.
_DIRECT: Final = re.compile(
    rf"\bfrom [^<]{{0,20}}<drugs[^<]*\bto\b[^<]{{0,30}}<scs>|<scs>[^.;<]{{0,60}}\b(?:strength|basis|grounds) "
    rf"of\b[^<]{{0,30}}<drugs|<drugs[a-z|]*>[^<]{{0,40}}"
    rf"{FAILED}[^<]{{0,40}}<scs>|<scs>[^<]{{0,40}}{FAILED}[^<]{{0,30}}<drugs"
)
_PNS_LATE: Final = re.compile(
    r"<pns>[^.;]{0,80}\b(?:last|latest|leave|later|second|behind|above|only|wait\w*|until|afterwards)\b|\b(?:last|"
    r"finally|leave|later)\b[^.;<]{0,30}<pns>"
)


def is_direct(masked: str) -> bool:
    """Whether the sentence goes from drugs to SCS and names no step between them."""
    is_open = bool(re.search(r"<[a-z|]*(?:block|ketamine)", masked))
    match = None if is_open or _RESULT.search(masked) else _DIRECT.search(masked)
    return bool(match) and not negations(masked) and not _SOFTENED.search(masked)


def is_pns_late(masked: str) -> bool:
    """Whether the sentence compares PNS with SCS and puts it at the back, in words that were not read as an order."""
    if "<scs" not in masked and "stimulat" not in masked:
        return False
    return bool(_PNS_LATE.search(masked)) and not negations(masked) and not any(
        {"pns", "scs"} & (item.earlier | item.later) for item in relations(masked)
    )  # fmt: skip


def _looks_right(masked: str) -> bool:
    at = next(match for match in _P.finditer(masked) if "scs" in match[1] and not set(match[1].split("|")) & _EARLIER)
    before = masked[: at.start()]
    if _FIRST_AFTER.search(masked, at.end()):
        return True
    is_row = any(set(match[1].split("|")) & _EARLIER for match in _P.finditer(before)) and bool(_ROW.search(masked))
    return is_row or bool(_HELD_BEFORE.search(before) or _HELD_AFTER.search(masked[at.end() :]))


def _relates(relation: Relation) -> bool:
    sides = relation.earlier | relation.later
    return "scs" in sides or bool(sides & _EARLIER and relation.kind in ("skip", "wait", "first", "straight"))

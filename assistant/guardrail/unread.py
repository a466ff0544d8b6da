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
    r"slots?|promot\w*|demot\w*|held|relics?|decid\w*|earn\w*|entitle\w*|merit\w*|overtak\w*|modern|today|"
    r"nowadays|these days|take over|took over|taken over|dethron\w*|"
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
    r"more invasive|bigger|larger|the end|second)\b|n't\b)"
)
_FIRST_AFTER: Final = re.compile(
    r"<[a-z|]*(?:block|ketamine)[a-z|]*>[^<;]{0,30}?\b(?:first|before|earlier|preced\w+|"
    r"ahead|still (?:open|due|to))\b"
)
# SCS released from what it waits for; the words of waiting then are no sign of the right order.
_FREED: Final = re.compile(
    r"\b(?:any longer|no longer|any ?more|too \w+ to|need not|needn't|no need|(?:not|never) (?:have|has|need) to|"
    r"n't (?:have|need) to|freed?|exempt\w*|spared?|regardless|irrespective|no matter|no reason (?:why|for)|hardly "
    r"(?:any|"
    r"needs?)|without (?:having|waiting|needing|recourse|first)|outdated|old-fashioned|dogma|used to|once had to|"
    r"scarcely)\b"
)
_LEFT_OPEN: Final = re.compile(
    r"(?:\b(?:need not|not|never)|n't) (?:\w+ )?(?:(?:clos|shut)\w* the door|rul\w+ (?:it )?out|preclud\w*|"
    r"exclud\w*|prevent\w*|"
    r"mean the end|stand in the way)\b"
)
# "SCS, once blocks and ketamine were tried without success."
_THEN_FAILED: Final = re.compile(rf"<[a-z|]*(?:block|ketamine)[a-z|]*>[^<.;]{{0,30}}{FAILED}")
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
    rf"{FAILED}[^<]{{0,80}}<scs>|\b(?:failed|failing|ineffective|useless|exhausted) <drugs[a-z|]*>[^<]{{0,80}}<scs>|"
    rf"<scs>[^<]{{0,40}}{FAILED}[^<]{{0,30}}<drugs"
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
    if _LEFT_OPEN.search(masked):
        return True
    if _FREED.search(masked):
        return False
    if _THEN_FAILED.search(masked, at.end()):
        return True
    is_row = any(set(match[1].split("|")) & _EARLIER for match in _P.finditer(before)) and bool(_ROW.search(masked))
    return is_row or bool(_HELD_BEFORE.search(before) or _HELD_AFTER.search(masked[at.end() :]))


def _relates(relation: Relation) -> bool:
    sides = relation.earlier | relation.later
    return "scs" in sides or bool(sides & _EARLIER and relation.kind in ("skip", "wait", "first", "straight"))


# What is said of an earlier step where SCS is the theme of the text: that nothing hangs on it.
_IMMATERIAL: Final = re.compile(
    r"\bwhether\b[^.;<]{0,40}\b(?:has|have|had|was|were)\b[^.;<]{0,40}<(?:block|ketamine)[a-z|]*>[^.;<]{0,40}\b(?:no "
    r"difference|immaterial|irrelevant|beside the point|neither here nor there|of no (?:consequence|importance)|"
    r"unimportant)"
    r"\b|\bwhether\b[^.;<]{0,20}<(?:block|ketamine)[a-z|]*>[^.;<]{0,30}\b(?:tried|had|given|used|failed|"
    r"done)\b[^.;<]{0,20}"
    r"\b(?:(?:not|[a-z]*n't) matter|no difference|immaterial|irrelevant|beside the point|unimportant)\b"
)
# "The reason for keeping it until blocks have failed is gone."
_RELEASED: Final = re.compile(
    r"\b(?:reasons?|arguments?|case|rationale|justification|grounds?|logic|basis|need)\b (?:for|to|behind|"
    r"why)\b[^.;]{0,30}?"
    r"\b(?:h[eo]ld|keep|kept|reserv|defer|delay|mak|putt?|insist|wait|leav|postpon|restrict|confin|"
    r"sav)\w*\b[^.;]{0,70}?"
    r"<[a-z|]*(?:block|ketamine)[a-z|]*>[^.;]{0,60}?\b(?:(?:has|have|is|are|was|were) (?:now |long |largely |all but )?"
    r"(?:gone|fallen away|fallen|disappeared|vanished|evaporated|obsolete|outdated|lapsed|history|weaker|lost|over|"
    r"past)|no longer (?:applies|apply|holds?|exists?|stands?|valid|there|convinc\w+|true))\b"
)
_UNNEEDED: Final = re.compile(
    r"\b(?:no (?:need|call|reason|obligation|requirement|necessity)|(?:not|[a-z]*n't) (?:need|necessary|"
    r"required|have to|"
    r"call "
    r"for|ask for|insist|demand)|needn't|need not|unnecessary|needless|pointless|superfluous|can be (?:skipped|spared|"
    r"omitted)|dispens\w+ with)\b"
)
# "Blocks: optional."
_OPTIONAL: Final = re.compile(
    r"^\W*<block[a-z|]*>(?: (?:is|are))? ?:? ?(?:is |are )?(?:optional|unnecessary|dispensable|superfluous|"
    r"not needed|skip\w*)\W*$"
)
_BEFOREHAND: Final = re.compile(
    r"\b(?:beforehand|first|in advance|before (?:it|that|this|then|doing so)|to get there|to qualify|by then|on the "
    r"way)\b"
)


def is_dismissed(masked: str, before: str) -> bool:
    """Whether blocks or ketamine are said to be no condition, and the condition is that of SCS, named just before."""
    if _RELEASED.search(masked) and ("scs" in masked or "<scs>" in before):
        return True
    if "scs" in masked or not re.search(r"<[a-z|]*(?:block|ketamine)[a-z|]*>", masked):
        return False
    if _OPTIONAL.search(masked):
        return True
    if _IMMATERIAL.search(masked):
        return True
    is_theme = "<scs>" in before and not re.search(r"<[a-z|]*(?:block|ketamine|pns)", before)
    return is_theme and bool(_UNNEEDED.search(masked) and _BEFOREHAND.search(masked))


_PUT_NEXT: Final = re.compile(
    r"\b(?:next|following|subsequent|step|stage|rung|thing)\b[^.;<]{0,50}\b(?:is|are|would be)\b[^.;<]{0,20}<scs>|"
    r"\b(?:goes?|leads?|moves?|continues?|points?) (?:straight |directly )?(?:on )?(?:to|with|towards)\b"
    r"[^.;<]{0,20}<scs>|"
    r"\b(?:next|now|then|follows?|proceed|offer|book|move on|mov(?:es?|ing) (?:him|her|them|us)? ?on|tak(?:es?|ing) "
    r"(?:him|her|them|us) (?:on )?to|turn to|time for|refer|list|due)\b[^.;<]{0,60}<scs>|<scs>[^.;<]{0,50}\b(?:next|"
    r"now|"
    r"follows|due|in order|indicated|comes after it|after it)\b"
)
_HELD_OFF: Final = re.compile(
    r"\b(?:not|never|no|if|unless|until|only|before|whether|wait\w*|later|fail(?:s|"
    r"ure)?)\b|n't\b"
)
_CLOSED: Final = re.compile(
    r"\b(?:contra-?indicat\w*|rul(?:es?|ed|ing)\b(?=[^.;]{0,20}\bout)|cannot (?:have|take|be given)|can't (?:have|"
    r"take|be given)|"
    r"not an option|unsuitable|off the table|unavailable|declin\w+|refus\w+)\b"
)
_NO_FAILURE: Final = re.compile(
    r"\b(?:not|[a-z]*n't|never|no)\b[^.;]{0,40}\b(?:failed|failure|fail|say|address|count|cover|settle|equate|same)\b|"
    r"\bsilent\b|"
    r"\bjudg\w+|\bspecialist|\bteam\b|\bwhether\b"
)


_BLOCKS: Final = r"<(?:drugs\|)?block>"


def is_put_next(masked: str) -> bool:
    """Whether the sentence makes SCS the step to take."""
    match = _PUT_NEXT.search(masked)
    return bool(match) and not _HELD_OFF.search(masked[max(0, match.start() - 60) : match.end()]) if match else False


def is_closed_step(masked: str) -> bool:
    """Whether the sentence says that blocks or ketamine can't be given."""
    return bool(_CLOSED.search(masked)) and bool(re.search(r"<[a-z|]*(?:block|ketamine)", masked))


def is_no_failure(whole: str) -> bool:
    """Whether the text itself keeps what can't be given apart from what has failed."""
    return bool(_NO_FAILURE.search(whole))


def has_failed_blocks(masked: str) -> bool:
    """Whether the sentence says that blocks have failed."""
    return bool(
        re.search(rf"{_BLOCKS}[^.;<]{{0,60}}(?:<[a-z|]+> )?\b{FAILED}|\b{FAILED}\w*\b[^.;<]{{0,30}}{_BLOCKS}", masked)
    )

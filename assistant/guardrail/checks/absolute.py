"""Absolutes: cure, freedom from risk, an effect without exception."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import Context
from assistant.guardrail.risks import HARM, masked
from assistant.guardrail.rules import finding
from assistant.guardrail.safety_mood import is_asserted
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document

_FOREVER: Final = (
    r"(?:for good|for ever|forever|for life|once and for all|permanently|never to (?:return|come "
    r"back|recur)|never (?:returns?|comes? back|recurs?)|"
    r"will not (?:return|come back|recur)|(?:does|do) not (?:return|come back))"
)
_CURE: Final = re.compile(
    r"\b(?:cures?|cured|curing|curative|eradicat\w+)\b|\b(?:is|are|be|was|were|been|fully|completely|"
    r"permanently) healed\b|"
    rf"\b(?:gone|disappear\w*|vanish\w*|abolish\w*|eliminat\w+|rid|freed?|over|ends?|ended|stops?|"
    rf"away|banish\w*|pain-free|wip\w+ out|resolv\w+)\b[^.;!?]{{0,50}}\b{_FOREVER}\b|"
    r"\bpermanent(?:ly)? (?:relie\w+|eliminat\w+|ends?|abolish\w*|resol\w+|remov\w+|pain-free|free|"
    r"gone)\b|\bnever (?:hurts?|feel\w* pain|be in pain) again\b"
)
# A cure that is spoken of, and not expected.
_NO_CURE: Final = re.compile(r"^[^.;]{0,40}\b(?:not|never|unrealistic|unlikely|no)\b")
_WHOLLY: Final = (
    r"(?:completely|entirely|totally|perfectly|absolutely|utterly|wholly|100 ?%|100 per ?cent|a? "
    r"?hundred per ?cent|fully|always|invariably|inherently)"
)
_SAID: Final = (
    r"(?:figures?|rates?|numbers?|factors?|data|estimates?|lists?|(?:is|are|was|were)? ?(?:\w+ )?(?:given|"
    r"listed|named|stated|mentioned|described|quoted|specified))\b"
)
_RISK_FREE: Final = re.compile(
    rf"(?<!lists )(?<!names )(?<!states )(?<!mentions )(?<!gives )(?<!describes )(?<!list )(?<!quotes "
    rf")\b(?:(?:risk|danger|complication|side[- ]effect|hazard|harm)[- ]?free\b|free (?:of|from) "
    rf"(?:any |all |every |the )?{HARM}\b|"
    rf"(?:no|zero|nil|without|not (?:a|any|one|a single|the slightest)) (?:(?:any|a|known|real|possible|"
    rf"conceivable|single|the slightest|associated|attendant|whatsoever) )*{HARM}\b"
    rf"(?! (?:{_SAID}|in (?:asking|waiting|checking|saying|trying)|of (?!any kind|any sort)))|"
    rf"{_WHOLLY} (?:safe|harmless)\b|safe as houses|safe (?:in|for) (?:every|all|any|each)|guaranteed safe|"
    r"nothing (?:at all )?(?:that )?(?:can|could|will|ever) (?:possibly |ever )?goe?s? wrong|nothing "
    r"ever goes wrong|(?:never|can not) goe?s? wrong|nothing to (?:lose|fear)\b|"
    r"(?:can|could|will|does|do) no harm\b|(?:never|can not|could not) (?:do |cause )?(?:any )?(?:harm|"
    r"hurt)\b|harmless\b|innocuous\b|foolproof\b|"
    r"nothing but (?:benefits?|upsides?|advantages?)|(?:only|pure) (?:benefits|upsides?)|gives? no (?:trouble|bother))"
)
# Events of a trial or of one patient: what was (not) seen there is no claim about the treatment.
_ONE_PATIENT: Final = re.compile(
    r"\b(?:he|she|(?:the|this|your|our|my) patient|mrs? \w+|i|we) (?:\w+ ){0,2}?(?:had|has|tolerated|"
    r"suffered|reported|experienced|was|came|went|noticed)\b"
)
_REPORTED: Final = re.compile(r"\b(?:reported|recorded|noted|observed|seen|found)\b")
_HELPS: Final = (
    r"(?:works?|helps?|helped|relieves?|relieved|responds?|responded|succeeds?|benefits?|benefited|"
    r"improves?|improved|gets? (?:better|well|relief)|recovers?|"
    r"(?:is|are) (?:effective|successful|helped|relieved)|pain-free|suits?|fails?|eases?|takes? "
    r"(?:your|the|their) pain away|take away)"
)
_ALL: Final = (
    r"(?:(?:every(?: single)?|each(?: and every)?|all(?: of)?(?: the| our| these| your)?|100 ?% "
    r"of(?: the)?) (?:\w+ )?(?:patients?|people|person|cases?|individuals?|sufferers?|time)|"
    r"everyone|everybody|invariably|without (?:exception|fail)|every time|universally|unfailingly|"
    r"100 ?% of the time|anyone)"
)
_ABSOLUTE: Final = re.compile(
    rf"\bguarant\w+|\b(?:is|are) (?:a certainty|a sure thing|assured)\b|\bnever (?:disappoints?|lets? "
    rf"\w+ down)\b|\bsure-?fire\b|\binfallibl\w+|\b(?:never|can not) fails?\b|\b(?:certain|sure|bound|"
    rf"guaranteed) to {_HELPS}|"
    r"\b(?:promise|assure|swear)\b[^.;<>]{0,40}[^.;]{0,20}\b(?:relie\w*|pain|works?|help|succe\w+|respond|improve)\b|"
    rf"\b{_ALL}(?:(?! who | whose )[^.;:!?]){{0,40}}?\b{_HELPS}\b|\b{_HELPS}(?: \w+){{0,2}}? (?:(?:in|"
    rf"for|with|to) )?{_ALL}\b|"
    rf"\balways {_HELPS}\b|\b{_HELPS} always\b|\b100 ?%? (?:effective|successful)\b|\b100 per ?cent "
    rf"(?:effective|successful)\b|"
    rf"\bnever (?:ever )?(?:{_HELPS}|effective|of (?:any )?use)\b|\b(?:useless|worthless|a waste of time)\b|"
    r"\b(?:no|not a single|not one) (?:patients?|one|person)(?: with [^.;]{0,30}?)? (?:will |can "
    r"|ever )*(?:benefits?|responds?|improves?|gets? (?:better|relief))\b"
)  # fmt: skip


def absolute(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on absolutes."""
    for position, unit in enumerate(document.units):
        text = masked(unit.text).text
        for match in _CURE.finditer(text):
            if is_asserted(document, position, text, match.span()) and not _NO_CURE.search(text[match.end() :]):
                yield finding("ABS-1", document, unit)
        for match in _RISK_FREE.finditer(text):
            if is_asserted(document, position, text, match.span()) and not _ONE_PATIENT.search(
                text[: match.end() + 10]
            ):
                yield finding(
                    "ABS-2",
                    document,
                    unit,
                    severity="caution" if _REPORTED.search(text[match.end() : match.end() + 40]) else None,
                )
        for match in _ABSOLUTE.finditer(text):
            if is_asserted(document, position, text, match.span()) and not re.search(r"\bbrief|\bnot\b", match.group()):
                yield finding("ABS-3", document, unit)

"""Risks that are said to be not worth a word: left out, forgotten, nothing to worry about."""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.denials import G
from assistant.guardrail.risks import HARM, RISKS

_TELL: Final = (
    r"(?:mention\w*|discuss\w*|disclos\w*|warn\w*|tell\w*|told|consent\w*|raised?|brought up|bring "
    r"up|list(?:ed)?|includ\w+|inform\w*|worr\w+|talk\w*|cover\w*)"
)
_WHAT: Final = rf"(?P<r>{RISKS}|{HARM})"
_TALK: Final = (
    r"(?:consent\w*|leaflets?|forms?|talks?|lists?|discussions?|conversations?|explanations?|counsel\w+|letters?|"
    r"briefing|"
    r"warnings?|information|sheets?|advice|checklists?|chat|interview)"
)
_NOBODY: Final = (
    r"(?:no ?one|nobody|need not|needs? never|not (?:need|have) to|do not|does not|never|"
    r"no (?:need|cause|reason|point) (?:to|in|for)|hardly)"
)


SILENCED: Final = (
    re.compile(
        rf"\b(?:put|keep|leave|get) (?:the |any |your |all )?(?:\w+ ){{0,2}}?{_WHAT} (?:well |right )?out of (?:your |"
        rf"her |his )?(?:mind|account|view|the picture|sight|the talk|it)\b"
    ),
    re.compile(
        rf"{_WHAT}{G}\b(?:is|are) (?:not|no) (?:an? )?(?:one|ones|something|anything|thing|topic|matter|item|part of "
        rf"what)s? (?:that )?(?:\w+ ){{0,2}}?(?:to|for|needs?|worth|you|we|deserv\w+) (?:\w+ ){{0,3}}?{_TELL}"
    ),
    re.compile(
        rf"{_WHAT}{G}\bno (?:\w+ )?(?:warnings?|mention|consent|discussion|explanation) (?:\w+ )?(?:needed|necessary|"
        rf"required|called for)\b"
    ),
    re.compile(
        rf"\b{_NOBODY} (?:\w+ ){{0,3}}?(?:worr|fear|fret|concern|trouble|los(?:e|ing) sleep|dread|bother|think|"
        rf"agonis|agoniz)\w* "
        rf"(?:\w+ ){{0,3}}?{_WHAT}"
    ),
    re.compile(
        rf"\b(?:relax|rest (?:easy|assured)|be (?:easy|calm|reassured)|have no (?:worries|qualms|fears?)|"
        rf"set your mind at rest"
        rf"|breathe easy|never mind|put your mind at (?:rest|ease)) (?:about|over|as (?:to|regards)|"
        rf"on) (?:\w+ ){{0,3}}?{_WHAT}"
    ),
    re.compile(
        rf"\b(?:can|may|could|should) (?:safely |now |well )?(?:forget|stop (?:worrying|thinking|talking)|"
        rf"put (?:aside|out of)|set aside|"
        rf"disregard|dismiss|discount|ignore)\b[^.;<>]{{0,25}}{_WHAT}"
    ),
    re.compile(
        rf"\b(?:skip|omit|drop|forget|dispense with|spare (?:him|her|them|the patient)|do away with|cut out) (?:the |"
        rf"any |all |your )?"
        rf"(?:\w+ ){{0,2}}?{_WHAT} (?:\w+ )?{_TALK}\b"
    ),
    re.compile(
        rf"{_WHAT}{G}\b(?:need not|needn't|do(?:es)? not (?:need|have) to|not (?:need to|worth|necessary "
        rf"to)|no need to) (?:\w+ ){{0,3}}?{_TELL}"
    ),
    re.compile(
        rf"\b(?:need not|(?:no|zero|little|hardly any|scant|not the slightest) (?:need|reason|point|call|cause|sense|"
        rf"purpose|use) (?:to|in|of|for)|not (?:worth|necessary to|need to|have "
        rf"to)|unnecessary to|pointless to|(?:can|may|should) (?:safely )?(?:skip|omit)) (?:\w+ ){{0,4}}?{_TELL}? "
        rf"?(?:\w+ ){{0,3}}?{_WHAT}"
    ),
    re.compile(
        rf"{_WHAT}{G}\b(?:nothing to (?:worry|be concerned) about|not worth (?:a word|mention)|no "
        rf"cause for concern|(?:leave|left|keep|kept) (?:\w+ )?(?:out|off|from) (?:of )?(?:the |your "
        rf")?(?:consent|leaflet|form|talk|list|discussion|conversation))"
    ),
    re.compile(
        rf"\b(?:do not|need not|no need to|never|no point in) (?:bother|trouble|burden|frighten|scar|"
        rf"alarm)\w*[^.;:!?<>]{{0,50}}{_WHAT}"
    ),
    re.compile(
        rf"\b(?:leave|drop|omit|skip|strike|delete|keep) (?:the |any |all )?(?:mention of )?{_WHAT} "
        rf"(?:out|off|from|unmentioned|unsaid|undiscussed|aside)\b"
    ),
    re.compile(
        rf"{_WHAT}{G}\b(?:drops?|dropp\w+|comes?|falls?|goes|go|fell|taken|struck|crossed|deleted|removed|cut|left|"
        rf"kept|"
        rf"disappears?|vanish\w*|absent|missing)\b[^.;<>]{{0,20}}?\b(?:out of|off|from|out) [^.;<>]{{0,20}}?\b{_TALK}\b"
    ),
    re.compile(
        rf"\b{_TALK}\b[^.;<>]{{0,50}}?\b(?:(?:can|may|could|should|need not|does not need to) (?:safely |"
        rf"well )?(?:leave out|omit|"
        rf"skip|pass over|leave aside|do without|ignore|dispense with|stay silent (?:on|about)|include|cover|"
        rf"mention))\b"
        rf"(?<!can include)(?<!may include)(?<!should include)(?<!could include)(?<!can cover)(?<!may "
        rf"cover)(?<!should cover)"
        rf"(?<!can mention)(?<!may mention)(?<!should mention)(?<!could mention)(?<!could cover) (?:\w+ "
        rf"){{0,3}}?{_WHAT}"
    ),
    re.compile(
        rf"{_WHAT}{G}\b(?:can|may|could|should)(?: \w+)? be (?:left (?:out|off|aside|unsaid|unmentioned)|omitted|"
        rf"skipped|dropped|"
        rf"passed over|ignored|disregarded|forgotten|dismissed|kept quiet|glossed over)\b"
    ),
    re.compile(
        rf"{_WHAT}{G}\b(?:has|have|deserves?|merits?|warrants?|needs?|requires?|calls? for) no "
        rf"(?:place|mention|warning|word|discussion|explanation|comment|consideration|consent|attention|thought)\b"
    ),
)  # fmt: skip

"""Absolutes: cure, freedom from risk, an effect without exception."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import Context
from assistant.guardrail.history import without_history
from assistant.guardrail.risks import HARM, masked
from assistant.guardrail.rules import finding
from assistant.guardrail.safety_mood import is_asserted
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document

_FOREVER: Final = (
    r"(?:for good|for ever|forever|for life|for the rest of (?:your|her|his|their|the) \w+|as long as (?:you|she|he|"
    r"they) lives?|"
    r"never again|once and for all|permanently|never to (?:return|come "
    r"back|recur)|never (?:returns?|comes? back|recurs?)|"
    r"will not (?:return|come back|recur)|(?:does|do) not (?:return|come back)|for all time|ever after|for keeps|"
    r"(?:from then|from that (?:day|moment)|from now) on(?:wards)?)"
)
_CURE: Final = re.compile(
    r"\b(?:cures?|cured|curing|curative|eradicat\w+)\b|\b(?:is|are|be|was|were|been|fully|completely|"
    r"permanently) healed\b|"
    rf"\b(?:gone|disappear\w*|vanish\w*|abolish\w*|eliminat\w+|rid|freed?|over|ends?|ended|stops?|"
    rf"away|banish\w*|pain-free|wip\w+ out|resolv\w+|without (?:any )?pain|painless|no (?:more )?pain|switch\w+ off)\b"
    rf"[^.;!?]{{0,50}}\b{_FOREVER}\b|"
    r"(?<!if the )(?<!if )(?<!as long as the )\b(?:pain|neuralgia|crps|phn|<r\d+>|disease|condition|"
    r"trouble) (?:\w+ ){0,2}?"
    r"(?:(?:does|do|will|can|would) (?:not|never)|never) (?:\w+ )?(?:come back|comes back|returns?|recurs?|relapses?|"
    r"reappears?)\b|"
    r"\bpermanent(?:ly)? (?:relie\w+|eliminat\w+|ends?|abolish\w*|resol\w+|remov\w+|pain-free|free|"
    r"gone)\b|\b(?:relief|remission|analgesia|effect|result|freedom|improvement)s? (?:of|with) (?:a )?permanent\b|"
    r"\b(?:crps|pain|neuralgia|neuropathy|phn|condition|disease|syndrome|illness|suffering|"
    r"problem) (?:\w+ ){0,3}?(?:a thing of the "
    r"past|history\b|no more\b|conquered|beaten|vanquished|defeated|dealt with for good|behind (?:you|her|him|them)\b)|"
    r"\b(?:life-?long|everlasting|eternal|permanent) (?:\w+ )?(?:relief|freedom|remission|analgesia|"
    r"comfort)\b[^.;!?]{0,25}\b(?:assured|"
    r"guaranteed|certain|sure|promised|secured?|theirs|hers|his|yours)\b|\b(?:pain|crps|neuralgia|phn|condition|disease)\b"
    r"[^.;!?]{0,12} (?:is|are|becomes?) (?:now )?(?:an? )?(?:solved|settled|closed) (?:problem|matter|case|chapter)\b|"
    r"\b(?:is|are|be|being|stays?|remains?) (?:\w+ )?(?:free|rid|cured) (?:of|from) (?:it|pain|this|that|"
    r"their pain|the pain) "
    rf"{_FOREVER}|"
    r"\b(?:crps|pain|neuralgia|phn|condition|disease|syndrome|suffering) (?:is|are) (?:simply |then |soon |"
    r"all )?over\b|"
    r"\b(?:pain|burning|allodynia|aching|neuralgia|symptoms|ache) will (?:(?:simply|soon|then|all|be) ){0,2}(?:gone|"
    r"disappear|vanish|cease|stop|go away|be over)\b|"
    r"\b(?:no ?(?:body|one)|not (?:one|a single \w+)|none|no patients?)\b[^.;:!?]{0,60}? (?:is|are|was|were|"
    r"will be|stays?|"
    r"remains?) (?:left )?(?:with|in) (?:\w+ )?pain\b|"
    r"\b(?:conquers?|defeats?|vanquish\w*|beats) (?:the |her |his |your )?(?:crps|pain|neuralgia|phn|disease)\b|"
    r"\bpermanent (?:\w+ )?(?:remission|freedom|solution|fix|effects?|results?|analgesia|improvement)\b|"
    r"\b(?:relief|remission|effect|improvement|result)s? (?:\w+ ){0,2}?(?:is|are|was|were|becomes?|"
    r"proves?) permanent\b|"
    r"\b(?:reverses?|undoes|undo) (?:the )?(?:disease|crps|condition|neuropathy)\b|\bnever (?:hurts?|feel\w* pain|"
    r"be in pain) again\b|\b(?:no (?:\w+ )?|nobody |none (?:of them )?|not one (?:\w+ )?)ever (?:hurts?|suffers?|"
    r"(?:has|feels?|had) (?:any )?pain) (?:again|any ?more)\b|"
    r"\bnever (?:\w+ )?(?:feel|have|know|suffer|experience|be)\w* (?:\w+ ){0,3}pain(?: \w+)? (?:again|any more)\b"
)
# A cure that is spoken of, and not expected.
_NO_CURE: Final = re.compile(
    r"^[^.,;]{0,40}\b(?:not|never|unrealistic|unlikely|no)\b(?! (?:come|comes|return|recur|longer|back|relapse))"
)
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
    rf"(?! (?:{_SAID}|(?:that|which|whom|patients) |in (?:asking|waiting|checking|saying|trying)|of (?!any kind|"
    rf"any sort)))|"
    rf"{_WHOLLY} (?:safe|harmless)\b|safe as houses|safe (?:in|for) (?:every|all|any|each)|guaranteed safe|"
    r"nothing (?:at all )?(?:that )?(?:can|could|will|ever) (?:possibly |ever )?goe?s? wrong|"
    r"nothing (?:(?!but\b|more\b|else\b)[\w<>-]+ ){0,7}?(?:can|could|will|would|might) (?:possibly |ever )?(?:harm|"
    r"hurt|injure|"
    r"damage)\b|nothing "
    r"ever goes wrong|(?:never|can not) goe?s? wrong|nothing to (?:lose|fear)\b|"
    r"(?:can|could|will|does|do) (?:no|not (?:do )?(?:any|the least|the slightest)) (?:\w+ )?(?:harm|mischief|damage|"
    r"injury|hurt|ill)\b|(?:does|do|will|can) (?:do )?nothing (?:at all )?(?:untoward|bad|harmful|nasty|serious|"
    r"adverse|ill|"
    r"dangerous|unpleasant)\b|(?<!were )(?<!was )(?:never|can not|could not) (?:do |"
    r"cause )?(?:any )?(?:harm|"
    r"hurt)\b|harmless\b|innocuous\b|foolproof\b|"
    r"nothing (?:\w+ )?(?:serious|bad|untoward|grave|harmful|adverse|dangerous) (?:can|could|will|ever)\b|"
    rf"(?:abolish\w*|eliminat\w*|remov(?:es?|ed|ing)|do(?:es)? away with|did away with|get(?:s|ting)? rid of|"
    rf"rids? \w+ of|"
    rf"banish\w*|eradicat\w*|nullif\w+|reduc\w+ to (?:zero|nil|nothing)|rul(?:es?|ed|ing) out|exclud(?:es?|ed|ing)|"
    rf"preclud\w+|tak(?:es?|en|ing) away|erases?) (?:\w+ ){{0,3}}?(?:{HARM}|danger)|"
    rf"{HARM}(?: \w+){{0,4}}? (?:is|are|can be|will be|gets?) (?:\w+ ){{0,2}}?(?:abolished|eliminated|removed|"
    rf"done away with|banished|nil\b|zero\b|non-?existent|reduced to (?:zero|nil|nothing)|a thing of the past)|"
    rf"{HARM}(?: \w+){{0,4}}? (?:always|invariably) (?:be )?(?:avoid\w*|prevent\w*)|"
    r"nothing but (?:an? )?(?:benefits?|upsides?|advantages?|gains?)|(?:only|pure) (?:benefits|upsides?)|"
    r"gives? no (?:trouble|bother))"
)
# What a treatment is said to do without exception, whatever it is; duties and the order of steps are none of it.
_EVERY_TIME: Final = re.compile(
    r"<i\d+>(?: \w+){0,3}? (?:always|invariably|unfailingly|without fail|never fails? to) "
    r"(?!discuss|ask|warn|check|consider|need|requir|com(?:es?|ing)\b|follow|preced|explain|tell|be\b|call|mean|"
    r"has to|have to|"
    r"give way|start|begin|use|only|after|before|in\b|on\b|under|with|when|if|the same|painless|safe|a\b|carr|involv|"
    r"an\b)\w+"
)
# A risk said to come with every treatment or to every patient.
_WITH_ALL: Final = re.compile(
    r"<r\d+>(?: \w+){0,3}? (?:follow|accompan|occur|happen|come|comes|develop|appear|result|aris|attend)\w*"
    r"(?: (?:after|with|in|from|on|to))? (?:\w+ )?(?:(?:every|each|all|any)\b[^.;,]{0,12}(?:<i\d+>|patients?\b|people|"
    r"person|cases?\b)|always|invariably|without (?:exception|fail))|"
    r"\b(?:every|each|all)(?: single)? (?:\w+ ){0,2}?(?:patients?|people|person|<i\d+>)(?: (?:given|on|having|with|"
    r"after|who (?:has|have|had|gets?|receives?)))?(?: <i\d+>)? (?:has|have|gets?|develops?|experiences?|suffers?|"
    r"ends? (?:up|in)|causes?|produces?|brings?|gives?)(?: (?:with|an?|some|about|on))? <r\d+>|"
    r"<r\d+>[^.;]{0,60}?, (?:without (?:exception|fail)|every time|in (?:every|each) case|always)\b"
)
# "SCS: no serious risks", "risks of the block: none": a label with its entry, and no verb.
_LABELLED: Final = re.compile(
    r"^\W*<i\d+>(?: \w+)? ?[:=–-] ?(?:no|zero|nil|without|free of) (?:\w+ ){0,2}(?:risks?|complications?|dangers?|"
    r"hazards?|downsides?)\W*$|"
    r"^\W*(?:(?:the|serious|major|main|possible) )*(?:<i\d+> )?(?:(?:serious|major|main) )?(?:risks?|complications?|"
    r"dangers?|hazards?|downsides?)(?: (?:of|with|in|after)(?: an?| the)? <i\d+>)? ?[:=?] ?(?:none\b(?! (?:is|are|was|"
    r"were|given|listed|stated|reported|of))|nil\b|zero\b|no\W*$|nothing\b|negligible|not an issue|not a concern)"
)
# Somebody wants one, or the word itself is meant.
_WISHED: Final = re.compile(
    r"\b(?:wants?|wanted|wanting|seeks?|seeking|sought|hop(?:es?|ed|ing) for|ask(?:s|ed|ing)? (?:for|about)|look(?:s|"
    r"ed|ing) for|"
    r"expect\w*|wish\w*(?: for)?|longs? for|search for|talk of|word|instead of|short of|promis\w+|dreams? of) "
    r"(?:an? |the |any )?(?:\w+ )?[\"']?$"
)
# "Harmless it is not."
_FRONTED_NOT: Final = re.compile(r"^\W*(?:it|they|this|that|these|<i\d+>) (?:is|are) (?:certainly |surely )?not\b")
# Events of a trial or of one patient: what was (not) seen there is no claim about the treatment.
_ONE_PATIENT: Final = re.compile(
    r"\b(?:he|she|(?:the|this|your|our|my) patient|mrs? \w+|i|we) (?:\w+ ){0,2}?(?:had|has|tolerated|"
    r"suffered|reported|experienced|was|came|went|noticed)\b"
)
# "It never helped her" is one patient's past.
_NEVER_DID: Final = re.compile(r"\bnever (?:\w+ )?\w+ed$")
_ONE_PERSON: Final = re.compile(r"\b(?:he|she|him|her|his|hers|i|my|mr|mrs|ms)\b")
_REPORTED: Final = re.compile(r"\b(?:reported|recorded|noted|observed|seen|found)\b")
_HELPS: Final = (
    r"(?:works?|helps?|helped|relieves?|relieved|responds?|responded|succeeds?|benefits?|benefited|"
    r"improves?|improved|gains?|profits?|gets? (?:better|well|relief)|recovers?|"
    r"(?:comes? (?:out|away)|ends? up|goes? home|leaves?|walks? (?:out|away)) (?:with )?(?:less pain|better|"
    r"in less pain|"
    r"relieved|helped|pain-free|free of pain|with relief)|(?:has|gets?|feels?|enjoys?) (?:\w+ )?less pain|"
    r"(?:is|are) (?:effective|successful|helped|relieved)|pain-free|suits?|fails?|eases?|takes? "
    r"(?:your|the|their) pain away|take away)"
)
_GIVES: Final = (
    r"(?:brings?|gives?|provides?|produces?|yields?|achieves?|delivers?|leads? to) (?:\w+ )?"
    r"(?:relief|benefit|success|results?)"
)
_ALL: Final = (
    r"(?:(?:every(?: single)?|each(?: and every)?|all(?: of)?(?: the| our| these| your)?|100 ?% "
    r"of(?: the)?) (?:\w+ )?(?:patients?|people|person|cases?|individuals?|sufferers?|time)|"
    r"everyone|everybody|invariably|without (?:exception|fail)|every time|universally|unfailingly|"
    r"100 ?% of the time|anyone)"
)
_ABSOLUTE: Final = re.compile(
    rf"\bguarant\w+\b(?! (?:nothing|no|neither)\b)|\b(?:is|are) (?:a certainty|a sure thing|assured)\b|"
    rf"\bthat(?:'s| is) (?:quite )?(?:certain|"
    rf"for sure|a promise)\b|\bnever (?:disappoints?|lets? "
    rf"(?:\w+ ){{1,3}}down|lets? (?:\w+ ){{0,2}}(?:patients?|people) down)\b|\bsure-?fire\b|\binfallibl\w+|\b(?:never|"
    rf"can not) fails?\b|\b(?:certain|sure|bound|"
    rf"guaranteed) to {_HELPS}|"
    r"\b(?:promise|assure|swear)\b[^.;<>]{0,40}[^.;]{0,20}\b(?:relie\w*|pain|works?|help|succe\w+|respond|improve)\b|"
    rf"\b{_ALL}\b[^.;:!?]{{0,40}}? who (?:has|have|had|gets?|receives?|(?:is|are) (?:given|treated)|tries|try|"
        rf"undergo(?:es)?)"
    rf"\b[^.;:!?]{{0,50}}?\b{_HELPS}\b|"
    rf"\b{_ALL}(?:(?! who | whose )[^.;:!?]){{0,40}}?\b{_HELPS}\b|\b{_HELPS}(?: \w+){{0,5}}? (?:(?:in|"
    rf"for|with|to) )?{_ALL}\b|"
    r"\b(?:count|rely|bank|depend) on (?:\w+ ){0,3}?(?:success|relief|benefit|response|results?|effect|"
    r"it)\b[^.;]{0,20}?"
    r"\b(?:every time|always|without fail|in (?:every|all|each)|each time)\b|"
    rf"\b{_ALL}(?:(?! who | whose )[^.;:!?]){{0,60}}?\b(?:count on|rely on|bank on|be sure of|be certain of|"
    rf"be promised)\b|"
    rf"\b(?:always|invariably|unfailingly|infallibly|without fail|in every case|in all cases) (?:{_GIVES}|{_HELPS})\b|"
    rf"\b{_GIVES}(?: \w+){{0,3}}? (?:to|in|for) {_ALL}\b|"
    rf"\b{_GIVES} (?:always|invariably|every time|without (?:fail|exception)|in (?:every|all|each)\b)|"
    r"\b(?:always|invariably|without exception|every time) (?:follow|accompan|come after|result from|"
    r"attend)\w* (?:[\w-]+ ){0,4}?"
    r"(?:<i\d+>|a block)|"
    r"\bmak\w+ (?:the )?(?:success|failure)\b[^.;]{0,40}\b(?:certain|sure|beyond doubt|a certainty)\b|"
    r"\bwill (?:surely |certainly |definitely )?(?:bring|give|provide|produce|achieve|"
    r"deliver)\w* (?:\w+ ){0,3}?(?:sustained|lasting|"
    r"long-lasting|complete|full|excellent) (?:\w+ )?(?:relief|analgesia|improvement|benefit)\b|"
    rf"\b(?:stops|ends|abolishes|removes|takes away|eliminates|"
    rf"switches off)\b[^.;]{{0,40}}\bpain\b[^.;]{{0,25}} (?:in|for|of) {_ALL}\b|"
    rf"\balways {_HELPS}\b|\b{_HELPS} always\b|\b100 ?%? (?:effective|successful)\b|\b100 per ?cent "
    rf"(?:effective|successful)\b|"
    rf"\bnever (?:ever )?(?:{_HELPS}|effective|of (?:any )?use)\b|\b(?:useless|worthless|a waste of time)\b|"
    r"\b(?:no|not a single|not one) (?:patients?|one|person)(?: with [^.;]{0,30}?)? (?:will |can "
    r"|ever |has |have |been )*(?:benefits?|benefit(?:t?ed)|responds?|responded|improves?|improved|helped|relieved|"
    r"gets? (?:better|relief))\b"
)  # fmt: skip


def absolute(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on absolutes."""
    for position, unit in enumerate(document.units):
        text = masked(unit.text).text
        for match in _CURE.finditer(text):
            if is_asserted(document, position, text, match.span()) and not (
                _NO_CURE.search(text[match.end() :]) or _WISHED.search(text[max(0, match.start() - 40) : match.start()])
            ):
                yield finding("ABS-1", document, unit)
        if _LABELLED.search(text) and "<i" in text and not unit.is_retracted:
            yield finding("ABS-2", document, unit)
        for match in _RISK_FREE.finditer(text):
            if is_asserted(document, position, text, match.span()) and not (
                _ONE_PATIENT.search(text[: match.end() + 10]) or _FRONTED_NOT.search(text[match.end() :])
            ):
                yield finding(
                    "ABS-2",
                    document,
                    unit,
                    severity="caution" if _REPORTED.search(text[match.end() : match.end() + 40]) else None,
                )
        for match in (*_ABSOLUTE.finditer(text), *_EVERY_TIME.finditer(text), *_WITH_ALL.finditer(text)):
            # "Tablets useless" is a patient's history.
            is_told = without_history(text)[match.start() : match.end()].strip() == match.group()
            is_said = is_told and is_asserted(document, position, text, match.span())
            is_past = _NEVER_DID.search(match.group()) and _ONE_PERSON.search(text)
            if is_said and not is_past and not re.search(r"\bbrief|\bnot\b", match.group()):
                yield finding("ABS-3", document, unit)

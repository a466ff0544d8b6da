"""Certainty: treatments called proven or disproved, evidence said to rest on trials, brief relief said to last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.checks.candidates import listed
from assistant.guardrail.context import says_silence
from assistant.guardrail.rules import finding
from assistant.guardrail.subjects import Subject
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

_NOT: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|hardly|whether|rather than|unlike|nothing|few|yet to be|"
    r"far from|anything but|less|lack\w*|if|unless|until|may|might|wrong\w*|question|want of|instead of|short of)\b|"
    r"n't\b",
    re.IGNORECASE,
)
_EFFECT: Final = (
    r"(?:works?|effective\w*|efficac\w+|helps?|relieves?|benefits?|beneficial|superior|reduces?|eases?|success\w*|"
    r"useful)"
)
_TREATMENT: Final = (
    r"(?:treatments?|therap(?:y|ies)|remed(?:y|ies)|options?|interventions?|methods?|techniques?|tools?|means|"
    r"choice|approach|modalit(?:y|ies)|measures?|painkillers?|analgesics?|value|worth|benefit|efficacy|effectiveness)"
)
# Proven, whatever the treatment.
_PROVEN: Final = re.compile(
    r"\bgold[- ]standards?\b|\b(?:treatment|therapy|intervention|method|option) of (?:first )?choice\b|"
    rf"\b(?:proven|well[- ]proven|validated|definitive|(?:firmly |well[- ])established|undisputed|unquestioned|"
    rf"uncontested|accepted as (?:a )?proven|tried and tested|evidence-based) (?:\w+ ){{0,2}}?{_TREATMENT}\b|"
    rf"\b(?:unquestionab|undoubted|indisputab|incontrovertib|undeniab|conclusive|definitive|categorical|demonstrab|"
    rf"irrefutab|unequivocal|incontestab|decisive)ly (?:\w+ ){{0,3}}?(?:{_EFFECT}|shown|proven|established)\b|"
    rf"\b(?:clearly|firmly|well|amply|beyond (?:any |all )?(?:reasonable )?(?:doubt|dispute|question)) "
    rf"(?:proven|established|demonstrated|supported|documented|validated)\b|"
    rf"\b{_EFFECT}(?: \w+){{0,4}}? (?:beyond (?:any |all )?(?:reasonable )?(?:doubt|dispute|question)|without question|"
    rf"for certain|for sure)\b|"
    rf"\b(?:no ?(?:one|body)|none|few|hardly anyone|scarcely anyone)(?: \w+){{0,3}}? (?:doubts?|disputes?|questions?|"
    rf"denies|deny|contests?|"
    rf"argues?|challenges?)\b[^.;]{{0,60}}\b{_EFFECT}\b|"
    rf"\b(?:cannot|can't|can no longer|could not) be (?:doubted|disputed|questioned|denied|contested)|"
    rf"\b(?:everyone|everybody|all|experts|most \w+) (?:now )?(?:agrees?|accepts?|"
    rf"acknowledges?)(?: that)?\b[^.;]{{0,60}}\b{_EFFECT}\b|"
    rf"\b(?:it is|it's|has become|now) (?:generally |widely |universally |now )*(?:accepted|agreed|acknowledged|"
    rf"certain|clear|beyond (?:doubt|dispute)) "
    rf"that\b[^.;]{{0,60}}\b{_EFFECT}\b|"
    rf"\b(?:must|is sure to|are sure to|is certain to|is bound to) (?:work|help|be effective)\b|"
    rf"\b(?:settled|shown|proved|proven|established|demonstrated|confirmed) (?:beyond (?:\w+ )?\w+|conclusively|"
    rf"once and for all|"
    rf"for good|definitively|firmly|for certain)\b|"
    rf"\bclearly {_EFFECT}\b|\bno (?:\w+ )?(?:doubt|question)(?: now)?(?: that| about)\b[^.;]{{0,60}}\b{_EFFECT}\b|"
    rf"\b(?:efficacy|effectiveness|benefit|value|worth)\b[^.;]{{0,40}}\b(?:is|are|has been|been|was) (?:now |by now |"
    rf"well |firmly |clearly |fully |long )*(?:proven|established|settled|beyond|certain|undisputed|undoubted)\b",
    re.IGNORECASE,
)
# Superlatives in the form of a denial, and a grade carried over from the recommendation.
_UNSURPASSED: Final = re.compile(
    r"\bcould (?:hardly|not|scarcely) be (?:any )?(?:better|stronger|clearer|firmer|greater)\b|"
    r"\bcouldn't be (?:better|stronger|clearer)\b|"
    r"\bno(?:thing| other \w+)?\b[^.;]{0,50}?\b(?:as|so|better|more) (?:well |firmly |clearly |convincingly )?"
    r"(?:proven|supported|established|effective|documented|certain|reliable)\b(?! (?:here|in the review))|"
    r"\bsecond to none\b|\bwithout (?:equal|rival|peer)\b|\bunrivalled\b|\bunmatched\b|"
    r"\bstrong(?:ly)?\b[^.;]{0,40}?\bso (?:is|are) (?:the |its |their )?(?:\w+ )?(?:evidence|data|support|proof)\b",
    re.IGNORECASE,
)
# "Proven to help", which the review does say of spinal cord stimulation ("shown to be effective").
_SHOWN: Final = re.compile(
    rf"\b(?:proven|proved|established)(?: \w+){{0,4}}? {_EFFECT}\b|\bestablished {_TREATMENT}\b|\b(?:well|amply|"
    rf"richly) documented\b|\bproven in\b",
    re.IGNORECASE,
)
_IDLE_NOT: Final = re.compile(
    r"\b(?:no ?(?:one|body)|none|few|no (?:\w+ )?(?:doubt|question)|without question)\b", re.IGNORECASE
)
_TRIALS: Final = (
    r"(?:randomi[sz]ed|RCTs?|(?:placebo[- ]|sham[- ])?controlled|double[- ]blind\w*|meta-?analys\w+|"
    r"(?:clinical|prospective|comparative) trials?|trials\b|high[- ]quality (?:studies|research))"
)
_LETTER: Final = re.compile(
    r"\b(?i:evidence|studies|data)(?i:(?: level| grade| class)?) ?[:=(]? ?(?:level |grade |class )?(?:A|I|1|1a|Ia|1A|"
    r"IA|\+\+\+)(?![\w-])"
)
_MOSTLY: Final = re.compile(
    r"\b(?:most(?:ly)?|majority|bulk|mainly|largely|chiefly|predominantly|primarily|above all|mainstay|principally|"
    r"greater part|lion's share|overwhelmingly|entirely|all of|rests? (?:up)?on|based on|built on|derives? from|"
    r"grounded in|drawn from)\b"
    rf"(?:(?!\bcase|\bfew\b|\black|\blimited|\bone\b|\bsmall|\bserie|\bsingle|\ba\b|\btwo\b|"
    rf"<)[^.;]){{0,90}}?\b{_TRIALS}",
    re.IGNORECASE,
)
_MANY: Final = re.compile(
    r"\b(?:several|many|numerous|multiple|large(?:-scale)?|big|major|dozens of|scores of|a number of|a string of|"
    r"a host of|abundant|well[- ](?:designed|conducted|powered)|high[- ]quality|robust|repeated)"
    rf"(?:,? (?:and )?(?!case|small|retro)[\w-]+){{0,3}}? {_TRIALS}",
    re.IGNORECASE,
)
_TRIALS_WANTED: Final = re.compile(
    r"\b(?:needed|await\w*|anticipat\w*|expect\w*|future|want\w*|should|would|more|lacking|missing|scarce|required|"
    r"north|kumar|gilmore|deer)\b",
    re.IGNORECASE,
)
_DISPROVED: Final = re.compile(
    r"\b(?:discredited|disprove[nd]|disproved|debunked|refuted|unproven|untested|unstudied|bogus|quackery|"
    r"placebo effect|"
    r"(?:no|hardly) (?:better|more effective|different) (?:than|from) (?:a )?(?:placebo|saline|sham|chance|dummy|"
    r"nothing)|"
    r"(?:does|do) nothing (?:for|in|to)|"
    r"(?:nothing|little) (?:to (?:show|support|suggest|back)|behind|speaks? for|to recommend|in favou?r)|(?:devoid|"
    r"bereft) of|"
    r"(?:not|[a-z]*n't|no|without|never)(?: a)? (?:shred|scrap|iota|jot)|(?:purely|merely|only) anecdotal|"
    r"(?:amounts?|comes?|adds? up) to (?:very |next to )?(?:little|nothing)|hardly amounts to|not worth the paper|"
    r"written off|"
    r"exploded|overturned|(?:been|largely|widely|generally|now|long) abandoned|abandoned by\b|dead end|"
    r"flimsiest|house of cards|"
    r"(?:rests? on|based on|nothing (?:but|more than)) anecdotes?|never been (?:studied|tested|examined|shown)|"
    r"(?:studies|trials|research) (?:have |has )?(?:all |consistently )?failed to show)\b",
    re.IGNORECASE,
)
_IF: Final = re.compile(
    r"\b(?:if|unless|whether|not (?:un|dis)|long[- ]?standing|diffuse\w*|prevent\w*)\b", re.IGNORECASE
)
_RELIEF: Final = (
    r"(?:relie\w+|effects?|benefits?|remission|analgesia|improve\w+|pain[- ]free\w*|better|freedom|results?|success|"
    r"comfort\w*|painless|quiet|asleep|settled|well|response|pain (?:control|reduction)|well)"
)
_LASTING: Final = (
    r"(?:long[- ]?lasting|lasting|long[- ]term|(?:for|over|in) the long (?:term|run|haul)|durable|durably|"
    r"enduring\w*|endures?|"
    r"lastingly|permanent\w*|(?:for|of|after|over|lasts?) (?:many |several |some |\w+ )?(?:years|decades)|"
    r"(?:a|one|two|three|five|\d+)[- ](?:whole )?(?:years?|yrs?)|for (?:a|the|at least a) (?:whole |full )?year|"
    r"for life|for good|for ever|forever|"
    r"indefinite\w*|sustained|years later|"
    r"(?:for|of) (?:many|several|\d+|six|nine|twelve) months|persists?|does not (?:fade|wear off)|never (?:fades?|"
    r"wears? off))"
)
_LASTS: Final = re.compile(
    rf"\b(?:pain|symptom)[- ]free (?:\w+ )?(?:years|decades|life)\b|\b(?:years|"
    rf"decades) of\b[^.;:]{{0,20}}?\b{_RELIEF}\b|\b{_LASTING}\b[^.;:]{{0,30}}?\b{_RELIEF}\b|"
    rf"\b{_RELIEF}\b[^.;:]{{0,50}}?\b{_LASTING}(?!\w)",
    re.IGNORECASE,
)
_NOT_LASTING: Final = re.compile(
    r"\b(?:fail\w*|inadequate|briefly?|short\w*|adverse|side|unwanted|optimal|dos\w+|variable|variabl[ey]|varies|vary|"
    r"complications?|safety|studies|research|data|evidence|long-standing|recurr\w*|return\w*|scs|"
    r"harms?|risks?|retrospective|weeks?)\b",
    re.IGNORECASE,
)


def strength(document: Document, unit: Unit, subject: Subject) -> Iterator[Finding]:
    """At most one finding; silence of the review, questions and corrections are the caller's to leave out."""
    if len(subject.steps) != 1 or says_silence(unit):
        return
    step = next(iter(subject.steps))
    rule = _proven(unit, step) or _basis(unit, step) or _disproved(unit, subject, step) or _lasts(unit, step)
    if rule:
        yield finding(rule, document, unit, statement="block-benefit-evidence-whole" if step == "block" else None)


def _proven(unit: Unit, step: str) -> str | None:
    if _UNSURPASSED.search(unit.text):
        return "EVI-1"
    for pattern in (_PROVEN, *(() if step == "scs" else (_SHOWN,))):
        for match in pattern.finditer(unit.text):
            before = _clause_before(unit.text, match.start())
            if not _NOT.search(_IDLE_NOT.sub(" ", before)) and not _after_denies(unit.text, match.end()):
                return "EVI-1"
    return None


def _after_denies(text: str, end: int) -> bool:
    return bool(
        re.match(r"[^.;,]{0,40}\b(?:is not|isn't|are not|aren't|wrong|no\b|lacking|missing|remains)", text[end:])
    )


def _clause_before(text: str, at: int) -> str:
    return re.split(r"[;:—]|, (?:but|and|so|while|whereas|yet)\b|\b(?:but|although|though)\b", text[:at])[-1]


def _basis(unit: Unit, step: str) -> str | None:
    """Trials as the ground of what rests mostly on case reports, or large ones where they are small."""
    if step not in ("block", "ketamine"):
        return None
    patterns = (_MOSTLY, _MANY) if step == "block" else (_MANY,)
    if _LETTER.search(unit.text):
        return "EVI-1"
    for pattern in patterns:
        for match in pattern.finditer(unit.text):
            if not _NOT.search(_clause_before(unit.text, match.start())) and not _TRIALS_WANTED.search(unit.text):
                return "EVI-1"
    return None


def _disproved(unit: Unit, subject: Subject, step: str) -> str | None:
    match = _DISPROVED.search(unit.text)
    if not match or _IF.search(unit.text) or _NOT.search(_clause_before(unit.text, match.start())):
        return None
    fits = not subject.own_conditions or subject.own_conditions & {*listed(step), "crps_1"}
    return "EVI-2" if fits else None


def _lasts(unit: Unit, step: str) -> str | None:
    if step not in ("block", "ketamine"):
        return None
    for match in _LASTS.finditer(unit.text):
        start = len(unit.text[: match.start()]) - len(_clause_before(unit.text, match.start()))
        end = re.search(r"[;.]|\bbut\b|$", unit.text[match.end() :])
        clause = unit.text[start : match.end() + (end.start() if end else 0)]
        if not _NOT.search(clause) and not _NOT_LASTING.search(clause):
            return "EVI-11"
    return None

"""Outside: treatments, drugs, conditions and people that the review does not have, directed or asserted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.context import Context, corrects_error, says_silence
from assistant.guardrail.history import without_history
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit
from assistant.guardrail.unknown import is_grave, unknown_treatment
from assistant.reading import Mention, is_negated

_TREATMENTS: Final = frozenset({"treatment", "drug"})
# Topics on which a plain assertion can only be made up; the others are words of daily practice.
_TOPICS: Final = frozenset({"money", "devices_mri", "driving_work", "diagnosis_tools"})
# Groups of the list whose words a right answer needs for referral and precautions.
_PRACTICE: Final = frozenset({"cardiology_far", "anticoagulants", "antibiotics", "sedative_drugs", "breathing_allergy"})
# Surgery that the review names and has as no step; to direct it goes beyond the review, to tell of it does not.
_SURGERY: Final = frozenset({"sympathectomy", "reoperation"})
_OF_TRIAL: Final = re.compile(
    r"\b(?:randomi[sz]\w+|allocat\w+|assign\w+|trial of|compar\w+|versus|vs?|(?<!rather )than|cross\w*|groups?|arms?|"
    r"north|switch\w*|by lot|\d+ (?:out )?of (?:the )?\d+|"
    r"incomplete)\b",
    re.IGNORECASE,
)
_VERBS: Final = (
    r"(?:offer|start|begin|commence|give|add|try|use|go (?:straight )?(?:for|to|with)|go with|move (?:on )?to|"
    r"proceed (?:to|with)|go on (?:to|with)|turn to|resort to|progress to|advance to|escalate to|step up to|"
    r"fall back on|"
    r"reach for|look to|bring in|send (?:\w+ ){0,2}for|put (?:\w+ ){0,2}forward for|switch|swap|change to|consider|"
    r"put (?:in|on)|insert|implant|place|fit|run|try|"
    r"refer|"
    r"book|arrange|prescribe|titrate|inject|perform|do|choose|pick|prefer|opt for|order|schedule|recommend|"
    r"suggest|advise|propose|favou?r|combine|rotate|plan|put (?:him|her|them) on)"
)
_DIRECT: Final = re.compile(
    rf"(?:^|[.;:,>(\"]\s*|\b(?:then|next|and|or|please|now|to|can|could|should|may|might|would|must|will|i'd|"
    rf"i'll|we|you|i|so|instead|first|either|also|just|simply|rather|always)\s+){_VERBS}(?:ing|s|ed)?\b"
    r"|\b(?:should|could|can|may|might|must|ought to|needs? to) (?:\w+ )?(?:have|get|receive|undergo)\b"
    r"|\b(?:i|we)(?:'d| would|'ll| will| do| always)? (?:\w+ )?(?:want|like|need|have|take|get)\b(?! to\b)"
    r"|\b(?:second|third|last|final|other|best)(?:-line| choice| option| step| resort)\b[^<;.]{0,30}(?:is|:|=|would be)"
    rf"|\b(?:considering|trying|starting|offering|adding|giving|using|recommend\w*|prefer\w*)\b|"
    rf"\b(?:next(?: step| move| option| thing| in line)?(?: to (?:do|try|offer|take|"
    rf"have))?(?: after \w+(?: \w+)?)?|first(?:-line| choice| step)?|plan|option|"
    rf"answer|alternative|"
    rf"treatment of choice|step \d)\b[^<;.]{{0,12}}(?:is|:|=|would be|\")"
    r"|->|=>|→|⇒|\bwith\b(?= an? )|\bgo(?:es)? (?:before|first|next)\b"
    r"|\b(?:step|rung|move|treatment|option) (?:after|following|beyond) [^;.]{0,40}\b(?:is|would be)\b"
    r"|\b(?:next|then|after that|after this|finally|last)(?: in line| in turn| up)? (?:comes?|stands?|follows?)\b",
    re.IGNORECASE,
)  # fmt: skip
# What follows a treatment when it is ranked or recommended.
_RANKED: Final = re.compile(
    r"(?:\b(?:should|can|could|may|might|must|would|ought to|to) (?:\w+ )?be (?:\w+ )?(?:offered|given|used|"
    r"tried|considered|added|started|recommended|preferred|done|performed|first|next|prescribed|attempted|booked|"
    r"arranged|put in|inserted|implanted|fitted|placed|injected|carried out|undertaken|ordered|proposed|chosen|sought)|"
    r"\b(?:is|are|was|were|would be|remains?|comes?|as|it's)\b[^.;]{0,24}\b(?:first|next|preferred|recommended|"
    r"indicated|superior|better|best|an? (?:\w+ ){0,2}(?:option|choice|alternative|add-on|adjunct|next step)|"
    r"first-line|second-line|treatment of choice|(?:treatment|thing|one|step|option|procedure) to (?:choose|give|try|"
    r"offer|take|use)|worth|advisable|reasonable|sensible|before|ahead of|way forward|way to go|"
    r"(?:step|rung|move|stage|stop|thing) (?:that )?(?:follows|comes next|to take|after)|next|up next|called for|due)|"
    r"\b(?:should|must|ought to|can|could|may|might|would) (?:\w+ )?(?:follow|come|precede|replace|stand|go)\b|"
    r"\b(?:belongs?|sits?|slots? in|fits? in|stands?|ranks?|falls?) (?:\w+ ){0,2}?(?:between|before|ahead|after|above|"
    r"next|"
    r"in front)|\boutranks?|\bhas (?:its|a) place (?:between|before|ahead|after)|\bgets? (?:its|the) turn|"
    r"\b(?:beats?|outperforms?|works better|comes? (?:before|first|next|after)|before (?:\w+ ){0,3}(?:SCS|spinal|"
    r"block|ketamine)|deserves?|instead of|->|=>|→)\b|->|=>|→)",
    re.IGNORECASE,
)  # fmt: skip
_HISTORY: Final = re.compile(
    r"\b(?:has|have|had|having|with) (?:\w+ )?(?:had|tried|taken|failed|used|received|been|undergone|stopped)\b|"
    r"\b(?:failed|failing|fail|fails|tried|stopped|on|took|takes|taking|despite|previous\w*|prior|past|history|"
    r"already|after|following|once|without success|"
    r"did not|didn't|no relief|intolerant|tolerate\w*|worked|unsuccessful\w*|unhelpful|inadequate|exhausted|has|"
    r"have|had|lives with|known|your|her|his)\b",
    re.IGNORECASE,
)
_UNCOVERED: Final = re.compile(
    r"\b(?:outside|beyond(?! (?:these|those|this|that|them)\b)|not among|not in|not part of|absent from|"
    r"missing from|not something|no view|no word|"
    r"no mention|"
    r"nothing|none of (?:these|them|those|which|that)|lea(?:ves?|ving) (?:\w+ ){0,2}out|left out|excludes?|"
    r"omits?|silent|neither|nor|nowhere|"
    r"not? (?:cover|address|discuss|compar|consider|weigh|mention|includ|look|deal|say|rank|name|list|contain|"
    r"describ|evaluat)\w*|"
    r"(?:do|does|did|is|are|has|have|was|were|can|will|would|wo|ca) ?not (?:\w+ )?(?:cover|address|discuss|"
    r"compar|consider|weigh|mention|includ|look|deal|say|rank|name|list|contain|describ|evaluat|tell|place|speak|"
    r"settle|give|assess|touch|go into|read)\w*|"
    r"can't (?:say|tell|place|comment|advise)|cannot (?:say|tell|place|comment|advise|be (?:answered|said|settled|"
    r"judged|told|decided))|unable to (?:say|comment|"
    r"advise)|without (?:naming|mentioning|discussing))\b",
    re.IGNORECASE,
)
# "You ask about X. The review does not mention it."
_NOT_HAD: Final = re.compile(
    r"\W*(?:but |however,? |sadly,? |unfortunately,? )?(?:the |this |chin's )?(?:review|article|paper|"
    r"author)\b[^.;]{0,30}\b(?:not|never|nothing|"
    r"silent|nowhere|leaves?)\b[^.;]{0,30}\b(?:it|them|that|this|these|those|out|either|both)\b",
    re.IGNORECASE,
)
_REFERRED: Final = re.compile(
    r"\b(?:ask|discuss|check|speak|talk|liaise|consult|take|involve|contact|call|follow|see|use|per|according to|"
    r"matter for|decision for|up to|for) (?:\w+ ){0,7}?"
    r"(?:pharmac\w+|haematolog\w+|hematolog\w+|obstetric\w+|cardiolog\w+|neurosurg\w+|colleagues?|team|"
    r"specialist|anaesthe\w+|anesthe\w+|prescriber|formulary|protocol|policy|guidelines?|surgeon|department|"
    r"manufacturer|local\w*|physician|gp|"
    r"psycholog\w+|psychiatr\w+|nephrolog\w+|summary of product)\b|\b(?:local|hospital|unit|departmental|"
    r"institutional) (?:\w+ )?(?:protocol|policy|guid\w+|practice|formulary)\b|\burgent\w*|\bemergency\b|"
    r"\bambulance\b|\bresuscitat\w*",
    re.IGNORECASE,
)
# What is lost for a gain: "the price is losing their feedback", "at the cost of".
_TRADE_OFF: Final = re.compile(
    r"\b(?:price|cost) (?:is|for this is|of this is|may be|being) (?:\w+ )?(?:los\w+|less|fewer|poorer|giv\w+ up|"
    r"forgo\w*|a |an )|"
    r"\bat (?:the|a) (?:\w+ )?(?:price|cost) of\b",
    re.IGNORECASE,
)
_CARE: Final = re.compile(
    r"\b(?:helps?|works?|relieves?|treats?|effective|benefit\w*|indicat\w+|indicated|useful|use[ds]?|established|"
    r"respond\w*|safe|avoid\w*|contraindicated|suit\w*|reduc\w+|improv\w+|evidence|recommend\w*|should|must|may|"
    r"can|common\w*|tolerat\w*|is|are|has|have)\b",
    re.IGNORECASE,
)
_INFUSED: Final = re.compile(
    r"\b(?:infusions? of|infuse|iv|intravenous) (?P<a>magnesium|lidocaine|lignocaine|bupivacaine|clonidine|"
    r"[a-z]+(?:one|ine|ol|am|ate|ide)\b)|\b(?P<b>magnesium|lidocaine|lignocaine) (?:infusion|drip)s?",
    re.IGNORECASE,
)
# What places have on offer is nobody's history.
_CENTRES: Final = re.compile(
    r"\b(?:units?|clinics?|centres?|centers?|hospitals?|departments?|services?|colleagues|places|practices)\b"
    r"(?: (?:also|now|still|often|may|can|sometimes))* (?:have|has|keeps?|offers?|runs?|uses?|provides?|do)\b",
    re.IGNORECASE,
)
_CUT: Final = re.compile(r";|,? (?:but|while|whereas|although|though|yet|however)\b|, (?:and|so) ", re.IGNORECASE)
_REPLACED: Final = re.compile(r"\b(?:instead of|rather than|in place of)\b[^,;]{0,60},", re.IGNORECASE)
_SUBORDINATE: Final = re.compile(
    r"^\W*(?:when|if|once|where|since|because|as|after|should|whenever)\b[^,;]{0,90},", re.IGNORECASE
)
_BREAK: Final = re.compile(
    r"\b(?:after|before|once|if|when|without|despite|because|since|until|unless|whose|who|failed|has|have|had|is|"
    r"are|was|were)\b|;",
    re.IGNORECASE,
)
_SILENT_TAIL: Final = re.compile(
    r"^[^.;]{0,60}(?:\b(?:not|never) (?:\w+ ){0,2}(?:in|part|covered|mentioned|discussed|named|addressed|"
    r"compared|say)\b)",
    re.IGNORECASE,
)
# After its name, only that it failed makes a treatment history: "has been used with good results" does not.
_FAILED: Final = re.compile(
    r"^\W*(?:\w+ ){0,4}?(?:fail\w*|did(?: not|n't)|do(?: not|n't)|does(?: not|n't)|without|unsuccess\w*|unhelpful|"
    r"intoler\w*|gave no|brought no|no longer|stopped|exhausted|last (?:year|month|week)|"
    r"(?:years?|months?|weeks?) ago)\b",
    re.IGNORECASE,
)
_PREDICATE: Final = re.compile(
    r"^\s*(?:(?:of|to|for|at|on) (?:\w+ ){1,4}?)?(?:is|are|should|can|could|may|might|would|comes?|follows|belongs?|"
    r"stands?)\b",
    re.IGNORECASE,
)
# "If blocks fail: X next, then Y."
_NEXT: Final = re.compile(r"\s*(?:trial |infusion )?(?:next|first|instead)\s*(?:[,.;)]|$)", re.IGNORECASE)
_PAST: Final = re.compile(
    r"^[^.;,]{0,30}?\b(?:was|were|has been|have been|had been) (?:\w+ )?(?:tried|taken|given|used)\b", re.IGNORECASE
)
_BEHIND: Final = re.compile(
    r"\b(?:fail\w*|after|despite|on|tried|had|not)(?: of| with| to)?(?: \w+,?){0,3} $", re.IGNORECASE
)
# A place in a sequence of steps, and what only says that there is such a thing.
_SEQUENCE: Final = re.compile(
    r"\b(?:rung|next|step|stage|ladder|turn|queue|sequence|ahead of|in front of|before (?:SCS|spinal|a stimulator|"
    r"blocks?|ketamine|the (?:stimulator|block|infusion|implant|lead)|any|considering|resorting|moving)|then (?:to|the|an?)|"
    r"first|second|third|fourth|finally|afterwards)\b",
    re.IGNORECASE,
)
_EXISTS: Final = re.compile(
    r"\b(?:some|few|certain|other|many|several|elsewhere|another|also|besides|sometimes|occasionally|people|units|"
    r"centres|centers|clinics|places|exists?|possibility|avenue|repertoire|heard|known|whether|question|unlike|"
    r"compar\w+|studied|trials?|evidence)\b",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"\W{0,4}(?:\d{1,2}[.):]|step \d)", re.IGNORECASE)
_HEAD_WORDS: Final = 4
_REACH: Final = 70
# How far before a thing words are read that may direct it: the longest such phrase and its reach are well within.
_NEAR: Final = 250


def outside(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on what the review does not have."""
    following = [*document.units[1:], None]
    for unit, after in zip(document.units, following, strict=False):
        if unit.is_question:
            continue
        for start, end, kind, label in _things(unit):
            rule = _rule(unit, start, end, kind)
            if rule and not (rule == "OUT-2" and after and _NOT_HAD.match(_plain(after.text))):
                yield finding(rule, document, unit, (start, end), detail=f"It does not cover {label}.")
                break
        else:
            span = unknown_treatment(unit)
            if span and not (corrects_error(unit) or says_silence(unit) or _UNCOVERED.search(_plain(unit.text))):
                yield finding("OUT-1" if is_grave(unit.text[span[0] : span[1]]) else "OUT-2", document, unit, span)


def _things(unit: Unit) -> Iterator[tuple[int, int, str, str]]:
    """Span, kind and label of each outside thing that a unit names."""
    corpus = load()
    for mention in unit.mentions:
        item = corpus.outside.get(mention.id)
        if (
            item
            and item.id == "money"
            and _TRADE_OFF.search(unit.text[: mention.end + 30][max(0, mention.start - 12) :])
        ):
            continue
        if item and not _is_doubtful(unit, mention) and (item.kind != "topic" or item.id in _TOPICS):
            yield mention.start, mention.end, "practice" if item.id in _PRACTICE else item.kind, item.label
        elif mention.id == "named_drug":
            yield mention.start, mention.end, "named drug", "the choice between drugs"
        elif mention.id in _SURGERY and not _OF_TRIAL.search(unit.text):
            yield mention.start, mention.end, "surgery", "surgery as a step"
    for match in _INFUSED.finditer(unit.text):
        name = (match["a"] or match["b"]).lower()
        if "ketamine" not in name and name not in ("saline", "line"):
            yield *match.span(), "drug", f"an infusion of {name}"


def _is_doubtful(unit: Unit, mention: Mention) -> bool:
    if unit.text[mention.end :].startswith(" image"):
        return True
    # Ketamine's metabolite, in a figure of speech.
    if mention.id == "children_young" and re.search(r"metabolite|norketamine|nor-ketamine", unit.text, re.IGNORECASE):
        return True
    return mention.corrected and mention.end - mention.start < 10


def _rule(unit: Unit, start: int, end: int, kind: str) -> str | None:
    begin, stop = _clause(unit.text, start)
    clause = _plain(unit.text[begin:stop])
    directed = _is_directed(unit, begin, start, end, stop)
    uncovered = _is_uncovered(clause) or bool(_SILENT_TAIL.search(_plain(unit.text[end:])))
    is_denied = _is_denied(unit.text[begin:stop], start - begin) or corrects_error(unit)
    referred = _referred(clause)
    # "Go for X, neurosurgical referral": what is directed itself is no word of whom to ask.
    is_referred = bool(referred) and not (directed and referred and referred.start() < start - begin < referred.end())
    is_excused = is_denied or is_referred or (says_silence(unit) and not directed)
    if uncovered or (is_excused and not (directed and kind in _TREATMENTS and _is_ordered_for(unit, start))):
        return None
    if directed and kind in (*_TREATMENTS, "named drug", "surgery"):
        return "OUT-1"
    if directed and kind == "practice":
        return "OUT-2"
    if kind in ("named drug", "practice", "surgery") or _is_history(unit, begin, start, end):
        return None
    rule = _asserted(unit, kind)
    return "OUT-1" if rule == "OUT-2" and _is_given_a_place(unit, start) else rule


def _is_given_a_place(unit: Unit, start: int) -> bool:
    """Whether the sentence puts the thing into a sequence of steps, and does not only tell that it exists."""
    text = unit.text[max(0, start - _NEAR) : start + _NEAR]
    is_step = bool(_NUMBERED.match(unit.text)) and len(unit.text[:start].split()) <= _HEAD_WORDS
    return (is_step or bool(_SEQUENCE.search(text))) and not _EXISTS.search(text)


@lru_cache(maxsize=2048)
def _is_uncovered(clause: str) -> bool:
    return bool(_UNCOVERED.search(clause))


@lru_cache(maxsize=2048)
def _referred(clause: str) -> re.Match[str] | None:
    """Whom to ask."""
    return _REFERRED.search(clause)


def _clause(text: str, at: int) -> tuple[int, int]:
    """Start and end of the clause around a character; a colon does not end it, for "next step: X" is one."""
    cuts = [match.span() for match in _CUT.finditer(text)]
    start = max((end for _, end in cuts if end <= at), default=0)
    return start, min((begin for begin, _ in cuts if begin > at), default=len(text))


def _is_denied(clause: str, at: int) -> bool:
    """Whether what stands at `at` is denied; "instead of these, ..." and "if blocks do not help, ..." deny nothing."""
    plain = _REPLACED.sub(lambda match: " " * len(match.group()), clause)
    plain = _SUBORDINATE.sub(lambda match: " " * len(match.group()), plain)
    return is_negated(without_history(plain), at)


def _plain(text: str) -> str:
    return re.sub(r"n't\b", " not", text)


def _is_ordered_for(unit: Unit, start: int) -> bool:
    """Whether somebody is sent for the treatment: "refer him now for ..."; then no colleague excuses it."""
    return bool(re.search(r"\b(?:refer|book|list)\b[^.;]{0,40}\bfor\b[^.;]{0,20}$", unit.text[:start], re.IGNORECASE))


def _is_directed(unit: Unit, begin: int, start: int, end: int, stop: int) -> bool:
    """Whether the thing is what a verb of doing has as its object, or what is ranked or recommended."""
    first = max(begin, start - _NEAR)
    before, after = unit.text[first:start], unit.text[end:stop]
    *_, found = None, *_DIRECT.finditer(before)
    if found and len(before) - found.end() < _REACH and not _BREAK.search(before[found.end() :]):
        return not _is_denied(unit.text[begin:stop], first - begin + found.end())
    if _NEXT.match(after):
        return True
    if _PAST.search(after) or _BEHIND.search(before) and not _opens_main_clause(before, after):
        return False
    after = re.split(r"[,.;]", _plain(after[:_REACH]))[0]
    return bool(_RANKED.search(after)) and not re.search(r"\bnot\b", after)


def _is_history(unit: Unit, begin: int, start: int, end: int) -> bool:
    if _CENTRES.search(unit.text[begin:start]):
        return False
    # "If blocks fail: X" tells no history of X.
    before = unit.text[max(begin, start - 45) : start].rpartition(": ")[2]
    after = unit.text[end : end + 30].split(" for ")[0]
    if _opens_main_clause(before, after):
        return bool(_FAILED.search(after))
    return bool(_HISTORY.search(before) or _FAILED.search(after))


def _opens_main_clause(before: str, after: str) -> bool:
    """Whether what comes before ends with a comma and a predicate follows: "after blocks, X is the next rung"."""
    return bool(re.search(r",(?:\s+[\w-]+){0,3}\s*$", before)) and bool(_PREDICATE.match(after))


def _asserted(unit: Unit, kind: str) -> str | None:
    if kind in _TREATMENTS:
        return "OUT-2"
    concepts = load().concepts
    treated = any(name in concepts and concepts[name].kind == "intervention" for name in unit.concepts)
    return "OUT-3" if treated and _CARE.search(unit.text) else None

"""What a unit says of the order of treatments: relations between masked placeholders, with their polarity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["before", "first", "skip", "straight", "required", "not required", "wait", "instead"]

_P: Final = r"<[a-z|]+>"
# Up to some words between two parts of a relation, over no other treatment and no end of a clause.
_G: Final = r"[^.;:!?<>]{0,80}?"
_FAILED: Final = (
    r"(?:fail|inadequa|insufficien|exhaust|unsuccess|ineffective|without (?:success|relief|benefit|effect)|not (?:work|help|last|"
    r"suffic|sustain|enough|respond|held|hold)|n't (?:work|help|last|hold|done|respond)|wear|wore|tried|used|run out|no (?:relief|"
    r"benefit|lasting)|disappoint|lapse|refractory|not give|had (?:their|its) (?:turn|chance)|brief|short|poor|too little|stop)"
)
_BEFORE: Final = r"(?:before|prior to|ahead of|in advance of|earlier than|sooner than|preced\w+|come first,? then)"
_AFTER: Final = r"(?:only after|after|following|behind|later than|subsequent to|downstream of|second to)"
_IF: Final = r"(?:only if|only when|only once|if|when|once|where|unless|until|in whom|reserved for|whose|for those|for patients)"


@dataclass(frozen=True, slots=True)
class Relation:
    """`earlier` come before `later` (either may be empty, by kind); `denied`: the text says that it is not so."""

    kind: Kind
    earlier: frozenset[str]
    later: frozenset[str]
    denied: bool
    start: int
    end: int


def _rule(kind: Kind, pattern: str) -> tuple[Kind, re.Pattern[str]]:
    return kind, re.compile(pattern)


# Read in this order; what one pattern has read is not read again by a later one.
_RULES: Final = (
    _rule("not required", rf"\bneither (?P<a>{_P}){_G}\b(?:required|needed|necessary|has to|have to|must|need)\b{_G}(?:{_BEFORE}|for){_G}(?P<b>{_P})"),
    _rule("not required", rf"\b(?:no need|not necessary|unnecessary|no requirement|no reason|pointless|no point)\b{_G}(?P<a>{_P}){_G}(?:{_BEFORE}|for){_G}(?P<b>{_P})"),
    _rule("not required", rf"(?P<a>{_P}){_G}\b(?:not (?:be )?(?:needed|required|necessary|a prerequisite|mandatory|essential)|unnecessary|optional|need not|needn't|"
                          rf"don't (?:have|need) to|doesn't (?:have|need) to|do not (?:have|need) to|does not (?:have|need) to)\b{_G}(?:{_BEFORE}|for){_G}(?P<b>{_P})"),
    _rule("not required", rf"(?P<b>{_P}){_G}\b(?:without (?:first |prior |previous |any |having |ever )*(?:trying|tried|trial of|use of|failing|failed|needing|attempting)?|"
                          rf"(?:does not|doesn't|do not|need not|needn't) (?:require|need|depend on|wait for|await)|whether or not|regardless of|irrespective of){_G}(?P<a>{_P})"),
    _rule("required", rf"(?P<a>{_P}){_G}\b(?:required|mandatory|compulsory|a prerequisite|obligatory|a must|essential|must (?:be|have)|has to (?:be|have)|have to (?:be|have))\b"
                      rf"{_G}(?:{_BEFORE}|for){_G}(?P<b>{_P})"),
    _rule("instead", rf"\b(?:instead of|rather than|in place of|as an alternative to|over)\b{_G}(?P<a>{_P})"),
    _rule("skip", rf"\b(?:skip\w*|bypass\w*|omit\w*|forgo\w*|forego\w*|leave out|leapfrog\w*|jump\w* over|miss out|abandon\w*|dispense with|do away with|pass over)\b{_G}(?P<a>{_P})"),
    _rule("skip", rf"(?P<a>{_P}){_G}\b(?:(?:can|could|may|should|might) (?:safely )?be (?:skipped|bypassed|omitted|left out|passed over)|is (?:skipped|bypassed|omitted))\b"),
    _rule("straight", rf"\b(?:straight(?: away)?|directly|immediately|right away|at once|jump\w*|leap\w*|fast-track\w*|proceed directly|go right|right)\b{_G}\b(?:to|for|with|into|on|offer)\b{_G}(?P<b>{_P})"),
    _rule("straight", rf"(?P<b>{_P}){_G}\b(?:straight away|right away|immediately|at once|upfront|up front|from the (?:start|outset|beginning)|as soon as <drugs>)\b"),
    _rule("before", rf"\b(?:start\w*|begin\w*|commence|open\w*|kick off|lead)\b{_G}(?:with|by){_G}(?P<a>{_P}){_G}\b(?:then|followed by|next|before|and only (?:then|afterwards|later))\b{_G}(?P<b>{_P})"),
    _rule("before", rf"(?P<b>{_P}){_G}\b{_AFTER}\b{_G}(?P<a>{_P})"),
    _rule("before", rf"(?P<b>{_P}){_G}\b(?P<if>{_IF})\b{_G}(?P<a>{_P}){_G}{_FAILED}"),
    _rule("before", rf"(?P<b>{_P}){_G}\b(?P<if>{_IF})\b{_G}{_FAILED}{_G}(?P<a>{_P})"),
    _rule("before", rf"(?P<a>{_P}){_G}\b(?P<k>{_BEFORE})\b{_G}(?P<b>{_P})"),
    _rule("before", rf"(?P<a>{_P}){_G}(?:\b(?:then|followed by|and then|next(?: comes)?|with <\w+> following)\b|->|=>|→|⇒|›|⟶){_G}(?P<b>{_P})"),
    _rule("before", rf"\b(?:after|once|when|if|where|having tried|following|with|for those whose|in whom|should)\b{_G}(?P<a>{_P}){_G}{_FAILED}[^.!?<>]{{0,80}}?(?P<b>{_P})"),
    _rule("before", rf"\b(?:after|following)\b{_G}(?:failed|failing|unsuccessful|inadequate){_G}(?P<a>{_P})[^.!?<>]{{0,60}}?(?P<b>{_P})"),
    _rule("before", rf"(?P<a>{_P}){_G}(?:\b{_FAILED}\w*)[^.!?<>]{{0,40}}?\b(?:consider|offer|go|move|proceed|next|then|so|try|escalate|step up|book|refer)\b[^.!?<>]{{0,50}}?(?P<b>{_P})"),
    _rule("wait", rf"(?P<a>{_P}){_G}\b(?:can wait|could wait|may wait|should wait|(?:can|could|may|should) be (?:deferred|postponed|delayed|left|kept)|(?:is|are) (?:the |a )?last resort|comes? last|come later|last)\b"),
    _rule("first", rf"(?P<b>{_P}){_G}\b(?:first(?:-| )line|first(?: step| choice| option| intervention| move| port of call)?|initial (?:step|treatment|therapy|choice|option|intervention)|"
                   rf"the starting point|front-line|frontline|the opening|at the top|earliest)\b"),
    _rule("first", rf"\b(?:first(?:-| )line|first(?: step| choice| option| intervention| move| thing)?|start\w* with|begin\w* with|lead with|initial (?:step|treatment|choice|option|intervention))\b{_G}(?P<b>{_P})"),
)  # fmt: skip

_NEGATION: Final = re.compile(
    r"\b(?:not|never|no|nor|neither|don't|doesn't|didn't|isn't|aren't|shouldn't|wouldn't|mustn't|can't|cannot|won't|hardly|nobody|nothing|"
    r"avoid\w*|against|refrain|rather than|resist|discourag\w*|premature|too early|unwise|inappropriate)\b"
)
_DENYING_FRAME: Final = re.compile(
    r"\b(?:claim|idea|notion|belief|suggestion|statement|view|assertion|myth|misconception|advice|thought|draft|colleague)\b.{0,90}"
    r"\b(?:not (?:supported|right|correct|true|what)|wrong|incorrect|false|unsupported|mistaken|untrue|contradict\w*|goes against|no (?:basis|support))\b"
    r"|\b(?:it is|it's|that is|that's|would be) (?:wrong|incorrect|false|untrue|a (?:mistake|myth|misconception|error)|not (?:true|right|correct|the case))\b"
    r"|\bcontrary to\b|\bnowhere does\b|\bdoes not (?:say|support|advise|recommend|suggest|state|back|endorse)\b|\bdoesn't (?:say|support|advise|recommend|suggest|state|back)\b"
)


def relations(masked: str) -> tuple[Relation, ...]:
    """Every relation of a masked unit, in order."""
    found: list[Relation] = []
    for kind, pattern in _RULES:
        for match in pattern.finditer(masked):
            if not any(match.start() < other.end and other.start < match.end() and other.kind == kind for other in found):
                found.append(_relation(kind, match, masked))
    return tuple(sorted(found, key=lambda relation: relation.start))


def _relation(kind: Kind, match: re.Match[str], masked: str) -> Relation:
    groups = match.groupdict()
    return Relation(
        kind=kind,
        earlier=_names(groups.get("a")),
        later=_names(groups.get("b")),
        denied=_denied(kind, match, masked),
        start=match.start(),
        end=match.end(),
    )


def _names(placeholder: str | None) -> frozenset[str]:
    return frozenset(placeholder.strip("<>").split("|")) if placeholder else frozenset()


def _denied(kind: Kind, match: re.Match[str], masked: str) -> bool:
    """Whether the relation is said not to hold: an odd number of negations over it, a denying frame included."""
    framed = bool(_DENYING_FRAME.search(masked))
    if kind == "not required":
        return framed
    groups = match.groupdict()
    start = _clause_start(masked, match.start())
    if groups.get("if") in ("until", "unless"):
        return not _NEGATION.search(masked[start : match.start("if")])
    count = _negations(masked[start : match.start()])
    if kind in ("first", "straight", "wait", "required"):
        count += _negations(re.sub(rf"{_FAILED}\w*", " ", match.group()))
    elif kind == "before":
        count += _negations(_between(match, masked))
    return (count + framed) % 2 == 1


def _clause_start(masked: str, at: int) -> int:
    cuts = ((masked.rfind(mark, 0, at), len(mark)) for mark in (";", ":", ". ", ", but ", ", so ", ", and "))
    return max((found + length for found, length in cuts if found >= 0), default=0)


def _negations(text: str) -> int:
    return len(_NEGATION.findall(re.sub(r"\bnot only\b|\bno longer\b|\bno doubt\b", " ", text)))


def _between(match: re.Match[str], masked: str) -> str:
    """What stands between the first treatment of a relation and the word that makes it one, failures left out."""
    ends = sorted((match.start("a"), match.start("b")))
    middle = masked[ends[0] : ends[1]]
    cut = re.search(rf"\b(?:{_IF}|{_AFTER}|{_BEFORE})\b", middle)
    return re.sub(rf"{_FAILED}\w*", " ", middle[: cut.start()] if cut else "")

"""The ways in which people say that one treatment comes before another: patterns over masked text."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal[
    "before", "first", "skip", "straight", "required", "not required", "wait", "instead", "untried", "less invasive"
]  # fmt: skip

_P: Final = r"<[a-z|]+>"
# Up to some words between two parts of a relation, over no other treatment and no end of a clause.
_G: Final = r"[^.;:!?<>]{0,80}?"
_NEAR: Final = r"[^.,;:!?<>]{0,50}?"
# The same up to the object of "before" or "after": over no comma and no pronoun, which would be the object itself.
_O: Final = r"(?:(?!\b(?:they|it|them|this|these|which)\b)[^.,;:!?<>]){0,60}?"
FAILED: Final = (
    r"(?:fail|inadequa|insufficien|exhaust|unsuccess|ineffective|without (?:success|relief|benefit|effect)|not (?:work|"
    r"help|last|"
    r"suffic|sustain|enough|respond|held|hold)|n't (?:work|help|last|hold|done|respond)|wear|wore|tried|used|run out|"
    r"no (?:relief|"
    r"benefit|lasting)|disappoint|lapse|refractory|not give|had (?:their|its) (?:turn|chance)|brief|short|poor|too "
    r"little|stop|let (?:\w+ ){1,3}down|"
    r"nowhere|did nothing|done nothing|no use|no help)"
)
BEFORE: Final = (
    r"(?:before|b4|prior to|ahead of|in advance of|earlier than|sooner than|preced\w+|outrank\w*|rank\w* above|come "
    r"first,? then)"
)
AFTER: Final = (
    r"(?:only after|after|following|behind|later than|subsequent to|downstream of|second to|rank\w* (?:below|under|"
    r"lower than))"
)
IF: Final = (
    r"(?:only if|only when|only once|if|when|once|where|unless|until|till|in whom|reserved for|whose|for those|for "
    r"patients)"
)


def _rule(kind: Kind, pattern: str) -> tuple[Kind, re.Pattern[str]]:
    return kind, re.compile(pattern)


# Read in this order; what one pattern has read is not read again by a later one.
RULES: Final = (
    _rule("not required",
        rf"\bneither (?P<a>{_P}){_G}\b(?:required|needed|necessary|has to|have to|must|need)\b{_G}(?:{BEFORE}|"
        rf"for){_G}(?P<b>{_P})"
    ),
    _rule("not required",
        rf"\b(?:no need|not necessary|unnecessary|no requirement|no reason|pointless|no "
        rf"point)\b{_G}(?P<a>{_P}){_G}(?:{BEFORE}|for){_G}(?P<b>{_P})"
    ),
    _rule("not required",
        rf"\b(?:need not|needn't|(?:don't|doesn't|do not|does not) (?:have|need) to|without having "
        rf"to)\b{_G}(?P<a>{_P}){_G}\b(?:{BEFORE}|on (?:the|your) (?:way|road|path) to|to (?:get|reach|"
        rf"qualify)){_G}(?P<b>{_P})"
    ),
    _rule("not required",
        rf"(?P<a>{_P}){_G}\b(?:not (?:be )?(?:needed|required|necessary|a prerequisite|mandatory|essential)|"
        rf"unnecessary|optional|need not|needn't|"
    
                          rf"don't (?:have|need) to|doesn't (?:have|need) to|do not (?:have|need) to|does not "
                          rf"(?:have|need) to)\b{_G}(?:{BEFORE}|for){_G}(?P<b>{_P})"),
    _rule("not required",
        rf"(?P<b>{_P}){_G}\b(?:(?P<w>without) (?:first |prior |previous |any |having |ever )*(?:trying|tried|trial of|"
        rf"use of|failing|failed|needing|attempting)?|"
    
                          rf"(?:does not|doesn't|do not|need not|needn't) (?:require|need|depend on|wait for|await)|"
                          rf"whether or not|regardless of|irrespective of){_NEAR}(?P<a>{_P})"),
    _rule("required",
        rf"(?P<a>{_P}){_G}\b(?:required|mandatory|compulsory|a prerequisite|obligatory|a must|essential|must|has to|"
        rf"have to|needs? to)\b"
    
                      rf"{_G}(?:{BEFORE}|for){_G}(?P<b>{_P})"),
    _rule("instead",
        rf"(?P<b>{_P}){_G}\b(?:instead of|rather than|in place of|as (?:an alternative|a substitute) (?:to|for)|in "
        rf"preference to)\b(?! later)(?:\W+\w+){{0,3}}?\W*(?P<a>{_P})"
    ),
    _rule("instead",
        rf"\b(?:instead of|rather than|in place of)(?:\W+\w+){{0,4}}?\W*(?P<a>{_P})[^.!?;<>]{{0,60}}?(?P<b>{_P})"
    ),
    _rule("instead",
        rf"\b(?:leave|drop|forget|replace|swap|omit|skip)\b{_G}(?P<a>{_P}){_G}\b(?:and|with|by|for|in favour of|in "
        rf"favor of)\b{_G}(?P<b>{_P})(?:{_NEAR}\b(?:instead|in (?:its|their) (?:place|stead)))?"
    ),
    _rule("less invasive", rf"(?P<b>{_P}){_G}\b(?:less|no more) invasive than\b{_G}(?P<a>{_P})"),
    _rule("less invasive", rf"(?P<b>{_P}){_NEAR}\b(?:the |being the )?least invasive\b"),
    _rule("less invasive", rf"\bleast invasive\b[^.;:!?<>]{{0,40}}(?P<b>{_P})"),
    _rule("instead",
        rf"(?P<b>{_P}){_G}\band (?:leave out|leave|skip|omit|drop|forget|miss out|forgo)\b{_NEAR}(?P<a>{_P})"
    ),
    _rule("less invasive", rf"(?P<a>{_P}){_NEAR}\bmore invasive than\b{_G}(?P<b>{_P})"),
    _rule("untried",
        rf"(?P<b>{_P}){_G}\b(?P<if>while|with|although|even though|even if|even when|despite|when|though|unless|if|"
        rf"where)\b{_G}(?P<a>{_P}){_G}"
    
                     r"\b(?:untried|outstanding|pending|not (?:yet )?(?:been )?(?:tried|done|given|attempted)|(?:yet|"
                     r"still) to be (?:tried|done))\b"),
    _rule("skip",
        rf"\b(?:skip\w*|bypass\w*|omit\w*|forgo\w*|forego\w*|leave out|leapfrog\w*|jump\w* over|miss out|abandon\w*|"
        rf"dispense with|do away with|pass over)\b{_G}(?P<a>{_P})"
    ),
    _rule("skip",
        rf"(?P<a>{_P}){_G}\b(?:(?:can|could|may|should|might) (?:safely )?be (?:skipped|bypassed|omitted|left out|"
        rf"passed over)|is (?:skipped|bypassed|omitted))\b"
    ),
    _rule("straight",
        rf"\b(?:straight(?: away)?|directly|immediately|right away|at once|jump\w*|leap\w*|fast-track\w*|proceed "
        rf"directly|go right|right)\b{_G}\b(?:to|for|with|into|on|offer)\b{_G}(?P<b>{_P})"
    ),
    _rule("straight",
        rf"(?P<b>{_P}){_G}\b(?:straight away|right away|immediately|at once|upfront|up front|from the (?:start|"
        rf"outset|beginning)|as soon as <drugs>)\b"
    ),
    _rule("before",
        rf"\b(?:start\w*|begin\w*|commence|open\w*|kick off|lead)\b{_G}(?:with|by){_G}(?P<a>{_P}){_G}\b(?:then|"
        rf"followed by|next|before|and only (?:then|afterwards|later))\b{_G}(?P<b>{_P})"
    ),
    _rule("before", rf"(?P<b>{_P}){_G}\b{AFTER}\b{_O}(?P<a>{_P})"),
    _rule("before", rf"(?P<b>{_P}){_G}\b(?P<if>{IF})\b{_G}(?P<a>{_P}){_G}(?P<f>{FAILED})"),
    _rule("before",
        rf"(?P<a>{_P})[^.!?<>]{{0,60}}?(?P<b>{_P}){_G}\b(?:if|once|when|should|only if)\b (?:it|that|this|they|"
        rf"those|these)\b{_NEAR}(?P<f>{FAILED})"
    ),
    _rule("before", rf"(?P<b>{_P}){_G}\b(?P<if>{IF})\b{_G}(?P<f>{FAILED}){_G}(?P<a>{_P})"),
    _rule("before", rf"(?P<a>{_P}){_G}\b(?P<k>{BEFORE})\b{_O}(?P<b>{_P})"),
    _rule("before",
        rf"\b(?:after|once|when|if|where|having tried|following|with|for those whose|in whom|"
        rf"should)\b{_G}(?P<a>{_P}){_G}(?P<f>{FAILED})[^.!?<>]{{0,80}}?(?P<b>{_P})"
    ),
    _rule("before",
        rf"\b(?:after|following)\b{_G}(?P<f>failed|failing|unsuccessful|"
        rf"inadequate){_G}(?P<a>{_P})[^.!?<>]{{0,60}}?(?P<b>{_P})"
    ),
    _rule("before",
        rf"(?P<a>{_P}){_G}(?P<f>\b{FAILED}\w*)[^.!?<>]{{0,40}}?\b(?:consider|offer|go|move|proceed|next|then|so|try|"
        rf"escalate|step up|book|refer)\b[^.!?<>]{{0,50}}?(?P<b>{_P})"
    ),
    _rule("before",
        rf"(?P<a>{_P}){_G}(?:\b(?:(?<!only )then|followed by|and then|next(?: comes)?|with <\w+> following)\b|->|=>|"
        rf"→|⇒|›|⟶){_G}(?P<b>{_P})"
    ),
    _rule("before", rf"(?P<b>{_P}){_G}\b(?P<if>until|till)\b{_NEAR}(?P<a>{_P})"),
    _rule("wait",
        rf"(?P<a>{_P}){_G}\b(?:can wait|could wait|may wait|should wait|(?:can|could|may|should) be (?:deferred|"
        rf"postponed|delayed|left|kept)|(?:is|are) (?:the |a )?last resort|comes? last|come later|comes? last|as a "
        rf"fallback|for later)\b(?!{_G}\b(?:until|till|while)\b)"
    ),
    _rule("wait",
        rf"\b(?:keep|save|hold|reserve|leave|park|store)\w*\b{_G}(?P<a>{_P}){_G}\b(?:for later|as (?:a |the "
        rf")?(?:fall-?back|back-?up)|in reserve|until later|till later|for (?:those|people|patients))\b"
    ),
    _rule("wait",
        rf"(?P<a>{_P}){_G}\b(?:kept|saved|held|reserved|left)\b{_NEAR}\b(?:for later|for (?:those|people|patients|"
        rf"when)|in reserve|as (?:a )?(?:fall-?back|back-?up))\b(?!{_G}(?:<|drug|medic))"
    ),
    _rule("before", rf"(?P<b>{_P}){_G}\b(?<!as )(?<!will )follows?\b(?! up){_O}(?P<a>{_P})"),
    _rule("first",
        rf"(?P<b>{_P}){_NEAR}\b(?:first(?:-| )line|first (?:step|choice|option|intervention|move|treatment|port of "
        rf"call)|first(?=\s*(?:[.,;!)]|$|(?:and|then|in|for|if|because|since|with|when)\b))|"
    
                   rf"initial (?:step|treatment|therapy|choice|option|intervention)|the starting point|front-line|"
                   rf"frontline|the opening|at the (?:top|front|head) of|(?:opens|heads|leads) the|earliest)\b"),
    _rule("first",
        rf"\b(?:first(?:-| )line|first (?:step|choice|option|intervention|move|thing)|first(?=\W+(?:is|comes|an?|"
        rf"the)\b)|start\w* with|begin\w* with|lead with|initial (?:step|treatment|choice|option|"
        rf"intervention))\b{_NEAR}(?P<b>{_P})"
    ),
)  # fmt: skip

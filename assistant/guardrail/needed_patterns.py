"""The ways in which people say that a treatment is needed, or not needed, before another one."""

from __future__ import annotations

from typing import Final

from assistant.guardrail.order_rules import rule
from assistant.guardrail.order_words import BEFORE, CONDITION, FAILED, HINGES, NEAR, OBJ, G, P

# Of one kind, what one pattern has read is not read again by a later one.
NEEDED: Final = (
    rule(
        "required",
        rf"(?P<b>{P}){G}\b(?:must|ha(?:s|ve) to|should|needs? to|ought to|will have to|is to|are to)(?: \w+)? wait"
        rf"(?: \w+)? (?:for|on|until|till|behind)\b{NEAR}(?P<a>{P})",
    ),
    rule(
        "required",
        rf"(?P<b>{P}) (?:is|are|comes?|remains?) (?:only )?(?:for|an option for|meant for|suited to|limited to|"
        rf"confined "
        rf"to|open to)\b{NEAR}\b(?:that|who|which|whom|whose)\b{NEAR}\b(?:through|failed|tried|had|exhausted|been "
        rf"given|"
        rf"not responded to|unresponsive to|refractory to)\b{NEAR}(?P<a>{P})",
    ),
    rule(
        "not required",
        rf"(?P<a>{P}){G}\b(?:{BEFORE}|for){OBJ}(?P<b>{P}){G}\b(?P<neg>(?:is|are|seems?|was) (?:\w+ )?(?:needless|"
        rf"unnecessary|pointless|not (?:needed|"
        rf"necessary|required|justified)|excessive|superfluous|outdated|old-fashioned|optional|a waste\b))",
    ),
    rule(
        "not required",
        rf"\bneither (?P<a>{P}){G}\b(?:required|needed|necessary|has to|have to|must|need)\b{G}(?:{BEFORE}|"
        rf"for){G}(?P<b>{P})",
    ),
    rule(
        "not required",
        rf"\b(?:no need|not necessary|unnecessary|needless|no longer (?:necessary|needed|required)|no requirement|no "
        rf"obligation|no call|no reason|pointless|no "
        rf"point)\b{G}(?P<a>{P}){G}(?:{BEFORE}|for|on (?:the|your|his|her) (?:way|road|path|route) to|en route to|to "
        rf"(?:get|reach)){G}(?P<b>{P})",
    ),
    rule(
        "not required",
        rf"\b(?:need not|needn't|(?:don't|doesn't|do not|does not) (?:have|need) to|without having "
        rf"to)\b{G}(?P<a>{P}){G}\b(?:{BEFORE}|on (?:the|your) (?:way|road|path) to|to (?:get|reach|"
        rf"qualify)){G}(?P<b>{P})",
    ),
    rule(
        "not required",
        rf"(?P<a>{P}){G}\b(?:not (?:be )?(?:needed|required|necessary|a prerequisite|mandatory|essential)|"
        rf"unnecessary|optional|need not|needn't|"
        rf"don't (?:have|need) to|doesn't (?:have|need) to|do not (?:have|need) to|does not "
        rf"(?:have|need) to)\b{G}(?:{BEFORE}|(?<!wait )(?<!waiting )for){G}(?P<b>{P})",
    ),
    rule(
        "not required",
        rf"(?P<b>{P}){G}\b(?:(?P<w>without (?:first |prior |previous |any |having |ever )*(?:trying|tried|trial of|"
        rf"use of|failing|failed|needing|attempting)?|whether or not|regardless of|irrespective of|no matter (?:if|"
        rf"whether))|"
        rf"(?:does not|doesn't|do not|need not|needn't) (?:require|need|depend on|wait for|await)"
        rf"){NEAR}(?P<a>{P})",
    ),
    rule(
        "not required",
        rf"\b(?:no|without|lack of|absence of|not having had|never having had)\b{NEAR}(?P<a>{P}){G}\b(?:no|not an?|"
        rf"neither) (?:\w+ )?(?:bar|obstacle|"
        rf"barrier|hindrance|objection|impediment|reason|contraindication)\b{G}(?P<b>{P})",
    ),
    rule(
        "required",
        rf"\b(?:before|for|to (?:qualify|be|get|have|reach|earn))\b{NEAR}(?P<b>{P})"
        rf"[^.;:!?<>]{{0,40}}?,[^.;:!?<>]{{0,40}}?\b(?:must|ha(?:s|ve) to|"
        rf"needs? to|ha(?:s|ve) got to)\b{NEAR}(?P<a>{P})",
    ),
    rule(
        "required",
        rf"\bbefore\b{NEAR}(?P<b>{P})[^.;:!?<>]{{0,40}}?\b(?:must|should|ought to|ha(?:s|ve) to|needs? to)\b{NEAR}"
        rf"(?P<a>{P}) (?:\w+ ){{0,2}}?{FAILED}",
    ),
    rule(
        "required",
        rf"\b(?:absence|lack|want) of\b{NEAR}(?P<a>{P}){G}\b(?:hold|keep|stop|deter|prevent|put|delay|bar|rule|"
        rf"exclude)s?\b"
        rf"{G}(?P<b>{P})",
    ),
    rule(
        "required",
        rf"(?P<a>{P}){G}\b{CONDITION}\b{NEAR}\b(?:to|for|of|into|on|before|ahead of|prior to|a "
        rf"place|access|way)\b{G}(?P<b>{P})",
    ),
    rule("required", rf"(?P<b>{P}){G}\b{HINGES}\b{G}(?P<a>{P})"),
    rule(
        "required",
        rf"\b(?:prerequisites?|(?:pre-?)?conditions?|requirements?|qualification|entry (?:ticket|fee)|price of entry|"
        rf"criteri(?:on|a)) (?:for|of|to|before)\b{NEAR}(?P<b>{P})[^.;!?<>]{{0,40}}?(?:\b(?:is|are|was|were|being|"
        rf"remains?)\b|[:=—])[^.;:!?<>]{{0,30}}?(?P<a>{P})",
    ),
    rule(
        "required",
        rf"\b(?:eligib\w+|qualif\w+|candidates?|accepted|listed|considered)\b{NEAR}(?P<b>{P}){G}\b(?:must|ha(?:s|ve) "
        rf"to|"
        rf"needs? to)\b{G}(?P<a>{P}){G}{FAILED}",
    ),
    rule(
        "required",
        rf"\b(?:before|for)\b{NEAR}(?P<b>{P})[^.;:!?<>]{{0,40}}?,[^.;:!?<>]{{0,30}}?(?P<a>{P}){G}\b(?:must|ha(?:s|ve)"
        rf" to|"
        rf"needs? to|is required|are required)\b",
    ),
    rule(
        "required",
        rf"\b(?<!even )(?P<neg>without|lacking|absent)\b{NEAR}(?P<a>{P})[^.;:!?<>]{{0,40}}?,[^.;:!?<>]{{0,30}}?"
        rf"(?:\b(?:not|never|no|cannot)\b|n't\b){NEAR}(?P<b>{P})",
    ),
    rule(
        "not required",
        rf"\beven (?:without|lacking|with no|in the absence of)\b{NEAR}(?P<a>{P})[^.;:!?<>]{{0,40}}?,(?:(?!\b(?:not|"
        rf"never|"
        rf"no|cannot)\b|n't\b)[^.;:!?<>]){{0,60}}?(?P<b>{P})",
    ),
    rule(
        "required",
        rf"\b(?P<neg>without|no|lacking|absent)\b{NEAR}(?P<a>{P})"
        rf"[^.;:!?<>]{{0,30}}?,[^.;:!?<>]{{0,20}}?\bno (?P<b>{P})",
    ),
    rule("required", rf"\b(?P<neg>no) (?P<a>{P})\W{{1,3}}no (?P<b>{P})"),
    rule(
        "required",
        rf"(?P<neg>\b(?:no ?(?:body|one)?|never|not)\b|n't\b){NEAR}(?P<b>{P}){G}\b(?:until|till|unless|before)"
        rf"\b{NEAR}(?P<a>{P}){G}{FAILED}",
    ),
    rule("required", rf"(?P<a>{P}){G}\b(?:needed|necessary)\b{NEAR}\b{BEFORE}\b{OBJ}(?P<b>{P})"),
    rule(
        "required",
        rf"(?P<a>{P}){G}\b(?:required|mandatory|compulsory|a prerequisite|obligatory|a must|essential|must|has to|"
        rf"have to|needs? to)\b"
        rf"{G}(?:{BEFORE}|for){G}(?P<b>{P})",
    ),
    rule(
        "required",
        rf"(?P<a>{P})(?P<neg>{NEAR}\b(?:alongside|together with|at the same time as|with|beside)){NEAR}(?P<b>{P})"
        rf"[^.!?]{{0,25}}\b(?:must|ha(?:s|ve) to|needs? to|ought to) (?:have )?(?:been|be) (?:\w+ )?(?:tried|given|had|"
        rf"done|used) (?:beforehand|first|before)\b",
    ),
)

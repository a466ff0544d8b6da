"""The ways in which people say that one treatment comes before another: patterns over masked text."""

from __future__ import annotations

from typing import Final

from assistant.guardrail.left_out_patterns import LEFT_OUT
from assistant.guardrail.needed_patterns import NEEDED
from assistant.guardrail.order_rules import Kind, rule
from assistant.guardrail.order_words import AFTER, BEFORE, FAILED, IF, NEAR, OBJ, RESERVE, SHELF, WHOM, G, P

__all__ = ["RULES", "Kind"]

# Of one kind, what one pattern has read is not read again by a later one.
IN_TIME: Final = (
    rule(
        "before",
        rf"(?P<a>{P})[^.;:!?<>]{{0,25}}\bfirst\b[;,] ?(?:and |then )?(?:the |"
        rf"an? )?(?P<b>{P}) (?:\w+ )?(?:follow\w*|comes? "
        rf"(?:next|after\w*|later)|next|afterwards|later)\b(?! <)",
    ),
    rule(
        "before",
        rf"(?P<a>{P}){NEAR}(?P<neg>\b(?:no (?:need|call|reason)|not (?:have|need)|need not|needn't|less)|"
        rf"n't (?:have|need))"
        rf"\b{NEAR}\b(?:wait\w*|delay\w*|h[eo]ld\w* back|defer\w*|postpon\w*)\b{NEAR}\b(?:as|so|than)\b{NEAR}"
        rf"(?P<b>{P})",
    ),
    rule(
        "before",
        rf"(?P<b>{P}){NEAR}\b(?:wait\w*|delay\w*|h[eo]ld\w* back|defer\w*|postpon\w*)\b{NEAR}\blonger\b{NEAR}\bthan\b"
        rf"{NEAR}(?P<a>{P})",
    ),
    rule(
        "before",
        rf"(?P<a>{P})[^.;:!?<>]{{0,20}}\bnow\b[^.;:!?<>]{{0,20}}(?P<b>{P})[^.;:!?<>]{{0,20}}\b(?:later|afterwards|"
        rf"in due course|down the line)\b",
    ),
    rule(
        "straight",
        rf"(?P<b>{P}){G}\b(?:right|immediately|directly|just|straight|next|one (?:step|rung)) (?:above|after|behind|"
        rf"on top of|following|beyond|to)\b"
        rf"{NEAR}<drugs>",
    ),
    rule(
        "straight",
        rf"\b(?:straight(?: away)?|directly|immediately|right away|at once|jump\w*|leap\w*|fast-track\w*|proceed "
        rf"directly|go right|right|rush\w*|hurr(?:y|ied|ying)|race)\b{G}\b(?:to|for|with|into|on|offer|in)"
        rf"\b{G}(?P<b>{P})",
    ),
    rule(
        "straight",
        # Somebody who needs to be seen straight away goes to hospital.
        rf"(?P<b>{P})(?![^.;:!?<>]{{0,80}}\b(?:seen|hospital|assessed|reviewed|admitted|examined|scanned|help)\b){G}"
        rf"\b(?:straight(?: away| off| in)?|right away|immediately|at once|upfront|up front|from the "
        rf"(?:start|"
        rf"outset|beginning)|at the outset|without (?:further )?delay|as soon as (?:the |her |his )?<drugs>)(?:\b|"
        rf"(?<=>))",
    ),
    rule(
        "straight",
        rf"\b(?:only|just|nothing but|no more than)\b{NEAR}<drugs>[^.;:!?<>]{{0,40}}\b(?:so|and|hence|therefore|which "
        rf"means)\b[^.;:!?<>]{{0,40}}(?P<b>{P}){NEAR}\b(?:now|next|due|in order|time)\b",
    ),
    rule(
        "before",
        rf"\b(?P<f>heir|successor|sequel|follow-on|next (?:step|rung|move)|answer|response)s? (?:to|for|after)"
        rf"\b{NEAR}(?P<a>{P})"
        rf"{NEAR}\b(?:is|are|would be|will be)\b{NEAR}(?P<b>{P})",
    ),
    rule(
        "before",
        rf"(?P<a>{P})[^.;:!?<>]{{0,40}}, (?:and|with|while|whereas) {NEAR}(?P<b>{P}){NEAR}\b(?:is|are|comes?|being) "
        rf"what "
        rf"\w+ (?:\w+ )?(?:turns?|falls? back|moves?|goes|go|resorts?|switch\w*|comes?|reach\w*) (?:\w+ ){{0,2}}?"
        rf"(?:if|when|once|should)\b{NEAR}(?P<f>{FAILED})",
    ),
    rule(
        "before",
        rf"\b(?:reserv|ke(?:ep|pt)|h[eo]ld|sav)\w*\b{NEAR}(?P<b>{P}){NEAR}\bfor\b{NEAR}(?P<a>{P}) (?P<f>failures?|"
        rf"non-?respon\w+|refractory|resistant)",
    ),
    rule(
        "before",
        rf"(?P<a>{P})[^.!?<>]{{0,60}}?\b(?:escalat\w+|step\w* up|progress\w*|move on|graduat\w+|upgrad\w+)(?: on)? "
        rf"to\b{NEAR}(?P<b>{P})",
    ),
    rule(
        "before",
        rf"\b(?:start\w*|begin\w*|commence|open\w*|kick off|lead)\b{G}(?:with|by){G}(?P<a>{P}){G}\b(?:then|"
        rf"followed by|next|before|and only (?:then|afterwards|later))\b{G}(?P<b>{P})",
    ),
    rule("before", rf"(?P<b>{P}){G}\b{AFTER}\b{OBJ}(?P<a>{P})"),
    rule("before", rf"(?P<b>{P}){G}\b(?P<if>{IF})\b{G}(?P<a>{P}){G}(?P<f>{FAILED})"),
    rule(
        "before",
        rf"\bonly (?:those|people|patients|persons|someone|somebody) (?:whose|in whom|whom|who have had|who "
        rf"have)\b{NEAR}"
        rf"(?P<a>{P}){NEAR}(?P<f>{FAILED}){G}(?P<b>{P})",
    ),
    rule(
        "before",
        rf"(?P<b>{P}){G}\b(?P<if>{IF}|who|patients? (?:who|that)|those (?:who|"
        rf"that))\b{NEAR}(?P<f>turn\w*)\b{NEAR}(?P<a>{P})"
        rf" (?:down|away)\b",
    ),
    rule(
        "before",
        rf"(?P<a>{P}) (?:is|are|comes?|would be) (?:the )?(?:next|first|due|now)\b[^.;:<]{{0,15}}\b(?:and|but|"
        rf"while)\b{NEAR}"
        rf"(?P<b>{P}) (?:is|are|does|do|would) not\b(?! <)(?=\W*(?:[.;,]|$))",
    ),
    rule("before", rf"\bonly those (?:who|whom|whose)\b{NEAR}(?P<f>{FAILED}){G}(?P<a>{P}){G}(?P<b>{P})"),
    rule(
        "before",
        rf"\b(?:compared (?:with|to)|relative to|next to|unlike|in contrast to|against)\b{NEAR}(?P<a>{P})"
        rf",?{NEAR}(?P<b>{P}){G}\b"
        rf"(?:later|last|second|afterwards|deferred|delayed|held back|kept back)\b",
    ),
    rule(
        "before",
        rf"\b(?:compared (?:with|to)|relative to|next to|unlike|in contrast to|against)\b{NEAR}(?P<b>{P})"
        rf",?{NEAR}(?P<a>{P}){G}\b"
        rf"(?:earlier|sooner|first|brought forward)\b",
    ),
    rule(
        "before",
        rf"\b(?:step|stage|treatment|option|rung|what|thing|one) (?:that )?(?:follows|comes after|succeeds|is due "
        rf"after)\b{G}(?P<f>failed |unsuccessful )?"
        rf"(?P<a>{P}){G}\b(?:is|are|would be)\b{G}(?P<b>{P})",
    ),
    rule(
        "before",
        rf"(?P<a>{P})[^.!?<>]{{0,60}}?(?P<b>{P}){G}\b(?:if|once|when|should|only if)\b (?:it|that|this|they|"
        rf"those|these|the (?:trial|lead|implant|device|test|former|first))\b{NEAR}(?P<f>{FAILED})",
    ),
    rule("before", rf"(?P<b>{P}){G}\b(?P<if>{IF})\b{G}(?P<f>{FAILED}){NEAR}(?P<a>{P})"),
    rule("before", rf"(?P<a>{P}){G}\b(?P<k>{BEFORE})\b{OBJ}(?P<b>{P})"),
    rule(
        "before",
        rf"\b(?:after|once|when|if|where|having tried|following|with|for those whose|in whom|as soon as|now that|"
        rf"since|because|"
        rf"as|the (?:moment|day|minute)|whenever|should)\b{G}(?P<a>{P}){G}(?P<f>{FAILED})[^.!?<>]{{0,80}}?(?P<b>{P})",
    ),
    rule(
        "before",
        rf"\b(?:after|following)\b{G}(?P<f>failed|failing|unsuccessful|"
        rf"inadequate|ineffective|disappointing|unhelpful){G}(?P<a>{P})[^.!?<>]{{0,60}}?(?P<b>{P})",
    ),
    rule(
        "before",
        rf"(?P<a>{P}){G}(?P<f>\b{FAILED}\w*)[^.!?<>]{{0,40}}?\b(?:consider|offer|go|move|proceed|next|then|so|try|"
        rf"escalate|step up|book|refer)\b[^.!?<>]{{0,50}}?(?P<b>{P})",
    ),
    rule(
        "before",
        rf"(?P<a>{P}){G}(?:\b(?:(?<!only )then|followed by|and then|next(?: comes)?|with <\w+> following)\b|->|=>|"
        rf"→|⇒|›|⟶){G}(?P<b>{P})(?! (?:having|has|have|had) {NEAR}{FAILED})",
    ),
    rule("before", rf"(?P<a>{P}){NEAR}(?P<f>{FAILED})\w*[^.;:!?<>]{{0,40}},[^.;:!?<>]{{0,40}}?(?P<b>{P})"),
    rule(
        "before",
        rf"\b(?P<f>failed|unsuccessful|ineffective|useless|exhausted|disappointing)\b{NEAR}(?P<a>{P})"
        rf"[^.!?<>]{{0,20}}?[:;,→][^.!?<>]{{0,50}}?(?P<b>{P})",
    ),
    rule(
        "before",
        rf"(?P<a>{P}) (?:\w+ ){{0,2}}?(?:leads?|opens?|starts?|begins?|(?:goes?|comes?|is|are) (?:first|ahead|in "
        rf"front))\b"
        rf"(?:,|;|,? and|,? while|,? with)? {NEAR}(?P<b>{P}){NEAR}\b(?:follow\w*|behind|after(?:wards)?|later|next|"
        rf"second|"
        rf"last|bring\w* up the rear)\b(?! <)",
    ),
    rule(
        "before",
        rf"(?P<a>{P}) (?:now|today|at once|straight away|this (?:week|month)|for now)\b,? (?:and|with|then|"
        rf"while) {NEAR}"
        rf"(?P<b>{P})[^.;:!?<>]{{0,30}}?\b(?:afterwards|later|after that|if at all|second|next|in reserve|"
        rf"down the line)\b"
        rf"(?! <)",
    ),
    rule(
        "before",
        rf"(?P<b>{P}){G}\b(?P<if>{IF}|who|patients? (?:who|that)|those (?:who|that))\b{NEAR}(?P<f>declin\w+|refus\w+|"
        rf"turn\w* (?:down|away)|reject\w*|unwilling|say no to|(?:do|does) (?:not|n't) want|don't want|doesn't want)"
        rf"{NEAR}(?P<a>{P})",
    ),
    rule("before", rf"(?P<b>{P}){G}\b(?P<if>until|till)\b{NEAR}(?P<a>{P})"),
    rule("before", rf"(?P<b>{P}){G}\b{RESERVE} (?:for|if|when|where|after|to|behind)\b{NEAR}(?P<a>{P})"),
    rule("before", rf"(?P<b>{P}){G}\b(?<!as )(?<!will )follows?\b(?! up){OBJ}(?P<a>{P})"),
    rule(
        "wait",
        rf"(?P<a>{P}){G}\b(?:(?:can|could|may|might|should|must|will|would) (?:\w+ )?(?:wait|come (?:last|later))|"
        rf"(?:can|could|may|"
        rf"might|should|must) (?:\w+ )?be (?:deferred|postponed|delayed|left|kept|parked|shelved|put (?:off|back))|"
        rf"comes? last|for later)"
        rf"\b(?!{G}\b(?:until|till|while)\b)",
    ),
    rule(
        "wait",
        rf"\b(?:ke(?:ep|pt)|sav|h[eo]ld|reserv|leav|left|park|stor|push|put|relegat|demot|postpon|defer|consign|"
        rf"regard|treat|think|"
        rf"see[ns]? )\w*\b{NEAR}(?P<a>{P}){G}\b(?:{RESERVE}|{SHELF}|{WHOM})\b",
    ),
    rule("wait", r"(?P<a><drugs>) (?:can |will )?comes? (?:in )?(?:later|last|afterwards|second|after that)\b"),
    rule("wait", rf"(?P<a>{P}){G}\b{RESERVE}\b"),
    rule(
        "wait",
        rf"(?P<a><pns>){NEAR}\b(?:(?<!rather than )(?<!rather than a )(?:later?|last|deferred|delayed)(?! than)|"
        rf"(?:must|has to|should) wait)\b",
    ),
    rule(
        "wait",
        rf"(?P<a>{P}){G}\b(?:kept|saved|held|reserved|left)\b{NEAR}\b(?:for later|for (?:those|people|patients|"
        rf"when)|in reserve)\b",
    ),
    rule(
        "wait",
        rf"(?:^|[:;,.] |\band )(?:hold|park|shelve|postpone|defer|delay) (?:off |on |the |all |any |her |"
        rf"his )*(?P<a>{P})",
    ),
    rule(
        "first",
        rf"(?P<b>{P})(?:(?! and (?:may|can|could|should|is|are|will|would|has|have|so)\b)"
        rf"[^.,;:!?<>]){{0,50}}?\b(?:first(?:-| )line|first (?:step|choice|option|intervention|move|treatment|port "
        rf"of call|in line)"
        rf"|first(?=\s*(?:[.,;!)]|$|(?:and|then|in|for|if|because|since|with|when)\b))|initial (?:step|treatment|"
        rf"therapy|"
        rf"choice|option|intervention)|the starting point|front-?line|the opening|(?:the|near the|at the|to the) "
        rf"(?:top|front|head|start"
        rf"|beginning|fore)(?: of)?|(?:opens|heads|leads|tops|starts|begins) (?:the|off)|earliest|(?<!rather than )"
        rf"(?<!no )(?<!benefit )(?<!relief )(?<!effect )(?<!better )(?:(?<!than )"
        rf"(?:sooner|earlier|early)(?! (?:than|stud|trial|work|report|paper|review|result|series|year|evidence|"
        rf"failure|use)))"
        rf"|(?:an?|the) (?:[\w-]+,? ){{0,3}}(?:start|opener|opening move|beginning|entry point)|(?:crept|moved|"
        rf"climbed|promoted|advanced|shifted|"
        rf"jumped|risen|gone) (?:up|forward|ahead|to the front)|where (?:\w+(?:'d)? ){{1,4}}(?:start|begin)s?|(?:has|"
        rf"have|gets?|deserves?|takes?) (?:the )?(?:priority|precedence|pride of place)|pole position|(?:brought|"
        rf"moved?) "
        rf"(?:forward|up)|comes? forward|before (?:anything|everything|all)(?: else)?)\b",
    ),
    rule(
        "first",
        rf"\b(?:first(?:-| )line(?: \w+)?(?= (?:is|comes|will|would|should|for))|first (?:step|choice|option|"
        rf"intervention|move|thing)|"
        rf"first(?=\W+(?:is|comes|an?|the)\b)|start\w* with|begin\w* with|lead\w* with|open\w* with|starting point|"
        rf"initial "
        rf"(?:step|treatment|choice|option|intervention))\b(?:(?!, and\b)[^.;!?<>]){{0,50}}?(?P<b>{P})",
    ),
)
RULES: Final = (*NEEDED, *LEFT_OUT, *IN_TIME)

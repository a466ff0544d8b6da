"""The ways in which people say that a treatment is left out, replaced, untried, or given together with another one."""

from __future__ import annotations

from typing import Final

from assistant.guardrail.order_rules import rule
from assistant.guardrail.order_words import FAILED, NEAR, UNTRIED, G, P

# A place shared.
EQUAL: Final = (
    r"(?:the|one) (?:same|one|very same) (?:rung|tier|level|footing|step|stage|line|place|position|"
    r"rank|point|shelf|standing|plane)"
)

# Of one kind, what one pattern has read is not read again by a later one.
LEFT_OUT: Final = (
    rule(
        "instead",
        rf"(?P<b>{P}){NEAR}\b(?:tak|fill|occup|usurp|assum)\w*\b{NEAR}(?P<a>{P})(?:'s|s'|')? (?:place|slot|position|"
        rf"role|"
        rf"spot|part|seat|turn)\b",
    ),
    rule("instead", rf"\b(?:rather|sooner|better|prefer\w*|preferable)\b{NEAR}(?P<b>{P}){G}\bthan\b{NEAR}(?P<a>{P})"),
    rule(
        "instead",
        rf"(?P<b>{P}){NEAR}\b(?:swap|substitute|replacement|stand-in|surrogate)\b{NEAR}\bfor\b{NEAR}(?P<a>{P})",
    ),
    rule(
        "instead",
        rf"(?P<a>{P}){G}\b(?:omitted|dropped|skipped|left out|replaced|passed over|abandoned|exchanged|swapped|"
        rf"traded|substituted)\b{NEAR}\b(?:in "
        rf"favou?r of|for|by|with)\b{NEAR}(?P<b>{P})",
    ),
    rule(
        "instead",
        rf"(?P<a>{P})(?:(?!\b(?:fail|not|never|wore|nothing|disappoint|laps|let|brief|short)|n't)[^.!?<>]){{0,80}}?(?P<b>{P}){NEAR}"
        rf"\bin (?:its|their) (?:place|stead)\b",
    ),
    rule(
        "instead",
        rf"\b(?:stopped|stop|given up|giv(?:e|ing) up|gave up|no longer|dropped|abandon\w*|quit|done with|ditch\w*|"
        rf"forgo\w*|"
        rf"forsak\w*|turned my back on|don't bother|never bother|not bother\w*)\b{NEAR}(?P<a>{P})"
        rf"(?:(?!\b(?:fail|not|never|wore|nothing|disappoint|laps|let|brief|short)|n't)[^.!?<>]){{0,50}}?(?P<b>{P}){NEAR}"
        rf"\b(?:instead|(?:does|do|will do|serves?)(?= instead| just| the job| fine| nicely| well|\W*$))",
    ),
    rule(
        "instead",
        rf"(?P<b>{P}){G}\b(?:instead of|rather than|in place of|as (?:an alternative|a substitute) (?:to|for)|in "
        rf"preference to)\b(?! later)(?:\W+\w+){{0,3}}?\W*(?P<a>{P})",
    ),
    rule(
        "instead",
        rf"\b(?:instead of|rather than(?! later\b)|in place of)(?:\W+\w+){{0,4}}?\W*(?P<a>{P})"
        rf"[^.!?;<>]{{0,60}}?(?P<b>{P})",
    ),
    rule(
        "instead",
        rf"\b(?:leave|drop|forget|replace|swap|omit|skip)\b{G}(?P<a>{P}){G}\b(?:and|with|by|for|in favour of|in "
        rf"favor of)\b{G}(?P<b>{P})(?:{NEAR}\b(?:instead|in (?:its|their) (?:place|stead)))?",
    ),
    rule(
        "instead",
        rf"(?P<b>{P}){G}\b(?:replac\w+|supersed\w+|supplant\w*|displac\w+|obviat\w+|(?:tak\w+|took) the (?:place|"
        rf"role) of|stands? in for|"
        rf"substitut\w+ for|mak\w+ (?=<[a-z|]+> (?:unnecessary|redundant|superfluous|needless|obsolete))|mak\w+ "
        rf"(?=(?:an?|the|any) <[a-z|]+> "
        rf"(?:unnecessary|redundant|superfluous|needless|obsolete))|do(?:es|ing)? away with|spares?|saves?)"
        rf"\b{G}(?P<a>{P})",
    ),
    rule(
        "instead",
        rf"\b(?:prefer\w*|choose|chose|pick|favou?r\w*|opt for)\b{NEAR}(?P<b>{P}){NEAR}\b(?:over|to|"
        rf"above|before)\b{NEAR}(?P<a>{P})",
    ),
    rule(
        "instead",
        rf"(?P<b>{P}){NEAR}\b(?:is|are) (?:preferred|preferable|to be preferred)\b{NEAR}\b(?:over|to|"
        rf"above)\b{NEAR}(?P<a>{P})",
    ),
    rule("instead", rf"(?P<b>{P}){G}\band (?:leave out|leave|skip|omit|drop|forget|miss out|forgo)\b{NEAR}(?P<a>{P})"),
    rule(
        "less invasive",
        rf"(?P<b>{P}){G}\b(?:(?:less|no more) (?:invasive|drastic|demanding|of an operation|of a "
        rf"procedure)|"
        rf"gentler|milder|kinder|simpler|smaller|lighter)(?: \w+)? than\b{G}(?P<a>{P})",
    ),
    rule(
        "less invasive",
        rf"(?P<a>{P}){NEAR}\b(?:riskier|more dangerous|(?:higher|greater) risks?|more risks?|less safe|more harm\w*)"
        rf"{NEAR}\bthan\b{G}(?P<b>{P})",
    ),
    rule("less invasive", rf"(?P<b>{P}){NEAR}\b(?:safer|less risky|less dangerous){NEAR}\bthan\b{G}(?P<a>{P})"),
    rule("less invasive", rf"(?P<b>{P}){NEAR}\b(?:the |being the )?least invasive\b"),
    rule("less invasive", rf"\b(?:being|as) (?:less|no more) invasive than\b{NEAR}(?P<a>{P}),{NEAR}(?P<b>{P})"),
    rule("less invasive", rf"\bleast invasive\b[^.;:!?<>]{{0,40}}(?P<b>{P})"),
    rule("less invasive", rf"(?P<a>{P}){NEAR}\bmore invasive than\b{G}(?P<b>{P})"),
    rule(
        "untried",
        rf"(?P<b>{P}){G}\b(?:who|that|whom|having|in people|in those|with)\b[^.,;:!?<>]{{0,25}}?(?P<neg>\bnever|"
        rf"\bneither|\bnot|n't|\bno (?:prior|previous|"
        rf"earlier)?)\b(?: \w+){{0,4}}? (?P<a>{P})(?!{G}{FAILED})",
    ),
    rule(
        "untried",
        rf"(?P<b>{P}){G}\byet to (?:try|have|receive|fail|be given|be offered)\b{NEAR}(?P<a>{P})",
    ),
    rule(
        "untried",
        rf"(?P<b>{P}){G}\b(?P<if>while|with|although|even though|even if|even when|despite|when|though|unless|if|"
        rf"where|before)\b{G}(?P<a>{P}){G}(?:\b|(?=n't)){UNTRIED}(?! (?:an? |any |the )?<)",
    ),
    rule(
        "untried",
        rf"(?P<b>{P}){G}\b(?:(?P<if>while|as)\b{NEAR}\b(?:wait\w* for|await\w*|queu\w+ for|listed for|in line for)|"
        rf"pending|awaiting)\b{NEAR}(?P<a>{P})",
    ),
    rule(
        "untried",
        rf"(?P<b>{P}){NEAR}\b(?:bridg\w+|tid\w+ (?:\w+ ){{1,3}}over) (?:to|until|till|before){NEAR}(?P<a>{P})",
    ),
    rule(
        "untried",
        rf"\b(?:if|when|where|since|as|because|should)\b{NEAR}(?P<a>{P}){NEAR}(?:\b|(?=n't)){UNTRIED},"
        rf"(?:(?!\b(?:before|prior|ahead|until|rather|instead|first|not|no|never|too|premature)\b|n't)[^.;:!?<>]){{0,40}}?(?P<b>{P})"
        rf"(?! (?:\w+ )?(?:not|never|waits?|later)\b) (?:\w+ )?(?:can|may|could|should|is|are|would|might|must|will)"
        rf"\b(?!(?:{NEAR}\b|(?= ?n't))(?:not|n't|never|no|premature|too|wait\w*|later|hold|held|until|defer\w*|"
        rf"postpon\w*|"
        rf"out of|wrong|skip\w*)\b)",
    ),
    rule(
        "untried",
        rf"\b(?P<if>while|with|although|even though|even if|even when|though)\b{G}(?P<a>{P}){G}(?:\b|(?=n't)){UNTRIED}"
        rf"[^.;:!?<>]{{0,60}}?(?P<b>{P})",
    ),
    rule(
        "skip",
        rf"\b(?:skip\w*|bypass\w*|(?<!review )(?<!article )(?<!paper )(?<!chin )(?<!author )omit\w*|forgo\w*|"
        rf"forego\w*|leave out|leapfrog\w*|jump\w* over|miss out|(?<!was )(?<!were )(?<!been )abandon\w*|"
        rf"dispens\w+ "
        rf"with|do(?:ing)? away with|pass over|sidestep\w*|side-step\w*|cut(?:ting)? out|ditch\w*|jettison\w*|"
        rf"spar(?:e|es|ed|ing)|sav(?:e|es|ing) "
        rf"(?:\w+ ){{1,2}}(?:the|from)|never mind|forget(?: about)?|steer clear of|(?:don't|do not|never|no (?:point|"
        rf"need|sense|reason|cause)|"
        rf"not worth|why|without|needn't|need not|pointless|little (?:point|to be gained)|nothing to be gained|no "
        rf"place)\b{NEAR}\b(?:"
        rf"bother\w*|wast(?:e|ing)|troubl(?:e|ing)|los(?:e|ing) time|spend(?:ing)? (?:time|months)|linger\w*|"
        rf"dwell\w*|detours?|(?<!wait )(?<!waiting )(?<!relief )(?<!benefit )(?<!response )(?:for|in|from)|"
        rf"put(?:ting)? (?:\w+ ){{1,2}}through))\b"
        rf"{G}(?P<a>{P})(?! (?:fail|effect|level|side|compl))",
    ),
    rule(
        "skip",
        rf"(?P<a>{P}){G}\b(?:(?:can|could|may|should|might|will) (?:\w+ )?be (?:skipped|bypassed|omitted|left out|"
        rf"passed over|dropped|spared|dispensed with|forgotten)|is (?:skipped|bypassed|omitted|dropped)|(?:has|have) "
        rf"no place|"
        rf"(?:is|are) (?:\w+ )?(?:superfluous|redundant|dispensable|a waste of (?:\w+ )?time|a detour|relics?|obsolete|"
        rf"outdated|old hat|history|(?:an? )?things? of the past)|(?:has|have) had (?:its|their) day)\b",
    ),
    rule(
        "skip",
        rf"\b(?:strik|cross|rub|wip|remov|delet|eliminat|tak|scratch)\w*\b{NEAR}(?P<a>{P}){NEAR}\b(?:off|out|from)\b"
        rf"(?! (?:the )?(?:table for|market))",
    ),
    # "On the same rung as": equals, where one comes after the other.
    rule(
        "together",
        rf"(?P<b><scs>){G}\b(?:{EQUAL} (?:as|with|to)|interchangeabl[ey] with|on (?:a par|an equal footing|equal terms|"
        rf"all fours|level terms) with|shoulder to shoulder with|abreast of|level with|as (?:early|soon|readily) as|"
        rf"(?:just )?another (?:option|choice) beside)\b{NEAR}(?P<a><(?:block|ketamine)[a-z|]*>)",
    ),
    rule(
        "together",
        rf"(?P<a><(?:block|ketamine)[a-z|]*>){G}\b(?:{EQUAL} (?:as|with|to)|interchangeabl[ey] with|on (?:a par|"
        rf"an equal footing|"
        rf"equal terms|all fours|level terms) with|shoulder to shoulder with|abreast of|level with|"
        rf"no (?:earlier|sooner) than)\b"
        rf"{NEAR}(?P<b><scs>)",
    ),
    rule(
        "together",
        rf"(?P<b><(?=[a-z|]*scs)(?=[a-z|]*(?:block|ketamine))[a-z|]+>){G}\b(?:(?:on|at|share|occupy|form|"
        rf"belong (?:on|to|at)|sit "
        rf"(?:on|at)|stand (?:on|at)) {EQUAL}|interchangeable|equals|on (?:a par|an equal footing|equal terms|"
        rf"level terms)|"
        rf"equally (?:early|good|suitable|valid|reasonable) (?:first|next|as)|in (?:any|either|whatever|"
        rf"whichever) order|"
        rf"whichever (?:comes|is) (?:first|sooner|nearer|easier|quicker))\b",
    ),
    rule(
        "together",
        rf"(?P<b><scs>){G}\b(?:alongside|in parallel with|at the same time as|together with|concurrently with|side by "
        rf"side with|in tandem with|simultaneously with|in (?:the )?same (?:visit|week|session) as|hand in hand with)\b"
        rf"{NEAR}(?P<a><(?:block|ketamine)[a-z|]*>)",
    ),
    rule(
        "together",
        rf"(?P<a><(?:block|ketamine)[a-z|]*>){G}\b(?:alongside|in parallel with|at the same time as|together with|"
        rf"concurrently with|side by side with|in tandem with|simultaneously with|hand in hand "
        rf"with)\b{NEAR}(?P<b><scs>)",
    ),
    rule(
        "together",
        rf"(?P<b><(?=[a-z|]*scs)(?=[a-z|]*(?:block|ketamine))[a-z|]+>){G}\b(?:side by side|in parallel|at the same "
        rf"time|"
        rf"simultaneously|concurrently|in tandem|at once|in one go|hand in hand|in the same (?:visit|week|session|"
        rf"month)|"
        rf"(?:started|begun|offered|tried|given|booked) together)\b",
    ),
    rule(
        "skip",
        rf"\b(?P<neg>nobody needs?|no ?one needs?|no need (?:for|of)|needn't|need not|without|with no|not|"
        rf"n't)\b{NEAR}(?P<a>{P})"
        rf"{NEAR}\b(?:in between|on the way|along the way|en route)\b",
    ),
    rule("skip", rf"\bgive {NEAR}(?P<a>{P}) a miss\b"),
)

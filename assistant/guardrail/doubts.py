"""Negations beside a risk of which it must be told what they deny, and what of a risk says that it is one."""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.risks import RISKS

# Not everybody gets it, which denies nothing.
NOT_ALL: Final = re.compile(r"^\w*(?: again)? (?:in|to|with|for|by) (?:every|all|each|most|many|any two|her|his)\b")
# A duty to tell, though its words are those of leaving out: "should not be left out", "too grave to omit".
KEPT: Final = re.compile(
    r"\b(?:not|never|nor|hardly|too \w+|do not)\b[^.;]{0,30}?\b(?:leav|left|omit|skip|drop|ignor|forg|dismiss|pass|"
    r"neglect|"
    r"gloss|overlook|taken|struck|fall|kept|keep)\w*"
)
# Sedation leaves the patient unable to tell what is felt; the review calls that a risk.
SEDATED: Final = re.compile(
    r"\b(?:nothing (?:is|gets|will be) (?:lost|risked)|(?:no|without) (?:loss|harm|danger|risk)|no (?:harm|"
    r"danger|risk) (?:is|comes)|"
    r"(?:it|that) (?:is|does|makes) (?:no (?:matter|difference|loss|harm)|"
    r"not matter))\b[^.;!?]{0,60}?\b(?:asleep|unconscious|(?:can ?not|"
    r"can no longer|no longer able to|unable to|cannot|can't) (?:respond|give feedback|speak|report|answer|say|"
    r"tell)|no feedback|"
    r"deeply sedated|well under|out cold)\b|"
    r"\bsedat\w+[^.;!?]{0,40}?\b(?:can ?not|do(?:es)? not|will not|never|could not|no longer) (?:\w+ )?(?:cost|rob|"
    r"deprive|lose|tak|impair|remov|silenc|hinder|prevent|mask)\w*[^.;!?]{0,40}?\b(?:feedback|warnings?|report\w*|"
    r"tell\w*)\b|"
    r"\b(?:sedat\w+|asleep|unconscious|(?:can ?not|can no longer|no longer able to|unable to|cannot) (?:respond|"
    r"give feedback|"
    r"speak|report|answer|say|tell)|no feedback|inability to|not feeling|feels? nothing|lies? still)\b[^.;!?]{0,80}?"
    r"\b(?:(?:no|not(?: \w+)?|without|never) (?:any )?(?:more|additional|extra|added|greater|further|increased|higher) "
    r"(?:\w+ )?(?:risk|danger|hazard|harm|peril|dangerous|risky|at risk)\w*|(?:just |equally |"
    r"every bit )?as safe (?:as)?|"
    r"no less safe|safer|makes? no difference to (?:the )?(?:safety|risk)|in no more (?:danger|peril|jeopardy)|"
    r"nothing (?:is|gets|will be) (?:lost|risked)|can not come to (?:any )?harm|"
    r"(?:takes?|removes?|taking|removing) (?:\w+ )?(?:the|any|all) (?:\w+ )?(?:risk|hazard|danger|harm)s?|"
    r"(?:poses?|carries|brings?|adds?|has|have|is|are|runs?) (?!not )(?:\w+ )?(?:absolutely |quite )?(?:no|free of|"
    r"without) (?:\w+ )?"
    r"(?:risks?|dangers?|hazards?|concern|drawbacks?|downsides?|penalt(?:y|ies)|price|cost|toll)|"
    r"no bearing on (?:the |her |his |their )?(?:safety|risks?)|(?:irrelevant|immaterial) (?:to|for) (?:the )?safety)\b"
)
# A listed risk beside a negation, of which it is not plain what it denies.
DOUBTFUL: Final = re.compile(
    rf"(?P<r>{RISKS})[^.;]{{0,70}}?\b(?:not|never|no longer|nowhere|nothing|none|nil|zero|no)\b|"
    rf"\b(?:not|never|no|nothing|without|none|nobody|free of|spares?|avoids?|prevents?|protects?|"
    rf"escapes?)\b(?:(?!<r)[^.;]){{0,50}}"
    rf"(?:{RISKS})"
)
# What makes the negation harmless: how often, who said so, a trial's count, a duty to tell, another subject.
EXPLAINED: Final = re.compile(
    r"\b(?:rare\w*|uncommon\w*|infrequent\w*|unusual\w*|seldom|not (?:impossible|unknown|unheard of|absent|nil|zero|"
    r"inconceivable)|common\w*|usual\w*|often|always|frequent\w*|typical\w*|invariab\w+|only|alone|just|merely|every|all|"
    r"report\w*|record\w*|observed|noted|found|trials?|stud(?:y|ies)|review|article|paper|listed|lists?|list|"
    r"figures?|rates?|"
    r"numbers?|percent\w*|data|says?|stated?|named?|mention\w*|given|covers?|forget\w*|overlook\w*|left out|"
    r"leave out|ignored?|"
    r"omit\w*|neglect\w*|excluded|ruled out|rule out|abolish\w*|remov\w+|eliminat\w+|correlat\w*|may|might|can|could|"
    r"if|"
    r"when|unless|until|sign|mean|failure|proof|reason|tolerat\w*|bear\w*|significant\w*|severe|serious\w*|known|"
    r"unclear|"
    r"should|must|pain|recreational\w*|surprise|alarm\w*|wrong|failed|recommend\w*|cause for|so far|controls?|"
    r"placebo|saline|"
    r"compare\w*|than|help\w*|feedback|whether|entire\w*|complete\w*|wholly|different|differ\w*|worked|same|had|"
    r"has had|"
    r"more|less|further|other|require\w*|needs?|needed|needing|before|infusions? (?:was|were)|stopped|side|"
    r"evidence|described?|single|repeated|leave|leaving|left|nevertheless|still|doubt|enough|dose|dosing|schedule|"
    r"how|which|what|question\w*|not an? (?!risk|danger|concern|complic|worr|issue|problem|possib|threat|hazard|"
    r"consider|matter|"
    r"thing|side|feature|factor|effect|known|recogn|real|serious)\w+)\b"
)

# What is said of a listed risk of a treatment named beside it, and what of it says that it is one.
SAID_OF: Final = re.compile(
    rf"(?P<r>{RISKS})(?: (?:in|with|after|from|of|during|under|on|following|by|"
    rf"as) (?:\w+ ){{0,2}}?<i\d+>)?(?: \w+){{0,2}}? "
    rf"(?:is|are|was|were|has been|have been|remains?|counts? as|amounts? to) (?P<said>[^.;:]{{2,90}})"
)
ADMITS: Final = re.compile(
    r"\b(?:may|can|could|might|possib\w+|potential\w*|risks?|complications?|side|effects?|adverse|harm\w*|danger\w*|"
    r"hazard\w*|"
    r"rare\w*|common\w*|uncommon\w*|infrequent\w*|frequent\w*|usual\w*|list\w*|named?|mention\w*|describ\w*|"
    r"report\w*|discuss\w*|"
    r"include\w*|caus\w*|due|result\w*|follow\w*|associat\w*|seen|noted|observed|recogni\w+|known|expected|likely|"
    r"serious\w*|"
    r"grave|worth|important|concern\w*|problem\w*|issues?|emergency|sign\w*|dose|transient|temporary|brief|mild|"
    r"tolerable|tolerated|treat\w*|manag\w*|reduc\w*|lower\w*|higher|raised|elevat\w*|increas\w*|among|one|part|why|"
    r"what|"
    r"reasons?|given|shown|about|real|there|explain\w*|warn\w*|consent|higher|psych\w*|neuro\w*|cns|unwanted|"
    r"undesir\w*|"
    r"trauma\w*|unpleasant|troublesome|specific|characteri\w+|manifest\w*|ptosis|counted|also|both|all|"
    r"correlat\w*|outcome|covered|missing|absent from|left|another|different|not)\b|<[ri]\d+>"
)

# A negation that leaves no doubt that it denies what happens; "is not", "not only" and the like may deny anything else.
STRONG: Final = re.compile(
    r"\b(?:never|nothing|nil|zero|nowhere|nobody|no one|impossible|powerless|not (?:a thing|something) (?:that|which)|"
    r"(?:can|could|will|would|does|do) not(?: \w+ly| ever| even)? (?!have to|need|mean|say|rule|exclude|forget|stop|"
    r"prevent|protect|"
    r"know|expect|require|tell|help|abolish|remove|eliminate|seem|appear|always|only|mention|list|give|want|like|"
    r"worry|fail|"
    r"count|include|state|name|wait|hesitate|ignore|dismiss|be )\w+|"
    r"neither|no longer|unable to|incapable|(?:without|free of|free from) (?:any )?<r\d+>)"
)
# Words that put a risk away without a negation.
ABSENCE: Final = re.compile(
    r"\b(?:(?:one|a) (?:\w+ )?(?:thing|worry|concern|fear|risk|item) (?:fewer|less)|"
    r"(?:thing|worry|concern|fear|risk|danger|problem)s? (?:that |which )?(?:we|you|one|they) (?:can|may|"
    r"could) (?:\w+ )?"
    r"(?:retire|drop|shelve|strike|bury|forget|cross|put|lay|leave|dismiss)\w*|"
    r"(?:door|chapter|book|file) (?:is|has been) (?:\w+ )?(?:shut|closed)|out of (?:(?:\w+(?:'s)? ){0,3}reach|bounds|"
    r"range|"
    r"the (?:question|equation|"
    r"picture|running))|beyond (?:\w+ )?reach|too far (?:from|off|away)|(?:engineered|designed|bred|written) out|"
    r"(?:perfectly|fully|completely|wholly|entirely|totally) (?:protected|safe|secure|shielded|spared)|"
    r"(?:stays?|remains?|sits?) (?:exactly |firmly |just )?(?:put|where it was (?:put|placed|left))|"
    r"laid to rest|struck off|cross(?:ed)? off|takes? no notice|consigned|relegated|banished|"
    r"(?:stuff|matter|thing)s? of (?:the past|legend|fiction|textbooks|history|imagination)|"
    r"belongs? (?:to|in) (?:the )?(?:past|history|museum|nightclub|street|another age)|laid at the door|(?:foreign|"
    r"alien|strangers?|unknown) to|as (?:likely|probable|rare) as (?:snow|hens?|a blue|pigs?|winning)|"
    r"never meet|do not mix)\b"
)

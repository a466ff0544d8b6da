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
    r"\b(?:sedat\w+|asleep|unconscious|(?:can ?not|unable to|cannot) (?:respond|give feedback|speak|report|answer)|"
    r"no feedback|inability to)\b[^.;!?]{0,80}?"
    r"\b(?:(?:no|not(?: \w+)?|without|never) (?:any )?(?:more|additional|extra|added|greater|further|increased|higher) "
    r"(?:\w+ )?(?:risk|danger|hazard|harm|peril|dangerous|risky|at risk)\w*|(?:just |equally |"
    r"every bit )?as safe (?:as)?|"
    r"no less safe|safer|makes? no difference to (?:the )?(?:safety|risk)|in no more (?:danger|peril|jeopardy)|"
    r"(?:poses?|carries|brings?|adds?|has|have|is|are|runs?) (?:absolutely |quite )?(?:no|free of|without) (?:\w+ )?"
    r"(?:risks?|dangers?|hazards?|concern|drawbacks?|downsides?))\b"
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
    r"\b(?:rare\w*|common\w*|usual\w*|often|always|frequent\w*|typical\w*|invariab\w+|only|alone|just|merely|every|all|"
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
    r"more|less|further|other|require\w*|need\w*|before|infusions? (?:was|were)|stopped|side|"
    r"evidence|described?|single|repeated|leave|leaving|left|nevertheless|still|doubt|enough|dose|dosing|schedule|"
    r"how|which|what|question\w*)\b"
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

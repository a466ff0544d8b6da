"""How a list of risks is called complete."""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.risks import HARM, RISKS

G: Final = r"(?:[^.;:!?<>]|<i\d+>){0,60}?"
OF: Final = r"(?:\w+ |<i\d+> |<i\d+>'s? ){0,3}?"
# Where the list that is called complete stands: with the claim, after it, or before it.
HERE: Final = (
    re.compile(
        rf"\b(?:only|sole|single|one and only|all(?! (?:\w+ )?(?:on|in|among|part|known|listed|possible)\b)|every|"
        rf"full|complete|entire|exhaustive|whole|total|"
        rf"comprehensive) (?!(?:most|biggest|greatest|main|chief|worst|gravest|commonest|largest)\b){OF}(?:{HARM}|"
        rf"list)(?!\w)(?![^;:.]{{0,80}}\b(?:rare|occur|should|must|"
        rf"need|depend|discuss)\w*)"
    ),
    # "Here is everything that may go wrong", "I confine myself to".
    re.compile(
        r"\b(?:everything|anything|all) (?:that |which )?(?:can|could|may|might|will|"
        r"ever)(?: \w+)? (?:go(?:es)? (?:wrong|amiss)|"
        r"happen|come of)\b|\bthe sum total of (?:what|the)\b"
    ),
    re.compile(r"\ball (?:that )?(?:\w+ ){1,3}?(?:needs?|has|have|ought) to (?:know|hear|be told|worry|fear)\b"),
    re.compile(
        r"\b(?:only|sole) (?:things?|trouble|bother|harm|mishaps?)(?: (?:that|which))? (?:can|could|may|might|will|"
        r"ever) "
        r"(?:ever )?(?:go(?:es)? (?:wrong|amiss)|happen|come of)\b"
    ),
    re.compile(r"\b(?:exhaustive|in full|complete list|list(?: is)? complete|complete) ?\)? ?:"),
    re.compile(
        rf"\b(?:just|merely|only|solely|nothing (?:but|worse than|more than|beyond)|limited to|confined "
        rf"to|restricted to|amounts? to|boils? down to|comes? down to|exactly|no more than) (?!rare|"
        rf"in\b|when|if|after|with|for\b|once)(?:\w+ ){{0,3}}?{RISKS}"
    ),
    re.compile(
        r"\b(?:one|two|three|four|[1-4]) (?:\w+ ){0,2}?(?:only|alone)\b|\b(?:only|just|exactly) (?:one|two|three|"
        r"four|[1-4])"
        r"\b(?! (?:hours?|days?|weeks?|months?|years?|trials?|patients?|studies|sessions?|of)\b)"
    ),
    re.compile(rf"\b(?:exactly|just|only) (?:one|two|three|1|2|3) (?:\w+ )?{HARM}"),
    re.compile(
        rf"\b(?:one|two|three|four|[1-4]) (?:\w+ )?{HARM} (?:\w+ )?(?:in all|in total|altogether|all told|"
        rf"and no more)\b|"
        rf"\b(?:in all|in total|altogether|all told),? (?:one|two|three|four|[1-4]) (?:\w+ )?{HARM}"
    ),
    re.compile(
        rf"\b(?:apart from|other than|besides|except(?: for)?|aside from|beyond|save for|barring) "
        rf"(?:\w+ ){{0,3}}?{RISKS}{G}\b(?:no|nothing|none|not any)\b"
    ),
    re.compile(
        rf"\b(?:no|nothing|none)\b{G}\b(?:apart from|other than|besides|except(?: for)?|beyond|but) "
        rf"(?:\w+ ){{0,3}}?{RISKS}"
    ),
    # The one hazard, the sum total, all the consent that it takes; "covering R covers X".
    re.compile(
        rf"\bthe (?:one|lone) (?:\w+ ){{0,2}}?{HARM}(?! (?:of|among) (?:several|many|the)\b)|"
        rf"\b(?:sum total|the sum\b(?! of money)|(?<!to )sums? up|whole (?:story|list|catalogue|tally|of it)|be-all|"
        rf"one and one only|"
        rf"(?:everything|all|the lot) (?:that )?there is to (?:know|say|tell|hear|fear|mention)|"
        rf"long and (?:the )?short of it|total tally|"
        rf"all the (?:consent|warnings?|risks?|explanation|information|counsel\w+|caution))\b|"
        rf"{HARM}(?:[^.;:<>]|<i\d+>){{0,30}}? (?:number|amount to|come to|total|run to|count) (?:just |only |exactly )?"
        rf"(?:one|two|three|[1-3])\b|"
        rf"\(?all of them\)? ?[:.)]|"
        rf"\b(?:cover|nam|mention|sa[iy]|explain|discuss|tell|told|warn)\w* (?:\w+ ){{0,2}}?{RISKS}(?:[^.;<>]|"
        rf"<i\d+>){{0,20}}?,? "
        rf"(?:and |then )?(?:you|we|they|that|this)(?: have)? (?:covered|covers|said|named|dealt with|done|finished|"
        rf"discharged)"
        rf"(?! (?:only|part|half|a part|some))|"
        rf"{RISKS} alone (?:is|are|need|deserve|matter|has|have|count|belong|merit)\w*(?! (?:not|no))|"
        rf"\b(?:has|have|carr(?:y|ies)|knows?|poses?|brings?|there (?:is|are)) (?:just |only |exactly )?(?:one|two|"
        rf"three|[1-3]) "
        rf"(?:\w+ ){{0,2}}?{HARM}(?! (?:worth|to |in |of note|seen|reported|among|that|which))[^.;]{{0,15}}{RISKS}"
    ),
    # Once so much is said, the talk is over.
    re.compile(
        r"\b(?:talk|form|consent|conversation|list|discussion|counselling|briefing)\b(?:[^.;<>]|<i\d+>){0,20}? (?:is|"
        r"are|may be|"
        r"can be) (?:\w+ )?(?:finished|done|over|signed|closed|settled)\b"
    ),
    re.compile(r"\blist complete ?: ?true|\bcomplete(?: list)? ?: ?true|\bexhaustive ?: ?true"),
)  # fmt: skip
# Lists that are made to look complete without being called so: "the drawback is ...", "it will do to mention ...".
LOOSE: Final = (
    re.compile(
        rf"\b(?:what|things that) (?:can|could|may|might)(?: \w+)? go (?:wrong|amiss)(?: \w+){{0,4}}?(?: is| are)? "
        rf"?[:,] "
        rf"?(?:\w+ ){{0,5}}?{RISKS}"
    ),
    re.compile(
        rf"\bthe (?:one|single|lone) (?:\w+ )?(?:things?|problems?|issues?|worry|trouble|snag|catch|"
        rf"point)\b[^.;:<>]{{0,50}}"
        rf"(?:<i\d+>)?[^.;:<>]{{0,20}} (?:is|are) (?:\w+ ){{0,3}}?{RISKS}"
    ),
    re.compile(
        rf"{RISKS} (?:is|are) (?:what|all|the (?:one|only|thing|things|risks?|point|points)) (?:to|that|you|we|which|"
        rf"there|worth)\b"
    ),
    re.compile(
        rf"(?<!of )(?<!among )(?<!amongst )\b(?:the|its|their|your) (?!(?:\w+ )?(?:main|chief|commonest|most|usual|"
        rf"serious|likel\w+|typical|"
        rf"other|principal|"
        rf"further|gravest|worst|major|key|first|listed|frequent|best|central|rare|rarer|psych\w+|neuro\w+|cns|local|"
        rf"early|late|cardi\w+|vascular|bladder|urinary|hepatic|liver|mental|percept\w+|acute|long-term|immediate|"
        rf"device|hardware|infect\w+|dose-dependent|common) )"
        rf"(?:\w+ ){{0,1}}?(?:{HARM}|(?:thing|things|point|points|effect|effects|trouble)(?= (?:to|that|you|we)\b))"
        rf"(?:(?! include| among|\bsuch|\bmay|\bcan\b|\bnot\b|\blisted|\bnamed|\bis an?\b (?:rare|serious))"
        rf"[^.;:<>]|<i\d+>){{0,60}}?(?: (?:is|are|being|=|:)|:) (?:(?!one |among |rare|not |mostly |more |dose|"
        rf"often )\w+ ){{0,5}}?{RISKS}"
    ),
    re.compile(
        r"\b(?:will do\b|suffic\w+|(?:is|are|be|quite|more than) enough\b(?! to (?:stop|rule|make|cause))|"
        r"enough to (?:mention|tell|"
        r"say|warn|name|explain|cover|know)|adequate to|all (?:that )?(?:\w+ ){0,2}?(?:needs?|has|have|ought|should|"
        r"must)\b|"
        r"(?:needs?|has|have) only(?: to)?|only (?:needs?|has|have) to|no more (?:is|need be)|nothing (?:beyond|"
        r"further) "
        r"(?:is|need)|content (?:yourself|oneself) with|(?:limit|confine|restrict)\w* (?:myself|ourselves|"
        r"yourself|oneself|the \w+|it|"
        r"this)|"
        r"stop (?:at|there)|leave it at|(?:can|may) be kept (?:to|short)|keep it to)"
    ),
)
SEDATION_GAINS: Final = re.compile(
    r"\b(?:only|just|solely|nothing but|all that|purely|sole|simply)\b[^.;]{0,60}\b(?:count|matter|weigh|decid|gain|"
    r"benefit|"
    r"anxi|comfort|satisf|cooperat|movement|purpose|point|question)\w*"
)
SEDATION_HARM: Final = re.compile(
    r"\b(?:feedback|risks?|report|tell|needle|danger\w*|harm\w*|concern\w*|case[- ]by[- ]case)\b"
)
BEFORE: Final = re.compile(
    r"\b(?:(?:can|could|do|did|would|need|will) ?not|can't|couldn't|don't|wouldn't|needn't|won't|no need to) "
    r"(?:really )?(?:think of|know of|see|name|go into|bring up|raise|mention|bother (?:\w+ )?with|get into|"
    r"add) any(?:thing)? (?:else|more|other|further)\b|"
    rf"\bthat(?:'s| is| was|s) (?:about |pretty much |really |basically )?(?:it|all|the lot|everything|"
    rf"(?:the|your) (?:whole|full|entire|complete) "
    rf"(?:list|story|lot))\b|\bthat (?:covers|does|settles|exhausts|says|sums up|"
    rf"will do|should do|suffices|is enough|ought to do)\b|\band (?:no|nothing) more\b|\b(?:and )?not (?:another|"
    rf"one more|a further) (?:thing|word|risk|{HARM})\b|\bnothing (?:else|more|"
    rf"further|besides)\b(?! (?:has|had|have|works?|worked|helps?|helped|will|did|does)\b)|"
    rf"\bno (?:others?|other {HARM}|further {HARM}|more)\b|"
    r"\bend of (?:the )?(?:list|story)\b|\b(?:list|catalogue|matter|story|it|that) (?:simply |just )?(?:ends|"
    r"stops|closes|finishes) "
    r"(?:there|here|with that)\b|\bthere (?:the )?(?:list|it|matter) ends\b|\b(?:list|that) is (?:complete|"
    r"exhaustive)\b|\bnone besides\b|"
    r"\bno others?\b|\b(?:period|full stop)\W*$"
)
PARTIAL: Final = re.compile(
    r"\b(?:such as|for example|for instance|e\.g|among (?:others|them|other)|by no means|not (?:complete|"
    r"exhaustive|all|the only|only|a complete|an exhaustive)|incomplete|to name|at least|some of|"
    r"part of|"
    r"recreational|street|so far|(?:his|her|their|patient's|my) (?:only|sole)|(?:he|she) (?:had|has|got|reported))\b"
)
TOPIC: Final = re.compile(
    rf"{HARM}|\b(?:warn|tell|consent|disclos|expect|feel|go(?:es)? wrong|get|caus|list|happen|cover|fear|mention|"
    rf"explain|"
    rf"said|name|worr)\w*"
)
# A list that is called complete in so many words, whatever is on it.
COMPLETE: Final = re.compile(
    rf"\b(?:only|sole|single|whole|entire|complete|full) (?!(?:most|biggest|greatest|main|chief|"
    rf"worst)\b)(?:\w+ ){{0,2}}?(?:{HARM}|things?|list|trouble|bother)"
    rf"(?! (?:\w+ )?(?:reported|listed|named|recorded|seen|noted|mentioned|given))[^.;:]{{0,70}}? (?:is|"
    rf"are) (?:just |only )?"
    rf"(?:an? |the |some |that )?(?!not\b|rare|unknown|nil|none|no\b|there\b|worth|to be|at\b|in\b|on\b|for\b|"
    rf"missing)\w+|"
    r"\b(?:nothing|little) (?:else|more|worse) (?:can|could|will|ever|to)\b[^.;]{0,30}\b(?:than|but|beyond)\b"
)
GOES_WRONG: Final = re.compile(
    rf"{HARM}|\b(?:go(?:es)?|went) (?:\w+ )?(?:wrong|amiss)\b|\b(?:expect|warn|fear|consent)\w*"
)

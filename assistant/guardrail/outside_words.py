"""How a text directs, ranks, reports or leaves aside what the review does not have."""

from __future__ import annotations

import re
from typing import Final

OF_TRIAL: Final = re.compile(
    r"\b(?:randomi[sz]\w+|allocat\w+|assign\w+|trial of|compar\w+|versus|vs?|(?<!rather )than|cross\w*|groups?|arms?|"
    r"north|switch\w*|by lot|\d+ (?:out )?of (?:the )?\d+|"
    r"incomplete)\b",
    re.IGNORECASE,
)
VERBS: Final = (
    r"(?:offer|start|begin|commence|give|add|try|use|go (?:straight )?(?:for|to|with)|go with|move (?:on )?to|"
    r"proceed (?:to|with)|go on (?:to|with)|turn to|resort to|progress to|advance to|escalate to|step up to|"
    r"fall back on|"
    r"reach for|look to|bring in|send (?:\w+ ){0,2}for|put (?:\w+ ){0,2}forward for|switch|swap|change to|consider|"
    r"put (?:in|on)|insert|implant|place|fit|run|try|"
    r"refer|"
    r"book|arrange|prescribe|titrate|inject|perform|do|choose|pick|prefer|opt for|order|schedule|recommend|"
    r"suggest|advise|propose|favou?r|combine|rotate|plan|put (?:him|her|them) on)"
)
DIRECT: Final = re.compile(
    rf"(?:^|[.;:,>(\"]\s*|\b(?:then|next|and|or|please|now|to|can|could|should|may|might|would|must|will|i'd|"
    rf"i'll|we|you|i|so|instead|first|either|also|just|simply|rather|always)\s+){VERBS}(?:ing|s|ed)?\b"
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
    r"|\b(?:step|move|thing|option|treatment|course) (?:to (?:take|make|try|choose|go for|turn to)|of choice) "
    r"(?:is|would be)\b"
    r"|\b(?:next|then|after that|after this|finally|last)(?: in line| in turn| up)? (?:comes?|stands?|follows?)\b",
    re.IGNORECASE,
)  # fmt: skip
# What follows a treatment when it is ranked or recommended.
RANKED: Final = re.compile(
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
HISTORY: Final = re.compile(
    r"\b(?:has|have|had|having|with) (?:\w+ )?(?:had|tried|taken|failed|used|received|been|undergone|stopped)\b|"
    r"\b(?:failed|failing|fail|fails|tried|stopped|on|took|takes|taking|despite|previous\w*|prior|past|history|"
    r"already|after|following|once|without success|"
    r"did not|didn't|no relief|intolerant|tolerate\w*|worked|unsuccessful\w*|unhelpful|inadequate|exhausted|has|"
    r"have|had|lives with|known|your|her|his)\b",
    re.IGNORECASE,
)
UNCOVERED: Final = re.compile(
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
NOT_HAD: Final = re.compile(
    r"\W*(?:but |however,? |sadly,? |unfortunately,? )?(?:the |this |chin's )?(?:review|article|paper|"
    r"author)\b[^.;]{0,30}\b(?:not|never|nothing|"
    r"silent|nowhere|leaves?)\b[^.;]{0,30}\b(?:it|them|that|this|these|those|out|either|both)\b",
    re.IGNORECASE,
)
REFERRED: Final = re.compile(
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
TRADE_OFF: Final = re.compile(
    r"\b(?:price|cost) (?:is|for this is|of this is|may be|being) (?:\w+ )?(?:los\w+|less|fewer|poorer|giv\w+ up|"
    r"forgo\w*|a |an )|"
    r"\bat (?:the|a) (?:\w+ )?(?:price|cost) of\b",
    re.IGNORECASE,
)
CARE: Final = re.compile(
    r"\b(?:helps?|works?|relieves?|treats?|effective|benefit\w*|indicat\w+|indicated|useful|use[ds]?|established|"
    r"respond\w*|safe|avoid\w*|contraindicated|suit\w*|reduc\w+|improv\w+|evidence|recommend\w*|should|must|may|"
    r"can|common\w*|tolerat\w*|is|are|has|have)\b",
    re.IGNORECASE,
)
INFUSED: Final = re.compile(
    r"\b(?:infusions? of|infuse|iv|intravenous) (?P<a>magnesium|lidocaine|lignocaine|bupivacaine|clonidine|"
    r"[a-z]+(?:one|ine|ol|am|ate|ide)\b)|\b(?P<b>magnesium|lidocaine|lignocaine) (?:infusion|drip)s?",
    re.IGNORECASE,
)
# What places have on offer is nobody's history.
CENTRES: Final = re.compile(
    r"\b(?:units?|clinics?|centres?|centers?|hospitals?|departments?|services?|colleagues|places|practices)\b"
    r"(?: (?:also|now|still|often|may|can|sometimes))* (?:have|has|keeps?|offers?|runs?|uses?|provides?|do)\b",
    re.IGNORECASE,
)
CUT: Final = re.compile(r";|,? (?:but|while|whereas|although|though|yet|however)\b|, (?:and|so) ", re.IGNORECASE)
REPLACED: Final = re.compile(r"\b(?:instead of|rather than|in place of)\b[^,;]{0,60},", re.IGNORECASE)
SUBORDINATE: Final = re.compile(
    r"^\W*(?:when|if|once|where|since|because|as|after|should|whenever)\b[^,;]{0,90},", re.IGNORECASE
)
BREAK: Final = re.compile(
    r"\b(?:after|before|once|if|when|without|despite|because|since|until|unless|whose|who|failed|has|have|had|is|"
    r"are|was|were)\b|;",
    re.IGNORECASE,
)
SILENT_TAIL: Final = re.compile(
    r"^[^.;]{0,60}(?:\b(?:not|never) (?:\w+ ){0,2}(?:in|part|covered|mentioned|discussed|named|addressed|"
    r"compared|say)\b)",
    re.IGNORECASE,
)
# After its name, only that it failed makes a treatment history: "has been used with good results" does not.
FAILED: Final = re.compile(
    r"^\W*(?:\w+ ){0,4}?(?:fail\w*|did(?: not|n't)|do(?: not|n't)|does(?: not|n't)|without|unsuccess\w*|unhelpful|"
    r"intoler\w*|gave no|brought no|no longer|stopped|exhausted|last (?:year|month|week)|"
    r"(?:years?|months?|weeks?) ago)\b",
    re.IGNORECASE,
)
PREDICATE: Final = re.compile(
    r"^\s*(?:(?:of|to|for|at|on) (?:\w+ ){1,4}?)?(?:is|are|should|can|could|may|might|would|comes?|follows|belongs?|"
    r"stands?)\b",
    re.IGNORECASE,
)
# "If blocks fail: X next, then Y."
NEXT: Final = re.compile(r"\s*(?:trial |infusion )?(?:next|first|instead)\s*(?:[,.;)]|$)", re.IGNORECASE)
PAST: Final = re.compile(
    r"^[^.;,]{0,30}?\b(?:was|were|has been|have been|had been) (?:\w+ )?(?:tried|taken|given|used)\b", re.IGNORECASE
)
BEHIND: Final = re.compile(
    r"\b(?:fail\w*|after|despite|on|tried|had|not)(?: of| with| to)?(?: \w+,?){0,3} $", re.IGNORECASE
)
# A place in a sequence of steps, and what only says that there is such a thing.
SEQUENCE: Final = re.compile(
    r"\b(?:rung|next|step|stage|ladder|turn|queue|sequence|ahead of|in front of|before (?:SCS|spinal|a stimulator|"
    r"blocks?|ketamine|the (?:stimulator|block|infusion|implant|lead)|any|considering|resorting|moving)|"
    r"then (?:to|the|an?)|"
    r"first|second|third|fourth|finally|afterwards)\b",
    re.IGNORECASE,
)
# What others do is mentioned, not advised.
BY_OTHERS: Final = re.compile(
    r"\b(?:some|other|many|several|a few|certain|a number of) (?:\w+ )?(?:units|clinics|centres|centers|"
    r"hospitals|departments|"
    r"services|colleagues|clinicians|doctors|physicians|practitioners|people|specialists|teams|places)\b[^.;,]{0,20}$",
    re.IGNORECASE,
)
EXISTS: Final = re.compile(
    r"\b(?:some|few|certain|other|many|several|elsewhere|another|also|besides|sometimes|occasionally|people|units|"
    r"centres|centers|clinics|places|exists?|possibility|avenue|repertoire|heard|known|whether|question|unlike|"
    r"compar\w+|studied|trials?|evidence)\b",
    re.IGNORECASE,
)
NUMBERED: Final = re.compile(r"\W{0,4}(?:\d{1,2}[.):]|step \d)", re.IGNORECASE)

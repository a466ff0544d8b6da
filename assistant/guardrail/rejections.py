"""What rejects a claim: a no to it, a head over a list, a mark behind an item."""

from __future__ import annotations

import re
from typing import Final

# A warning off somebody's words: "careful with the phrase", "avoid the claim".
WARY: Final = (
    r"\b(?:careful with|wary of|beware(?: of)?|suspicious of|avoid|drop|lose|strike|shun|steer clear of|watch out for) "
    r"(?:the |that |this |any )?(?:phrases?|words?|wording|expressions?|claims?|lines?|labels?)\b|"
    r"\b(?:strike|delete|remove|drop|cut|take) (?:out )?(?:the )?['\"\u2018\u201c]"
    r"[^'\"\u2019\u201d]{3,60}['\"\u2019\u201d] (?:from|out)\b"
)
# Figures of speech that say of what stands in the sentence that it is wrong, without a word of denying; a string, so
# that each reader of moods takes the same ones into its own pattern.
IDIOMS: Final = (
    r"(?:(?:r[au]n|runs|running|go|goes|going|fl(?:y|ies)|flying) (?:counter to|against (?!a |the (?:needle|skin)))|"
    r"(?<!not )(?<!not be )(?<!nothing )(?<!without being )\bout of (?:order|sequence|turn)\b|"
    r"(?:turn|stand|put|set|flip)\w* (?:[\w<>|'-]+ ){1,4}?(?:on (?:its|their) heads?|upside down|back to front|"
    r"the wrong way (?:round|around))|"
    r"(?:ha(?:s|ve|d)|gets?|got|putt?s?|putting|takes?|reads?) (?:[\w<>|'-]+ ){1,4}?(?:backwards|back to front|"
    r"upside down|the wrong way (?:round|around)|in reverse)|"
    r"(?<!not )\b(?:makes?|making|made) (?:(?:no|little) (?:[\w-]+ )?sense|(?:a )?nonsense of)\b|"
    r"\bread\w* (?:too much|more than it says) into|the cart before the horse|" + WARY + ")"
)
# A head under which nothing is meant: "things I keep hearing, none of which the paper supports:".
REJECTING_HEAD: Final = re.compile(
    r"\b(?:none|not one|nothing|neither|few) of (?:which|these|those|them|it|the following|what follows)\b|"
    r"\b(?:myths?|misconceptions?|misunderstandings?|fallac(?:y|ies)|misreadings?|untruths?|errors?|mistakes?|slips|"
    r"old wives|howlers?|nonsense|folklore|fictions?|wrong (?:ideas|answers|claims|statements|beliefs|notions)|false "
    r"(?:ideas|claims|statements|beliefs|notions))\b|"
    r"\b(?:not|never|[a-z]*n't) (?:\w+ )?(?:true|right|correct|so|hold|say|claim|write|tell|stand up|supported|"
    r"borne out)\b|"
    r"\b(?:wrong|false|untrue|unsupported|mistaken|incorrect)\b(?=[^.]{0,20}:?\s*$)|"
    r"\b(?:lines?|sentences?|statements?|claims?|phrases?|wording|words|bullets?|passages?)\b[^.;:]{0,30}"
    r"\b(?:str(?:ike|uck)|delete[ds]?|remov(?:e|ed|ing)|cut|cross(?:ed)? out|taken? out|drop(?:ped)?|lose|"
    r"reject(?:ed)?)\b|"
    r"\b(?:strike|delete|remove|cut|cross out|take out|drop)\b[^.;:]{0,25}\bfrom (?:the|your|our|this|that|his|her) "
    r"(?:\w+ )?(?:leaflet|letter|draft|handout|text|slides?|poster|website|note|summary|answer)\b|"
    r"\b(?:get|gets|got|getting) (?:\w+ )?wrong\b|\bwhat not to\b|\b(?:avoid|stop) (?:saying|writing|claiming|"
    r"telling)\b",
    re.IGNORECASE,
)


# What rejects the quotations before it together: "The review supports none of these."
NONE_OF_THEM: Final = re.compile(
    r"\W*(?:why: )?(?:the |this )?(?:review|article|paper|author|evidence|chin) (?:supports?|backs?|bears out|says|"
    r"states?|claims?|contains?|has|makes|endorses?) (?:none|neither|not one|nothing)\b|"
    r"\W*(?:why: )?(?:none|neither|not one) of (?:them|these|those|the (?:two|three|four|five|lines|sentences|"
    r"statements|claims))\b[^.;]{0,30}?\b(?:is|are|has|have|stands?|holds?|appears?|can)\b(?! (?:wrong|false|untrue))",
    re.IGNORECASE,
)


# The mark behind an item: "(b) It lies at C5. False: C7."
FALSE: Final = re.compile(r"\W*(?:false|untrue|wrong|incorrect|myth|no|✗)\W*(?:[:.,;—-]|$)", re.IGNORECASE)


# "What would be out of order? X." names X as wrong.
ASKS_FOR_WRONG: Final = re.compile(
    r"\b(?:what|which|where|who)\b[^?]{0,60}\b(?:wrong|out of (?:order|turn|sequence)|(?:a|the) (?:mistake|error|myth|"
    r"misconception|pitfall|trap|slip)|mistakes|errors|false|not (?:right|correct|true|supported|to (?:do|say|write|"
    r"claim|offer))|(?:should|must|would)(?: \w+)? (?:not|never|avoid)|(?:shouldn't|mustn't|"
    r"wouldn't))\b[^?]{0,40}\?\W*$",
    re.IGNORECASE,
)

"""A sentence that tells what others say, taken back by the next: a correction, not a claim."""

from __future__ import annotations

import re
from typing import Final

# What others say, and the words that then take it back.
_HEARSAY: Final = re.compile(
    r"\b(?:told|heard|read|hear|claims?|claimed|said|says|draft|leaflet|letter|referral|website|forum|rep|colleague|"
    r"registrar|textbooks?|often|sometimes|commonly|widely|popularly|people|some(?:one|body)?|you|one|many|pictured|"
    r"thought|assumed|believed|assume|think|believe|suppose[ds]?|myth|misconception|rumou?r|slide|poster|summary|note)\b",
    re.IGNORECASE,
)
_TAKEN_BACK: Final = re.compile(
    r"\W*(?:but |yet |however,? |in fact,? |actually,? )?(?:"
    r"(?:that|this|it|which)(?:'s| is| was| would be)(?: \w+)? (?:wrong|mistaken|false|untrue|incorrect|the opposite|"
    r"the reverse|a myth|a mistake|an error|a misreading|backwards|the wrong way (?:round|around)|upside down|not so|"
    r"not (?:true|right|correct|the case|what)|no(?:t| longer) (?:true|right|correct|so|how))|"
    r"(?:that|this|it) (?:has|gets|puts|turns) (?:\w+ ){0,4}(?:the wrong way|backwards|upside down|wrong|round the "
    r"wrong)|"
    r"(?:it|that|this) (?:is|was|isn't|wasn't)(?: \w+){0,2} (?:opposite|reverse)|"
    r"(?:the |this )?(?:review|article|paper|evidence|author|chin) (?:says|puts|has|gives|finds|states|shows) "
    r"(?:\w+ )?(?:otherwise|the opposite|the reverse|something else|it the other way)|"
    r"(?:the |this )?(?:review|article|paper|evidence|author|chin) (?:does not|doesn't|did not|didn't|never) (?:\w+ )?"
    r"(?:say|put|state|support|claim|show|bear|back|suggest)\b|"
    r"(?:not so|not true|wrong|no|incorrect|false|fact|reality|correction|the truth)\b ?[,.:;—-]|"
    r"(?:that|this|it) (?:does not|doesn't|won't|will not) (?:hold|stand|do|follow|fit)|"
    r"i (?:disagree|can't agree|would not|wouldn't)|there is no (?:basis|support))",
    re.IGNORECASE,
)


def is_taken_back(text: str, following: str) -> bool:
    """Whether `text` tells what others say and `following` begins by taking it back."""
    return bool(_TAKEN_BACK.match(following) and _HEARSAY.search(text))

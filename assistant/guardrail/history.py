"""What treatment so far has not done, as a text tells it: words that deny nothing of what comes next."""

from __future__ import annotations

import re
from typing import Final

_TREATED: Final = (
    r"(?:drugs?|medications?|medicines?|medical \w+|tablets?|pills?|pharmacotherapy|analgesics?|gabapentin\w*|"
    r"pregabalin|amitriptyline|duloxetine|opioids?|physio\w*|conservative \w+|oral \w+|first-line \w+|"
    r"treatments?|creams?|patches)"
)
_NONE: Final = (
    r"(?:no (?:\w+ )?(?:good|use|help|joy|luck|relief|better|benefit|response|avail|success|answer|difference|dent)|"
    r"nothing|nowhere|(?:(?:has|have|had|did|do|does|was|were|is|are|could) ?(?:not|n't|never)|never|not) (?:\w+ )?"
    r"(?:help\w*|work\w*|touch\w*|respond\w*|h[eo]ld\w*|settl\w*|shift\w*|budg\w*|do(?:ne|ing)?|enough|better|tak\w*|"
    r"eas\w*|answer\w*|suffic\w*))"
)
_SO_FAR: Final = re.compile(
    rf"\b{_TREATED}\b[^.;:,]{{0,30}}?\b(?:{_NONE}|(?:useless|hopeless|pointless|futile|fail\w*|exhausted|in vain))\b|"
    rf"\b(?:no (?:good|use|help|joy|luck|relief|better|benefit|response|success)|nothing|without (?:\w+ )?(?:relief|"
    rf"response|success|benefit|joy|luck))\b[^.;:,]{{0,25}}?\b{_TREATED}\b|"
    rf"\bno (?:\w+ )?{_TREATED}(?: (?:has|have|had|ever|really|so far|yet)){{0,3}} "
    r"(?:touch|help|work|shift|settl|budg|eas|reliev|control|held)\w*|"
    r"\b(?:all|everything) (?:else )?(?:has |have |having )?(?:already )?(?:failed|been tried)\b|"
    r"\b(?:nothing (?:else|so far|yet|we(?:'ve| have) tried|has)|none of (?:it|them|that|the \w+))\b"
    r"(?: (?:has|have|had|ever|really|so far|yet)){0,3} (?:\w+ ){0,2}?(?:touch\w*|help\w*|work\w*|shift\w*|settl\w*|"
    r"budg\w*|eas\w*|held|answer\w*|made)\b",
    re.IGNORECASE,
)


def without_history(text: str) -> str:
    """The text with blanks where it tells that earlier treatment has failed; offsets stay."""
    return _SO_FAR.sub(lambda match: " " * len(match.group()), text)

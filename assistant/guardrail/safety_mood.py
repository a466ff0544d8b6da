"""Whether a claim on safety is made by the text, or denied, asked, hoped for, or named as somebody's error."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from assistant.guardrail.rejections import IDIOMS, WARY
from assistant.guardrail.units import Document

_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|without|hardly|far from|anything but|less than|"
    r"rather than|instead of|nowhere|"
    r"refrain\w*|beware of|short of)\b"
)
# They hold a negation word and deny nothing.
_PSEUDO: Final = re.compile(
    r"\bnot (?:only|just|merely|simply|least)\b|\bno (?:doubt|question|longer)\b|^no,|\bwithout "
    r"(?:doubt|question|exception|fail)\b|"
    r"\bnot (?:wrong|a myth|mistaken|untrue|false)\b"
)
# What stands before a claim that the text does not make.
_FRAME: Final = re.compile(
    r"\b(?:myths?|misconceptions?|(?<!go )(?<!goes )(?<!going )(?<!gone )wrong|incorrect|false|mistaken|untrue|"
    r"mistake|contrary to|contradicts?|"
    r"nonsense|whether|overstat\w+|misread\w*|"
    r"(?:not|never|nobody|no one|none|nowhere|neither|nor|refuse\w*|avoid|stop)(?: \w+){0,2}? (?:true|"
    r"right|correct|say|says|said|saying|"
    r"state|claim|claimed|claiming|support|suggest|mean|means|imply|implies|follow|promise|promised|"
    r"prove|proof|show|establish|tell|telling|told|saying|claiming|promising|writing|"
    r"write|call|assume|think|conclude|rule out|exclude|abolish|make|expect|list|guarantee|hear|"
    r"believe|learn|be told|be led|pretend)|the (?:word|term)s?|the draft|advert\w*|"
    r"no (?:evidence|basis|support|proof|guarantee)|(?:asks?|asked|wonders?|hop(?:e|es|ed|ing)|fears?|"
    r"wish\w*) (?:if|for|that|to|about)|"
    r"(?:he|she|they|patients?|people|many|some) (?:\w+ )?(?:hop(?:e|es|ed)|wish\w*|believ\w+|expect(?:s|ed)?|"
    r"imagin\w+|"
    r"dream\w*))\b|"
    r"\b(?:slow|reluctant|loath|hesitant|hesitate|wary|careful|cautious|chary|far from|short of|stop short of|"
    r"too soon|too "
    r"early|premature)(?: \w+)? (?:to|of|about|before|in|from)?(?: \w+)? ?(?:call|say|claim|promis|speak|talk|us|"
    r"term)\w*\b|" + WARY + r"|"
    r"\bif (?:it|they|this|that)? ?(?:was|were|is|are)\b"
)
_FRAME_AFTER: Final = re.compile(
    r"^[^.]{0,90}?\b(?:(?:is|are|was|be) (?:an? |the |simply |just )?(?:myth|misconception|wrong|"
    r"incorrect|false|mistaken|untrue|error|mistake|"
    r"overstate\w*|not (?:true|so|right|correct|supported|the case|what))|is not so|overstates|has no (?:place|"
    r"business)|have no (?:place|business)|" + IDIOMS + r"|goes "
    r"too far|goes beyond|(?:review|evidence|article|paper|text|trials?) (?:can|does|do|could) not (?:\w+ )?(?:support|"
    r"back|promise|bear|say|claim)|"
    r"(?:finds|has|have) no (?:support|basis)|contradict\w*|the answer is no|(?:has|have) been (?:corrected|refuted))\b"
)
_REJECTED: Final = re.compile(
    r"^\W*(?:wrong|not so|not true|not right|false|incorrect|untrue|no\b(?=[,.:;!])|(?:that|this|"
    r"it) is (?!\w+ (?:to|that|for)\b)(?:not|wrong|false|a myth|incorrect|untrue)|"
    r"that's (?:not|wrong)|rubbish|nonsense|on the contrary|the review (?:does not|disagrees|says "
    r"otherwise)|not according)\b"
)
_CONFIRMED: Final = re.compile(
    r"^\W*(?:a:\s*)?(?:yes|absolutely|certainly|of course|indeed|correct|right|exactly|definitely|"
    r"sure|it is|they are|it does|they do|very much|"
    r"without (?:doubt|question))\b"
)
_CUT: Final = re.compile(
    r"[;:]|,? (?:but|while|whereas|although|though|yet|however)\b|, (?:and|so|which|because|since) "
    r"|\. "
)
# How far before a claim a frame is looked for.
_LOOK_BACK: Final = 120


@lru_cache(maxsize=2048)
def lowered(text: str) -> str:
    """Lower case, contractions of "not" written out."""
    text = re.sub(r"\bcan't\b|\bcannot\b", "can not", text.lower())
    return re.sub(r"n't\b", " not", text.replace("won't", "will not"))


def is_asserted(document: Document, position: int, text: str, span: tuple[int, int], *, negation: bool = True) -> bool:
    """Whether text[span] of the unit at `position` (`text`: the unit, masked or not) is what the document says.

    negation: False where the claim is itself a denial and a negation before it must not be counted.
    """
    start = max((cut.end() for cut in _CUT.finditer(text, 0, span[0])), default=0)
    if negation and _is_negated(text[start : span[0]]):
        return False
    framed = _FRAME.search(_PSEUDO.sub(" ", text[max(0, span[0] - _LOOK_BACK) : span[0]]))
    if framed or _FRAME_AFTER.search(text[span[1] :]):
        return False
    units = document.units
    after = lowered(units[position + 1].text) if position + 1 < len(units) else ""
    if units[position].is_question or "?" in text[span[1] :]:
        rest = text[span[1] :].partition("?")[2].strip()
        return bool(_CONFIRMED.search(rest or after))
    return not _REJECTED.search(after)


@lru_cache(maxsize=2048)
def _is_negated(before: str) -> bool:
    """An odd number of negations; "nor" goes on with one begun before it."""
    plain = _PSEUDO.sub(" ", before)
    return (len(_NEGATION.findall(plain)) or " nor " in f" {plain} ") % 2 == 1

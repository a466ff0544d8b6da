"""Marks by which a text sets out steps one after the other: arrows, ranks, labels, keys of JSON."""

from __future__ import annotations

import re
from typing import Final

ONLY: Final = re.compile(r"\bonly (?:to|for|if|when|once|in|after|then)\b")
P: Final = re.compile(r"<([a-z|]+)>")
ARROW: Final = re.compile(r"\s*(?:(?<![<|a-z])-+>|=>|→|⇒|⟶|➔|➜|»|›|≫|≻|⟹|⇨|►|▶|(?<=[>\s\w)])\s>+\s(?=[<\w(]))\s*")
INLINE: Final = re.compile(
    r"(?:\b(?:step|stage|phase|tier|line)\s*\d{1,2}\b|(?<![\w.])\(?\d{1,2}\)|(?<=[:,;] "
    r")\d{1,2}(?=\.? <))[:.)\s-]"
)
FROM_TO: Final = re.compile(
    r"\bfrom [^<]{0,20}<[a-z|]+>(?:,? (?:and |on |then )?(?:to|through|via|over|past|by way "
    r"of) (?:an? |the )?<[a-z|]+>){2,6}"
)
SERIES: Final = re.compile(
    r"\b(?:ladder|order|sequence|pathway|steps?|plan|algorithm|protocol|series|route|progression|line-up)"
    r"\b[^:<]{0,40}[:=-] ?(?P<list>.+)$"
)
ORDINALS: Final = {
    "first": 1, "firstly": 1, "1st": 1, "second": 2, "secondly": 2, "2nd": 2, "third": 3, "thirdly": 3, "3rd": 3,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6,
    "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "next": 90, "then": 91, "after that": 92, "afterwards": 92,
    "last": 99, "lastly": 99, "finally": 99,
    "now": 89, "today": 89, "fallback": 95, "backup": 95, "reserve": 96, "rescue": 96, "later": 94, "if that fails": 95,
}  # fmt: skip
RANK: Final = (
    r"(\d{1,2}|one(?= ?[,:.-])|two(?= ?[,:.-])|three(?= ?[,:.-])|four(?= ?[,:.-])|five(?= ?[,:.-])|first(?:ly)?|1st|"
    r"second(?:ly)?|2nd|third(?:ly)?|3rd|fourth|4th|fifth|5th|next|then|after that|"
    r"afterwards|lastly|last|finally)"
)
ORDINAL_AFTER: Final = re.compile(
    r"<([a-z|]+)>[^<;.]{0,30}?\b(first|second|third|fourth|1st|2nd|3rd|4th|then|next|last|finally)"
    r"\b(?! (?:line|choice|step))"
)
ITEM: Final = re.compile(
    rf"^\W{{0,4}}(?:(?:step|stage|line|phase|tier|no\.?)\s*)?{RANK}\b[.):,\s-]{{1,4}}(?:line\b[:,]?\s*)?"
)
# "B (if A fails) = ...", "second choice after that: ...": labels of one treatment each.
LETTER: Final = re.compile(r"^\W{0,4}(?:(?:step|stage|option|tier|line|plan) )?([a-f]) ?(?:\([^()]{0,40}\) ?)?[=:] ?")
CHOICE: Final = re.compile(
    r"^\W{0,4}(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th)[ -](?:choice|option|line|step|pick|move|"
    r"intervention|"
    r"treatment|tier|resort)\b[^:=<]{0,20}(?:<drugs>)?[^:=<]{0,10}[:=] ?"
)
KEY: Final = re.compile(
    rf'"[a-z ]{{0,20}}?({RANK[1:-1]}|now|today|later|fallback|backup|reserve|rescue|if that fails)'
    rf'(?:[- ](?:line|step|choice|option|treatment|stage))?"\s*:\s*("[^"]*"|\{{[^{{}}]*\}}|\[[^\[\]]*\])'
)
NUMBER_KEY: Final = re.compile(
    r'"(?:step|order|rank|position|n|no|number|stage|priority|'
    r'line)"\s*:\s*"?(\d{1,2})"?([^{}]{0,300})'
)
ARRAY: Final = re.compile(
    r'"[a-z ]{0,20}(?:order|plan|sequence|pathway|steps|algorithm|'
    r'ladder)"\s*:\s*\[([^\[\]]{0,600})\]'
)
# Lists under such a heading are in no order of treatment.
NO_ORDER: Final = re.compile(
    r"\b(?:risks?|invasive\w*|evidence|trials|studies|references|questions|glossary|options|sources|complications|abbreviations|"
    r"in no particular order)\b[^.]{0,40}:?$"
)
# Words in an item before its treatment; more, and the item is no step but a remark.
HEAD: Final = re.compile(r"(?:[^\s<]+\s+){0,6}?\W*<([a-z|]+)>")
# "If all else fails, ..." names no other step that the item waits for.
GOES_BESIDE: Final = re.compile(r"\b(?:continu\w*|ongoing|alongside|meanwhile|as before|throughout)\b")
FALL_BACK: Final = re.compile(
    r"\b(?:if|when|once|where|should) (?:all else|nothing|that|it|this|these|those|both|they|pain|symptoms|still|"
    r"needed|necessary|"
    r"required|poor|ineffective|no)\b[^<,:;.]{0,30}[,:]? ?(?=[^<]{0,12}<)"
)
DENIES: Final = re.compile(r"\b(?:no|not|never|avoid|don't|without|before|after|if|once|unless|until|when)\b")

"""How references are marked and spoken of."""

from __future__ import annotations

import re
from typing import Final

LIST: Final = r"\d{1,4}(?:\s*(?:,|;|-|\band\b|&|\bto\b)\s*\d{1,4})*"
# "[47, 48]", "ref 47", "references [61] and [62]", "reference number 5", and the keys of JSON.
MARK: Final = re.compile(
    rf"\[(?P<a>{LIST})\]|\b(?:ref(?:erence)?s?|citations?)\b\.?[\"']?\s*(?:numbers?\s*|nos?\.?\s*|"
    rf"#\s*)?[:=]?\s*(?P<b>{LIST})(?![\w%]|\s*(?:patients|%))",
    re.IGNORECASE,
)
PRINTED: Final = re.compile(r"\b(?:print(?:ed|s|ing)?|misprint\w*|erratum|errata|slip|typo)\b", re.IGNORECASE)
# A mark that is followed by what it is for: "[61] for six months", "Reference 22 covers ...".
AHEAD: Final = re.compile(r"\s*(?:for|is|are|on|covers?|reports?|deals?|describes?|gives?|=|:|->|by)\b|\s*[:=]")
WORK: Final = (
    r"(?:'s?)?\s*(?:et al|and (?:colleagues|co-?workers)|trial|study|series|report|paper|papers|group|"
    r"\(?(?:19|20)\d\d|\[\d)|'s\b"
)
# Works that are told by what they are.
DESCRIBED: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), frozenset(numbers))
    for pattern, numbers in (
        (
            (
                r"\b(?:consensus|joint) guid(?:eline|ance)s?\b|\bthree (?:\w+ )?societies\b|"
                r"\bguidelines?\b[^.;]{0,40}\bketamine infusions?\b|\bASRA\b"
            ),
            (22,),
        ),
        (r"\bNeuPSIG\b", (23,)),
        (r"\bCochrane\b", (32, 33)),
        (r"\bEFNS\b[^.;]{0,40}\bneurostimulat", (59,)),
        (
            r"\bsurvey\w* (?:of|among) (?:\w+ )?(?:pain )?(?:physicians|practitioners|doctors|clinicians)\b",
            (21,),
        ),
    )
)

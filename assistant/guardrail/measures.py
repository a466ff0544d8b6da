"""Outcomes that no study of the review, or not the one named, is said to have measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import clause_around
from assistant.guardrail.facts import named
from assistant.guardrail.units import Unit

_DRUGS: Final = (
    r"(?:opioids?|opiates?|morphine|analgesics?|pain-?killers?|pain medication|medication|medicines?|tablets?|"
    r"rescue (?:drugs?|medication|analgesia)|gabapentinoids?)"
)
# By outcome, and the authors in whose studies the review does report it.
_OUTCOMES: Final = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), frozenset(authors))
    for pattern, authors in (
        (
            (
                rf"{_DRUGS} (?:use|usage|consumption|intake|doses?|needs?|requirements?)|"
                rf"(?:use|consumption|intake|need) (?:of|for) {_DRUGS}|"
                rf"(?:less|fewer|more|reduced|cut(?: down)?(?: on)?|stopped|came off|halved|gave up)(?: of)?"
                rf"(?: their| the| all)?(?: daily)? {_DRUGS}|"
                rf"{_DRUGS} (?:was|were|had been|could be) (?:reduced|stopped|cut|tapered|withdrawn|halved)"
            ),
            (),
        ),
        (
            (
                r"(?:return(?:ed|s|ing)?|back|went back|gone back|going back|fit)(?: \w+)? (?:to|at|for|in) work|"
                r"(?:in|into|regained|found) (?:paid )?(?:work|employment)|employment|jobs?|sick[- ]leave|days off|"
                r"absenteeism|earnings"
            ),
            (),
        ),
        (r"slept|sleep(?:ing)?|insomnia|nights? of rest", ()),
        (r"walk(?:ed|ing)?|steps (?:a|per) day|gait|grip(?: strength)?|range of motion|mobility|stairs", ()),
        (
            (
                r"hospital stays?|stay(?:ed|s)? in hospital|days in hospital|bed[- ]days|readmi\w+|admissions?|"
                r"(?:visits to|visited) (?:the|a|their) \w+|mortality|survival|surviv\w+|died|deaths?"
            ),
            (),
        ),
        (r"anxiety|anxious|catastrophi[sz]\w+|suicid\w+|mood", ()),
        (
            (
                r"weight loss|lost weight|(?<!high )(?<!raised )(?<!rise in )(?<!higher )(?<!elevated )blood pressure"
                r"(?! (?:may|can|could|rises?|goes up))|swelling|oedema|edema|temperature of the (?:hand|foot|limb)"
            ),
            (),
        ),
        (r"satisfaction|satisfied|would (?:choose|have) it again|recommend it to", ("simopoulos",)),
        (r"depression|depressed|low mood", ("gilmore",)),
        (r"quality of life", ("harke",)),
    )
)
_IN_ARM: Final = re.compile(
    r"\b(?:in|on|among|with) (?:the )?(?:PNS|SCS|ketamine|blocks?|treated|active|controls?|placebo|saline|stimulat\w+|"
    r"implanted|medical) (?:groups?|arms?|patients)\b|\bgroups? (?:1|2|one|two)\b",
    re.IGNORECASE,
)
# What says that it happened, and to whom.
_HAPPENED: Final = re.compile(
    r"\b(?:\w{2,}ed|fell|fallen|rose|risen|went|gone|were|was|had|did|came|slept|grew|sank|better|less|more|fewer|"
    r"lower|higher|shorter|longer|showed|reports?|found|\d+ ?%|per cent|half|third)\b",
    re.IGNORECASE,
)
_NOT_CLAIMED: Final = re.compile(
    r"\b(?:no|not|none|nothing|never|nor|neither|nowhere|silent|silence|without|lacks?|lacking|if|whether|unless|could|"
    r"should|may|might|would|can|must|unknown|unclear|open|ask|asked|left out|omit\w*|missing|absent|suffer\w*|"
    r"affects?|impact\w*|before|who had|whose)\b|n't\b",
    re.IGNORECASE,
)
_MOST: Final = 8


def unreported(unit: Unit) -> Iterator[tuple[int, int]]:
    """The first outcome that a text tells of a study, and that the review doesn't."""
    studies = named(unit)
    if not studies and not _IN_ARM.search(unit.text):
        return
    authors = {study.author for study in studies}
    for pattern, measured_by in _OUTCOMES:
        if measured_by & authors or measured_by and len(authors) != 1:
            continue
        for number, match in enumerate(pattern.finditer(unit.text)):
            start, end = clause_around(unit, match.start())
            clause = unit.text[start:end]
            if number < _MOST and _HAPPENED.search(clause) and not _NOT_CLAIMED.search(clause):
                yield match.span()
                return

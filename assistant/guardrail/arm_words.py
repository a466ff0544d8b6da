"""What the arms of a comparison are called, and the words by which one is joined to another, left or denied."""

from __future__ import annotations

import re
from typing import Final

ACTIVE: Final = re.compile(
    r"\b(?:(?:neuro)?stimulat(?:or|ors|ion|ed)|devices?|implants?\b|implanted|"
    r"(?:the )?active(?: \w+)?|group (?:1|one)|treated|treatment(?: arm| group|(?= \(n))|the drug|"
    r"(?:8|eight) weeks'?)\b|"
    r"\b(?:assigned|allott?ed|allocated|randomi[sz]ed|drawn|went|in|of|the|to|into) (?:active )?"
    r"treatment(?= (?:and|against|versus|or|as)\b|[,;)])",
    re.IGNORECASE,
)
CONTROL: Final = re.compile(
    r"(?<!pain )\b(?:controls?(?! of)\b|comparators?\b|comparison (?:arm|group)|sham|group (?:2|"
    r"two)\b|surgical arm|re-?op\b|(?:redo |repeat |another |second )?(?:surgery|operation|reoperation)\b|"
    r"(?:re-?)?operated\b|back to (?:theatre|the operating (?:room|theatre)|surgery)|under the knife\b|"
    r"(?<=the )surgeons?\b|(?:the )?(?:knife|scalpel)\b|the operating (?:table|room|theatre)\b|"
    r"(?:surgical|surgery|medical|conventional|comparison|management) (?:arm|group|patients|side)\b|usual care|"
    r"(?:plain|usual|standard) (?:medical )?(?:care|management))",
    re.IGNORECASE,
)
# What stands between two treatments that were given together, or one after the other.
TOGETHER: Final = re.compile(
    r"[\s(]*(?:arm|group|trial|patients)?\s*(?:\+|plus|and|with|along with|alongside|added to|"
    r"on top of|besides|as well as|in addition to|supplement(?:ed|ing|s)|combined with|together with)"
    r"(?: (?:the|a|an|usual|conventional))*\s*",
    re.IGNORECASE,
)
THEN: Final = re.compile(
    r"[\s(,']*(?:for (?:the (?:first )?)?(?:\d+|four|eight)(?: weeks?)?\b)?(?:,? ?(?:and )?(?:then|followed by)|"
    r"first,? (?:and )?then|and|before)\b[\w\s']{0,30}",
    re.IGNORECASE,
)
# "Placebo and none of those on PNS" are two arms.
OF_OTHERS: Final = re.compile(
    r"\b(?:none|nobody|no one|those|for(?! (?:the )?(?:first |next )?(?:\d|four|eight))|against)\b", re.IGNORECASE
)
WITHOUT: Final = re.compile(
    r"\b(?:without|no|not given|not on|minus|off)(?: (?:it|the|an?|any))?\s*$|\brather than\s*$|"
    r"\binstead of\s*$",
    re.IGNORECASE,
)
# "Added to CMM it gave ...": what is added to the control is the other arm.
ADDED: Final = re.compile(
    r"\b(?:added to|adding (?:[\w-]+ ){1,5}?to|on top of|in addition to|as an (?:add-on|adjunct) to|"
    r"adjunct to)(?: (?:the|a|usual|plain))*\s*$",
    re.IGNORECASE,
)
WITHOUT_IT: Final = re.compile(r"\bwithout(?: it| one)?(?=\s*(?:[,;.)\d]|it was|$))", re.IGNORECASE)
DENIED: Final = re.compile(
    r"\b(?:isn't|wasn't|not|is not|was not|aren't)(?: (?:the|that of|of|a|to))*\s*$", re.IGNORECASE
)
FROM: Final = re.compile(
    r"\b(?:from|left|leaving|gave up|abandon\w+|out of|off|quit|dropped)(?: (?:the|plain|an?|usual|"
    r"further))*\s*$",
    re.IGNORECASE,
)
TO: Final = re.compile(
    r"\b(?:to|into|for|in favou?r of|over to|towards|have|"
    r"took up|take up|taken up|joined|chose|adopted)(?: (?:the|an?|plain|usual|further))*\s*$",
    re.IGNORECASE,
)
MEMBER: Final = re.compile(
    r"\b(?:allocated|assigned|randomi[sz]ed|allott?ed|drawn|sent|belonging) (?:by lot )?to (?:the |an? |plain |"
    r"usual )*$",
    re.IGNORECASE,
)
CUT: Final = re.compile(
    r"[;|\n]|\.\s|:\s|,|\b(?:and|but|while|whereas|versus|vs?\.?|against|compared (?:with|to)|than|"
    r"or|although|yet)\b|-\s(?=\d)",
    re.IGNORECASE,
)
CONTRAST: Final = re.compile(r"\b(?:versus|vs?\b\.?|against|compared|than|whereas|while)\b", re.IGNORECASE)
ALONE: Final = re.compile(r"\s*(?:alone|only|by itself|on its own)\b", re.IGNORECASE)
# The arm that was not named last.
OTHERS: Final = re.compile(
    r"\b(?:the others|the remainder|the rest|the other (?:arm|group|side|half))\b(?! way)", re.IGNORECASE
)

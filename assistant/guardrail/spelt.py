"""Times and shares written without a numeral: "half a year", "the sixth week", "a tenth of", "none of"."""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.amount import PEOPLE, Amount
from assistant.guardrail.facts import DAYS

_A_TIME: Final = re.compile(
    r"\b(half a|half-a|half|a|the first|one)(?: (?:full|whole|entire|further|single|good))?[ -](day|week|month|"
    r"year)\b(?!-)|"
    r"\b(yearly|fortnight|twelvemonth)\b",
    re.IGNORECASE,
)
# "Once a year had passed" counts the year, "once a year" does not.
_GONE_BY: Final = re.compile(r" (?:or so )?(?:had|has|was|is|passed|went|elapsed)\b", re.IGNORECASE)
_SPELT_DAYS: Final = {"yearly": 365.25, "twelvemonth": 365.25, "fortnight": 14.0}
_ORDINALS: Final = dict(
    zip(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        range(2, 21),
        strict=True,
    )
)
_NTH: Final = re.compile(
    rf"\b(?:({'|'.join(_ORDINALS)})|(\d{{1,2}})(?:nd|rd|th)) (day|week|month|year)\b", re.IGNORECASE
)
_PARTS: Final = {
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twelfth": 12,
    "twentieth": 20,
}
_ONE_PART: Final = re.compile(rf"\b(?:an?|one)[ -]({'|'.join(_PARTS)}) of\b", re.IGNORECASE)
# None of a trial's people; "none of these does the review cover" counts nothing.
_NONE: Final = re.compile(
    rf"\b(?:none|no one|nobody|not one)(?= (?:in|with|on)\b| (?:out )?of (?:the (?:others|rest|\d+|ten|"
    rf"twenty)|(?:those|them)(?= (?:on|in|with|given|who|had|was|were|did|got|reported|reached|crossed)\b|"
    rf"[,.;]))|"
    rf" (?:out )?of (?:(?:the|those|these|his|her|its|their|[A-Z][a-z]+'s?) )?(?:[\w-]+ ){{0,3}}?"
    rf"(?:{PEOPLE}|groups?|arms?|placebo|sham|comparators?|volunteers)\b)",
    re.IGNORECASE,
)


def spelt(text: str) -> list[Amount]:
    """Times and shares written without a numeral: "half a year", "the sixth week", "none of"."""
    found = [Amount("share", 0.0, *match.span()) for match in _NONE.finditer(text)]
    found += [
        Amount("share", 100 / _PARTS[match[1].lower()], *match.span(), rough=True) for match in _ONE_PART.finditer(text)
    ]
    for match in _NTH.finditer(text):
        count = _ORDINALS[match[1].lower()] if match[1] else int(match[2])
        found.append(Amount("time", count * DAYS[match[3].lower() + "s"], *match.span()))
    for match in _A_TIME.finditer(text):
        if match[3]:
            found.append(Amount("time", _SPELT_DAYS[match[3].lower()], *match.span()))
        elif _GONE_BY.match(text, match.end()) or not re.search(
            r"(?:\b(?:times|hours?|once|twice|days|weeks|infusions?|blocks?)|\d ?(?:h|hrs?|minutes?|min)) $",
            text[: match.start()],
            re.IGNORECASE,
        ):
            size = DAYS[match[2].lower() + "s"]
            found.append(Amount("time", size / 2 if match[1].lower().startswith("half") else size, *match.span()))
    return found

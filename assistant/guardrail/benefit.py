"""Whether a sentence says well or ill of what it names: benefit asserted, denied, or neither."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

_PART: Final = re.compile(
    r"\s*(?:[,;:()—]|\s-\s|\b(?:but|while|whereas|although|though|yet|however|and|even though|"
    r"so)\b)\s*",
    re.IGNORECASE,
)
_GOOD: Final = re.compile(
    r"\b(?:effective\w*|efficac\w+|work(?:s|ed|ing)?|help(?:s|ed|ful)?|relie(?:f|ves?|ved|ving)|benefi\w+|"
    r"succe\w+|respon\w+|indicat(?:ed|ion)\w*|"
    r"recommend\w*|offer\w*|useful|suitable|worthwhile|appropriate|improv\w+|eas(?:e|es|ed|ing)|consider(?:ed)?|"
    r"(?:do|does|did|done) (?:as )?well|"
    r"good|option|reduc\w+|promis\w+)\b",
    re.IGNORECASE,
)
_BAD: Final = re.compile(
    r"\b(?:ineffective\w*|unsuccessful\w*|unhelpful|fail\w*|useless|futile|pointless|disappoint\w*|poor(?:ly)?|"
    r"exception|excepted|unresponsive|"
    r"unsuitable|resist\w*)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|unlike|except\w*|rather than|instead of|cannot|hardly|unlikely|"
    r"doubtful|little|apart from|excluding|"
    r"nothing|against|avoid\w*|limit\w*)\b|n't\b",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(
    r"\b(?:not only|not just|not merely|no doubt|(?:makes?|made) no (?:real )?difference|no matter|no less|"
    r"without (?:any )?exception|not least)\b",
    re.IGNORECASE,
)


class Polarity(Enum):
    """What is said: GOOD (benefit), BAD (none), NONE (nothing of the kind)."""

    GOOD = 1
    BAD = -1
    NONE = 0


def polarity_at(text: str, at: int) -> Polarity:
    """What the sentence says of the thing at `at`: its own part's word, else the part's that it leans on.

    A part that opens the sentence leans on what follows ("In diffuse pain, SCS works"), any other on what went before.
    """
    parts = _parts(text)
    here = next((i for i, (start, end, _) in enumerate(parts) if start <= at < end), len(parts) - 1)
    near = [*range(here, -1, -1), *range(here + 1, len(parts))] if here else range(len(parts))
    return next((parts[i][2] for i in near if parts[i][2] is not Polarity.NONE), Polarity.NONE)


def _parts(text: str) -> list[tuple[int, int, Polarity]]:
    parts, start = [], 0
    for cut in _PART.finditer(text):
        parts.append((start, cut.end(), _polarity(text[start : cut.end()])))
        start = cut.end()
    return [*parts, (start, len(text) + 1, _polarity(text[start:]))]


def _polarity(part: str) -> Polarity:
    if re.search(r"\b(?:whether|which of)\b", part, re.IGNORECASE):
        return Polarity.NONE
    part = _EMPTY.sub(" ", part)
    # "neither ... nor" denies once.
    denials = len(
        _NOT.findall(re.sub(r"\bnor\b", " ", part) if re.search(r"\bneither\b", part, re.IGNORECASE) else part)
    )
    if _BAD.search(part):
        return Polarity.GOOD if denials % 2 else Polarity.BAD
    if _GOOD.search(part):
        return Polarity.BAD if denials % 2 else Polarity.GOOD
    return Polarity.BAD if denials % 2 else Polarity.NONE

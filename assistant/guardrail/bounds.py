"""How exactly a figure is given: as a bound ("more than half"), or roughly ("close to half")."""

from __future__ import annotations

import re
from typing import Final, Literal

Bound = Literal["more than", "at least", "less than", "up to"]

_BOUNDS: Final[tuple[tuple[Bound, re.Pattern[str], re.Pattern[str]], ...]] = (
    (
        "at least",
        re.compile(r"(?:at least|no less than|not less than|>=|≥|minimum of|a minimum of)\s*$"),
        re.compile(r"(?: of [a-z ]{0,20})?,? (?:or|and) (?:more|better|greater|above|over|higher|beyond)\b|\s*\+"),
    ),
    (
        "more than",
        re.compile(
            r"(?:(?<!no )(?<!not )more than|over|above|exceed\w*|greater than|beyond|better than|higher than|"
            r">|past|surpass\w*)\s*(?:the )?$"
        ),
        re.compile(r"\Z(?!\Z)"),
    ),
    (
        "less than",
        re.compile(r"(?:less than|under|below|<|fewer than|short of(?: the)?|lower than|within)\s*$"),
        re.compile(r",? or (?:less|fewer|lower|below)\b"),
    ),
    ("up to", re.compile(r"(?:up to|as long as|as much as|until|a maximum of|at most)\s*$"), re.compile(r"\Z(?!\Z)")),
)
_ABOUT: Final = re.compile(
    r"(?:\b(?:about|around|roughly|nearly|almost|close to|just (?:over|under)|a (?:little|bit|shade) (?:over|under|"
    r"more "
    r"than|less than|above|below)|approximately|some|not quite|barely|hardly|"
    r"slightly (?:over|under|more than|less than))|[~≈])\s*$",
    re.IGNORECASE,
)


def is_about(text: str, at: int) -> bool:
    """Whether what stands at `at` is only given roughly: "close to half"."""
    return bool(_ABOUT.search(text[max(0, at - 30) : at]))


def bound(text: str, start: int, end: int) -> Bound | None:
    """Of what kind of bound the figure at text[start:end] is, None where it is none."""
    before, after = text[max(0, start - 30) : start].lower(), text[end : end + 40].lower()
    return next((name for name, left, right in _BOUNDS if left.search(before) or right.match(after)), None)

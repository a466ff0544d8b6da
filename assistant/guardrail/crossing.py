"""Which arm people are said to have left, where a figure counts those who crossed over."""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.amount import Amount
from assistant.guardrail.arm_words import FROM, MEMBER, TO
from assistant.guardrail.arms import arms
from assistant.guardrail.facts import Side
from assistant.guardrail.units import Unit

# "Left SCS for reoperation (5 of 24)": the figure stands behind both arms.
_LEFT_REACH: Final = 100
_LEFT_FOR: Final = re.compile(
    r"\b(?:left|leav(?:e|es|ing)|gave up|abandon(?:ed|ing)?|desert(?:ed|ing)?|swapped|"
    r"exchanged) (?P<arm>[\w -]{2,40}?) "
    r"(?:for|in favou?r of) [\w -]{2,40}\(\s*$",
    re.IGNORECASE,
)


def left_before(unit: Unit, figure: Amount) -> Side | None:
    """The arm that is said to have been left for the other, right before the figure; None if it isn't said there."""
    left = _LEFT_FOR.search(unit.text, max(0, figure.start - _LEFT_REACH), figure.start)
    if not left:
        return None
    return next((arm.side for arm in arms(unit) if left.start("arm") <= arm.start < left.end("arm")), None)


def origin(unit: Unit, figure: Amount, until: int) -> Side | None:
    """The arm that people are said to have left, from the figure up to the next one; None if it isn't said."""
    left = left_before(unit, figure)
    if left:
        return left
    here = [arm for arm in arms(unit) if figure.start <= arm.start < until]
    for arm in here:
        if MEMBER.search(unit.text[max(0, arm.start - 40) : arm.start]):
            return arm.side
    for arm in here:
        if FROM.search(unit.text[max(0, arm.start - 25) : arm.start]):
            return arm.side
    for arm in here:
        if not TO.search(unit.text[max(0, arm.start - 25) : arm.start]):
            return arm.side
    return ("control" if here[0].side == "active" else "active") if here else None

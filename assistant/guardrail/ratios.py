"""How many people changed to an arm for each one who left it: "for every one who left SCS, six came to it"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from assistant.guardrail.amount import Amount
from assistant.guardrail.arms import Arm, arms
from assistant.guardrail.facts import Side, Study
from assistant.guardrail.units import Unit

Verdict = Literal["right", "reversed"]

_EACH: Final = re.compile(
    r"\bfor (?:every|each)(?: single)?(?: (?:one|patient|person|man or woman|participant|subject))?\b", re.IGNORECASE
)
_AWAY: Final = re.compile(
    r"\b(?:left|leav\w+|abandon\w*|gave (?:it )?up|quit|dropped|desert\w+|away|from|out of|off|gave)\b", re.IGNORECASE
)
_TOWARDS: Final = re.compile(
    r"\b(?:to|into|joined|joining|chose|came|towards|took (?:it )?up|in favour of|over to)\b", re.IGNORECASE
)
_TOLERANCE: Final = 0.15


def ratio(item: Amount, unit: Unit, among: Sequence[Study]) -> Verdict | None:
    """Whether a number for each one of the other arm is that of the study's changes of arm, and in which direction."""
    each = _EACH.search(unit.text)
    if not each or item.kind not in ("count", "bare") or item.of is not None:
        return None
    mine, theirs = _parts(unit.text, each, item)
    named = arms(unit)
    here, there = _left(mine, unit.text, named), _left(theirs, unit.text, named)
    for study in among:
        left = {f.side: f.quantity.value for f in study.facts if f.quantity.role == "crossover" and f.side}
        if len(left) < 2 or here is None and there is None:
            continue
        away: Side = here or ("control" if there == "active" else "active")
        other: Side = "control" if away == "active" else "active"
        if abs(left[away] / left[other] - item.value) <= _TOLERANCE * item.value:
            return "right"
        if abs(left[other] / left[away] - item.value) <= _TOLERANCE * item.value:
            return "reversed"
    return None


def _parts(text: str, each: re.Match[str], item: Amount) -> tuple[tuple[int, int], tuple[int, int]]:
    """What is said of the number, and of each one."""
    if each.start() < item.start:
        return (item.end, len(text)), (each.end(), item.start)
    return (item.end, each.start()), (each.end(), len(text))


def _left(part: tuple[int, int], text: str, named: Sequence[Arm]) -> Side | None:
    """The arm that is left in a part of the sentence; "it" is the arm named first."""
    inside = [arm for arm in named if part[0] <= arm.start < part[1]]
    arm = inside[0] if inside else named[0] if named and re.search(r"\bit\b", text[slice(*part)]) else None
    if arm is None:
        return None
    said = text[part[0] : arm.start] if inside else text[slice(*part)]
    if _AWAY.search(said):
        return arm.side
    if _TOWARDS.search(said):
        return "control" if arm.side == "active" else "active"
    return None

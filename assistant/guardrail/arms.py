"""Which arm of its comparison each figure of a unit is said to belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.amount import Amount
from assistant.guardrail.arm_words import (
    ACTIVE,
    ADDED,
    ALONE,
    CONTRAST,
    CONTROL,
    CUT,
    DENIED,
    OF_OTHERS,
    OTHERS,
    THEN,
    TOGETHER,
    WITHOUT,
    WITHOUT_IT,
)
from assistant.guardrail.facts import Side
from assistant.guardrail.units import Unit, step_of
from assistant.reading import Mention

_CONTROL_CONCEPTS: Final = frozenset({"placebo", "reoperation", "medical_management", "physical_therapy"})
_ACTIVE_STEPS: Final = frozenset({"scs", "pns", "ketamine", "block"})


@dataclass(frozen=True, slots=True)
class Arm:
    """A mention of an arm."""

    side: Side
    start: int
    end: int
    name: str


def arms(unit: Unit) -> tuple[Arm, ...]:
    """The arms that a unit names, in order; treatments given together are one arm, "without X" is the control."""
    return _arms(unit.text, unit.mentions)


@lru_cache(maxsize=2048)
def _arms(text: str, mentions: tuple[Mention, ...]) -> tuple[Arm, ...]:
    found = _raw(text, mentions)
    merged: list[Arm] = []
    for arm in found:
        last = merged[-1] if merged else None
        if last and last.side != arm.side and _are_one(last, arm, text):
            merged[-1] = Arm("control" if last.name == "placebo" else "active", last.start, arm.end, last.name)
        else:
            merged.append(arm)
    return _with_others([item for arm in merged for item in _polar(arm, text)], text)


def _with_others(found: list[Arm], text: str) -> tuple[Arm, ...]:
    """The arms with "the others" as the one not named before, where one alone was."""
    for match in OTHERS.finditer(text):
        sides: set[Side] = {arm.side for arm in found if arm.end <= match.start()}
        if len(sides) == 1:
            found.append(Arm("control" if "active" in sides else "active", *match.span(), "controls"))
    return tuple(sorted(found, key=lambda arm: arm.start))


def _are_one(last: Arm, arm: Arm, text: str) -> bool:
    between = text[last.end : arm.start]
    if last.name == "placebo" and THEN.fullmatch(between) and not OF_OTHERS.search(between):
        return True
    return (
        bool(TOGETHER.fullmatch(between))
        and last.name != "placebo"
        and not ALONE.match(text, arm.end)
        and arm.name != "controls"
    )


def _polar(arm: Arm, text: str) -> list[Arm]:
    """The arm as its "without" or denial makes it; none where it is denied."""
    before = text[max(0, arm.start - 30) : arm.start]
    if arm.side == "control" and ADDED.search(text[max(0, arm.start - 60) : arm.start]):
        return [Arm("active", arm.start, arm.end, arm.name)]
    if WITHOUT.search(before):
        return [Arm("control", arm.start, arm.end, arm.name)] if arm.side == "active" and "rather" not in before else []
    return [] if DENIED.search(before) else [arm]


def _raw(text: str, mentions: tuple[Mention, ...]) -> list[Arm]:
    concepts, found = load().concepts, []
    for mention in mentions:
        if mention.id in _CONTROL_CONCEPTS:
            found.append(Arm("control", mention.start, mention.end, mention.id))
        elif step_of().get(mention.id) in _ACTIVE_STEPS and concepts[mention.id].kind == "intervention":
            found.append(Arm("active", mention.start, mention.end, mention.id))
    # "failed back surgery" is a condition, no arm.
    taken = [(arm.start, arm.end) for arm in found]
    taken += [
        (item.start, item.end) for item in mentions if item.id in concepts and concepts[item.id].kind == "condition"
    ]
    worded: tuple[tuple[re.Pattern[str], Side], ...] = (
        (CONTROL, "control"),
        (ACTIVE, "active"),
        (WITHOUT_IT, "control"),
    )
    for pattern, side in worded:
        for match in pattern.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                found.append(Arm(side, *match.span(), "controls"))
    return sorted(found, key=lambda arm: arm.start)


def assigned(unit: Unit, figures: Sequence[Amount]) -> dict[int, Side]:
    """The side that each figure (by its start) is said to belong to, where the text says it plainly."""
    all_arms = arms(unit)
    sides: dict[int, Side] = {}
    before: tuple[Arm, ...] = ()
    ahead: list[Amount] = []
    for start, end in _parts(unit.text):
        inside = [item for item in figures if start <= item.start < end]
        here = tuple(arm for arm in all_arms if start <= arm.start < end)
        if not inside:
            # "48% v 9%: SCS and medical care v medical care alone."
            order = _collapsed(here)
            if len(order) == len(ahead) > 1:
                sides |= {figure.start: arm.side for figure, arm in zip(ahead, order, strict=True)}
            before, ahead = here or before, []
            continue
        ahead = inside if not (here or before) else []
        sides.update(_of_part(unit.text, (start, end), inside, here or before))
        before = here
    return sides


def _parts(text: str) -> list[tuple[int, int]]:
    """What stands between semicolons, colons and table bars."""
    cuts = [match.end() for match in re.finditer(r"[;|](?=\s)|(?<!\"):(?=\s)|\.\s|\{|, but (?=the\b)", text)]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def _of_part(text: str, span: tuple[int, int], figures: list[Amount], here: tuple[Arm, ...]) -> dict[int, Side]:
    bracketed = _by_brackets(text, span, figures, here)
    if bracketed:
        return bracketed
    if _is_ambiguous(text, figures, here):
        return {}
    named = _collapsed([arm for arm in here if arm.end <= figures[0].start])
    if len(named) == len(figures) > 1 and _is_bracketed(text, figures, here):
        return {figure.start: arm.side for figure, arm in zip(figures, named, strict=True)}
    outside = [arm for arm in here if not span[0] <= arm.start < span[1]]
    if outside:
        order = _collapsed(here)
        return {f.start: a.side for f, a in zip(figures, order, strict=True)} if len(order) == len(figures) else {}
    order = _collapsed(here)
    apart = here and (here[-1].end <= figures[0].start or here[0].start >= figures[-1].end)
    if apart and len(order) == len(figures) > 1:
        return {figure.start: arm.side for figure, arm in zip(figures, order, strict=True)}
    segments = _segments(text, span, figures, here)
    found: dict[int, Side] = {}
    for inside, near_by in segments:
        sides = {arm.side for arm in near_by}
        if len(sides) == 1 and len(inside) == 1:
            found[inside[0].start] = near_by[0].side
        elif len(sides) == 2 and len(inside) == 1:
            found[inside[0].start] = _nearest(text, inside[0], near_by).side
    if not found and len(order) == len(figures) > 1:
        return {figure.start: arm.side for figure, arm in zip(figures, order, strict=True)}
    return found | _opposites(text, figures, found)


def _by_brackets(text: str, span: tuple[int, int], figures: list[Amount], here: tuple[Arm, ...]) -> dict[int, Side]:
    """The sides of pairs in several brackets: what is compared is the sentence's own arm with the one before each.

    "SCS had less crossover than reoperation (5/24 v 14/26) and more relief than medical care alone (48% v 9%)".
    """
    pairs = []
    for opened in re.finditer(r"\(", text[span[0] : span[1]]):
        start = span[0] + opened.start()
        closed = text.find(")", start)
        inside = [figure for figure in figures if start < figure.start < closed]
        if len(inside) == 2 and CONTRAST.search(text[inside[0].end : inside[1].start]):
            pairs.append((start, inside))
    first = next((arm for arm in here if span[0] <= arm.start), None)
    found: dict[int, Side] = {}
    if first is None or len(pairs) < 2:
        return found
    for start, (one, other) in pairs:
        near = [arm for arm in here if arm.end <= start]
        if near and near[-1].side != first.side:
            found |= {one.start: first.side, other.start: near[-1].side}
    return found


# Words from which on an arm's name is no longer right behind a figure.
_APART: Final = 3


def _is_ambiguous(text: str, figures: list[Amount], here: tuple[Arm, ...]) -> bool:
    """Whether two figures are set against each other before the one arm named: "39% versus 6% improved with SCS"."""
    if len(figures) < 2 or not here or len({arm.side for arm in here}) > 1 or here[0].start < figures[1].end:
        return False
    between = text[figures[0].end : figures[1].start]
    is_pair = bool(CONTRAST.search(between)) and len(between.split()) <= _APART
    return is_pair and len(text[figures[1].end : here[0].start].split()) > _APART


def _is_bracketed(text: str, figures: list[Amount], here: Sequence[Arm]) -> bool:
    """Whether the figures stand in brackets of their own: "from A than from B (5 of 24 against 14 of 26)"."""
    opened = text.rfind("(", 0, figures[0].start)
    closed = text.find(")", figures[-1].end)
    if opened < 0 or closed < 0 or ")" in text[opened : figures[-1].end]:
        return False
    return not any(opened < arm.start < closed for arm in here)


def _segments(
    text: str, span: tuple[int, int], figures: list[Amount], here: tuple[Arm, ...]
) -> list[tuple[list[Amount], list[Arm]]]:
    """Pieces between contrasts and commas, each with at least one figure; a piece without one joins the next."""
    held = [(arm.start, arm.end) for arm in here]
    cuts = [m.start() for m in CUT.finditer(text, *span) if not any(a < m.end() and m.start() < b for a, b in held)]
    segments: list[tuple[list[Amount], list[Arm]]] = []
    waiting: list[Arm] = []
    for start, end in zip([span[0], *cuts], [*cuts, span[1]], strict=True):
        inside = [item for item in figures if start <= item.start < end]
        near_by = [arm for arm in here if start <= arm.start < end]
        if inside:
            segments.append((inside, near_by if near_by else waiting))
            waiting = []
        else:
            waiting = near_by or waiting
    return segments


def _nearest(text: str, figure: Amount, near_by: list[Arm]) -> Arm:
    """The arm after "of", "with", "in" behind the figure, else the nearest."""
    after = [arm for arm in near_by if arm.start >= figure.end]
    if after and re.match(
        r"[^,;]{0,40}?\b(?:with|in|of|on|under|for|from|by|among|after)\b[^,;]{0,25}$",
        text[figure.end : after[0].start],
    ):
        return after[0]
    return min(near_by, key=lambda arm: max(arm.start - figure.end, figure.start - arm.end))


def _opposites(text: str, figures: list[Amount], found: dict[int, Side]) -> dict[int, Side]:
    """A figure set against one whose arm is known, and itself without an arm, is the other arm's."""
    other: dict[int, Side] = {}
    for a, b in zip(figures, figures[1:], strict=False):
        if not CONTRAST.search(text[a.end : b.start]) or (a.start in found) == (b.start in found):
            continue
        known, unknown = (a, b) if a.start in found else (b, a)
        other[unknown.start] = "control" if found[known.start] == "active" else "active"
    return other


def _collapsed(here: Sequence[Arm]) -> list[Arm]:
    return [arm for at, arm in enumerate(here) if at == 0 or here[at - 1].side != arm.side]

"""Figures that a study has, in another arm, outcome, time or span than the text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from assistant.guardrail.amount import Amount
from assistant.guardrail.arms import arms, assigned
from assistant.guardrail.bounds import is_about
from assistant.guardrail.crossing import left_before, origin
from assistant.guardrail.facts import DAYS, Fact, Side, Study, studies
from assistant.guardrail.role_words import MEASURES, MOVED, SERIOUS, SPANS
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit
from assistant.reading import numbers

# "Reached half relief": the mark, not a share of patients.
_HALF_RELIEF: Final = re.compile(
    r"\s*(?:of )?(?:the |their |his |her |or (?:better|more|greater) )?(?:pain|relief)\b", re.IGNORECASE
)
# What parts a figure from another arm's name; and figures that stand before any name, whose order tells little.
_AROUND: Final = re.compile(
    r"[;:,|(){}]|\b(?:and|while|whereas|but|versus|vs?\.?|against|compared|than)\b|\.\s", re.IGNORECASE
)
_DISTANT: Final = re.compile(r"[:–—]")
# "Medical management alone: 48%": the arm is the key of its figure.
_OF_KEY: Final = re.compile(r"\W*(?:(?:alone|only|group|arm|patients)\W*)*:\s*", re.IGNORECASE)
# What a course of weeks is of: right behind it, or right before it.
_TREATMENT: Final = r"(?:placebo|sham|PNS|(?:active |real |nerve )?stimulation|the real thing|active treatment)"
_COURSE_AFTER: Final = re.compile(rf"'? ?(?:of |on |with |under )?(?:an? |the )?{_TREATMENT}", re.IGNORECASE)
_COURSE_BEFORE: Final = re.compile(rf"{_TREATMENT} (?:for|over|lasting|during) (?:the first |about )?$", re.IGNORECASE)
_SHAM: Final = re.compile(r"placebo|sham", re.IGNORECASE)


def roles(
    document: Document,
    unit: Unit,
    figures: Sequence[Amount],
    known: Mapping[int, tuple[Fact, ...]],
    headed: Mapping[int, Side | None],
) -> Iterator[Finding]:
    """Figures that are the study's but stand in another arm, outcome or at another time.

    headed: the arm that heads the column of a figure, by where it starts, in a table.
    """
    told = [
        item
        for item in figures
        if any(
            fact.side and fact.quantity.role in ("outcome", "crossover", "complication", "arm size")
            for fact in known[item.start]
        )
        and not (_is_threshold(item, known[item.start], unit) and _HALF_RELIEF.match(unit.text, item.end))
    ]
    sides = assigned(unit, told) | {at: side for at, side in headed.items() if side}
    for at, item in enumerate(told):
        facts = [fact for fact in known[item.start] if fact.side]
        is_count = item.of is None and bool(MOVED.match(unit.text, item.end))
        crossed = all(fact.quantity.role == "crossover" and (fact.quantity.of is None or is_count) for fact in facts)
        until = told[at + 1].start if at + 1 < len(told) else len(unit.text)
        is_of_change = all(fact.quantity.role == "crossover" for fact in facts)
        side = headed.get(item.start) or (left_before(unit, item) if is_of_change else None)
        side = side or (origin(unit, item, until) if crossed else sides.get(item.start))
        if side and facts and all(fact.side != side for fact in facts) and _is_of_one_arm(facts):
            # A figure of another outcome is a slip, the other arm's a result turned round.
            is_turned = not item.rough or _fits_measure(item, facts, unit, told)
            is_sure = crossed or item.start in headed or _is_sure(unit, told, sides, at)
            yield finding(
                "NUM-3" if is_turned else "NUM-1", document, unit, (item.start, item.end),
                statement=facts[0].statement, severity=None if is_sure else "caution",
            )  # fmt: skip
        elif (
            facts
            and not _is_threshold(item, known[item.start], unit)
            and (not _fits_measure(item, facts, unit, told) or not fits_time(facts, unit, figures))
        ):
            yield finding("NUM-1", document, unit, (item.start, item.end), statement=facts[0].statement)


def _is_sure(unit: Unit, told: Sequence[Amount], sides: Mapping[int, Side], at: int) -> bool:
    """Whether a second reading agrees: that arm alone is named around the figure, or another figure has the other."""
    item = told[at]
    start = max((cut.end() for cut in _AROUND.finditer(unit.text, 0, item.start)), default=0)
    cut = _AROUND.search(unit.text, item.end)
    near_by = {arm.side for arm in arms(unit) if start <= arm.start < (cut.start() if cut else len(unit.text))}
    if near_by:
        return near_by == {sides.get(item.start)} or len(near_by) == 2
    key = next((arm for arm in arms(unit) if arm.start == 0 and (head := _OF_KEY.match(unit.text, arm.end))
                and start in (head.end() - 1, head.end())), None)  # fmt: skip
    if key:
        return key.side == sides.get(item.start)
    others = {sides[other.start] for other in told if other.start in sides and other is not item}
    return bool(others - {sides.get(item.start)}) and not _DISTANT.search(unit.text[: item.start])


def exchanged(item: Amount, unit: Unit, among: Sequence[Study], until: int) -> Fact | None:
    """The fact of a count that is given to the other arm with that arm's size: "14 of 24 left SCS"."""
    facts = [fact for study in among for fact in study.facts if fact.side and fact.quantity.of]
    if item.of is None or not any(fact.quantity.value == item.value for fact in facts):
        return None
    left = origin(unit, item, until)
    named = assigned(unit, [item]).get(item.start) or left
    return next((fact for fact in facts if fact.quantity.of == item.of and fact.side == named), None)


def _is_threshold(item: Amount, facts: Sequence[Fact], unit: Unit) -> bool:
    """Whether a figure is the study's mark of success, which belongs to no arm."""
    return any(fact.quantity.role == "threshold" for fact in facts) and not is_about(unit.text, item.start)


def _is_of_one_arm(facts: Sequence[Fact]) -> bool:
    """Whether the other arm has another figure of its own, or none can be of it: a device fails who has one."""
    return all(fact.quantity.role == "complication" for fact in facts) or _has_other(facts)


def _has_other(facts: Sequence[Fact]) -> bool:
    """Whether the study gives the same outcome for the other arm too."""
    study = studies()[facts[0].study]
    return any(
        fact.side and fact.side != facts[0].side and fact.quantity.role == facts[0].quantity.role
        for fact in study.facts
    )


def _fits_measure(item: Amount, facts: Sequence[Fact], unit: Unit, told: Sequence[Amount]) -> bool:
    """Whether the outcome named nearest to a percentage is the one that it measures."""
    if item.kind != "share" or not facts:
        return True
    own = {_measure(fact.quantity.measure or "") for fact in facts}
    start = max((other.end for other in told if other.end <= item.start), default=0)
    end = min((other.start for other in told if other.start >= item.end), default=len(unit.text))
    # What stands behind a comma before the next figure is that one's: "9% at 6 months, complications 27%".
    behind = re.split(r"[;|}]|, (?!at\b)" if end < len(unit.text) else r"[;|}]", unit.text[item.end : end])[0]
    said = _measured(unit.text[start : item.end] + behind)
    everywhere = _measured(unit.text)
    if own & said or not own <= {name for name, _ in MEASURES}:
        return True
    if item.rough and own & everywhere:
        return True
    return not said or bool(own & everywhere) and said - own != {"interference"} and len(told) > 2


@lru_cache(maxsize=2048)
def _measured(text: str) -> frozenset[str]:
    """The outcomes that a text names."""
    # Serious complications are another outcome than those of the device.
    rest = SERIOUS.sub(" ", text)
    found = frozenset(name for name, pattern in MEASURES if pattern.search(rest))
    return found | {"serious"} if rest != text else found


def fits_span(item: Amount, facts: Sequence[Fact], unit: Unit, figures: Sequence[Amount]) -> bool:
    """Whether a length of time is that of the thing it is said of: the lead's stay, the infusion, the follow-up."""
    start = max((other.end for other in figures if other.end <= item.start), default=0)
    end = min((other.start for other in figures if other.start >= item.end), default=len(unit.text))
    around = (
        re.split(r"[;.|}]\s|, (?:and|but|while|whereas) ", unit.text[start : item.start])[-1]
        + re.split(r"[;.|}]\s|, | and ", unit.text[item.end : end])[0]
    )
    said = {name for name, pattern in SPANS if pattern.search(around)}
    own = {_span_of(fact) for fact in facts}
    given = {_span_of(fact) for study in {fact.study for fact in facts} for fact in studies()[study].facts}
    return len(said) != 1 or bool(said & own) or not said <= given


def fits_course(item: Amount, facts: Sequence[Fact], unit: Unit) -> bool:
    """Whether a length of treatment is that of the treatment it is said of, placebo or the real one."""
    measures = {fact.quantity.measure for fact in facts if fact.quantity.role == "schedule"}
    own = {name for name in ("placebo", "PNS") if name in measures}
    if not own or len(own) == 2:
        return True
    after = _COURSE_AFTER.match(unit.text, item.end)
    before = _COURSE_BEFORE.search(unit.text[max(0, item.start - 40) : item.start])
    said = after or before
    return said is None or ("placebo" if _SHAM.search(said.group()) else "PNS") in own


def _span_of(fact: Fact) -> str:
    measure, role = fact.quantity.measure or "", fact.quantity.role
    if role == "schedule":
        return "lead" if "lead" in measure else "infusion" if "infusion" in measure else ""
    if role == "crossover" and fact.quantity.unit not in DAYS:
        return ""
    return {"follow-up": "follow-up", "crossover": "crossing"}.get(role, "")


def _measure(text: str) -> str:
    return next(
        (name for name, pattern in MEASURES if pattern.search(text)),
        "pain" if "success" in text or "relief" in text else "",
    )


def fits_time(facts: Sequence[Fact], unit: Unit, figures: Sequence[Amount]) -> bool:
    """Whether the one point in time that the unit gives for an outcome is the outcome's."""
    wanted = {days for fact in facts for days in _days(fact.quantity.time)}
    points = [
        item
        for item in figures
        if item.kind == "time"
        and re.search(r"\b(?:at|by|after|month|year|week)[ a-z]{0,10}$", unit.text[: item.start], re.IGNORECASE)
    ]
    # One time named twice is one.
    if not wanted or not points or len({item.value for item in figures if item.kind == "time"}) != 1:
        return True
    return any(abs(points[0].value - days) <= 0.1 * days for days in wanted)


def _days(time: str | None) -> list[float]:
    return [number.value * DAYS[number.unit or ""] for number in numbers(time or "") if number.unit in DAYS]

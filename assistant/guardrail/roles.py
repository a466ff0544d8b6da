"""Figures that a study has, in another arm, outcome, time or span than the text gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from assistant.guardrail.arms import assigned, origin
from assistant.guardrail.facts import DAYS, Fact, studies
from assistant.guardrail.quantities import Amount
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit
from assistant.reading import numbers

_MEASURES: Final = (
    ("interference", re.compile(r"interfer", re.IGNORECASE)),
    (
        "complication",
        re.compile(
            r"complicat|hardware|device[- ](?:related )?(?:problem|trouble|fault)|(?:problem|trouble|"
            r"bother)\w* with the (?:device|hardware)",
            re.IGNORECASE,
        ),
    ),
    ("implant", re.compile(r"permanent", re.IGNORECASE)),
    ("crossed", re.compile(r"cross(?:ed|ing|over)|switch|changed? (?:sides|arm|group)|swap|went over", re.IGNORECASE)),
    ("improved", re.compile(r"much improved|\bimproved\b", re.IGNORECASE)),
    (
        "pain",
        re.compile(
            r"pain(?!\w*[ _-]?interf)(?:[_ ](?:down|relief|reduc|was|less|by|fell|dropped|gone)\w*)|relief|"
            r"reduction in pain|(?:less|half (?:of )?their) pain|decrease in pain|primary (?:outcome|"
            r"endpoint)",
            re.IGNORECASE,
        ),
    ),
)
_SPANS: Final = (
    (
        "lead",
        re.compile(
            r"\b(?:leads?|electrodes?|wires?)\b.{0,60}\b(?:out|removed|stay\w*|left|in place|kept)\b|"
            r"\b(?:removed|taken out|left in|pulled|comes? out)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "infusion",
        re.compile(
            r"\b(?:infusions? (?:were given|ran|run|last\w*|over|for|of)|infused|infusion length|drip)\b", re.IGNORECASE
        ),
    ),
    ("follow-up", re.compile(r"\b(?:followed(?! by)|follow-?up|tracked|observed|observation)\b", re.IGNORECASE)),
)


def roles(
    document: Document, unit: Unit, figures: Sequence[Amount], known: Mapping[int, tuple[Fact, ...]]
) -> Iterator[Finding]:
    """Figures that are the study's but stand in another arm, outcome or at another time."""
    told = [
        item
        for item in figures
        if any(
            fact.side and fact.quantity.role in ("outcome", "crossover", "complication", "arm size")
            for fact in known[item.start]
        )
    ]
    sides = assigned(unit, told)
    for at, item in enumerate(told):
        facts = [fact for fact in known[item.start] if fact.side]
        crossed = all(fact.quantity.role == "crossover" and fact.quantity.of is None for fact in facts)
        until = told[at + 1].start if at + 1 < len(told) else len(unit.text)
        side = origin(unit, item, until) if crossed else sides.get(item.start)
        if side and facts and all(fact.side != side for fact in facts) and _has_other(facts):
            yield finding("NUM-3", document, unit, (item.start, item.end), statement=facts[0].statement)
        elif facts and (not _fits_measure(item, facts, unit, told) or not _fits_time(facts, unit, figures)):
            yield finding("NUM-1", document, unit, (item.start, item.end), statement=facts[0].statement)


def _has_other(facts: Sequence[Fact]) -> bool:
    """Whether the study gives the same outcome for the other arm too."""
    study = studies()[facts[0].study]
    return any(
        fact.side and fact.side != facts[0].side and fact.quantity.role == facts[0].quantity.role
        for fact in study.facts
    )


def _fits_measure(item: Amount, facts: Sequence[Fact], unit: Unit, told: Sequence[Amount]) -> bool:
    """Whether the outcome named nearest to a percentage is the one that it measures."""
    if item.kind != "share" or item.rough or not facts:
        return True
    own = {_measure(fact.quantity.measure or "") for fact in facts}
    start = max((other.end for other in told if other.end <= item.start), default=0)
    end = min((other.start for other in told if other.start >= item.end), default=len(unit.text))
    behind = re.split(r"[;|}]", unit.text[item.end : end])[0]
    said = {name for name, pattern in _MEASURES if pattern.search(unit.text[start : item.end] + behind)}
    everywhere = {name for name, pattern in _MEASURES if pattern.search(unit.text)}
    if own & said or not own <= {name for name, _ in _MEASURES}:
        return True
    return not said or bool(own & everywhere) and said - own != {"interference"} and len(told) > 2


def fits_span(item: Amount, facts: Sequence[Fact], unit: Unit, figures: Sequence[Amount]) -> bool:
    """Whether a length of time is that of the thing it is said of: the lead's stay, the infusion, the follow-up."""
    start = max((other.end for other in figures if other.end <= item.start), default=0)
    end = min((other.start for other in figures if other.start >= item.end), default=len(unit.text))
    around = (
        re.split(r"[;.|}]\s", unit.text[start : item.start])[-1]
        + re.split(r"[;.|}]\s|, | and ", unit.text[item.end : end])[0]
    )
    said = {name for name, pattern in _SPANS if pattern.search(around)}
    own = {_span_of(fact) for fact in facts}
    given = {_span_of(fact) for study in {fact.study for fact in facts} for fact in studies()[study].facts}
    return len(said) != 1 or bool(said & own) or not said <= given


def _span_of(fact: Fact) -> str:
    measure, role = fact.quantity.measure or "", fact.quantity.role
    if role == "schedule":
        return "lead" if "lead" in measure else "infusion" if "infusion" in measure else ""
    return "follow-up" if role == "follow-up" else ""


def _measure(text: str) -> str:
    return next(
        (name for name, pattern in _MEASURES if pattern.search(text)),
        "pain" if "success" in text or "relief" in text else "",
    )


def _fits_time(facts: Sequence[Fact], unit: Unit, figures: Sequence[Amount]) -> bool:
    """Whether the one point in time that the unit gives for an outcome is the outcome's."""
    wanted = {days for fact in facts for days in _days(fact.quantity.time)}
    points = [
        item
        for item in figures
        if item.kind == "time"
        and re.search(r"\b(?:at|by|after|month|year|week)[ a-z]{0,10}$", unit.text[: item.start], re.IGNORECASE)
    ]
    if not wanted or len(points) != 1 or len([item for item in figures if item.kind == "time"]) != 1:
        return True
    return any(abs(points[0].value - days) <= 0.1 * days for days in wanted)


def _days(time: str | None) -> list[float]:
    return [number.value * DAYS[number.unit or ""] for number in numbers(time or "") if number.unit in DAYS]

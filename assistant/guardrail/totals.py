"""Figures that a text adds up or multiplies out of a study's own: eighty people in two trials, ten times four hours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import Final

from assistant.guardrail.amount import Amount
from assistant.guardrail.facts import Fact, Study, near

# What may be added up over the arms of a study.
_ADDED: Final = ("arm size", "crossover")
_CHANGED: Final = re.compile(
    r"\b(?:cross\w*|switch\w*|chang\w+|swap\w*|moved|left|went over|going over)\b", re.IGNORECASE
)
_TOGETHER: Final = re.compile(
    r"\b(?:together|in all|in total|altogether|all told|combined|between them|add(?:s|ed|ing)? up|sum|jointly|both|"
    r"total|two trials|mere|in sum|\w+ plus \w+|overall)\b|\+",
    re.IGNORECASE,
)
_NET: Final = re.compile(r"\b(?:net|balance|gap|difference|surplus|excess|margin)\b", re.IGNORECASE)
_MOST_STUDIES: Final = 4
_TOLERANCE: Final = 0.02


def totals(item: Amount, among: Sequence[Study], text: str) -> tuple[Fact, ...]:
    """The first of the facts that add up to a number of people, or that make a length of time by multiplying."""
    if item.kind == "time":
        return next((found for study in among if (found := _course(item, study))), ())
    roles: Sequence[str] = _ADDED if _is_of_change(text) else _ADDED[:1]
    if item.of is not None:
        # "19 of the 50 crossed over": out of all who took part.
        among = [study for study in among if study.enrolled == item.of]
        roles = roles[1:]
    found = next((found for study in among if (found := _both_arms(item, study, roles, net=_is_net(text)))), ())
    return found or (_over_studies(item, among) if item.of is None and _is_of_sums(text) else ())


@lru_cache(maxsize=2048)
def _is_of_change(text: str) -> bool:
    return bool(_CHANGED.search(text))


@lru_cache(maxsize=2048)
def _is_net(text: str) -> bool:
    return bool(_NET.search(text))


@lru_cache(maxsize=2048)
def _is_of_sums(text: str) -> bool:
    return bool(_TOGETHER.search(text))


def _course(item: Amount, study: Study) -> tuple[Fact, ...]:
    """All hours of treatment: days times hours a day."""
    course = [fact for fact in study.facts if fact.quantity.role == "schedule"]
    days = [fact for fact in course if fact.quantity.unit == "days"]
    hours = [fact.quantity.value / 24 for fact in course if fact.quantity.unit == "hours"]
    made = [fact for fact in days if any(near(fact.quantity.value * each, item.value, _TOLERANCE) for each in hours)]
    return (replace(made[0], side=None),) if made else ()


def _both_arms(item: Amount, study: Study, roles: Sequence[str], *, net: bool) -> tuple[Fact, ...]:
    """The patients of both arms together, all of them or those who changed; net: or how many more changed one way."""
    for role in roles:
        own = [fact for fact in study.facts if fact.quantity.role == role and fact.quantity.unit == "patients"]
        for a, b in combinations(own, 2):
            made = {a.quantity.value + b.quantity.value}
            if net and role == "crossover":
                made.add(abs(a.quantity.value - b.quantity.value))
            if a.side != b.side and item.value in made:
                return (replace(a, side=None),)
    return ()


def _over_studies(item: Amount, among: Sequence[Study]) -> tuple[Fact, ...]:
    """As many people as several studies had together."""
    if len(among) > _MOST_STUDIES:
        return ()
    enrolled = {fact.study: fact for study in among for fact in study.facts if fact.quantity.role == "enrolled"}
    for number in range(2, len(enrolled) + 1):
        for some in combinations(enrolled.values(), number):
            if sum(fact.quantity.value for fact in some) == item.value:
                return (replace(some[0], side=None),)
    return ()

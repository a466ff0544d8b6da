"""Which typed numbers carry a figure of the text: as they stand, or worked out within one study."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from assistant.guardrail.amount import Amount
from assistant.guardrail.facts import Fact, Study, in_days, near
from assistant.guardrail.totals import totals
from assistant.reading import numbers

# Percentages are compared to the whole number, figures worked out of fractions to the next.
# Weeks are compared to months with a tenth.
_EXACT: Final = 0.5
_WORKED_OUT: Final = 1.0
_ROUGH: Final = 3.5
_TIME: Final = 0.1
_BEYOND: Final = 8.0
_FOLD: Final = 0.15
# A count out of fewer than this is a rough share.
_FEW: Final = 13
_REST: Final = re.compile(
    r"\b(?:not|never|no|neither|without|rest|remain\w*|others?|miss\w*|failed to|unsuccessful\w*|"
    r"none|nobody|no one|free of|spared|short of|still|except|all but|stay\w*|stuck|kept|keep\w*|persist\w*|"
    r"content|loyal|persever\w*|held on|stood by|put|no need|declin\w*|refus\w*)\b|n't\b",
    re.IGNORECASE,
)
# The rest of those without pain is those with it.
_STILL: Final = re.compile(
    r"\b(?:still|not|rest|remain\w*|others?|except|all but|kept|stay\w*|never)\b|n't\b", re.IGNORECASE
)
_CROSSED: Final = re.compile(r"\b(?:cross|switch|chang|swap|mov|left|went)\w*", re.IGNORECASE)
_STAYED: Final = re.compile(r" (?:\w+ ){0,4}?(?:stay\w*|stuck|kept|persisted)\b", re.IGNORECASE)
_SHARES: Final = ("percent", "fraction")
# "39 minus 6": percentages without their sign, in a sum that the text does.
_SUM_BEFORE: Final = re.compile(r"(?:\b(?:minus|less|from|plus|and)|[-−–+(]) ?$", re.IGNORECASE)
_SUM_AFTER: Final = re.compile(r" ?(?:minus|less|from|plus|[-−–+=])(?: |\d)", re.IGNORECASE)
# More characters than _SUM_BEFORE has.
_NEAR: Final = 12
_SUM: Final = re.compile(r"\d ?(?:minus|less|from|plus|[−–+-]) ?\d", re.IGNORECASE)
# Where the part of a sentence that holds a figure ends.
_END: Final = re.compile(r"[,;]\s|\.\s")


def matching(item: Amount, among: Sequence[Study], text: str) -> tuple[Fact, ...]:
    """The facts of the studies that carry the figure; the rest of a whole counts where the text speaks of a rest."""
    reader = {"share": _shares, "points": _points, "time": _times, "fold": _folds}.get(item.kind, _counts)
    found = tuple(fact for study in among for fact in reader(item, study))
    if not found and item.kind == "share" and item.bound:
        found = tuple(fact for study in among for fact in study.facts if _is_bound(item, fact))
    if not found and item.kind == "count" and item.of:
        found = _as_share(item, among)
    if not found and item.kind == "bare" and _is_summed(item, text):
        found = tuple(fact for study in among for fact in study.facts if _is_percent(fact, item.value))
    if item.of and _STAYED.match(text, item.end):
        found = tuple(fact for fact in found if fact.quantity.role != "crossover")
    if not found and item.kind in ("count", "bare", "time"):
        found = totals(item, among, text)
    if item.kind == "fold" and not _CROSSED.search(text):
        return tuple(fact for fact in found if fact.quantity.role != "crossover")
    if not found and item.kind in ("share", "count", "bare") and _tells_of_rest(_told_with(item, text)):
        rests = _rests if item.kind == "share" else _rest_counts
        return tuple(fact for study in among for fact in rests(item, study) if _may_be_rest(fact, text))
    return found


def _shares(item: Amount, study: Study) -> Iterator[Fact]:
    tolerance = _ROUGH if item.rough else _EXACT
    for fact in study.facts:
        quantity = fact.quantity
        if (
            quantity.unit == "percent"
            and abs(quantity.value - item.value) < tolerance
            or quantity.unit == "fraction"
            and abs(100 * quantity.value - item.value) < _WORKED_OUT + tolerance
            or quantity.of
            and abs(100 * quantity.value / quantity.of - item.value) <= max(_WORKED_OUT, tolerance)
            or quantity.of
            and quantity.role == "outcome"
            and study.enrolled > quantity.of
            and abs(100 * quantity.of / study.enrolled - item.value) <= _EXACT
            or quantity.role == "arm size"
            and abs(100 * quantity.value / study.enrolled - item.value) <= max(_WORKED_OUT, tolerance)
        ):
            yield fact


@lru_cache(maxsize=2048)
def _tells_of_rest(text: str) -> bool:
    return bool(_REST.search(text))


def _told_with(item: Amount, text: str) -> str:
    """The sentence up to the comma behind a figure: "a third, the rest having none" tells of no rest."""
    end = _END.search(text, item.end)
    return text[: end.start()] if end else text


def _as_share(item: Amount, among: Sequence[Study]) -> tuple[Fact, ...]:
    """The facts that a count out of another whole than the study's is a share of: "five out of six" of 23 in 28."""
    if item.of is None or any(item.of == fact.quantity.of for study in among for fact in study.facts):
        return ()
    share = replace(item, kind="share", value=100 * item.value / item.of, of=None, rough=item.of < _FEW)
    return tuple(fact for study in among for fact in _shares(share, study) if fact.quantity.role != "arm size")


def _is_summed(item: Amount, text: str) -> bool:
    """Whether a bare number stands in a sum."""
    if not _has_sum(text):
        return False
    before = text[max(0, item.start - _NEAR) : item.start]
    return bool(_SUM_BEFORE.search(before) or _SUM_AFTER.match(text, item.end))


@lru_cache(maxsize=2048)
def _has_sum(text: str) -> bool:
    return bool(_SUM.search(text))


def _is_percent(fact: Fact, value: float) -> bool:
    return fact.quantity.unit == "percent" and fact.quantity.value == value


def _is_bound(item: Amount, fact: Fact) -> bool:
    """Whether the figure is a round mark that the fact lies just beyond: "more than four in five" of 23 in 28."""
    over = {"more than": 1, "at least": 1, "less than": -1, "up to": -1}.get(item.bound or "", 0)
    if (
        not over
        or not item.rough
        and item.value % 10
        or fact.quantity.role not in ("outcome", "complication", "crossover")
    ):
        return False
    beyond = over * (_percent(fact) - item.value) if _is_share(fact) else -1.0
    return 0 < beyond <= _BEYOND


def _is_share(fact: Fact) -> bool:
    return fact.quantity.unit in _SHARES or bool(fact.quantity.of)


def _rests(item: Amount, study: Study) -> Iterator[Fact]:
    """What is said of the rest is said of no arm and no outcome."""
    for fact in study.facts:
        if _is_rest(fact, item.value, _ROUGH if item.rough else _WORKED_OUT):
            yield Fact(fact.study, fact.statement, fact.quantity, None)


def _rest_counts(item: Amount, study: Study) -> Iterator[Fact]:
    for fact in study.facts:
        quantity = fact.quantity
        if quantity.of and item.value == quantity.of - quantity.value and item.of in (None, quantity.of):
            yield Fact(fact.study, fact.statement, quantity, None)


def _may_be_rest(fact: Fact, text: str) -> bool:
    return not (fact.quantity.measure or "").startswith("no ") or bool(_STILL.search(text))


def _folds(item: Amount, study: Study) -> Iterator[Fact]:
    """How many times one arm's outcome is the other's."""
    outcomes = [fact for fact in study.facts if fact.side and fact.quantity.role in ("outcome", "crossover")]
    for a in outcomes:
        for b in outcomes:
            is_pair = a.side != b.side and a.quantity.role == b.quantity.role and a.quantity.unit == b.quantity.unit
            if is_pair and _percent(b) and near(_percent(a) / _percent(b), item.value, _FOLD):
                yield Fact(a.study, a.statement, a.quantity, None)


def _is_rest(fact: Fact, value: float, tolerance: float) -> bool:
    quantity = fact.quantity
    if quantity.role == "threshold":
        return False
    share = {"percent": 1.0, "fraction": 100.0}.get(quantity.unit)
    whole = quantity.value * share if share else 100 * quantity.value / quantity.of if quantity.of else None
    return whole is not None and whole > 0 and abs(100 - whole - value) <= tolerance


def _points(item: Amount, study: Study) -> Iterator[Fact]:
    outcomes = [fact for fact in study.facts if fact.side and (fact.quantity.unit in _SHARES or fact.quantity.of)]
    for a in outcomes:
        for b in outcomes:
            if a.side != b.side and abs(abs(_percent(a) - _percent(b)) - item.value) <= _WORKED_OUT:
                yield Fact(a.study, a.statement, a.quantity, None)


def _percent(fact: Fact) -> float:
    quantity = fact.quantity
    if quantity.of:
        return 100 * quantity.value / quantity.of
    return quantity.value * (100 if quantity.unit == "fraction" else 1)


def _times(item: Amount, study: Study) -> Iterator[Fact]:
    for fact in study.facts:
        low = in_days(fact.quantity.value, fact.quantity.unit)
        high = in_days(fact.quantity.upper, fact.quantity.unit) if fact.quantity.upper else low
        if (
            low is not None
            and high is not None
            and _within(item.value, low, high)
            and (not item.upper or _within(item.upper, low, high))
        ):
            yield Fact(fact.study, fact.statement, fact.quantity, None)
        for number in numbers(fact.quantity.time or ""):
            days = in_days(number.value, number.unit or "")
            if days and near(days, item.value, _TIME):
                yield Fact(fact.study, fact.statement, fact.quantity, None)


def _within(value: float, low: float, high: float) -> bool:
    return low * (1 - _TIME) <= value <= high * (1 + _TIME)


def _counts(item: Amount, study: Study) -> Iterator[Fact]:
    sizes = {fact.quantity.value for fact in study.facts if fact.quantity.role in ("enrolled", "arm size")}
    sizes |= {fact.quantity.of for fact in study.facts if fact.quantity.of}
    for fact in study.facts:
        quantity = fact.quantity
        if quantity.unit not in ("patients", "blocks", "trials"):
            continue
        if (
            item.of is None
            and item.value == quantity.value
            or quantity.of
            and item.value == quantity.value
            and item.of == quantity.of
        ):
            yield fact
        elif (
            item.value in sizes
            and (item.of is None or item.of in sizes)
            and item.value != item.of
            or item.of in sizes
            and quantity.of in (None, item.of)
            and quantity.role == "crossover"
            and item.value == quantity.value
        ):
            yield Fact(fact.study, fact.statement, quantity, None) if item.value != quantity.of else fact

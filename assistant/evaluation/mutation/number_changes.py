"""The sentence of a statement with a typed number changed, two arms' figures exchanged, or two times."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from typing import Final

from assistant.corpus import load
from assistant.entries import Quantity, Statement
from assistant.evaluation.mutation.figures import (
    COUNTED,
    DAYS,
    Figure,
    changed,
    exchanged,
    figures,
    shown,
    times_exchanged,
)  # fmt: skip
from assistant.evaluation.mutation.variants import Skipped, Variant

_ARMS: Final = ("outcome", "crossover", "complication", "arm size", "schedule")


def why_not_false(statement: Statement, quantity: Quantity, value: float) -> str | None:
    """Why a sentence with that value instead would be no clear falsehood; None where it is one."""
    is_mark = quantity.role in ("threshold", "prevalence", "pharmacology")
    if quantity.bound in ("over", "more than", "at least") and value < quantity.value and not is_mark:
        return "what is over the figure is over a smaller one"
    if quantity.bound in ("up to", "less than") and value > quantity.value and not is_mark:
        return "what is below the figure is below a larger one"
    if quantity.upper is not None and quantity.value <= value <= quantity.upper:
        return "it lies within the range"
    if "gap" in statement.aspects and quantity.role == "follow-up":
        return "that the review says nothing may be as true of another time"
    if any(_is_same(other, quantity, value) for other in _related(statement)):
        return "another typed number of the same study makes it true"
    return None


def number_changes(statement: Statement, seed: int) -> Iterator[Variant | Skipped]:
    """Each typed number doubled, halved, one more, one less, and with the value of another study."""
    for figure in figures(statement):
        for kind, value, part in _values(statement, figure, seed):
            text = changed(statement, figure, value, part=part)
            quantity = figure.quantity
            what = f"{shown(statement, figure)} -> {value:g}" + ("" if part == "value" else f" ({part})")
            why = why_not_false(statement, quantity, value) if part in ("value", "range") else None
            if why:
                yield Skipped(kind, statement.id, what, why)
            else:
                yield Variant(kind, statement.id, text, what, is_true=False)


def arm_swaps(statement: Statement) -> Iterator[Variant]:
    """The figures of two arms exchanged, with their totals."""
    for one, other in combinations(figures(statement), 2):
        a, b = one.quantity, other.quantity
        is_pair = a.arm and b.arm and a.arm != b.arm and a.role == b.role and a.role in _ARMS and a.unit == b.unit
        if is_pair and _measure(a) == _measure(b) and (a.value, a.of) != (b.value, b.of):
            what = f"{shown(statement, one)} <-> {shown(statement, other)}"
            text, is_result = exchanged(statement.text, one, other), a.role in ("outcome", "crossover")
            yield Variant("arms swapped", statement.id, text, what, is_true=False, is_grave=is_result)


def time_swaps(statement: Statement) -> Iterator[Variant | Skipped]:
    """Two lengths of time, or points in time, exchanged with their units."""
    timed = [figure for figure in figures(statement) if figure.quantity.unit in DAYS]
    for one, other in combinations(sorted(timed, key=lambda figure: figure.start), 2):
        if _days(one.quantity) == _days(other.quantity) or one.quantity.arm != other.quantity.arm:
            continue
        what = f"{shown(statement, one)} <-> {shown(statement, other)}"
        between = statement.text[one.whole[1] : other.whole[0]]
        if between.strip() in ("to", "and", "-", "–"):
            yield Skipped("times swapped", statement.id, what, "the two are the ends of one span of time")
        else:
            text = times_exchanged(statement.text, one, other)
            yield Variant("times swapped", statement.id, text, what, is_true=False)


def _values(statement: Statement, figure: Figure, seed: int) -> Iterator[tuple[str, float, str]]:
    """Kinds of change with the new value and the part that it goes into; nothing above its total or 100 %."""
    quantity = figure.quantity
    value, top = quantity.value, _top(quantity)
    plain: list[tuple[str, float]] = [("number doubled", 2 * value), ("number halved", value / 2)]
    if quantity.unit == "fraction":
        plain = [("number doubled", round(2 * value, 4)), ("number halved", 0.5)]
    else:
        plain += [("number one less", value - 1)]
        plain += [] if quantity.upper else [("number one more", value + 1)]
        plain += [("number of another study", other) for other in _others(statement, quantity, seed)]
    for kind, new in plain:
        is_whole = new == int(new) or quantity.unit == "fraction"
        if is_whole and _least(quantity) <= new <= top and abs(new - value) > 0.001:
            yield kind, new, "range" if quantity.upper and "one" not in kind else "value"
    if figure.upper and quantity.upper:
        yield "number one more", quantity.upper + 1, "upper"
    if figure.of and quantity.of:
        yield "total changed", quantity.of + 1, "of"
        yield "total changed", quantity.of * 2, "of"


def _least(quantity: Quantity) -> float:
    """The least value that the sentence can hold: one would need another wording, as in "one trials"."""
    if quantity.unit in ("percent", "fraction"):
        return 0 if quantity.unit == "percent" else 0.1
    return 2 if quantity.unit in ("fold", *COUNTED) else 1


def _top(quantity: Quantity) -> float:
    return 100 if quantity.unit == "percent" else 1 if quantity.unit == "fraction" else quantity.of or 10_000


def _others(statement: Statement, quantity: Quantity, seed: int) -> list[float]:
    """One value of the same unit and role that some other study has."""
    if quantity.upper is not None:
        return []
    own = {one.value for one in _related(statement)}
    pool = sorted(
        {
            one.value
            for other in load().statements
            for one in other.numbers
            if one.unit == quantity.unit and one.role == quantity.role and one.value not in own and one.upper is None
        }
    )
    return [random.Random(f"{seed} {statement.id} {quantity}").choice(pool)] if pool else []


@lru_cache(maxsize=512)
def _related(statement: Statement) -> tuple[Quantity, ...]:
    """The typed numbers of all statements on the same study, or with a reference in common."""
    return tuple(
        number
        for other in load().statements
        if other is statement
        or (other.trial and other.trial == statement.trial)
        or set(other.references) & set(statement.references)
        for number in other.numbers
    )


def _is_same(other: Quantity, quantity: Quantity, value: float) -> bool:
    """Whether another typed number says the new value of the same thing as far as its role and arm tell."""
    if quantity.unit in DAYS and other.unit in DAYS:
        return _days(other) == value * DAYS[quantity.unit]
    is_same_arm = other.arm == quantity.arm or other.arm is None or quantity.arm is None
    return other.unit == quantity.unit and other.role == quantity.role and is_same_arm and other.value == value


def _days(quantity: Quantity) -> float:
    return quantity.value * DAYS[quantity.unit]


def _measure(quantity: Quantity) -> str:
    """The measure without the study in brackets and the arm that people went to."""
    return re.sub(r"\s*\(.*?\)|\bto \w+$", "", quantity.measure or "").strip()

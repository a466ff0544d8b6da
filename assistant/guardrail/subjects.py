"""What each unit speaks of: the treatments and conditions it names, else those that it goes on with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.corpus import load
from assistant.guardrail.units import Document, Unit, read, step_of
from assistant.reading import Mention

# The interventional steps, of which the review gives evidence and indications.
STEPS: Final = frozenset({"block", "ketamine", "pns", "scs"})
# How many units a subject is carried over that name no other; an item goes on with its list's head, however far.
_FAR: Final = 4
# Wide conditions of which the review speaks with every step; to name one is to name none.
WIDE: Final = frozenset(
    {"neuropathic_pain", "peripheral_neuropathic_pain", "central_neuropathic_pain", "chronic_pain", "smp", "sip"}
)


@dataclass(frozen=True, slots=True)
class Subject:
    """steps, conditions: those of the unit, or carried; own_steps, own_conditions: those that the unit names.

    head: the position of the unit that heads the list of which this unit is an item, None elsewhere.
    """

    steps: frozenset[str]
    conditions: frozenset[str]
    own_steps: frozenset[str]
    own_conditions: frozenset[str]
    head: int | None


@lru_cache(maxsize=4096)
def is_condition(name: str) -> bool:
    """Whether it is a condition, of the review or outside it, that is narrower than neuropathic pain."""
    corpus = load()
    item = corpus.concepts.get(name) or corpus.outside.get(name)
    return bool(item and item.kind == "condition" and name not in WIDE)


def steps_of(mentions: tuple[Mention, ...]) -> frozenset[str]:
    """The interventional steps among mentions."""
    return frozenset(step for item in mentions if (step := step_of().get(item.id)) in STEPS and step)


def subjects(document: Document, question: str | None = None) -> list[Subject]:
    """One per unit, in order."""
    found: list[Subject] = []
    asked = read(question[:2000]).units[-1:] if question else ()
    steps, conditions = _own(asked[0]) if asked else (frozenset[str](), frozenset[str]())
    ages = [0, 0]
    head: int | None = None
    for position, unit in enumerate(document.units):
        head = _head(document, position, head)
        own_steps, own_conditions = _own(unit)
        led = found[head] if head is not None else None
        ages = [0 if own_steps else ages[0] + 1, 0 if own_conditions else ages[1] + 1]
        steps = own_steps or (led.steps if led else steps if ages[0] <= _FAR else frozenset())
        conditions = own_conditions or (conditions if ages[1] <= _FAR else frozenset())
        found.append(Subject(steps, conditions, own_steps, own_conditions, head))
    return found


def _own(unit: Unit) -> tuple[frozenset[str], frozenset[str]]:
    steps = steps_of(unit.mentions) or frozenset(
        name for names in re.findall(r"<([a-z|]+)>", unit.masked) for name in names.split("|") if name in STEPS
    )
    return steps, frozenset(item.id for item in unit.mentions if is_condition(item.id))


def _head(document: Document, position: int, head: int | None) -> int | None:
    """The unit that heads this item's list: the last before the first item."""
    if not is_item(document, document.units[position]):
        return None
    if head is None and position and not is_item(document, document.units[position - 1]):
        return position - 1
    return head


def is_item(document: Document, unit: Unit) -> bool:
    """Whether a unit is an item of a list or a row of a table."""
    text = document.normalised.text
    line = text[text.rfind("\n", 0, unit.start) + 1 : unit.start + 2].lstrip()
    return line[:1] in ("-", "*", "•", "|", "–") or (line[:1].isdigit() and line[1:2] in (".", ")"))

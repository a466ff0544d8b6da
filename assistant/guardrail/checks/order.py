"""Order of treatment: what the text puts before what, against the pathway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import Context
from assistant.guardrail.relations import Relation, relations
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

# (earlier, later) that the pathway rules out when a text asserts it, and that it asks for when a text denies it.
WRONG: Final = frozenset(
    {("scs", "block"), ("scs", "ketamine"), ("scs", "pns"), ("scs", "drugs"), ("scs", "care")}
    | {(step, "drugs") for step in ("block", "ketamine", "pns")}
)
ASKED_FOR: Final = frozenset({("block", "scs"), ("ketamine", "scs"), ("drugs", "scs"), ("drugs", "block"), ("drugs", "ketamine")})
FIRST: Final = frozenset({"scs"})


def order(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on order and rank."""
    for position, unit in enumerate(document.units):
        if unit.is_question:
            continue
        for relation in relations(unit.masked):
            rule = _rule(relation, unit, context)
            if rule:
                yield finding(rule, document, unit)


def _rule(relation: Relation, unit: Unit, context: Context) -> str | None:
    pairs = {(a, b) for a in relation.earlier for b in relation.later}
    asserted = not relation.denied
    if relation.kind == "before":
        if asserted and pairs & WRONG:
            return "ORD-1"
        return "ORD-2" if relation.denied and pairs & ASKED_FOR else None
    if relation.kind == "not required":
        return "ORD-2" if asserted and pairs & ASKED_FOR else None
    if relation.kind == "required" and asserted:
        if pairs & WRONG:
            return "ORD-1"
        if ("ketamine", "block") in pairs:
            return "ORD-5"
        return "ORD-6" if ("pns", "block") in pairs else None
    if relation.kind in ("first", "straight") and asserted and relation.later & FIRST and not _has_come_last(unit, context):
        return "ORD-3"
    if relation.kind in ("skip", "wait") and asserted and relation.earlier & {"block", "ketamine"}:
        return "ORD-4"
    return None


def _has_come_last(unit: Unit, context: Context) -> bool:
    """Whether the patient, or the sentence itself, has what comes before SCS behind."""
    if context.plan and context.plan.step("scs").status in ("consider", "failed", "done"):
        return True
    return any(
        relation.kind == "before" and not relation.denied and "scs" in relation.later
        and relation.earlier & {"block", "ketamine"}
        for relation in relations(unit.masked)
    )  # fmt: skip

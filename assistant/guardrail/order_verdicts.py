"""Which rule on order a relation between treatments breaks, if any."""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.context import Context
from assistant.guardrail.mood import is_framed
from assistant.guardrail.order_signs import (
    AGAIN,
    ALLOWED,
    ALONE,
    DRUGS_FIRST,
    FOR_EARLIER,
    FOR_OTHERS,
    GOING_ON,
    HEDGED,
    INTERVENTION,
    ITS_PLACE,
    KEPT_ON,
    MUST,
    NO_EARLIER,
    NO_LONGER,
    SCS_SOONER,
    SOFT,
    TAKEN_OUT,
    WITH_BLOCKS,
)
from assistant.guardrail.relations import Relation, relations
from assistant.guardrail.units import Unit

# (earlier, later) that the pathway rules out when a text asserts it, and that it asks for when a text denies it.
WRONG: Final = frozenset(
    {("scs", "block"), ("scs", "ketamine"), ("scs", "pns"), ("scs", "drugs"), ("scs", "care")}
    | {(step, "drugs") for step in ("block", "ketamine", "pns")}
)


ASKED_FOR: Final = frozenset(
    {("block", "scs"), ("ketamine", "scs"), ("drugs", "scs"), ("drugs", "block"), ("drugs", "ketamine")}
)


LESS_INVASIVE: Final = frozenset({"block", "ketamine", "pns", "drugs", "care"})


_FIRST_STEPS: Final = frozenset({"drugs", "care"})


# "A trial lead comes first, the permanent SCS second": the two stages of one treatment.
_STAGES: Final = re.compile(r"<scs>[^.;<]{0,30}\bfirst\b[^.;<]{0,40}\b(?:permanent|definitive|final|full)\b")


def is_scs_due(context: Context) -> bool:
    """Whether the patient has behind what comes before SCS, or has had it."""
    return context.plan is not None and context.plan.step("scs").status in ("consider", "failed", "done")


def is_chain(relation: Relation, unit: Unit) -> bool:
    """Whether steps set out one by one go from blocks to SCS."""
    return relation.end == 0 and not relation.denied and relation.later == {"scs"} and "block" in relation.earlier


def broken(relation: Relation, unit: Unit, context: Context) -> str | None:
    """The id of the rule on order that a relation breaks, None where it breaks none."""
    pairs = {(a, b) for a in relation.earlier for b in relation.later - relation.earlier}
    if relation.kind == "before":
        return _rule_before(relation, unit, pairs)
    if relation.kind in ("required", "not required"):
        return _rule_required(relation, unit, pairs)
    if relation.denied:
        return None
    if relation.kind == "together":
        both = relation.earlier | relation.later
        return "ORD-2" if "scs" in both and both & {"block", "ketamine"} and not _has_come_last(unit, context) else None
    if relation.kind == "untried":
        return "ORD-2" if pairs & ASKED_FOR else None
    if relation.kind == "less invasive":
        is_wrong = relation.later == {"scs"} and (relation.earlier & LESS_INVASIVE or not relation.earlier)
        return "ORD-7" if is_wrong else None
    if relation.kind == "instead":
        return _rule_instead(relation, pairs)
    if relation.kind == "first" and _STAGES.search(unit.masked):
        return None
    if relation.kind in ("first", "straight") and relation.later == {"scs"} and not _has_come_last(unit, context):
        return "ORD-3"
    if relation.kind == "wait":
        return _rule_wait(relation, unit)
    if relation.kind == "skip" and relation.earlier == {"drugs"}:
        return "ORD-1" if _is_begun_with(unit) else None
    return "ORD-4" if relation.kind == "skip" and relation.earlier & {"block", "ketamine"} else None


def _is_begun_with(unit: Unit) -> bool:
    """Whether the sentence begins treatment with an intervention."""
    return any(
        other.kind in ("first", "straight") and not other.denied and other.later & {"block", "ketamine", "pns", "scs"}
        for other in relations(unit.masked)
    )


def _rule_wait(relation: Relation, unit: Unit) -> str | None:
    """A step put at the back; not where the sentence has it wait for what rightly comes before it."""
    waits_rightly = any(
        other.kind == "before" and not other.denied and other.later & relation.earlier
        and other.earlier <= {"drugs", "care", "block"}
        for other in relations(unit.masked)
    ) or FOR_EARLIER.match(unit.masked, relation.end)  # fmt: skip
    if relation.earlier == {"block"} and DRUGS_FIRST.search(unit.masked):
        return None
    if waits_rightly or (relation.earlier == {"ketamine"} and WITH_BLOCKS.search(unit.masked)):
        return None
    if relation.earlier == {"drugs"}:
        if KEPT_ON.match(unit.masked, relation.start) or KEPT_ON.search(unit.masked[relation.start : relation.end]):
            return None
        is_put_off = FOR_OTHERS.search(unit.masked) or _is_begun_with(unit)
        return "ORD-1" if INTERVENTION.search(unit.masked) and is_put_off else None
    if relation.earlier == {"pns"}:
        is_over = NO_LONGER.search(unit.masked, relation.start)
        if is_over or TAKEN_OUT.search(unit.masked, relation.start, relation.end):
            return None
        return "ORD-1" if SCS_SOONER.search(unit.masked) else "ORD-12"
    return "ORD-4" if relation.earlier & {"block", "ketamine"} else None


def _rule_before(relation: Relation, unit: Unit, pairs: set[tuple[str, str]]) -> str | None:
    if relation.denied:
        if any(other.kind == "straight" and other.denied and other.later == relation.later
               for other in relations(unit.masked)):  # fmt: skip
            # "Not straight to SCS if blocks fail": there is a step between.
            return None
        if ("pns", "scs") in pairs and NO_EARLIER.search(unit.masked):
            return "ORD-12"
        if is_framed(unit.masked) and GOING_ON.search(unit.masked):
            pairs -= {("drugs", "scs")}
        return "ORD-2" if pairs & ASKED_FOR and not _is_rightly_framed(relation, unit) else None
    wrong = pairs & WRONG
    if relation.failed and not relation.only and not relation.later & {"block", "ketamine", "drugs", "care"}:
        wrong -= set() if ITS_PLACE.search(unit.masked) and not ALLOWED.search(unit.masked) else {("scs", "pns")}
    if ALLOWED.search(unit.masked, relation.start):
        # "PNS after that is not barred": it says that it may come, not when.
        wrong -= {("scs", "pns")}
    if wrong:
        return "ORD-1"
    if relation.failed and not relation.only and relation.earlier == relation.later and len(relation.earlier) == 1:
        return "ORD-10" if AGAIN.search(unit.masked[relation.start : relation.end]) else None
    is_made = bool(MUST.search(unit.masked, unit.masked.rfind(";", 0, relation.start) + 1, relation.end))
    if (relation.only or is_made) and ("ketamine", "block") in pairs:
        return "ORD-5"
    return "ORD-6" if ("pns", "block") in pairs and (is_made or not HEDGED.search(unit.masked)) else None


_ARROW: Final = re.compile(r"[→⇒➔➜›]|[-=]>")


def _is_rightly_framed(relation: Relation, unit: Unit) -> bool:
    """Whether what a sentence names as wrong has a wrong order in it, or may: "wrong: drugs → SCS → block" is right."""
    if not is_framed(unit.masked):
        return False
    if len(_ARROW.findall(unit.masked)) > 1:
        return True
    return any(
        other.kind == "before" and other.denied and not other.failed
        and "scs" in other.earlier and (other.later - other.earlier) & {"block", "ketamine"}
        for other in relations(unit.masked)
    )  # fmt: skip


def _rule_required(relation: Relation, unit: Unit, pairs: set[tuple[str, str]]) -> str | None:
    if ALONE.search(unit.masked) and relation.earlier <= _FIRST_STEPS:
        return "ORD-3" if relation.later == {"scs"} and not relation.denied and relation.kind == "required" else None
    if (relation.kind == "not required") != relation.denied:
        return "ORD-2" if pairs & ASKED_FOR else None
    if pairs & WRONG:
        return "ORD-1"
    if ("ketamine", "block") in pairs:
        return "ORD-5"
    return "ORD-6" if pairs & {("pns", "block"), ("pns", "scs"), ("pns", "ketamine")} else None


def _rule_instead(relation: Relation, pairs: set[tuple[str, str]]) -> str | None:
    if pairs & {("block", "scs"), ("ketamine", "scs"), ("pns", "scs")}:
        return "ORD-4"
    return "ORD-8" if pairs & {("block", "ketamine"), ("block", "pns"), ("ketamine", "pns")} else None


def is_replaced(relation: Relation, unit: Unit) -> bool:
    """Whether the step that is left out gives way to another one than SCS: a lesser fault of its own."""
    return relation.kind == "skip" and any(
        other.kind == "instead"
        and not other.denied
        and other.later <= {"ketamine", "pns"}
        and other.earlier & relation.earlier
        for other in relations(unit.masked)
    )


def left_out(relation: Relation, unit: Unit, *, has_ketamine: bool) -> str | None:
    """SCS as what comes when only drugs, or only drugs and blocks, have failed."""
    if relation.kind != "before" or relation.denied or relation.only or not relation.failed:
        return None
    if relation.later != {"scs"} or _is_asked_for(relation, unit):
        return None
    if relation.earlier <= _FIRST_STEPS and not re.search(r"<[a-z|]*(?:block|ketamine)", unit.masked):
        return "ORD-3" if GOING_ON.search(unit.masked) or not SOFT.search(unit.masked) else "ORD-11"
    return "ORD-11" if "block" in relation.earlier and not has_ketamine and "ketamine" not in relation.earlier else None


def _is_asked_for(relation: Relation, unit: Unit) -> bool:
    """Whether the sentence makes the earlier step a condition: without it there is no SCS."""
    return any(
        other.kind == "required" and not other.denied and other.earlier == relation.earlier
        and other.later == relation.later
        for other in relations(unit.masked)
    )  # fmt: skip


def _has_come_last(unit: Unit, context: Context) -> bool:
    """Whether the patient, or the sentence itself, has what comes before SCS behind."""
    if is_scs_due(context):
        return True
    return any(
        relation.kind == "before" and not relation.denied and "scs" in relation.later
        and relation.earlier & {"block", "ketamine"}
        for relation in relations(unit.masked)
    )  # fmt: skip

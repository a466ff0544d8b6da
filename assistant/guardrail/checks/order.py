"""Order of treatment: what the text puts before what, against the pathway."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.guardrail.answers import answered
from assistant.guardrail.context import Context, says_silence
from assistant.guardrail.implants import is_without_trial
from assistant.guardrail.lay import plain
from assistant.guardrail.mood import is_framed, is_of_others, is_reported, is_rhetorical, is_taken_back
from assistant.guardrail.order_signs import (
    AGAIN,
    ALLOWED,
    ALONE,
    ANSWER,
    CHAIN,
    DRUGS_FIRST,
    EMERGENCY,
    FOR_EARLIER,
    FOR_OTHERS,
    GOING_ON,
    HEDGED,
    INTERVENTION,
    ITS_PLACE,
    KEPT_ON,
    MUST,
    NO_EARLIER,
    OPEN,
    REPLY,
    SCS_SOONER,
    SOFT,
    TAKEN_OUT,
    WITH_BLOCKS,
)
from assistant.guardrail.places import backwards, is_made_condition
from assistant.guardrail.relations import Relation, relations
from assistant.guardrail.retraction import endorses_itself, is_endorsed
from assistant.guardrail.rules import finding
from assistant.guardrail.sequences import carried, sequences
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit
from assistant.guardrail.unread import (
    has_failed_blocks,
    is_closed_step,
    is_direct,
    is_dismissed,
    is_no_failure,
    is_pns_late,
    is_put_next,
    is_unread,
)

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


def order(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on order and rank."""
    written, document = document.units, plain(document)
    whole = " ".join(unit.masked for unit in document.units)
    has_ketamine, is_emergency = "ketamine" in whole, bool(EMERGENCY.search(document.normalised.text))
    following = [*(unit.masked for unit in document.units), ""][1:]
    is_reply, is_far = False, _has_come_far(context)
    for bare, written_unit, after in zip(written, document.units, following, strict=True):
        unit = replace(written_unit, masked=REPLY.sub("", written_unit.masked)) if is_reply else written_unit
        is_reply = unit.is_retracted
        if (
            (unit.is_question and not is_rhetorical(unit.masked, after))
            or unit.is_retracted
            or (is_reported(unit.masked) and not is_endorsed(after))
            or OPEN.search(unit.masked)
        ):
            continue
        if is_without_trial(bare.text.lower()):
            yield finding("ORD-9", document, unit)
        if is_taken_back(unit.masked, after):
            continue
        if CHAIN.search(unit.masked) and not has_ketamine:
            yield finding("ORD-11", document, unit)
        if not is_framed(unit.masked):
            doubts = (rule for rule in _doubtful(unit.masked) if not (is_far and rule in ("ORD-3", "ORD-11")))
            yield from (finding(rule, document, unit) for rule in doubts)
            if not says_silence(unit):
                yield from _by_places(document, unit, is_far=is_far)
        for relation in relations(unit.masked):
            if (relation.kind == "wait" and is_emergency) or _is_replaced(relation, unit):
                continue
            rule = _rule(relation, unit, context)
            rule = rule or (None if is_far else _left_out(relation, unit, has_ketamine=has_ketamine))
            if rule:
                is_weak = rule == "ORD-4" and relation.earlier == {"ketamine"} and "<scs>" not in whole
                is_theirs = is_of_others(unit.masked) and not (is_endorsed(after) or endorses_itself(unit.masked))
                yield finding(rule, document, unit, severity="caution" if is_weak or is_theirs else None)
    yield from _over_sentences(document, context, whole)
    told = replace(document, units=tuple(unit for unit in document.units if not unit.is_retracted))
    for unit, relation in (*sequences(told), *carried(told), *answered(document, context.question)):
        rule = _rule(relation, unit, context) or _left_out(relation, unit, has_ketamine=has_ketamine)
        if not rule and not has_ketamine and "<drugs" in whole and _is_chain(relation, unit):
            rule = "ORD-11"
        if rule and not is_framed(ANSWER.sub("", unit.masked)) and not unit.is_retracted:
            yield finding(rule, document, unit)


def _by_places(document: Document, unit: Unit, *, is_far: bool) -> Iterator[Finding]:
    """What the words beside each treatment say of its place; a block only where two of them say the same."""
    said = None if is_far else backwards(unit.masked, "scs", frozenset({"block", "ketamine"}))
    if said:
        is_sure = said == "plainly" and not is_of_others(unit.masked)
        yield finding("ORD-1" if is_sure else "ORD-13", document, unit)
    if is_made_condition(unit.masked, "ketamine", "block"):
        yield finding("ORD-5", document, unit, severity="caution")
    if is_made_condition(unit.masked, "pns", "scs") or is_made_condition(unit.masked, "pns", "block"):
        yield finding("ORD-6", document, unit)


def _over_sentences(document: Document, context: Context, whole: str) -> Iterator[Finding]:
    """What only several sentences say together: a step dismissed before SCS, or passed over on the way to it."""
    is_behind = bool(context.plan) and _is_scs_due(context)
    is_closed = is_failed = False
    for before, unit in zip((None, *document.units), document.units, strict=False):
        masked = unit.masked
        if unit.is_question or unit.is_retracted or is_reported(masked) or is_framed(masked):
            continue
        if "<scs>" in whole and is_dismissed(masked, before.masked if before else ""):
            yield finding("ORD-2", document, unit)
        is_closed = is_closed or is_closed_step(masked)
        is_failed = is_failed or has_failed_blocks(masked)
        if is_behind or is_of_others(masked) or not is_put_next(masked):
            continue
        if is_closed and not is_no_failure(whole):
            yield finding("PAT-6", document, unit)
        elif is_failed and "ketamine" not in whole:
            yield finding("ORD-11", document, unit)


def _is_scs_due(context: Context) -> bool:
    return context.plan is not None and context.plan.step("scs").status in ("consider", "failed", "done")


def _has_come_far(context: Context) -> bool:
    """Whether the patient has blocks and ketamine behind, or can have none."""
    if context.plan is None:
        return False
    passed = ("failed", "done", "not covered")
    return all(context.plan.step(name).status in passed for name in ("sympathetic_block", "ketamine"))


def _doubtful(masked: str) -> Iterator[str]:
    """Rules on what no pattern has read, but that looks like a wrong order."""
    if is_unread(masked):
        yield "ORD-13"
    if is_direct(masked):
        yield "ORD-11" if SOFT.search(masked) else "ORD-3"
    if is_pns_late(masked):
        yield "ORD-12"


def _is_chain(relation: Relation, unit: Unit) -> bool:
    """Whether steps set out one by one go from blocks to SCS."""
    return relation.end == 0 and not relation.denied and relation.later == {"scs"} and "block" in relation.earlier


def _rule(relation: Relation, unit: Unit, context: Context) -> str | None:
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
        if TAKEN_OUT.search(unit.masked, relation.start, relation.end):
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
        return "ORD-2" if pairs & ASKED_FOR else None
    wrong = pairs & WRONG
    if relation.failed and not relation.only and not relation.later & {"block", "ketamine", "drugs", "care"}:
        wrong -= set() if ITS_PLACE.search(unit.masked) and not ALLOWED.search(unit.masked) else {("scs", "pns")}
    if wrong:
        return "ORD-1"
    if relation.failed and not relation.only and relation.earlier == relation.later and len(relation.earlier) == 1:
        return "ORD-10" if AGAIN.search(unit.masked[relation.start : relation.end]) else None
    is_made = bool(MUST.search(unit.masked, unit.masked.rfind(";", 0, relation.start) + 1, relation.end))
    if (relation.only or is_made) and ("ketamine", "block") in pairs:
        return "ORD-5"
    return "ORD-6" if ("pns", "block") in pairs and not HEDGED.search(unit.masked) else None


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


def _is_replaced(relation: Relation, unit: Unit) -> bool:
    """Whether the step that is left out gives way to another one than SCS: a lesser fault of its own."""
    return relation.kind == "skip" and any(
        other.kind == "instead"
        and not other.denied
        and other.later <= {"ketamine", "pns"}
        and other.earlier & relation.earlier
        for other in relations(unit.masked)
    )


def _left_out(relation: Relation, unit: Unit, *, has_ketamine: bool) -> str | None:
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
    if _is_scs_due(context):
        return True
    return any(
        relation.kind == "before" and not relation.denied and "scs" in relation.later
        and relation.earlier & {"block", "ketamine"}
        for relation in relations(unit.masked)
    )  # fmt: skip

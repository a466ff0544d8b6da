"""Order of treatment: what the text puts before what, against the pathway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.guardrail.answers import answered
from assistant.guardrail.context import Context, says_silence
from assistant.guardrail.implants import is_without_trial
from assistant.guardrail.lay import plain
from assistant.guardrail.mood import is_framed, is_of_others, is_reported, is_rhetorical, is_taken_back
from assistant.guardrail.order_signs import (
    ANSWER,
    CHAIN,
    EMERGENCY,
    OPEN,
    REPLY,
    SOFT,
    UNNEEDED,
)
from assistant.guardrail.order_verdicts import broken, is_chain, is_replaced, is_scs_due, left_out
from assistant.guardrail.places import backwards, is_made_condition
from assistant.guardrail.relations import relations
from assistant.guardrail.retraction import endorses_itself, is_endorsed
from assistant.guardrail.rules import finding
from assistant.guardrail.sequences import carried, sequences
from assistant.guardrail.told import is_long_ago
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
            if (relation.kind == "wait" and is_emergency) or is_replaced(relation, unit):
                continue
            if is_long_ago(unit.masked, relation.start):
                continue
            rule = broken(relation, unit, context)
            rule = rule or (None if is_far else left_out(relation, unit, has_ketamine=has_ketamine))
            if rule:
                is_weak = rule == "ORD-4" and relation.earlier == {"ketamine"} and "<scs>" not in whole
                is_theirs = is_of_others(unit.masked) and not (is_endorsed(after) or endorses_itself(unit.masked))
                is_weak = is_weak or rule == "ORD-2" and relation.denied and not UNNEEDED.search(unit.masked)
                yield finding(rule, document, unit, severity="caution" if is_weak or is_theirs else None)
    yield from _over_sentences(document, context, whole)
    told = replace(document, units=tuple(unit for unit in document.units if not unit.is_retracted))
    for unit, relation in (*sequences(told), *carried(told), *answered(document, context.question)):
        rule = broken(relation, unit, context) or left_out(relation, unit, has_ketamine=has_ketamine)
        if not rule and not has_ketamine and "<drugs" in whole and is_chain(relation, unit):
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
    is_behind = bool(context.plan) and is_scs_due(context)
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

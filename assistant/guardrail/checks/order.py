"""Order of treatment: what the text puts before what, against the pathway."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.answers import answered
from assistant.guardrail.context import Context
from assistant.guardrail.mood import is_framed, is_of_others, is_reported, negations
from assistant.guardrail.relations import Relation, relations
from assistant.guardrail.rules import finding
from assistant.guardrail.sequences import sequences
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit

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
_HEDGED: Final = re.compile(r"\b(?:may|might|could|can|perhaps|possibly|reasonable|consider\w*|if indicated|earlier)\b")
_GOING_ON: Final = re.compile(r"\b(?:next|straight|now|go|move|proceed|offer|book|then|turn|escalate|step)\b")
_AGAIN: Final = re.compile(r"\b(?:next|again|repeat\w*|another|same)\b[^<]*<[a-z|]+>$")
_EMERGENCY: Final = re.compile(
    r"\b(?:emergency|999|911|112|ambulance|crisis|resuscitat\w+|immediate danger|urgent(?:ly)?)\b", re.IGNORECASE
)
# A permanent implant, and the trial before it denied, passed over or failed.
_PERMANENT: Final = re.compile(
    r"\b(?:permanent(?:ly)?|fully implanted|full implant\w*|definitive|pulse generator|generator|ipg)\b"
)
_NO_TRIAL: Final = re.compile(
    r"\b(?:without|no|skip\w*|omit\w*|bypass\w*|forgo\w*|forego\w*|instead of|rather than|before|dispens\w+ with) "
    r"(?:\w+ ){0,3}?(?:trial|test)\b(?! (?:is|was) )"
    r"|\b(?:trial|test)(?: (?:period|phase|lead|stage|stimulation|of \w+))?[^.;:]{0,50}?\b(?:not (?:needed|required|"
    r"necessary)|unnecessary|adds nothing|superfluous|optional|"
    r"(?:can|may|could) be (?:skipped|omitted|left out)|pointless|is a formality|first is not|need not|needn't)"
    r"|\b(?:in one go|in one sitting|in one (?:stage|session|step)|single[- ]stage|at the first sitting|on day one|"
    r"straight away|from the outset)\b"
    r"|\b(?:even (?:after|if|when)|despite|after|regardless of|whatever|irrespective of|following) (?:\w+ "
    r"){0,5}?(?:trial|test)\b(?: \w+){0,2}? ?(?:fail\w*|unsuccessful|negative)?"
)
_AFTER_TRIAL: Final = re.compile(r"even|despite|after|regardless|whatever|irrespective|following")
_TRIAL_FAILED: Final = re.compile(
    r"\b(?:unsuccessful|failed|negative|fails?|despite|regardless|whatever|irrespective|result)\b"
)


def order(document: Document, context: Context) -> Iterator[Finding]:
    """Findings on order and rank."""
    has_ketamine = any("ketamine" in unit.masked for unit in document.units)
    is_emergency = bool(_EMERGENCY.search(document.normalised.text))
    for unit in document.units:
        if unit.is_question or is_reported(unit.masked):
            continue
        if _is_without_trial(unit.masked):
            yield finding("ORD-9", document, unit)
        for relation in relations(unit.masked):
            if (relation.kind == "wait" and is_emergency) or _is_replaced(relation, unit):
                continue
            rule = _rule(relation, unit, context) or _left_out(relation, unit, has_ketamine=has_ketamine)
            if rule:
                yield finding(rule, document, unit, severity="caution" if is_of_others(unit.masked) else None)
    for unit, relation in (*sequences(document), *answered(document, context.question)):
        rule = _rule(relation, unit, context) or _left_out(relation, unit, has_ketamine=has_ketamine)
        if rule and not is_framed(unit.masked):
            yield finding(rule, document, unit)


def _rule(relation: Relation, unit: Unit, context: Context) -> str | None:
    pairs = {(a, b) for a in relation.earlier for b in relation.later - relation.earlier}
    if relation.kind == "before":
        return _rule_before(relation, unit, pairs)
    if relation.kind in ("required", "not required"):
        return _rule_required(relation, pairs)
    if relation.denied:
        return None
    if relation.kind == "untried":
        return "ORD-2" if pairs & ASKED_FOR else None
    if relation.kind == "less invasive":
        is_wrong = relation.later == {"scs"} and (relation.earlier & LESS_INVASIVE or not relation.earlier)
        return "ORD-7" if is_wrong else None
    if relation.kind == "instead":
        return _rule_instead(relation, pairs)
    if relation.kind in ("first", "straight") and relation.later == {"scs"} and not _has_come_last(unit, context):
        return "ORD-3"
    return "ORD-4" if relation.kind in ("skip", "wait") and relation.earlier & {"block", "ketamine"} else None


def _rule_before(relation: Relation, unit: Unit, pairs: set[tuple[str, str]]) -> str | None:
    if relation.denied:
        return "ORD-2" if pairs & ASKED_FOR else None
    wrong = pairs & WRONG
    if relation.failed and not relation.only and not relation.later & {"block", "ketamine", "drugs", "care"}:
        wrong -= {("scs", "pns")}
    if wrong:
        return "ORD-1"
    if relation.failed and not relation.only and relation.earlier == relation.later and len(relation.earlier) == 1:
        return "ORD-10" if _AGAIN.search(unit.masked[relation.start : relation.end]) else None
    return "ORD-6" if ("pns", "block") in pairs and not _HEDGED.search(unit.masked) else None


def _rule_required(relation: Relation, pairs: set[tuple[str, str]]) -> str | None:
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
    if relation.later != {"scs"}:
        return None
    if relation.earlier <= _FIRST_STEPS and not re.search(r"<[a-z|]*(?:block|ketamine)", unit.masked):
        return "ORD-3" if _GOING_ON.search(unit.masked) else "ORD-11"
    return "ORD-11" if "block" in relation.earlier and not has_ketamine and "ketamine" not in relation.earlier else None


def _has_come_last(unit: Unit, context: Context) -> bool:
    """Whether the patient, or the sentence itself, has what comes before SCS behind."""
    if context.plan and context.plan.step("scs").status in ("consider", "failed", "done"):
        return True
    return any(
        relation.kind == "before" and not relation.denied and "scs" in relation.later
        and relation.earlier & {"block", "ketamine"}
        for relation in relations(unit.masked)
    )  # fmt: skip


def _is_without_trial(masked: str) -> bool:
    """Whether a permanent implant is put in with no trial, or after one that failed."""
    if not _PERMANENT.search(masked) or is_framed(masked):
        return False
    for match in _NO_TRIAL.finditer(masked):
        if _AFTER_TRIAL.match(match.group()) and not _TRIAL_FAILED.search(match.group()):
            continue
        clause = masked[max(masked.rfind(mark, 0, match.start()) for mark in ";:.") + 1 : match.start()]
        if negations(clause) % 2 == 0:
            return True
    return False

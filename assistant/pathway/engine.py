"""Where a patient stands on the pathway: one status for every intervention, the next steps, and what must be asked.

Three-valued throughout: a need is met, not met, or unknown; unknown is asked and never taken for met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from assistant.pathway.asking import questions
from assistant.pathway.beside import caveats, cited_step, remarks, set_aside
from assistant.pathway.history import BLOCK, Histories, histories_of
from assistant.pathway.model import load_algorithm
from assistant.pathway.result import OFFERED, SATISFIED, History, Plan, SetAside, Status, Step
from assistant.pathway.rules import Algorithm
from assistant.pathway.situation import Situation, situation_of
from assistant.pathway.verdict import BY_HISTORY, STUDIED, Before, Verdict, by_history, marked, verdict_on
from assistant.patient import Patient

__all__ = ["BLOCK", "SATISFIED", "STUDIED", "History", "Plan", "SetAside", "Status", "Step", "plan"]


def plan(patient: Patient | Mapping[str, Any], algorithm: Algorithm | None = None) -> Plan:
    """The plan for a patient, by the review's algorithm or by another; raises PatientError for what is no patient."""
    who = Patient.from_value(patient)
    algorithm = algorithm or load_algorithm()
    situation = situation_of(who, algorithm)
    histories = histories_of(who, situation, algorithm)
    steps = tuple(_steps(situation, histories, algorithm, _verdicts(situation, histories, algorithm)))
    following = _next(steps, situation)
    return Plan(
        steps=steps,
        next=following,
        ask=questions(situation, histories, algorithm, {step.intervention: step.status for step in steps}),
        unrecognised=situation.unrecognised,
        condition=situation.condition,
        site=situation.site,
        remarks=remarks(who, situation, algorithm),
        aside=set_aside(histories, algorithm),
        caveats=caveats(following, algorithm),
    )


def _verdicts(situation: Situation, histories: Histories, algorithm: Algorithm) -> dict[str, Verdict]:
    """The verdict on every step, in the pathway's order: a step's needs stand before it."""
    found: dict[str, Verdict] = {}
    before: dict[str, Before] = {}
    for item in algorithm.interventions:
        name, history = item.id, histories.steps[item.id]
        needs = tuple([before[need.intervention] for need in item.needs])
        found[name] = verdict_on(name, situation, history, name in histories.wide, needs)
        before[name] = Before(name, history, found[name].status, histories.left if name == BLOCK else (name,))
    return found


def _steps(
    situation: Situation, histories: Histories, algorithm: Algorithm, verdicts: Mapping[str, Verdict]
) -> list[Step]:
    steps: list[Step] = []
    for item in algorithm.interventions:
        verdict = verdicts[item.id]
        steps.append(cited_step(item.id, verdict.status, verdict.reason, verdict.statements))
        if item.id == BLOCK:
            tried = histories.steps[BLOCK] == "tried", BLOCK in histories.wide
            own = {name: histories.blocks.get(name, histories.named.get(name, "unknown")) for name in item.forms}
            steps += [_block_step(name, own[name], verdict, situation, *tried) for name in item.forms]
    return steps


@lru_cache(maxsize=65536)
def _block_step(name: str, own: History, general: Verdict, situation: Situation, is_tried: bool, is_wide: bool) -> Step:
    """The step of one block: that of blocks in general where it serves the site.

    is_tried: a block for the site was tried, with what result is not known; is_wide: if a wide name meant it.
    """
    serves = name in situation.blocks
    named_for = situation.place_statements if serves else _named_for(name, situation.algorithm)
    if own not in BY_HISTORY and serves and not is_tried and situation.condition:
        position = situation.positions.get(BLOCK)
        said = "" if not situation.place_says or (position and position.blocks) else f"{situation.place_says}; "
        return cited_step(name, general.status, said + general.reason, (*named_for, *general.statements))
    if own in BY_HISTORY:
        status, reason = by_history(own, is_wide)
    elif situation.condition is None:
        status, reason = general.status, general.reason
    elif not situation.is_placed:
        status, reason = "need to know", "depends on the site of the pain"
    elif serves:
        status, reason = "need to know", "depends on the other block for this site"
    else:
        status, reason = "not covered", "the review does not name it for this site"
    verdict = marked(situation.algorithm.intervention(BLOCK), Verdict(status, reason, named_for), situation)
    return cited_step(name, verdict.status, verdict.reason, verdict.statements)


@lru_cache(maxsize=64)
def _named_for(name: str, algorithm: Algorithm) -> tuple[str, ...]:
    return next((site.statements for site in algorithm.sites if name in site.blocks), ())


def _next(steps: Sequence[Step], situation: Situation) -> tuple[str, ...]:
    """What to consider now: the block for the site where there is one, else blocks in general."""
    hidden = {BLOCK} if situation.blocks else set()
    return tuple(s.intervention for status in OFFERED for s in steps
                 if s.status == status and s.intervention not in hidden)  # fmt: skip

"""Every patient state: the plan is the oracle's, and the rules that must never break hold."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest
from pathway_oracle import (
    BLOCKS,
    CONDITIONS,
    EVERY_HISTORY,
    HISTORIES,
    STEPS,
    Place,
    expected,
    expected_block,
    expected_next,
    places,
    some_histories,
)

from assistant.evaluation.mutation.plans import broken
from assistant.evaluation.mutation.states import State
from assistant.pathway import Plan, plan
from assistant.settings import PROJECT_DIR

ORDER = (*STEPS[:3], *BLOCKS, *STEPS[3:])
# Together these reach every branch of the order: a block for the site, none, not known; effective or not; PNS studied
# or not; SCS effective or not. Every condition at every site gets a part of the histories below.
DECISIVE = (
    Place(CONDITIONS[0], "hand"),
    Place(CONDITIONS[5], "trunk"),
    Place(CONDITIONS[8], None),
    Place(CONDITIONS[9], "hand"),
)


def test_every_history_of_every_step_takes_part_in_each_condition() -> None:
    for column, step in enumerate(STEPS):
        assert {histories[column] for histories in some_histories(0)} == set(HISTORIES), step


def faults(place: Place, histories: tuple[str, ...], found: Plan) -> list[str]:
    """What is wrong with a plan: against the oracle first, then against the rules that need no oracle."""
    wanted = expected(place, histories)
    statuses = {step.intervention: step.status for step in found.steps}
    wrong = [f"{step}: {statuses[step]}, expected {wanted[step]}" for step in STEPS if statuses[step] != wanted[step]]
    wrong += [b for b in BLOCKS if histories[2] == "unknown" and statuses[b] != expected_block(place, b, wanted)]
    if found.next != expected_next(place, wanted):
        wrong.append(f"next: {found.next}")
    if tuple(step.intervention for step in found.steps) != ORDER:
        wrong.append("not one status for every intervention, in order")
    return wrong + broken(state_of(place, histories), found)


def state_of(place: Place, histories: tuple[str, ...]) -> State:
    condition = place.condition
    is_open = condition.is_covered and condition.are_blocks_effective and not condition.is_contradictory
    return State(
        place.patient(histories),
        dict(zip(STEPS, histories, strict=True)),
        place.blocks,
        is_pns_studied=condition.is_pns_studied,
        is_block_open=is_open,
    )


@pytest.mark.parametrize("place", DECISIVE, ids=lambda place: f"{place.condition.text} of {place.site}")
def test_every_combination_of_histories_is_as_the_oracle_says(place: Place) -> None:
    for histories in EVERY_HISTORY:
        wrong = faults(place, histories, plan(place.patient(histories)))
        assert not wrong, (histories, wrong)


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda c: f"{c.text} {c.course or ''} {c.pattern or ''}".strip())
def test_every_condition_at_every_site_is_as_the_oracle_says(condition: object) -> None:
    for offset, place in enumerate(places()):
        if place.condition is not condition:
            continue
        for histories in some_histories(offset):
            wrong = faults(place, histories, plan(place.patient(histories)))
            assert not wrong, (place.site, histories, wrong)


def test_every_condition_that_is_only_listed_says_so_in_every_step() -> None:
    for offset, place in enumerate(places()):
        for histories in some_histories(offset, 2003) if place.condition.is_only_listed else ():
            steps = plan(place.patient(histories)).steps
            assert all("nothing specific to this condition" in step.reason for step in steps)


def test_a_validated_patient_gives_the_same_plan_as_the_states_above() -> None:
    for offset, place in enumerate(places()):
        for histories in some_histories(offset, 9973):
            bare = place.patient(histories)
            assert plan(bare.to_dict()) == plan(bare)


def fingerprint() -> str:
    """One number for many plans, whole, with their reasons and citations."""
    found = [plan(p.patient(h)).to_dict() for n, p in enumerate(places()) for h in some_histories(n, 9973)]
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()


def test_the_same_patient_gets_the_same_bytes_in_every_process() -> None:
    code = "import sys; sys.path[:0] = ['.', 'tests/pathway']; import test_oracle; print(test_oracle.fingerprint())"
    prints = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=PROJECT_DIR, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    assert prints == {fingerprint()}

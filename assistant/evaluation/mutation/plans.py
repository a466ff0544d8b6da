"""What must hold of every plan, whatever the cases say; plain functions of a state and its plan.

They read the design's rules and the state's own facts, never the algorithm: the plan that an altered algorithm gives is
held to the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from assistant.evaluation.mutation.states import BLOCKS, ORDER, STEPS, State
from assistant.pathway import Plan

_DRUGS, _CARE, _BLOCK, _KETAMINE, _PNS, _SCS = STEPS
_MET: Final = ("failed", "brief")
_UNTRIED: Final = ("unknown", "not_tried")
_OFFERED: Final = ("consider", "alongside")
_NEEDS: Final = {
    _BLOCK: (_DRUGS,),
    _KETAMINE: (_DRUGS, _BLOCK),
    _PNS: (_DRUGS, _BLOCK),
    _SCS: (_DRUGS, _BLOCK, _KETAMINE),
}


def _offered(found: Plan) -> set[str]:
    """The steps on offer; a block by the name of its step."""
    return {_BLOCK if name in BLOCKS else name for name in found.next}


def _needs(step: str, state: State) -> tuple[str, ...]:
    return (_DRUGS,) if step == _PNS and state.is_pns_studied else _NEEDS.get(step, ())


def scs_comes_last(state: State, found: Plan) -> bool:
    """SCS is never offered unless drugs, blocks and ketamine have failed."""
    is_due = all(state.history[step] in _MET for step in (_DRUGS, _BLOCK, _KETAMINE))
    return is_due or (_SCS not in found.next and found.step(_SCS).status not in _OFFERED)


def what_is_not_known_to_have_failed_offers_nothing(state: State, found: Plan) -> bool:
    """A step is offered only if each step that it needs is known to have failed; ketamine may go with a block."""
    return all(
        state.history[need] in _MET or (step == _KETAMINE and need == _BLOCK and _BLOCK in _offered(found))
        for step in _offered(found)
        for need in _needs(step, state)
    )


def untried_care_offers_no_intervention(state: State, found: Plan) -> bool:
    """Non-drug care that is untried or ruled out bars every intervention; unknown, it bars none."""
    return state.history[_CARE] not in ("not_tried", "contraindicated") or not _offered(found) - {_DRUGS, _CARE}


def what_is_due_does_not_wait(state: State, found: Plan) -> bool:
    """A step whose needs have failed, and that was not tried as far as is known, waits for nothing more."""
    care = state.history[_CARE] in (*_MET, "unknown", "tried")
    for step in STEPS:
        is_due = all(state.history[need] in _MET for need in _needs(step, state)) and (care or step not in _NEEDS)
        if not is_due or state.history[step] not in _UNTRIED or (step == _BLOCK and not state.is_block_open):
            continue
        # A block that serves the site is offered; else what the review does not cover neither waits nor is offered.
        is_expected = step == _BLOCK and state.blocks != ()
        if found.step(step).status in ("later", "need to know") or (is_expected and _BLOCK not in _offered(found)):
            return False
    return True


def nothing_is_offered_again(state: State, found: Plan) -> bool:
    """What was tried, with whatever result, or is ruled out is not offered."""
    return all(state.history[step] in _UNTRIED for step in _offered(found))


def the_block_is_that_of_the_site(state: State, found: Plan) -> bool:
    """A block on offer serves the site, and where one is on offer so is each that does."""
    if _BLOCK not in _offered(found):
        return True
    return {name for name in found.next if name in (*BLOCKS, _BLOCK)} == set(state.blocks or (_BLOCK,))


def an_unknown_history_is_said(state: State, found: Plan) -> bool:
    """What is offered without its own history being known is offered "if not yet tried", and nothing else is."""
    return all(
        ("if not yet tried" in found.step(name).reason)
        == (state.history[_BLOCK if name in BLOCKS else name] == "unknown")
        for name in found.next
    )


def what_is_alongside_goes_with_a_block(state: State, found: Plan) -> bool:
    """Only ketamine goes alongside, only of a block that is on offer."""
    beside = {step.intervention for step in found.steps if step.status == "alongside"}
    return beside <= {_KETAMINE} and (not beside or found.step(_BLOCK).status == "consider")


def every_intervention_has_its_place(state: State, found: Plan) -> bool:
    """One status for each intervention in the pathway's order, and what is next in that order too."""
    first = [ORDER.index(name) for name in found.next if found.step(name).status == "consider"]
    return tuple(step.intervention for step in found.steps) == ORDER and first == sorted(first)


OF_PLANS: Final[tuple[Callable[[State, Plan], bool], ...]] = (
    scs_comes_last,
    what_is_not_known_to_have_failed_offers_nothing,
    untried_care_offers_no_intervention,
    what_is_due_does_not_wait,
    nothing_is_offered_again,
    the_block_is_that_of_the_site,
    an_unknown_history_is_said,
    what_is_alongside_goes_with_a_block,
    every_intervention_has_its_place,
)


def broken(state: State, found: Plan) -> list[str]:
    """Names of the invariants that a plan breaks."""
    return [rule.__name__ for rule in OF_PLANS if not rule(state, found)]

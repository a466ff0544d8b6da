"""Every change of a typed number, and every swap of two arms, that makes a canonical sentence false is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typed_facts import Target, passes, targets, unranged

from assistant.corpus import load, read_yaml
from assistant.evaluation.mutation.number_changes import arm_swaps
from assistant.evaluation.mutation.variants import Variant

MISSED = read_yaml(Path(__file__).parents[1] / "cases" / "guardrail_typed_facts.yaml")
TARGETS = {(target.statement, target.entry): target for target in targets()}
KNOWN = {
    (item["statement"], item["entry"]): unranged(item["values"], TARGETS[item["statement"], item["entry"]])
    for item in MISSED["numbers"] or ()
}
ARMS = {(swap.statement, swap.what): swap for statement in load().statements for swap in arm_swaps(statement)}
KNOWN_ARMS = {(item["statement"], item["change"]): item["why"] for item in MISSED["arms"] or ()}


def left(target: Target) -> list[float]:
    """The values that are not known to be missed."""
    known = KNOWN.get((target.statement, target.entry), frozenset())
    return [value for value in target.values() if value not in known]


FOUND = [target for target in TARGETS.values() if left(target)]


@pytest.mark.parametrize("target", FOUND, ids=lambda target: f"{target.statement} {target.entry}")
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_every_change_of_a_typed_number_is_found(target: Target, data: Any) -> None:
    value = data.draw(st.sampled_from(left(target)))
    assert not passes(target.text(value)), target.text(value)


@pytest.mark.parametrize("swap", [swap for key, swap in ARMS.items() if key not in KNOWN_ARMS], ids=lambda s: s.what)
def test_every_swap_of_two_arms_is_found(swap: Variant) -> None:
    assert not passes(swap.text), swap.text


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(
            item, marks=pytest.mark.xfail(reason=item["why"], strict=True), id=f"{item['statement']} {item['entry']}"
        )
        for item in MISSED["numbers"] or ()
    ],
)
def test_a_known_miss_is_found(item: dict[str, Any]) -> None:
    target = TARGETS[item["statement"], item["entry"]]
    values = sorted(unranged(item["values"], target))
    # The first, the last and one between stand for the rest.
    some = {values[0], values[len(values) // 2], values[-1]}
    assert [value for value in some if passes(target.text(value))] == []


@pytest.mark.parametrize(
    "key", [pytest.param(key, marks=pytest.mark.xfail(reason=why, strict=True)) for key, why in KNOWN_ARMS.items()]
)
def test_a_swap_that_is_known_to_be_missed_is_found(key: tuple[str, str]) -> None:
    assert not passes(ARMS[key].text)


def test_every_known_miss_is_a_change_that_there_is() -> None:
    assert set(KNOWN) <= set(TARGETS) and set(KNOWN_ARMS) <= set(ARMS)
    for key, values in KNOWN.items():
        assert values and values <= set(TARGETS[key].values()), key


def test_nearly_every_typed_number_is_tried() -> None:
    written = sum(len(statement.numbers) for statement in load().statements)
    # Times of which the review says nothing, a number that two entries share, and one whose bound makes all else true.
    assert len(TARGETS) > 0.95 * written

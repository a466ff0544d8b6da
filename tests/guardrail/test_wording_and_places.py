"""Wording that says nothing of its own, places in time beside a treatment, and facts told of another treatment."""

from __future__ import annotations

import pytest

from assistant.guardrail import check
from assistant.guardrail.places import backwards, is_made_condition, placed
from assistant.guardrail.units import read
from assistant.guardrail.wording import in_full

EARLIER = frozenset({"block", "ketamine"})


def rules(text: str, **known: object) -> set[str]:
    return {finding.rule for finding in check(text, **known).findings}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("short", "whole"),
    [("isn't", "is not"), ("can't", "cannot"), ("won't", "will not"), ("Don't", "Do not"), ("isnt", "is not")],
)
def test_a_contracted_negation_is_written_in_full(short: str, whole: str) -> None:
    assert in_full(short) == whole


def test_a_span_behind_a_contraction_is_that_of_the_original() -> None:
    text = "It isn't so. Ketamine cures CRPS, and that can't be denied."
    (finding, *_) = (item for item in check(text).findings if item.rule == "ABS-1")
    assert text[finding.start : finding.end].startswith("Ketamine cures CRPS")


@pytest.mark.parametrize("opener", ["To sum up, ", "In short, ", "All told, ", "Overall: "])
def test_an_opener_changes_no_verdict(opener: str) -> None:
    assert check(f"{opener}infection is among the risks of SCS [24].").verdict == "pass"
    assert check(f"{opener}ketamine cures CRPS.").verdict == "block"


@pytest.mark.parametrize(
    "text",
    [
        "The idea that blocks should come before SCS {} supported by the review.",
        "Blocks {} needed before SCS.",
        "SCS {} a cure.",
    ],
)
def test_a_contraction_changes_no_verdict(text: str) -> None:
    plural = text.startswith("Blocks")
    short, whole = ("aren't", "are not") if plural else ("isn't", "is not")
    assert check(text.format(short)).verdict == check(text.format(whole)).verdict


def test_numbers_under_a_key_of_json_are_no_marks() -> None:
    text = '{"drug": "ketamine", "elimination_half_life_min": [80, 180], "refs": [41]}'
    assert [mark for unit in read(text).units for mark in unit.marks] == [(41,)]
    assert "CIT-1" in rules('{"drug": "ketamine", "refs": [41, 180]}')


def test_places_are_read_beside_each_name() -> None:
    first, second = placed("only when the <block|ketamine> have let her down does the talk about <scs> open")
    assert first.places == {"done"}
    assert "late" in second.places


@pytest.mark.parametrize(
    ("masked", "said"),
    [
        ("the <scs> is the obvious first move; keep the <block> as a fallback", "plainly"),
        ("give <scs> while the <block> is still pending", "perhaps"),
        ("not before <block|ketamine> have failed should <scs> be raised", None),
        ("<block|ketamine> first, and <scs> when those have been tried without success", None),
        ("<scs> and <pns> are both forms of stimulation", None),
    ],
)
def test_scs_before_an_earlier_step_is_read_from_places(masked: str, said: str | None) -> None:
    assert backwards(masked, "scs", EARLIER) == said


def test_a_condition_is_told_from_its_denial() -> None:
    assert is_made_condition("<ketamine> must have failed before there is a <block>", "ketamine", "block")
    assert not is_made_condition("no <ketamine> has to fail before there is a <block>", "ketamine", "block")


def test_a_treatment_in_the_second_sentence_of_an_item_has_the_item_s_rank() -> None:
    wrong = "Pathway\n\n1. Drugs.\n2. Not enough? A trial of SCS.\n3. Still in pain? A lumbar sympathetic block."
    right = "Pathway\n\n1. Drugs.\n2. Not enough? A lumbar sympathetic block.\n3. Still in pain? A ketamine infusion."
    assert "ORD-1" in rules(wrong)
    assert check(right).verdict == "pass"


def test_what_is_marked_false_is_no_claim() -> None:
    right = "True or false?\n(a) The stellate ganglion lies at C5. False: C7 [28].\n(b) It is a fusion. True [28]."
    assert check(right).verdict == "pass"
    assert check("The stellate ganglion lies at C5.").verdict != "pass"


def test_relief_on_the_other_side_of_the_half_contradicts_the_record() -> None:
    patient = {"condition": "CRPS type 1", "site": "hand", "failed": ["pharmacotherapy"], "block_relief_percent": 30}
    assert "PAT-8" in rules("Her relief from the block was well over the 50% line.", patient=patient)
    assert "PAT-8" not in rules("Her relief from the block was below the 50% line.", patient=patient)


def test_a_figure_of_the_other_arm_blocks_where_two_readings_agree() -> None:
    wrong = "In Kumar's trial 9% with SCS reached half relief at 6 months, 48% on medical management alone [58]."
    right = "Medical care alone brought half relief in 9% at six months; with a stimulator added it was 48% [58]."
    assert check(wrong).verdict == "block"
    assert check(right).verdict == "pass"
    crossed = "Of the twenty-six assigned to a second operation, fourteen asked for the stimulator instead [57]."
    assert check(crossed).verdict == "pass"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2. Pulsed radiofrequency of the dorsal root ganglion.", "OUT-1"),
        ("The next rung, ahead of a stimulator, is an intrathecal pump.", "OUT-1"),
        ("Some units also use pulsed radiofrequency.", "OUT-2"),
    ],
)
def test_what_is_given_a_place_is_directed_and_what_is_mentioned_is_not(text: str, rule: str) -> None:
    assert rule in rules(text)

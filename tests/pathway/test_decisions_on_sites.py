"""Each decision on sites, blocks, measured relief and what is no step, as one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.pathway import Plan, plan

NOTHING = "nothing specific to this condition"


def placed(condition: str = "CRPS", site: str | None = "hand", **given: Any) -> Plan:
    return plan({"condition": condition, "site": site, **given})


def status(found: Plan, name: str) -> str:
    return found.step(name).status


# Sites.


@pytest.mark.parametrize(
    ("site", "blocks"),
    [
        ("arm", ("stellate_block",)),
        ("leg", ("lumbar_block",)),
        ("abdomen", ("celiac_block",)),
        ("pelvis", ("hypogastric_block", "impar_block")),
        ("perineum", ("impar_block",)),
        ("viscera", ("impar_block",)),
        ("face", ("stellate_block",)),
        ("abdominal pain", ("celiac_block",)),
        ("trunk", ()),
        ("neck", ()),
    ],
)
def test_the_block_is_that_of_the_site(site: str, blocks: tuple[str, ...]) -> None:
    found = placed("neuropathic pain", site, failed=["drugs"])
    assert tuple(name for name in found.next if name.endswith("block")) == blocks


def test_the_stellate_block_for_the_face_is_said_to_be_reported_only() -> None:
    assert placed("facial pain", None, failed=["drugs"]).step("stellate_block").reason.count("reported") == 1
    assert "reported for facial pain" in placed("PHN", "face", failed=["drugs"]).step("stellate_block").reason


def test_ischaemic_pain_without_a_site_has_the_lumbar_block_and_the_site_is_asked() -> None:
    found = placed("ischaemic pain", None, failed=["drugs"])
    assert "lumbar_block" in found.next
    assert "Is the pain in the lower limb? The block depends on the site." in found.ask


def test_ischaemic_pain_of_the_arm_does_not_borrow_what_is_said_of_the_lumbar_block() -> None:
    reason = placed("ischaemic pain", "arm", failed=["drugs"]).step("stellate_block").reason
    assert "lumbar" not in reason and NOTHING in reason


def test_without_a_site_blocks_are_offered_in_general_and_the_site_is_asked() -> None:
    found = placed(site=None, failed=["drugs"])
    assert "sympathetic_block" in found.next
    assert status(found, "stellate_block") == "need to know"
    assert "Where is the pain? The block depends on the site." in found.ask


def test_a_site_that_is_not_understood_is_named_and_not_covered() -> None:
    found = placed(site="left antler", failed=["drugs"])
    assert found.unrecognised == ("left antler",)
    assert status(found, "sympathetic_block") == status(found, "stellate_block") == "not covered"
    assert "Where is the pain? “left antler” was not understood." in found.ask


def test_of_two_sites_none_is_guessed() -> None:
    found = placed(site="hand and foot", failed=["drugs"])
    assert found.site is None
    assert not {"stellate_block", "lumbar_block"} & set(found.next)
    assert any("upper limb and lower limb" in question for question in found.ask)


def test_a_site_in_the_condition_counts() -> None:
    assert placed("CRPS of the foot", None, failed=["drugs"]).site == "lower_limb"


def test_a_block_given_for_another_site_says_nothing_about_this_one() -> None:
    found = placed("CRPS", "hand", failed=["drugs", "lumbar block"])
    assert status(found, "lumbar_block") == "failed"
    assert status(found, "stellate_block") == "consider"
    assert "ketamine" in found.next and "scs" not in found.next


def test_a_named_block_says_nothing_where_no_block_is_named_for_the_site_but_blocks_in_general_do() -> None:
    named = placed("PHN", "trunk", failed=["drugs", "stellate block"])
    general = placed("PHN", "trunk", failed=["drugs", "sympathetic blocks"])
    assert (status(named, "stellate_block"), status(named, "ketamine")) == ("failed", "need to know")
    assert status(general, "ketamine") == "consider"


PELVIS = {"failed": "failed", "brief": "done", "tried": "need to know", "contraindicated": "unavailable"}


@pytest.mark.parametrize("one", [*PELVIS, "not_tried", "unknown"])
@pytest.mark.parametrize("other", [*PELVIS, "not_tried", "unknown"])
def test_of_two_blocks_for_the_pelvis_the_one_that_is_left_is_offered_before_scs(one: str, other: str) -> None:
    given: Any = {"failed": ["drugs", "ketamine"]}
    for name, history in (("hypogastric block", one), ("impar block", other)):
        if history != "unknown":
            given.setdefault(history, []).append(name)
    found = placed("pelvic pain", None, **given)
    is_open = "tried" not in (one, other)
    for name, history in (("hypogastric_block", one), ("impar_block", other)):
        assert status(found, name) == PELVIS.get(history, "consider" if is_open else "need to know")
    both = {one, other}
    assert ("scs" in found.next) == (both <= {"failed", "brief", "contraindicated"} and both != {"contraindicated"})


# Block relief.


@pytest.mark.parametrize(
    ("percent", "statements"),
    [
        (50.1, {"smp-threshold-over-50"}),
        (49.9, {"smp-threshold-under-50", "smp-sympathetic-part-not-excluded"}),
        (50, {"smp-threshold-both", "smp-threshold-exactly-50-gap"}),
        (0, {"smp-threshold-under-50", "smp-sympathetic-part-not-excluded"}),
    ],
)
def test_block_relief_in_crps_is_read_against_more_and_less_than_half(percent: float, statements: set[str]) -> None:
    assert set(placed(failed=["drugs"], block_relief_percent=percent).remarks) == statements


def test_block_relief_in_another_condition_has_no_mark_in_the_review() -> None:
    assert placed("PHN", block_relief_percent=80).remarks == ("smp-threshold-crps-only-gap",)


@pytest.mark.parametrize("given", [{}, {"not_tried": ["stellate block"]}])
@pytest.mark.parametrize("percent", [0, 30, 80])
def test_a_measured_relief_says_that_a_block_was_tried_and_not_that_it_failed(given: Any, percent: float) -> None:
    found = placed(failed=["drugs", "ketamine"], block_relief_percent=percent, **given)
    assert status(found, "stellate_block") == "need to know"
    assert "scs" not in found.next
    assert "What was the result of stellate ganglion block?" in found.ask


# What is no step.


def test_what_is_no_step_is_set_aside_with_what_the_review_says_of_it() -> None:
    found = placed(failed=["drugs", "reoperation"], tried=["sedation"])
    assert [(aside.intervention, aside.history) for aside in found.aside] == [
        ("sedation", "tried"),
        ("reoperation", "failed"),
    ]
    assert "case by case" in found.aside[0].reason


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("neuromodulation", {"pns", "scs"}),
        ("stimulation trial", {"pns", "scs"}),
        ("nerve block", {"sympathetic_block", "stellate_block"}),
        ("NMDA antagonist", {"ketamine"}),
    ],
)
def test_a_wide_name_that_failed_is_asked_about_and_fails_no_step(name: str, steps: set[str]) -> None:
    found = placed(failed=["drugs", name])
    assert {status(found, step) for step in steps} == {"need to know"}
    assert any("leaves open which step was meant" in question for question in found.ask)
    assert not steps & set(found.next)


def test_a_class_that_is_contraindicated_rules_out_its_steps_and_a_stage_does_not() -> None:
    found = placed(failed=["drugs", "blocks", "ketamine"], contraindicated=["neuromodulation"])
    assert status(found, "pns") == status(found, "scs") == "unavailable"
    assert "scs" in placed(failed=["drugs", "blocks", "ketamine"], contraindicated=["permanent implant"]).next


def test_a_wide_name_gives_way_to_the_step_itself() -> None:
    found = placed(failed=["drugs", "blocks", "ketamine", "neuromodulation", "SCS"], not_tried=["PNS"])
    assert (status(found, "scs"), status(found, "pns")) == ("failed", "consider")


def test_what_is_next_comes_with_what_to_discuss_first() -> None:
    assert {"stellate-harms-all", "ketamine-risk-overview"} <= set(placed(failed=["drugs"]).caveats)
    assert placed("glass bones").caveats == ()

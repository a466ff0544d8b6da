"""Each decision on steps, histories and conditions where the review is soft, as one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.pathway import Plan, plan

NOTHING = "nothing specific to this condition"
JUDGEMENT = "the review does not cover this; your judgement"


def placed(condition: str = "CRPS", site: str | None = "hand", **given: Any) -> Plan:
    return plan({"condition": condition, "site": site, **given})


def status(found: Plan, name: str) -> str:
    return found.step(name).status


# Peripheral nerve stimulation.


@pytest.mark.parametrize(
    "condition", ["mononeuropathic pain", "peripheral nerve injury", "post-amputation pain", "phantom limb"]
)
def test_pns_is_offered_before_blocks_where_it_was_studied(condition: str) -> None:
    found = placed(condition, failed=["drugs"], not_tried=["sympathetic block"])
    assert status(found, "pns") == "consider"
    assert "how early the review does not say" in found.step("pns").reason


@pytest.mark.parametrize("condition", ["CRPS", "postherpetic neuralgia", "neuropathic pain", "carpal tunnel syndrome"])
def test_pns_comes_after_blocks_where_it_was_not_studied(condition: str) -> None:
    assert status(placed(condition, failed=["drugs"], not_tried=["sympathetic block"]), "pns") == "later"
    assert status(placed(condition, failed=["drugs", "sympathetic block"]), "pns") == "consider"


def test_pns_waits_for_drugs_and_for_non_drug_care_where_it_was_studied_too() -> None:
    assert status(placed("peripheral nerve injury"), "pns") == "need to know"
    assert status(placed("peripheral nerve injury", failed=["drugs"], not_tried=["physiotherapy"]), "pns") == "consider"
    assert status(placed("peripheral nerve injury", failed=["drugs"], not_tried=["non-drug care"]), "pns") == "later"


def test_pns_in_crps_is_the_general_pathway_only() -> None:
    assert NOTHING in placed(failed=["drugs", "blocks"]).step("pns").reason


@pytest.mark.parametrize("site", ["face", "neck", "abdomen", "pelvis", "perineum"])
def test_pns_is_not_covered_outside_limbs_and_trunk(site: str) -> None:
    assert status(placed("peripheral nerve injury", site, failed=["drugs"]), "pns") == "not covered"


def test_pns_without_a_site_is_offered_for_limbs_and_trunk_and_the_site_is_asked() -> None:
    found = placed("mononeuropathic pain", None, failed=["drugs"])
    assert "limbs and trunk" in found.step("pns").reason
    assert any(question.startswith("Where is the pain?") for question in found.ask)


def test_pns_is_no_precondition_of_scs_and_is_named_before_it() -> None:
    found = placed(failed=["drugs", "blocks", "ketamine"], not_tried=["PNS"])
    assert [name for name in found.next if name in ("pns", "scs")] == ["pns", "scs"]


def test_pns_stays_open_after_scs_has_failed() -> None:
    assert "pns" in placed(failed=["drugs", "blocks", "ketamine", "SCS"]).next


# Ketamine.


def test_ketamine_goes_alongside_blocks_or_after_them() -> None:
    assert status(placed(failed=["drugs"]), "ketamine") == "alongside"
    assert status(placed(failed=["drugs", "stellate block"]), "ketamine") == "consider"


def test_ketamine_in_crps_rests_on_the_sentence_that_has_it_among_the_first_interventions() -> None:
    assert "scs-benefit-crps-first-interventions" in placed(failed=["drugs"]).step("ketamine").statements


def test_ketamine_is_left_to_judgement_where_no_block_is_named_for_the_site() -> None:
    found = placed("postherpetic neuralgia", "chest wall", failed=["drugs"], not_tried=["sympathetic block"])
    assert JUDGEMENT in found.step("ketamine").reason


def test_ketamine_is_left_to_judgement_where_blocks_do_not_appear_effective() -> None:
    found = placed("postherpetic neuralgia", course="long-standing", failed=["drugs"])
    assert status(found, "sympathetic_block") == status(found, "stellate_block") == "unavailable"
    assert JUDGEMENT in found.step("ketamine").reason


# Spinal cord stimulation.


@pytest.mark.parametrize("missing", ["drugs", "sympathetic block", "ketamine"])
@pytest.mark.parametrize("history", ["unknown", "not_tried", "tried", "contraindicated"])
def test_scs_is_not_offered_while_drugs_blocks_or_ketamine_have_not_failed(missing: str, history: str) -> None:
    failed = [name for name in ("drugs", "sympathetic block", "ketamine") if name != missing]
    given: Any = {} if history == "unknown" else {history: [missing]}
    found = placed(failed=failed, **given)
    assert "scs" not in found.next
    assert status(found, "scs") == ("later" if history == "not_tried" else "need to know")


def test_scs_after_failed_back_surgery_waits_like_anywhere_and_says_that_the_trials_leave_it_open() -> None:
    before = placed("failed back surgery syndrome", "leg", failed=["drugs"])
    after = placed("failed back surgery syndrome", "leg", failed=["drugs", "blocks", "ketamine"])
    assert before.next[-2:] == ("lumbar_block", "ketamine")
    assert all(NOTHING in before.step(name).reason for name in ("lumbar_block", "ketamine"))
    assert "scs" in after.next
    assert "whether blocks or ketamine came first there is not stated" in after.step("scs").reason
    assert "scs-benefit-fbss-prior-blocks-gap" in after.step("scs").statements


def test_scs_in_diffuse_pain_after_spinal_cord_injury_is_not_offered_and_the_pattern_is_asked() -> None:
    failed = ["drugs", "blocks", "ketamine"]
    assert status(placed("spinal cord injury", failed=failed, pattern="diffuse"), "scs") == "unavailable"
    assert "scs" in placed("spinal cord injury", failed=failed, pattern="segmental").next
    assert any("segmental or diffuse" in question for question in placed("spinal cord injury", failed=failed).ask)


def test_scs_in_crps_type_2_does_not_borrow_the_trials_in_type_1() -> None:
    failed = ["drugs", "blocks", "ketamine"]
    assert "scs-benefit-crps2-gap" in placed("CRPS type 2", failed=failed).step("scs").statements
    assert "scs-benefit-kemler-course" in placed("CRPS type 1", failed=failed).step("scs").statements


@pytest.mark.parametrize(("form", "step"), [("burst", "scs"), ("DRG stimulation", "scs"), ("60-day PNS", "pns")])
def test_a_form_of_stimulation_that_failed_counts_for_its_step(form: str, step: str) -> None:
    assert status(placed(failed=["drugs", "blocks", "ketamine", form]), step) == "failed"


@pytest.mark.parametrize(
    ("form", "step"), [("burst", "scs"), ("implanted PNS", "pns"), ("pregabalin", "pharmacotherapy")]
)
@pytest.mark.parametrize("history", ["contraindicated", "not_tried"])
def test_a_form_that_is_ruled_out_or_untried_leaves_its_step_open(form: str, step: str, history: str) -> None:
    before = ["drugs", "blocks", "ketamine"] if step != "pharmacotherapy" else []
    given: Any = {"failed": before, history: [form]}
    assert status(placed(**given), step) == "consider"


# Contraindicated, brief, tried, unknown.


@pytest.mark.parametrize(
    ("ruled_out", "behind"),
    [
        ("drugs", "stellate_block"),
        ("stellate block", "ketamine"),
        ("ketamine", "scs"),
        ("non-drug care", "stellate_block"),
    ],
)
def test_contraindicated_is_unavailable_and_never_tried_and_failed(ruled_out: str, behind: str) -> None:
    failed = {"stellate_block": ["drugs"], "ketamine": ["drugs"], "scs": ["drugs", "stellate block"]}[behind]
    found = placed(failed=[name for name in failed if name != ruled_out], contraindicated=[ruled_out])
    assert "unavailable" in {step.status for step in found.steps}
    assert status(found, behind) == "need to know"
    assert JUDGEMENT in found.step(behind).reason


def test_a_brief_response_satisfies_the_next_step_and_the_block_is_done() -> None:
    found = placed(failed=["drugs"], brief=["stellate block"])
    assert status(found, "stellate_block") == "done"
    assert status(found, "ketamine") == "consider"
    assert "order-brief-block-relief" in found.step("sympathetic_block").statements
    assert "scs" in placed(brief=["drugs", "blocks", "ketamine"]).next


def test_failed_and_contraindicated_is_failed() -> None:
    found = placed(failed=["drugs", "stellate block"], contraindicated=["stellate block"])
    assert (status(found, "stellate_block"), status(found, "ketamine")) == ("failed", "consider")


def test_tried_without_a_result_is_asked_and_never_taken_for_failed() -> None:
    found = placed(failed=["drugs"], tried=["stellate block"])
    assert status(found, "ketamine") == "need to know"
    assert "What was the result of stellate ganglion block?" in found.ask


def test_unknown_drugs_bar_every_intervention_and_are_asked() -> None:
    found = placed()
    assert set(found.next) == {"pharmacotherapy", "non_drug_care"}
    assert "Has drug treatment been tried, and with what result?" in found.ask


def test_unknown_non_drug_care_is_asked_and_no_bar_but_untried_it_is() -> None:
    unknown = placed(failed=["drugs"])
    assert "stellate_block" in unknown.next
    assert "Has non-drug, non-invasive care been tried, and with what result?" in unknown.ask
    assert status(placed(failed=["drugs"], not_tried=["non-drug care"]), "stellate_block") == "later"


def test_a_step_of_unknown_history_is_offered_if_not_yet_tried_and_a_known_one_without_it() -> None:
    assert "if not yet tried" in placed(failed=["drugs"]).step("stellate_block").reason
    assert (
        "if not yet tried" not in placed(failed=["drugs"], not_tried=["stellate block"]).step("stellate_block").reason
    )


# Conditions.


@pytest.mark.parametrize(
    "condition", ["painful diabetic neuropathy", "multiple sclerosis", "trigeminal neuralgia", "CIPN"]
)
def test_a_condition_that_is_only_listed_has_the_general_pathway_and_every_step_says_so(condition: str) -> None:
    found = placed(condition, "foot", failed=["drugs"])
    assert found.next == ("non_drug_care", "lumbar_block", "ketamine")
    assert all(NOTHING in step.reason for step in found.steps)


def test_neuropathic_pain_as_such_is_what_the_pathway_is_about() -> None:
    assert not any(NOTHING in step.reason for step in placed("neuropathic pain", failed=["drugs", "blocks"]).steps)


def test_a_condition_that_is_not_understood_is_named_and_not_covered() -> None:
    found = placed("glass bones", failed=["drugs"])
    assert found.unrecognised == ("glass bones",)
    assert found.next == ()
    assert {step.status for step in found.steps} == {"failed", "not covered"}


def test_blocks_in_acute_zoster_may_help_and_preventing_neuralgia_is_told_as_controversial() -> None:
    step = placed("shingles", "face", failed=["drugs"]).step("sympathetic_block")
    assert step.status == "consider"
    assert "block-benefit-zoster-prevents-phn" in step.statements


def test_acute_zoster_that_is_long_standing_is_asked_about_before_a_block_is_offered() -> None:
    found = placed("shingles", "arm", course="long-standing", failed=["drugs"])
    assert status(found, "stellate_block") == "need to know"
    assert found.ask[0].startswith("Is this acute herpes zoster, or long-standing postherpetic neuralgia?")


def test_the_course_is_asked_where_the_review_makes_a_difference_by_it() -> None:
    assert any("long-standing" in question for question in placed("PHN", failed=["drugs"]).ask)
    assert not any("long-standing" in question for question in placed(failed=["drugs"]).ask)


def test_of_two_conditions_the_one_that_is_not_only_listed_counts_and_the_other_is_asked_about() -> None:
    found = placed("diabetic with CRPS", failed=["drugs"])
    assert found.condition == "crps"
    assert (
        "Is this plan for complex regional pain syndrome, as taken here, or for painful diabetic neuropathy?"
        in found.ask
    )

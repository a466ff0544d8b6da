"""The patient panel's model, and the patient's place on the pathway; no Streamlit."""

from __future__ import annotations

import re

import pytest

from assistant.corpus import Corpus
from assistant.errors import PatientError
from assistant.page.here import here
from assistant.page.panel import RESULTS, Panel, condition_labels, results_of, rows, words
from assistant.patient import Patient
from assistant.record import with_record
from assistant.terms import Terms

TOLD = {"condition": "CRPS", "site": "hand", "failed": ["pharmacotherapy"], "contraindicated": ["ketamine"]}


def test_an_empty_panel_has_no_patient_and_gives_none_along() -> None:
    assert (Panel().patient, Panel().asked, Panel().history) == (None, None, {})


def test_what_the_conversation_tells_is_shown_and_not_given_along_again() -> None:
    panel = Panel().told(TOLD)
    assert panel.patient == TOLD
    assert panel.history == {"pharmacotherapy": "failed", "ketamine": "contraindicated"}
    assert panel.asked is None
    assert panel.told(None) == panel


def test_what_is_set_by_hand_wins_and_is_given_along_with_the_condition() -> None:
    panel = Panel().told(TOLD).with_field("site", "face").with_result("ketamine", "brief response")
    assert panel.patient == {"condition": "CRPS", "site": "face", "failed": ["pharmacotherapy"], "brief": ["ketamine"]}
    assert panel.asked == {"condition": "CRPS", "site": "face", "brief": ["ketamine"]}
    assert panel.told({"condition": "CRPS", "site": "foot"}).value("site") == "face"


def test_what_is_set_to_unknown_is_unknown() -> None:
    panel = Panel().told(TOLD).with_result("pharmacotherapy", "unknown").with_field("site", None)
    assert panel.patient == {"condition": "CRPS", "contraindicated": ["ketamine"]}


def test_what_is_set_to_unknown_is_given_along_so_that_the_text_does_not_fill_it_again(corpus: Corpus) -> None:
    panel = Panel().told(TOLD).with_result("ketamine", "unknown").with_field("site", None)
    assert panel.asked == {"condition": "CRPS", "unknown": ["site", "ketamine"]}
    told = Patient.from_value(TOLD)
    merged, conflicts = with_record(Patient.from_value(panel.asked), told, Terms(corpus))
    assert merged.to_dict() == {"condition": "CRPS", "failed": ["pharmacotherapy"]}
    assert conflicts == (
        "site not known (you wrote hand)",
        "intravenous ketamine not known (you wrote contraindicated)",
    )


def test_what_is_unknown_can_not_be_given_too() -> None:
    with pytest.raises(PatientError, match="'ketamine' is in 'unknown' and is given in 'failed'; keep one"):
        Patient("CRPS", failed=["ketamine"], unknown=["IV ketamine"])
    with pytest.raises(PatientError, match="'site' is in 'unknown' and is given in 'site'"):
        Patient("CRPS", site="hand", unknown=["site"])
    with pytest.raises(PatientError, match="unknown intervention 'the weather'"):
        Patient("CRPS", unknown=["the weather"])


@pytest.mark.parametrize("result", RESULTS)
def test_every_result_makes_a_patient_that_can_be_used(result: str) -> None:
    patient = Panel().with_field("condition", "CRPS").with_result("ketamine", result).patient
    assert patient is not None
    assert results_of(Patient.from_value(patient).to_dict()) == ({} if result == "unknown" else {"ketamine": result})


def test_a_treatment_that_failed_and_is_now_ruled_out_has_failed() -> None:
    assert results_of({"failed": ["scs"], "contraindicated": ["scs"]}) == {"scs": "failed"}


def test_the_rows_are_the_pathways_steps_with_the_sites_blocks_and_whatever_else_is_known() -> None:
    assert rows(Panel())[:4] == ("pharmacotherapy", "non_drug_care", "sympathetic_block", "ketamine")
    hand = Panel().told(TOLD)
    assert rows(hand)[:4] == ("pharmacotherapy", "non_drug_care", "stellate_block", "ketamine")
    assert "lumbar_block" in rows(hand.with_result("lumbar_block", "failed"))
    assert rows(hand.with_result("sedation", "tried"))[-1] == "sedation"


def test_the_panel_offers_the_conditions_that_the_vocabulary_knows(corpus: Corpus) -> None:
    assert "CRPS type 1" in condition_labels(corpus)


def test_the_patient_in_words(corpus: Corpus) -> None:
    assert "failed drug treatment" in words(TOLD, corpus)
    assert words(None, corpus) == ""


def test_the_place_on_the_pathway_has_next_steps_reasons_and_evidence(corpus: Corpus) -> None:
    found = here(TOLD, corpus)
    assert [step.label for step in found.following] == ["non-drug, non-invasive care", "stellate ganglion block"]
    assert all(step.reason and step.cards for step in found.following)
    assert {step.status for step in found.steps if step.label == "intravenous ketamine"} == {"not available"}
    assert "stellate ganglion block: consider now" in found.alt
    assert found.caveats
    assert "anticoagulation" in found.silent


def test_the_node_moves_when_a_result_is_set(corpus: Corpus) -> None:
    patient = Panel().told(TOLD).with_result("non_drug_care", "failed").with_result("stellate_block", "failed").patient
    statuses = {step.label: step.status for step in here(patient, corpus).steps}
    assert statuses["stellate ganglion block"] == "tried and failed"
    assert statuses["spinal cord stimulation"] == "to be asked, or your judgement"


def test_every_node_of_the_picture_leads_to_a_step_that_is_shown(corpus: Corpus) -> None:
    for patient in (None, TOLD, {"condition": "pelvic pain"}):
        found = here(patient, corpus)
        assert set(re.findall(r'URL="#([a-z-]+)"', found.dot)) == {step.key for step in found.steps}


def test_what_was_not_understood_is_named(corpus: Corpus) -> None:
    assert here({"condition": "glass bones", "site": "antler"}, corpus).unrecognised == ("glass bones", "antler")


def test_a_patient_that_can_not_be_used_is_an_error(corpus: Corpus) -> None:
    with pytest.raises(PatientError, match="condition"):
        here({"condition": "x" * 300}, corpus)

"""What a patient is to be told first, and how long the pain has lasted: read, and answered first."""

from __future__ import annotations

import pytest

from assistant import Assistant

BEFOREHAND = (
    ("What should I warn a patient with CRPS about before a ketamine infusion?", "hallucinations"),
    ("Before a ketamine infusion, what should the patient know?", "hallucinations"),
    ("Counselling points before PNS?", "infection"),
    ("what must a pt know before agreeing to SCS", "epidural haematoma"),
    ("What does she need to hear before her lumbar sympathetic block?", "somatic nerves"),
)
LONG_STANDING = (
    "Is it too late for blocks in a man with shingles pain for 3 years?",
    "He has had shingles pain for 3 years. Would blocks help?",
    "sympathetic block in a woman who has had PHN for five years, any use?",
)


@pytest.mark.parametrize(("question", "risk"), BEFOREHAND)
def test_what_a_patient_is_told_first_are_the_risks(assistant: Assistant, question: str, risk: str) -> None:
    assert risk in assistant.ask(question).text.partition("]")[0]


def test_that_one_trial_saw_no_harm_comes_after_what_may_go_wrong(assistant: Assistant) -> None:
    text = assistant.ask("CRPS foot, drugs and blocks have failed, ketamine next: what do I warn her of?").text
    assert 0 < text.index("hallucinations") < text.index("no significant adverse effects")


@pytest.mark.parametrize("question", LONG_STANDING)
def test_shingles_of_years_ago_are_the_neuralgia_that_they_became(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.understood.patient == {"condition": "postherpetic neuralgia", "course": "long-standing"}
    assert "not appear effective" in answer.text.partition("]")[0]

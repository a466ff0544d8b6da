"""Near misses in the words of something covered: abstained from, and their twins that the review answers answered."""

from __future__ import annotations

import pytest

from assistant import Assistant

UNTOLD = (
    "Do smokers do worse than non-smokers with SCS?",
    "Is SCS more effective in tall or in short patients?",
    "Stellate block: is it safer sitting or supine?",
    "Which brings better relief in CRPS, ketamine infusions or spinal cord stimulation?",
    "PNS versus SCS for a painful stump: which beats the other head to head?",
    "How was sleep in Gilmore's trial?",
    "Did Kemler's stimulator patients still do better at ten years?",
    "How many in each arm of North's randomised trial had an infection?",
)
TOLD = (
    "Do spinal cord injury patients with segmental pain do better with SCS than those with diffuse pain?",
    "Is S(+) ketamine more potent than the racemate?",
    "Which has the better evidence in CRPS, ketamine or sympathetic blocks?",
    "Is PNS or SCS the less invasive of the two?",
    "Was function any better in Gilmore's trial?",
    "How did Kemler's patients do at five years?",
    "How many in each arm of North's randomised trial crossed over?",
    "In failed back surgery, is SCS with medical management better than medical management alone?",
)


@pytest.mark.parametrize("question", UNTOLD)
def test_what_no_statement_tells_is_abstained_from(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.outcome == "abstained", answer.text


def test_of_two_treatments_never_compared_that_is_said_first(assistant: Assistant) -> None:
    answer = assistant.ask("Which brings better relief in CRPS, ketamine infusions or spinal cord stimulation?")
    said = answer.text.partition("\n")[0]
    assert "ketamine" in said
    assert "SCS" in said


@pytest.mark.parametrize("question", TOLD)
def test_its_twin_is_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.outcome == "answered", answer.text

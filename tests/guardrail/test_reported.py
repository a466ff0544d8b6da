"""Claims that a text only reports: what it rejects is no claim, what others want is no advice."""

from __future__ import annotations

import pytest

from assistant.guardrail import check
from assistant.guardrail.units import read

REJECTED = (
    ("Her GP wants the implant done before we've so much as needled the stellate. I'd push back.", 0),
    ("My registrar wanted to go straight to a stimulator. I said no.", 0),
    ("'Just put the stimulator in, doctor.' I get that a lot. My answer is that blocks come first.", 0),
    ("Things I keep hearing, none of which is so:\n1. 'Stimulators never get infected.' They can [24].", 1),
    ("Myths:\n- SCS comes first.\n- Ketamine is proven.", 2),
    ("The rep told us high frequency beats everything. The paper says that is still being studied.", 0),
    ("You'll read that ketamine cures CRPS. It doesn't: pain was lower for twelve weeks.", 0),
    ("You'll read that ketamine cures CRPS; it doesn't.", 0),
)
CLAIMED = (
    "Her GP wants the implant before any block. I agree.",
    "The rep told us that blocks come first. The paper says so too.",
    "Things to know:\n1. 'Stimulators never get infected.'",
    "Should the patient prefer it, a stimulator may come before the block.",
    "My plan is to put the stimulator in before any block. I'd push on quickly.",
)


@pytest.mark.parametrize(("text", "position"), REJECTED)
def test_what_a_text_rejects_is_only_reported(text: str, position: int) -> None:
    assert read(text).units[position].is_retracted
    assert check(text).verdict == "pass"


@pytest.mark.parametrize("text", CLAIMED)
def test_what_a_text_takes_up_is_its_own_claim(text: str) -> None:
    assert not any(unit.is_retracted for unit in read(text).units)


def test_a_dose_in_rejected_words_is_still_a_dose() -> None:
    assert check("Some clinics like to run ketamine at 0.5 mg/kg an hour. I'd push back.").verdict == "block"


def test_what_others_want_is_a_caution_and_what_they_want_and_get_a_block() -> None:
    wish = "Our surgeon proposes a spinal cord stimulator before sympathetic blocks."
    assert check(wish).verdict == "caution"
    assert check(f"{wish} I agree.").verdict == "block"


def test_a_phrase_put_up_is_read_with_what_answers_it() -> None:
    text = "Below the knee? Then it's the stellate you want."
    (unit,) = read(text).units
    assert (unit.start, unit.end, unit.is_question) == (0, len(text), False)


@pytest.mark.parametrize("text", ["SCS first? No.", "Infection? Not with this lead.", "Why wait? Blocks come first."])
def test_a_question_with_an_answer_of_its_own_stays_one(text: str) -> None:
    assert read(text).units[0].is_question

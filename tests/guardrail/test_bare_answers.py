"""A bare answer says something only with its question, in the text or as `question`: the two are read as one."""

from __future__ import annotations

import pytest

from assistant.guardrail import check
from assistant.guardrail.fragments import put_together, with_fragments

WRONG = [
    ("How long is ketamine's half-life?", "Three to five hours."),
    ("Which block for the arm?", "The lumbar sympathetic block."),
    ("How many patients did Kemler randomise?", "36."),
    ("Which receptor does ketamine block?", "AMPA."),
    ("How good is the evidence for ketamine in fibromyalgia?", "Moderate."),
    ("What strength of recommendation do sympathetic blocks carry?", "Weak, in keeping with the evidence."),
]
RIGHT = [
    ("How long is ketamine's half-life?", "80 to 180 minutes [41]."),
    ("Which block for the arm?", "The stellate ganglion block."),
    ("How many patients did Kemler randomise?", "54."),
    ("Which receptor does ketamine block?", "NMDA."),
    ("How good is the evidence for ketamine in CRPS?", "Moderate."),
    ("What strength of recommendation do sympathetic blocks carry?", "Strong."),
]


@pytest.mark.parametrize(("question", "answer"), WRONG)
def test_a_wrong_bare_answer_does_not_pass(question: str, answer: str) -> None:
    assert check(answer, question=question).verdict != "pass"
    assert check(f"{question} {answer}").verdict != "pass"
    assert check(f"Q: {question}\nA: {answer}").verdict != "pass"


@pytest.mark.parametrize(("question", "answer"), RIGHT)
def test_a_right_bare_answer_passes(question: str, answer: str) -> None:
    assert check(answer, question=question).verdict == "pass"
    assert check(f"{question} {answer}").verdict == "pass"
    assert check(f"Q: {question}\nA: {answer}").verdict == "pass"


def test_a_finding_on_a_bare_answer_is_of_the_answer_and_mended() -> None:
    report = check("36 patients. No more is said.", question="I forget. How many patients did Kemler randomise?")
    (finding,) = report.findings
    assert "36 patients. No more is said."[finding.start : finding.end].startswith("36 patients")
    assert "54 patients" in report.repaired


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which comes first, blocks or SCS?", "SCS."),  # read by the check of order
        ("Which of the following is true?", "(a) Blocks cure CRPS"),
        ("What is the half-life?", "It is not given."),
        ("What is the half-life?", "Unknown."),
        ("Is it safe?", "Ketamine."),
        ("What is the half-life of ketamine", "It has one of 80 to 180 minutes."),
    ],
)
def test_other_questions_and_whole_sentences_are_left_as_they_are(question: str, answer: str) -> None:
    assert put_together(question, answer) is None


@pytest.mark.parametrize(
    "question", ["what          ?", "how many do did ?", "which does\n\n\n\n\n\n\n?", "?", " ", "what???"]
)
def test_a_question_without_a_word_to_answer_is_none(question: str) -> None:
    assert check("36.", question=question).findings == check("36.").findings
    assert check(f"{question} 36.").verdict == "pass"


def test_places_and_lengths_stay() -> None:
    text = "How long is the half-life? A: an hour."
    ((joined, start),) = with_fragments([(text[:26], 0), (text[27:], 27)])
    assert (start, len(joined)) == (0, len(text))
    assert joined.index("an hour") == text.index("an hour")

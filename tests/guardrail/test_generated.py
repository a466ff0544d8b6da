"""Properties of generated sentences: swapped and turned ones are found, right ones pass, joining hides nothing."""

from __future__ import annotations

from collections import Counter

import pytest
from generated import Pair, pairs
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guardrail import check

PAIRS = pairs()
RANK = {"pass": 0, "caution": 1, "block": 2}
RIGHT = st.sampled_from([pair.right for pair in PAIRS])
SEVERE = st.sampled_from([pair.wrong for pair in PAIRS if pair.severity == "block"])
WRONG = st.sampled_from([pair.wrong for pair in PAIRS])
# Between sentences: prose, a list, a wrapped line, a paragraph.
JOINTS = st.sampled_from((" ", "\n- ", "\n\n", "  "))


def test_every_kind_of_fault_is_generated_often_enough() -> None:
    count = Counter(pair.kind for pair in PAIRS)
    assert set(count) == {"order", "polarity", "site", "evidence", "arms"}
    assert min(count.values()) >= 12
    assert all(pair.right != pair.wrong for pair in PAIRS)


@pytest.mark.parametrize("kind", ["order", "polarity", "site", "evidence", "arms"])
def test_every_right_sentence_passes_and_every_wrong_one_is_found(kind: str) -> None:
    faults = [_fault(pair) for pair in PAIRS if pair.kind == kind]
    assert [fault for fault in faults if fault] == []


def _fault(pair: Pair) -> str | None:
    right, wrong = check(pair.right), check(pair.wrong)
    if right.findings:
        return f"right, but {right.findings[0].rule}: {pair.right}"
    return f"wrong, but {wrong.verdict}: {pair.wrong}" if RANK[wrong.verdict] < RANK[pair.severity] else None


@settings(max_examples=60, deadline=None)
@given(st.lists(RIGHT, max_size=2), SEVERE, st.lists(RIGHT, max_size=2), JOINTS)
def test_right_sentences_around_it_hide_no_grave_fault(
    before: list[str], wrong: str, after: list[str], joint: str
) -> None:
    text = joint.join((*before, wrong, *after))
    report = check(text)
    assert report.verdict == "block", text
    assert check(report.repaired).verdict != "block", report.repaired


@settings(max_examples=60, deadline=None)
@given(st.lists(WRONG | RIGHT, min_size=1, max_size=4), JOINTS)
def test_a_report_is_the_same_each_time_and_its_spans_lie_in_the_text(sentences: list[str], joint: str) -> None:
    text = joint.join(sentences)
    first, second = check(text), check(text)
    assert first == second
    assert all(
        0 <= item.start < item.end <= len(text) and text[item.start : item.end].strip() for item in first.findings
    )
    assert check(first.repaired).verdict != "block"


@settings(max_examples=40, deadline=None)
@given(RIGHT, st.sampled_from((str.upper, str.title, lambda text: f"**{text}**", lambda text: f"  {text}\n")))
def test_letters_and_marks_turn_no_right_sentence_into_a_wrong_one(text: str, change: object) -> None:
    assert callable(change)
    assert check(change(text)).verdict != "block"

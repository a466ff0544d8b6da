"""The view "Check a text" in Streamlit's own tester."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assistant.page.wording import EXAMPLE_TEXT

WRONG = "Offer spinal cord stimulation before sympathetic blocks."


@pytest.fixture
def view(open_view: Callable[[str], AppTest]) -> AppTest:
    return open_view("check")


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def check(view: AppTest, text: str) -> AppTest:
    view.text_area(key="check_text").set_value(text)
    return press(view, "Check")


def shown(view: AppTest) -> str:
    return "\n".join(block.value for block in view.markdown)


def test_a_wrong_text_is_shown_with_reason_and_what_to_say_instead(view: AppTest) -> None:
    check(view, WRONG)
    assert not view.exception
    for part in ("Not to be used as it stands", "Finding 1: not to be used", "Order of treatments", "**Why.**"):
        assert part in shown(view)
    assert "What to say instead." in shown(view)
    assert "**Repaired text.**" in shown(view)
    assert "](#evidence-source-1 " in shown(view)


def test_a_right_text_is_told_so_and_that_it_is_no_proof(view: AppTest) -> None:
    check(view, "A stellate ganglion block is commonly performed for the upper limb.")
    assert "Nothing found" in shown(view)
    assert "no proof that the text is right" in shown(view)
    assert "Repaired text" not in shown(view)


def test_an_empty_text_is_told_so(view: AppTest) -> None:
    check(view, "  ")
    assert "nothing to check yet" in view.info[0].value
    assert "Not to be used" not in shown(view)


def test_of_very_many_findings_the_first_are_drawn_and_the_others_counted(view: AppTest) -> None:
    check(view, "Offer SCS before sympathetic blocks in CRPS. " * 100)
    assert not view.exception
    assert "Finding 1:" in shown(view)
    assert "more findings.** All of them are in the saved check" in shown(view)


def test_the_example_is_checked_at_once(view: AppTest) -> None:
    press(view, "Try an example")
    assert view.text_area(key="check_text").value == EXAMPLE_TEXT
    assert "Finding 2" in shown(view)


def test_a_disagreement_is_kept_with_its_reason_and_the_verdict_stands(view: AppTest) -> None:
    check(view, WRONG)
    view.text_area(key="reason-1").set_value("Our *local* protocol differs")
    press(view, "Note it")
    assert "**You disagree:** Our \\*local\\* protocol differs" in shown(view)
    assert "The verdict stands." in shown(view)
    assert "Not to be used as it stands" in shown(view)
    check(view, "Blocks are widely used.")
    assert "You disagree" not in shown(view)
    check(view, WRONG)
    assert "You disagree" in shown(view)
    press(view, "Take that back")
    assert "You disagree" not in shown(view)


def test_a_disagreement_without_a_reason_is_not_noted(view: AppTest) -> None:
    check(view, WRONG)
    press(view, "Note it")
    assert "You disagree" not in shown(view)

"""Patient panel and "You are here" in Streamlit's own tester."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from assistant.page.panel import Panel

VIGNETTE = "CRPS of the hand, drugs and stellate blocks failed: what next?"


def shown(view: AppTest) -> str:
    return "\n".join(block.value for block in view.main.markdown)


def field(view: AppTest, label: str) -> Selectbox[str | None]:
    return next(box for box in view.selectbox if box.label == label)


def test_without_a_patient_the_view_says_how_to_enter_one(open_view: Callable[[str], AppTest]) -> None:
    view = open_view("pathway")
    assert not view.exception
    assert "Enter a condition in the patient panel" in shown(view)


def test_the_panel_is_filled_from_the_conversation_and_its_place_shown(
    page: AppTest, open_view: Callable[[str], AppTest]
) -> None:
    page.chat_input[0].set_value(VIGNETTE).run()
    assert field(page, "Condition").value == "complex regional pain syndrome"
    assert field(page, "Drug treatment").value == "failed"
    assert field(page, "Stellate ganglion block").value == "failed"
    view = open_view("pathway")
    assert not view.exception
    assert "intravenous ketamine" in shown(view)
    labels = [expander.label for expander in view.main.expander]
    assert "**Stellate ganglion block**: tried and failed" in labels


def test_a_correction_moves_the_patient_and_is_given_along_with_the_next_question(
    page: AppTest, open_view: Callable[[str], AppTest]
) -> None:
    page.chat_input[0].set_value(VIGNETTE).run()
    field(page, "Stellate ganglion block").select("not tried").run()
    page.chat_input[0].set_value("What comes next?").run()
    assert page.session_state.turns[1].answer.understood.patient["not_tried"] == ["stellate_block"]
    labels = [expander.label for expander in open_view("pathway").main.expander]
    assert "**Stellate ganglion block**: tried and failed" not in labels


def test_a_condition_in_any_words_is_taken_and_what_is_not_understood_is_said(
    open_view: Callable[[str], AppTest],
) -> None:
    view = open_view("pathway")
    # Streamlit's tester can't type what is not in a list; the browser's tests do.
    view.session_state.conversation.panel = Panel().with_field("condition", "CRPS").with_field("site", "left antler")
    view.run()
    assert not view.exception
    assert any("left antler" in warning.value for warning in view.warning)


def test_the_patient_can_be_cleared(open_view: Callable[[str], AppTest]) -> None:
    view = open_view("pathway")
    field(view, "Condition").set_value("CRPS type 1").run()
    next(button for button in view.button if button.label == "Clear the patient").click().run()
    assert field(view, "Condition").value is None
    assert "Enter a condition" in shown(view)

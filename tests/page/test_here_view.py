"""Patient panel and "You are here" in Streamlit's own tester."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

VIGNETTE = "CRPS of the hand, drugs and stellate blocks failed: what next?"


def shown(view: AppTest) -> str:
    return "\n".join(block.value for block in view.main.markdown)


def test_without_a_patient_the_view_says_how_to_enter_one(open_view: Callable[[str], AppTest]) -> None:
    view = open_view("pathway")
    assert not view.exception
    assert "Enter a condition in the patient panel" in shown(view)


def test_the_panel_is_filled_from_the_conversation_and_its_place_shown(
    page: AppTest, open_view: Callable[[str], AppTest]
) -> None:
    page.chat_input[0].set_value(VIGNETTE).run()
    assert "CRPS" in page.selectbox(key="patient-condition").value
    assert page.selectbox(key="history-pharmacotherapy").value == "failed"
    assert page.selectbox(key="history-stellate_block").value == "failed"
    view = open_view("pathway")
    assert not view.exception
    assert "intravenous ketamine" in shown(view)
    labels = [expander.label for expander in view.main.expander]
    assert "**Stellate ganglion block**: tried and failed" in labels


def test_a_correction_moves_the_patient_and_is_given_along_with_the_next_question(
    page: AppTest, open_view: Callable[[str], AppTest]
) -> None:
    page.chat_input[0].set_value(VIGNETTE).run()
    page.selectbox(key="history-stellate_block").select("not tried").run()
    page.chat_input[0].set_value("What comes next?").run()
    assert page.session_state.turns[1].answer.understood.patient["not_tried"] == ["stellate_block"]
    labels = [expander.label for expander in open_view("pathway").main.expander]
    assert "**Stellate ganglion block**: tried and failed" not in labels


def test_a_condition_in_any_words_is_taken_and_what_is_not_understood_is_said(
    open_view: Callable[[str], AppTest],
) -> None:
    view = open_view("pathway")
    view.selectbox(key="patient-condition").set_value("CRPS").run()
    view.selectbox(key="patient-site").set_value("left antler").run()
    assert not view.exception
    assert any("left antler" in warning.value for warning in view.warning)


def test_the_patient_can_be_cleared(open_view: Callable[[str], AppTest]) -> None:
    view = open_view("pathway")
    view.selectbox(key="patient-condition").set_value("CRPS").run()
    next(button for button in view.button if button.label == "Clear the patient").click().run()
    assert view.selectbox(key="patient-condition").value is None
    assert "Enter a condition" in shown(view)

"""Conversations, feedback, editing and the store in Streamlit's own tester."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from streamlit.testing.v1 import AppTest

from assistant import Assistant
from assistant.page.chats import Feedback

QUESTION = "What are the side effects of ketamine infusions?"
OTHER = "Which block is used for pelvic pain?"


def ask(page: AppTest, question: str) -> AppTest:
    return page.chat_input[0].set_value(question).run()


def press(page: AppTest, label: str) -> AppTest:
    return next(button for button in page.button if button.label == label).click().run()


def questions(page: AppTest) -> list[str]:
    return [turn.question for turn in page.session_state.turns]


def conversations(page: AppTest) -> list[str]:
    return [option for radio in page.radio for option in radio.options]


def test_the_verdict_stands_under_each_answer_in_words(page: AppTest) -> None:
    ask(page, QUESTION)
    assert any("**Checked against the review:** Nothing found" in block.value for block in page.markdown)


def test_conversations_are_kept_apart_renamed_and_deleted(page: AppTest) -> None:
    ask(page, QUESTION)
    press(page, "New conversation")
    assert questions(page) == []
    ask(page, OTHER)
    assert conversations(page) == [r"Which block is used for pelvic pain?", QUESTION]
    page.radio[0].set_value(page.session_state.chats.all[1].id).run()
    assert questions(page) == [QUESTION]
    next(field for field in page.text_input if field.label == "Name").set_value("Ketamine").run()
    assert "Ketamine" in conversations(page)
    press(page, "Delete this conversation")
    assert questions(page) == [OTHER]
    assert not page.exception


def test_of_two_conversations_of_one_name_the_chosen_one_stays(page: AppTest) -> None:
    ask(page, QUESTION)
    first = page.session_state.chats.current.id
    press(page, "New conversation")
    ask(page, QUESTION)
    second = page.session_state.chats.current.id
    page.run()
    assert page.session_state.chats.current.id == second
    page.radio[0].set_value(first).run()
    assert page.session_state.chats.current.id == first
    page.run()
    assert page.session_state.chats.current.id == first


def test_a_patient_belongs_to_its_conversation(page: AppTest) -> None:
    ask(page, "CRPS of the hand, drugs failed: what next?")
    press(page, "New conversation")
    assert next(box for box in page.selectbox if box.label == "Condition").value is None


def test_an_edited_question_takes_the_place_of_it_and_of_what_came_after(page: AppTest) -> None:
    ask(page, QUESTION)
    ask(page, "And its long-term effects?")
    page.text_area(key="edit-1").set_value(OTHER)
    page.button(key="again-1").click().run()
    assert questions(page) == [OTHER]
    assert not page.exception


def test_a_suggested_follow_up_is_asked_and_answered(page: AppTest) -> None:
    ask(page, QUESTION)
    button = next(button for button in page.button if str(button.key).startswith("followup-"))
    button.click().run()
    assert questions(page) == [QUESTION, button.label]
    assert page.session_state.turns[-1].answer.outcome == "answered"


def test_feedback_is_kept_with_the_answer(page: AppTest) -> None:
    ask(page, QUESTION)
    page.feedback(key="feedback-1-helpful").set_value(1)
    page.text_area(key="feedback-1-comment").set_value(" Right. ")
    press(page, "Keep feedback")
    assert page.session_state.conversation.feedback == {1: Feedback(True, (), "Right.")}


def test_without_a_store_nothing_is_in_the_address(page: AppTest) -> None:
    ask(page, QUESTION)
    assert not page.query_params
    assert "owner" not in page.session_state


def test_with_a_store_conversations_and_feedback_outlive_the_session(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    monkeypatch.setenv("ASSISTANT_STORE", url)
    app = str(Path(__file__).parents[2] / "app.py")
    first = AppTest.from_file(app, default_timeout=120).run()
    ask(first, QUESTION)
    first.text_area(key="feedback-1-comment").set_value("Right.")
    press(first, "Keep feedback")
    again = AppTest.from_file(app, default_timeout=120)
    again.query_params["notebook"] = first.query_params["notebook"]
    again.run()
    assert not again.exception
    assert questions(again) == [QUESTION]
    stranger = AppTest.from_file(app, default_timeout=120).run()
    assert questions(stranger) == []
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("select comment from stellate_feedback")).scalars().all() == ["Right."]
    press(again, "Delete this conversation")
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from stellate_conversations")).scalar() == 0
    engine.dispose()


def test_two_windows_with_one_store_do_not_write_over_each_other(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    monkeypatch.setenv("ASSISTANT_STORE", url)
    app = str(Path(__file__).parents[2] / "app.py")
    first = AppTest.from_file(app, default_timeout=120).run()
    ask(first, QUESTION)
    owner = first.query_params["notebook"]
    second = AppTest.from_file(app, default_timeout=120)
    second.query_params["notebook"] = owner
    second.run()
    ask(first, "And its long-term effects?")
    ask(second, OTHER)
    assert "changed in another window" in second.warning[0].value
    ask(second, "What is PNS?")
    assert not second.warning
    third = AppTest.from_file(app, default_timeout=120)
    third.query_params["notebook"] = owner
    third.run()
    assert not third.exception
    found = {tuple(turn.question for turn in chat.turns) for chat in third.session_state.chats.all}
    assert found == {(QUESTION, "And its long-term effects?"), (QUESTION, OTHER, "What is PNS?")}


def test_a_cleared_conversation_is_forgotten_by_the_store_too_and_a_spoilt_one_is_told_of(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    monkeypatch.setenv("ASSISTANT_STORE", url)
    app = str(Path(__file__).parents[2] / "app.py")
    page = AppTest.from_file(app, default_timeout=120).run()
    ask(page, QUESTION)
    press(page, "Forget them")
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from stellate_conversations")).scalar() == 0
    ask(page, OTHER)
    with engine.begin() as connection:
        connection.execute(text("update stellate_conversations set document = '{}'"))
    engine.dispose()
    again = AppTest.from_file(app, default_timeout=120)
    again.query_params["notebook"] = page.query_params["notebook"]
    again.run()
    assert not again.exception
    assert any("can't be read and were left out" in warning.value for warning in again.warning)
    ask(again, OTHER)
    assert questions(again) == [OTHER]


def test_a_store_that_can_not_be_used_is_told_so_and_the_page_still_answers(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_STORE", "sqlite:////nowhere/at/all.db")
    page = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=120).run()
    assert "Conversations can't be kept." in page.warning[0].value
    ask(page, QUESTION)
    assert questions(page) == [QUESTION]

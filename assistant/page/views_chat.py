"""The conversation: its turns, a new question, and the box to ask in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from assistant.corpus import load
from assistant.page import views_about, views_answer
from assistant.page.models import Turn, shown
from assistant.page.wording import CLEAR

if TYPE_CHECKING:
    from assistant.api import Assistant

ICON: Final = str(Path(__file__).with_name("icon.svg"))


def chat(assistant: Assistant) -> None:
    """The view, from top to bottom."""
    state = st.session_state
    for turn in state.turns:
        show(turn, assistant)
    if "next" in state:
        ask(assistant, state.pop("next"))
    if state.turns:
        st.button(CLEAR, icon=":material/delete_sweep:", type="tertiary", on_click=state.turns.clear)
    else:
        views_about.suggestions(ask_next)
    views_about.question_box(lambda: ask_next(state.typed), key="typed")
    views_answer.behaviour(state.asked, answered=True)


def show(turn: Turn, assistant: Assistant) -> None:
    """A turn of the conversation so far."""
    with st.container(key=f"turn-{turn.number}"), st.chat_message("user", avatar=views_answer.USER):
        views_answer.question(turn.question)
    with st.chat_message("assistant", avatar=ICON):
        result(turn, assistant)


def ask(assistant: Assistant, question: str) -> None:
    """A new turn: the question at once, then the stages, then what came of it, which is kept."""
    st.session_state.asked += 1
    with st.container(key=f"turn-{st.session_state.asked}"), st.chat_message("user", avatar=views_answer.USER):
        views_answer.question(question)
    with st.chat_message("assistant", avatar=ICON):
        turn = views_answer.answered(assistant, st.session_state.turns, st.session_state.asked, question)
        st.session_state.turns.append(turn)
        result(turn, assistant)


def result(turn: Turn, assistant: Assistant) -> None:
    """The answer with its evidence, or what went wrong."""
    if turn.error:
        views_answer.error(turn.error)
    if turn.answer:
        views_answer.answer(shown(turn.answer, load(assistant.settings.corpus_dir), turn.number))


def ask_next(question: str) -> None:
    """Have the coming run ask a question that was typed or chosen."""
    st.session_state.next = question

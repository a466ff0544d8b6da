"""The conversation: its turns, a new question, and the box to ask in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from assistant.corpus import Corpus, load
from assistant.page import views_about, views_answer, views_keep
from assistant.page.chats import Chat
from assistant.page.followups import followups
from assistant.page.models import Turn, shown
from assistant.page.panel import words
from assistant.page.wording import CLEAR

if TYPE_CHECKING:
    from assistant.api import Assistant

ICON: Final = str(Path(__file__).with_name("icon.svg"))


def chat(assistant: Assistant, ways: Callable[[], None]) -> None:
    """The view; the turns so far are drawn anew last, since they stand in sight already while a new one is awaited.

    ways: draws the ways to the other views, where there is nothing else to see yet.
    """
    state = st.session_state
    held: Chat = state.conversation
    corpus = load(assistant.settings.corpus_dir)
    so_far = [(turn, st.container()) for turn in held.turns]
    while held.waiting:
        with st.container():
            ask(assistant, corpus, held.waiting[0])
    if held.turns:
        _followups(held, corpus)
        with st.popover(CLEAR, icon=":material/delete_sweep:", type="tertiary"):
            st.markdown("Its questions, answers, patient and feedback are forgotten.")
            st.button("Forget them", type="primary", on_click=held.clear)
    else:
        views_about.first_screen(ask_next, ways)
    if held.panel.patient:
        st.markdown(":small[**Patient in the panel**]")
        st.text(words(held.panel.patient, corpus))
    views_about.question_box(lambda: ask_next(state.typed), key="typed")
    views_answer.behaviour(state.asked, answered=True)
    for turn, place in so_far:
        with place:
            show(turn, corpus)


def show(turn: Turn, corpus: Corpus) -> None:
    """A turn of the conversation so far."""
    with st.container(key=f"turn-{turn.number}"), st.chat_message("user", avatar=views_answer.USER):
        views_answer.question(turn.question)
        _edit(turn)
    with st.chat_message("assistant", avatar=ICON):
        result(turn, corpus)


def ask(assistant: Assistant, corpus: Corpus, question: str) -> None:
    """A new turn: the question at once, then the stages, then what came of it, which is kept."""
    state = st.session_state
    held: Chat = state.conversation
    state.asked += 1
    with st.container(key=f"turn-{state.asked}"), st.chat_message("user", avatar=views_answer.USER):
        views_answer.question(question)
        edit = st.empty()
    with st.chat_message("assistant", avatar=ICON):
        try:
            turn = views_answer.answered(assistant, held.turns, state.asked, question, held.panel.asked)
        except Exception:
            # It would fail in every run. What ends a run for a newer one is none of these: the question then waits on.
            held.waiting.clear()
            raise
        held.answered(turn)
        if turn.answer:
            held.panel = held.panel.told(turn.answer.understood.patient)
        result(turn, corpus)
    with edit.container():
        _edit(turn)


def result(turn: Turn, corpus: Corpus) -> None:
    """The answer with its evidence, or what went wrong."""
    if turn.error:
        views_answer.error(turn.error)
    if turn.answer:
        views_answer.answer(shown(turn.answer, corpus, turn.number), turn.number)
        with st.container(horizontal=True, vertical_alignment="center"):
            views_answer.copy(turn.answer.text, f"copy-{turn.number}", "Copy answer")
            views_keep.feedback(turn)


def ask_next(question: str) -> None:
    """Have the coming run ask a question that was typed or chosen."""
    held: Chat = st.session_state.conversation
    held.ask(question)


def _followups(held: Chat, corpus: Corpus) -> None:
    """What could be asked next, as buttons."""
    found = followups(held.turns, corpus)
    if found:
        st.markdown(":small[**Ask next**]")
        with st.container(horizontal=True, gap="small"):
            for position, question in enumerate(found, 1):
                key = f"followup-{held.turns[-1].number}-{position}"
                st.button(question, key=key, on_click=ask_next, args=(question,))


def _edit(turn: Turn) -> None:
    """Ask this question anew, in other words; what came after it is dropped."""
    with st.popover("Edit", icon=":material/edit:", type="tertiary", help="Change this question and ask it again"):
        name = f"edit-{turn.number}"
        st.text_area("Your question", value=turn.question, key=name)
        st.button("Ask again", key=f"again-{turn.number}", type="primary", on_click=_again, args=(turn.number, name))
        st.markdown(":small[Later questions of this conversation are dropped.]")


def _again(number: int, name: str) -> None:
    question = st.session_state[name]
    st.session_state.conversation.back_to(number)
    ask_next(question)

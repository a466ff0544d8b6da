"""The Streamlit page: layout and session state. Start it with `streamlit run app.py`."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.page import (
    views_about,
    views_answer,
    views_chat,
    views_chats,
    views_check,
    views_evidence,
    views_here,
    views_keep,
    views_patient,
    views_start,
)
from assistant.page.panel import words
from assistant.page.wording import TITLE, VIEWS, WAYS


def main() -> None:
    """The page: its views, of which the chosen one is shown, and the sidebar beside them."""
    st.set_page_config(page_title=TITLE, page_icon=views_chat.ICON, layout="centered")
    views_about.style()
    views_keep.begin()
    views_start.loading()
    st.navigation([_view(name) for name in VIEWS], position="top").run()
    sidebar()
    views_keep.keep()


def _view(name: str) -> st.Page:
    title, icon, address = VIEWS[name]
    shows: dict[str, Callable[[], None]] = {"chat": chat, "check": check, "here": here, "evidence": evidence}
    return st.Page(shows[name], title=title, icon=icon, url_path=address, default=not address)


def _ways() -> None:
    """The other views, by what they are for; a small screen hides their names in the sidebar."""
    with st.container(horizontal=True, gap="small", key="ways"):
        for name, what_for in WAYS.items():
            st.page_link(_view(name), label=what_for)


def chat() -> None:
    """Ask the review."""
    held = st.session_state.conversation
    views_about.head(talking=bool(held.turns or held.waiting))
    if assistant := views_start.opened():
        views_chat.chat(assistant, _ways)


def check() -> None:
    """Check any text."""
    if corpus := views_start.corpus():
        patient = views_patient.panel().patient
        views_check.check_a_text(corpus, patient, words(patient, corpus))
        views_answer.behaviour(st.session_state.asked, answered=True)


def here() -> None:
    """The patient's place on the pathway."""
    # The drawn pathway is wide: where the screen is, it may be read without being enlarged.
    st.set_page_config(layout="wide")
    if corpus := views_start.corpus():
        views_here.you_are_here(corpus, views_patient.panel())
        views_answer.behaviour(st.session_state.asked, answered=True)


def evidence() -> None:
    """The evidence to browse."""
    if corpus := views_start.corpus():
        views_evidence.browser(corpus)
        views_answer.behaviour(st.session_state.asked, answered=True)


def sidebar() -> None:
    """Conversations and patient; after the view, so that it shows what an answer has just told of the patient."""
    if corpus := views_start.corpus(quiet=True):
        with st.sidebar:
            views_chats.conversations()
            views_keep.files(corpus)
            views_patient.patient_panel(corpus)


if __name__ == "__main__":
    main()

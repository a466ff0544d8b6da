"""The head of the page: what it is and what it isn't; and the first questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from assistant.page.wording import ASK, NOTICE, NOTICE_IN_SHORT, SUBTITLE, SUGGESTIONS, TITLE

_STYLE: Final = Path(__file__).with_name("style.html")


def style() -> None:
    """The page's own style, in every view."""
    st.html(_STYLE)


def head(*, talking: bool) -> None:
    """Name and subject; once there is a question, also what it is and isn't in a line."""
    if talking:
        st.markdown(f"**{TITLE}**  \n:small[{NOTICE_IN_SHORT}]")
        return
    st.title(TITLE, anchor=False)
    st.markdown(SUBTITLE)


def first_screen(choose: Callable[[str], None], ways: Callable[[], None]) -> None:
    """How to begin, which stands first so that a small screen shows it; then what it is and isn't."""
    _suggestions(choose)
    ways()
    with st.container(border=True):
        st.markdown("\n".join(f"- **{lead}** {rest}" for lead, rest in NOTICE))


def _suggestions(choose: Callable[[str], None]) -> None:
    """First questions as buttons; `choose` is called with the one that is pressed."""
    st.header("Ask a first question", anchor=False)
    with st.container(horizontal=True, gap="small"):
        for position, question in enumerate(SUGGESTIONS, 1):
            st.button(question, key=f"suggestion-{position}", on_click=choose, args=(question,))


def question_box(submit: Callable[[], None], key: str) -> None:
    """Where a question is typed; `submit` is called with it in the session state under `key`."""
    with st.container(key="ask"):
        st.chat_input(ASK, key=key, on_submit=submit)

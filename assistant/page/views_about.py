"""The head of the page: what it is and what it isn't; and the first questions."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.page.wording import NOTICE, SUBTITLE, SUGGESTIONS, TITLE


def head() -> None:
    """Name, subject and, once, what it is and what it isn't."""
    st.title(TITLE, anchor=False)
    st.markdown(SUBTITLE)
    with st.container(border=True, key="notice"):
        st.markdown("\n".join(f"- **{lead}** {rest}" for lead, rest in NOTICE))


def suggestions(choose: Callable[[str], None]) -> None:
    """First questions as buttons; `choose` is called with the one that is pressed."""
    st.subheader("Ask a first question", anchor=False)
    with st.container(gap="small", key="suggestions"):
        for position, question in enumerate(SUGGESTIONS, 1):
            st.button(
                question,
                key=f"suggestion-{position}",
                icon=":material/chat_bubble:",
                on_click=choose,
                args=(question,),
                width="stretch",
            )

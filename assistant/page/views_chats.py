"""The conversations in the sidebar: new, chosen, renamed, searched, deleted."""

from __future__ import annotations

from typing import Final

import streamlit as st

from assistant.page.chats import LONGEST_TITLE, Chats
from assistant.page.markup import as_text

_MANY: Final = 4


def chats() -> Chats:
    """The conversations of this session."""
    found: Chats = st.session_state.chats
    return found


def conversations() -> None:
    """The list; nothing where there is only an empty conversation."""
    held = chats()
    if len(held.all) == 1 and held.current.is_empty:
        return
    st.subheader("Conversations", anchor=False)
    st.button("New conversation", icon=":material/add:", key="chat-new", on_click=_new)
    words = ""
    if len(held.all) >= _MANY:
        words = st.text_input("Search conversations", key="chat-search", placeholder="words of a question or answer")
    found = held.search(words)
    names = held.names(found)
    current = held.current
    if names:
        # Keyed by what is chosen: a list that the browser still shows from before a choice then chooses nothing.
        key = f"chat-chosen-{current.id}"
        at = list(names).index(current.id) if current.id in names else None
        st.radio(
            "Conversation", list(names), index=at, key=key, format_func=lambda name: as_text(names.get(name, "")),
            on_change=_choose, args=(key,), label_visibility="collapsed",
        )  # fmt: skip
    else:
        st.text("No conversation has these words.")
    with st.popover("Rename or delete", icon=":material/edit:", type="tertiary"):
        key = f"chat-title-{current.id}"
        st.text_input("Name", value=current.title, key=key, max_chars=LONGEST_TITLE, on_change=_rename, args=(key,))
        st.button("Delete this conversation", icon=":material/delete:", key="chat-delete", on_click=_delete)


def _new() -> None:
    chats().new()


def _choose(key: str) -> None:
    if name := st.session_state[key]:
        chats().choose(name)


def _rename(key: str) -> None:
    chats().current.title = " ".join(st.session_state[key].split())


def _delete() -> None:
    chats().delete(chats().current.id)

"""What a reader takes along or leaves: files to save and open, exports, feedback, and the store where there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from uuid import uuid4

import streamlit as st

from assistant.corpus import Corpus, load
from assistant.errors import AssistantError
from assistant.page.chats import Chat, Chats, Feedback
from assistant.page.export import as_bibtex, as_csl_json, as_markdown, as_pdf, as_ris, cited
from assistant.page.markup import as_text
from assistant.page.models import Turn
from assistant.page.saved import LONGEST_FILE, from_json, to_json
from assistant.page.store import Store, identity, is_owner, new_owner
from assistant.page.wording import CHANGED_ELSEWHERE, error_sentences
from assistant.settings import Settings

_OWNER: Final = "notebook"
_HELPFUL: Final[Mapping[int | None, bool | None]] = {1: True, 0: False, None: None}


def begin() -> None:
    """The session's conversations: from the store where there is one, else a new one."""
    state = st.session_state
    if "chats" not in state:
        # `asked` counts on through "clear", so that a new answer never inherits the opened evidence of an old one.
        state.chats, state.asked = Chats(), 0
        _from_store()
    if owner := state.get("owner"):
        st.query_params[_OWNER] = owner
    state.conversation = state.chats.current
    state.turns = state.conversation.turns


def keep() -> None:
    """Keep the current conversation in the store, if there is one and it has changed."""
    state = st.session_state
    held: Chat = state.chats.current
    if "owner" not in state:
        return
    kept: dict[str, str] = state.setdefault("kept", {})
    if held.is_empty:
        # Cleared, and so forgotten there too.
        if kept.pop(held.id, None):
            _forget(state.owner, held.id)
        return
    document = to_json(held, "")
    if kept.get(held.id) == document:
        return
    settings = Settings()
    try:
        store = _store(settings.store or "")
        now = store.fingerprint(state.owner, held.id)
        if now and now != state.fingerprints.get(held.id):
            # Another window has it too and has gone on: neither writes over the other.
            held.id = uuid4().hex
            st.warning(CHANGED_ELSEWHERE, icon=":material/info:")
        store.save(state.owner, held, identity(settings))
        state.fingerprints[held.id] = store.fingerprint(state.owner, held.id)
        kept[held.id] = to_json(held, "")
    except AssistantError as error:
        _told(error)


def files(corpus: Corpus) -> None:
    """To save: the conversation as a file, Markdown, PDF, its references; to open: a file that was saved."""
    held: Chat = st.session_state.chats.current
    if held.turns or held.disagreed:
        with st.popover("Save and export", icon=":material/download:"):
            _save("Conversation, to open again", lambda: to_json(held, identity(Settings())), "json")
            _save("Markdown", lambda: as_markdown(held, corpus), "md")
            _save("PDF", lambda: as_pdf(held, corpus), "pdf")
            numbers = [corpus.references[number] for number in cited(held.turns)]
            if numbers:
                st.markdown("**The references cited**")
                _save("RIS", lambda: as_ris(numbers), "ris")
                _save("BibTeX", lambda: as_bibtex(numbers), "bib")
                _save("CSL-JSON", lambda: as_csl_json(numbers), "csl.json")
    with st.popover("Open a saved conversation", icon=":material/folder_open:", type="tertiary"):
        megabytes = LONGEST_FILE // 1_000_000
        key = f"opened-{st.session_state.setdefault('files_opened', 0)}"
        st.file_uploader(
            "A conversation saved here", type=["json"], key=key, max_upload_size=megabytes,
            on_change=_open, args=(key, corpus),
        )  # fmt: skip
    for note in st.session_state.pop("file_notes", ()):
        st.warning(as_text(note), icon=":material/info:")


def feedback(turn: Turn) -> None:
    """Was this answer helpful, is its evidence wrong, a comment."""
    held: Chat = st.session_state.conversation
    given = held.feedback.get(turn.number, Feedback())
    # The popover closes when feedback is kept: what stays in sight says that it was.
    label, icon = ("Feedback kept", "check") if turn.number in held.feedback else ("Feedback", "rate_review")
    with st.popover(label, icon=f":material/{icon}:", type="tertiary"):
        name = f"feedback-{turn.number}"
        marks = sorted({item.mark for item in turn.answer.citations}) if turn.answer else []
        st.markdown("Was this answer helpful?")
        st.feedback("thumbs", key=f"{name}-helpful", default=None if given.helpful is None else int(given.helpful))
        st.multiselect("Marks with wrong evidence", marks, default=given.wrong_evidence, key=f"{name}-wrong")
        st.text_area("Comment", value=given.comment, key=f"{name}-comment", max_chars=2000)
        st.button("Keep feedback", key=f"{name}-keep", on_click=_note, args=(held, turn.number))
        if turn.number in held.feedback:
            where = "in the store" if "owner" in st.session_state else "with this conversation, for you to save"
            st.markdown(f":small[Feedback is kept {where}.]")


def _note(held: Chat, number: int) -> None:
    state, name = st.session_state, f"feedback-{number}"
    held.feedback[number] = Feedback(
        _HELPFUL[state.get(f"{name}-helpful")], tuple(state[f"{name}-wrong"]), state[f"{name}-comment"].strip()
    )


def _save(label: str, data: Callable[[], str | bytes], ending: str) -> None:
    """A download that is made when it is asked for."""
    st.download_button(
        label, data=data, file_name=f"stellate.{ending}", on_click="ignore", key=f"save-{ending}", width="stretch"
    )


def _open(key: str, corpus: Corpus) -> None:
    state = st.session_state
    file = state[key]
    if file is None:
        return
    # Another key: the file is then no longer chosen, and can be chosen again.
    state.files_opened += 1
    try:
        opened, foreign = from_json(file.getvalue(), corpus, state.asked)
    except AssistantError as error:
        state.file_notes = (" ".join(error_sentences(error)),)
        return
    state.asked += len(opened.turns)
    if not any(chat.id == opened.id for chat in state.chats.all):
        # It may be another reader's, who keeps it in the same store under its own id.
        opened.id = uuid4().hex
    state.chats.add(opened)
    if foreign:
        state.file_notes = (f"{foreign} of its citations are not in this version's evidence and were left out.",)


def _from_store() -> None:
    state = st.session_state
    try:
        settings = Settings()
        if not settings.store:
            return
        store = _store(settings.store)
        named = st.query_params.get(_OWNER, "")
        owner = named if is_owner(named) else new_owner()
        unreadable: list[str] = []
        held = store.load(owner, load(settings.corpus_dir), unreadable)
        state.fingerprints = {chat.id: store.fingerprint(owner, chat.id) for chat in held}
    except AssistantError as error:
        _told(error)
        return
    state.owner = owner
    state.asked = sum(len(chat.turns) for chat in held)
    if unreadable:
        state.file_notes = (f"Kept conversations that can't be read and were left out: {len(unreadable)}.",)
    state.chats = Chats(held, forget=lambda name: _forget(owner, name))


def _forget(owner: str, name: str) -> None:
    """Delete a conversation from the store; where that fails the reader is told, since it would come back."""
    try:
        _store(Settings().store or "").forget(owner, name)
    except AssistantError as error:
        _told(error)


@st.cache_resource(show_spinner=False)
def _store(url: str) -> Store:
    """The one store of this server."""
    return Store(url)


def _told(error: AssistantError) -> None:
    headline, said, step = error_sentences(error)
    st.warning(f"**{headline}** {as_text(said)} {step}", icon=":material/info:")

"""First start: the index being opened or built, with its progress, or what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from assistant.corpus import Corpus, load
from assistant.errors import AssistantError
from assistant.page.loading import Loading
from assistant.page.wording import error_sentences
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.api import Assistant

_GLANCE_S: Final = 0.2


@st.cache_resource(show_spinner=False)
def loading() -> Loading:
    """The one assistant of this server, shared by all its visitors."""
    return Loading()


def opened() -> Assistant | None:
    """The assistant, its progress shown while it is opened; None, the reason shown, where it can't be."""
    place = st.empty()
    started = loading()
    if not started.done(_GLANCE_S):
        with place.container():
            st.markdown("**Getting ready.** The first start builds the index, which takes a minute or two.")
            bar = st.progress(0.0, text=started.words)
        while not started.done(_GLANCE_S):
            bar.progress(started.share or 0.0, text=started.words)
        place.empty()
    try:
        return started.assistant()
    except AssistantError as error:
        _unusable(error)
        return None


def in_context(statement_id: str) -> tuple[tuple[str, bool], ...]:
    """The article's own words around a statement, as Assistant.in_context; none while the index is not open yet."""
    started = loading()
    if not (statement_id and started.done(0)):
        return ()
    try:
        return started.assistant().in_context(statement_id)
    except AssistantError:
        # The view that needs the assistant says what stands in the way.
        return ()


def corpus(*, quiet: bool = False) -> Corpus | None:
    """The corpus, which needs no index; None where it can't be read, the reason shown unless `quiet`."""
    try:
        return load(Settings().corpus_dir)
    except AssistantError as error:
        if not quiet:
            _unusable(error)
        return None


def _unusable(error: AssistantError) -> None:
    headline, said, step = error_sentences(error)
    st.error(f"**{headline}**", icon=":material/error:")
    st.text(said)
    st.markdown(f"**Next step:** {step}")
    st.button("Try again", on_click=loading.clear)

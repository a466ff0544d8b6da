"""The patient panel: what is known of the patient, filled from the conversation and correctable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from assistant.corpus import Corpus
from assistant.errors import PatientError
from assistant.page.markup import as_text
from assistant.page.panel import RESULTS, UNKNOWN, Panel, condition_labels, rows, site_labels
from assistant.page.wording import error_sentences

COURSES: Final = ("acute", "early", "long-standing")
PATTERNS: Final = ("segmental", "diffuse")


def panel() -> Panel:
    """The panel of this session's conversation."""
    found: Panel = st.session_state.conversation.panel
    return found


def patient_panel(corpus: Corpus) -> None:
    """The panel's fields, each set by hand as soon as it is changed."""
    st.subheader("Patient", anchor=False)
    st.markdown(
        ":small[Filled from the conversation; correct it here. No names, dates or numbers of a person, please.]"
    )
    known = panel()
    _choice("Condition", "condition", condition_labels(corpus), known, accept_new=True)
    _choice("Site", "site", site_labels(corpus), known, accept_new=True)
    _choice("Course", "course", COURSES, known)
    _choice("Pattern", "pattern", PATTERNS, known)
    if not known.patient:
        st.markdown(":small[Choose a condition to enter what has been tried.]")
        return
    st.markdown("**What has been tried**")
    try:
        names = rows(known)
    except PatientError as error:
        st.warning(as_text(" ".join(error_sentences(error))))
        names = ()
    for name in names:
        key = _key(f"history-{name}")
        label = corpus.concepts[name].label
        at = RESULTS.index(known.history.get(name, UNKNOWN))
        st.selectbox(label[:1].upper() + label[1:], RESULTS, index=at, key=key, on_change=_result, args=(name, key))
    key = _key("relief")
    st.number_input(
        "Relief from a block, %", min_value=0.0, max_value=100.0, step=5.0, format="%g", key=key,
        value=known.value("block_relief_percent"), placeholder="not measured", on_change=_field,
        args=("block_relief_percent", key),
    )  # fmt: skip
    st.button("Clear the patient", type="tertiary", icon=":material/person_remove:", on_click=_clear)


def _key(name: str) -> str:
    """A field's key: another one whenever the conversation has filled the panel.

    A field that the browser still shows with its old value, because a run was cut short, then sets nothing.
    """
    chat = st.session_state.conversation
    return f"patient-{name}-{chat.id}-{chat.panel.revision}"


def _choice(label: str, name: str, options: Sequence[str], known: Panel, *, accept_new: bool = False) -> None:
    value, key = known.value(name), _key(name)
    choices = list(options) if value is None or value in options else [value, *options]
    st.selectbox(
        label, choices, index=None if value is None else choices.index(value), key=key, placeholder="not known",
        accept_new_options=accept_new, on_change=_field, args=(name, key),
    )  # fmt: skip


def _field(name: str, key: str) -> None:
    value = st.session_state[key]
    given = value.strip() or None if isinstance(value, str) else value
    st.session_state.conversation.panel = panel().with_field(name, given)


def _result(intervention: str, key: str) -> None:
    st.session_state.conversation.panel = panel().with_result(intervention, st.session_state[key])


def _clear() -> None:
    st.session_state.conversation.panel = Panel(revision=panel().revision + 1)

"""Check a text: any text against the review, stretch by stretch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from assistant.corpus import Corpus
from assistant.guardrail import Report, check
from assistant.page.chats import Chat
from assistant.page.checking import Checked, FindingKey, FindingShown, as_html, as_markdown, beginning, checked
from assistant.page.markup import as_text
from assistant.page.models import mark_link
from assistant.page.views_answer import copy, evidence
from assistant.page.wording import EXAMPLE_TEXT

_HEIGHT: Final = 220
# Stretches of the text whose findings are drawn: nobody reads hundreds, and a browser takes long to draw them.
_MOST: Final = 30


def check_a_text(corpus: Corpus, patient: Mapping[str, Any] | None, patient_words: str) -> None:
    """The view: a text to paste, with the patient or without, and what was found in it."""
    state = st.session_state
    st.header("Check a text against the review", anchor=False)
    st.markdown(
        "Paste an answer of another assistant, a leaflet or a note. It is checked here, by rules and without a "
        "language model, and not kept, unless you disagree with a finding. The guardrail finds contradictions that it "
        "knows of: nothing found is no proof."
    )
    st.text_area("Text to check", key="check_text", height=_HEIGHT, placeholder="Paste a text", persist_state="session")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Check", key="check_now", type="primary", icon=":material/fact_check:", on_click=_take)
        st.button("Try an example", key="check_example", type="tertiary", on_click=_example)
    if patient:
        st.toggle("Check for the patient in the panel", key="check_for_patient", persist_state="session")
        st.text(patient_words)
    else:
        st.markdown(":small[To check it for a patient, enter a condition in the patient panel.]")
    held: Chat = state.conversation
    text = state.get("checking")
    if text is None:
        _kept(held)
        return
    if not text.strip():
        st.info("There is nothing to check yet: paste a text above.", icon=":material/info:")
        _kept(held)
        return
    for_whom = patient if patient and state.get("check_for_patient") else None
    report = _report(text, for_whom)
    result(text, report, checked(text, report, corpus), held)
    _kept(held)


def result(text: str, report: Report, shown: Checked, held: Chat) -> None:
    """The verdict, the text with its findings marked, each finding, and the repaired text."""
    words, meaning, icon, color = shown.verdict
    with st.container(key="checked"):
        st.badge(words, icon=icon, color=color)
        st.markdown(meaning)
        st.html(as_html(shown.pieces))
        for together in shown.stretches[:_MOST]:
            with st.container(border=True):
                stretch(text, together, held)
        if more := sum(map(len, shown.stretches[_MOST:])):
            st.markdown(f"**And {more:,} more findings.** All of them are in the saved check below.")
        if shown.repaired is not None:
            st.markdown("**Repaired text.** Sentences with a finding are replaced by what the review says:")
            with st.container(border=True):
                st.markdown(shown.repaired_linked)
            copy(shown.repaired, "copy-repaired", "Copy repaired text")
        st.download_button(
            "Save this check as Markdown",
            data=as_markdown(text, report, held.disagreed.get(text, {})),
            file_name="stellate-check.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
            key="save_check",
        )


def stretch(text: str, together: tuple[FindingShown, ...], held: Chat) -> None:
    """The words in question, and what was found on them; what one finding has said the next does not say again."""
    quoted = max((item.quoted for item in together), key=len)
    if quoted:
        st.markdown(f"> {as_text(quoted)}")
    told: set[str] = set()
    for item in together:
        narrower = "" if item.quoted == quoted else item.quoted
        again = bool(item.instead) and item.instead in told
        told.add(item.instead)
        once = replace(item, instead="", source=None) if again else item
        finding(text, replace(once, quoted=narrower), held)


def finding(text: str, item: FindingShown, held: Chat) -> None:
    """One finding: how severe, what is wrong, why, what the review says, its source, and a disagreement with it."""
    words, icon, color = item.severity
    with st.container(key=f"finding-{item.number}", gap="xsmall"):
        on = f": “{as_text(item.quoted)}”" if item.quoted else ""
        rule = f":small[rule {as_text(item.rule)}]"
        st.markdown(f":{color}-badge[{icon} Finding {item.number}: {words}] **{item.about}**{on} {rule}")
        st.markdown(f"**Why.** {as_text(item.reason)}")
        if item.instead:
            mark = f" {mark_link(item.source)}" if item.source else ""
            st.markdown(f"**What to say instead.** {as_text(item.instead)}{mark}")
        if item.source:
            evidence(item.source, back=False)
        _disagreement(text, item, held)


def _disagreement(text: str, item: FindingShown, held: Chat) -> None:
    if reason := held.disagreed.get(text, {}).get(item.key):
        st.markdown(f"**You disagree:** {as_text(reason)}  \n:small[The verdict stands.]")
        st.button(
            "Take that back", key=f"agree-{item.number}", type="tertiary", on_click=held.disagree,
            args=(text, item.key, ""),
        )  # fmt: skip
        return
    with st.popover("I disagree", icon=":material/comment:", type="tertiary"):
        name = f"reason-{item.number}"
        st.text_area("Why is this finding wrong?", key=name)
        st.button("Note it", key=f"disagree-{item.number}", on_click=_disagree, args=(text, item.key, name, held))
        where = "and in the store" if "owner" in st.session_state else "for you to save"
        st.markdown(f":small[Text and reason are kept with this conversation, {where}. The verdict stands.]")


def _kept(held: Chat) -> None:
    """What was disagreed with in this conversation, each text to be checked again."""
    if not held.disagreed:
        return
    count = sum(map(len, held.disagreed.values()))
    with st.expander(f"Disagreements kept with this conversation: {count}", icon=":material/comment:"):
        for position, (text, reasons) in enumerate(held.disagreed.items(), 1):
            st.text(beginning(text))
            st.markdown("\n".join(f"- rule {as_text(key[0])}: {as_text(reason)}" for key, reason in reasons.items()))
            st.button("Check this text again", key=f"kept-{position}", type="tertiary", on_click=_put, args=(text,))


def _disagree(text: str, key: FindingKey, name: str, held: Chat) -> None:
    held.disagree(text, key, str(st.session_state.get(name, "")))


def _put(text: str) -> None:
    st.session_state.check_text = text
    _take()


def _take() -> None:
    text = st.session_state.check_text
    st.session_state.checking = text
    # A finding's number means another finding in another text.
    for name in [key for key in st.session_state if str(key).startswith("reason-")]:
        del st.session_state[name]


def _example() -> None:
    _put(EXAMPLE_TEXT)


def _report(text: str, patient: Mapping[str, Any] | None) -> Report:
    """The report on the text, made once for a text and a patient."""
    asked = (text, dict(patient) if patient else None)
    if st.session_state.get("check_asked") != asked:
        st.session_state.check_report = check(text, patient)
        st.session_state.check_asked = asked
    report: Report = st.session_state.check_report
    return report

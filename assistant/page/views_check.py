"""Check a text: any text against the review, stretch by stretch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from assistant.corpus import Corpus
from assistant.guardrail import Report, check
from assistant.page.checking import Checked, FindingKey, FindingShown, as_html, as_markdown, checked
from assistant.page.markup import as_text
from assistant.page.views_answer import evidence
from assistant.page.wording import EXAMPLE_TEXT

_HEIGHT: Final = 220


def check_a_text(corpus: Corpus, patient: Mapping[str, Any] | None, patient_words: str) -> None:
    """The view: a text to paste, with the patient or without, and what was found in it."""
    state = st.session_state
    st.subheader("Check a text against the review", anchor=False)
    st.markdown(
        "Paste an answer of another assistant, a leaflet or a note. It is checked here, by rules and without a "
        "language model, and kept nowhere. The guardrail finds contradictions that it knows of: nothing found is no "
        "proof."
    )
    st.text_area("Text to check", key="check_text", height=_HEIGHT, placeholder="Paste a text", persist_state="session")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Check", key="check_now", type="primary", icon=":material/fact_check:", on_click=_take)
        st.button("Try an example", key="check_example", type="tertiary", on_click=_example)
    if patient:
        st.toggle("Check for the patient in the panel", key="check_for_patient", persist_state="session")
        st.text(patient_words)
    text = state.get("checking")
    if text is None:
        return
    for_whom = patient if patient and state.get("check_for_patient") else None
    report = _report(text, for_whom)
    disagreed: dict[FindingKey, str] = state.setdefault("disagreed", {}).setdefault(text, {})
    result(text, report, checked(text, report, corpus), disagreed)


def result(text: str, report: Report, shown: Checked, disagreed: dict[FindingKey, str]) -> None:
    """The verdict, the text with its findings marked, each finding, and the repaired text."""
    words, meaning, icon, color = shown.verdict
    with st.container(key="checked"):
        st.badge(words, icon=icon, color=color)
        st.markdown(meaning)
        st.html(as_html(shown.pieces))
        for item in shown.findings:
            finding(item, disagreed)
        if shown.repaired is not None:
            st.markdown("**Repaired text.** Sentences with a finding are replaced by what the review says:")
            st.code(shown.repaired, language=None, wrap_lines=True)
        st.download_button(
            "Save this check as Markdown",
            data=as_markdown(text, report, disagreed),
            file_name="stellate-check.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
            key="save_check",
        )


def finding(item: FindingShown, disagreed: dict[FindingKey, str]) -> None:
    """One finding: how severe, what is wrong, why, what the review says, its source, and a disagreement with it."""
    words, icon, color = item.severity
    with st.container(border=True, key=f"finding-{item.number}", gap="small"):
        st.badge(f"Finding {item.number}: {words}", icon=icon, color=color)
        st.markdown(f"**{item.about}** :small[rule {as_text(item.rule)}]")
        if item.quoted:
            st.markdown(f"> {as_text(item.quoted)}")
        st.markdown(f"**Why.** {as_text(item.reason)}")
        if item.instead:
            st.markdown(f"**What to say instead.** {as_text(item.instead)}")
        if item.source:
            evidence(item.source, back=False)
        _disagreement(item, disagreed)


def _disagreement(item: FindingShown, disagreed: dict[FindingKey, str]) -> None:
    if reason := disagreed.get(item.key):
        st.markdown(f"**You disagree:** {as_text(reason)} The verdict stands.")
        st.button(
            "Take that back", key=f"agree-{item.number}", type="tertiary", on_click=_agree, args=(item.key, disagreed)
        )
        return
    with st.popover("I disagree", icon=":material/comment:", type="tertiary"):
        name = f"reason-{item.number}"
        st.text_area("Why is this finding wrong?", key=name)
        st.button("Note it", key=f"disagree-{item.number}", on_click=_disagree, args=(item.key, name, disagreed))
        st.markdown(":small[It is kept with this text for the session. The verdict stands.]")


def _disagree(key: FindingKey, name: str, disagreed: dict[FindingKey, str]) -> None:
    reason = " ".join(str(st.session_state.get(name, "")).split())
    if reason:
        disagreed[key] = reason


def _agree(key: FindingKey, disagreed: dict[FindingKey, str]) -> None:
    disagreed.pop(key, None)


def _take() -> None:
    text = st.session_state.check_text
    st.session_state.checking = text
    # A finding's number means another finding in another text.
    for name in [key for key in st.session_state if str(key).startswith("reason-")]:
        del st.session_state[name]


def _example() -> None:
    st.session_state.check_text = EXAMPLE_TEXT
    _take()


def _report(text: str, patient: Mapping[str, Any] | None) -> Report:
    """The report on the text, made once for a text and a patient."""
    asked = (text, dict(patient) if patient else None)
    if st.session_state.get("check_asked") != asked:
        st.session_state.check_report = check(text, patient)
        st.session_state.check_asked = asked
    report: Report = st.session_state.check_report
    return report

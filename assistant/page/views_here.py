"""You are here: the review's pathway drawn, with the patient's place, next steps, reasons and evidence."""

from __future__ import annotations

import streamlit as st

from assistant.corpus import Corpus
from assistant.errors import PatientError
from assistant.page.here import Here, StepShown, here
from assistant.page.markup import as_text
from assistant.page.models import mark_link
from assistant.page.panel import Panel, words
from assistant.page.views_answer import evidence, inside
from assistant.page.wording import error_sentences


def you_are_here(corpus: Corpus, panel: Panel) -> None:
    """The view, for the patient of the panel or for none."""
    st.header("You are here", anchor=False)
    try:
        found = here(panel.patient, corpus)
        said = words(panel.patient, corpus)
    except PatientError as error:
        headline, why, step = error_sentences(error)
        st.warning(f"**{headline}** {as_text(why)} {step}", icon=":material/info:")
        return
    if said:
        st.markdown("**Patient**")
        st.text(said)
        _next(found)
    else:
        st.markdown(
            "Enter a condition in the patient panel, or describe the patient in a question: then this pathway shows "
            "where the patient stands."
        )
    _picture(found)
    st.markdown(":small[Choose a box, or open a step below, for what it rests on.]")
    _steps(found)
    _beside(found)


def _picture(found: Here) -> None:
    """The pathway drawn; another picture than the last takes another of two places.

    A picture that is changed in place loses the outline of each box whose shape changes.
    """
    state = st.session_state
    if state.get("drawn") != found.dot:
        state.drawn, state.drawn_at = found.dot, 1 - state.get("drawn_at", 1)
    with st.container(key="picture"):
        places = [st.empty(), st.empty()]
        places[state.drawn_at].graphviz_chart(found.dot, width="stretch", alt=found.alt)


def _next(found: Here) -> None:
    st.markdown("**Next**")
    if not found.following:
        st.markdown("The review names no step to consider now from what is known; see what to ask.")
    for position, step in enumerate(found.following, 1):
        st.markdown(f"{position}. **{as_text(step.label)}** ({step.status}): {as_text(step.reason)} {_marks(step)}.")
    if found.ask:
        st.markdown("**To ask**")
        st.markdown("\n".join(f"- {as_text(question)}" for question in found.ask))
    for part in found.unrecognised:
        st.warning(f"Not understood, so treated as not covered: {as_text(part)}", icon=":material/help:")


def _steps(found: Here) -> None:
    st.markdown("**Every step, and what it rests on**")
    for step in found.steps:
        with st.expander(_title(step), key=step.key):
            st.markdown(f"{as_text(step.reason[:1].upper() + step.reason[1:])}.")
            for item in step.cards:
                with st.container(border=True, gap="xsmall", key=item.key):
                    st.markdown(f"**{as_text(item.mark)}** {as_text(item.place)}")
                    inside(item)


def _marks(step: StepShown) -> str:
    """The marks of what a step rests on, each opening it; of those that look alike the first."""
    first = {item.mark: item for item in reversed(step.cards)}
    return " ".join(mark_link(item) for item in step.cards if first[item.mark] is item)


def _title(step: StepShown) -> str:
    label = as_text(step.label[:1].upper() + step.label[1:])
    return f"**{label}**: {step.status}" if step.status else f"**{label}**"


def _beside(found: Here) -> None:
    for title, cards in (("What a block's relief means", found.remarks), ("To discuss first", found.caveats)):
        if cards:
            st.markdown(f"**{title}**")
            for item in cards:
                evidence(item, back=False)
    if found.aside:
        st.markdown("**No step of the pathway**")
        st.markdown("\n".join(f"- {as_text(item)}" for item in found.aside))
    st.markdown("**The review says nothing of:** " + as_text(", ".join(found.silent)) + ".")

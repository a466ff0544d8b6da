"""A turn of the conversation: the question as text, the stages, the answer with its marks, and the evidence."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from assistant.errors import AssistantError
from assistant.page import views_start
from assistant.page.markup import as_text, passage_html
from assistant.page.models import Card, Shown, Source, Turn, failed, history, question_shown
from assistant.page.wording import FOUND, stage_told, stages

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from assistant.api import Assistant

USER: Final = ":material/person:"
_SCRIPT: Final = Path(__file__).with_name("page.js")
_COPY: Final = Path(__file__).with_name("copy.js")
_COPY_STYLE: Final = Path(__file__).with_name("copy.css")


def behaviour(turn: int, *, answered: bool) -> None:
    """Make the marks open their evidence, and bring turn number `turn` into view when it is asked and answered.

    Whoever leaves the page is asked first where a conversation would be lost.
    """
    # Registered in each run: one process may start the page more than once, as tests do.
    script = st.components.v2.component("stellate_page", js=_file(_SCRIPT))
    state = st.session_state
    unsaved = bool(state.conversation.turns) and "owner" not in state
    data = {"turn": turn, "answered": answered, "unsaved": unsaved}
    script(key=f"behaviour-{answered}", data=data, height=0)


def question(text: str) -> None:
    """The user's words, as text: HTML, links and images in them stay what was typed."""
    st.text(question_shown(text))


def answered(
    assistant: Assistant, turns: Sequence[Turn], number: int, text: str, patient: Mapping[str, Any] | None
) -> Turn:
    """Ask, with the stages shown as they begin where it takes a while; the turn that came of it, an error included."""
    place = st.empty()
    line: DeltaGenerator | None = None
    begun, since = dict[str, str](), time.monotonic()
    try:
        for event in assistant.stream(text, history(turns), patient):
            if event.kind == "stage":
                begun[event.name] = event.text
                if stage_told(event.name, time.monotonic() - since):
                    line = line or _working(place, number)
                    line.markdown(stages(begun))
            if event.answer:
                return Turn(number, text, event.answer)
    except AssistantError as error:
        return failed(number, text, error)
    finally:
        if line:
            place.empty()
    raise RuntimeError("the assistant's stream ended without an answer")


def _working(place: DeltaGenerator, number: int) -> DeltaGenerator:
    """Where the stages are told, the question brought into view meanwhile."""
    # Not st.status, which sleeps for 50 milliseconds as it opens and once more as it closes.
    with place.container(key="working"):
        behaviour(number, answered=False)
        return st.empty()


def copy(text: str, key: str, label: str) -> None:
    """A button that copies the text."""
    button = st.components.v2.component(
        "stellate_copy",
        html='<button type="button"></button>',
        css=_file(_COPY_STYLE),
        js=_file(_COPY),
    )
    button(key=key, data={"text": text, "label": label}, height=40, width=180)


def error(sentences: tuple[str, str, str]) -> None:
    """What went wrong and the next step, in words; what was typed is shown as text only."""
    headline, said, step = sentences
    st.warning(f"**{headline}** {as_text(said)} {step}", icon=":material/info:")


def answer(shown: Shown, number: int) -> None:
    """Outcome, text with marks, what is missing, evidence, and how it was found; `number` is its turn's."""
    if shown.outcome:
        words, icon, color = shown.outcome
        st.badge(words, icon=icon, color=color)
    st.markdown(shown.text)
    if shown.way:
        st.caption(as_text(shown.way))
    if shown.missing:
        st.text(shown.missing)
    if shown.verdict:
        words, icon, _ = shown.verdict
        lines = (
            f"{icon} **Checked against the review:** {words}\n",
            *(f"- {as_text(item)}" for item in shown.findings),
        )
        st.markdown("\n".join(lines))
    if shown.cards:
        st.markdown(":small[**Evidence**]")
        with st.container(gap="xsmall"):
            for card in shown.cards:
                evidence(card)
    with st.expander(FOUND, icon=":material/route:", key=f"found-{number}"):
        st.markdown("\n".join(f"1. {line}" for line in shown.steps))


def evidence(card: Card, *, back: bool = True, statement: bool = True) -> None:
    """One expander: the statement, where it stands, its references, and the article's own words where there are any.

    back: whether there is an answer to lead back to; statement: whether the statement is not in sight already.
    """
    with st.expander(card.label, key=card.key):
        leads_back = f"[Back to the answer](#{card.key.replace('evidence-', 'answer-')})" if back else ""
        inside(card if statement else replace(card, statement=""), leads_back)


def inside(card: Card, last: str = "") -> None:
    """What stands behind a mark: statement, notes, references, and the article's own words where there are any.

    last: Markdown below it. All that can be is one element: a conversation has many of them, drawn in each run.
    """
    around = views_start.in_context(card.statement_id) or ([(card.passage, True)] if card.passage else ())
    parts = [
        f"**Statement.** {as_text(card.statement)}" if card.statement else "",
        "\n".join(f":small[{note}]  " for note in card.notes),
        "\n".join(_reference(source) for source in card.sources),
        "**The article's own words,** from your copy; what the statement rests on is marked:" if around else last,
    ]
    st.markdown("\n\n".join(part for part in parts if part))
    if around:
        st.html(passage_html(around))
        if last:
            st.markdown(last)


@cache
def _file(path: Path) -> str:
    """The text of a file of this package, read once and not for every turn of every run."""
    return path.read_text(encoding="utf-8")


def _reference(source: Source) -> str:
    return f"- **{source.label}.** {as_text(source.text)} [{source.leads_to}]({source.link})"

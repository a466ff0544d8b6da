"""The evidence to browse: statements, references, trials with their numbers and a chart, and risks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import altair as alt
import streamlit as st

from assistant.answering.cite import citation
from assistant.corpus import Corpus
from assistant.entries import Statement
from assistant.page.browse import (
    Comparison,
    Trial,
    Wanted,
    aspects,
    choices,
    references,
    risks,
    statements,
    trials,
    used_in,
)
from assistant.page.markup import as_text
from assistant.page.models import Card, card, mark_link, source
from assistant.page.views_answer import evidence

_PER_PAGE: Final = 15
# Two that differ in lightness as well as in hue; each bar is labelled too.
_COLOURS: Final = ("#0f7f99", "#b06a1e", "#6b6fb5")
# The text colours of .streamlit/config.toml.
_INK_LIGHT: Final = "#1d2a2e"
_INK_DARK: Final = "#e6edee"
_LETTER_PX: Final = 7
_TICKS: Final = (0, 25, 50, 75, 100)


def browser(corpus: Corpus) -> None:
    """The view: four parts, of which the chosen one is drawn."""
    st.header("Evidence", anchor=False)
    parts = st.tabs(["Statements", "References", "Trials", "Risks"], key="evidence_part", on_change="rerun")
    shows = (_statements, _references, _trials, _risks)
    for part, show in zip(parts, shows, strict=True):
        if part.open:
            with part:
                show(corpus)


def _statements(corpus: Corpus) -> None:
    words = st.text_input("Search the statements", key="statements_words", persist_state="session")
    with st.container(horizontal=True):
        section = _one("Section", {name: name for name in corpus.sections}, "section")
        aspect = _one("Aspect", aspects(corpus), "aspect")
    with st.container(horizontal=True):
        intervention = _one("Intervention", choices(corpus, "intervention"), "intervention")
        condition = _one("Condition", choices(corpus, "condition"), "condition")
    found = statements(corpus, Wanted(section, intervention, condition, aspect, words))
    st.markdown(f"**{len(found)} of {len(corpus.statements)} statements**")
    _paged(found, corpus, "statement")


def _references(corpus: Corpus) -> None:
    words = st.text_input("Search the references (author, title, journal, year or number)", key="references_words")
    section = _one("Used in section", {name: name for name in corpus.sections}, "reference_section")
    found, where = references(corpus, words, section), used_in(corpus)
    st.markdown(f"**{len(found)} of {len(corpus.references)} references**")
    for reference in found:
        with st.container(border=True, gap="xsmall"):
            shown = source(reference)
            st.markdown(f"**{shown.label}.** {as_text(shown.text)} [{shown.leads_to}]({shown.link})")
            used = where[reference.number]
            if not used:
                st.markdown(":small[No statement carries it.]")
                continue
            with st.expander(f"Used in {len(used)} statement{'s' if len(used) > 1 else ''}"):
                st.markdown("\n".join(f"- {as_text(item.text)} :small[“{as_text(item.section)}”]" for item in used))


def _trials(corpus: Corpus) -> None:
    found = {trial.id: trial for trial in trials(corpus)}
    labels = {name: trial.label for name, trial in found.items()}
    chosen = st.selectbox("Trial or study", list(found), format_func=lambda name: labels[name], key="trial")
    trial = found[chosen]
    cards = _cards(trial.statements, corpus, f"trial-{trial.id}".replace("_", "-"))
    numbers = ", ".join(map(str, trial.references))
    st.markdown(f"**{as_text(trial.label)}** (reference {numbers})")
    st.table(
        _columns(trial, [mark_link(cards[at]) for at in trial.said_by]),
        hide_index=True,
        border="horizontal",
        alt=f"Numbers of {trial.label}",
    )
    for comparison in trial.comparisons:
        _chart(comparison)
    if not trial.comparisons:
        st.markdown(":small[The review gives no result of this study for two arms.]")
    st.markdown("**What the review says of it**")
    _list(trial.statements, cards, whole=True)


def _risks(corpus: Corpus) -> None:
    found = risks(corpus)
    st.markdown("What the review says of risks and side effects. What it leaves out may still be a risk.")
    label = st.selectbox("Intervention", list(found), key="risk")
    _list(found[label], _cards(found[label], corpus, "risk"))


def _columns(trial: Trial, marks: Sequence[str]) -> dict[str, list[str]]:
    """The table's columns, in Markdown; the last opens what each number rests on."""
    names = trial.rows[0] if trial.rows else ()
    return {name: [as_text(row[name]) for row in trial.rows] for name in names} | {"Evidence": list(marks)}


def _chart(comparison: Comparison) -> None:
    title = comparison.measure + (f", {comparison.time}" if comparison.time else "")
    st.markdown(f"**{as_text(title[:1].upper() + title[1:])}**")
    said = "; ".join(f"{bar.arm}: {bar.said}" for bar in comparison.bars)
    values = [{"arm": bar.arm, "share": bar.share, "said": f"{bar.share:g} %"} for bar in comparison.bars]
    rows = alt.Data(values=values)  # type: ignore[no-untyped-call]
    arms = [bar.arm for bar in comparison.bars]
    # The room that the labels need is measured before the page's font is there, and would cut the longest.
    extent = min(220, _LETTER_PX * max(map(len, arms)))
    base = alt.Chart(rows).encode(
        y=alt.Y("arm:N", title=None, sort=arms, axis=alt.Axis(labelLimit=220, minExtent=extent)),
        x=alt.X("share:Q", title="patients, %", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(values=_TICKS)),
    )
    colour = alt.Color("arm:N", legend=None, scale=alt.Scale(domain=arms, range=list(_COLOURS[: len(arms)])))
    bars = base.mark_bar().encode(color=colour)
    # A text mark does not take the theme's text colour by itself.
    ink = _INK_DARK if st.context.theme.type == "dark" else _INK_LIGHT
    words = base.mark_text(align="left", dx=4, color=ink, fontSize=13).encode(text="said:N")
    st.altair_chart(bars + words, height=60 + 40 * len(arms), alt=f"{title}. {said}")
    st.markdown(f":small[{as_text(said)}]")


def _one(label: str, options: Mapping[str, str], key: str) -> str | None:
    return st.selectbox(
        label, list(options), index=None, format_func=lambda name: options[name], key=f"wanted_{key}", placeholder="any"
    )


def _paged(found: Sequence[Statement], corpus: Corpus, key: str) -> None:
    pages = max(1, -(-len(found) // _PER_PAGE))
    at = st.pagination(pages, key=f"{key}_page_of_{pages}") if pages > 1 else 1
    shown = found[(at - 1) * _PER_PAGE : at * _PER_PAGE]
    _list(shown, _cards(shown, corpus, f"{key}-{at}"))


def _cards(found: Sequence[Statement], corpus: Corpus, key: str) -> list[Card]:
    return [card(citation(item, corpus, {}), corpus, f"evidence-{key}-{at}") for at, item in enumerate(found, 1)]


def _list(found: Sequence[Statement], cards: Sequence[Card], *, whole: bool = False) -> None:
    """The statements with what each rests on; `whole`: with the statement again, for marks elsewhere that open it."""
    for item, behind in zip(found, cards, strict=True):
        with st.container(border=True, gap="xsmall"):
            st.markdown(as_text(item.text))
            evidence(behind, back=False, statement=whole)

"""What the last step of the chain does to a text that goes against the review."""

from __future__ import annotations

import pytest

from assistant.answering.chain import Asked, State, Tools, guard
from assistant.corpus import load
from assistant.embedding import everyday_words
from assistant.question import Reader


@pytest.fixture(scope="module")
def tools() -> Tools:
    corpus = load()
    # The step neither searches nor quotes.
    return Tools(corpus, Reader(corpus, everyday_words()), searcher=None, passages={})  # type: ignore[arg-type]


def guarded(text: str, tools: Tools) -> State:
    asked = Asked("CRPS of the hand, drugs failed: what next?")
    return guard(State(asked, query=tools.reader.read(asked.question), text=text), tools)


def test_a_blocked_sentence_is_replaced_and_what_replaces_it_is_cited(tools: Tools) -> None:
    state = guarded("Spinal cord stimulation should be offered before sympathetic blocks.", tools)
    assert state.report is not None
    assert state.report.verdict == "block"
    assert "should be offered before" not in state.text
    assert [item.mark for item in state.citations if item.mark in state.text] != []


def test_a_text_that_passes_is_left_as_it_is(tools: Tools) -> None:
    text = "Moderate evidence supports ketamine in CRPS [22]."
    state = guarded(text, tools)
    assert state.report is not None
    assert (state.report.verdict, state.text) == ("pass", text)

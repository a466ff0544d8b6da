from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading import Span, clauses, sentences

PIECES = st.sampled_from(
    ["SCS", "ketamine", "e.g.", "et al.", "7.5%", " ", "\n", "\n\n", ". ", "? ", "- ", "| ", "1. ", "# ", "[22, 45]"]
    + ["but ", ", ", "; ", '"', "...", "No. ", "A. ", "(", ")", "**", "or "]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join))


def texts(text: str) -> list[str]:
    return [span.text for span in sentences(text)]


@given(TEXTS)
def test_sentences_cover_all_that_is_no_space(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(span.text.split()) for span in found) == "".join(text.split())
    for span in found:
        assert text[span.start : span.end] == span.text == span.text.strip() != ""
    assert all(one.end <= two.start for one, two in zip(found, found[1:], strict=False))


@given(TEXTS)
def test_clauses_stand_where_they_say(text: str) -> None:
    for sentence in sentences(text):
        found = clauses(sentence)
        assert found
        for clause in found:
            assert text[clause.start : clause.end] == clause.text != ""


@pytest.mark.parametrize(
    "whole",
    [
        "Sigtermans et al. randomised 60 patients.",
        "North et al., in 2005, did so.",
        "Ischaemic pain, e.g. Buerger's disease, counts.",
        "It rose by 7.5% in the U.S. Army.",
        "A review by M. L. Chin says so.",
        "Dr. Chin wrote it.",
        "See ref. 22 and Fig. 3 there.",
        "SCS vs. Reoperation was tried.",
        "approx. 20 patients took part.",
        "No. 5 of the list.",
        "Nav 1.7 and Nav 1.8 are upregulated.",
        "1.Next",
    ],
)
def test_no_sentence_is_cut_at_an_abbreviation_or_a_decimal(whole: str) -> None:
    assert texts(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Is it safe? No. It is not.", ["Is it safe?", "No.", "It is not."]),
        ("The pain is from MS. Ketamine may help.", ["The pain is from MS.", "Ketamine may help."]),
        ("It was CRPS type I. Blocks came first.", ["It was CRPS type I.", "Blocks came first."]),
        ("It lies at C7. Next it runs down.", ["It lies at C7.", "Next it runs down."]),
        ("nausea, headache etc. These pass.", ["nausea, headache etc.", "These pass."]),
        ("One [22]. Two.", ["One [22].", "Two."]),
        ("One.[22] Two.", ["One.[22]", "Two."]),
        ("One. [22, 45] Two.", ["One. [22, 45]", "Two."]),
        ("One. [Chin 2021] Two.", ["One. [Chin 2021]", "Two."]),
        ("**Bold.** Plain.", ["**Bold.**", "Plain."]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
        ("Wait... What?! Yes", ["Wait...", "What?!", "Yes"]),
        ("- one\n- two\n* three", ["- one", "- two", "* three"]),
        ("1. First\n2. Second\n3) Third", ["1. First", "2. Second", "3) Third"]),
        ("|a|b|\n|--|--|\n|1|2|", ["|a|b|", "|--|--|", "|1|2|"]),
        ("# Title\nBody of it", ["# Title", "Body of it"]),
        ("One paragraph\n\nAnother", ["One paragraph", "Another"]),
        ("wrapped\nline", ["wrapped\nline"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_sees_an_end(text: str, parts: list[str]) -> None:
    assert texts(text) == parts


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("blocks, oral ketamine", ["blocks", "oral ketamine"]),
        ("SCS, android phones", ["SCS", "android phones"]),
        ("blocks, and ketamine", ["blocks", "ketamine"]),
        ("a, or b; c: d, but e", ["a", "b", "c", "d", "e"]),
        ("blocks failed but ketamine helped", ["blocks failed", "ketamine helped"]),
        ("it studied 1,000 patients, 20 of them young", ["it studied 1,000 patients", "20 of them young"]),
        ("A-delta and C fibres", ["A-delta and C fibres"]),
    ],
)
def test_clauses_are_cut_between_words(sentence: str, parts: list[str]) -> None:
    assert [clause.text for clause in clauses(Span(sentence, 0, len(sentence)))] == parts


def test_clauses_count_from_the_text_of_their_sentence() -> None:
    text = "First one. Blocks failed, but ketamine helped."
    found = clauses(sentences(text)[1])
    assert [text[clause.start : clause.end] for clause in found] == ["Blocks failed", "ketamine helped."]


def test_every_list_item_is_a_sentence() -> None:
    items = [f"{number}. Item {number}" for number in range(1, 101)]
    assert texts("\n".join(items)) == items
    assert not any(re.fullmatch(r"\d+\.", text) for text in texts(" \n".join(items)))

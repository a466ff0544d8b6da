from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reading import Normalised, normalise

AWKWARD = st.sampled_from(
    ["&nbsp;", "&amp;", "&lt;", "&#160;", "&#x200b;", "&#0;", "&#xD800;", "&bogus;", "&fjlig;", "&NotEqualTilde;"]
    + ["\u200b", "\ufeff", "\u00ad", "\ufb01", "\ufb03", "\u0301", "\u00bd", "\u2167", "\u2026", "\u2122", "\ufdfa"]
    + ["\ud800", "\U0001f600", "\r\n", "\x85", "\x0b", "\u2028", "\u0430", "\u2013", "\u00b5", "\u00b3", "\uff15"]
)
TEXTS = st.lists(st.one_of(st.text(st.characters(), max_size=5), AWKWARD), max_size=12).map("".join)


@given(TEXTS)
def test_every_character_knows_the_span_of_the_original_that_it_stands_for(text: str) -> None:
    found = normalise(text)
    assert len(found.text) == len(found.offsets) == len(found.ends)
    assert list(found.offsets) == sorted(found.offsets)
    for at in range(len(found.text)):
        start, end = found.to_original(at, at + 1)
        assert 0 <= start < end <= len(text)
        # What stands there reads as the character does; a piece may give several characters.
        assert found.text[at] in normalise(text[start:end]).text or found.text[at] in " ^"


@given(TEXTS, st.data())
def test_any_span_maps_into_the_original(text: str, data: st.DataObject) -> None:
    found = normalise(text)
    start = data.draw(st.integers(0, len(found.text)))
    end = data.draw(st.integers(start, len(found.text) + 2))
    first, last = found.to_original(start, end)
    assert 0 <= first <= last <= len(text)
    assert (first == last) == (min(end, len(found.text)) <= start)


@given(TEXTS)
def test_nothing_invisible_is_left(text: str) -> None:
    for character in normalise(text).text:
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Mn", "Zl", "Zp")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a&nbsp;b", "a b"),
        ("keta\u200bmine", "ketamine"),
        ("keta\u00admine", "ketamine"),
        ("\u0430nd", "and"),
        ("ef\ufb01cacy", "efficacy"),
        ("80\u2013180", "80-180"),
        ("\u201cwind up\u201d", '"wind up"'),
        ("Parkinson\u2019s", "Parkinson's"),
        ("a\r\nb", "a\nb"),
        ("page\x0cbreak", "page\nbreak"),
        ("next\x85line", "next\nline"),
        ("tab\tstop", "tab stop"),
        ("a  b", "a  b"),
        ("\uff15\uff10%", "50%"),
        ("1\u00bd h", "1 1/2 h"),
        ("10\u00b3", "10^3"),
        ("patients\u2075\u2070", "patients50"),
        ("", ""),
        ("\u200b\u200b", ""),
    ],
)
def test_text_reads_as_it_was_meant(written: str, read: str) -> None:
    assert normalise(written).text == read


def test_a_span_leaves_out_invisible_characters_after_it() -> None:
    found = normalise("SCS\u200b\u200b helps")
    assert found.to_original(0, 3) == (0, 3)


def test_half_of_a_ligature_is_the_whole_ligature() -> None:
    assert normalise("\ufb01x").to_original(0, 1) == (0, 1)


def test_an_entity_is_one_piece() -> None:
    text = "up &amp; down"
    found = normalise(text)
    assert found.text == "up & down"
    assert text[slice(*found.to_original(3, 4))] == "&amp;"


def test_it_is_a_plain_record() -> None:
    assert normalise("a") == Normalised("a", "a", (0,), (1,))

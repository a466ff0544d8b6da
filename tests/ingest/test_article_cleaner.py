"""The cleaner against the article: each defect is mended, once, and nothing else is changed."""

from __future__ import annotations

import re

import pytest

from assistant.errors import IngestError
from ingest.article import REPAIRS, SECTIONS, Paragraph, Section, clean, is_article, split

pytestmark = pytest.mark.article

# Numbered paragraphs of each section, in printed order.
PARAGRAPHS = (1, 3, 1, 3, 1, 3, 1, 2, 1, 4, 1, 2, 3, 2, 1, 2, 4, 1, 2, 2)
# How often each repair must fire, in the order of REPAIRS.
FIRES = (1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 6)


@pytest.fixture(scope="module")
def sections(article: str) -> tuple[Section, ...]:
    return clean(article)


def paragraph(sections: tuple[Section, ...], heading: str, name: int | str) -> Paragraph:
    return next(p for s in sections if s.heading == heading for p in s.paragraphs if p.name == name)


def whole(sections: tuple[Section, ...]) -> str:
    return "\n".join(sentence.text for s in sections for p in s.paragraphs for sentence in p.sentences)


def test_headings_stand_in_printed_order(sections: tuple[Section, ...]) -> None:
    assert tuple(section.heading for section in sections) == SECTIONS


def test_sections_have_their_paragraphs(sections: tuple[Section, ...]) -> None:
    assert tuple(sum(isinstance(p.name, int) for p in s.paragraphs) for s in sections) == PARAGRAPHS
    for section in sections:
        numbered = [p.name for p in section.paragraphs if isinstance(p.name, int)]
        assert numbered == list(range(1, len(numbered) + 1))


def test_boxes_and_figures_stand_by_name(sections: tuple[Section, ...]) -> None:
    named = {(s.heading, p.name) for s in sections for p in s.paragraphs if isinstance(p.name, str)}
    assert named == {
        ("Central sensitization", "Box 1"),
        ("Central sensitization", "Box 2"),
        ("Stellate ganglion block", "Figure 1"),
        ("Lumbar sympathetic block", "Figure 2"),
        ("Spinal cord stimulation", "Figure 3"),
        ("Peripheral nerve stimulation", "Figure 4"),
    }


def test_each_repair_fires_as_often_as_its_defect_occurs(article: str) -> None:
    from ingest.article import _body

    text, fired = _body(article), []
    for repair in REPAIRS:
        text, count = re.subn(repair.pattern, repair.replacement, text)
        fired.append(count)
    assert tuple(fired) == FIRES


def test_every_sentence_is_whole(sections: tuple[Section, ...]) -> None:
    broken = [
        sentence.text
        for s in sections
        for p in s.paragraphs
        if isinstance(p.name, int)
        for sentence in p.sentences
        if not re.match(r"[A-Z\[]", sentence.text) or not re.search(r"[.?!]$", sentence.text)
    ]
    assert broken == []


def test_no_trace_of_print_or_scan_is_left(sections: tuple[Section, ...]) -> None:
    assert re.findall(r"[\\$^{}«»*⁰¹²³⁴⁵⁶⁷⁸⁹⁻]|\.\d\d\b|  ", whole(sections)) == []


def test_no_sentence_is_told_twice_in_a_section(sections: tuple[Section, ...]) -> None:
    for section in sections:
        texts = [sentence.text for p in section.paragraphs for sentence in p.sentences]
        assert len(set(texts)) == len(texts), section.heading


def test_the_lost_line_is_marked(sections: tuple[Section, ...]) -> None:
    found = paragraph(sections, "Stellate ganglion block", 2).sentences
    assert [sentence.text.count("[…]") for sentence in found] == [0, 1, 1]
    assert found[1].references == ()


def test_the_order_before_more_invasive_options_is_one_sentence(sections: tuple[Section, ...]) -> None:
    found = paragraph(sections, "Who may benefit from sympathetic blocks?", 2).sentences[2]
    assert "more invasive" in found.text
    assert found.references == (23,)


@pytest.mark.parametrize(
    ("heading", "name", "ordinal", "references"),
    [
        ("Introduction", 2, 3, (5, 6)),
        ("Rational approach to interventions when conventional pharmacotherapy fails", 2, 4, (25, 26)),
        ("Who may benefit from sympathetic blocks?", 3, 4, (35, 36, 37)),
        ("Sedation during procedures", 1, 8, (39, 40)),
        ("How may ketamine be helpful in neuropathic pain?", 2, 1, (42, 44, 45, 46)),
        ("How may ketamine be helpful in neuropathic pain?", 3, 2, (47,)),
        ("How may ketamine be helpful in neuropathic pain?", 3, 6, (48,)),
        ("Spinal cord stimulation", 2, 6, (56,)),
        ("Who may benefit from spinal cord stimulation?", 1, 3, (57,)),
        ("Who may benefit from spinal cord stimulation?", 3, 3, (61,)),
        ("Peripheral nerve stimulation", 1, 2, (25, 57)),
        ("Discussion", 1, 1, ()),
    ],
)
def test_a_sentence_has_the_references_printed_with_it(
    sections: tuple[Section, ...], heading: str, name: int, ordinal: int, references: tuple[int, ...]
) -> None:
    assert paragraph(sections, heading, name).sentences[ordinal - 1].references == references


def test_numbers_of_patients_are_no_references(sections: tuple[Section, ...]) -> None:
    text = whole(sections)
    assert "North et al., 50 patients" in text
    assert "Kemler et al., 54 patients" in text


def test_every_printed_reference_is_one_of_the_71(sections: tuple[Section, ...]) -> None:
    cited = {number for s in sections for p in s.paragraphs for x in p.sentences for number in x.references}
    # As printed 31, 67 and 68 are never cited.
    assert cited == set(range(1, 72)) - {31, 67, 68}


def test_windows_line_ends_change_nothing(article: str, sections: tuple[Section, ...]) -> None:
    assert clean(article.replace("\n", "\r\n")) == sections


def test_a_text_cut_short_names_the_headings_that_are_missing(article: str) -> None:
    cut = article.replace("\nDiscussion\n", "\nConclusion\n")
    with pytest.raises(IngestError, match="headings not found: Discussion; is the text complete"):
        clean(cut)


@pytest.mark.parametrize("text", ["", "Neuropathic pain arises from nothing.", "10.17925/USN.2021.17.1.16\nDiscussion"])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(IngestError, match="the article's text: no passage from"):
        clean(text)


def test_the_article_is_known_as_such(article: str) -> None:
    assert is_article(article)
    assert is_article(article.upper())
    assert not is_article(article.replace("10.17925/USN.2021.17.1.16", ""))
    assert not is_article("A paper that cites doi 10.17925/usn.2021.17.1.16.\nDiscussion\nSo.")


def test_a_mark_before_or_after_the_stop_belongs_to_its_sentence() -> None:
    found = split("One is so.«1,3-5» Two is «2» not. North et al. were so «7»")
    assert [(s.text, s.references) for s in found] == [
        ("One is so.", (1, 3, 4, 5)),
        ("Two is not.", (2,)),
        ("North et al. were so", (7,)),
    ]
